"""What the cases share: copies of the steps, a fault planted into them, their programs running, commands and what they print."""

import base64
import ctypes
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
STEPS = [folder.name for folder in sorted(ROOT.glob("step0*_*"))]
FAULTS = {"wrong": "rounding = ", "slow": "usleep(", "leak": "open("}  # and what stands in the line at fault
LIBC, PR_SET_PTRACER = ctypes.CDLL(None), 0x59616D61
MARKS = FAULTS | {"exercise": "new "}


class Lost(Exception):
    """The way to the line ends here, and why."""


class Tree:
    """Copies of the steps, built with debug information. One program at a time may use it."""

    def __init__(self, folder):
        self.steps, self.build, self.clean = folder / "steps", folder / "build", folder / "clean"

    def make(self):
        """Builds all steps as they are, and keeps the workers of step 08: a healthy copy beside a faulty one."""
        for step in STEPS:
            self.restore(step)
        options = ["-G", "Ninja", "-S", HERE, "-B", self.build, f"-DSTEPS={self.steps}", "-DCMAKE_BUILD_TYPE=Debug"]
        self.quietly(["cmake", *options])
        self.quietly(["cmake", "--build", self.build])
        self.clean.mkdir(exist_ok=True)
        for name in ("service1", "service2"):
            shutil.copy2(self.bin(STEPS[8]) / name, self.clean / name)
        for program in (self.build / "metrics").glob("*_measured_service1"):
            shutil.copy2(program, self.clean / program.name)

    def source(self, step):
        return next(file for file in (self.steps / step / "component1/src/component1.cpp", self.steps / step / "component1.cpp",
                                      self.steps / step / "main.cpp") if file.is_file())

    def bin(self, step):
        return self.build / step / "bin"

    def restore(self, step):
        """The step as it is in the repository; a file that is the same keeps its time, so that it is not built again."""
        for file in (file for file in (ROOT / step).rglob("*") if file.is_file()):
            copy = self.steps / step / file.relative_to(ROOT / step)
            if not copy.is_file() or copy.read_bytes() != file.read_bytes():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)

    def plant(self, fault, steps):
        """Returns for each step the file and line at fault."""
        patch = HERE / f"faults/{fault}.patch"
        if fault == "exercise":  # not to be read by chance
            patch = self.steps / "patch"
            patch.write_bytes(base64.b64decode((HERE / "exercise/fault.base64").read_bytes()))
        for step in steps:
            self.quietly(["patch", "--no-backup-if-mismatch", "--silent", self.source(step), patch])
        self.quietly(["cmake", "--build", self.build])
        return {step: next((self.source(step).name, number) for number, line in
                           enumerate(self.source(step).read_text().splitlines(), 1) if MARKS[fault] in line) for step in steps}

    @staticmethod
    def quietly(command):
        # A compiler's cache must not hand out what was compiled in another folder: a debugger would show that folder's source.
        environment = {name: value for name, value in os.environ.items() if name not in ("CCACHE_NOHASHDIR", "CCACHE_BASEDIR")}
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stdout + f"failed: {' '.join(map(str, command))}")


def until(condition, what, seconds=20):
    """Waits for something, and returns it."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end:
            raise Lost(f"not in {seconds} s: {what}")
        time.sleep(0.02)
    return value


class Case:
    """One fault in one step: a scratch folder with the programs in bin/, what runs, and what was typed."""

    def __init__(self, tree, step, workers=None):
        self.tree, self.step, self.workers = tree, step, workers or [tree.bin(step), tree.clean]
        self.folder = Path(tempfile.mkdtemp(prefix="debugging."))
        (self.folder / "bin").symlink_to(tree.bin(step))
        self.environment = {name: value for name, value in os.environ.items() if not re.search("_URL$|^(SERVICE|PLUGIN)_", name)}
        self.environment |= {"LC_ALL": "C.UTF-8", "TIMEFORMAT": "real %1R s, user %1U s", "DEBUGINFOD_URLS": "", "HOME": str(self.folder)}
        self.environment["PATH"] += ":/usr/sbin"
        self.typed, self.places, self.prepared, self.seconds, self.afterwards = [], [], [], 0.0, ""
        self.running = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            self.end(process)
        shutil.rmtree(self.folder)

    @staticmethod
    def end(process):
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, sign)
                process.wait(5)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue

    def start(self, command, descriptors=1024, error="journal"):
        """A program in the background, whose output is a file named after it, and its story the journal of all."""
        name = f"{Path(command[0]).name}{len(self.running)}"
        with open(self.folder / name, "w") as output, open(self.folder / error, "a") as story:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=story,
                start_new_session=True, preexec_fn=lambda: self.prepare_program(descriptors))
        self.running.append(process)
        return process, self.folder / name

    @staticmethod
    def prepare_program(descriptors):
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
        LIBC.prctl(PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)  # where Yama is: any of the user's tools may attach

    def start_services(self, descriptors=1024, workers=None):
        """Step 07: a copy of each service. Step 08: a broker, and of service1 a second copy, from an older build. With 0
        workers nothing of service1."""
        if self.step == STEPS[7]:
            for name in ("service1", "service2")[workers == 0:]:
                process, output = self.start([f"bin/{name}", "--listen", "127.0.0.1:0"], descriptors)
                self.environment[name] = str(process.pid)
                self.environment[name.upper() + "_URL"] = until(lambda: output.read_text().strip(), f"{name} listens")
        elif self.step == STEPS[8]:
            broker, _ = self.start(["nats-server", "-a", "127.0.0.1", "-p", "-1", "-m", "-1", "--ports_file_dir", "."], error="broker")
            file = self.folder / f"nats-server_{broker.pid}.ports"
            until(lambda: file.is_file() and file.read_text().strip().endswith("}"), "the broker listens")
            ports = json.loads(file.read_text())
            self.environment["NATS_URL"], self.environment["MONITOR"] = ports["nats"][0], ports["monitoring"][0]
            for number, program in enumerate((*(folder / "service1" for folder in self.workers[:workers]), self.tree.bin(self.step) / "service2")):
                process, output = self.start([str(program)], descriptors)
                self.environment[f"worker{number}"] = str(process.pid)
                until(lambda: "ready" in output.read_text(), "a worker is ready")

    def type(self, place, command, seconds=60):
        """Runs what an engineer types, while looking at a place; what it prints."""
        begin = time.monotonic()
        with subprocess.Popen(["bash", "-c", command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True) as shell:
            try:
                printed, _ = shell.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                printed = ""
                os.killpg(shell.pid, signal.SIGKILL)
                raise Lost(f"takes more than {seconds} s: {command}") from None
            finally:
                try:
                    os.killpg(shell.pid, signal.SIGKILL)  # what it left in the background
                except ProcessLookupError:
                    pass
        self.seconds += time.monotonic() - begin
        self.typed.append({"command": command, "printed": self.readable(printed)})
        for each in place.split(", "):
            if each not in self.places:
                self.places.append(each)
        return printed

    def prepare(self, *what):
        self.prepared += [each for each in what if each not in self.prepared]

    def readable(self, printed):
        for folder, short in ((f"{self.folder}/", ""), (f"{self.tree.bin(self.step)}/", "bin/"), (f"{self.tree.build}/", ""), (f"{self.tree.steps}/", "")):
            printed = printed.replace(folder, short)
        printed = re.sub(r"(\[New LWP \d+\]\n)(\[New LWP \d+\]\n)+", r"\1...\n", printed)
        lines = printed.rstrip("\n").split("\n")
        if len(lines) > 40:
            lines = lines[:30] + ["..."] + lines[-5:]
        return [line if len(line) <= 118 else line[:115] + "..." for line in lines]


def descriptors_of(pid):
    try:
        return [os.readlink(f"/proc/{pid}/fd/{each}") for each in os.listdir(f"/proc/{pid}/fd")]
    except OSError:
        return []
