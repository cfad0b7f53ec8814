#!/usr/bin/env -S python3 -B
"""Prints the results of ./course bench as tables in Markdown: bench/report.py [cost.json]"""

import json
import pathlib
import sys

BUSY = 0.1  # from here on other programs disturb
PLACEMENTS = (("one_core", "one core"), ("free", "cores free"))


def text(results):
    steps = results["steps"]
    parts = [
        head(results),
        *(part for placement, name in PLACEMENTS for part in (
            f"### One call across the boundary (process), {name}", calls(steps, placement))),
        "### All that it is held against: the bare mechanism, and how often it fits into the call",
        floors(steps),
        "### The real app: one value, start to first result, values a second on a batch",
        app(steps),
        "### Idle after the first value; built for release; counted",
        costs(steps),
        "### Experiments",
        experiments(results["experiments"]),
        "### Many calls in progress, cores free",
        in_flight(results["in_flight"]),
        "### A batch with 1 and with 64 values in progress, cores free",
        cures(results["cures"]),
        *(["### The same exchange by others", peers(results["peers"])] if results["peers"] else []),
        "### Targets: calls and step06's batch on one core, the rest with cores free",
        targets(results["targets"]),
        foot(results),
    ]
    return "\n\n".join(parts) + "\n"


def head(results):
    machine = results["machine"]
    return (f"{machine['system']}, Linux {machine['kernel']}, {machine['cores']} cores of "
            f"{machine['cpu']}, {machine['compiler']}, {results['when']}"
            f"{', quick' if results['quick'] else ''}")


def foot(results):
    lines = [
        "- one core: all processes pinned to the same one; cores free: wherever the system puts them",
        "- ±: half of what lies between the quartiles of the rounds; ~: noisy, the quartiles are more "
        "than a quarter of the median apart",
        "- p99 of steps 00 to 05: of means of blocks, since a call is shorter than reading the clock",
        f"- other programs kept the cores busy for {results['busy_others']:.0%} of the "
        f"{results['seconds']} s that it took",
    ]
    if results["busy_others"] > BUSY:
        lines.append("- **the machine was busy**: trust the ratios on one core, and little else")
    return "\n".join(lines)


def calls(steps, placement):
    rows = []
    for step in steps:
        reference = next(floor for floor in step["floors"] if floor["reference"])
        call, floor = step["call_ns"][placement], reference["call_ns"][placement]
        rows.append([f"{step['step']} {step['name']}", step["boundary"],
                     time_spread(call), time_text(call["p99"]), reference["name"],
                     time_spread(floor), time_text(floor["p99"]),
                     ratio_spread(reference["ratio"][placement])])
    return table(["step", "a", "median", "p99", "held against", "its median", "its p99", "ratio"],
                 rows, text_columns=(0, 1, 4))


def floors(steps):
    return table(["step", "held against", "one core", "ratio", "cores free", "ratio"],
                 [[step["step"], floor["name"],
                   *(cell for placement, _ in PLACEMENTS for cell in (
                       time_spread(floor["call_ns"][placement]),
                       ratio_spread(floor["ratio"][placement])))]
                  for step in steps for floor in step["floors"]])


def app(steps):
    rows = []
    for step in steps:
        speed = {(found["placement"], found["jobs"]): f"{found['median']:,.0f}{spread(found)}"
                 for found in step["values_per_second"]}
        rows.append([
            f"{step['step']} {step['name']}",
            *(time_spread(step["value_ns"][placement]) for placement, _ in PLACEMENTS),
            *(time_spread(step["start_ns"][placement]) for placement, _ in PLACEMENTS),
            speed["one_core", 1], *(speed.get(("free", jobs), "-") for jobs in (1, 4, 16))])
    return table(["step", "value, one core", "free", "start, one core", "free",
                  "values/s, one core", "free", "--jobs 4", "--jobs 16"], rows, text_columns=(0,))


def costs(steps):
    rows = []
    for step in steps:
        idle, build, tree = step["idle"], step["build"], step["tree"]
        timed = "clean_s" in build
        rows.append([
            f"{step['step']} {step['name']}", ", ".join(tree["packages"]) or "-",
            idle["processes"], idle["threads"], f"{idle['memory_kib'] / 1024:.1f} MiB",
            time_spread(build["clean_s"], 1e9) if timed else "-",
            time_spread(build["rebuild_s"], 1e9) if timed else "-",
            f"{build['size_bytes'] / 1024:.0f} KiB" if timed else "-",
            f"{build['stripped_bytes'] / 1024:.0f} KiB" if timed else "-",
            tree["lines"], tree["test_lines"], tree["files"], build["targets"]])
    return table(["step", "packages", "processes", "threads", "memory", "clean build", "rebuild",
                  "size", "stripped", "lines", "of tests", "files", "targets"], rows)


def experiments(found):
    return table(["step", "experiment", "one core", "cores free", "ratio on one core"],
                 [[one["step"], one["name"],
                   *(time_spread(one["call_ns"][placement]) for placement, _ in PLACEMENTS),
                   f"{ratio_of(one['ratio']['one_core'])} of {one['against']}"
                   if "ratio" in one else ""]
                  for one in found])


def peers(found):
    rows = []
    for one in found:
        if "skipped" in one:
            rows.append([one["name"], f"SKIPPED, needs {one['skipped']}", "", "", "", ""])
            continue
        ratio = (f"step{one['step']}'s is {ratio_of(one['ratio']['one_core'])} of it"
                 if "ratio" in one else "")
        rows.append([one["name"], ratio, *(cell for placement, _ in PLACEMENTS for cell in (
            time_spread(one["call_ns"][placement]), time_text(one["call_ns"][placement]["p99"])))])
    return table(["peer", "call, on one core", "one core", "p99", "cores free", "p99"], rows)


def in_flight(found):
    return table(["step", "", "in progress", "calls/s", "p50", "p99", "max", "rate x mean time",
                  "cores of caller", "services", "broker", "ratio"],
                 [[curve["step"], curve["name"], point["in_progress"],
                   f"{point['per_second']['median']:,.0f}{spread(point['per_second'])}",
                   *waits(point), by_law(point),
                   *(f"{point['cores'][who]:.2f}" if who in point["cores"] else ""
                     for who in ("caller", "services", "broker")),
                   ratio_of(point["ratio"]) if "ratio" in point else ""]
                  for curve in found for point in curve["points"]])


def waits(point):
    """Of one call: the middle one, one of a hundred, the longest."""
    return time_of(point["p50_ns"]), time_of(point["p99_ns"]), time_text(point["max_ns"])


def by_law(point):
    """Little's: how many are in progress, by their rate and how long each takes."""
    number = point["by_law"]
    return f"{number:.3g}" if number < 100 else f"{number:,.0f}"


def cures(found):
    steps = sorted({one["step"] for one in found})
    speed = {(one["step"], one["name"]): one["values_per_second"] for one in found}
    return table(["values/s", *steps],
                 [[name, *(f"{speed[step, name]['median']:,.0f}{spread(speed[step, name])}" for step in steps)]
                  for name in dict.fromkeys(one["name"] for one in found)], text_columns=(0,))


def targets(found):
    return table(["target", "held against", "ratio", "limit", "verdict"],
                 [[one["name"], one["reference"], f"{one['ratio']:.2f}", one["limit"],
                   "met" if one["met"] else "**MISSED**"] for one in found])


def table(head_row, rows, text_columns=(0, 1)):
    """In Markdown, and in columns for who reads it as it is."""
    widths = [max(3, *(len(str(row[i])) for row in [head_row, *rows]))
              for i in range(len(head_row))]

    def line(row):
        return "| " + " | ".join(
            str(cell).ljust(width) if column in text_columns else str(cell).rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths))) + " |"
    rule = "|" + "|".join(
        "-" * (width + 2) if column in text_columns else "-" * (width + 1) + ":"
        for column, width in enumerate(widths)) + "|"
    return "\n".join([line(head_row), rule, *map(line, rows)])


def mark(figure):
    return "~" if figure["noisy"] else ""


def spread(figure):
    half = (figure["high"] - figure["low"]) / 2 / figure["median"]
    return f" ±{half:.0%}{mark(figure)}"


def time_of(figure):
    return time_text(figure["median"]) + mark(figure)


def time_spread(figure, unit=1):
    return time_text(figure["median"] * unit) + spread(figure)


def ratio_text(ratio):
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def ratio_of(figure):
    return ratio_text(figure["median"]) + mark(figure)


def ratio_spread(figure):
    return ratio_text(figure["median"]) + spread(figure)


def time_text(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def check(results):
    """Whether they are as results.schema.json says."""
    try:
        import jsonschema
    except ImportError:
        print("bench: python3-jsonschema is not installed, so the results are not checked",
              file=sys.stderr)
        return
    schema = pathlib.Path(__file__).with_name("results.schema.json")
    jsonschema.validate(results, json.loads(schema.read_text()))


def main():
    file = sys.argv[1] if len(sys.argv) > 1 else "build/bench/cost.json"
    results = json.loads(pathlib.Path(file).read_text())
    check(results)
    print(text(results), end="")


if __name__ == "__main__":
    main()
