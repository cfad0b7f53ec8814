#!/usr/bin/env python3
"""What the HTTP door does besides: statuses, problems, limits, its end."""

import http.client
import json
import sys
import threading
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from doors import Http  # noqa: E402

BUILD = Path(sys.argv.pop(1))
JSON = {"Content-Type": "application/json"}.items()


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
        self.problem(405, "DELETE", "/value/42")
        self.problem(405, "GET", "/value")
        self.problem(415, "POST", "/value", '{"input":42}')

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

    def test_ends_soon_with_a_connection_open(self):
        self.door.answer(42)
        began = time.monotonic()
        self.door.server.terminate()
        self.assertEqual(self.door.server.wait(10), 0)
        self.assertLess(time.monotonic() - began, 5)


unittest.main()
