#!/usr/bin/env python3
"""measure.py BUILD [prices] [counts]: what a call costs at each place with each cure, and how often it counts; to measured.json."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
import two  # noqa: E402
from places import Case, ask  # noqa: E402

HERE = Path(__file__).resolve().parents[1]
PLACES = ("here", "child", "broker")
CURES = ("none", "memory", "transaction", "outbox")
RUNS = 5


def price(build, place, cure, sync):
    """Nanoseconds per call, nothing planted."""
    os.environ["LEDGER_SYNC"] = sync
    return ask(build, place, cure, 300 if sync == "FULL" else 3000)["ns"]


def fsync_ns():
    """What the disk takes to say that a block is written."""
    with tempfile.NamedTemporaryFile(dir=tempfile.gettempdir()) as file:
        begin = time.perf_counter_ns()
        for _ in range(100):
            os.pwrite(file.fileno(), b"x" * 4096, 0)
            os.fsync(file.fileno())
        return (time.perf_counter_ns() - begin) // 100


def prices(build):
    """The least of some runs, by turns: what else the machine and its disk do comes and goes. All on one core, since where
    the system puts two processes decides more than any cure."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    found = {place: {"OFF": {}, "FULL": {}} for place in PLACES}
    for _ in range(RUNS):
        for place, of_place in found.items():
            for sync, least in of_place.items():
                for cure in CURES:
                    least[cure] = min(price(build, place, cure, sync), least.get(cure, 1 << 62))
    os.sched_setaffinity(0, allowed)
    print(json.dumps(found))
    return {"prices": found, "fsync_ns": fsync_ns(), "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}


def counts(build):
    os.environ["LEDGER_SYNC"] = "OFF"
    found = {}
    for place in PLACES:
        for cure in CURES:
            found.setdefault(place, {})[cure] = {"kill": ask(build, place, cure, 10_000, "kill", 500),
                                                 "late": ask(build, place, cure, 1_000, "late", 100)}
            print(place, cure, "counted twice:", {how: seen["twice"] for how, seen in found[place][cure].items()},
                  flush=True)
    return {"counts": found,
            "two": {"together": two.together(build), "apart": two.apart(build), "outbox": two.with_outbox(build)}}


def main(build, *chosen):
    """Both, or the one that is chosen."""
    file = HERE / "measured.json"
    for part in (prices, counts):
        if not chosen or part.__name__ in chosen:
            found = part(build)
            old = json.loads(file.read_text()) if file.exists() else {}
            file.write_text(json.dumps(old | found, indent=1) + "\n")


main(*sys.argv[1:])
