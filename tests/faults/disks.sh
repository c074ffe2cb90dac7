# Disks that are full or fail in the middle, and what cannot be written to: a sentence, code 1, and what was there stays. Of tests/faults/run.

unfinished() { find . -name '.tanpura-*' -o -name '*.partial*' | wc -l; }
# Those that were killed above left theirs.
left_before=$(unfinished)
nothing_left() {
    local left=$(($(unfinished) - left_before))
    [ $left = 0 ] || wrong "$1: $left unfinished files stay"
}

if mkdir small && mount -t tmpfs -o size=256k tmpfs small 2>/dev/null; then
    cp old.toml small/kept.wav
    refused "full: render" "$program" render small/kept.wav "${whole[@]}"
    same small/kept.wav old.toml || wrong "full: the old file is not there"
    refused "full: flac" "$program" render small/kept.flac "${whole[@]}"
    refused "full: loop" "$program" render small/kept.wav --loop --cycle 1 --force
    refused "full: stems" "$program" render --stems small/parts --duration 4s
    refused "full: pack" "$program" pack small/set "${set[@]}"
    refused "full: picture" "$program" analyze new.wav --png small/big.png
    refused "full: record" "$program" play --plain --record small/taken.wav --for 8s
    [ "$(head -c 4 small/taken.wav)" = RIFF ] || wrong "full: what was recorded before is not there"
    rm -f small/taken.wav
    head -c 1M /dev/zero >small/fill 2>/dev/null
    mkdir -p small/tanpura 2>/dev/null
    refused "full: preset" env XDG_CONFIG_HOME="$work/small" "$program" preset save full
    nothing_left full
    umount small
else
    echo "  full disks: skipped, nothing can be mounted here"
fi

# A disk that takes so many KB of a file and then fails: before, within and after what is written first.
failing() { (ulimit -f "$1"; shift; exec "$program" "$@"); }
mkdir broken && cp old.wav broken/kept.wav && "$program" render broken/kept.flac --tonic C "${whole[@]}" >/dev/null
cp broken/kept.flac old.flac
for kb in 0 1 4 64 511; do
    refused "fails after $kb KB: render" failing $kb render broken/kept.wav --tonic D "${whole[@]}"
    same broken/kept.wav old.wav || wrong "fails after $kb KB: the old file is not there"
done
for kb in 0 1 64 127; do
    refused "fails after $kb KB: flac" failing $kb render broken/kept.flac --tonic D "${whole[@]}"
    same broken/kept.flac old.flac || wrong "fails after $kb KB: the old file is not there"
done
cp -r sound broken/set && rm broken/set/index.csv
refused "fails at once: the list of a pack" failing 0 pack broken/set "${set[@]}"
[ "$(find broken/set -name '*.wav' | wc -l)" = 3 ] || wrong "fails at once: pack lost files"
cp old.toml config/tanpura/presets/kept.toml
refused "fails at once: preset" failing 0 preset save kept --tonic D --force
same config/tanpura/presets/kept.toml old.toml || wrong "fails at once: the old preset is not there"
nothing_left fails
if mkdir readonly && mount -t tmpfs -o ro tmpfs readonly 2>/dev/null; then
    refused "config cannot be written" env XDG_CONFIG_HOME="$work/readonly" "$program" preset save readonly
    done_well "config cannot be written, and need not" env XDG_CONFIG_HOME="$work/readonly" "$program" show --preset yaman
    refused "folder cannot be written" "$program" render readonly/a.wav --duration 1s
    refused "folder cannot be written: pack" "$program" pack readonly/set "${set[@]}"
    refused "folder cannot be written: record" "$program" play --plain --record readonly/a.wav --for 1s
    umount readonly
else
    echo "  folders that cannot be written to: skipped, nothing can be mounted here"
fi
# Root may write anywhere: a file where the folder should be does for all.
printf x >blocked
refused "config is a file" env XDG_CONFIG_HOME="$work/blocked" "$program" preset save blocked
