"""The tables and transcripts of the page, from what was measured."""

from logs import RULES

SAID = {"wrong": "a wrong answer", "slow": "slow", "leak": "used up"}


def span(steps):
    """00 01 02 04 -> 00-02, 04"""
    parts = []
    for step in steps:
        if parts and int(step) == int(parts[-1][1]) + 1:
            parts[-1][1] = step
        else:
            parts.append([step, step])
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in parts)


def ladder(measured):
    """Steps that are alike, but for the seconds, share a line."""
    lines = ["| fault | step | commands | places | seconds of the machine | prepared | to be seen afterwards |", "|---|---|---|---|---|---|---|"]
    groups = {}
    for row in (row for row in measured["rows"] if row["fault"] in SAID):
        key = row["fault"], row["commands"], len(row["places"]), ", ".join(row["prepared"]), row["afterwards"]
        groups.setdefault(key, []).append(row)
    for (fault, commands, places, prepared, afterwards), alike in groups.items():
        seconds = sorted(row["seconds"] for row in alike)
        taken = f"{seconds[0]:.1f}" if seconds[0] == seconds[-1] else f"{seconds[0]:.1f} to {seconds[-1]:.1f}"
        lines.append(f"| {SAID[fault]} | {span([row['step'] for row in alike])} | {commands} | {places} | {taken} | {prepared} | {afterwards or 'nothing'} |")
    return lines


def typed(measured, fault, step, *numbers):
    """What was typed in one case, and what it printed: all of it, or some commands."""
    row = next(row for row in measured["rows"] if row["fault"] == fault and row["step"] == step)
    lines = ["```console"]
    for number, each in enumerate(row["typed"], 1):
        if not numbers or str(number) in numbers:
            lines += ["$ " + each["command"], *each["printed"]]
    return [*lines, "```"]


def copies(measured):
    """What the queries say of each copy, where one is slow."""
    rows = [row for row in measured["watched"]["rows"] if "without" not in row["job"]]
    titles = [title for title in rows[0] if title not in ("job", "copies", "fired")]
    lines = ["| | " + " | ".join(titles) + " | alert |", "|---|" + "---|" * (len(titles) + 1)]
    for row in rows:
        for number, copy in enumerate(row["copies"]):
            values = " | ".join(f"{row[title][number]:.2g}" if row[title][number] < 10 else f"{row[title][number]:.0f}" for title in titles)
            lines.append(f"| {row['job'].replace('step', 'step ')}, {copy} | {values} | {'yes' if copy in row['fired'] else 'no'} |")
    return lines


def logs(measured):
    """Which rules the lines of the steps keep."""
    writers = measured["logs"]
    lines = ["| a line has | " + " | ".join(writers) + " |", "|---|" + "---|" * len(writers)]
    for number, rule in enumerate(RULES):
        lines.append(f"| {rule} | " + " | ".join("no line" if kept is None else "yes" if kept[number] else "**no**" for kept in writers.values()) + " |")
    return lines


TABLES = {"ladder": ladder, "typed": typed, "copies": copies, "logs": logs}
