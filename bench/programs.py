"""Starts and ends what is measured: measuring programs, apps, services, a private broker."""

import contextlib
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

PATIENCE = 30  # seconds, for whatever just has to come to an end


class Placement:
    """Where processes run: all on the same core, or wherever the system puts them."""

    def __init__(self, name):
        self.name = name
        core = max(os.sched_getaffinity(0))
        self.prefix = ["taskset", "-c", str(core)] if name == "one_core" else []


class Program:
    """A process that ends with this one, spoken to in lines."""

    def __init__(self, placement, command, **options):
        self.name = pathlib.Path(command[0]).name
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *placement.prefix, *map(str, command)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, **options)
        self.pid = self._process.pid

    def write(self, text):
        self._process.stdin.write(text.encode())

    def read_until(self, end):
        """What it writes, up to the time when that ends so."""
        text = b""
        while not text.endswith(end.encode()):
            if not select.select([self._process.stdout], [], [], PATIENCE)[0]:
                raise RuntimeError(f"{self.name} does not answer")
            chunk = self._process.stdout.read(65536)
            if not chunk:
                raise RuntimeError(f"{self.name} has ended")
            text += chunk
        return text.decode()

    def ask(self, command):
        self.write(command + "\n")
        return json.loads(self.read_until("\n"))

    def end(self):
        """Ends its input, which ends a measuring program and an app."""
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self.stop()

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Services:
    """What steps 07 and 08 need around them, in one placement."""

    def __init__(self, placement, build, steps):
        self._stack = contextlib.ExitStack()
        self._placement = placement
        self.app_options = {step: [] for step in steps}
        self.measuring_options = {step: [] for step in steps}
        self.pids = {step: [] for step in steps}
        with self._stack:  # ends what was started if something does not start
            if "07" in steps:
                self._start_http(build / "step07_http" / "bin")
            if "08" in steps:
                self._start_broker(build / "step08_broker" / "bin")
            self._stack = self._stack.pop_all()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stack.close()

    def _start(self, step, command, **options):
        program = Program(self._placement, command, **options)
        self._stack.callback(program.stop)
        self.pids[step].append(program.pid)
        return program

    def _start_http(self, bin_folder):
        for number in "12":
            service = self._start("07", [bin_folder / f"service{number}", "--quiet",
                                         "--listen", "127.0.0.1:0"])
            url = service.read_until("\n").strip()
            self.app_options["07"] += [f"--service{number}", url]
            if number == "1":
                self.measuring_options["07"] = [url]

    def _start_broker(self, bin_folder):
        server = shutil.which("nats-server", path=os.environ["PATH"] + ":/usr/sbin")
        if server is None:
            raise RuntimeError("nats-server is missing; ./course setup bench installs it")
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="bench."))
        self._start("08", [server, "-a", "127.0.0.1", "-p", "-1", "--ports_file_dir", folder],
                    stderr=subprocess.DEVNULL)
        url = broker_url(pathlib.Path(folder))
        for number in "12":
            service = self._start("08", [bin_folder / f"service{number}", "--quiet", "--nats", url])
            service.read_until("ready\n")
        self.app_options["08"] = ["--nats", url]
        self.measuring_options["08"] = [url]


def broker_url(folder):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for file in folder.glob("*.ports"):
            with contextlib.suppress(ValueError):  # not yet written whole
                return json.loads(file.read_text())["nats"][0]
        time.sleep(0.01)
    raise RuntimeError("nats-server did not start")


def footprint(placement, app, options, services):
    """Processes, threads and memory while idle after the first value. services: their pids."""
    program = Program(placement, [app, "--quiet", *options, "-"])
    program.read_until("--- Processing Pipeline ---\n")
    program.write("42\n")
    program.read_until("Value-0084\n\n")
    pids = [*with_children(program.pid), *services]
    found = {
        "processes": len(pids),
        "threads": sum(int(field(pid, "status", "Threads")) for pid in pids),
        "memory_kib": sum(int(field(pid, "smaps_rollup", "Pss")) for pid in pids),
    }
    program.end()
    return found


def with_children(pid):
    pids = [pid]
    for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        pids += with_children(int(child))
    return pids


def field(pid, file, name):
    """A field of a file of the process in /proc."""
    for line in pathlib.Path(f"/proc/{pid}/{file}").read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return value.split()[0]
    raise RuntimeError(f"/proc/{pid}/{file} has no {name}")
