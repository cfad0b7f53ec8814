#!/usr/bin/env -S python3 -B
"""Measures what each step's boundary costs. Run by ./course bench, which builds first."""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import signal
import subprocess
import sys
import time

import builds
import chart
import report
import tree
from figures import Series, figure, ratio
from idle import idle_footprint
from peers import PEERS, command as peer_command
from plan import EXPERIMENTS, STEPS, folder
from programs import Placement, Program, Services
from targets import judge

ROOT = pathlib.Path(__file__).resolve().parent.parent


STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop(number, _):
    """Ends the program, which ends all that it started; nothing shall interrupt that."""
    for stopping in STOPPING:
        signal.signal(stopping, signal.SIG_IGN)
    sys.exit(128 + number)


class Effort:
    """How much is measured: all of it, or in a quick run just enough to see gross faults."""

    def __init__(self, quick):
        self.rounds = 5 if quick else 15
        self.milliseconds = 10 if quick else 20  # for each series in each round
        self.batch_rounds = 4 if quick else 12
        self.batch_seconds = 0.1
        self.build_seconds = 0 if quick else 100


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def busy_share(seconds=1):
    """How busy other processes keep the cores while this one waits."""
    def ticks():
        fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().split()[1:9]]
        return sum(fields) - fields[3] - fields[4], sum(fields)  # all but idle and waiting for disks
    busy, total = ticks()
    time.sleep(seconds)
    busy_after, total_after = ticks()
    return round((busy_after - busy) / max(1, total_after - total), 3)


class Bench:
    """All programs in both placements, started once."""

    def __init__(self, stack, build, steps, peers, effort):
        self.steps = steps
        self.peers = []
        self.effort = effort
        self.placements = [Placement("one_core"), Placement("free")]
        self.series = Series()
        self.batches = {}  # (placement, step, jobs): values a second, by round
        self.bare = {}  # (placement, step): what the bare mechanism reaches, in values a second
        self.idle = {}
        self._sizes = {}  # of batches
        self._apps = {}
        self._calls = {}
        for placement in self.placements:
            services = stack.enter_context(Services(placement, build, steps))
            if placement.name == "free":
                self.idle = {step: idle_footprint(placement, build / folder(step) / "bin" / "app",
                                                  services.app_options[step], services.pids[step])
                             for step in steps}
            for step in steps:
                self._apps[placement.name, step] = self._program(
                    stack, placement, build / "bench" / "bench_app",
                    build / folder(step) / "bin" / "app", *services.app_options[step])
                self._calls[placement.name, step] = self._program(
                    stack, placement, build / "bench" / f"bench_step{step}",
                    *services.measuring_options[step])
            for peer in peers:
                started = peer_command(PEERS[peer], ROOT, build)
                if started and not (PEERS[peer].broker and "08" not in steps):
                    broker = services.measuring_options["08"] if PEERS[peer].broker else []
                    self._calls[placement.name, peer] = self._program(
                        stack, placement, *started, *broker)
                    self.peers += [peer] if placement.name == "one_core" else []

    @staticmethod
    def _program(stack, placement, *command):
        program = Program(placement, command)
        stack.callback(program.end)
        return program

    def run(self):
        self._warm_up()
        for number in range(1, self.effort.rounds + 1):
            progress(f"round {number} of {self.effort.rounds}")
            for placement in self.placements:
                for step in self.steps:
                    self._round(placement.name, step)
                for peer in self.peers:
                    answer = self._calls[placement.name, peer].ask(
                        f"round {self.effort.milliseconds} call")
                    self.series.add(placement.name, peer, answer)
        for number in range(1, self.effort.batch_rounds + 1):
            progress(f"batch {number} of {self.effort.batch_rounds}")
            for placement in self.placements:
                for step in self.steps:
                    self._batch(placement.name, step)
        progress("")

    def _warm_up(self):
        progress("warming up")
        for (_, program), calls_ in self._calls.items():
            # What is compiled while it runs takes longer.
            calls_.ask(f"round {500 if program in PEERS else 20} call")

    def _round(self, placement, step):
        wanted = ["call", *STEPS[step].floors,
                  *(series for of, series, _, _ in EXPERIMENTS if of == step)]
        command = f"round {self.effort.milliseconds} "
        answer = self._calls[placement, step].ask(command + " ".join(wanted))
        self.series.add(placement, step, answer)
        answer = self._apps[placement, step].ask(command + "value start")
        self.series.add(placement, step, answer)

    def _batch(self, placement, step):
        all_jobs = STEPS[step].jobs if placement == "free" else (1,)
        for jobs in all_jobs:
            values = self.batches.setdefault((placement, step, jobs), [])
            option = f" --jobs {jobs}" if len(STEPS[step].jobs) > 1 else ""
            if not values:  # how many fill the time? It may be more than it seems at first
                size = 200
                for _ in range(2):
                    found = self._apps[placement, step].ask(f"batch {size}{option}")["per_second"]
                    size = max(200, min(1_000_000, int(found * self.effort.batch_seconds)))
                self._sizes[placement, step, jobs] = size
            size = self._sizes[placement, step, jobs]
            answer = self._apps[placement, step].ask(f"batch {size}{option}")
            values.append(answer["per_second"])
        if not STEPS[step].in_process:
            threads = max(all_jobs)
            milliseconds = int(1000 * self.effort.batch_seconds)
            answer = self._calls[placement, step].ask(f"concurrent {threads} {milliseconds}")
            self.bare.setdefault((placement, step), []).append(answer["per_second"])


def calls(bench, step):
    placements = [placement.name for placement in bench.placements]
    series = bench.series

    def both(of):
        return {placement: of(placement) for placement in placements}
    plan = STEPS[step]
    result = {
        "step": step,
        "name": plan.name,
        "boundary": plan.boundary,
        "call_ns": both(lambda placement: series.figure(placement, step, "call")),
        "floors": [{
            "series": floor,
            "name": name,
            "reference": floor == plan.reference,
            "call_ns": both(lambda placement, floor=floor: series.figure(placement, step, floor)),
            "ratio": both(lambda placement, floor=floor:
                          series.ratio(placement, step, "call", floor)),
        } for floor, name in plan.floors.items()],
        "value_ns": both(lambda placement: series.figure(placement, step, "value")),
        "start_ns": both(lambda placement: series.figure(placement, step, "start")),
        "values_per_second": [
            {"placement": placement, "jobs": jobs, **figure(values)}
            for (placement, of, jobs), values in bench.batches.items() if of == step],
        "idle": bench.idle[step],
    }
    if plan.in_process:
        result["cycle_ns"] = figure([median / 100 for placement in placements for median in
                                     series.medians(placement, step, "cycle_x100")])
    else:
        result["bare_values_per_second"] = [
            {"placement": placement, "jobs": max(plan.jobs) if placement == "free" else 1,
             **figure(values),
             "ratio": ratio(values, bench.batches[
                 placement, step, max(plan.jobs) if placement == "free" else 1])}
            for (placement, of), values in bench.bare.items() if of == step]
    return result


def experiments(bench, steps):
    return [{
        "step": step,
        "series": series,
        "name": name,
        "call_ns": {placement.name: bench.series.figure(placement.name, step, series)
                    for placement in bench.placements},
        **({"against": against,
            "ratio": {placement.name: bench.series.ratio(placement.name, step, series, against)
                      for placement in bench.placements}} if against else {}),
    } for step, series, name, against in EXPERIMENTS if step in steps]


def peers_found(bench):
    return [{
        "peer": peer,
        "name": plan.name,
        **({"call_ns": {placement.name: bench.series.figure(placement.name, peer, "call")
                        for placement in bench.placements}}
           if peer in bench.peers else {"skipped": plan.needs}),
    } for peer, plan in PEERS.items()]


def machine(build):
    cpu = next((line.split(":", 1)[1].strip()
                for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    compiler = next(line.split("=", 1)[1]
                    for line in (build / "CMakeCache.txt").read_text().splitlines()
                    if line.startswith("CMAKE_CXX_COMPILER:"))
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True)
    return {
        "cpu": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", "Linux"),
        "compiler": version.stdout.splitlines()[0],
    }


def check(results):
    """Whether they are as results.schema.json says."""
    try:
        import jsonschema
    except ImportError:
        print("bench: python3-jsonschema is not installed, so results.json is not checked",
              file=sys.stderr)
        return
    schema = json.loads((ROOT / "bench" / "results.schema.json").read_text())
    jsonschema.validate(results, schema)


def main():
    parser = argparse.ArgumentParser(prog="./course bench", description=__doc__)
    parser.add_argument("--quick", action="store_true",
                        help="fewer rounds, no builds; fails if a target is missed twofold")
    parser.add_argument("--peers", action="store_true",
                        help="also the same exchange with gRPC, ZeroMQ, Node and nats.js, where "
                             "they are installed")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build" / "bench",
                        help="folder for results.json, results.txt and results.svg")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release",
                        help="where it was built")
    options = parser.parse_args()
    for number in STOPPING:
        signal.signal(number, stop)

    build = options.build.resolve()
    effort = Effort(options.quick)
    steps = [step for step in STEPS if (build / "bench" / f"bench_step{step}").exists()]
    began = time.monotonic()
    busy = [busy_share()]
    with contextlib.ExitStack() as stack:
        bench = Bench(stack, build, steps, PEERS if options.peers else (), effort)
        bench.run()
    busy.append(busy_share())
    results = {
        "schema": 1,
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "quick": options.quick,
        "machine": machine(build),
        "busy_before": busy[0],
        "busy_after": busy[1],
        "steps": [calls(bench, step) for step in steps],
        "experiments": experiments(bench, steps),
        "peers": peers_found(bench) if options.peers else [],
    }
    built = builds.measure(ROOT, steps, effort.build_seconds, progress)
    for result in results["steps"]:
        result["tree"] = tree.count(ROOT / folder(result["step"]))
        result["build"] = built[result["step"]]
    results["targets"] = judge(results)
    results["seconds"] = round(time.monotonic() - began)
    check(results)

    options.output.mkdir(parents=True, exist_ok=True)
    text = report.text(results)
    (options.output / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (options.output / "results.txt").write_text(text)
    (options.output / "results.svg").write_text(chart.svg(results))
    print(text, end="")
    print(f"Written to {options.output}: results.json, results.txt, results.svg", file=sys.stderr)
    return 1 if options.quick and any(target["gross"] for target in results["targets"]) else 0


if __name__ == "__main__":
    sys.exit(main())
