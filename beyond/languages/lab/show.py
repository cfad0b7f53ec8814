#!/usr/bin/python3
"""show.py STEPS BUILD [STEP]: each step's own app with one component in another language, and what it tells."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
from services import OTHER, Program, broker  # noqa: E402
import contextlib  # noqa: E402


def show(step, build):
    language, folder = OTHER[step]
    folder = Path(build) / folder.replace("-12", "-2")  # the price in C++, the label in the other language
    with contextlib.ExitStack() as stack:
        options, environment = [], {}
        log = stack.enter_context(tempfile.TemporaryFile())
        if step == "08":
            environment["NATS_URL"] = f"nats://127.0.0.1:{stack.enter_context(broker())}"
        for number in "12" if step in ("07", "08") else "":
            listen = ["--listen", "127.0.0.1:0"] if step == "07" else []
            service = Program(folder / f"service{number}", *listen, log=log, **environment)
            stack.callback(service.close)
            said = service.line().decode().strip()
            options += [f"--service{number}", said] if step == "07" else []
        print(f"\n{step}, Component2 in {language}:", flush=True)
        subprocess.run([folder / "app", *options, "-7"], check=True, env=os.environ | environment)
        log.seek(0)
        sys.stdout.write("".join(f"    {line}" for line in log.read().decode().splitlines(keepends=True) if "service2" in line))


for each in OTHER:
    show(each, sys.argv[2])
