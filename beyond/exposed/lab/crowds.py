"""Attacks by many clients at once: what becomes of an honest one, who asks 20 times a second and waits a second each time."""

import re
import socket
import subprocess
import sys
import threading
import time

from lab import Lab, await_true
from wire import GOOD, Honest, post

HEAD = b"POST /process HTTP/1.1\r\nHo"
BODY = post(b"Content-Length: 8000\r\n", b"{")
LARGE_BODY = post(b"Content-Length: 30000\r\n", b"{" * 20000)
HELLO = bytes.fromhex("16030100c8010000c40303") + b"x" * 20  # half of what begins TLS


def source(number):
    """An address of the loopback for each stranger."""
    return f"127.{1 + number // 60000}.{1 + number // 250 % 240}.{1 + number % 250}"


class Crowd:
    """Connections that were opened without waiting for each other."""

    def __init__(self, port, count, text=b"", address=source, buffer=None):
        self.connections = []
        for number in range(count):
            connection = socket.socket()
            connection.setblocking(False)
            connection.bind((address(number), 0))
            if buffer:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            connection.connect_ex(("127.0.0.1", port))
            self.connections.append(connection)
            if number % 100 == 99:
                time.sleep(0.01)
        time.sleep(0.2)
        self.say(text)

    def say(self, text):
        for connection in self.connections:
            try:
                connection.send(text)
            except OSError:
                pass

    def close(self):
        for connection in self.connections:
            connection.close()


def opened(count, text=b"", more=b"", door="prices"):
    """They open connections, say this, and go on with a byte a second, or with nothing."""
    def attack(lab, ending):
        port = lab.port if door == "prices" else lab.ports[door]
        crowd = Crowd(port, count, text)
        yield
        while not ending.wait(1):
            crowd.say(more)
        crowd.close()
    return attack


def deaf(lab, ending):
    """They ask for as much as they can, and read nothing."""
    crowd = Crowd(lab.port, 300, buffer=4096)
    for _ in range(20):
        crowd.say(GOOD * 50)
    yield
    while not ending.wait(1):
        crowd.say(GOOD * 50)
    crowd.close()


def each_again(count, act):
    """So many threads, each of which does it again and again."""
    def attack(lab, ending):
        def go_on(number):
            while not ending.is_set():
                try:
                    with socket.socket() as connection:
                        connection.settimeout(1)
                        connection.bind((source(number), 0))
                        connection.connect(("127.0.0.1", lab.port))
                        act(connection, ending)
                except OSError:
                    pass
                ending.wait(0.01)
        threads = [threading.Thread(target=go_on, args=(number,), daemon=True) for number in range(count)]
        for thread in threads:
            thread.start()
        yield
        ending.wait()
        for thread in threads:
            thread.join()
    return attack


def lines_without_end(connection, ending):
    connection.sendall(b"POST /process HTTP/1.1\r\n")
    while not ending.is_set():
        connection.sendall(b"X: a\r\n" * 5000)


def half_a_head(connection, _):
    connection.send(GOOD[:30])


def no_length(connection, ending):
    connection.send(post(b""))
    connection.settimeout(4)
    connection.recv(100)
    ending.wait(0.3)


def busy(lab, ending):
    """600 that say a lot: whole, right requests, without a pause."""
    script = lab.folder / "post.lua"
    script.write_text('wrk.method = "POST"; wrk.body = \'{"input":42}\'; wrk.headers["Content-Type"] = "application/json"\n')
    with subprocess.Popen(["wrk", "-t", "1", "-c", "600", "-d", "60s", "-s", script, f"http://127.0.0.1:{lab.port}/process"],
                          stdout=subprocess.DEVNULL) as wrk:
        yield
        ending.wait()
        wrk.kill()


ATTACKS = [  # name, attack; whether it takes a processor, so that it is tried alone
    ("nothing", opened(0), False),
    ("300 slow heads", opened(300, HEAD, b"x"), False),
    ("600 slow bodies", opened(600, BODY, b" "), False),
    ("600 slow bodies of 30 KB", opened(600, LARGE_BODY, b" "), False),
    ("600 that say nothing", opened(600), False),
    ("600 half handshakes of TLS", opened(600, HELLO), False),
    ("600 that ask once and stay", opened(600, GOOD), False),
    ("5,000 slow heads from 5,000 addresses", opened(5000, HEAD, b"x"), True),
    ("400 without a body and a length", each_again(400, no_length), True),
    ("300 that read no answers", deaf, True),
    ("10 with header lines without end", each_again(10, lines_without_end), True),
    ("20 that open, say half a head, close", each_again(20, half_a_head), True),
    ("600 that ask without a pause", busy, True),
]
NAMES = [name for name, _, _ in ATTACKS]
IN_SHORT = {"nothing", "300 slow heads", "300 that read no answers", "600 that ask without a pause"}


def attacked(build, system, name, seconds=4, edit=()):
    """What became of the honest one, and of the service."""
    attack = next(attack for of, attack, _ in ATTACKS if of == name)
    with Lab(build, system, edit=edit) as lab:
        ending = threading.Event()
        begun = threading.Event()

        def go_on():
            for _ in attack(lab, ending):
                begun.set()
        thread = threading.Thread(target=go_on, daemon=True)
        thread.start()
        if not begun.wait(60):
            raise RuntimeError(f"{name} does not begin")
        time.sleep(0.3)
        honest = Honest(lab.port)
        time.sleep(seconds)
        honest.end()
        ending.set()
        thread.join()
        found = {"attack": name, "answered": honest.answered, "failed": honest.failures, "slowest": round(honest.slowest, 3),
                 "memory": lab.lives() and lab.memory(), "lives": lab.lives()}
        begin = time.monotonic()  # and when it is over?
        again = Honest(lab.port)
        try:
            await_true(lambda: again.answered > 0, "an answer afterwards")
            found["again after"] = round(time.monotonic() - begin, 1)
        except RuntimeError:
            found["again after"] = None
        again.end()
        found["harm"] = harm(found)
        return found


def harm(found):
    """What the honest one notices, in a few words."""
    asked = found["answered"] + sum(found["failed"].values())
    if not found["lives"]:
        return "**the service ends**"
    if found["answered"] < 0.95 * asked:
        return f"**{found['answered']} of {asked} answered**"
    if found["memory"] > 300:
        return f"**{found['memory']} MB of memory**"
    return ""


if __name__ == "__main__":
    for name in NAMES:
        if len(sys.argv) < 4 or re.search(sys.argv[3], name):
            for system in sys.argv[2].split(","):
                print(f"{system:12} {attacked(sys.argv[1], system, name)}", flush=True)
