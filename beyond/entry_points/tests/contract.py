#!/usr/bin/env python3
"""contract.py BUILD DOOR: asks one door all values and compares its JSON, byte for byte.

BUILD is the folder that the project was built in. SEED in the environment sets the random values.
What is expected is worked out here, from the course's contract, and fits outcome.schema.json.
"""

import json
import os
import random
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from door import DoorFailed  # noqa: E402
from doors import DOORS  # noqa: E402

INT32_MIN, INT32_MAX = -2**31, 2**31 - 1
SCHEMA = Path(__file__).resolve().parent.parent / "core/outcome.schema.json"
EDGES = [42, -7, 0, 1, -1, 499, 500, 4999, 5000, -4999, -5000, 1073741823, 1073741824, -1073741824, -1073741825,
         INT32_MIN, INT32_MAX]


def values(seed):
    """The edges, errors among them, and a thousand at random: half of them small enough to go through."""
    chance = random.Random(seed)
    return EDGES + [chance.randint(-6000, 6000) for _ in range(500)] + [
        chance.randint(INT32_MIN, INT32_MAX) for _ in range(500)]


def expected(value):
    outcome = {"input": value}
    doubled = 2 * value
    if not INT32_MIN <= doubled <= INT32_MAX:
        return outcome | {"error": f"2 x {value} does not fit a 32-bit integer"}
    outcome |= {"processed": {"value": doubled, "processed": True}, "valid": doubled > 0}
    if not -9999 <= doubled <= 9999:
        return outcome | {"error": f"{doubled} does not fit the four-digit format (-9999..9999)"}
    text = f"Value-{doubled:04d}"
    return outcome | {"transformed": {"original": doubled, "transformed": text},
                      "analysis": f"Analysis: {doubled} maps to {text}"}


def asked_values():
    seed = int(os.environ.get("SEED", "13"))
    return seed, values(seed)


def compare(build, name, complain=lambda line: None):
    """Asks a door all values; says in a few words what it found, the same or not."""
    asked = asked_values()[1]
    door = DOORS[name](Path(build).resolve())
    if not door.is_built():
        return "is not built"
    try:
        with door:
            answers = door.answers(asked)
    except DoorFailed as failed:
        complain("".join(failed.args[1:]))
        return failed.args[0]
    if len(answers) != len(asked):
        return f"{len(answers)} answers to {len(asked)} values"
    wrong = 0
    for value, answer in zip(asked, answers):
        right = json.dumps(expected(value), separators=(",", ":"))
        if answer != right:
            wrong += 1
            complain(f"{value}: expected\n  {right}\nfound\n  {answer}")
    return f"{wrong} of {len(asked)} different" if wrong else "same"


def main(build, name):
    seed, asked = asked_values()
    print(f"{name}: {len(asked)} values, SEED={seed}")
    found = compare(build, name, lambda line: print(line, file=sys.stderr))
    print(f"{name}: {found}")
    sys.exit(found != "same")


def fits_schema():
    """The values that are expected fit the schema; and spoilt ones do not."""
    import jsonschema
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text()))
    for value in values(13):
        validator.validate(expected(value))
    good, late, early = expected(42), expected(5000), expected(INT32_MAX)
    spoilt = [{}, good | {"input": "42"}, good | {"input": INT32_MAX + 1}, good | {"error": "no"}, good | {"more": 1},
              {"input": 42}, late | {"analysis": "Analysis: "}, early | {"valid": True}, early | {"error": ""}]
    for outcome in spoilt:
        if validator.is_valid(outcome):
            sys.exit(f"the schema accepts {outcome}")
    print("the schema fits")


if __name__ == "__main__":
    if sys.argv[1:] == ["schema"]:
        fits_schema()
    elif len(sys.argv) == 3 and sys.argv[2] in DOORS:
        main(*sys.argv[1:])
    else:
        sys.exit(f"{__doc__}\nDoors: {', '.join(DOORS)}")
