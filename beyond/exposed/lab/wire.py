"""Requests as bytes, and clients that send them: strangers, and honest ones, who notice whatever is done to them."""

import asyncio
import json
import random
import re
import socket
import threading
import time

from lab import HONEST, STRANGER

BODY = b'{"input":42}'
HOST = b"Host: localhost\r\n"
JSON = b"Content-Type: application/json\r\n"
LENGTH = b"Content-Length: 12\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"c\r\n" + BODY + b"\r\n0\r\n\r\n"


def raw(line, headers, body=b""):
    return line + b" HTTP/1.1\r\n" + headers + b"\r\n" + body


def post(headers, body=b"", line=b"POST /process"):
    return raw(line, HOST + JSON + headers, body)


def length(body):
    return b"Content-Length: %d\r\n" % len(body)


def chunked(data, size=4096):
    parts = (data[at:at + size] for at in range(0, len(data), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def smuggled(path=b"smuggled"):
    """A request of the stranger's that is hidden in another one's body: no proxy has seen it."""
    return raw(b"POST /" + path, HOST + JSON + LENGTH, BODY)


GOOD = post(LENGTH, BODY)


def connect(port, source=STRANGER, timeout=5):
    connection = socket.socket()
    connection.settimeout(timeout)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    connection.bind((source, 0))
    connection.connect(("127.0.0.1", port))
    return connection


def read_all(connection, silence):
    """What comes until the other side ends, or says nothing for so long; and how that ended."""
    got = b""
    connection.settimeout(silence)
    try:
        while data := connection.recv(65536):
            got += data
        return got, "closed"
    except TimeoutError:
        return got, "open"
    except OSError:
        return got, "reset"


async def call(port, value, connection=None, keep=True, ssl=None, other=(b"/process", b"", b"")):
    """Asks to process it, or for something else: a path, a body, a part of the answer. The status, whether the answer is right, and the connection if it goes on."""
    reader, writer = connection or await asyncio.open_connection(
        "127.0.0.1", port, local_addr=(HONEST, 0), ssl=ssl, server_hostname="shop.example" if ssl else None)
    try:
        path, body, wanted = other
        body = body or b'{"input":%d}' % value
        writer.write(post((b"" if keep else b"Connection: close\r\n") + length(body), body, b"POST " + path))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        body = await reader.readexactly(int(re.search(rb"content-length: *(\d+)", head)[1]))
        status = int(head.split()[1])
        right = status == 200 and (wanted in body if wanted else json.loads(body).get("value") == 2 * value)
        if keep and b"\r\nconnection: close" not in head:
            return status, right, (reader, writer)
        writer.close()
        return status, right, None
    except BaseException:
        writer.close()
        raise


class Honest:
    """Asks 20 times a second, on a connection of its own each time, and waits a second for each answer."""

    def __init__(self, port, rate=20, patience=1.0, path=b"/process", body=b"", wanted=b""):
        self.port, self.pause, self.patience, self.other = port, 1 / rate, patience, (path, body, wanted)
        self.answered, self.failures, self.slowest, self.ending = 0, {}, 0.0, False
        self.thread = threading.Thread(target=lambda: asyncio.run(self.run()), daemon=True)
        self.thread.start()

    async def ask(self):
        begin = time.monotonic()
        try:
            status, right, _ = await asyncio.wait_for(call(self.port, random.randrange(1, 10**9), keep=False, other=self.other), self.patience)
            what = "" if right else "another's answer" if status == 200 else f"status {status}"
        except (TimeoutError, asyncio.TimeoutError):
            what = "late"
        except (OSError, asyncio.IncompleteReadError, TypeError, ValueError):
            what = "no answer"
        self.slowest = max(self.slowest, time.monotonic() - begin)
        if what:
            self.failures[what] = self.failures.get(what, 0) + 1
        else:
            self.answered += 1

    async def run(self):
        asked = set()
        due = time.monotonic()
        while not self.ending:
            asked.add(asyncio.create_task(self.ask()))
            due += self.pause
            await asyncio.sleep(max(0, due - time.monotonic()))
        await asyncio.gather(*asked)

    def end(self):
        self.ending = True
        self.thread.join()
        return self

    @property
    def failed(self):
        return sum(self.failures.values())


class Kept:
    """Asks 50 times a second on a connection that it keeps, as an app does, and looks at each answer: is it mine?"""

    def __init__(self, port):
        self.port, self.right, self.wrong, self.failed, self.ending = port, 0, [], 0, False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        connection = None
        while not self.ending:
            value, reused = random.randrange(1, 10**9), connection is not None
            try:
                connection = connection or connect(self.port, HONEST, 2)
                body = b'{"input":%d}' % value
                connection.sendall(post(length(body), body))
                status, answer, goes_on = self.receive(connection)
                if status == 200 and json.loads(answer).get("value") == 2 * value:
                    self.right += 1
                else:
                    self.wrong.append(f"{status} {answer.decode('latin1')}")
                    goes_on = False
            except ValueError:
                self.wrong.append("no JSON, or more than one answer")
                goes_on = False
            except (OSError, AttributeError) as error:
                self.failed += not (reused and isinstance(error, ConnectionError))  # as RFC 9112 allows
                goes_on = False
            if connection and not goes_on:
                connection.close()
                connection = None
            time.sleep(0.02)

    @staticmethod
    def receive(connection):
        got = b""
        while b"\r\n\r\n" not in got:
            data = connection.recv(65536)
            if not data:
                raise ConnectionError
            got += data
        head, _, body = got.partition(b"\r\n\r\n")
        wanted = int(re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)[1])
        while len(body) < wanted:
            data = connection.recv(65536)
            if not data:
                raise ConnectionError
            body += data
        if len(body) > wanted:
            raise ValueError("more than one answer")
        return int(head.split()[1]), body, not re.search(rb"(?i)\r\nconnection: close", head)

    def end(self):
        self.ending = True
        self.thread.join()
        return self
