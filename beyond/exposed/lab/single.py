"""Attacks by one client, one request each: what comes back, what the service does about it, what the others notice."""

import base64
import concurrent.futures
import gzip
import re
import sys
import time

from lab import Lab
from wire import (BODY, CHUNKED, CHUNKS, GOOD, HOST, JSON, LENGTH, Honest, Kept, chunked, connect, length, post, raw, read_all,
                  smuggled)

# A request that hides in what is sent; its path is the attack's own, so that the service's story tells whose was done.
HIDDEN = b"<hidden>"
BOMB = gzip.compress(b" " * 60_000_000)[:65000]
# 300 MB of zeros, as brotli -q 5 -w 24 writes them.
BROTLI = base64.b64decode(open(__file__[:-len("single.py")] + "zeros.br.base64").read())
SIZED = b"<length>"  # of what is hidden
ENDLESS = 20_000_000  # more need not be taken to see that it is
REFUSE, ANSWER, EITHER = "refuse", "answer", "either"  # what a good server does

# name, what is right, the parts to send, with a pause between them; ("endless", first, again and again), ("half", all, then no more)
ATTACKS = [
    # Sizes
    ("a head of 1 MB in one line", REFUSE, [raw(b"GET /health", HOST + b"X: " + b"a" * 1_000_000 + b"\r\n")]),
    ("1,000 header lines", REFUSE, [raw(b"GET /health", HOST + b"".join(b"X-%d: y\r\n" % i for i in range(1000)))]),
    ("a line of 9,000 bytes, then a hidden request", REFUSE, [post(b"X: " + b"a" * 9000 + b"\r\n" + SIZED), HIDDEN]),
    ("a target of 9,000 bytes, then a hidden request", REFUSE, [post(SIZED, line=b"POST /process?" + b"a" * 9000), HIDDEN]),
    ("a header line without end", REFUSE, ("endless", b"POST /process HTTP/1.1\r\nX: ", b"a" * 65536)),
    ("header lines without end", REFUSE, ("endless", b"POST /process HTTP/1.1\r\n", b"X: a\r\n" * 10000)),
    ("a body of 1 MB with its length", REFUSE, [post(b"Content-Length: 1000000\r\n", b" " * 1_000_000)]),
    ("a body of 1 MB in chunks", REFUSE, [post(CHUNKED, chunked(b" " * 1_000_000))]),
    ("a body without end, with a length", REFUSE, ("endless", post(b"Content-Length: 9999999999\r\n"), b" " * 65536)),
    ("a body without end, in chunks", REFUSE, ("endless", post(CHUNKED), b"10000\r\n" + b" " * 65536 + b"\r\n")),
    ("60 MB packed by gzip", REFUSE, [post(b"Content-Encoding: gzip\r\n" + length(BOMB), BOMB)]),
    ("300 MB packed by brotli into 228 bytes", REFUSE, [post(b"Content-Encoding: br\r\n" + length(BROTLI), BROTLI)]),
    ("a form of 5,000 parts", REFUSE, [raw(b"POST /process", HOST + b"Content-Type: multipart/form-data; boundary=b\r\n"
                                           + length(b"--b\r\n\r\n\r\n" * 5000), b"--b\r\n\r\n\r\n" * 5000)]),
    ("no body and no length", REFUSE, [post(b"")]),
    ("a body cut short", REFUSE, [post(LENGTH, BODY[:5])]),
    # Lengths
    ("two lengths, the same", EITHER, [post(LENGTH + LENGTH, BODY)]),
    ("two lengths, different", REFUSE, [post(LENGTH + b"Content-Length: 13\r\n", BODY + HIDDEN)]),
    ("length -1", REFUSE, [post(b"Content-Length: -1\r\n", BODY)]),
    ("length +12", REFUSE, [post(b"Content-Length: +12\r\n", BODY)]),
    ("length 0x0c", REFUSE, [post(b"Content-Length: 0x0c\r\n", BODY)]),
    ("length 12junk", REFUSE, [post(b"Content-Length: 12junk\r\n", BODY)]),
    ("length 12, 13", REFUSE, [post(b"Content-Length: 12, 13\r\n", BODY)]),
    ("an empty length", REFUSE, [post(b"Content-Length: \r\n", BODY + HIDDEN)]),
    ("length 2^64 + 12", REFUSE, [post(b"Content-Length: 18446744073709551628\r\n", BODY)]),
    ("a space before the colon of the length", REFUSE, [post(b"Content-Length : 12\r\n", BODY)]),
    ("a folded length", REFUSE, [post(b"X: a\r\n " + LENGTH, BODY)]),
    # Chunks, and what hides behind them
    ("length beside chunks (CL.TE)", REFUSE, [post(SIZED + CHUNKED, b"0\r\n\r\n" + HIDDEN)]),
    ("chunks beside length (TE.CL)", REFUSE, [post(CHUNKED + b"Content-Length: 4\r\n", b"5d\r\n" + HIDDEN + b"\r\n0\r\n\r\n")]),
    ("Transfer-Encoding: xchunked, and a length", REFUSE, [post(b"Transfer-Encoding: xchunked\r\nContent-Length: 12\r\n", BODY + HIDDEN)]),
    ("Transfer-Encoding: \\vchunked, and a length", REFUSE, [post(b"Transfer-Encoding: \x0bchunked\r\n" + SIZED, b"0\r\n\r\n" + HIDDEN)]),
    ("Transfer-Encoding twice", REFUSE, [post(CHUNKED + CHUNKED, CHUNKS)]),
    ("Transfer-Encoding: chunked, identity", REFUSE, [post(b"Transfer-Encoding: chunked, identity\r\n", CHUNKS)]),
    ("Transfer-Encoding: gzip", REFUSE, [post(b"Transfer-Encoding: gzip\r\n", CHUNKS)]),
    ("Transfer-Encoding : chunked", REFUSE, [post(b"Transfer-Encoding : chunked\r\n", CHUNKS)]),
    ("chunks in HTTP/1.0", EITHER, [b"POST /process HTTP/1.0\r\n" + HOST + JSON + CHUNKED + b"\r\n" + CHUNKS]),
    ("chunk size +c", REFUSE, [post(CHUNKED, b"+c\r\n" + BODY + b"\r\n0\r\n\r\n")]),
    ("chunk size 0xc", REFUSE, [post(CHUNKED, b"0xc\r\n" + BODY + b"\r\n0\r\n\r\n")]),
    ("chunk size cjunk", REFUSE, [post(CHUNKED, b"cjunk\r\n" + BODY + b"\r\n0\r\n\r\n")]),
    ("chunk size -1", REFUSE, [post(CHUNKED, b"-1\r\n" + BODY + b"\r\n0\r\n\r\n")]),
    ("chunk size 2^68", REFUSE, [post(CHUNKED, b"fffffffffffffffff\r\n" + BODY)]),
    ("a chunk without its end", REFUSE, [post(CHUNKED, b"c\r\n" + BODY + b"0\r\n\r\n")]),
    ("a chunk longer than it says", REFUSE, [post(CHUNKED, b"c\r\n" + BODY + b"XX\r\n0\r\n\r\n" + HIDDEN)]),
    ("a trailer, then a hidden request", EITHER, [post(CHUNKED, b"c\r\n" + BODY + b"\r\n0\r\nT: 7\r\n"), b"\r\n"]),
    # Lines
    ("bare LF as ends of lines", EITHER, [GOOD.replace(b"\r\n", b"\n")]),
    ("a bare LF that hides a header", REFUSE, [post(b"X: a\nTransfer-Encoding: chunked\r\n" + LENGTH, BODY)]),
    ("a bare CR that hides a header", REFUSE, [post(b"X: a\rTransfer-Encoding: chunked\r\n" + LENGTH, BODY)]),
    ("a folded line that hides a header", EITHER, [post(b"X: a\r\n  Transfer-Encoding: chunked\r\n" + LENGTH, BODY)]),
    ("a NUL in a value", EITHER, [post(b"X: a\0b\r\n" + LENGTH, BODY)]),
    ("a NUL in a name", REFUSE, [post(b"X\0Y: b\r\n" + LENGTH, BODY)]),
    ("a line without a colon", REFUSE, [post(b"junk\r\n" + LENGTH, BODY)]),
    ("no HTTP at all", REFUSE, [b"This is no HTTP.\r\n\r\n"]),
    # Bodies where nobody reads them
    ("GET with a body that is a request", EITHER, [raw(b"GET /health", HOST + SIZED), HIDDEN]),
    ("GET with chunks that are a request", EITHER, [raw(b"GET /health", HOST + CHUNKED, b"5d\r\n"), HIDDEN, b"\r\n0\r\n\r\n"]),
    ("HEAD with a body that is a request", EITHER, [raw(b"HEAD /health", HOST + SIZED), HIDDEN]),
    ("DELETE with chunks that are a request", REFUSE, [raw(b"DELETE /process", HOST + CHUNKED, b"5d\r\n"), HIDDEN, b"\r\n0\r\n\r\n"]),
    ("Range: junk, and a body that is a request", REFUSE, [post(b"Range: junk\r\n" + SIZED), HIDDEN]),
    ("2,000 ranges", EITHER, [raw(b"GET /health", HOST + b"Range: bytes=" + b",".join([b"0-"] * 2000) + b"\r\n")]),
    ("Expect: 100-continue", EITHER, [post(b"Expect: 100-continue\r\n" + LENGTH), BODY]),
    ("Expect: junk", EITHER, [post(b"Expect: junk\r\n" + LENGTH, BODY)]),
    # Methods, targets, hosts
    ("method DANCE", REFUSE, [raw(b"DANCE /process", HOST)]),
    ("method post", REFUSE, [post(LENGTH, BODY, line=b"post /process")]),
    ("TRACE", REFUSE, [raw(b"TRACE /health", HOST)]),
    ("CONNECT", REFUSE, [raw(b"CONNECT localhost:22", b"Host: localhost:22\r\n")]),
    ("PRI *", REFUSE, [raw(b"PRI *", HOST)]),
    ("a path that is not allowed", REFUSE, [raw(b"POST /smuggled", HOST + JSON + LENGTH, BODY)]),
    ("an absolute target", EITHER, [post(LENGTH, BODY, line=b"POST http://localhost/process")]),
    ("an absolute target with a foreign host", REFUSE, [post(LENGTH, BODY, line=b"POST http://evil.example/process")]),
    ("no Host", REFUSE, [raw(b"POST /process", JSON + LENGTH, BODY)]),
    ("two Hosts", REFUSE, [post(b"Host: evil.example\r\n" + LENGTH, BODY)]),
    ("Host: a b", REFUSE, [raw(b"POST /process", b"Host: a b\r\n" + JSON + LENGTH, BODY)]),
    ("a foreign Host (a rebound page)", REFUSE, [raw(b"POST /process", b"Host: evil.example\r\n" + JSON + LENGTH, BODY)]),
    ("a foreign Origin (a page)", REFUSE, [post(b"Origin: http://evil.example\r\n" + LENGTH, BODY)]),
    ("text/plain, as a page's form sends it", REFUSE, [raw(b"POST /process", HOST + b"Content-Type: text/plain\r\n" + LENGTH, BODY)]),
    ("a forged X-Forwarded-For", EITHER, [post(b"X-Forwarded-For: 127.0.0.1\r\n" + LENGTH, BODY)]),
    ("Connection: Content-Length", EITHER, [post(b"Connection: close, Content-Length\r\n" + LENGTH, BODY)]),
    ("the path /%70rocess", EITHER, [post(LENGTH, BODY, line=b"POST /%70rocess")]),
    ("the path /process%00", REFUSE, [post(LENGTH, BODY, line=b"POST /process%00")]),
    ("the path /health/../process", EITHER, [post(LENGTH, BODY, line=b"POST /health/../process")]),
    ("a path that forges a line of the log", REFUSE, [raw(b"GET /a%0d%0aforged%1b[31m", HOST)]),
    # Versions and other protocols
    ("HTTP/1.0", EITHER, [b"POST /process HTTP/1.0\r\n" + HOST + JSON + LENGTH + b"\r\n" + BODY]),
    ("HTTP/0.9", REFUSE, [b"GET /health\r\n"]),
    ("HTTP/2.0 in the line", EITHER, [b"GET /health HTTP/2.0\r\n" + HOST + b"\r\n"]),
    ("TLS to the plain port", REFUSE, [bytes.fromhex("16030100c8010000c40303") + bytes(range(190))]),
    ("the preface of HTTP/2", REFUSE, [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"]),
    ("an upgrade to a WebSocket", EITHER, [raw(b"GET /health", HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
                                              b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n")]),
    ("an upgrade to HTTP/2", EITHER, [raw(b"GET /health", HOST + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                         b"HTTP2-Settings: AAMAAABkAAQAAP__\r\n")]),
    ("ten requests before the first answer", ANSWER, [GOOD * 10]),
    ("no more bytes after the request", EITHER, ("half", GOOD)),
    ("no more bytes within the request", REFUSE, ("half", GOOD[:-5])),
    # JSON
    ("JSON 700 deep", REFUSE, [post(length(b'{"input":' * 700), b'{"input":' * 700)]),
    ("the number 2^64 - 1", REFUSE, [post(length(b'{"input":18446744073709551615}'), b'{"input":18446744073709551615}')]),
    ("1e400 and bad UTF-8", REFUSE, [post(length(b'{"input":1e400,"a":"\xff"}'), b'{"input":1e400,"a":"\xff"}')]),
]


def fill_in(parts, hidden):
    return [part.replace(SIZED, length(hidden)).replace(HIDDEN, hidden) for part in parts]


def play(port, parts):
    """All that comes back, how it ends, and how many bytes of an endless request were taken."""
    sent = 0
    try:
        with connect(port, timeout=1.5) as connection:
            try:
                if parts[0] == "endless":
                    end = time.monotonic() + 2
                    connection.sendall(parts[1])
                    while sent < ENDLESS and time.monotonic() < end:
                        connection.sendall(parts[2])
                        sent += len(parts[2])
                elif parts[0] == "half":
                    connection.sendall(parts[1])
                    connection.shutdown(1)
                else:
                    for number, part in enumerate(parts):
                        time.sleep(0.2 * (number > 0))
                        connection.sendall(part)
            except OSError:
                pass  # refused before it was sent
            return (*read_all(connection, 1.5), sent)
    except OSError:
        return b"", "no connection", sent


def try_one(lab, number):
    name, right, parts = ATTACKS[number]
    path = b"hidden-%03d" % number
    sent = parts if isinstance(parts, tuple) else fill_in(parts, smuggled(path))
    got, end, taken = play(lab.port, sent)
    statuses = [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", got)]
    return {"attack": name, "right": right, "statuses": statuses, "end": end, "taken": taken,
            "other protocol": got.startswith(b"\0\0"),
            "hidden": path.decode()}


def verdict(system, one):
    """What harm was done, in a few words; empty: none."""
    answered = 200 in one["statuses"]
    if one["hidden"] and system != "alone":  # where there is no proxy to get past
        return "**a request gets past the proxy**"
    if one["taken"] >= ENDLESS and not one["statuses"]:
        return "**taken without end**"
    if one["other protocol"]:
        return "**another protocol answers**"
    if one["right"] == REFUSE and answered:
        return "**taken for a good request**"
    if one["right"] == ANSWER and not answered:
        return "**not answered**"
    if system == "alone" and one["end"] == "open":
        return "**holds a thread**"
    return ""


def play_all(build, system, chosen=""):
    """What each does to the system, and to those that ask meanwhile."""
    numbers = [number for number, attack in enumerate(ATTACKS) if re.search(chosen, attack[0])]
    with Lab(build, system, story=True) as lab:
        kept, honest = [Kept(lab.port) for _ in range(2)], Honest(lab.port)
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            found = list(pool.map(lambda number: try_one(lab, number), numbers))
        time.sleep(0.3)
        story = lab.log("service1")
        for one in found:
            one["hidden"] = f"POST /{one['hidden']} " in story
            one["harm"] = verdict(system, one)
        honest.end()
        others = {"answered": honest.answered, "failed": honest.failures, "slowest": honest.slowest,
                  "kept": sum(one.end().right for one in kept), "wrong": sum((one.wrong for one in kept), [])}
        return {"attacks": found, "others": others, "lives": lab.lives(), "memory": lab.lives() and lab.memory()}


if __name__ == "__main__":
    for system in sys.argv[2].split(","):
        played = play_all(sys.argv[1], system, sys.argv[3] if len(sys.argv) > 3 else "")
        for one in played.pop("attacks"):
            print(f"{system:12} {one['attack']:46.46} {one['right']:7} {str(one['statuses'])[:26]:26} {one['end']:8} "
                  f"{one['taken'] >> 20:4} MB {one['harm']}")
        print(system, played)
