#!/usr/bin/env python3
"""page_test.py SITE: the page draws each stage, and an error where it arises."""

import re
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from browser import drawn, served  # noqa: E402

SITE = Path(sys.argv.pop(1))


class PageTest(unittest.TestCase):
    def page(self, value):
        with served(SITE) as (address, _):
            return drawn(f"{address}/index.html?value={value}")

    def stages(self, value):
        page = self.page(value)
        return re.findall(r'<li class="(\w+)"><b>(\w+)</b>([^<]*)</li>', page)

    def test_a_value(self):
        self.assertEqual(self.stages(42), [
            ("done", "input", "42"), ("done", "process", "84"), ("done", "validate", "valid"),
            ("done", "transform", "Value-0084"), ("done", "analyze", "Analysis: 84 maps to Value-0084")])

    def test_an_error_where_it_arises(self):
        stages = self.stages(-6000)
        self.assertEqual([stage[0] for stage in stages], ["done", "done", "done", "refused", "missing"])
        self.assertEqual(stages[2][2], "not valid")
        self.assertIn("four-digit", stages[3][2])

    def test_no_value(self):
        page = self.page("x")
        self.assertNotIn("<li ", page)  # and not "<link"
        self.assertIn("'x' is not a decimal integer", page)


unittest.main()
