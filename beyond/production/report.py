#!/usr/bin/env -S python3 -B
"""report.py TABLE: a table of the chapter, as Markdown, from data/. Tables: loop, headers, verdicts, ladder,
hardening, packed, layers; or what a test printed: empty_root, reproducible, wasi_without_exceptions."""

import json
import sys

from timed import DATA

KINDS = {"step03_app": "03: app", "step07_service1": "07: service"}  # the command-line door differs little from 03
NOT_SHOWN = ("linker: gold", "linker: lld", "-Og -g", "-O0 without -g")  # near to a row that is
VERDICTS = [  # variant, what is compared, price, verdict
    ("linker: lld", "source", "a package", "take it if large programs are linked"),
    ("linker: mold", "source", "a package", "take it if large programs are linked"),
    ("ccache: filled", "all", "disk; a miss costs more than without", "yes, with its two settings; first in CI"),
    ("precompiled headers", "all", "one more build to wait for; includes that are in no source", "from some dozen files on"),
    ("unity, one library of all components", "all", "a change of one source compiles many; names clash", "for builds from nothing"),
    ("unity, one library of all components", "source", "the same, seen from the other side", "not for the daily loop"),
    ("shared libraries", "source", "a loader, a search path, an interface to keep", "for other reasons; at hundreds of parts for this, too"),
    ("Make", "nothing", "none", "no: Ninja"),
    ("-O0 without -g", "all", "no debugger", "in CI, if at all"),
    ("Clang", "all", "a second compiler", "have both"),
]


def read(name):
    try:
        return json.loads((DATA / f"{name}.json").read_text())
    except FileNotFoundError:
        sys.exit(f"report.py: no data/{name}.json; ./course beyond production with --save makes it")


def table(head, rows):
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows])


def note(machine, what):
    """Under each table: the machine and the day."""
    return (f"\n\n{what} {machine['cores']} cores of {machine['cpu']}, {machine['when'][:10]}; "
            f"load before it began: {machine['load'][0]:.1f}.")


def cell(row, plain, kind, what):
    if what not in row.get(kind, {}):
        return ""
    wall = row[kind][what]["wall"]
    return f"{wall:.2f}" + ("" if row is plain else f" ({100 * (wall / plain[kind][what]['wall'] - 1):+.0f} %)")


def loop():
    size = read("loop")["sizes"][0]
    plain = size["rows"][0]
    rows = [[row["name"], row["missing"], "", "", "", "", ""] if row["missing"] else
            [row["name"], cell(row, plain, "alone", "all"), f"{row['alone']['all']['cpu']:.1f}" if "all" in row["alone"] else "",
             *(cell(row, plain, "alone", what) for what in ("nothing", "source", "header")),
             cell(row, plain, "tests", "all")] for row in size["rows"] if row["name"] not in NOT_SHOWN]
    return table(["seconds (against plain)", "all", "all, of CPU", "nothing", "a source changed", "a header that all include", "all, with tests"],
                 rows) + note(size["machine"], f"{size['components']} components, median of {size['rounds']}.")


def headers():
    found = read("loop")["headers"]
    if "missing" in found:
        return found["missing"]
    share = 100 * found["front_end_ms"] / found["compiling_ms"]
    return table(["header, with what it includes", "files", "ms in all"],
                 [[f"`{one['name']}`", one["files"], f"{one['ms']:.0f}"] for one in found["headers"][:5]]) + (
        f"\n\nOf {found['compiling_ms'] / 1000:.1f} s in {found['files']} files, {share:.0f} % go to reading and "
        "understanding, the rest to making code.")


def against(ratio):
    return f"{ratio:.0f} times" if ratio > 3 else f"{100 * (ratio - 1):+.0f} %"


def verdicts():
    sizes = {size["components"]: size for name in ("loop", "growth") if (DATA / f"{name}.json").exists()
             for size in read(name)["sizes"]}
    rows = []
    for name, what, price, verdict in VERDICTS:
        cells = []
        for components in (3, 100, 400):
            size = sizes.get(components)
            row = next((row for row in size["rows"] if row["name"] == name), None) if size else None
            times = row["alone"].get(what) if row else None
            cells.append(against(times["cpu"] / size["rows"][0]["alone"][what]["cpu"]) if times else "")
        word = {"all": "build of all", "source": "a source changed", "nothing": "no change"}[what]
        rows.append([f"{name}: {word}", *cells, price, verdict])
    return table(["trick: CPU time against plain", "3", "100", "400 components", "price", "verdict"], rows)


def ladder():
    found = read("binaries")
    rows = []
    for program, name in KINDS.items():
        measured = [row for row in found["ladder"] if row["program"] == program]
        for why in {row["missing"]: None for row in measured if "missing" in row}:
            rows.append([name, ", ".join(row["preset"] for row in measured if row.get("missing") == why), why, *[""] * 5])
        for row in (row for row in measured if "missing" not in row):
            rows.append([name, row["preset"], f"{row['bytes']:,}", f"{row['with_symbols']:,}", f"{row['start_ms']:.2f}",
                         f"{row['batch_s']:.3f}", f"{row['resident_kib']:,}", len(row["libraries"]) or "none"])
    return table(["program", "preset", "bytes", "with symbols", "start, ms", "batch, s of CPU", "memory, KiB",
                  "libraries (ldd)"], rows) + note(
        found["machine"], f"Batch: {found['values']:,} values; for the service {found['requests']:,} values, its own time.")


def hardening():
    found = read("binaries")
    base = found["hardening"][0]
    return table(["switched on, alone", "bytes", "batch, s of CPU"],
                 [[row["name"], f"{row['bytes']:,}", f"{row['batch_s']:.3f}" + (
                     "" if row is base else f" ({100 * (row['batch_s'] / base['batch_s'] - 1):+.0f} %)")]
                  for row in found["hardening"]])


def packed():
    """What two more tricks bring: a profile, and packing."""
    found = read("binaries")
    plain, guided = found["profile"]
    upx = found["upx"]
    return table(["trick", "before", "after"],
                 [["guided by a profile: batch, s of CPU", f"{plain['batch_s']:.3f}", f"{guided['batch_s']:.3f}"],
                  ["UPX: bytes of the static program", *([f"{upx['before']:,}", f"{upx['bytes']:,}"] if "bytes" in upx else
                                                         [upx["missing"], ""])]])


def layers():
    found = read("layers")
    return table(["build", "seconds", "layers from the cache", "packages downloaded", "files to compile", "of them in ccache"],
                 [[row["name"], f"{row['wall']:.1f}", row["from_cache"], row["downloads"], row["compiles"], row.get("found", "")]
                  for row in found["builds"]]) + note(found["machine"], f"The image: {found['bytes']}.")


TABLES = {one.__name__: one for one in (loop, headers, verdicts, ladder, hardening, packed, layers)}

if __name__ == "__main__":
    if len(sys.argv) == 2 and (DATA / f"{sys.argv[1]}.txt").is_file():
        print("```text\n" + (DATA / f"{sys.argv[1]}.txt").read_text().rstrip() + "\n```")
        sys.exit()
    if len(sys.argv) != 2 or sys.argv[1] not in TABLES:
        sys.exit(__doc__)
    print(TABLES[sys.argv[1]]())
