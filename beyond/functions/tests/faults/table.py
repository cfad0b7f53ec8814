#!/usr/bin/env python3
"""The faults of the app over functions, beside those of step 07, as a table in Markdown."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
steps = {fault["fault"]: fault["cells"]
         for fault in json.loads((ROOT / "docs/data/faults.json").read_text(encoding="utf-8"))["faults"]}
print("| fault | 07 | functions |\n|---|---|---|")
for fault in json.loads((ROOT / "beyond/functions/faults.json").read_text(encoding="utf-8"))["faults"]:
    http = steps.get(fault["fault"], {}).get("07", "-")
    print(f"| {fault['fault']}: {fault['planted']} | {http} | {fault['cells']['functions']} |")
