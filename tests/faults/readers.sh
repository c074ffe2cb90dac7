# Outputs that are full, and readers who leave, as `head` does: no panic, and the code of a failure or of none. Of tests/faults/run.

closed() {
    local said
    said=$({ "$program" "$@" </dev/null; echo "code $?" >&2; } 2>&1 >/dev/full | tail -n 2)
    cases=$((cases + 1))
    [[ $said != *panicked* && $said == *"code 1"* ]] || wrong "$* > /dev/full: $said"
    # The reader is gone before anything is written.
    said=$({ { sleep 0.05; "$program" "$@" </dev/null; echo "code $?" >&2; } | true; } 2>&1)
    cases=$((cases + 1))
    [[ $said != *panicked* && $said == *"code 0"* ]] || wrong "$* | true: $said"
    # Nothing is open at all: what was to be done is done or told, and nothing is written into files that took those numbers.
    "$program" "$@" <&- >&- 2>&-
    code=$? cases=$((cases + 1))
    [ $code = 0 ] || [ $code = 1 ] || wrong "$* with everything closed: code $code"
}
for line in "list params" "list presets" "list tonics" "list swaras" "list patterns" "list shrutis" "list strings" "list presets --json" \
    "show" "show --json" "preset list" "preset show yaman" "preset path" "preset path kept" "analyze new.wav" "analyze new.wav --json" \
    "analyze new.wav --match" "completions bash" "man render" "render out.wav --duration 1s --force" "render out.wav --duration 1s --force --json" \
    "again new.wav --force" "pack set --tonics C --patterns pa --duration 1s" "preset save other --force" "bench --json" "--help" "--version"; do
    # shellcheck disable=SC2086
    closed $line
done
# While it plays, nobody reads on: the drone does.
export ALSA_CONFIG_PATH=$work/paced.conf
said=$({ "$program" play --plain --for 2s --record heard.wav --force </dev/null; echo "code $?" >&2; } 2>&1 >/dev/null | tail -n 1)
cases=$((cases + 1))
[[ $said == *"code 0"* ]] || wrong "play > /dev/null: $said"
said=$({ { "$program" play --plain --for 2s --record heard.wav --force </dev/null; echo "code $?" >&2; } | true; } 2>&1)
cases=$((cases + 1))
[[ $said != *panicked* && $said == *"code 0"* ]] || wrong "play | true: $said"
[ "$(($(number heard.wav 64) / 3 / 2 / 48000))" -ge 2 ] || wrong "play | true: the recording is too short"
