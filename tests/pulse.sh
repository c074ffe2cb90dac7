#!/usr/bin/env bash
# Plays through a real PulseAudio server, kills it, starts it again, and measures what came out. To be run by hand.
#
#   tests/pulse.sh                                         the example play_live, through ALSA's pulse plugin
#   tests/pulse.sh target/debug/tanpura play --plain --buffer 4096       the program; any command that plays the default drone
#   tests/pulse.sh target/debug/examples/play_live 40 "" pulseaudio 4096      with cpal's own host (feature pulseaudio)
#
# A machine that is busy, or shared with others, wakes sleepers too late for short blocks; there 4096 frames get through. Where in
# doubt, see how PulseAudio's own player fares: paplay --latency-msec=42 (two blocks of 1024 frames) of a rendered file.
# Needs pulseaudio, pactl, parec and libasound2-plugins. Takes about a minute; leaves nothing behind: the server has a
# folder of its own, and its sink ends in nothing. Exits with 1 where one of these bounds is broken:
#   what is captured before and after is the drone, frame by frame, without a gap;
#   with the server dead, the player takes less than 10 % of a core and says one line;
#   sound is back within 2 s of the server, and goes on from where it was.
set -euo pipefail
cd "$(dirname "$0")/.."

before_s=8 dead_s=5 after_s=8
longest_return_s=2 most_cpu=10

target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
if [ $# = 0 ]; then
    cargo build --quiet --example play_live
    set -- "$target/debug/examples/play_live" 40 "" "" 4096
fi
cargo test --quiet --test pulse --no-run

folder=$(mktemp -d)
server='' player='' recorder=''
end() {
    exec 2>/dev/null
    for pid in $recorder $player $server; do kill -9 "$pid" 2>/dev/null || true; done
    rm -rf "$folder"
}
trap end EXIT
# The folders of the cargo that measures stay; all else is the server's and the player's own.
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
export HOME=$folder XDG_RUNTIME_DIR=$folder/run XDG_CONFIG_HOME=$folder XDG_STATE_HOME=$folder
export PULSE_COOKIE=$folder/cookie PULSE_SERVER=unix:$folder/socket PULSE_CLIENTCONFIG=$folder/client.conf ALSA_CONFIG_PATH=$folder/asound.conf
mkdir -m 700 "$XDG_RUNTIME_DIR"
head -c 256 /dev/urandom >"$PULSE_COOKIE" # the server shows out whoever has none of that length
printf 'autospawn = no\n' >"$PULSE_CLIENTCONFIG"
printf 'pcm.!default { type pulse }\nctl.!default { type pulse }\n' >"$ALSA_CONFIG_PATH"

fail() { printf 'pulse: %s\n' "$1" >&2; exit 1; }
now() { date +%s.%N; }
since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.3f", to - from }'; }

# Sets `server` and waits until it answers.
start_server() {
    pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no \
        --load="module-null-sink sink_name=drone rate=48000 format=float32le channels=2 norewinds=1" \
        --load="module-native-protocol-unix auth-anonymous=1 socket=$folder/socket" \
        >>"$folder/server.log" 2>&1 &
    server=$!
    for _ in $(seq 100); do
        if pactl list short sinks 2>/dev/null | grep -q drone; then return; fi
        sleep 0.05
    done
    cat "$folder/server.log" >&2
    fail "the server does not answer"
}

# Captures what the sink plays, into a file.
record() {
    parec --device=drone.monitor --format=float32le --rate=48000 --channels=2 --raw --latency-msec=20 >"$1" &
    recorder=$!
}
end_record() { kill "$recorder"; wait "$recorder" 2>/dev/null || true; recorder=''; }

# CPU time of the player so far, s.
cpu() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hz }' "/proc/$player/stat"; }

start_server
record "$folder/before.raw"
"$@" >"$folder/player.log" 2>&1 &
player=$!
sleep $before_s
end_record

{ kill -9 "$server" && wait "$server"; } 2>/dev/null || true
kill -0 "$player" 2>/dev/null || { cat "$folder/player.log" >&2; fail "the player does not play"; }
cpu_before=$(cpu) killed=$(now)
sleep $dead_s
spent=$(awk -v a="$cpu_before" -v b="$(cpu)" -v s="$(since "$killed")" 'BEGIN { printf "%.2f", 100 * (b - a) / s }')
kill -0 "$player" 2>/dev/null || { cat "$folder/player.log" >&2; fail "the player ended with the server"; }

rm -f "$folder/socket"
start_server
back=$(now)
record "$folder/after.raw"
late=$(since "$back")
sleep $after_s
end_record
kill -TERM "$player" 2>/dev/null || true
wait "$player" 2>/dev/null || true
player=''

# Each line: capture first_s=... drone_s=... gaps=...
figures=$(TANPURA_CAPTURES=$folder/before.raw:$folder/after.raw \
    cargo test --quiet --test pulse -- --ignored --nocapture | grep -E '^(capture|  gap)')
printf '%s\nplayer:\n%s\n' "$figures" "$(sed 's/^/  /' "$folder/player.log")"
mapfile -t captures < <(grep '^capture' <<<"$figures")
of() { sed "s/.* $2=\([^ ]*\).*/\1/" <<<"${captures[$1]}"; }
is() { awk "BEGIN { exit !($1) }"; }

return_s=$(awk -v late="$late" -v first="$(of 1 first_s)" 'BEGIN { printf "%.2f", late + first }')
printf 'server dead: %s %% of a core; sound back after %s s; the drone stood at %s s and goes on from %s s\n' \
    "$spent" "$return_s" "$(of 0 to_s)" "$(of 1 from_s)"
for n in 0 1; do
    is "$(of $n gaps) == 0" || fail "there are gaps: $(of $n gaps) (a busy machine? load $(cut -d' ' -f1 /proc/loadavg))"
    is "$(of $n snr_db) > 80" || fail "what is captured is not the render: $(of $n snr_db) dB"
    is "$(of $n drone_s) > $(of $n of_s) - $(of $n first_s) - 0.3" || fail "part of what is captured is not the drone"
done
is "$spent < $most_cpu" || fail "it spins while the server is dead: $spent %"
is "$return_s < $longest_return_s" || fail "sound was back only after $return_s s"
# From the end of the capture to the kill, and what was on its way.
is "$(of 1 from_s) >= $(of 0 to_s) && $(of 1 from_s) < $(of 0 to_s) + 3" || fail "it does not go on from where it was"
echo "pulse: all bounds hold"
