"""How to ask each door: a class a door. answers(values) is the JSON of each value, in order.

A door that serves is started by __enter__ and ended by __exit__. Every wait has a limit.
"""

import http.client
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

from browser import BROWSERS, looking_at, served

HERE = Path(__file__).resolve().parent
LIMIT = 60  # seconds, for whatever a door does for us


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

    def answers(self, values):
        done = subprocess.run(self.command(), input="".join(f"{value}\n" for value in values), text=True,
                              stdout=subprocess.PIPE, timeout=LIMIT, check=False)
        if done.returncode not in self.statuses:
            raise RuntimeError(f"{self.command()[0]} ended with status {done.returncode}")
        return done.stdout.splitlines()


class Cli(Door):
    part = "cli"
    program = "bin/value"
    statuses = 0, 1  # a value was refused

    def command(self):
        return [self.build / self.program, "--json", "-"]


class Http(Door):
    part = "http"
    program = "bin/value-http"

    def __enter__(self):
        self.server = subprocess.Popen(self.command(), stdout=subprocess.PIPE, text=True)
        if not select.select([self.server.stdout], [], [], LIMIT)[0]:
            self.__exit__()
            raise RuntimeError("value-http does not say where it listens")
        self.address = self.server.stdout.readline().strip().removeprefix("http://")
        self.connection = http.client.HTTPConnection(self.address, timeout=5)
        return self

    def __exit__(self, *_):
        self.server.terminate()
        try:
            self.server.wait(LIMIT)
        finally:
            self.server.kill()
            self.server.stdout.close()

    def ask(self, method, path, body=None, headers=()):
        """Status, content type, body."""
        self.connection.request(method, path, body, dict(headers))
        answer = self.connection.getresponse()
        return answer.status, answer.getheader("Content-Type"), answer.read().decode()

    def answer(self, value):
        return self.ask("GET", f"/value/{value}")[2]

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
                return posted.get(timeout=LIMIT)


class Python(Door):
    """In this very process."""

    part = "python"
    program = "python/value_pipeline"

    def __enter__(self):
        sys.path.insert(0, str(self.build / "python"))
        import value_pipeline
        self.answer = value_pipeline.evaluate_json
        return self

    def answers(self, values):
        return [self.answer(value) for value in values]


class Ctypes(Python):
    part = "python"
    program = "step05_dlopen/bin/component1.so"

    def __enter__(self):
        sys.path.insert(0, str(HERE.parent / "python"))
        import over_plugins
        self.pipeline = over_plugins.Pipeline(self.build / "step05_dlopen/bin")
        self.answer = self.pipeline.evaluate_json
        return self

    def __exit__(self, *_):
        self.pipeline.close()


class Gui(Door):
    part = "gui"
    program = "bin/gui_answers"

    def answers(self, values):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return super().answers(values)


DOORS = {"cli": Cli, "http": Http, "wasm.node": WasmNode, "wasm.page": WasmPage, "python": Python,
         "ctypes": Ctypes, "gui": Gui}
