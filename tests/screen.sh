#!/bin/sh
# Pictures of the screen of `tanpura play`, for people to look at: three sizes, a dark and a light theme, no sound.
#
#   tests/screen.sh FOLDER [KIND...]     KIND: plain busy eight many lost help prompt nocolor (all of them by default)
#
# Needs tmux, python3 with pyte and Pillow (PYTHON says which), and the DejaVu fonts. Runs the test `demo` of the program.
set -eu
folder=$1; shift
kinds=${*:-plain busy eight many lost help prompt nocolor}
here=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}
socket=tanpura-screen-$$
mkdir -p "$folder"
program=$(cd "$here" && cargo test --bin tanpura --no-run 2>&1 | sed -n 's/.*Executable.*(\(.*\))/\1/p')
case $program in /*) ;; *) program=$here/$program ;; esac
trap 'tmux -L "$socket" kill-server 2>/dev/null || true' EXIT

for kind in $kinds; do
    for size in 40x12 60x20 80x24 120x40; do
        columns=${size%x*}; rows=${size#*x}
        case $kind in nocolor) colour=NO_COLOR=1 ;; *) colour= ;; esac
        case $kind in help) keys='?' ;; prompt) keys=': p a t t e r n Space M a - S' ;; *) keys= ;; esac
        tmux -L "$socket" -f /dev/null new-session -d -x "$columns" -y "$rows" \
            "env -u NO_COLOR $colour TERM=screen-256color TANPURA_DEMO=$kind '$program' demo --ignored --nocapture"
        tmux -L "$socket" set -g status off
        sleep 2.6
        # shellcheck disable=SC2086 # keys are words
        [ -z "$keys" ] || { tmux -L "$socket" send-keys $keys; sleep 0.4; }
        tmux -L "$socket" capture-pane -e -p >"$folder/$kind-$size.ansi"
        tmux -L "$socket" send-keys C-c; sleep 0.3
        tmux -L "$socket" kill-server 2>/dev/null || true
        for theme in dark light; do
            "$python" "$here/tests/screen.py" "$folder/$kind-$size.ansi" "$columns" "$rows" "$theme" "$folder/$kind-$size-$theme.png"
        done
        rm "$folder/$kind-$size.ansi"
    done
done
