#!/usr/bin/env -S python3 -B
"""Shows that what the bench says of many calls in progress is checked: the plan, the law, the targets, the format."""

import copy
import json
import pathlib
import unittest

import figures
import report
from plan import IN_FLIGHT, JUDGED, SHARED_MEMORY_AT_HOME, SHARED_MEMORY_LIMIT

COST = pathlib.Path(__file__).resolve().parents[1] / "docs" / "data" / "cost.json"


class InFlight(unittest.TestCase):
    def setUp(self):
        self.results = json.loads(COST.read_text())

    def curve(self, step, series="step"):
        return next(curve["points"] for curve in self.results["in_flight"]
                    if (curve["step"], curve["series"]) == (step, series))

    def target(self, step):
        return next(target for target in figures.judge(self.results)
                    if target["name"] == f"step{step} with {JUDGED} in progress")

    def test_the_numbers_in_progress_are_powers_of_two_as_far_as_a_step_goes(self):
        self.assertEqual(IN_FLIGHT["06"].points(quick=False), [2 ** power for power in range(11)])
        self.assertEqual(IN_FLIGHT["07"].points(quick=False)[-1], 64)
        for plan in IN_FLIGHT.values():
            self.assertIn(JUDGED, plan.points(quick=True))

    def test_all_that_is_planned_was_measured(self):
        for step, plan in IN_FLIGHT.items():
            for series in ("step", *plan.bare):
                numbers = [point["in_progress"] for point in self.curve(step, series)]
                self.assertEqual(numbers, plan.points(self.results["quick"]), (step, series))

    def test_rate_times_time_is_the_number_in_progress(self):
        for curve in self.results["in_flight"]:
            for point in curve["points"]:
                share = point["by_law"] / point["in_progress"]
                self.assertTrue(0.8 < share < 1.25, (curve["step"], curve["series"], point["in_progress"], share))

    def test_no_call_takes_longer_than_the_longest(self):
        for curve in self.results["in_flight"]:
            for point in curve["points"]:
                waits = [point["p50_ns"]["median"], point["p99_ns"]["median"], point["max_ns"]]
                self.assertEqual(waits, sorted(waits))

    def test_a_target_is_missed_and_missed_grossly(self):
        point = next(point for point in self.curve("08") if point["in_progress"] == JUDGED)
        limit = IN_FLIGHT["08"].limit
        for found, met, gross in ((limit, True, False), (1.01 * limit, False, False), (2.01 * limit, False, True)):
            point["ratio"]["median"] = found
            target = self.target("08")
            self.assertEqual((target["met"], target["gross"]), (met, gross), found)

    def test_the_format_wants_every_figure(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not installed")
        report.check(self.results)
        for spoil in (lambda results: results.pop("in_flight"), lambda results: results.pop("cures"),
                      lambda results: results["in_flight"][0]["points"][0].pop("p99_ns"),
                      lambda results: results["in_flight"][0]["points"][0]["cores"].pop("caller"),
                      lambda results: results["cures"][0].update(cure="unknown")):
            spoiled = copy.deepcopy(self.results)
            spoil(spoiled)
            with self.assertRaises(jsonschema.ValidationError):
                report.check(spoiled)


class SharedMemory(unittest.TestCase):
    def test_each_way_to_wait_has_a_target_where_it_is_at_home(self):
        results = json.loads(COST.read_text())
        for series, home in SHARED_MEMORY_AT_HOME.items():
            for found, met, gross in ((SHARED_MEMORY_LIMIT, True, False), (1.6, False, False), (3.1, False, True)):
                ratio = {place: {"median": found if place == home else 9} for place in ("one_core", "free")}
                results["experiments"] = [{"step": "06", "series": series, "against": "bare", "ratio": ratio}]
                target = next(target for target in figures.judge(results) if series in target["name"].split())
                self.assertEqual((target["met"], target["gross"]), (met, gross), (series, found))


if __name__ == "__main__":
    unittest.main()
