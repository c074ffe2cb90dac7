#!/usr/bin/env bash
# What a stereo frame costs in Csound's `pluck` (four plain plucked strings) and in tanpura, on this machine, in turns.
#
#   sudo apt-get install -y csound
#   cargo build --release && benches/csound.sh [tanpura]
#
# Csound plays four notes at the pitches of the default drone, at 48 kHz, 64 frames at a time, with its output thrown away. The best short run
# is taken from the best long one, so that starting does not count. What is best of sixty runs of Csound and of fifteen
# times nine of tanpura is what the machine can do when nothing else wants it.
set -euo pipefail
tanpura=${1:-$(dirname "$0")/../target/release/tanpura}
for program in csound jq "$tanpura"; do
    command -v "$program" >/dev/null || { echo "csound.sh: $program is not there" >&2; exit 1; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# A score of so many seconds.
score() {
    cat >"$folder/$1.csd" <<CSD
<CsoundSynthesizer>
<CsInstruments>
sr = 48000
ksmps = 64
nchnls = 2
0dbfs = 1
instr 1
  asound pluck 0.2, p4, p4, 0, 1
  outs asound, asound
endin
</CsInstruments>
<CsScore>
i 1 0 $1 103.94
i 1 0 $1 138.59
i 1 0 $1 138.59
i 1 0 $1 69.30
</CsScore>
</CsoundSynthesizer>
CSD
}
short=20 long=80
score $short
score $long

# Nanoseconds that Csound takes for a score.
csound_ns() {
    local start
    start=$(date +%s%N)
    csound -n -d -m0 "$folder/$1.csd" >/dev/null 2>&1
    echo $(($(date +%s%N) - start))
}

for run in {1..15}; do
    for again in {1..4}; do
        echo "Csound $(csound_ns $long) $(csound_ns $short)"
    done
    "$tanpura" bench --json | jq -r '.rows[] | select(.block_frames == 64) | "\(.part)|\(.best_ns_per_frame)"'
done | awk -v frames=$(((long - short) * 48000)) '
    /^Csound/ {
        if (!long || $2 < long) long = $2
        if (!short || $3 < short) short = $3
    }
    /[|]/ {
        split($0, p, "|")
        if (!(p[1] in best)) { order[++n] = p[1]; best[p[1]] = p[2] }
        if (p[2] < best[p[1]]) best[p[1]] = p[2]
    }
    END {
        csound = (long - short) / frames
        printf "%-20s %6.1f ns per stereo frame\n", "Csound pluck", csound
        for (i = 1; i <= n; i++)
            printf "tanpura: %-11s %6.1f ns per stereo frame, %.2f times Csound\n", order[i], best[order[i]], best[order[i]] / csound
    }'
