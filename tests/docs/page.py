"""A page of documentation as the blocks that a reader could run.

A block is a fenced or an indented piece of code. What is to be done with it stands in HTML comments in front of it, which
no reader sees:

    <!-- before: COMMANDS -->   are run first and must succeed
    <!-- run: COMMANDS -->      are run in place of what the block shows as input; the rest of it is what they print
    <!-- exit: CODE -->         how the block ends, if not with 0
    <!-- then: COMMANDS -->     read what the block has printed, or a table as it stands there, and must succeed
    <!-- file: NAME -->         the block is the text of this file
    <!-- not run: REASON -->    the only way to leave a block out

A table is looked at only with such a comment, which says `run` or `then`. Any other comment in front of a block is an error,
and so is one with nothing behind it, so that a slip of the pen leaves nothing out.
"""

import dataclasses
import re

KEYS = ("before", "run", "exit", "then", "file", "not run")
SHELL = ("", "sh", "bash", "console")
FENCE = re.compile(r"( *)(`{3,}|~{3,})\s*(\w*)[^`]*$")


class Fault(Exception):
    """What is wrong with a page, and at which line, counted from 1."""

    def __init__(self, line, text):
        super().__init__(text)
        self.line = line


@dataclasses.dataclass
class Block:
    line: int  # of its first line, counted from 1
    language: str  # of its fence; "table" for a table
    indent: str  # in front of each of its lines
    lines: list
    directives: dict  # key -> list of texts, in the order of the page

    def one(self, key):
        """The text of a directive, or None."""
        return self.directives.get(key, [None])[0]


def directive(line, comment):
    """(key, text) of an HTML comment."""
    match = re.fullmatch(r"<!--\s*([a-z ]+?)\s*:\s*(.*?)\s*-->", comment, re.DOTALL)
    if not match or match[1] not in KEYS:
        raise Fault(line, f"no directive: {comment.splitlines()[0]}; those are: {', '.join(KEYS)}")
    if not match[2]:
        raise Fault(line, f'"{match[1]}" says nothing')
    return match[1], match[2]


class _Reader:
    def __init__(self, text):
        self.lines = text.split("\n")
        self.at = 0
        self.directives = {}
        self.asked_at = None  # the line of the first directive that waits for its block
        self.blocks = []

    def read(self):
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.at += 1
            elif line.startswith("<!--"):
                self.comment()
            elif FENCE.match(line):
                self.fenced()
            elif line.startswith("    ") and (self.at == 0 or self.ends_paragraph(self.lines[self.at - 1])):
                self.block("", "    ", self.until(lambda l: l.strip() and not l.startswith("    ")))
            elif line.startswith("|") and self.directives:
                self.block("table", "", self.until(lambda l: not l.startswith("|")))
            else:
                self.nothing_waits()
                self.at += 1
        self.nothing_waits()
        return self.blocks

    @staticmethod
    def ends_paragraph(line):
        return not line.strip() or line.rstrip().endswith("-->")

    def until(self, is_behind):
        """The lines up to the first that is behind the block, without the blank ones at its end."""
        end = next((i for i in range(self.at, len(self.lines)) if is_behind(self.lines[i])), len(self.lines))
        while not self.lines[end - 1].strip():
            end -= 1
        return end

    def comment(self):
        end = next((i for i in range(self.at, len(self.lines)) if "-->" in self.lines[i]), None)
        if end is None:
            raise Fault(self.at + 1, "a comment without an end")
        key, text = directive(self.at + 1, "\n".join(self.lines[self.at : end + 1]).rstrip())
        if key != "before" and key in self.directives:
            raise Fault(self.at + 1, f'"{key}" for the second time')
        self.directives.setdefault(key, []).append(text)
        self.asked_at = self.asked_at or self.at + 1
        self.at = end + 1

    def fenced(self):
        match = FENCE.match(self.lines[self.at])
        opened = self.at
        self.at += 1
        for end in range(self.at, len(self.lines)):
            if self.lines[end].strip() == match[2]:
                self.block(match[3], match[1], end)
                self.at = end + 1
                return
        raise Fault(opened + 1, "a fence that is not closed")

    def block(self, language, indent, end):
        lines = [line[len(indent) :] for line in self.lines[self.at : end]]
        self.blocks.append(Block(self.at + 1, language, indent, lines, self.directives))
        self.directives = {}
        self.asked_at = None
        self.at = end

    def nothing_waits(self):
        if self.directives:
            raise Fault(self.asked_at, "a directive without a block behind it")


def read_page(text):
    """The blocks of a page; a Fault if it cannot be told what is to be done with one."""
    return _Reader(text).read()


def steps(block):
    """What a block of commands shows: a list of (commands, lines that they print or None if it does not show them)."""
    if block.one("run"):
        return [(block.one("run"), [line for line in block.lines if not line.startswith("$ ")])]
    if not any(line.startswith("$ ") for line in block.lines):
        return [("\n".join(block.lines), None)]
    found = []
    for at, line in enumerate(block.lines):
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
        else:
            raise Fault(block.line + at, "printed before the first command")
    return found
