"""The charts, on logarithmic scales: how long a call across each boundary takes; many in progress."""

from math import log2, log10
from xml.sax.saxutils import escape

from report import time_text

LEFT, WIDTH, ROW, TOP = 250, 640, 40, 90
LEAST, MOST = -0.7, 8.3  # powers of ten, in nanoseconds
INK, PALE, ONE_CORE, FREE = "#333333", "#dddddd", "#1f5fa8", "#d2691e"


def svg(results):
    rows = [(f"{step['step']} {step['name']}", step["boundary"], step["call_ns"],
             [floor["call_ns"]["one_core"]["median"] for floor in step["floors"]])
            for step in results["steps"]]
    rows += [(f"{one['step']} without TCP_NODELAY", "the same call, 40 ms late twice",
              one["call_ns"], []) for one in results["experiments"] if one["series"] == "nagle"]
    height = TOP + ROW * len(rows) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 30} {height}" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">',
        '<rect width="100%" height="100%" fill="white"/>',
        '<text x="15" y="26" font-size="17">What a call across each boundary takes</text>',
        *legend(),
        *axis(TOP + ROW * len(rows)),
    ]
    for number, row in enumerate(rows):
        parts += bar(TOP + ROW * number + ROW // 2, *row)
    machine = results["machine"]
    note = (f"{machine['cores']} cores of {machine['cpu']}, Linux {machine['kernel']}, "
            f"{results['when'][:10]}")
    parts += [f'<text x="15" y="{height - 8}" font-size="11" fill="#777777">{escape(note)}</text>',
              "</svg>"]
    return "\n".join(parts) + "\n"


def x(nanoseconds):
    return round(LEFT + WIDTH * (log10(nanoseconds) - LEAST) / (MOST - LEAST), 1)


def legend():
    entries = [(ONE_CORE, "all on one core: median, line to the 99th percentile"),
               (FREE, "cores free"), (None, "the bare mechanism, on one core")]
    at = 15
    for colour, text in entries:
        if colour:
            yield f'<circle cx="{at + 5}" cy="48" r="5" fill="{colour}"/>'
        else:
            yield f'<path d="M{at + 5} 41v14" stroke="{INK}" stroke-width="2"/>'
        yield f'<text x="{at + 16}" y="52">{escape(text)}</text>'
        at += 34 + 7 * len(text)


def axis(bottom):
    names = ["1 ns", "10 ns", "100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms"]
    for power, name in enumerate(names):
        at = x(10 ** power)
        yield f'<path d="M{at} {TOP - 8}V{bottom}" stroke="{PALE}"/>'
        yield f'<text x="{at}" y="{TOP - 14}" text-anchor="middle" font-size="11">{name}</text>'


def bar(y, name, boundary, call, floors):
    yield f'<text x="15" y="{y - 2}">{escape(name)}</text>'
    yield (f'<text x="{LEFT - 12}" y="{y - 2}" text-anchor="end" fill="{ONE_CORE}">'
           f'{time_text(call["one_core"]["median"])}</text>')
    yield f'<text x="15" y="{y + 12}" font-size="10.5" fill="#777777">{escape(boundary)}</text>'
    for floor in floors:
        yield f'<path d="M{x(floor)} {y - 13}v26" stroke="{INK}" stroke-width="2"/>'
    for placement, colour, offset in (("free", FREE, 5), ("one_core", ONE_CORE, -5)):
        figure = call[placement]
        yield (f'<path d="M{x(figure["median"])} {y + offset}H{x(figure["p99"])}" '
               f'stroke="{colour}" stroke-width="2"/>')
        yield f'<circle cx="{x(figure["median"])}" cy="{y + offset}" r="5" fill="{colour}"/>'


# Many in progress: calls a second to the left, how long one takes to the right.

COLOURS = {"06": "#1f5fa8", "07": "#d2691e", "08": "#2e8b57"}
PANEL, GAP, HIGH, ABOVE = 330, 105, 330, 110


def in_flight_svg(results):
    curves = results["in_flight"]
    width, height = 2 * (PANEL + GAP) + 10, ABOVE + HIGH + 70
    rate = Panel(GAP - 30, "calls a second", curves, lambda point: point["per_second"]["median"])
    wait = Panel(PANEL + 2 * GAP - 30, "one call of 100 takes longer than", curves,
                 lambda point: point["p99_ns"]["median"])
    machine = results["machine"]
    note = f"cores free: {machine['cores']} of {machine['cpu']}, {results['when'][:10]}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">',
        '<rect width="100%" height="100%" fill="white"/>',
        '<text x="15" y="26" font-size="17">Many calls in progress</text>',
        *in_flight_legend(),
        *rate.drawn(count_text), *wait.drawn(time_text),
        f'<text x="15" y="{height - 8}" font-size="11" fill="#777777">{escape(note)}</text>',
        "</svg>"]
    return "\n".join(parts) + "\n"


def in_flight_legend():
    names = {"06": "06, pipes", "07": "07, HTTP", "08": "08, NATS"}
    at = 15
    for step, name in names.items():
        yield f'<path d="M{at} 48h24" stroke="{COLOURS[step]}" stroke-width="3"/>'
        yield f'<text x="{at + 30}" y="52">{name}</text>'
        at += 120
    for dashes, name in (("6 4", "the bare mechanism"), ("1 4", "nats.c without SendAsap")):
        yield f'<path d="M{at} 48h24" stroke="{INK}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        yield f'<text x="{at + 30}" y="52">{name}</text>'
        at += 180


def count_text(number):
    return f"{number:,.0f}"


class Panel:
    """Curves over the number in progress, both logarithmic."""

    def __init__(self, left, title, curves, figure):
        self._left, self._title, self._curves, self._figure = left, title, curves, figure
        logs = [log10(figure(point)) for curve in curves for point in curve["points"]]
        self._low, self._high = int(min(logs)), int(max(logs)) + 1

    def drawn(self, text):
        yield f'<text x="{self._left}" y="{ABOVE - 24}" font-size="14">{self._title}</text>'
        for power in range(self._low, self._high + 1):
            at = self._y(10 ** power)
            yield f'<path d="M{self._left} {at}h{PANEL}" stroke="{PALE}"/>'
            yield (f'<text x="{self._left - 6}" y="{at + 4}" text-anchor="end" font-size="11">'
                   f'{text(10 ** power)}</text>')
        for power in range(0, 11, 2):
            at = self._x(2 ** power)
            yield f'<path d="M{at} {ABOVE}v{HIGH}" stroke="{PALE}"/>'
            yield (f'<text x="{at}" y="{ABOVE + HIGH + 16}" text-anchor="middle" font-size="11">'
                   f'{count_text(2 ** power)}</text>')
        yield (f'<text x="{self._left + PANEL // 2}" y="{ABOVE + HIGH + 34}" text-anchor="middle" '
               'font-size="11">calls in progress</text>')
        for curve in self._curves:
            yield self._line(curve)

    def _line(self, curve):
        at = " ".join(f"{self._x(point['in_progress'])},{self._y(self._figure(point))}"
                      for point in curve["points"])
        style = {"step": 'stroke-width="3"', "bare": 'stroke-width="2" stroke-dasharray="6 4"',
                 "bare_flusher": 'stroke-width="2" stroke-dasharray="1 4"'}[curve["series"]]
        return f'<polyline points="{at}" fill="none" stroke="{COLOURS[curve["step"]]}" {style}/>'

    def _x(self, number):
        return round(self._left + PANEL * log2(number) / 10, 1)

    def _y(self, value):
        return round(ABOVE + HIGH * (self._high - log10(value)) / (self._high - self._low), 1)
