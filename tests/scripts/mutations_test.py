#!/usr/bin/python3
"""Tests of scripts/mutations.py: what it changes, what it leaves alone, and that a seed says it all; and of what
scripts/mutate.py makes of files and outputs."""

import json
import os
import pathlib
import sys
import tempfile
import textwrap
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import mutate  # noqa: E402
import mutations  # noqa: E402


def changed(code):
    """(line, token, what can stand in its place) of each site."""
    return [(site.line, site.old, list(site.choices)) for site in mutations.sites_of("a.cpp", textwrap.dedent(code))]


def tokens_changed(code):
    return [old for _, old, _ in changed(code)]


class LeavesAlone(unittest.TestCase):
    def assert_left_alone(self, *lines):
        for line in lines:
            with self.subTest(line):
                self.assertEqual(tokens_changed(line), [])
                # A site behind it is found all the same, so that it was read to its end and no further.
                self.assertEqual(changed(f"{line}\nx = 7;"), [(line.count("\n") + 2, "7", ["8", "14", "0"])])

    def test_comments(self):
        self.assert_left_alone("// a < 1 && true", "/* a < 1 */", "/* a\n * 1 + 2\n */", "// \"open", "/* it's */",
                               "// goes on \\\n 1 + 2")

    def test_strings_and_characters(self):
        self.assert_left_alone('f("a < 1 && true");', r'f("\" + 1 \\");', "f('1', '\\'', '\"');", 'f(u8"1 + 1", L"2");')
        self.assert_left_alone('f(R"(1 + "2")");', 'f(R"x(1 )" + 2)x");', 'f("// 1");', 'f("/*");', "f(\"*/ 1\");")

    def test_preprocessor_lines(self):
        self.assert_left_alone('#include "a/1.h"', "#include <array>", "  #  if A == 1 && B < 2", "#define A(x) \\\n  (x + 1)",
                               "#pragma once  // 1 + 1", "#define A /* 1\n 2 */ 3")

    def test_checks(self):
        self.assert_left_alone("static_assert(a < 1 && b == 2);", 'static_assert(\n    kWidth == 16, "1");',
                               "LRTUNE_CHECK(a < 1, a, b + 1);", "LRTUNE_CHECK(a &&\n    b);")

    def test_operators_of_no_operands(self):
        self.assert_left_alone("std::vector<int> a;", "f(T&& a, const U* b, V& c);", "bool operator==(A) const = default;",
                               "bool operator < (A);", "template <class T, class... U>", "a->b;", "A::b();",
                               "auto order = a <=> b;", "f(&a, *b, ~c);", "int x1 = y_2;")


class Changes(unittest.TestCase):
    def test_operators(self):
        self.assertEqual(tokens_changed("a = b + c * d - e / f % g;"), ["+", "*", "-", "/", "%"])
        self.assertEqual(tokens_changed("if (a < b && c >= d || e == f) x += y;"), ["<", "&&", ">=", "||", "==", "+="])
        self.assertEqual(changed("a = b <\n    c;"), [(1, "<", ["<=", ">", ">="])])
        self.assertEqual(changed("if (!a) ++b;"), [(1, "!", [""]), (1, "++", ["--"])])

    def test_signs(self):
        self.assertEqual(changed("return -a;"), [(1, "-", [""])])
        self.assertEqual(changed("x = f(-a, b * -c);"), [(1, "-", [""]), (1, "*", ["/", "+"]), (1, "-", [""])])
        self.assertEqual(tokens_changed("a->b; c--;"), ["--"])

    def test_words(self):
        self.assertEqual(changed("std::min(a.front(), true);"),
                         [(1, "min", ["max"]), (1, "front", ["back"]), (1, "true", ["false"])])
        self.assertEqual(tokens_changed("minimum(front_end, is_true);"), [])

    def test_numbers(self):
        for old, new in {"7": ["8", "14", "0"], "1": ["2", "0"], "0": ["1"], "16U": ["17U", "32U", "0U"],
                         "0.5": ["1.0", "0.0"], "1e-8": ["2e-08", "0.0"], "2.5f": ["5.0f", "0.0f"], "0.0": ["1.0"],
                         "0xFFu": ["0x100u", "0x1feu", "0x0u"], "1'000": ["1001", "2000", "0"], ".5": ["1.0", "0.0"],
                         "010": ["9", "16", "0"], "0x1p-1": ["0x1.0000000000000p+0", "0x0.0p+0"]}.items():
            with self.subTest(old):
                self.assertEqual(changed(f"x = {old};"), [(1, old, new)])

    def test_in_one_place_only(self):
        text = "a = 1;\nb = a < 1;  // 1\n"
        site = mutations.sites_of("a.cpp", text)[1]
        self.assertEqual(mutations.applied(text, site, ">"), "a = 1;\nb = a > 1;  // 1\n")
        with self.assertRaises(ValueError):
            mutations.applied("another text, and longer", site, ">")


class Sources(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lrtune mutations test ")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name, text in {"nn/inner.h": "int a = 1;\n", "nn/both.h": "int b = 2;\n", "nn/nobody.h": "int c = 3;\n",
                           "nn/loop.kernel.cpp": '#include "nn/outer.h"\n#include "nn/both.h"\nint d = 4;\n',
                           "nn/outer.h": '#include "nn/inner.h"\n', "nn/plain.cpp": '#include "nn/both.h"\nint e = 5;\n',
                           "nn/schema.cpp": "int f = 6;\n", "base/text.cpp": "bool g = true;\n"}.items():
            (self.root / "src" / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / "src" / name).write_text(text)

    def test_are_not_kernels_what_only_those_include_or_schemas(self):
        self.assertEqual(mutations.sources(self.root, ["nn"]), ["src/nn/both.h", "src/nn/nobody.h", "src/nn/plain.cpp"])
        self.assertEqual(mutations.sources(self.root, ["base", "nn"])[0], "src/base/text.cpp")

    def test_the_same_seed_draws_the_same(self):
        first = mutations.draw(ROOT, ["base", "stats"], 3)
        self.assertGreater(len(first), 100)
        self.assertEqual(mutations.draw(ROOT, ["base", "stats"], 3), first)
        self.assertNotEqual(mutations.draw(ROOT, ["base", "stats"], 4), first)

    def test_every_site_is_drawn_once(self):
        drawn = mutations.draw(self.root, ["base", "nn"], 1)
        self.assertEqual(sorted((site.file, site.old) for site, _ in drawn),
                         [("src/base/text.cpp", "true"), ("src/nn/both.h", "2"), ("src/nn/nobody.h", "3"),
                          ("src/nn/plain.cpp", "5")])
        for site, new in drawn:
            self.assertIn(new, site.choices)


class Runner(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lrtune mutate test ")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def test_names_the_test_that_failed_or_was_running(self):
        test = mutate.Test("base", [], self.root)
        began = "[ RUN      ] A.One\n[       OK ] A.One (1 ms)\n[ RUN      ] A.Two/3\n"
        self.assertEqual(mutate.failure(test, 1, began + "[  FAILED  ] A.Two/3, where GetParam() = 4 (0 ms)\n"), "A.Two/3")
        self.assertEqual(mutate.failure(test, -11, began), "A.Two/3 (signal 11)")
        self.assertEqual(mutate.failure(test, None, began), "A.Two/3 (no end)")
        self.assertEqual(mutate.failure(test, 1, "no test program"), "base")

    def test_a_mirror_has_the_same_files_and_times_and_no_others(self):
        one, other = self.root / "one", self.root / "other"
        (one / "in").mkdir(parents=True)
        (one / "in" / "a").write_text("a")
        os.utime(one / "in" / "a", ns=(1, 123456789123456789))
        mutate.mirror(one, other)
        (other / "in" / "a").write_text("b")
        (other / "more").write_text("c")
        mutate.mirror(one, other)
        self.assertEqual([path.relative_to(other).as_posix() for path in other.rglob("*")], ["in", "in/a"])
        self.assertEqual((other / "in" / "a").read_text(), "a")
        self.assertEqual((other / "in" / "a").stat().st_mtime_ns, 123456789123456789)

    def test_survivors_of_a_list_are_found_again(self):
        (self.root / "a.cpp").write_text("int a;\n  x = 1 + 1;\n")
        sites = mutations.sites_of("a.cpp", (self.root / "a.cpp").read_text())
        rows = [mutate.row_of(self.root, site, site.choices[0], verdict, None)
                for site, verdict in zip(sites, (mutate.CAUGHT, mutate.SURVIVED, mutate.SURVIVED))]
        listed = self.root / "list.json"
        listed.write_text(json.dumps({"mutations": rows}))
        found = mutate.survivors(self.root, listed)
        self.assertEqual([(site.offset, new) for site, new in found], [(site.offset, site.choices[0]) for site in sites[1:]])
        (self.root / "a.cpp").write_text("int a;\n  x = 1 + 2;\n")
        with self.assertRaises(SystemExit):
            mutate.survivors(self.root, listed)


class AllSources(unittest.TestCase):
    def test_are_read_to_the_last_character(self):
        for path in sorted((ROOT / "src").rglob("*.cpp")) + sorted((ROOT / "src").rglob("*.h")):
            text = path.read_text()
            found = list(mutations.tokens(text))
            self.assertEqual("".join(token for _, token, _ in found), text)
            for kind, token, offset in found:
                if kind == "directive" or kind == "comment" and token.startswith("//"):
                    self.assertEqual(token.count("\n"), token.count("\\\n"), path)
                if kind == "directive":
                    self.assertEqual(text[:offset].rpartition("\n")[2], "", path)


if __name__ == "__main__":
    unittest.main()
