"""The chart: how long a call across each boundary takes, on a logarithmic scale."""

from math import log10
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
