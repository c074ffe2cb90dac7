# Killed at random moments: every file that bears a name is the old one or a whole new one, byte for byte. Of tests/faults/run.

# A pause that starts no program: nothing ever comes out of this pipe.
mkfifo never
exec 9<>never
pause_us() { read -rt "$(($1 / 1000000)).$(printf '%06d' $(($1 % 1000000)))" -u 9 || true; }

# How long the rest takes, us.
takes_us() {
    local start=${EPOCHREALTIME/./}
    "$program" "$@" >/dev/null 2>&1 </dev/null
    echo $((${EPOCHREALTIME/./} - start))
}

# Runs the rest in the background and kills it within `most` us; one that is faster does not count as struck.
strike() {
    "$program" "$@" >/dev/null 2>&1 </dev/null &
    local pid=$!
    pause_us $(((RANDOM * 32768 + RANDOM) % most))
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ $? != 137 ] || struck=$((struck + 1))
    cases=$((cases + 1)) tried=$((tried + 1))
}

# kind NAME TIMES LAY LOOK COMMAND...: lays out what is there before, strikes, and looks what is left, until TIMES were killed.
kind() {
    local name=$1 wanted=$2 lay=$3 look=$4 most
    shift 4
    $lay
    most=$(takes_us "$@")
    struck=0 tried=0
    while [ $struck -lt "$wanted" ] && [ $tried -lt $((20 * wanted)) ]; do
        $lay
        strike "$@"
        $look "$name, $tried"
    done
    echo "  $name: $struck killed, of $tried within $((most / 1000)) ms"
    [ $struck = "$wanted" ] || wrong "$name: only $struck of $wanted were killed in time"
}

lay_wav() { cp old.wav target.wav; }
look_wav() { same target.wav old.wav || same target.wav new.wav || wrong "$1"; }
kind render "$times" lay_wav look_wav render target.wav --tonic D "${whole[@]}"

lay_preset() { cp old.toml config/tanpura/presets/kept.toml; }
look_preset() { same config/tanpura/presets/kept.toml old.toml || same config/tanpura/presets/kept.toml new.toml || wrong "$1"; }
kind preset "$times" lay_preset look_preset preset save kept --tonic D --force

lay_pack() { rm -rf pack; }
look_pack() {
    local file
    for file in pack/*.wav; do [ ! -e "$file" ] || same "$file" "sound/${file#pack/}" || wrong "$1: $file"; done
    # The lists come last, and whole.
    for file in pack/index.*; do [ ! -e "$file" ] || same "$file" "sound/${file#pack/}" || wrong "$1: $file"; done
    # The same line goes on where it was interrupted.
    if ((tried % 10 == 0)); then
        "$program" pack pack "${set[@]}" >/dev/null 2>&1 || wrong "$1: does not go on"
        for file in sound/*; do same "$file" "pack/${file#sound/}" || wrong "$1: $file is otherwise when it went on"; done
    fi
}
kind pack "$times" lay_pack look_pack pack pack "${set[@]}"

halves=0
lay_taken() { rm -f taken*; }
look_taken() {
    local file size data
    for file in taken*.wav; do
        [ -s "$file" ] || continue
        size=$(stat -c %s "$file") data=$(number "$file" 64)
        if [ "$file" = taken.wav ]; then
            [ "$size" -ge $((68 + data)) ] && [ $((8 + $(number "$file" 4))) = "$size" ] || wrong "$1: taken.wav is not whole"
        else
            halves=$((halves + 1))
            [ "$(head -c 4 "$file")" = RIFF ] && [ "$size" -ge $((68 + data)) ] || wrong "$1: $file has $size bytes and says $data"
        fi
    done
}
kind record "$times" lay_taken look_taken play --plain --record taken.wav --for 1s
echo "  record: $halves were left in parts, with a right header"

# What writes several files or other kinds of them, a fifth as often.
mkdir stems && "$program" render --stems stems --tonic C "${whole[@]}" >/dev/null && cp -r stems stems-old
"$program" render --stems stems --tonic D "${whole[@]}" >/dev/null && cp -r stems stems-new
lay_stems() { rm -rf stems && cp -r stems-old stems; }
look_stems() {
    local file
    for file in stems/*; do
        same "$file" "stems-old/${file#*/}" || same "$file" "stems-new/${file#*/}" || wrong "$1: $file"
    done
}
kind stems $((times / 5)) lay_stems look_stems render --stems stems --tonic D "${whole[@]}"

for key in C:old D:new; do
    "$program" render target.flac --tonic "${key%:*}" "${whole[@]}" >/dev/null && cp target.flac "${key#*:}.flac"
    "$program" analyze "${key#*:}.wav" --png target.png --force >/dev/null && cp target.png "${key#*:}.png"
done
lay_flac() { cp old.flac target.flac; }
look_flac() { same target.flac old.flac || same target.flac new.flac || wrong "$1"; }
kind flac $((times / 5)) lay_flac look_flac render target.flac --tonic D "${whole[@]}"
lay_png() { cp old.png target.png; }
look_png() { same target.png old.png || same target.png new.png || wrong "$1"; }
kind picture $((times / 5)) lay_png look_png analyze new.wav --png target.png --force
