"""What is measured of each door: a function that yields start_ns, one_ns, thousand_ns; its files."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOOR = HERE.parent
sys.path[:0] = [str(DOOR / "tests")]
import browser  # noqa: E402
import doors  # noqa: E402

LIMIT = 60
THOUSAND = range(1000)


def median_ns(act, rounds=21):
    found = []
    for _ in range(rounds):
        began = time.perf_counter_ns()
        act()
        found.append(time.perf_counter_ns() - began)
    return round(statistics.median(found))


def command(*arguments, stdin="42\n"):
    return subprocess.run(list(map(str, arguments)), input=stdin, text=True, check=True, timeout=LIMIT,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}).stdout


def core(build):
    times = json.loads(command(build / "bin/core_times"))
    return None, times["one_ns"], times["thousand_ns"]


def cli(build):
    program = build / "bin/value"
    one = median_ns(lambda: command(program, "--json", "42"))
    lines = "".join(f"{value}\n" for value in THOUSAND)
    return one, one, median_ns(lambda: command(program, "--json", "-", stdin=lines))


def served(door):
    """Until the first answer; then on one connection."""
    def first():
        with door:
            door.answer(42)
            return time.perf_counter_ns()
    starts = []
    for _ in range(11):
        began = time.perf_counter_ns()
        starts.append(first() - began)  # without its end
    with door:
        return (round(statistics.median(starts)), median_ns(lambda: door.answer(42), 1001),
                median_ns(lambda: door.answers(THOUSAND), 5))


def http(build):
    return served(doors.Http(build))


def function(build):
    return served(doors.Function(build))


def wasm_node(build):
    package = build / "wasm/site/value-pipeline/index.mjs"
    start = median_ns(lambda: command("node", DOOR / "tests/node_answers.mjs", package), 11)
    times = json.loads(command("node", HERE / "node_times.mjs", package))
    return start, times["one_ns"], times["thousand_ns"]


def wasm_page(build):
    pages = {"/page.html": HERE / "page.html", "/times.mjs": HERE / "times.mjs"}
    starts, times = [], []
    with browser.served(build / "wasm/site", pages=pages) as (address, posted):
        for _ in range(3):
            began = time.perf_counter_ns()
            with browser.looking_at(f"{address}/page.html"):
                posted.get(timeout=LIMIT)
                starts.append(time.perf_counter_ns() - began)
                times.append(posted.get(timeout=LIMIT))
    return (statistics.median(starts), statistics.median(each["one_ns"] for each in times),
            statistics.median(each["thousand_ns"] for each in times))


PYTHON = """
import sys; sys.path[:0] = {path!r}; sys.dont_write_bytecode = True
{setup}
evaluate(42)
if "times" in sys.argv:
    import json, statistics, time
    found = []
    for _ in range(21):
        began = time.perf_counter_ns()
        for value in range(1000):
            evaluate(value)
        found.append(time.perf_counter_ns() - began)
    print(statistics.median(found))
"""


def in_python(build, setup):
    path = [str(build / "python"), str(DOOR / "python")]
    program = ["/usr/bin/python3", "-c", PYTHON.format(path=path, setup=setup)]
    start = median_ns(lambda: command(*program))
    thousand = float(command(*program, "times"))
    return start, thousand / 1000, thousand


def python(build):
    return in_python(build, "from value_pipeline import evaluate_json as evaluate")


def ctypes(build):
    return in_python(build, f"""
import pathlib, over_plugins
evaluate = over_plugins.Pipeline(pathlib.Path({str(build / "step05_dlopen/bin")!r})).evaluate_json
""")


def gui(build):
    start = median_ns(lambda: command(build / "bin/gui_answers", "/dev/null"), 11)
    times = json.loads(command(build / "bin/gui_times"))
    return start, times["one_ns"], times["thousand_ns"]


# The door, what measures it, what is shipped (in the build folder, or here), its sources.
DOORS = {
    "the core alone": (core, ["core/libentry_points_core.a"], ["core"]),
    "cli": (cli, ["bin/value"], ["cli"]),
    "http": (http, ["bin/value-http"], ["http", "json_input"]),
    "function": (function, ["function/bootstrap"], ["function", "json_input"]),
    "wasm.node": (wasm_node, ["wasm/site/value-pipeline"], ["wasm/module", "wasm/value-pipeline", "wasm/CMakeLists.txt"]),
    "wasm.page": (wasm_page, ["wasm/site"], ["wasm"]),
    "python": (python, ["python/value_pipeline"],
               ["python/module.cpp", "python/value_pipeline", "python/CMakeLists.txt"]),
    "ctypes": (ctypes, ["step05_dlopen/bin", "python/over_plugins.py"], ["python/over_plugins.py"]),
    "gui": (gui, ["bin/value-gui"], ["gui"]),
}
