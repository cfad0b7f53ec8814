"""The rules for a line of a log, held against what the steps' programs write."""

import re

from lab import STEPS, Case

RULES = {
    "an id of the request": r"\d+-\d+\b",
    "who writes it": r"\bservice\d\b|\bapp\b",
    "which copy": r"\(pid \d+\)|127\.0\.0\.1:\d+",
    "what was asked": r"\bprocess\b",
    "how it ended": r"\b200\b|\bdone\b",
    "how long it took": r"\d (?:us|ms|s)\b",
    "when": r"\d\d:\d\d:\d\d",
}


def kept(tree):
    """For each writer, which of the rules its line about one call of process keeps; None if there is no such line."""
    writers = {}
    for step in STEPS[6:]:
        with Case(tree, step) as case:
            case.start_services()
            case.type("the app's story", "bin/app 42 2>&1 > out | tee story")
            app = (case.folder / "story").read_text()
            service = (case.folder / "journal").read_text() if step > STEPS[7][:6] else ""
            for writer, text in (("app", app), ("service1", service)):
                line = next((line for line in text.splitlines() if "request" in line and re.search(r"\bprocess\b", line)), None)
                writers[f"{step[4:6]}, {writer}"] = None if line is None else [bool(re.search(rule, line)) for rule in RULES.values()]
    return writers
