#!/usr/bin/env python3
"""Shows that `update_text` notices what it should: small texts with a fault each, and what it says of them."""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAIN = "step00_monofile/main.cpp"


def update_text(text, *options):
    """What it says of a text, and what becomes of the text."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        file = Path(folder) / "text.md"
        file.write_text(text, encoding="utf-8")
        found = subprocess.run([ROOT / "docs/tools/update_text", *options, file], capture_output=True, text=True,
                               check=False)
        return found.stderr, file.read_text(encoding="utf-8")


def run_block(lines, head="<!-- run: -->"):
    return f"{head}\n```console\n{lines}\n```\n<!-- end -->\n"


class Check(unittest.TestCase):
    def assert_fine(self, text):
        self.assertEqual(update_text(text, "--check"), ("", text))

    def assert_wrong(self, reason, text):
        said, after = update_text(text, "--check")
        self.assertIn(reason, said)
        self.assertEqual(after, text)

    def test_what_is_filled_in_is_fine_and_what_was_changed_is_stale(self):
        for text in (f"<!-- code: {MAIN} doubled -->\n<!-- end -->\n",
                     "<!-- changes: 07 08\n★ app/nats_client.*: a star\n*: something\n-->\n<!-- end -->\n",
                     run_block("$ echo one; echo two >&2\n$ echo three")):
            self.assert_wrong("is stale", text)
            said, filled = update_text(text)
            self.assertEqual(said, "")
            self.assert_fine(filled)
            self.assert_wrong("is stale", filled.replace("\ntwo", "\n2").replace("twice", "2x").replace("| +", "| +9"))

    def test_code(self):
        self.assert_wrong("no region 'nothing'", f"<!-- code: {MAIN} nothing -->\n<!-- end -->\n")
        self.assert_wrong("no file", "<!-- code: nothing.cpp -->\n<!-- end -->\n")
        filled = update_text("<!-- code: step03_interfaces/app/pipeline.cpp -->\n<!-- end -->\n")[1]
        self.assertNotIn("tag::", filled)

    def test_faults(self):
        self.assert_wrong("'otherwise' is not `changed`", "<!-- faults: 04 otherwise -->\n<!-- end -->\n")
        all_faults, changed = (update_text(f"<!-- faults: {args} -->\n<!-- end -->\n")[1] for args in ("04", "04 changed"))
        self.assertIn("| does not start |", changed)
        self.assertIn("| hangs for ever | hangs for ever |", all_faults)
        self.assertNotIn("| hangs for ever | hangs for ever |", changed)

    def test_markdown(self):
        table = "<!-- markdown: beyond/entry_points/measure/table.py -->\n{}<!-- end -->\n"
        self.assert_wrong("is stale", table.format(""))
        said, filled = update_text(table.format(""))
        self.assertEqual(said, "")
        self.assert_fine(filled)
        self.assert_wrong("is stale", filled.replace(" ms |", " s |", 1))
        self.assert_wrong("no such program", "<!-- markdown: nothing -->\n<!-- end -->\n")
        self.assert_wrong("check_prose [spelling]", "<!-- markdown: docs/tools/check_prose --no -->\n<!-- end -->\n")

    def test_figures_in_sentences(self):
        sentence = "It takes <!-- figure: call 05 -->{}<!-- end -->, or <!-- figure: times 06 05 -->{}<!-- end -->.\n"
        self.assert_wrong("is stale", sentence.format("", ""))
        said, filled = update_text(sentence.format("", ""))
        self.assertEqual(said, "")
        self.assert_fine(filled)
        self.assertRegex(filled, r">[\d.]+ ns<.*>[\d,]+ times<")
        self.assert_wrong("is stale", filled.replace(" ns<", " us<"))
        self.assert_wrong("no step in", "<!-- figure: call 99 --><!-- end -->\n")
        self.assert_wrong("no such figure", "<!-- figure: speed 05 --><!-- end -->\n")
        self.assert_wrong("has no steps.0.speed", "<!-- figure: docs/data/cost.json steps.0.speed --><!-- end -->\n")

    def test_exit_status(self):
        self.assert_fine(run_block("$ (exit 3)", "<!-- run: exit 3 -->"))
        self.assert_wrong("exit status 3", run_block("$ (exit 3)"))
        self.assert_wrong("exit status 0", run_block("$ true", "<!-- run: exit 3 -->"))
        self.assert_wrong("exit status 3", run_block("$ (exit 3)\n$ true"))
        self.assert_wrong("the shell itself ended", run_block("$ exit 0\n$ true"))

    def test_dots_stand_for_a_part_of_a_line_or_for_lines(self):
        self.assert_fine(run_block("$ seq 8; echo a long line\n1\n...\n8\na ... line"))
        self.assert_wrong("is stale", run_block("$ seq 8\n1\n...\n9"))
        self.assert_wrong("is stale", run_block("$ echo a long story\na ... line"))

    def test_what_differs_from_run_to_run_is_not_compared(self):
        self.assert_fine(run_block('$ echo "pid $$, 1.$((RANDOM)) ms, in $PWD/x"\npid 4001, 1.5 ms, in .../x'))
        self.assert_wrong("is stale", run_block("$ echo pid 1, 50 ms\npid 4001, 60 ms"))
        self.assert_wrong("is stale", run_block("$ echo 127.0.0.1:4222\n127.0.0.1:3001"))  # was chosen

    def test_any_order(self):
        any_order = "<!-- run: any order -->"
        self.assert_fine(run_block("$ echo a; echo b\nb\na", any_order))
        self.assert_wrong("is stale", run_block("$ echo a; echo b\nb\na"))
        self.assert_wrong("is stale", run_block("$ echo a; echo b\nb\nb", any_order))
        self.assert_wrong("is stale", run_block("$ echo a; echo b; echo c\nb\na", any_order))

    def test_a_long_table_of_changes_is_folded_and_names_what_to_open_first(self):
        changes = "<!-- changes: 07 08\n{}*: x\n-->\n<!-- end -->\n".format
        self.assert_wrong("0 files to open first", changes(""))
        self.assert_wrong("files to open first; a long table has one to five", changes("★ */*: x\n"))
        filled = update_text(changes("★ app/main.cpp: the wiring\n"))[1]
        first, rest = filled.split("<details>")
        self.assertEqual(first.count("the wiring |"), 1)
        self.assertIn("the wiring |", rest)
        self.assertNotIn("CMakeLists.txt", first)

    def test_an_experiment_asks_before_it_shows(self):
        text = update_text("<!-- experiment: 06-crash -->\n<!-- end -->\n")[1]
        shown, folded = text.split("<details>")
        self.assertIn("*Predict first.* ", shown)
        self.assertNotIn("exit status 134", shown)
        self.assertIn("exit status 134", folded)

    def test_a_quiz_has_three_to_five_questions_each_with_one_right_answer(self):
        self.assert_wrong("no docs/data/quiz/99", "<!-- quiz: 99 -->\n<!-- end -->\n")
        text = update_text("<!-- quiz: 04 -->\n<!-- end -->\n")[1]
        self.assertIn(text.count("**Yes.**"), (3, 4, 5))
        self.assertEqual(text.count("**Yes.**"), len(re.findall(r"^\*\*\d\.\*\* ", text, re.MULTILINE)))
        self.assertGreaterEqual(text.count("**No.**"), text.count("**Yes.**"))

    def test_what_is_folded_ends(self):
        self.assert_fine("<details><summary>x</summary>\n\ny\n\n</details>\n")
        self.assert_wrong("a <details> without </details>", "<details><summary>x</summary>\n\ny\n")
        self.assert_wrong("<details> within <details>", "<details>\n\n<details>\n\n</details>\n\n</details>\n")

    def test_changes_name_every_file_and_no_other(self):
        self.assert_wrong("no phrase about CMakeLists.txt", "<!-- changes: 07 08\napp/*: x\n-->\n<!-- end -->\n")
        self.assert_wrong("about app/x.cpp, which did not change",
                          "<!-- changes: 07 08\n*: x\napp/x.cpp: x\n-->\n<!-- end -->\n")

    def test_unchecked(self):
        self.assert_wrong("unchecked", "```cpp\nint i;\n```\n")
        self.assert_wrong("unchecked", "```\n$ ls\n```\n")
        self.assert_wrong("unchecked", "    $ ls\n")
        self.assert_fine("```sh\nls\n```\n")

    def test_blocks_have_an_end(self):
        self.assert_wrong("without <!-- end -->", f"<!-- code: {MAIN} doubled -->\n")
        self.assert_wrong("without <!-- end -->", "<!-- ladder -->\n" + run_block("$ true"))
        self.assert_wrong("the end of no block", "<!-- end -->\n")
        self.assert_wrong("no such kind", "<!-- cod: x -->\n<!-- end -->\n")

    def test_links(self):
        self.assert_fine("# One `two` three!\n# Again\n# Again\n[a](#one-two-three) [b](#again-1) [c](text.md#again)\n")
        self.assert_fine("`[a](nowhere)`\n\n```text\n[a](nowhere)\n```\n")
        for target in "nowhere.md", "#nothing", "text.md#nothing":
            self.assert_wrong("leads nowhere: " + target, f"# One\n[a]({target})\n")


sys.exit(unittest.main())
