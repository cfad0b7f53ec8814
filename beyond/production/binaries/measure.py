#!/usr/bin/env -S python3 -B
"""Measures what is shipped: size, start, time, memory, by preset. Run by ./course beyond production binaries."""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from hardening import hardening_rows, profile_rows  # noqa: E402
from services import served_values  # noqa: E402
from timed import DATA, ROOT, Failed, clean_environment, machine, missing, progress, run, scratch  # noqa: E402

PRESETS = ["debug", "release", "small", "lto", "static-runtime", "static", "static-pie", "small-static", "hardened"]
PROGRAMS = {"step03_app": "step 03", "step07_service1": "step 07's service", "entry_points_cli": "the command-line door"}
FOLDERS = {"step03_app": "step03/bin/app", "step07_service1": "step07/bin/service1", "entry_points_cli": "bin/value"}


def values(number):
    """Numbers of which every one is accepted."""
    return "".join(f"{at % 4000 + 1}\n" for at in range(number))


class Effort:
    def __init__(self, quick):
        self.starts = 20 if quick else 200
        self.rounds = 2 if quick else 7
        self.values = 50_000 if quick else 200_000
        self.requests = 200 if quick else 2_000


def build(preset):
    """Takes long the first time; the folder stays, in build/."""
    progress(f"building {preset}")
    run(["cmake", "--workflow", "--preset", preset], folder=HERE.parent)
    return ROOT / "build/beyond/production" / preset


def libraries(program):
    """What ldd says: the names, or why there are none."""
    told = subprocess.run(["ldd", program], text=True, capture_output=True, check=False)
    if told.returncode or "statically linked" in told.stdout:
        return []
    return [line.split()[0] for line in told.stdout.splitlines() if "vdso" not in line]


def resident(program):
    """KiB, while it waits for its second value."""
    with subprocess.Popen([program, *([] if "value" in program.name else ["-q"]), "-"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, env=clean_environment()) as child:
        child.stdin.write(b"42\n")
        child.stdin.flush()
        for line in child.stdout:
            if line.startswith(b"Analysis"):
                break
        status = pathlib.Path(f"/proc/{child.pid}/status").read_text()
        child.stdin.close()
        child.stdout.read()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def measure_program(row, effort, folder):
    """One round of one row: start and batch."""
    program = row["path"]
    quiet = [] if row["program"] == "entry_points_cli" else ["-q"]
    starts = [run([program, *quiet, "42"]).wall for _ in range(effort.starts // effort.rounds)]
    row["starts"].append(statistics.median(starts))
    batch = folder / "values"
    batch.write_text(values(effort.values))
    row["batches"].append(run([program, *quiet, "-"], source=batch).cpu)


def new_row(preset, program, folder):
    shipped = folder / "shipped" / program
    if not shipped.exists():
        return {"preset": preset, "program": program, "missing": "not built: see cmake's line about it"}
    copy = folder / FOLDERS[program]
    return {"preset": preset, "program": program, "path": shipped, "starts": [], "batches": [],
            "bytes": shipped.stat().st_size, "with_symbols": copy.stat().st_size, "libraries": libraries(shipped)}


def finish(row):
    if "path" not in row:
        return row
    for name, found in (("start_ms", row.pop("starts")), ("batch_s", row.pop("batches"))):
        if found:
            row[name] = round(statistics.median(found) * (1000 if name == "start_ms" else 1), 3)
    row.pop("path")
    return row


def ladder(effort, folder):
    rows = []
    for preset in PRESETS:
        built = build(preset)
        rows += [new_row(preset, program, built) for program in PROGRAMS]
    for number in range(effort.rounds):
        for row in rows:
            progress(f"round {number + 1} of {effort.rounds}: {row['preset']}, {row['program']}")
            if "path" not in row:
                continue
            if row["program"] == "step07_service1":
                if number == 0:
                    row |= served_values(row["path"].parent, effort.requests)
            else:
                measure_program(row, effort, folder)
                row["resident_kib"] = resident(row["path"])
    return [finish(row) for row in rows]


def upx(folder):
    if lacking := missing("upx", "upx-ucl, where there is one"):
        return {"missing": lacking}
    program = folder / "packed"
    shutil.copy(ROOT / "build/beyond/production/static/shipped/step03_app", program)
    before = program.stat().st_size
    run(["upx", "-q", program])
    return {"before": before, "bytes": program.stat().st_size, "resident_kib": resident(program),
            "start_ms": round(1000 * statistics.median(run([program, "-q", "42"]).wall for _ in range(20)), 3)}


def report(found):
    progress("")
    print(f"{'':26}{'preset':16}{'bytes':>10}{'symbols':>10}{'start ms':>10}{'batch s':>9}{'KiB':>7}  libraries")
    for row in sorted(found["ladder"], key=lambda row: list(PROGRAMS).index(row["program"])):
        if "missing" in row:
            print(f"{PROGRAMS[row['program']]:26}{row['preset']:16}{row['missing']}")
            continue
        print(f"{PROGRAMS[row['program']]:26}{row['preset']:16}{row['bytes']:10}{row['with_symbols']:10}"
              f"{row.get('start_ms', 0):10.2f}{row.get('batch_s', 0):9.3f}{row.get('resident_kib', 0):7}  "
              f"{len(row['libraries']) or 'none'}")
    print(f"\n{'step 03, hardening':42}{'bytes':>10}{'batch s':>9}")
    for row in found["hardening"]:
        print(f"{row['name']:42}{row['bytes']:10}{row['batch_s']:9.3f}")
    print("\nguided by a profile: " + ", ".join(f"{row['name']} {row['batch_s']:.3f} s" for row in found["profile"]))
    print(f"\nUPX: {found['upx'].get('missing') or found['upx']}")


def main(arguments):
    parser = argparse.ArgumentParser(prog="./course beyond production binaries", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds; under two minutes once all is built")
    parser.add_argument("--save", action="store_true", help="keep the figures for the text")
    options = parser.parse_args(arguments)
    effort = Effort(options.quick)
    with scratch("binaries") as folder:
        found = {"quick": options.quick, "values": effort.values, "requests": effort.requests, "machine": machine(),
                 "ladder": ladder(effort, folder), "hardening": hardening_rows(folder, effort, values),
                 "profile": profile_rows(folder, effort, values), "upx": upx(folder)}
    report(found)
    if options.save:
        (DATA / "binaries.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failed as failed:
        progress("")
        sys.exit(f"beyond production binaries: {failed}")
