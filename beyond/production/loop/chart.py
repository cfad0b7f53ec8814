"""The chart of the growing program: a change of one source and a build of all, by the number of components."""

from math import log10
from xml.sax.saxutils import escape

COLOURS = ["#333333", "#1f5fa8", "#d2691e", "#2e8b57", "#8b3a8b", "#b8860b", "#cc3344", "#607080"]
WIDTH, HEIGHT, LEFT, TOP, GAP = 330, 300, 60, 70, 90


def svg(sizes):
    names = [row["name"] for row in sizes[0]["rows"] if not row["missing"]]
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * (LEFT + WIDTH) + GAP} 640" '
             'font-family="sans-serif" font-size="12" fill="#333333">',
             '<rect width="100%" height="100%" fill="white"/>',
             '<text x="15" y="26" font-size="17">From where on a trick pays: seconds of CPU against plain</text>']
    shown = {"all": [], "source": []}
    for at, (what, title) in enumerate((("all", "all is built"), ("source", "one source changed"))):
        left = LEFT + at * (LEFT + WIDTH + 20)
        parts += frame(left, title, sizes)
        for number, name in enumerate(names):
            points = ratios(sizes, name, what)
            if len(points) > 1:
                shown[what].append(name)
                parts.append(line(left, points, sizes, style(number)))
    parts += legend([name for name in names if name in shown["all"] + shown["source"]], names)
    machine = sizes[-1]["machine"]
    parts.append(f'<text x="15" y="630" font-size="11" fill="#777777">'
                 f'{escape(str(machine["cores"]))} cores of {escape(machine["cpu"])}, {machine["when"][:10]}</text></svg>')
    return "\n".join(parts) + "\n"


def style(number):
    dash = 'stroke-dasharray="5 3" ' if number >= len(COLOURS) else ""
    return f'{dash}stroke="{COLOURS[number % len(COLOURS)]}"'


def ratios(sizes, name, what):
    """Pairs of the number of components and the time as a part of plain's."""
    found = []
    for size in sizes:
        row = next((row for row in size["rows"] if row["name"] == name), {"alone": {}})
        plain = size["rows"][0]["alone"]
        if what in row["alone"]:
            found.append((size["components"], row["alone"][what]["cpu"] / plain[what]["cpu"]))
    return found


def x(left, components, sizes):
    least, most = log10(sizes[0]["components"]), log10(sizes[-1]["components"])
    return round(left + WIDTH * (log10(components) - least) / ((most - least) or 1), 1)


def y(ratio):
    return round(TOP + HEIGHT - HEIGHT * min(ratio, 2.0) / 2.0, 1)


def frame(left, title, sizes):
    yield f'<text x="{left}" y="{TOP - 16}" font-size="14">{title}</text>'
    for ratio in (0, 0.5, 1, 1.5, 2):
        yield f'<path d="M{left} {y(ratio)}h{WIDTH}" stroke="#dddddd"/>'
        yield f'<text x="{left - 8}" y="{y(ratio) + 4}" text-anchor="end">{ratio:g}</text>'
    for size in sizes:
        yield (f'<text x="{x(left, size["components"], sizes)}" y="{TOP + HEIGHT + 20}" text-anchor="middle">'
               f'{size["components"]}</text>')
    yield f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">components</text>'


def line(left, points, sizes, how):
    path = " ".join(f"{'M' if i == 0 else 'L'}{x(left, n, sizes)} {y(ratio)}" for i, (n, ratio) in enumerate(points))
    return f'<path d="{path}" fill="none" stroke-width="2" {how}/>'


def legend(names, all_names):
    for number, name in enumerate(names):
        column, row = divmod(number, 8)
        left, top = 20 + column * 440, TOP + HEIGHT + 70 + row * 20
        yield f'<path d="M{left} {top - 4}h26" stroke-width="3" fill="none" {style(all_names.index(name))}/>'
        yield f'<text x="{left + 34}" y="{top}">{escape(name)}</text>'
