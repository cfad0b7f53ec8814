"""The three places that the ledger is asked at, and who starts again what was killed there."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from pathlib import Path

DEADLINE = 120  # seconds, for all that one case does
NATS_SERVER = shutil.which("nats-server", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


class Wrong(Exception):
    """Something went otherwise."""


class Case:
    """A folder with the databases, and the environment of all programs."""

    def __init__(self, build, folder, cure="none", plant="", every=0):
        self.bin = Path(build) / "bin"
        self.folder = Path(folder)
        self.until = time.monotonic() + DEADLINE
        (self.folder / "planted").mkdir()
        self.environment = os.environ | {
            "CURE": cure, "LEDGER": str(self.folder / "ledger.db"), "BILLING": str(self.folder / "billing.db")}
        if plant:
            self.environment |= {"PLANT": plant, "PLANT_EVERY": str(every), "PLANT_DIR": str(self.folder / "planted")}
        self.ns_per_call = None

    def run(self, program, *arguments, allowed=(0, -signal.SIGKILL)):
        """Runs a program to its end; its exit status (negative: a signal) and the lines that it printed."""
        done = subprocess.run([self.bin / program, *map(str, arguments)], env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              timeout=max(1, self.until - time.monotonic()))
        if done.returncode not in allowed:
            raise Wrong(f"{program}: exit status {done.returncode}: {done.stderr}")
        if "ns per call: " in done.stderr:
            self.ns_per_call = int(done.stderr.split()[-1])
        return done.returncode, done.stdout.splitlines()

    def insist(self, program, first, last):
        """As a person does: where it was killed, goes on with the first value that has no answer."""
        while first <= last:
            status, lines = self.run(program, first, last)
            first += len(lines)
            if status == 0 and first <= last:
                raise Wrong(f"{program} ended early")

    @contextlib.contextmanager
    def broker(self, *services, planted=True):
        """A broker of our own on a free port, and these services, each started again when it ends."""
        ports = self.folder / "ports"
        ports.mkdir()
        server = subprocess.Popen([NATS_SERVER, "-a", "127.0.0.1", "-p", "-1", "--ports_file_dir", ports],
                                  stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        keepers = []
        try:
            self.environment["NATS_URL"] = self._url(ports)
            keepers += [Keeper(self, name, planted) for name in services]
            yield
        finally:
            for keeper in keepers:
                keeper.stop()
            server.terminate()
            server.wait(10)

    def _url(self, ports):
        while time.monotonic() < self.until:
            for file in ports.iterdir():
                with contextlib.suppress(ValueError, LookupError):  # half written
                    return json.loads(file.read_text())["nats"][0]
            time.sleep(0.01)
        raise Wrong("the broker did not start")

    def planted(self):
        return len(list((self.folder / "planted").iterdir()))

    def killed(self):
        """How many processes have planted something: one that is killed does so once."""
        return len({note.read_text() for note in (self.folder / "planted").iterdir()})

    def rows(self, query, name="ledger.db"):
        file = self.folder / name
        if not file.exists():
            return []
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


class Keeper:
    """Keeps a service running: as systemd does with Restart=always."""

    def __init__(self, case, name, planted):
        self.case, self.name = case, name
        self.environment = {name: value for name, value in case.environment.items() if planted or name != "PLANT"}
        self.stopping = False
        self.process = self._start()
        self.thread = threading.Thread(target=self._keep, daemon=True)
        self.thread.start()

    def _start(self):
        process = subprocess.Popen([self.case.bin / self.name, "--quiet"], env=self.environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        if process.stdout.readline() != b"ready\n":
            raise Wrong(f"{self.name} did not start")
        process.stdout.close()
        return process

    def _keep(self):
        while True:
            self.process.wait()
            if self.stopping:
                return
            self.process = self._start()

    def stop(self):
        self.stopping = True
        self.process.terminate()
        self.thread.join(10)
        if self.process.poll() is None:  # it was being started
            self.process.terminate()
            self.process.wait(10)


def ask(build, place, cure, last, plant="", every=0):
    """Asks the ledger at a place for the values 1 to last; what is in the database then."""
    with tempfile.TemporaryDirectory() as folder:
        case = Case(build, folder, cure, plant, every)
        if place == "here":
            case.insist("ask-here", 1, last)
        elif place == "child":
            case.insist("ask-child", 1, last)
        else:
            with case.broker("ledger-broker"):
                case.insist("ask-broker", 1, last)
        counts = [count for count, in case.rows("SELECT count FROM counts")]
        return {"asked": last, "planted": case.planted(), "killed": case.killed(),
                "counted": sum(counts),
                "twice": sum(count > 1 for count in counts), "missing": last - len(counts),
                "ns": case.ns_per_call}
