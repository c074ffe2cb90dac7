#!/usr/bin/env python3
"""Breaks the core on purpose, one fault at a time (mutants.toml), and says which of the tests notices.

    tests/mutants/run.py            every mutant: an hour on two cores
    tests/mutants/run.py NAME...    those whose names begin so

Works on a copy in a temporary folder; what is built goes there too, or to $CARGO_TARGET_DIR, where the next run finds the libraries. Ends
with 1 where a mutant lived, or where its place is no longer found.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# In the order in which most is noticed soonest; each is compiled only where those before it noticed nothing.
TESTS = [["--lib"], *(["--test", test] for test in "laws pitch determinism sound silence stage sur_peti tuning wav properties".split())]
COMMAND = "cargo test --quiet --no-default-features --features simd,analysis,wav".split()
LONGEST_S = 900
COMPILER = "the compiler: no mutant"


def noticed(folder, env):
    """The first test that fails; "" where none does."""
    for test in TESTS:
        try:
            ran = subprocess.run(COMMAND + test, cwd=folder, env=env, capture_output=True, text=True, timeout=LONGEST_S)
        except subprocess.TimeoutExpired:
            return f"{test[-1]}, which goes on for ever"
        if ran.returncode:
            said = ran.stdout + ran.stderr
            if "error: could not compile" in said:
                return COMPILER
            failed = re.search(r"^    (\S+)$", said, re.M)
            return f"{test[-1]} {failed[1] if failed else ''}"
    return ""


def main():
    wanted = sys.argv[1:]
    mutants = tomllib.loads((HERE / "mutants.toml").read_text())["mutant"]
    chosen = [m for m in mutants if not wanted or any(m["name"].startswith(w) for w in wanted)]
    lived = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "tanpura"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("target", ".git"))
        # Tests know the folder they were compiled in; cargo would take those of another run's folder for new.
        (folder / "src" / "lib.rs").touch()
        target = os.environ.get("CARGO_TARGET_DIR", temporary + "/target")
        # One unit of code takes half of the time of sixteen, as in .ci/run.
        env = os.environ | {"CARGO_TARGET_DIR": target, "CARGO_INCREMENTAL": "0"}
        env |= {"CARGO_PROFILE_DEV_DEBUG": "0", "CARGO_PROFILE_DEV_CODEGEN_UNITS": "1"}
        healthy = noticed(folder, env)
        if healthy:
            sys.exit(f"without any mutant a test fails already: {healthy}")
        for mutant in chosen:
            path = folder / "src" / mutant["file"]
            text = path.read_text()
            if text.count(mutant["from"]) != 1:
                print(f"LOST   {mutant['name']}: its place in {mutant['file']} is there {text.count(mutant['from'])} times", flush=True)
                lived.append(mutant["name"])
                continue
            began = time.monotonic()
            path.write_text(text.replace(mutant["from"], mutant["to"]))
            by = noticed(folder, env)
            path.write_text(text)
            print(f"{'caught' if by else 'LIVED '} {mutant['name']}" + (f": {by}" if by else "") + f" ({time.monotonic() - began:.0f} s)", flush=True)
            if by in ("", COMPILER):
                lived.append(mutant["name"])
    print(f"{len(chosen) - len(lived)} of {len(chosen)} caught")
    sys.exit(1 if lived else 0)


main()
