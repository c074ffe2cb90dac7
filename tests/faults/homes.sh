# Presets that cannot be read, and users without a home. Of tests/faults/run.

presets=config/tanpura/presets
printf 'tonic = \377\376' >$presets/broken.toml
mkdir $presets/folder.toml
mkfifo $presets/pipe.toml
ln -s nowhere $presets/lost.toml
ln -s loop.toml $presets/loop.toml
ln -s /dev/zero $presets/endless.toml
for name in broken lost loop; do
    refused "a preset that is none: $name" timeout 10 "$program" show --preset $name
done
refused "a preset without end" timeout 10 "$program" show --preset $presets/endless.toml
done_well "presets are listed" timeout 10 "$program" list presets
"$program" list presets 2>&1 | grep -q 'broken.*not usable' || wrong "an unreadable preset is not told"
cases=$((cases + 1))
# A relative home is no home at all.
refused "a relative home" env -u XDG_CONFIG_HOME HOME=nowhere "$program" preset save homeless
done_well "a relative home is not needed" env -u XDG_CONFIG_HOME HOME=nowhere "$program" list presets

# Somebody whom the list of users does not know, without HOME; and somebody who may read and write no more than others may.
nobody() { (cd / && setpriv --reuid 54321 --regid 54321 --clear-groups env -u HOME -u XDG_CONFIG_HOME "$@"); }
chmod 755 "$work"
if [ "$(id -u)" = 0 ] && nobody "$program" --version >/dev/null 2>&1; then
    refused "no home" nobody "$program" preset save homeless
    refused "no home: path" nobody "$program" preset path
    mkdir open && chmod 777 open
    for line in "list presets" "preset list" "show --preset yaman" "show --json" "render $work/open/a.wav --duration 1s" \
        "pack $work/open/set --tonics C --patterns pa --duration 1s" "play --plain --for 1s"; do
        # shellcheck disable=SC2086
        done_well "no home, and none is needed: $line" nobody "$program" $line
    done
    mkdir -p locked/tanpura/presets && cp old.toml locked/tanpura/presets/secret.toml && chmod 000 locked/tanpura/presets/secret.toml
    refused "a preset that may not be read" nobody XDG_CONFIG_HOME="$work/locked" "$program" show --preset secret
    done_well "presets are listed that may not be read" nobody XDG_CONFIG_HOME="$work/locked" "$program" list presets
    refused "a folder of presets that may not be written" nobody XDG_CONFIG_HOME="$work/locked" "$program" preset save mine
    chmod 000 locked/tanpura/presets
    done_well "a folder of presets that may not be read" nobody XDG_CONFIG_HOME="$work/locked" "$program" list presets
    [[ $said == *"cannot read your presets"* ]] || wrong "a folder of presets that may not be read is not told: $said"
else
    echo "  users without a home: skipped, nobody else can be here"
fi
