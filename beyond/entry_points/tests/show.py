#!/usr/bin/env python3
"""show.py BUILD [DOOR...]: asks each door that is built for one value, and says how to ask it by hand."""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
from doors import DOORS  # noqa: E402

BY_HAND = {
    "cli": "{build}/bin/value --json 42",
    "http": "{build}/bin/value-http, then curl ADDRESS/value/42",
    "wasm.node": "node --input-type=module -e 'import * as v from \"./{build}/wasm/site/value-pipeline/index.mjs\"; "
                 "console.log(v.evaluateJson(42))'",
    "wasm.page": "python3 -m http.server --bind 127.0.0.1 --directory {build}/wasm/site, then a browser",
    "python": "PYTHONPATH={build}/python python3 -c 'import value_pipeline as v; print(v.evaluate_json(42))'",
    "gui": "{build}/bin/value-gui",
}


def main(build, *chosen):
    first, different = None, 0
    for name, door in DOORS.items():
        opened = door(Path(build).resolve())
        if not opened.is_built() or chosen and door.part not in chosen:
            continue
        with opened:
            answer = opened.answers([42])[0]
        if first is None:
            first = answer
            print(f"{answer}\n")
        different += answer != first
        by_hand = BY_HAND.get(name, "").format(build=build)
        print(f"{name:11}{'same' if answer == first else answer:6}{by_hand}".rstrip())
    if different:
        sys.exit("not every door gave the same")


main(*sys.argv[1:])
