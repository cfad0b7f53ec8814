#!/usr/bin/env python3
"""What the function does besides: a refused value is a result, and what is no value an error."""

import json
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from doors import Function  # noqa: E402

BUILD = Path(sys.argv.pop(1))


class FunctionTest(unittest.TestCase):
    def setUp(self):
        self.door = Function(BUILD)
        self.door.__enter__()
        self.addCleanup(self.door.__exit__)

    def test_a_refused_value_is_a_result(self):
        kind, body = self.door.peer.invoke('{"input":5000}')
        self.assertEqual(kind, "response")
        self.assertIn("four-digit", json.loads(body)["error"])

    def test_what_is_no_value_is_an_error_and_the_next_is_answered(self):
        for wrong in ("", "[]", "null", '{"input":"42"}', '{"input":2.9}', '{"input":3000000000}', "[" * 10000):
            kind, body = self.door.peer.invoke(wrong)
            self.assertEqual((kind, json.loads(body)["errorType"]), ("error", "InvalidInput"))
        self.assertEqual(self.door.peer.invoke('{"input":42}')[0], "response")


unittest.main()
