"""Figures from rounds: the median, how far the rounds are apart, and whether a target is met."""

import statistics

from plan import IN_FLIGHT, JUDGED, PEERS, SHARED_MEMORY_AT_HOME, SHARED_MEMORY_LIMIT, STEPS

NOISY = 0.25  # of the median


def significant(number, digits=4):
    return float(f"{number:.{digits}g}")


def figure(values, p99s=None):
    """The median of the rounds' values, with their quartiles; the median of their 99th percentiles."""
    low, median, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 \
        else [values[0]] * 3
    result = {
        "median": significant(median),
        "low": significant(low),
        "high": significant(high),
        "rounds": len(values),
        "noisy": high - low > NOISY * median,
    }
    if p99s:
        result["p99"] = significant(statistics.median(p99s))
    return result


def ratio(values, references):
    """A ratio for each round, since a round's two sides were measured within the same moment."""
    return figure([value / reference for value, reference in zip(values, references)])


class Series:
    """The rounds of all series, by placement, program and series."""

    def __init__(self):
        self._rounds = {}

    def add(self, placement, program, answer):
        for series, found in answer.items():
            self._rounds.setdefault((placement, program, series), []).append(found)

    def medians(self, placement, program, series):
        return [found["median"] for found in self._rounds[placement, program, series]]

    def figure(self, placement, program, series):
        p99s = [found["p99"] for found in self._rounds[placement, program, series]]
        return figure(self.medians(placement, program, series), p99s)

    def ratio(self, placement, one, other):
        """Of two pairs of program and series."""
        return ratio(self.medians(placement, *one), self.medians(placement, *other))


def judge(results):
    """The targets, and whether they are met."""
    targets = []
    for result in results["steps"]:
        step = STEPS[result["step"]]
        floor = next(floor for floor in result["floors"] if floor["reference"])
        target = verdict(f"step{result['step']} call", floor["name"], floor["ratio"]["one_core"],
                         step.limit)
        if step.in_process and not target["met"]:
            # Where the linker puts a function makes a difference of a clock cycle; half of one for noise.
            over = (result["call_ns"]["one_core"]["median"]
                    - floor["call_ns"]["one_core"]["median"])
            target["met"] = over < 1.5 * result["cycle_ns"]["median"]
            target["gross"] = target["gross"] and not target["met"]
        targets.append(target)
        if step.batch:
            bare = next(bare for bare in result["bare_values_per_second"]
                        if bare["placement"] == step.batch.placement)
            targets.append(verdict(f"step{result['step']} batch", step.batch.reference,
                                   bare["ratio"], step.batch.limit))
    for one in results["experiments"]:
        if placement := SHARED_MEMORY_AT_HOME.get(one["series"]):
            targets.append(verdict(f"exercise 06-shared-memory, {one['series']}", one["against"],
                                   one["ratio"][placement], SHARED_MEMORY_LIMIT))
    for curve in results["in_flight"]:
        for point in curve["points"]:
            if "ratio" in point and point["in_progress"] == JUDGED:
                plan = IN_FLIGHT[curve["step"]]
                targets.append(verdict(f"step{curve['step']} with {JUDGED} in progress",
                                       next(iter(plan.bare.values())), point["ratio"], plan.limit))
    for peer in results["peers"]:
        limit = PEERS[peer["peer"]].limit
        if limit and "ratio" in peer:
            targets.append(verdict(f"step{peer['step']} call", peer["name"],
                                   peer["ratio"]["one_core"], limit))
    return targets


def verdict(name, reference, found, limit):
    return {"name": name, "reference": reference, "ratio": found["median"], "limit": limit,
            "met": found["median"] <= limit, "gross": found["median"] > 2 * limit}
