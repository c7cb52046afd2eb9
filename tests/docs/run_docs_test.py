#!/usr/bin/python3
"""Tests of run_docs.py, page.py and mentions.py on small pages, with a program that only echoes."""

import pathlib
import tempfile
import textwrap
import unittest

import mentions
import run_docs
from page import Fault, read_page

PROGRAM = """#!/bin/sh
case "$*" in
  "tune --help") echo "  -h,--help   this;  -q,--quiet   say less" ;;
  "schema config") echo '{"properties": {"s": {"properties": {"a": {"default": 1}, "b": {"default": {"name": "x"}}}}}}' ;;
  "list a") printf 'x\\n    source\\n    p = 1e-08: what\\n    default learning rate: 0.1\\ny\\n    source\\n' ;;
  "validate good.json") grep -q good good.json ;;
  "validate -") grep -q '"data"' ;;
  *) exit 2 ;;
esac
"""


class Page(unittest.TestCase):
    """A folder of sources with one page in it."""

    def setUp(self):
        # A space, because a clone may have one in its path.
        folder = tempfile.TemporaryDirectory(prefix="lrtune docs test ")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        (self.root / "scripts").mkdir()
        (self.root / "scripts" / "demo").write_text("#!/usr/bin/env bash\necho demo\n")
        (self.root / "scripts" / "broken").write_text("#!/usr/bin/env bash\nif\n")
        (self.root / "tests").mkdir()
        (self.root / "tests" / "some_test.cpp").write_text("TEST(Some, Thing) {}\nTEST_F(Other, Matter) {}\n")
        self.binary = self.root / "program"
        self.binary.write_text(PROGRAM)
        self.binary.chmod(0o755)
        self.page = self.root / "page.md"

    def faults(self, text, update=False):
        """All that is wrong with the page, as one text."""
        self.page.write_text(textwrap.dedent(text))
        with tempfile.TemporaryDirectory(prefix="lrtune docs scratch ") as scratch:
            shell = run_docs.Shell(self.root, self.binary, pathlib.Path(scratch).resolve())
            found = run_docs.run_page(self.page, shell, update) + mentions.check(self.root, self.binary, "page.md")
        return "\n".join(f"{fault.line}: {fault}" for fault in found)

    def assert_fault(self, text, *parts):
        found = self.faults(text)
        for part in parts:
            self.assertIn(part, found)

    def assert_right(self, text):
        self.assertEqual(self.faults(text), "")


class Sessions(Page):
    def test_what_is_printed_as_shown_is_right(self):
        self.assert_right("""
            ```
            $ echo 1; echo 2
            1
            2

            $ echo 3
            3
            ```
            """)

    def test_a_wrong_figure_is_a_fault(self):
        self.assert_fault("""
            ```
            $ echo 0.12 ok
            0.13 ok
            ```
            """, "3: echo 0.12 ok", "-0.13 ok", "+0.12 ok")

    def test_a_line_too_few_or_too_many_is_a_fault(self):
        self.assert_fault("```\n$ echo 1; echo 2\n1\n```\n", "+2")
        self.assert_fault("```\n$ echo 1\n1\n2\n```\n", "-2")

    def test_nothing_shown_means_that_nothing_is_printed(self):
        self.assert_fault("```\n$ echo 1\n```\n", "+1")

    def test_a_difference_in_spaces_is_a_fault(self):
        self.assert_fault("```\n$ echo 'a  b'\na b\n```\n", "-a b", "+a  b")

    def test_times_threads_and_instruction_sets_differ_between_machines(self):
        self.assert_right("```\n$ echo 'in 1.5 s on 1 thread (scalar)'\nin 0.3 s on 2 threads (avx512)\n```\n")

    def test_but_not_what_stands_beside_them(self):
        self.assert_fault("```\n$ echo '3 trials in 1.5 s on 1 thread (avx2)'\n4 trials in 1.5 s on 1 thread (avx2)\n```\n",
                          "-4 trials in … s on … threads (…)")

    def test_the_path_of_the_folder_is_shown_as_dots(self):
        self.assert_right("```\n$ echo $PWD/out\n…/out\n```\n")

    def test_standard_error_is_not_compared(self):
        self.assert_right("```\n$ echo told >&2; echo 1\n1\n```\n")

    def test_something_printed_before_the_first_command_is_a_fault(self):
        self.assert_fault("```\n1\n$ echo 1\n1\n```\n", "2: printed before the first command")


class Commands(Page):
    def test_an_indented_block_is_run(self):
        self.assert_fault("Text:\n\n    true\n    echo why >&2; exit 3\n", "ends with 3 instead of 0", "why")

    def test_every_command_must_succeed_and_not_the_last_alone(self):
        self.assert_fault("Text:\n\n    false\n    true\n", "ends with 1")
        self.assert_fault("Text:\n\n    false | cat\n", "ends with 1")

    def test_a_new_block_is_run_unless_it_is_excused(self):
        self.assert_fault("```\nneither a command nor an excuse\n```\n", "2: ", "ends with 127")
        self.assert_right("<!-- not run: prose -->\n```\nneither a command nor an excuse\n```\n")

    def test_a_page_may_say_how_a_block_ends(self):
        self.assert_right("<!-- exit: 5 -->\n\n    exit 5\n")
        self.assert_fault("<!-- exit: 5 -->\n\n    exit 4\n", "ends with 4 instead of 5")
        self.assert_fault("<!-- exit: 5 -->\n\n    true\n", "ends with 0 instead of 5")

    def test_variables_and_files_go_on_to_the_next_block(self):
        self.assert_right("Set:\n\n    A='x y'; echo 7 > file\n\nThen:\n\n    [[ $A == 'x y' && $(cat file) == 7 ]]\n")

    def test_commands_may_stand_in_front_and_behind(self):
        self.assert_right("<!-- before: echo 7 > file -->\n<!-- then: grep -qx 7 -->\n\n    cat file\n")
        self.assert_fault("<!-- before: false -->\n\n    true\n", '"before" ends with 1')
        self.assert_fault("<!-- then: grep -qx 8 -->\n\n    echo 7\n", '"then" ends with 1')

    def test_another_command_may_print_what_a_block_shows(self):
        self.assert_right("<!-- run: echo 7 -->\n```\n$ takes hours\n7\n```\n")
        self.assert_fault("<!-- run: echo 7 -->\n```\n8\n```\n", "-8")

    def test_a_language_without_a_runner_must_be_excused(self):
        self.assert_fault("```cpp\nint main() {}\n```\n", "how is cpp run?")
        self.assert_right("<!-- not run: tests/some_test.cpp builds it -->\n```cpp\nint main() {}\n```\n")

    def test_the_program_is_on_the_path_and_in_build(self):
        self.assert_right("Text:\n\n    lrtune tune --help; build/lrtune tune --help\n    scripts/demo\n")

    def test_the_sources_are_copied_so_that_a_page_cannot_change_them(self):
        self.assert_right("Text:\n\n    echo changed > scripts/demo\n")
        self.assertIn("echo demo", (self.root / "scripts" / "demo").read_text())


class Configs(Page):
    def test_a_config_is_read_by_the_program(self):
        self.assert_right('<!-- file: good.json -->\n```json\n{"good": 1}\n```\n')
        self.assert_fault('<!-- file: good.json -->\n```json\n{"bad": 1}\n```\n', "no config that is accepted")

    def test_a_part_of_a_config_gets_data(self):
        self.assert_right('```json\n"optimizers": []\n```\n')


class Tables(Page):
    def test_a_table_may_be_checked(self):
        self.assert_right("<!-- then: grep -q 7 -->\n| a |\n|---|\n| 7 |\n")
        self.assert_fault("<!-- then: grep -q 8 -->\n| a |\n|---|\n| 7 |\n", '"then" ends with 1')

    def test_a_table_may_be_printed_by_a_command(self):
        self.assert_fault("<!-- run: echo '| 8 |' -->\n| 7 |\n", "-| 7 |", "+| 8 |")


    def test_a_table_of_the_config_has_every_field_and_its_default(self):
        table = '<!-- then: "$tables" config s -->\n| s | default | |\n|---|---|---|\n'
        self.assert_right(table + '| `a`, `b` | 1, `"x"` | |\n')
        self.assert_fault(table + '| `a`, `b` | 2, `"x"` | |\n', "s.a is 1 by default, not 2")
        self.assert_fault(table + "| `a` | | |\n", "s.a has the default 1", "s.b is missing")
        self.assert_fault(table + "| `c` | | |\n", "s has no c")


    def test_a_table_of_names_has_them_all_with_their_defaults(self):
        table = '<!-- then: "$tables" list a -->\n| name | what | defaults | rate |\n|---|---|---|---|\n'
        self.assert_right(table + "| x | source | p 1e-8 | 0.1 |\n| `y` | | | |\n")
        self.assert_fault(table + "| x | source | p 2, q 3 | 0.2 |\n| z | | | |\n", "x: p is 1e-08, not 2",
                          "x: q is no parameter", "x: the default learning rate is 0.1, not 0.2", "the names are x, y, not x, z")


class Directives(Page):
    def test_what_is_misspelled_is_a_fault(self):
        self.assert_fault("<!-- notrun: because -->\n\n    true\n", "1: no directive")
        self.assert_fault("<!-- not run because -->\n\n    true\n", "1: no directive")

    def test_an_excuse_needs_a_reason(self):
        self.assert_fault("<!-- not run: -->\n\n    true\n", "1: \"not run\" says nothing")

    def test_an_excuse_excludes_all_else(self):
        self.assert_fault("<!-- not run: slow -->\n<!-- exit: 1 -->\n\n    true\n", "and yet")

    def test_a_directive_needs_a_block(self):
        self.assert_fault("<!-- not run: slow -->\n\nText in between.\n\n    true\n", "1: a directive without a block")
        self.assert_fault("    true\n\n<!-- exit: 1 -->\n", "3: a directive without a block")

    def test_an_open_fence_or_comment_is_a_fault(self):
        self.assert_fault("```\ntrue\n", "1: a fence that is not closed")
        self.assert_fault("<!-- exit: 1\n", "1: a comment without an end")

    def test_blocks_are_found_where_markdown_has_them(self):
        text = "text\n    no block\n\n    one\n\n    still one\n\ntext\n```json\ntwo\n```\n\n~~~ sh\nthree\n~~~\n"
        blocks = [(block.line, block.language, block.lines) for block in read_page(text)]
        self.assertEqual(blocks, [(4, "", ["one", "", "still one"]), (10, "json", ["two"]), (14, "sh", ["three"])])


class Updates(Page):
    def test_what_is_printed_is_written_into_the_page(self):
        page = "Text\n\n```\n$ echo 1; echo in 1.5 s on 1 thread '(avx2)'\n2\n\n$ echo 3\n3\n```\n\n<!-- run: echo 5 -->\n```\n$ slow\n4\n```\n"
        self.assertEqual(self.faults(page, update=True), "")
        updated = self.page.read_text()
        self.assertEqual(updated, page.replace("\n2\n", "\n1\nin 1.5 s on 1 thread (avx2)\n").replace("\n4\n", "\n5\n"))

    def test_what_is_right_stays_as_it_is(self):
        page = "```\n$ echo in 1.5 s on 1 thread '(avx2)'\nin 0.2 s on 2 threads (scalar)\n```\n\n    true\n"
        self.assertEqual(self.faults(page, update=True), "")
        self.assertEqual(self.page.read_text(), page)


class Mentions(Page):
    def test_paths_must_exist(self):
        self.assert_right("`scripts/demo`, `optim/foo.h`, `tests/NAME_test.cpp`, `a/b`\n")
        self.assert_fault("`scripts/gone`\n", "1: there is no scripts/gone")
        self.assert_fault("<!-- not run: slow -->\n\n    scripts/gone --fast\n", "3: there is no scripts/gone")

    def test_scripts_must_be_free_of_syntax_errors(self):
        self.assert_fault("`scripts/broken`\n", "scripts/broken cannot be run")

    def test_options_must_be_in_the_help(self):
        self.assert_right("`lrtune tune x -q --quiet`\n")
        self.assert_fault("`lrtune tune --quite`\n", "lrtune tune has no --quite")
        self.assert_fault("`lrtune tuna`\n", "no command lrtune tuna")

    def test_tests_must_exist(self):
        self.assert_right("`Some.Thing`, `Other.*` and `ctest --test-dir build -R '^Some|Matter'`\n")
        self.assert_fault("`Some.Where`, `No.*`\n", "no test Some.Where", "no test No.*")
        self.assert_fault("`ctest -R 'Some|Nothing'`\n", "no test matches Nothing")

    def test_identifiers_must_occur_in_the_sources(self):
        (self.root / "src" / "nn").mkdir(parents=True)
        (self.root / "src" / "nn" / "a.cpp").write_text("int some_name(FirstType);\nvoid run();\n")
        self.assert_right("`some_name`, `FirstType`, `gone`, `other::gone_too`, `nn/a.cpp: run`\n")
        self.assert_fault("`gone_name`, `GoneType` and `nn/a.cpp: walk`\n", "no gone_name", "no GoneType",
                          "no walk in nn/a.cpp")

    def test_links_must_lead_somewhere(self):
        self.assert_right("# One `two`, three\n\n[a](page.md), [b](#one-two-three), [c](https://example.org/x.md)\n")
        self.assert_fault("[a](gone.md)\n\n[b](#gone)\n", "1: a link leads to gone.md", "3: a link leads to the heading #gone")


if __name__ == "__main__":
    unittest.main()
