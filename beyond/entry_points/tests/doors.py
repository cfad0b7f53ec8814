"""How to ask each door: a class a door."""

import http.client
import json
import queue
import select
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import BROWSERS, looking_at, served
from door import Door, DoorFailed, Filed, HERE, LIMIT
from runtime_peer import Peer


class Cli(Door):
    part = "cli"
    program = "bin/value"
    statuses = 0, 1  # a value was refused

    def command(self):
        return [self.build / self.program, "--json", "-"]


class Http(Door):
    part = "http"
    program = "bin/value-http"

    def command(self, *arguments):
        return [self.build / self.program, *arguments]

    def __init__(self, build, *arguments):
        super().__init__(build)
        self.arguments = arguments

    def __enter__(self):
        self.errors = tempfile.TemporaryFile("w+")
        self.server = subprocess.Popen(self.command(*self.arguments), stdout=subprocess.PIPE, stderr=self.errors, text=True)
        if not select.select([self.server.stdout], [], [], LIMIT)[0]:
            self.server.kill()
            self.server.wait()
            raise DoorFailed("does not say where it listens", self.said())
        self.address = self.server.stdout.readline().strip().removeprefix("http://")
        self.connection = http.client.HTTPConnection(self.address, timeout=5)
        return self

    def __exit__(self, *failed):
        self.connection.close()
        self.server.terminate()
        try:
            self.server.wait(5)
        except subprocess.TimeoutExpired:
            if not any(failed):
                raise DoorFailed("does not end") from None
        finally:
            self.server.kill()
            self.server.wait()
            self.server.stdout.close()
            self.errors.close()

    def said(self):
        self.errors.seek(0)
        return self.errors.read()

    def ask(self, method, path, body=None, headers=()):
        """Status, content type, body; what else the header says is in self.header."""
        try:
            self.connection.request(method, path, body, dict(headers))
            answer = self.connection.getresponse()
            self.header = answer.headers
            return answer.status, answer.getheader("Content-Type"), answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise DoorFailed(f"does not answer: {error}", self.said()) from error

    def answer(self, value):
        return self.ask("GET", f"/value/{value}")[2]

    def answers(self, values):
        return [self.answer(value) for value in values]


class Function(Door):
    """Started by the other side of its runtime."""

    part = "function"
    program = "function/bootstrap"

    def __enter__(self):
        self.peer = Peer(self.build / self.program, 5)
        self.peer.start()
        return self

    def __exit__(self, *_):
        self.peer.end()

    def answer(self, value):
        try:
            kind, body = self.peer.invoke(json.dumps({"input": value}))
        except queue.Empty:
            raise DoorFailed("does not answer") from None
        return body if kind == "response" else f"{kind}: {body}"

    def answers(self, values):
        return [self.answer(value) for value in values]


class WasmNode(Door):
    part = "wasm"
    program = "wasm/site/value-pipeline/module.wasm"

    def command(self):
        return ["node", HERE / "node_answers.mjs", (self.build / self.program).with_name("index.mjs")]


class WasmPage(Door):
    part = "wasm"
    program = WasmNode.program

    def is_built(self):
        return super().is_built() and any(map(shutil.which, BROWSERS))

    def answers(self, values):
        pages = {"/contract.html": HERE / "page.html"}
        with served(self.build / "wasm/site", values, pages) as (address, posted):
            with looking_at(f"{address}/contract.html"):
                try:
                    answers = posted.get(timeout=LIMIT)
                except queue.Empty:
                    raise DoorFailed("does not answer") from None
        if isinstance(answers, str):
            raise DoorFailed(answers)
        return answers


class Python(Filed):
    part = "python"
    program = "python/value_pipeline"
    python = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable

    def command(self):
        return [self.python, "-B", HERE / "python_answers.py", self.build, "value_pipeline"]


class Ctypes(Python):
    program = "step05_dlopen/bin/component1.so"

    def command(self):
        return [*super().command()[:-1], "over_plugins"]


class Gui(Filed):
    part = "gui"
    program = "bin/gui_answers"


DOORS = {"cli": Cli, "http": Http, "function": Function, "wasm.node": WasmNode, "wasm.page": WasmPage, "python": Python,
         "ctypes": Ctypes, "gui": Gui}
