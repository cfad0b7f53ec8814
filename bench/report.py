"""The results as tables, for people."""

PLACEMENTS = ("one_core", "free")


def text(results):
    steps = results["steps"]
    parts = [
        head(results),
        "One call across the boundary (process), and what it is held against",
        calls(steps),
        "All that it can be held against: the time of the bare mechanism, and how often it fits "
        "into the step's",
        floors(steps),
        "The real app: one value, from its start to the first result, values a second on a batch",
        app(steps),
        "Idle after the first value; built for release; counted",
        costs(steps),
        "Experiments",
        experiments(results["experiments"]),
        *(["The same exchange by others", peers(results["peers"])] if results["peers"] else []),
        "Targets, on one core; batches of 16 with cores free",
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
        "one core: all processes pinned to the same one; free: wherever the system puts them.",
        "The 99th percentile of steps 00 to 05 is that of the means of blocks: a call is shorter than "
        "reading the clock.",
        "~ noisy: the middle half of the rounds spreads over more than a quarter of the median.",
        f"Other processes kept the cores busy for {results['busy_before']:.0%} of the time before, "
        f"{results['busy_after']:.0%} after. It took {results['seconds']} s.",
    ]
    if max(results["busy_before"], results["busy_after"]) > 0.1:
        lines.append("THE MACHINE WAS BUSY: trust the ratios on one core, and little else.")
    return "\n".join(lines)


def calls(steps):
    rows = []
    for step in steps:
        reference = next(floor for floor in step["floors"] if floor["reference"])
        row = [f"{step['step']} {step['name']}", step["boundary"]]
        for placement in PLACEMENTS:
            call = step["call_ns"][placement]
            row += [time_of(call), time_text(call["p99"]), time_of(reference["call_ns"][placement]),
                    ratio_of(reference["ratio"][placement])]
        rows.append(row)
    return table(["step", "", "one core", "p99", "floor", "ratio", "free", "p99", "floor", "ratio"],
                 rows)


def floors(steps):
    return table(["step", "held against", "one core", "p99", "ratio", "free", "p99", "ratio"],
                 [[step["step"], floor["name"] + (" *" if floor["reference"] else ""),
                   *(cell for placement in PLACEMENTS for cell in (
                       time_of(floor["call_ns"][placement]),
                       time_text(floor["call_ns"][placement]["p99"]),
                       ratio_of(floor["ratio"][placement])))]
                  for step in steps for floor in step["floors"]])


def app(steps):
    rows = []
    for step in steps:
        speed = {(found["placement"], found["jobs"]): f"{found['median']:,.0f}{mark(found)}"
                 for found in step["values_per_second"]}
        rows.append([
            f"{step['step']} {step['name']}", "",
            *(time_of(step["value_ns"][placement]) for placement in PLACEMENTS),
            *(time_of(step["start_ns"][placement]) for placement in PLACEMENTS),
            speed["one_core", 1], *(speed.get(("free", jobs), "-") for jobs in (1, 4, 16))])
    return table(["step", "", "value, one core", "free", "start, one core", "free",
                  "values/s, one core", "free", "--jobs 4", "--jobs 16"], rows)


def costs(steps):
    rows = []
    for step in steps:
        idle, build, tree = step["idle"], step["build"], step["tree"]
        timed = "clean_s" in build
        rows.append([
            f"{step['step']} {step['name']}", ", ".join(tree["packages"]) or "-",
            idle["processes"], idle["threads"], f"{idle['memory_kib'] / 1024:.1f} MiB",
            f"{build['clean_s']['median']:.1f} s{mark(build['clean_s'])}" if timed else "-",
            f"{build['rebuild_s']['median']:.1f} s{mark(build['rebuild_s'])}" if timed else "-",
            f"{build['size_bytes'] / 1024:.0f} KiB" if timed else "-",
            f"{build['stripped_bytes'] / 1024:.0f} KiB" if timed else "-",
            tree["lines"], tree["test_lines"], tree["files"], build["targets"]])
    return table(["step", "packages", "processes", "threads", "memory", "clean build", "rebuild",
                  "size", "stripped", "lines", "of tests", "files", "targets"], rows)


def experiments(found):
    return table(["step", "experiment", "one core", "free", "ratio on one core"],
                 [[one["step"], one["name"],
                   *(time_of(one["call_ns"][placement]) for placement in PLACEMENTS),
                   f"{ratio_of(one['ratio']['one_core'])} of {one['against']}"
                   if "ratio" in one else ""]
                  for one in found])


def peers(found):
    return table(["peer", "", "one core", "p99", "free", "p99"],
                 [[one["peer"], one["name"],
                   *(cell for placement in PLACEMENTS for cell in (
                       time_of(one["call_ns"][placement]),
                       time_text(one["call_ns"][placement]["p99"])))]
                  if "call_ns" in one else
                  [one["peer"], f"{one['name']}: SKIPPED, needs {one['skipped']}", "", "", "", ""]
                  for one in found])


def targets(found):
    return table(["target", "held against", "ratio", "limit", ""],
                 [[one["name"], one["reference"], f"{one['ratio']:.2f}", one["limit"],
                   "met" if one["met"] else "MISSED"] for one in found])


def table(head_row, rows):
    widths = [max(len(str(row[i])) for row in [head_row, *rows]) for i in range(len(head_row))]

    def line(row):
        cells = [str(cell).ljust(width) if column < 2 else str(cell).rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths)) if width]
        return "  ".join(cells).rstrip()
    return "\n".join([line(head_row), line(["-" * width for width in widths]), *map(line, rows)])


def mark(figure):
    return "~" if figure["noisy"] else ""


def time_of(figure):
    return time_text(figure["median"]) + mark(figure)


def ratio_of(figure):
    median = figure["median"]
    return (f"{median:.2f}" if median < 10 else f"{median:.0f}") + mark(figure)


def time_text(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"
