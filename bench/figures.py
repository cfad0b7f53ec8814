"""Figures from rounds: the median, and how far the rounds are apart."""

import statistics

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

    def has(self, placement, program, series):
        return (placement, program, series) in self._rounds

    def medians(self, placement, program, series):
        return [found["median"] for found in self._rounds[placement, program, series]]

    def figure(self, placement, program, series):
        p99s = [found["p99"] for found in self._rounds[placement, program, series]]
        return figure(self.medians(placement, program, series), p99s)

    def ratio(self, placement, program, series, reference):
        return ratio(self.medians(placement, program, series),
                     self.medians(placement, program, reference))
