#!/usr/bin/env python3
"""table.py: the figures of measured.json as a table in Markdown; the lines are counted now."""

import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from figures import DOOR, DOORS  # noqa: E402

COMMENTS = ("//", "#", "/*", "*", "<!--", '"""')


def code_lines(sources):
    """Those of a door that are neither blank nor a comment alone."""
    total = 0
    for source in sources:
        path = DOOR / source
        if not path.exists():
            sys.exit(f"table.py: no {source}")
        for file in sorted(path.rglob("*") if path.is_dir() else [path]):
            if file.is_file() and file.suffix not in (".png", ".pyc"):
                lines = map(str.strip, file.read_text().splitlines())
                total += sum(bool(line) and (not line.startswith(COMMENTS) or line.startswith("#include"))
                             for line in lines)
    return total


def time(ns):
    if ns is None:
        return ""
    for unit, size in (("ns", 1), ("µs", 1e3), ("ms", 1e6)):
        if ns < 1000 * size or unit == "ms":
            return f"{ns / size:.{0 if ns >= 100 * size else 1}f} {unit}"
    return ""


results = json.loads((DOOR / "measured.json").read_text())
if set(results["doors"]) != set(DOORS):
    missing = ", ".join(sorted(set(DOORS) ^ set(results["doors"])))
    sys.exit(f"table.py: measured.json is not of these doors ({missing}): ./course beyond entry_points --measure")
print("| door | start to first answer | one value | 1,000 values | shipped | lines |")
print("|---|---|---|---|---|---|")
for name, (_, _, sources) in DOORS.items():
    figure = results["doors"][name]
    print(f"| {name} | {time(figure['start_ns'])} | {time(figure['one_ns'])} | {time(figure['thousand_ns'])} | "
          f"{figure['shipped_bytes'] / 1024:.0f} KiB | {code_lines(sources)} |")
machine = results["machine"]
print(f"\nMeasured {results['when'][:10]} on `{machine['cpu']}`, {machine['cores']} cores, {machine['system']}.")
