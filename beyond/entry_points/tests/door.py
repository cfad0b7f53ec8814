"""What doors have in common. answers(values) is the JSON of each value, in order.

A door that serves is started by __enter__ and ended by __exit__. Every wait has a limit.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIMIT = 60  # seconds, for whatever a door does for us

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and so that what was started is ended, too


class DoorFailed(Exception):
    """What became of it, and what it said."""


class Door:
    """One that is a command: a value a line in, an outcome a line out."""

    program = None  # in the build folder
    statuses = 0,   # with which it may end

    def __init__(self, build):
        self.build = build

    def is_built(self):
        return (self.build / self.program).exists()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def command(self):
        return [self.build / self.program]

    def run(self, values, *arguments):
        """Its standard output."""
        try:
            done = subprocess.run([*self.command(), *arguments], input="".join(f"{value}\n" for value in values),
                                  text=True, capture_output=True, timeout=LIMIT, check=False,
                                  env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
        except subprocess.TimeoutExpired:
            raise DoorFailed("does not end") from None
        if done.returncode not in self.statuses:
            raise DoorFailed(f"ended with status {done.returncode}", done.stderr)
        return done.stdout

    def answers(self, values):
        return self.run(values).splitlines()


class Filed(Door):
    """One whose standard output is nobody's: its answers go to a file."""

    def answers(self, values):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "answers"
            self.run(values, file)
            return file.read_text().splitlines()
