"""Running a command with a limit, and what it took. All that measures here uses it."""

import contextlib
import dataclasses
import datetime
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(__file__).resolve().parent / "data"
LIMIT = 3600  # seconds, for one command


class Failed(Exception):
    """A command failed; the message has what it said."""


@dataclasses.dataclass(frozen=True)
class Took:
    wall: float  # seconds
    cpu: float   # of all cores, with all that the command started
    output: str


def clean_environment(**more):
    """The caller's, without what would change a build: a cache, flags, another compiler."""
    unwanted = ("CCACHE_", "CMAKE_")
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(unwanted) and name not in ("CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS", "MAKEFLAGS")}
    return {**kept, **more}


def run(command, folder=None, environment=None, limit=LIMIT, statuses=(0,), source=os.devnull):
    with tempfile.TemporaryFile("w+", errors="replace") as output, open(source) as given:
        began = time.perf_counter()
        child = subprocess.Popen([str(part) for part in command], cwd=folder, stdin=given, stdout=output,
                                 stderr=output, env=environment or clean_environment(), start_new_session=True)
        try:
            status, usage = await_end(child, began + limit)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
        wall = time.perf_counter() - began
        output.seek(0)
        text = output.read()
    if status not in statuses:
        raise Failed(f"exit status {status}: {' '.join(map(str, command))}\n{text[-3000:]}")
    return Took(wall, usage.ru_utime + usage.ru_stime, text)


def await_end(child, deadline):
    pause = 0.0005
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, usage
        if time.perf_counter() > deadline:
            raise Failed(f"not done in time: {' '.join(map(str, child.args))}")
        time.sleep(pause)
        pause = min(pause * 1.2, 0.01)


@contextlib.contextmanager
def scratch(name):
    """A folder in build/, which goes when we end, however that is but for SIGKILL."""
    def stop(number, _):
        raise SystemExit(128 + number)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, stop)
    (ROOT / "build").mkdir(exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix=name + ".", dir=ROOT / "build"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def missing(program, package):
    """Says what is missing, or nothing."""
    return "" if not program or shutil.which(program) else f"{program} is missing (Debian and Ubuntu: {package})"


def progress(text):
    if sys.stderr.isatty():
        print("\r\033[K" + text[:100], end="", file=sys.stderr, flush=True)


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    return {"cpu": cpu, "cores": os.cpu_count(), "kernel": platform.release(),
            "load": [round(load, 2) for load in os.getloadavg()],
            "when": datetime.datetime.now().isoformat(timespec="minutes")}
