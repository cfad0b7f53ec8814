#!/usr/bin/env python3
"""measure.py BUILD [runtimes]: what functions cost, into ../measured.json, where table.py finds it.

BUILD is the build folder, for release. With "runtimes" also our runtime beside the vendor's, which peers/vendor
compares; else what is known of that stays as it is.
"""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent / "tests"))
import cold_starts  # noqa: E402
import ladder  # noqa: E402

RESULTS = HERE.parent / "measured.json"


def runtimes(emulator, build):
    done = subprocess.run(
        [HERE.parent / "tests/peers/vendor", emulator, f"function1={cold_starts.STAGE / 'build/x86_64/function1/bootstrap'}",
         build / "vendor", "--json"], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    return {"cpu": cpu, "cores": len(os.sched_getaffinity(0)),
            "system": platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")}


def main(build, *what):
    emulator = build / "emulator/emulator"
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results |= {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": machine(),
                "function1": cold_starts.measure(emulator, build), "app": ladder.measure(emulator, build)}
    if "runtimes" in what:
        results["runtimes"] = runtimes(emulator, build)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if len(sys.argv) < 2:
    sys.exit(__doc__)
main(Path(sys.argv[1]).resolve(), *sys.argv[2:])
