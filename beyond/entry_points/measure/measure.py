#!/usr/bin/env python3
"""measure.py BUILD [DOOR...]: start-up, one value, a thousand values and the size of each door that is built,
into measured.json, where table.py finds it."""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
from figures import DOOR, DOORS, doors  # noqa: E402

RESULTS = DOOR / "measured.json"


def files_of(build, names):
    for name in names:
        path = build / name if (build / name).exists() else DOOR / name
        yield from (path.rglob("*") if path.is_dir() else [path])


def shipped_bytes(files):
    """What is shipped, without debugging information and symbols."""
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            if not file.is_file() or "__pycache__" in file.parts:
                continue
            copy = Path(folder) / "file"
            shutil.copy(file, copy)
            if copy.open("rb").read(4) == b"\x7fELF":
                subprocess.run(["strip", copy], check=True)
            total += copy.stat().st_size
    return total


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    return {"cpu": cpu, "cores": len(os.sched_getaffinity(0)),
            "system": platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")}


def part_of(name):
    return doors.DOORS[name].part if name in doors.DOORS else None


def main(build, *chosen):
    results = json.loads(RESULTS.read_text()) if chosen and RESULTS.exists() else {"doors": {}}
    results |= {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": machine()}
    for name in (name for name in DOORS if not chosen or part_of(name) in (None, *chosen)):
        measure, shipped, _ = DOORS[name]
        files = list(files_of(build, shipped))
        if not files or not files[0].exists():
            print(f"{name}: off, not measured", file=sys.stderr)
            continue
        start, one, thousand = measure(build)
        results["doors"][name] = {"start_ns": start and round(start), "one_ns": round(one),
                                  "thousand_ns": round(thousand), "shipped_bytes": shipped_bytes(files)}
        print(f"{name}: one value {one / 1e3:.1f} us, a thousand {thousand / 1e6:.2f} ms", flush=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")


if len(sys.argv) < 2:
    sys.exit(__doc__)
main(Path(sys.argv[1]).resolve(), *sys.argv[2:])
