# Clocks that jump, and processes that stand still meanwhile: the drone lasts as long as it was told to, in frames. Of tests/faults/run.

# A machine that sleeps in the middle: stopped for two seconds, and on.
for line in "play --plain --for 3s --record slept.wav --force" "render slept.wav --duration 60s --force -q"; do
    # shellcheck disable=SC2086
    ALSA_CONFIG_PATH=$work/paced.conf "$program" $line >out 2>said </dev/null &
    pid=$!
    sleep 0.2
    kill -STOP $pid && sleep 2 && kill -CONT $pid
    wait $pid
    code=$? cases=$((cases + 1))
    [ $code = 0 ] && ! grep -q panicked said || wrong "slept: $line: code $code: $(cat said)"
done
[ "$("$program" analyze slept.wav --json | grep -c '"seconds": 60')" -ge 1 ] || wrong "slept: the file is not as long as it was to be"

# The clock of the wall, by a year there and back, every tenth of a second; then both clocks forward, as after a machine was moved.
library=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1)
if [ -n "$library" ]; then
    echo '+0' >now
    ticking() { while sleep 0.1; do for by in +365d -365d +0; do echo $by >now; sleep 0.1; done; done; }
    ticking &
    ticker=$!
    faked() { LD_PRELOAD=$library FAKETIME_TIMESTAMP_FILE=$work/now FAKETIME_NO_CACHE=1 "$@"; }
    for monotonic in 1 0; do
        export DONT_FAKE_MONOTONIC=$monotonic FAKETIME_DONT_FAKE_MONOTONIC=$monotonic
        done_well "clocks jump: render" faked "$program" render jumped.wav --tonic D "${whole[@]}"
        same jumped.wav new.wav || wrong "clocks jump: the file is another"
        done_well "clocks jump: preset" faked "$program" preset save kept --tonic D --force
        done_well "clocks jump: pack" faked "$program" pack jumped "${set[@]}"
        diff -r sound jumped >/dev/null || wrong "clocks jump: the set is another"
        rm -rf jumped
    done
    export DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_FAKE_MONOTONIC=1
    done_well "clocks jump: play" faked env ALSA_CONFIG_PATH="$work/paced.conf" timeout 20 "$program" play --plain --for 3s --record jumped.wav --force
    seconds=$(($(number jumped.wav 64) / 3 / 2 / 48000))
    [ $seconds = 3 ] || [ $seconds = 4 ] || wrong "clocks jump: $seconds s were recorded, not 3"
    kill $ticker
    wait $ticker 2>/dev/null
else
    echo "  clocks that jump: skipped, there is no libfaketime (package faketime)"
fi
