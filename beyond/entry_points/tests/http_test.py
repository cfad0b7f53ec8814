#!/usr/bin/env python3
"""What the HTTP door does besides: statuses, problems, limits, its end."""

import contextlib
import http.client
import json
import socket
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from doors import Http  # noqa: E402

BUILD = Path(sys.argv.pop(1))
JSON = {"Content-Type": "application/json"}.items()
THREADS = 32  # as the README has it: one for each connection


def run(*arguments, stdout=subprocess.PIPE):
    """Of a service that should end by itself: exit status, output, errors."""
    done = subprocess.run(Http(BUILD).command(*arguments), stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE,
                          text=True, timeout=10, check=False)
    return done.returncode, done.stdout, done.stderr


class HttpTest(unittest.TestCase):
    def setUp(self):
        self.door = Http(BUILD)
        self.door.__enter__()
        self.addCleanup(self.door.__exit__)

    def problem(self, status, *request):
        found, content_type, body = self.door.ask(*request)
        self.assertEqual((found, content_type), (status, "application/problem+json"), body)
        self.assertEqual(json.loads(body)["status"], status)

    def test_both_ways_to_ask(self):
        outcome = self.door.ask("GET", "/value/42")
        self.assertEqual(outcome[:2], (200, "application/json"))
        self.assertEqual(self.door.ask("POST", "/value", '{"input":42}', JSON), outcome)

    def test_a_refused_value_is_an_answer(self):
        status, content_type, body = self.door.ask("GET", "/value/5000")
        self.assertEqual((status, content_type), (422, "application/json"))
        self.assertIn("four-digit", json.loads(body)["error"])

    def test_what_is_no_value_is_a_problem(self):
        for wrong in ("x", "1.5", "2147483648", "%00", "+1"):
            self.problem(400, "GET", f"/value/{wrong}")
        for wrong in ("", "x", "[]", "{}", '{"input":"42"}', '{"input":2.9}', '{"input":3000000000}', "[" * 1000,
                      '{"input":true}', '{"input":18446744073709551615}', b"\xff"):
            self.problem(400, "POST", "/value", wrong, JSON)

    def test_what_is_no_request_is_a_problem(self):
        self.problem(404, "GET", "/")
        self.problem(415, "POST", "/value", '{"input":42}')
        self.problem(415, "POST", "/value", '{"input":42}', {"Content-Type": "application/jsonp"}.items())

    def test_another_method_is_a_problem_and_allow_says_which(self):
        for method, path, allowed in (("DELETE", "/value/42", "GET"), ("PUT", "/value/42", "GET"),
                                      ("GET", "/value", "POST"), ("DELETE", "/value", "POST")):
            self.problem(405, method, path, "" if method == "PUT" else None)
            self.assertEqual(self.door.header["Allow"], allowed)

    def test_media_types_know_no_case(self):
        for same in ("Application/JSON", "application/json ; charset=utf-8", "application/json;charset=utf-8"):
            self.assertEqual(self.door.ask("POST", "/value", '{"input":42}', {"Content-Type": same}.items())[0], 200, same)

    def test_a_request_without_length_has_no_body_and_is_answered_at_once(self):
        began = time.monotonic()
        with self.connected() as connection:
            connection.sendall(b"POST /value HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n\r\n")
            self.assertIn(b" 411 ", connection.recv(1000).split(b"\r\n")[0])
        self.assertLess(time.monotonic() - began, 3)

    @contextlib.contextmanager
    def connected(self):
        host, port = self.door.address.rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            yield connection

    def test_eight_callers_at_once(self):
        expected = {value: self.door.answer(value) for value in range(4990, 5010)}
        found = []

        def call():
            connection = http.client.HTTPConnection(self.door.address, timeout=5)
            for _ in range(5):
                for value in expected:
                    connection.request("GET", f"/value/{value}")
                    found.append((value, connection.getresponse().read().decode()))
            connection.close()
        callers = [threading.Thread(target=call) for _ in range(8)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
        self.assertEqual(len(found), 800)
        self.assertEqual([value for value, body in found if body != expected[value]], [])

    def test_a_body_too_long_is_a_problem(self):
        self.problem(413, "POST", "/value", " " * 1025, JSON)

    def test_a_request_that_does_not_end_is_given_up(self):
        with self.connected() as connection:
            began = time.monotonic()
            connection.sendall(b"GET /value/42 HTTP/1.1\r\nHo")
            while connection.recv(1000):  # it may be told why
                pass
            self.assertGreater(time.monotonic() - began, 3)
            self.assertLess(time.monotonic() - began, 9)

    def test_an_idle_connection_is_given_up(self):
        with self.connected() as connection:
            connection.sendall(b"GET /value/42 HTTP/1.1\r\nHost: here\r\n\r\n")
            answer = b""
            while not answer.endswith(b"}"):
                answer += connection.recv(10000)
            began = time.monotonic()
            self.assertEqual(connection.recv(1000), b"")
            self.assertLess(time.monotonic() - began, 4)

    def test_so_many_connections_at_once_and_no_more(self):
        with self.kept_busy(THREADS - 1) as held:
            self.assertEqual(self.door.ask("GET", "/value/42", headers={"Connection": "close"}.items())[0], 200)
            with self.kept_busy(1), self.connected() as too_many:
                too_many.sendall(b"GET /value/42 HTTP/1.1\r\nHost: here\r\n\r\n")
                too_many.settimeout(1)
                with self.assertRaises(TimeoutError):
                    too_many.recv(1000)
                held.close()
                too_many.settimeout(20)
                self.assertIn(b" 200 ", too_many.recv(1000))

    @contextlib.contextmanager
    def kept_busy(self, number):
        """Connections, each with a request that goes on and on; until they are closed."""
        ended, connections = threading.Event(), []

        def go_on():
            while not ended.wait(1):
                for connection in connections:
                    connection.sendall(b"x")
        with contextlib.ExitStack() as held:
            for _ in range(number):
                connections.append(held.enter_context(self.connected()))
                connections[-1].sendall(b"GET /value/42 HTTP/1.1\r\nX: ")
            thread = threading.Thread(target=go_on)
            held.callback(thread.join)  # before they are closed
            held.callback(ended.set)
            thread.start()
            yield held

    def test_ipv6(self):
        if not socket.has_ipv6:
            self.skipTest("no IPv6 here")
        with Http(BUILD, "--listen", "[::1]:0") as door:
            self.assertRegex(door.address, r"^\[::1\]:[1-9][0-9]*$")
            self.assertEqual(door.ask("GET", "/value/42")[0], 200)

    def test_a_taken_port_is_an_error_and_not_shared(self):
        status, out, errors = run("--listen", self.door.address)
        self.assertEqual((status, out), (3, ""))
        self.assertRegex(errors, "^value-http: cannot listen on 127.0.0.1:[0-9]+: Address already in use; ")

    def test_an_unknown_host_is_an_error(self):
        status, out, errors = run("--listen", "no.such.host.invalid:0")
        self.assertEqual((status, out), (3, ""))
        self.assertIn("cannot listen on no.such.host.invalid:0: this host is not known; ", errors)

    def test_wrong_usage(self):
        for wrong in (["--listen"], ["--listen", "127.0.0.1"], ["--listen", "::1:0"], ["--listen", "[127.0.0.1]:0"],
                      ["--listen", ":80"], ["--listen", "127.0.0.1:65536"], ["--listen", "[]:0"], ["x"]):
            status, out, errors = run(*wrong)
            self.assertEqual((status, out), (2, ""), wrong)
            self.assertIn("; try 'value-http --help'", errors)

    def test_an_output_that_cannot_be_written_is_an_error(self):
        for arguments in [], ["--help"]:
            with open("/dev/full", "wb") as full:
                status, _, errors = run(*arguments, stdout=full)
            self.assertEqual(status, 3)
            self.assertIn("cannot write", errors)

    def test_ends_soon_with_a_connection_open(self):
        self.door.answer(42)
        began = time.monotonic()
        self.door.server.terminate()
        self.assertEqual(self.door.server.wait(10), 0)
        self.assertLess(time.monotonic() - began, 5)


unittest.main()
