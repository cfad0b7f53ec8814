#!/usr/bin/env -S python3 -B
"""Measures what each step's boundary costs. Run by ./course bench, which builds first."""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import time

import builds
import chart
import report
from curve import Curve
from figures import Series, figure, judge, ratio
from plan import EXPERIMENTS, PEERS, SHARED_MEMORY, STEPS, folder
from programs import Placement, Program, Services, footprint

ROOT = pathlib.Path(__file__).resolve().parent.parent
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Effort:
    """How much is measured: all of it, or in a quick run just enough to see gross faults."""

    def __init__(self, quick):
        self.rounds = 5 if quick else 15
        self.milliseconds = 10 if quick else 20  # for each series in each round
        self.batch_rounds = 4 if quick else 8
        self.batch_seconds = 0.1 if quick else 0.15
        self.build_seconds = 0 if quick else 110


class Others:
    """How busy other programs keep the cores, from now on."""

    def __init__(self):
        self._busy, self._all, self._own = self._seconds()

    def share(self):
        busy, all_, own = (now - then for now, then in
                           zip(self._seconds(), (self._busy, self._all, self._own)))
        return round(max(0, busy - own) / all_, 3)

    @staticmethod
    def _seconds():
        """Of all cores, as far as they were busy (also for another virtual machine); all; our own."""
        fields = pathlib.Path("/proc/stat").read_text().split()[1:9]
        ticks = [int(field) / os.sysconf("SC_CLK_TCK") for field in fields]
        idle = ticks[3] + ticks[4]  # the latter: waiting for disks
        own = sum(os.times()[:4])  # with what it started and has waited for
        return sum(ticks) - idle, sum(ticks), own


class Bench:
    """All programs in both placements, started once."""

    def __init__(self, stack, build, steps, peers, effort):
        self.steps = steps
        self.effort = effort
        self.placements = [Placement("one_core"), Placement("free")]
        self.peers = {peer: command for peer in peers
                      if (command := peer_command(PEERS[peer], build, steps))}
        self.series = Series()
        self.batches = {}  # (placement, step, jobs): values a second, by round
        self.bare = {}  # (placement, step): what the bare mechanism reaches, in values a second
        self.shared_memory = "06" in steps and (build / "bench" / "bench_shared_memory").exists()
        self.footprints = {}
        self._apps = {}
        self._calls = {}
        for placement in self.placements:
            self._start(stack, placement, build)

    def _start(self, stack, placement, build):
        services = stack.enter_context(Services(placement, build, self.steps))
        apps = {step: build / folder(step) / "bin" / "app" for step in self.steps}
        if placement.name == "free":
            self.footprints = {step: [] for step in self.steps}
            for _ in range(3):
                for step, app in apps.items():
                    self.footprints[step].append(footprint(
                        placement, app, services.app_options[step], services.pids[step]))

        def program(*command):
            started = Program(placement, command)
            stack.callback(started.end)
            return started
        for step, app in apps.items():
            self._apps[placement.name, step] = program(
                build / "bench" / "bench_app", app, *services.app_options[step])
            self._calls[placement.name, step] = program(
                build / "bench" / f"bench_step{step}", *services.measuring_options[step])
        if self.shared_memory:
            self._calls[placement.name, "shared_memory"] = program(build / "bench" / "bench_shared_memory")
        for peer, command in self.peers.items():
            broker = services.measuring_options["08"] if PEERS[peer].broker else []
            self._calls[placement.name, peer] = program(*command, *broker)

    def run(self):
        progress("warming up")
        for (_, name), program in self._calls.items():
            # What is compiled while it runs takes longer.
            series = SHARED_MEMORY[0][0] if name == "shared_memory" else "call"
            program.ask(f"round {500 if name in PEERS else 20} {series}")
        for number in range(1, self.effort.rounds + 1):
            progress(f"round {number} of {self.effort.rounds}")
            for placement in self.placements:
                for step in self.steps:
                    self._round(placement.name, step)
                if self.shared_memory:
                    series = " ".join(series for series, _, _ in SHARED_MEMORY)
                    answer = self._calls[placement.name, "shared_memory"].ask(
                        f"round {self.effort.milliseconds} {series}")
                    self.series.add(placement.name, "06", answer)
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

    def _round(self, placement, step):
        wanted = ["call", *STEPS[step].floors,
                  *(series for of, series, _, _ in EXPERIMENTS if of == step)]
        command = f"round {self.effort.milliseconds} "
        answer = self._calls[placement, step].ask(command + " ".join(wanted))
        self.series.add(placement, step, answer)
        answer = self._apps[placement, step].ask(command + "value start")
        self.series.add(placement, step, answer)

    def _batch(self, placement, step):
        app = self._apps[placement, step]
        for jobs in all_jobs(placement, step):
            values = self.batches.setdefault((placement, step, jobs), [])
            option = f" --jobs {jobs}" if len(STEPS[step].jobs) > 1 else ""
            # About as many as fill the time one by one: the same number in each round.
            value_ns = statistics.median(self.series.medians(placement, step, "value"))
            command = f"batch {int(1e9 * self.effort.batch_seconds / value_ns)}{option}"
            if not values:
                app.ask(command)  # to warm up
            values.append(app.ask(command)["per_second"])
        if not STEPS[step].in_process:
            threads = max(all_jobs(placement, step))
            milliseconds = int(1000 * self.effort.batch_seconds)
            answer = self._calls[placement, step].ask(f"concurrent {threads} {milliseconds}")
            self.bare.setdefault((placement, step), []).append(answer["per_second"])

    # Results, as results.schema.json has them.

    def step_found(self, step):
        plan = STEPS[step]
        result = {
            "step": step,
            "name": plan.name,
            "boundary": plan.boundary,
            "call_ns": self._both(step, "call"),
            "floors": [{
                "series": floor,
                "name": name,
                "reference": floor == plan.reference,
                "call_ns": self._both(step, floor),
                "ratio": self._ratios((step, "call"), (step, floor)),
            } for floor, name in plan.floors.items()],
            "value_ns": self._both(step, "value"),
            "start_ns": self._both(step, "start"),
            "values_per_second": [
                {"placement": placement, "jobs": jobs, **figure(values)}
                for (placement, of, jobs), values in self.batches.items() if of == step],
            "idle": self._idle(step),
        }
        if plan.in_process:
            result["cycle_ns"] = figure([
                median / 100 for median in self.series.medians("one_core", step, "cycle_x100")])
        else:
            result["bare_values_per_second"] = [
                {"placement": placement, "jobs": max(all_jobs(placement, step)), **figure(values),
                 "ratio": ratio(values,
                                self.batches[placement, step, max(all_jobs(placement, step))])}
                for (placement, of), values in self.bare.items() if of == step]
        return result

    def _idle(self, step):
        found = self.footprints[step]
        memory = figure([each["memory_kib"] for each in found])
        return {
            "processes": statistics.median_high(each["processes"] for each in found),
            "threads": statistics.median_high(each["threads"] for each in found),
            "memory_kib": round(memory["median"]),
            "memory_quartiles_kib": [round(memory["low"]), round(memory["high"])],
        }

    def experiments_found(self):
        return [{
            "step": step,
            "series": series,
            "name": name,
            "call_ns": self._both(step, series),
            **({"against": against,
                "ratio": self._ratios((step, series), (step, against))} if against else {}),
        } for step, series, name, against in [
            *EXPERIMENTS,
            *(("06", *planned) for planned in SHARED_MEMORY if self.shared_memory)] if step in self.steps]

    def peer_found(self, peer):
        plan = PEERS[peer]
        result = {"peer": peer, "name": plan.name, "step": plan.step}
        if peer not in self.peers:
            return {**result, "skipped": plan.needs}
        result["call_ns"] = self._both(peer, "call")
        if plan.step in self.steps:
            result["ratio"] = self._ratios((plan.step, "call"), (peer, "call"))
        return result

    def _both(self, program, series):
        return {placement.name: self.series.figure(placement.name, program, series)
                for placement in self.placements}

    def _ratios(self, one, other):
        return {placement.name: self.series.ratio(placement.name, one, other)
                for placement in self.placements}


def all_jobs(placement, step):
    return STEPS[step].jobs if placement == "free" else (1,)


def peer_command(peer, build, steps):
    """How to start it, or nothing if it is not installed."""
    if not peer.program.endswith(".mjs"):
        program = build / "bench" / "peers" / peer.program
        return [program] if program.exists() else None
    node = shutil.which("node")
    home = ROOT / "bench" / "peers"
    if peer.broker and not ("08" in steps and (home / "node_modules" / "nats").exists()):
        return None
    return [node, home / peer.program] if node else None


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


def measure(options, build):
    effort = Effort(options.quick)
    steps = [step for step in STEPS if (build / "bench" / f"bench_step{step}").exists()]
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    began = time.monotonic()
    others = Others()
    with contextlib.ExitStack() as stack:
        bench = Bench(stack, build, steps, PEERS if options.peers else (), effort)
        bench.run()
    curve = Curve(build, steps, options.quick)
    curve.run(progress)
    progress("")
    built = builds.measure(ROOT, steps, effort.build_seconds, progress)
    results = {
        "schema": 1,
        "when": when,
        "quick": options.quick,
        "machine": machine(build),
        "busy_others": others.share(),
        "seconds": round(time.monotonic() - began),
        "steps": [{**bench.step_found(step), "build": built[step],
                   "tree": builds.count(ROOT / folder(step))} for step in steps],
        "experiments": bench.experiments_found(),
        "in_flight": curve.found(),
        "cures": curve.cures_found(),
        "peers": [bench.peer_found(peer) for peer in PEERS] if options.peers else [],
    }
    results["targets"] = judge(results)
    return results


def gross(results):
    """The targets that are missed twofold."""
    return {(target["name"], target["reference"]) for target in results["targets"] if target["gross"]}


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def stop(number, _):
    """Ends the program, which ends all that it started; nothing shall interrupt that."""
    for stopping in STOPPING:
        signal.signal(stopping, signal.SIG_IGN)
    sys.exit(128 + number)


def main():
    parser = argparse.ArgumentParser(prog="./course bench", description=__doc__)
    parser.add_argument("--quick", action="store_true",
                        help="fewer rounds, no builds; fails if a target is missed twofold, and "
                             "again in a second run")
    parser.add_argument("--peers", action="store_true",
                        help="also the same exchange with gRPC, ZeroMQ, Node and nats.js, where "
                             "they are installed")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build" / "bench",
                        help="folder for cost.json, cost.svg and in_flight.svg; build/bench if not said")
    options = parser.parse_args()
    for number in STOPPING:
        signal.signal(number, stop)

    build = ROOT / "build" / "release"
    results = measure(options, build)
    missed = gross(results) if options.quick else set()
    if missed:  # it may have been the machine
        for name, reference in sorted(missed):
            print(f"{name}: far over its target against {reference}; measuring again", file=sys.stderr)
        results = measure(options, build)
        missed &= gross(results)

    report.check(results)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "cost.json").write_text(json.dumps(results, indent=1) + "\n")
    (options.output / "cost.svg").write_text(chart.svg(results))
    (options.output / "in_flight.svg").write_text(chart.in_flight_svg(results))
    print(report.text(results), end="")
    print(f"Written to {options.output}: cost.json, cost.svg, in_flight.svg", file=sys.stderr)
    for name, reference in sorted(missed):
        print(f"bench: {name}: again far over its target against {reference}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
