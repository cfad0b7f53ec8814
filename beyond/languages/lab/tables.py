#!/usr/bin/env python3
"""tables.py differences|costs: a table of the page, from differences.json or measured.json, in Markdown."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
STEPS = {"05": "05, a plugin", "06": "06, a child process", "07": "07, an HTTP service", "08": "08, a worker behind NATS"}


def table(head, rows):
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(row) + " |")


def differences():
    found = json.loads((HERE / "differences.json").read_text())
    languages = ("C++", "Python", "JavaScript")
    rows = []
    for question, answers in found.items():
        odd = [language for language in languages if list(answers.values()).count(answers[language]) == 1]
        cells = [f"`{answers[language]}`" for language in languages]
        if len(odd) == 1:
            cells = [f"**{cell}**" if language in odd else cell for language, cell in zip(languages, cells)]
        rows.append([question.replace("\\", "\\\\"), *cells])
    table(["left alone, each ...", *languages], rows)


def time_text(ns):
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.1f} {unit}" if ns < 10 * size else f"{ns / size:.0f} {unit}"
    return f"{ns:.1f} ns"


def costs():
    rows = []
    for step, languages in json.loads((HERE / "measured.json").read_text())["steps"].items():
        cpp = languages["C++"]["call_ns"]
        for language, one in languages.items():
            rows.append([STEPS[step], language, time_text(one["call_ns"]), "" if language == "C++" else f"{one['call_ns'] / cpp:.1f}",
                         time_text(one["start_ns"]) if "start_ns" in one else "",
                         f"{one['memory_kib'] / 1024:.1f} MiB" if "memory_kib" in one else ""])
    table(["step", "both services in", "one call, one core", "times C++", "start to first answer", "memory of one"], rows)


{"differences": differences, "costs": costs}[sys.argv[1]]()
