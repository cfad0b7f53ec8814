"""The app over functions as a row of the cost ladder, measured as the bench measures the steps."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(1, str(ROOT / "bench"))
from cloud import children_of  # noqa: E402
from builds import SOURCES, code_lines, quietly, stripped_size  # noqa: E402
from figures import Series, figure  # noqa: E402
from programs import Placement, Program, field  # noqa: E402

STAGE = ROOT / "beyond/functions/5_one_command"
ROUNDS, MILLISECONDS = 15, 40


def measure(emulator, build):
    series = Series()
    with contextlib.ExitStack() as stack:
        started = {name: start(stack, Placement(name), emulator, build) for name in ("one_core", "free")}
        idle = footprint(*started["free"][2:])
        for _ in range(ROUNDS):
            for name, (calls, app, *_) in started.items():
                series.add(name, "calls", calls.ask(f"round {MILLISECONDS} call httplib"))
                series.add(name, "app", app.ask(f"round {MILLISECONDS} value start"))

    def both(program, name):
        return {placement: series.figure(placement, program, name) for placement in started}
    return {
        "name": "app",
        "call_ns": both("calls", "call"),
        "floors": [{"name": "cpp-httplib, bare", "reference": True, "call_ns": both("calls", "httplib"), "ratio": {
            placement: series.ratio(placement, ("calls", "call"), ("calls", "httplib")) for placement in started}}],
        "value_ns": both("app", "value"),
        "start_ns": both("app", "start"),
        "idle": idle,
        **build_figures(),
    }


def start(stack, placement, emulator, build):
    zips = STAGE / "build/x86_64/zips"
    cloud = Program(placement, [emulator, "--quiet", "--listen", "127.0.0.1:0",
                                *(f"{name}={zips / name}.zip" for name in ("function1", "function2"))])
    stack.callback(cloud.stop)
    url = cloud.read_until("\n").strip()
    app = STAGE / "build/x86_64/app/app"
    started = [Program(placement, command) for command in (
        [build / "measure/bench_functions", url],
        [build / "measure/bench_app", app, "--functions-url", url])]
    for program in started:
        stack.callback(program.end)
    return (*started, placement, cloud, app, url)


def footprint(placement, cloud, app, url):
    """Processes, threads and memory while idle after the first value."""
    program = Program(placement, [app, "--quiet", "--functions-url", url, "-"])
    program.write("42\n")
    program.read_until("Value-0084\n\n")
    pids = [program.pid, cloud.pid, *children_of(cloud.pid)]
    found = {"processes": len(pids), "threads": sum(int(field(pid, "status", "Threads")) for pid in pids),
             "memory_kib": sum(int(field(pid, "smaps_rollup", "Pss")) for pid in pids)}
    program.end()
    return found


def build_figures():
    """The app and both functions: how long they build, how large they are, from how many lines."""
    with tempfile.TemporaryDirectory(prefix="functions.") as name:
        folder = Path(name)
        quietly("cmake", "-S", STAGE, "-B", folder, "-G", "Ninja", "-D", "CMAKE_BUILD_TYPE=Release", "-D", "BUILD_TESTING=OFF")
        clean = timed(folder)
        os.utime(ROOT / "step03_interfaces/component2/src/component2.cpp")
        rebuild = timed(folder)
        programs = [folder / name for name in ("app/app", "function1/bootstrap", "function2/bootstrap")]
        sizes = sum(map(stripped_size, programs))
        deps = subprocess.run(["ninja", "-C", folder, "-t", "deps"], check=True, capture_output=True, text=True).stdout
        files = {(folder / line.strip()).resolve() for line in deps.splitlines() if line.startswith("    ")}
    ours = [file for file in files if file.is_relative_to(ROOT) and file.suffix in SOURCES]
    return {"build": {"clean_s": figure([clean]), "rebuild_s": figure([rebuild]), "stripped_bytes": sizes},
            "tree": {"lines": sum(code_lines(file.read_text().splitlines()) for file in ours)}}


def timed(folder):
    began = time.monotonic()
    quietly("cmake", "--build", folder, "--parallel", str(len(os.sched_getaffinity(0))))
    return time.monotonic() - began
