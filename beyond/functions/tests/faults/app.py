"""The app over functions among faults: started and spoken to; what step 00 makes of the same values."""

import os
import selectors
import socket
import subprocess
import time


class App:
    """Runs the app, and collects what it writes."""

    def __init__(self, program, *options):
        self.process = subprocess.Popen([program, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        self.out, self.err = b"", b""
        self.began = time.monotonic()
        self.selector = selectors.DefaultSelector()
        for stream, name in ((self.process.stdout, "out"), (self.process.stderr, "err")):
            os.set_blocking(stream.fileno(), False)
            self.selector.register(stream, selectors.EVENT_READ, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.selector.close()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def type(self, text):
        try:
            self.process.stdin.write(text.encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended, and will say why

    def end_input(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass

    def listen(self, limit):
        """Takes what it writes for so long, or until there is something. False once it has closed both streams."""
        for key, _ in self.selector.select(limit):
            chunk = os.read(key.fd, 65536)
            setattr(self, key.data, getattr(self, key.data) + chunk)
            if not chunk:
                self.selector.unregister(key.fileobj)
        return bool(self.selector.get_map())

    def wait(self, limit=20):
        """Its exit status, or minus the signal that ended it."""
        deadline = time.monotonic() + limit
        while self.listen(max(0, deadline - time.monotonic())):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the app goes on: {self.err.decode()}")
        return self.process.wait(max(0.1, deadline - time.monotonic()))


def reference(program, text):
    """What step 00 prints for these lines, and its exit status."""
    done = subprocess.run([program, "-q", "-"], input=text.encode(), capture_output=True, timeout=20, check=False)
    return done.stdout, done.returncode


def whole_blocks(out):
    return not out or out.endswith((b"---\n", b"\n\n"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
