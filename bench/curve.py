"""Many calls in progress: how many there are in a second, and how long each takes."""

import contextlib
import statistics

from figures import figure, ratio, significant
from plan import CURES, IN_FLIGHT, folder
from programs import Placement, Program, Services, with_children


class Curve:
    """A step's services and the bare mechanism take turns, with 1, 2, 4 ... calls in progress."""

    def __init__(self, build, steps, quick):
        self._build = build
        self._steps = [step for step in IN_FLIGHT if step in steps]
        self._quick = quick
        self._rounds = 3 if quick else 5
        self._milliseconds = 60 if quick else 200
        self._points = {}  # (step, series, number in progress): what each round found
        self._cures = {}  # (step, name): what each round found

    def run(self, progress):
        with contextlib.ExitStack() as stack:
            placement = Placement("free")
            services = stack.enter_context(Services(placement, self._build, self._steps))
            callers = {(step, series): Caller(stack, placement, self._build, services, step, series)
                       for step in self._steps for series in ("step", *IN_FLIGHT[step].bare)}
            for number in range(1, self._rounds + 1):
                progress(f"many in progress: round {number} of {self._rounds}")
                for step in self._steps:
                    self._round(callers, step)

    def _round(self, callers, step):
        for number in IN_FLIGHT[step].points(self._quick):
            for series in ("step", *IN_FLIGHT[step].bare):
                found = callers[step, series].load("call", number, self._milliseconds)
                self._points.setdefault((step, series, number), []).append(found)
        for name, _, series, work, number in CURES:
            found = callers[step, series].load(work, number, self._milliseconds)
            self._cures.setdefault((step, name), []).append(found)

    # Results, as results.schema.json has them.

    def found(self):
        return [{"step": step, "series": series, "name": name, "points": [
            self._point(step, series, number) for number in IN_FLIGHT[step].points(self._quick)]}
            for step in self._steps
            for series, name in (("step", "the step's service"), *IN_FLIGHT[step].bare.items())]

    def _point(self, step, series, number):
        rounds = self._points[step, series, number]
        rates = [found["per_second"] for found in rounds]
        result = {
            "in_progress": number,
            "per_second": figure(rates),
            "mean_ns": figure([found["mean"] for found in rounds]),
            "p50_ns": figure([found["p50"] for found in rounds]),
            "p99_ns": figure([found["p99"] for found in rounds]),
            "max_ns": significant(max(found["max"] for found in rounds)),
            "by_law": significant(statistics.median(
                found["per_second"] * found["mean"] / 1e9 for found in rounds)),
            "cores": {who: significant(sum(found["cores"][who] for found in rounds) / len(rounds), 3)
                      for who in rounds[0]["cores"]},
        }
        if series == "step":
            bare = self._points[step, next(iter(IN_FLIGHT[step].bare)), number]
            result["ratio"] = ratio([found["per_second"] for found in bare], rates)
        return result

    def cures_found(self):
        return [{"step": step, "cure": name, "name": text, "values_per_second": figure(
            [found["per_second"] * found["pieces"] for found in self._cures[step, name]])}
            for step in self._steps for name, text, _, _, _ in CURES]


class Caller:
    """Puts load on a step's services, or on a bare mechanism."""

    def __init__(self, stack, placement, build, services, step, series):
        programs = [build / folder(step) / "bin" / f"service{number}" for number in "12"]
        where = {
            ("06", True): programs,
            ("07", True): services.app_options["07"][1::2] if "07" in services.app_options else [],
            ("08", True): services.measuring_options.get("08", []),
            ("08", False): [*services.measuring_options.get("08", []), series],
        }.get((step, series == "step"), [])
        self._program = Program(
            placement, [build / "bench" / "bench_in_flight", IN_FLIGHT[step].kind, *where])
        stack.callback(self._program.end)
        pids = services.pids.get(step, [])
        self._broker = pids[:1] if step == "08" else []
        self._services = pids[len(self._broker):] if series == "step" else []

    def load(self, work, number, milliseconds):
        """What bench_in_flight says, with names for those who kept the cores busy."""
        services = self._services or with_children(self._program.pid)[1:]
        pids = " ".join(map(str, [*self._broker, *services]))
        found = self._program.ask(f"load {work} {number} {milliseconds} {pids}")
        caller, *others = found["cores"]
        found["cores"] = {"caller": caller, "services": sum(others[len(self._broker):])}
        if self._broker:
            found["cores"]["broker"] = others[0]
        return found
