#!/usr/bin/env python3
"""What the command line does besides: its text, its exit statuses, what it makes of bad input."""

import subprocess
import sys
import unittest

VALUE = sys.argv.pop(1)


def run(*arguments, stdin=""):
    done = subprocess.run([VALUE, *arguments], input=stdin, text=True, capture_output=True, timeout=10, check=False)
    return done.returncode, done.stdout, done.stderr


class CliTest(unittest.TestCase):
    def test_text_is_what_the_steps_print(self):
        self.assertEqual(run("42"), (0, """--- Processing Pipeline ---
Input value: 42
Component1 result: ProcessResult { value: 84, processed: true }, Valid: true
Component2 result: TransformResult { original: 84, transformed: "Value-0084" }
Analysis: 84 maps to Value-0084

Execution complete
""", ""))

    def test_a_refused_value_is_an_answer(self):
        status, out, errors = run("--json", "5000", "42")
        self.assertEqual((status, errors), (1, ""))
        self.assertEqual(len(out.splitlines()), 2)

    def test_arguments_are_checked_before_anything_runs(self):
        for wrong in ("x", "1.5", "2147483648", "--no", ""):
            status, out, errors = run("42", wrong)
            self.assertEqual((status, out), (2, ""))
            self.assertIn("try 'value --help'", errors)

    def test_a_bad_line_is_reported_and_skipped(self):
        status, out, errors = run("--json", "-", stdin="1\n\nx\n 2\r\n" + "9" * 5000 + "\n3")
        self.assertEqual((status, len(out.splitlines())), (2, 3))
        self.assertIn("value: line 3: ", errors)
        self.assertIn("value: line 5: ", errors)

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([VALUE, "42"], stdout=full, stderr=subprocess.PIPE, timeout=10, check=False)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"cannot write", done.stderr)


unittest.main()
