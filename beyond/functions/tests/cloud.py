"""What the tests of functions share: an emulator that is started and ended, and invocations."""

import http.client
import json
import os
import subprocess
import tempfile


class Emulator:
    """Runs functions, given as NAME=PATH, on a free port, until its end. It must leave nothing in its folder."""

    def __init__(self, program, *functions, options=(), **popen):
        self.folder = tempfile.TemporaryDirectory(prefix="emulator.")
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", *options, *functions],
            stdout=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": self.folder.name}, **popen)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise SystemExit(f"{program} did not start")
        self.address = self.url.removeprefix("http://")
        self.callers = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.process.terminate()
            self.check_end()

    def check_end(self, status=0, limit=20):
        """Waits until it ends by itself, which must be with this status and without anything left."""
        try:
            ended = self.process.wait(limit)  # longer than any function here works
            if ended != status:
                raise SystemExit(f"the emulator ended with {ended}")
            if left := os.listdir(self.folder.name):
                raise SystemExit(f"the emulator left {left}")
        finally:
            self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        for caller in self.callers:
            caller.connection.close()
        self.folder.cleanup()

    def caller(self):
        self.callers.append(Caller(self.address))
        return self.callers[-1]


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def failed(self):
        return "X-Amz-Function-Error" in self.headers

    @property
    def error_type(self):
        return json.loads(self.body)["errorType"] if self.failed else None

    def __str__(self):
        mark = "error " if self.failed else "" if self.status == 200 else f"{self.status} "
        return mark + self.body.decode(errors="replace")


class Caller:
    """Invokes, on one connection."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address, timeout=30)

    def invoke(self, name, event, **headers):
        body = event if isinstance(event, bytes) else event.encode()
        headers = {key.replace("_", "-"): value for key, value in headers.items()}
        self.connection.request("POST", f"/2015-03-31/functions/{name}/invocations", body, headers)
        return Answer(self.connection.getresponse())


def children_of(pid):
    """The processes that a process started and that live."""
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as children:
                found += [int(child) for child in children.read().split()]
        except FileNotFoundError:
            pass
    return found


def descriptors_of(pid):
    """How many it has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))
