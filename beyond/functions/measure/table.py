#!/usr/bin/env python3
"""table.py function1|runtimes: the figures of measured.json as a table in Markdown."""

import json
import sys
from pathlib import Path

RESULTS = json.loads((Path(__file__).resolve().parents[1] / "measured.json").read_text(encoding="utf-8"))


def kib(number):
    return f"{number / 1024:,.0f} KiB"


def function1():
    print("| function1 | zip | unpacked | cold start | warm |\n|---|---|---|---|---|")
    for name, row in RESULTS["function1"].items():
        print(f"| {name} | {kib(row['zip_bytes'])} | {kib(row['unpacked_bytes'])} | {row['cold_ms']:.1f} ms | "
              f"{row['warm_ms']:.2f} ms |")
    machine = RESULTS["machine"]
    print(f"\nMeasured {RESULTS['when'][:10]} on `{machine['cpu']}`, {machine['cores']} cores, {machine['system']}.")


def runtimes():
    found = RESULTS["runtimes"]
    print("| function1 on | round trip, one core | ours takes | program |\n|---|---|---|---|")
    for name, row in found.items():
        size = kib(row["bytes"]) if "bytes" in row else "Node and a package"
        print(f"| {name} | {row['us']:.0f} µs | {row['ratio']:.2f} of it | {size} |")


{"function1": function1, "runtimes": runtimes}[sys.argv[1]]()
