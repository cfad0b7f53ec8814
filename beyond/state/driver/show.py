#!/usr/bin/env python3
"""show.py BUILD: asks the ledger for 1,000 values at each place, kills it 20 times, and says how often it counted."""

import os
import sys

sys.dont_write_bytecode = True
from places import ask  # noqa: E402


def main(build):
    os.environ.setdefault("LEDGER_SYNC", "OFF")  # what dies here are processes
    print("1000 values, killed at 20 of them, 10 times after the count and before the answer\n")
    print(f"{'place':8} {'cure':12} {'counted':>8} {'twice':>6}")
    for place in ("here", "child", "broker"):
        for cure in ("none", "memory", "transaction", "outbox"):
            seen = ask(build, place, cure, 1000, "kill", 100)
            print(f"{place:8} {cure:12} {seen['counted']:8} {seen['twice']:6}", flush=True)


main(*sys.argv[1:])
