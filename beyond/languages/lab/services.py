"""The services, C++ and other, each asked by hand: started on free ports, told what no client of ours would say."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

FOLDERS = {"05": "step05_dlopen", "06": "step06_processes", "07": "step07_http", "08": "step08_broker"}
OTHER = {"05": ("C", "step05-c-12"), "06": ("Python", "step06-python-12"), "07": ("JavaScript", "step07-javascript-12"),
         "08": ("JavaScript", "step08-javascript-12")}
OF = {"process": "service1", "validate": "service1", "transform": "service2", "analyze": "service2"}
NATS_SERVER = shutil.which("nats-server", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
PATIENCE = 20  # seconds, for whatever just has to come


class Wrong(Exception):
    """Something went otherwise."""


def folder_of(steps, build, step, language):
    """Where the app and both services are: the step's own, or those in the other language."""
    return Path(steps) / FOLDERS[step] / "bin" if language == "C++" else Path(build) / OTHER[step][1]


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(condition, what):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.005)
    raise Wrong(f"it did not happen in {PATIENCE} s: {what}")


class Program:
    """A program that is killed when this ends. What it says on stderr goes to a file, or nowhere."""

    def __init__(self, *command, log=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **environment):
        clean = {name: value for name, value in os.environ.items()
                 if name not in ("NATS_URL", "NATS_CA", "PLUGIN_DIR", "SERVICE_DIR", "SERVICE_DELAY", "SERVICE_LISTEN",
                                 "SERVICE1_URL", "SERVICE2_URL")}
        self.process = subprocess.Popen(list(map(str, command)), stdin=stdin, stdout=subprocess.PIPE, stderr=log,
                                        env=clean | environment)

    def line(self):
        """Its next line; an error if there is none in time."""
        timer = threading.Timer(PATIENCE, self.process.kill)
        timer.start()
        found = self.process.stdout.readline()
        timer.cancel()
        if not found.endswith(b"\n"):
            raise Wrong(f"{self.process.args}: ended, or did not answer in {PATIENCE} s")
        return found

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.close()

    def close(self):
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


@contextlib.contextmanager
def broker():
    """A broker of our own; its port."""
    with tempfile.TemporaryDirectory() as ports:
        server = Program(NATS_SERVER, "-a", "127.0.0.1", "-p", "-1", "--ports_file_dir", ports)

        def port():
            for file in Path(ports).iterdir():
                with contextlib.suppress(ValueError, LookupError):  # half written
                    return json.loads(file.read_text())["nats"][0].rpartition(":")[2]
            return None
        try:
            yield wait_for(port, "the broker is ready")
        finally:
            server.process.terminate()  # it removes its file of ports
            server.process.wait(PATIENCE)
            server.close()


class Child:
    """Step 06's services: a line in, a line out."""

    def __init__(self, folder, _, name):
        self.program = Program(folder / name, "--quiet", stdin=subprocess.PIPE)

    def ask(self, operation, payload):
        self.program.process.stdin.write(b'{"id":7,"op":"%s","params":%s}\n' % (operation.encode(), payload))
        self.program.process.stdin.flush()
        return self.read(self.program.line())

    def ask_line(self, line):
        self.program.process.stdin.write(line + b"\n")
        self.program.process.stdin.flush()
        return json.loads(self.program.line())

    @staticmethod
    def read(line):
        """What kind of answer, what is in it, the whole, and the name that the schema has for the whole."""
        whole = json.loads(line)
        error = whole.get("error")
        kind, content = (error["kind"], error["message"]) if error else ("result", whole["result"])
        return kind, content, whole, "step06.reply"

    def close(self):
        self.program.close()


class Server:
    """Step 07's services."""

    def __init__(self, folder, _, name):
        self.program = Program(folder / name, "--quiet", "--listen", "127.0.0.1:0")
        address = self.program.line().decode().strip().removeprefix("http://")
        self.connection = http.client.HTTPConnection(address, timeout=PATIENCE)

    def ask(self, operation, payload):
        self.connection.request("POST", f"/{operation}", payload, {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        whole = json.loads(answer.read())
        kind = {200: "result", 400: "malformed", 422: "domain"}.get(answer.status, str(answer.status))
        return kind, whole if kind == "result" else whole["detail"], whole, None if kind == "result" else "step07.problem"

    def close(self):
        self.connection.close()
        self.program.close()


class Worker:
    """Step 08's services, through a broker, with its protocol by hand."""

    def __init__(self, folder, port, name):
        self.program = Program(folder / name, "--quiet", NATS_URL=f"nats://127.0.0.1:{port}")
        self.program.line()
        self.socket = socket.create_connection(("127.0.0.1", int(port)), timeout=PATIENCE)
        self.file = self.socket.makefile("rb")
        self.inbox = f"answers.{name}".encode()  # the other worker's are on the same broker
        self.socket.sendall(b'CONNECT {"verbose":false}\r\nSUB %s 1\r\n' % self.inbox)

    def ask(self, operation, payload):
        self.socket.sendall(b"PUB service.%s %s %d\r\n%s\r\n" % (operation.encode(), self.inbox, len(payload), payload))
        while not (line := self.file.readline()).startswith(b"MSG"):
            if line == b"PING\r\n":
                self.socket.sendall(b"PONG\r\n")
            elif not line or line.startswith(b"-ERR"):
                raise Wrong(f"the broker: {line}")
        whole = self.file.read(int(line.split()[-1]) + 2)
        kind, content, whole, _ = Child.read(whole)
        return kind, content, whole, "step08.reply"

    def close(self):
        self.file.close()
        self.socket.close()
        self.program.close()


WAYS = {"06": Child, "07": Server, "08": Worker}


@contextlib.contextmanager
def asked(steps, build, step, language):
    """Both services of a step in a language: a function that asks them."""
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(broker()) if step == "08" else None
        folder = folder_of(steps, build, step, language)
        services = {name: WAYS[step](folder, port, name) for name in ("service1", "service2")}
        for service in services.values():
            stack.callback(service.close)
        yield lambda operation, payload: services[OF[operation]].ask(operation, payload)


def everywhere():
    """Each step with each language."""
    return [(step, language) for step in WAYS for language in ("C++", OTHER[step][0])]
