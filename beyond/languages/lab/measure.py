#!/usr/bin/python3
"""measure.py STEPS BUILD: what each language costs beside C++, to measured.json. A minute, on a machine that does nothing else.

A call is a fourth of a value through the step's own app: a long batch less a short one, all of it on one core, the least of
some runs by turns. For the plugin it is a call alone, since the app would hide it.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
from services import OTHER, Child, Program, Server, Worker, broker, folder_of  # noqa: E402

HERE = Path(__file__).resolve().parents[1]
SHORT, LONG, RUNS = 300, 2300, 3
WAYS = {"06": Child, "07": Server, "08": Worker}


def seconds(app, count, options, environment):
    values = "".join(f"{number}\n" for number in range(1, count + 1)).encode()
    begin = time.perf_counter()
    subprocess.run([app, "-q", *options, "-"], input=values, stdout=subprocess.DEVNULL, check=True, timeout=60,
                   env=os.environ | environment)
    return time.perf_counter() - begin


@contextlib.contextmanager
def around(step, folder):
    """What the app needs beside it: its options and environment."""
    with contextlib.ExitStack() as stack:
        options, environment = [], {}
        if step == "07":
            for number in "12":
                service = Program(folder / f"service{number}", "--quiet", "--listen", "127.0.0.1:0")
                stack.callback(service.close)
                options += [f"--service{number}", service.line().decode().strip()]
        elif step == "08":
            environment["NATS_URL"] = f"nats://127.0.0.1:{stack.enter_context(broker())}"
            for number in "12":
                service = Program(folder / f"service{number}", "--quiet", **environment)
                stack.callback(service.close)
                service.line()
        yield options, environment


def call_ns(step, folder, build):
    if step == "05":
        return float(subprocess.run([f"{build}/calls", folder / "component1.so"], capture_output=True, check=True, timeout=60).stdout)
    with around(step, folder) as (options, environment):
        both = [seconds(folder / "app", count, options, environment) for count in (SHORT, LONG)]
    return 1e9 * (both[1] - both[0]) / (4 * (LONG - SHORT))


def start_and_memory(step, folder):
    """From its start to its first answer, and what it has allocated then."""
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(broker()) if step == "08" else None
        begin = time.perf_counter()
        service = WAYS[step](folder, port, "service2")
        stack.callback(service.close)
        service.ask("transform", b'{"value":84}')
        passed = time.perf_counter() - begin
        rollup = Path(f"/proc/{service.program.process.pid}/smaps_rollup").read_text()
        memory = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Anonymous:"))
    return {"start_ns": 1e9 * passed, "memory_kib": memory}


def versions():
    def said(*command):
        return subprocess.run(command, text=True, capture_output=True, check=True).stdout.split()[-1].removeprefix("v")
    return {"Python": said("/usr/bin/python3", "--version"), "node": said("node", "--version"),
            "@nats-io/transport-node": json.loads((HERE / "javascript/package.json").read_text())["dependencies"]["@nats-io/transport-node"]}


def main(steps, build):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = {}
    for _ in range(RUNS):
        for step, (other, _) in OTHER.items():
            for language in ("C++", other):
                folder = folder_of(steps, build, step, language)
                one = {"call_ns": call_ns(step, folder, build)} | (start_and_memory(step, folder) if step in WAYS else {})
                least = found.setdefault(step, {}).setdefault(language, one)
                found[step][language] = {key: min(value, least[key]) for key, value in one.items()}
    for step, languages in found.items():
        print(step, {language: {key: round(value) for key, value in one.items()} for language, one in languages.items()})
    written = {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "versions": versions(), "steps": found}
    (HERE / "measured.json").write_text(json.dumps(written, indent=1) + "\n")


main(*sys.argv[1:])
