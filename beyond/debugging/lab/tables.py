"""The tables and transcripts of the page, from what was measured."""

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


def ladder(rows):
    """Steps that are alike, but for the seconds, share a line."""
    lines = ["| fault | step | commands | places | seconds of the machine | prepared | to be seen afterwards |", "|---|---|---|---|---|---|---|"]
    groups = {}
    for row in rows:
        key = row["fault"], row["commands"], len(row["places"]), ", ".join(row["prepared"]), row["afterwards"]
        groups.setdefault(key, []).append(row)
    for (fault, commands, places, prepared, afterwards), alike in groups.items():
        seconds = sorted(row["seconds"] for row in alike)
        taken = f"{seconds[0]:.0f}" if round(seconds[0]) == round(seconds[-1]) else f"{seconds[0]:.0f} to {seconds[-1]:.0f}"
        lines.append(f"| {SAID[fault]} | {span([row['step'] for row in alike])} | {commands} | {places} | {taken} | {prepared} | {afterwards or 'nothing'} |")
    return lines


def typed(rows, fault, step, *numbers):
    """What was typed in one case, and what it printed: all of it, or some commands."""
    row = next(row for row in rows if row["fault"] == fault and row["step"] == step)
    lines = ["```console"]
    for number, each in enumerate(row["typed"], 1):
        if not numbers or str(number) in numbers:
            lines += ["$ " + each["command"], *each["printed"]]
    return [*lines, "```"]


TABLES = {"ladder": ladder, "typed": typed}
