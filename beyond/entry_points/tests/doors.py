"""How to ask each door: a class a door. answers(values) is the JSON of each value, in order.

A door that serves is started by __enter__ and ended by __exit__. Every wait has a limit.
"""

import http.client
import select
import subprocess
import sys
from pathlib import Path

from browser import looking_at, served

HERE = Path(__file__).resolve().parent
LIMIT = 60  # seconds, for whatever a door does for us


class Door:
    """One that is a command: a value a line in, an outcome a line out."""

    def __init__(self, build):
        self.build = build

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def command(self):
        raise NotImplementedError

    def answers(self, values):
        done = subprocess.run(self.command(), input="".join(f"{value}\n" for value in values), text=True,
                              stdout=subprocess.PIPE, timeout=LIMIT, check=False)
        if done.returncode not in (0, 1):  # 1: a value was refused
            raise RuntimeError(f"{self.command()[0]} ended with status {done.returncode}")
        return done.stdout.splitlines()


class Cli(Door):
    def command(self):
        return [self.build / "bin/value", "--json", "-"]


class Http(Door):
    def __enter__(self):
        self.server = subprocess.Popen([self.build / "bin/value-http"], stdout=subprocess.PIPE, text=True)
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
    def command(self):
        package = self.build / "wasm/site/value-pipeline/index.mjs"
        return ["node", HERE / "node_answers.mjs", package]


class WasmPage(Door):
    def answers(self, values):
        pages = {"/contract.html": HERE / "page.html"}
        with served(self.build / "wasm/site", values, pages) as (address, posted):
            with looking_at(f"{address}/contract.html"):
                return posted.get(timeout=LIMIT)


class Python(Door):
    """In this very process."""

    def __enter__(self):
        sys.path.insert(0, str(self.build / "python"))
        import value_pipeline
        self.answer = value_pipeline.evaluate_json
        return self

    def answers(self, values):
        return [self.answer(value) for value in values]


class Ctypes(Python):
    def __enter__(self):
        sys.path.insert(0, str(HERE.parent / "python"))
        import over_plugins
        self.pipeline = over_plugins.Pipeline(self.build / "step05_dlopen/bin")
        self.answer = self.pipeline.evaluate_json
        return self

    def __exit__(self, *_):
        self.pipeline.close()


class Gui(Door):
    def command(self):
        return [self.build / "bin/gui_answers"]


DOORS = {"cli": Cli, "http": Http, "wasm.node": WasmNode, "wasm.page": WasmPage, "python": Python,
         "ctypes": Ctypes, "gui": Gui}
