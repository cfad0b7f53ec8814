#!/usr/bin/env python3
"""state_test.py BUILD CASE: what docs/state.md claims of the ledger, made to happen each time."""

import os
import sys

sys.dont_write_bytecode = True
import two  # noqa: E402
from places import ask  # noqa: E402


def check(found, wanted):
    print(found)
    if wrong := {name: found[name] for name, value in wanted.items() if found[name] != value}:
        sys.exit(f"expected {wanted}, found {wrong}")


def killed(build, place, cure):
    """Of 1,000 values 20 are killed at, 10 of them between effect and answer: those count twice, or none does."""
    twice = 10 if cure in ("none", "memory") else 0
    check(ask(build, place, cure, 1000, "kill", 100),
          {"planted": 20, "killed": 20, "counted": 1000 + twice, "twice": twice, "missing": 0})


def late(build, place, cure):
    """The answer comes too late. Step 06 kills who is late, so that what it remembered is gone."""
    remembered = cure in ("transaction", "outbox") or (place, cure) == ("broker", "memory")
    twice = 0 if remembered else 5
    check(ask(build, place, cure, 1000, "late", 200), {"planted": 5, "counted": 1000 + twice, "twice": twice, "missing": 0})


def many(build, place):
    """10,000 values, killed 40 times, once within the transaction and once after it by turns."""
    check(ask(build, place, "outbox", 10_000, "kill", 500), {"planted": 40, "killed": 40, "counted": 10_000, "twice": 0, "missing": 0})


def two_components(build):
    together = two.together(build)
    check(together, {"killed": 5, "counted": 100, "billed": 100, "torn": 0})
    if together["looks"] < 1:
        sys.exit("the reader has seen nothing")
    check(two.apart(build), {"killed": 10, "counted": 200, "billed": 95})
    check(two.with_outbox(build), {"between": {"counted": 200, "billed": 0}, "counted": 100, "billed": 100,
                                   "killed": 5, "cancelled": 100, "left": 0})


def nobody_bills(build):
    """What is not billed stays in the outbox."""
    check(two.without_billing(build), {"relay": 3, "left": 10, "counted": 10, "cancelled": 0})


def main(build, case, *arguments):
    # A process that dies loses nothing that it has written. FULL is for machines that die; it costs the test minutes.
    os.environ["LEDGER_SYNC"] = "OFF"
    {"killed": killed, "late": late, "many": many, "two": two_components,
     "nobody_bills": nobody_bills}[case](build, *arguments)


main(*sys.argv[1:])
