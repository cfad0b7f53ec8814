#!/usr/bin/env -S python3 -B
"""Measures what the tricks for a fast loop bring. Run by ./course beyond production loop, which says more."""

import argparse
import json
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import chart  # noqa: E402
from headers import dearest_headers, report_headers  # noqa: E402
from program import Program  # noqa: E402
from timed import DATA, Failed, machine, missing, progress, scratch  # noqa: E402
from variants import PLAIN, VARIANTS  # noqa: E402

LARGE = 50  # components; from here on a build takes too long to do it where nothing can come of it


def parse(arguments):
    parser = argparse.ArgumentParser(prog="./course beyond production loop", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="once instead of five times; under two minutes")
    parser.add_argument("--long", action="store_true", help="the growing program: 10, 100, 400 components, once each (an hour)")
    parser.add_argument("--components", type=int, metavar="N", help="a program of this size instead")
    parser.add_argument("--only", metavar="TEXT", action="append", help="only variants that have it in their name")
    parser.add_argument("--output", metavar="FILE", type=pathlib.Path, help="the figures as JSON")
    parser.add_argument("--save", action="store_true", help="keep the figures for the text")
    return parser.parse_args(arguments)


def measure(components, rounds, tests_too, only, folder):
    """The figures of one size: for each variant, with and without tests, medians of the rounds."""
    program = Program(components, folder / f"{components}")
    chosen = [one for one in VARIANTS if one is PLAIN or not only or any(text in one.name for text in only)]
    chosen = [one for one in chosen if components < LARGE or not one.small_only]
    rows = [{"name": one.name, "missing": missing(one.program, one.package), "runs": {"tests": [], "alone": []}}
            for one in chosen]
    for number in range(rounds):
        for variant, row in zip(chosen, rows):
            if row["missing"]:
                continue
            for tests in ((False, True) if tests_too and variant.tests else (False,)):
                progress(f"round {number + 1} of {rounds}, {components} components, {variant.name}")
                took = program.measure(variant, tests, long_ones=components < LARGE)
                row["runs"]["tests" if tests else "alone"].append(took)
    for row in rows:
        runs = row.pop("runs")
        for kind, took in runs.items():
            row[kind] = {what: {"wall": round(statistics.median(one[what].wall for one in took), 3),
                                "cpu": round(statistics.median(one[what].cpu for one in took), 3)}
                         for what in (took[0] if took else ())}
    return {"components": components, "rounds": rounds, "rows": rows, "machine": machine()}


def main(arguments):
    options = parse(arguments)
    sizes = [options.components] if options.components else [10, 100, 400] if options.long else [3]
    found = {"quick": options.quick, "machine": machine(), "sizes": []}
    with scratch("loop") as folder:
        for size in sizes:
            rounds = 1 if options.quick or options.long or size >= LARGE else 5
            found["sizes"].append(measure(size, rounds, rounds > 1, options.only, folder))
            report(found["sizes"][-1])
        if not options.only:
            found["headers"] = dearest_headers(folder)
            report_headers(found["headers"])
    files = [options.output] if options.output else []
    if options.save:
        files.append(DATA / ("growth.json" if options.long else "loop.json"))
    if options.long and options.save:
        (DATA / "growth.svg").write_text(chart.svg(found["sizes"]))
    for file in files:
        file.write_text(json.dumps(found, indent=1) + "\n")


def report(size):
    progress("")
    print(f"\n{size['components']} components, seconds (against plain); median of {size['rounds']}; "
          f"load {size['machine']['load'][0]}")
    for kind in ("alone", "tests"):
        if not size["rows"][0][kind]:
            continue
        print(f"\n{'with tests' if kind == 'tests' else 'without tests':47}"
              f"{'all':>14}{'CPU':>8}{'nothing':>9}{'a source':>15}{'a header':>15}")
        for row in size["rows"]:
            if row["missing"]:
                print(f"{row['name']:47} not measured: {row['missing']}")
            elif row[kind]:
                print(f"{row['name']:47}{cell(size, row, kind, 'all')}{cpu(row[kind])}{seconds(row[kind], 'nothing'):>9}"
                      f"{cell(size, row, kind, 'source'):>15}{cell(size, row, kind, 'header'):>15}")


def seconds(took, what):
    return f"{took[what]['wall']:.2f}" if what in took else ""


def cpu(took):
    return f"{took['all']['cpu']:8.1f}" if "all" in took else " " * 8


def cell(size, row, kind, what):
    if what not in row[kind]:
        return " " * 14
    change = 100 * (row[kind][what]["wall"] / size["rows"][0][kind][what]["wall"] - 1)
    against = "" if row is size["rows"][0] else f"({change:+.0f}%)"
    return f"{row[kind][what]['wall']:7.2f}{against:>7}"


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failed as failed:
        progress("")
        sys.exit(f"beyond production loop: {failed}")
