#!/usr/bin/env python3
"""show.py BUILD [DOOR...]: asks each door that is built all values, and says how to ask it by hand."""

import json
import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from contract import asked_values, compare, expected  # noqa: E402
from doors import DOORS  # noqa: E402

BY_HAND = {
    "cli": "{build}/bin/value --json 42",
    "http": "{build}/bin/value-http, then curl ADDRESS/value/42",
    "function": "{build}/function/bootstrap, started by the emulator of ./course beyond functions",
    "wasm.node": "node --input-type=module -e 'import * as v from \"./{build}/wasm/site/value-pipeline/index.mjs\"; "
                 "console.log(v.evaluateJson(42))'",
    "wasm.page": "python3 -m http.server --bind 127.0.0.1 --directory {build}/wasm/site, then a browser",
    "python": "PYTHONPATH={build}/python python3 -c 'import value_pipeline as v; print(v.evaluate_json(42))'",
    "gui": "{build}/bin/value-gui",
}


def main(build, *chosen):
    seed, asked = asked_values()
    print(f"{asked[0]} becomes {json.dumps(expected(asked[0]), separators=(',', ':'))}\n\n"
          f"{len(asked)} values, SEED={seed}:")
    wrong = asked_doors = 0
    for name, door in DOORS.items():
        if chosen and door.part not in chosen:
            continue
        if door(Path(build)).is_built():
            found = compare(build, name)
            wrong += found != "same"
            asked_doors += 1
        else:
            found = "off: what it needs is missing"
            wrong += bool(os.environ.get("CI"))  # which is to ask all of them
        print(f"{name:10} {found}", flush=True)
    print("\nBy hand:")
    for name, command in BY_HAND.items():
        if DOORS[name](Path(build)).is_built() and (not chosen or DOORS[name].part in chosen):
            print("    " + command.format(build=build))
    sys.exit(wrong > 0 or not asked_doors)


main(*sys.argv[1:])
