#!/usr/bin/env python3
"""table.py counts|prices|two: the figures of measured.json as a table in Markdown."""

import json
import sys
from pathlib import Path

MEASURED = json.loads((Path(__file__).resolve().parents[1] / "measured.json").read_text())
PLACES = {"here": "in the process (03)", "child": "in a child process (06)", "broker": "behind a broker (08)"}
CURES = {"none": "none", "memory": "key, remembered in memory", "transaction": "key and effect in one transaction",
         "outbox": "the same, and an outbox"}


def table(*rows):
    print("| " + " | ".join(rows[0]) + " |")
    print("|---" + "|---:" * (len(rows[0]) - 1) + "|")
    for row in rows[1:]:
        print("| " + " | ".join(map(str, row)) + " |")


def counts():
    """Values that counted twice: killed in 10,000, late in 1,000."""
    rows = [["cure", *(f"{place}, {how}" for place in PLACES.values() for how in ("killed", "late"))]]
    for cure, title in CURES.items():
        rows.append([title, *(MEASURED["counts"][place][cure][how]["twice"] for place in PLACES
                              for how in ("kill", "late"))])
    seen = [found for place in MEASURED["counts"].values() for cure in place.values() for found in cure.values()]
    if any(found["missing"] for found in seen):
        sys.exit("table.py: values are missing")
    table(*rows)


def micro(ns):
    return f"{ns / 1e3:,.0f} µs" if ns >= 10_000 else f"{ns / 1e3:.1f} µs"


def prices():
    rows = [["cure", *(f"{place}, {sync}" for place in PLACES.values() for sync in ("OFF", "FULL"))]]
    for cure, title in CURES.items():
        rows.append([title, *(micro(MEASURED["prices"][place][sync][cure]) for place in PLACES
                              for sync in ("OFF", "FULL"))])
    table(*rows)
    print(f"\nA bare `fsync` of 4 KiB takes {micro(MEASURED['fsync_ns'])} on that machine.")


def two():
    found = MEASURED["two"]
    together, apart, outbox = found["together"], found["apart"], found["outbox"]
    between = outbox["between"]
    table(["200 orders, of which billing refuses 100", "killed", "counted", "billed"],
          ["one transaction (03)", together["killed"], together["counted"], together["billed"]],
          ["asked one after the other (08)", apart["killed"], apart["counted"], apart["billed"]],
          ["outbox, before the relay runs (08)", 0, between["counted"], between["billed"]],
          [f"outbox, in the end: {outbox['cancelled']} cancelled", outbox["killed"], outbox["counted"],
           outbox["billed"]])


{"counts": counts, "prices": prices, "two": two}[sys.argv[1]]()
