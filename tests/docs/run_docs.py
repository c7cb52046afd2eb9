#!/usr/bin/python3
"""Runs what a page of documentation shows, and compares what it says is printed with what is printed.

usage: run_docs.py [--update] SOURCE BINARY PAGE

PAGE is relative to SOURCE. Every block is run, in the order of the page, with bash in a temporary folder that holds copies of
what a reader would find (configs/, data/, docs/, scripts/, and build/lrtune, which is on the PATH too); variables go on from
block to block. Any command that fails is an error, and so is any difference in what follows a line "$ COMMAND" from standard
output, but for times, threads, instruction set, and the path of the folder, which is shown as "…". A block of json is a
config, or a part of one, that `lrtune validate` must accept. page.py tells how a page asks for something else, mentions.py
what is held to the sources without running it. Comments may use $repository, the folder of the sources; $stubs, one of
commands that do nothing, for scripts that install and build; and $tables, which is tables.py.

--update writes what is printed into the page.
"""

import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import mentions
from page import Fault, SHELL, read_page, steps

SECONDS_PER_BLOCK = 500
COPIED = ("configs", "data", "docs", "scripts")
STUBS = ("apt-get", "cmake", "dpkg-query", "g++", "ninja", "nm", "sudo")
MACHINE = [(re.compile(r"in [0-9.]+ s on [0-9]+ threads? \(\w+\)"), "in … s on … threads (…)")]


class Shell:
    """Bash in a folder that a reader of the page would stand in."""

    def __init__(self, source, binary, scratch):
        self.folder = scratch / "lrtune"
        self.state = scratch / "state"
        bin_folder, stubs = scratch / "bin", scratch / "stubs"
        for folder in (self.folder / "build", bin_folder, stubs):
            folder.mkdir(parents=True)
        for name in COPIED:
            if (source / name).is_dir():
                subprocess.run(["cp", "-r", "--no-preserve=mode", source / name, self.folder], check=True)
        for script in (self.folder / "scripts").glob("*"):
            script.chmod(0o755)
        for place in (bin_folder, self.folder / "build"):
            (place / "lrtune").symlink_to(binary)
        for name in STUBS:
            (stubs / name).write_text("#!/bin/sh\necho installed\n")
            (stubs / name).chmod(0o755)
        self.environment = {k: v for k, v in os.environ.items() if k not in ("CI", "GITHUB_ACTIONS", "LRTUNE_ISA")}
        self.environment.update(PATH=f"{bin_folder}:{os.environ['PATH']}", LC_ALL="C.UTF-8", stubs=str(stubs),
                                repository=str(source), state=str(self.state),
                                tables=str(pathlib.Path(__file__).parent.resolve() / "tables.py"))

    def run(self, commands, given=""):
        """(exit code, standard output, standard error); the path of the folder is shown as …"""
        script = ('set -eo pipefail; [[ ! -e $state ]] || . "$state"; trap \'c=$?; export -p > "$state"; exit $c\' EXIT; '
                  f"set -a\n{commands}\n")
        try:
            ran = subprocess.run(["bash", "-c", script], input=given, capture_output=True, text=True, cwd=self.folder,
                                 env=self.environment, timeout=SECONDS_PER_BLOCK)
        except subprocess.TimeoutExpired:
            return 124, "", f"no end after {SECONDS_PER_BLOCK} s"
        return ran.returncode, self.shown(ran.stdout), self.shown(ran.stderr)

    def shown(self, text):
        return text.replace(str(self.folder), "…")


def comparable(lines):
    """Lines without what differs between machines."""
    text = "\n".join(lines).rstrip()
    for pattern, instead in MACHINE:
        text = pattern.sub(instead, text)
    return text.split("\n")


def difference(shown, printed):
    """What is shown against what is printed, or None if they are the same."""
    if comparable(shown) == comparable(printed):
        return None
    return "\n".join(difflib.unified_diff(comparable(shown), comparable(printed), "shown", "printed", lineterm=""))


def succeed(shell, block, key, given=""):
    for commands in block.directives.get(key, []):
        code, out, err = shell.run(commands, given)
        if code != 0:
            raise Fault(block.line, f'"{key}" ends with {code}:\n{out}{err}')


def run_config(shell, block):
    """A config, or a part of one, in a block of json."""
    text = "\n".join(block.lines) + "\n"
    if block.one("file"):
        (shell.folder / block.one("file")).write_text(text)
        code, _, err = shell.run(f'lrtune validate "{block.one("file")}"')
    else:
        whole = text if text.lstrip().startswith("{") else "{" + text + "}"
        if '"data"' not in whole:
            whole = whole.replace("{", '{"data": {"synthetic": "moons"}, ', 1)
        code, _, err = shell.run("lrtune validate -", whole)
    if code != 0:
        raise Fault(block.line, f"no config that is accepted:\n{err}")


def run_commands(shell, block, update):
    """Runs a block of commands: (what they print, the block's lines as they should be)."""
    exit_code = int(block.one("exit") or 0)
    inputs = [line for line in block.lines if line.startswith("$ ")] if block.one("run") else None
    all_printed, lines = "", list(inputs or [])
    parts = steps(block)
    for at, (commands, shown) in enumerate(parts):
        expected = exit_code if at == len(parts) - 1 else 0
        code, out, err = shell.run(commands)
        if code != expected:
            raise Fault(block.line, f"{commands}\nends with {code} instead of {expected}:\n{out}{err}")
        all_printed += out
        if shown is None:
            return out, block.lines
        wrong = difference(shown, out.split("\n"))
        if wrong and not update:
            raise Fault(block.line, f"{commands}\n{wrong}")
        if inputs is None:
            lines.append("$ " + commands)
        lines += shown if not wrong else out.rstrip("\n").split("\n") + [""] * blank_at_end(shown)
    return all_printed, lines


def blank_at_end(lines):
    return len(lines) - len("\n".join(lines).rstrip("\n").split("\n"))


def run_block(shell, block, update=False):
    """Does what the page asks for; returns the block's lines as they should be. A Fault says what is wrong."""
    if block.one("not run"):
        if len(block.directives) > 1:
            raise Fault(block.line, '"not run", and yet something is to be done')
        return block.lines
    succeed(shell, block, "before")
    lines = block.lines
    text = "\n".join(lines) + "\n"
    if block.one("run"):
        text, lines = run_commands(shell, block, update)
    elif block.language == "json":
        run_config(shell, block)
    elif block.one("file"):
        (shell.folder / block.one("file")).write_text(text)
    elif block.language in SHELL:
        text, lines = run_commands(shell, block, update)
    elif block.language != "table":
        raise Fault(block.line, f'how is {block.language} run? Say "not run" and why')
    succeed(shell, block, "then", text)
    return lines


def run_page(path, shell, update=False):
    """What is wrong with a page: a list of Faults."""
    text = path.read_text()
    try:
        blocks = read_page(text)
    except Fault as fault:
        return [fault]
    faults, lines = [], text.split("\n")
    replaced = []
    for block in blocks:
        try:
            replaced.append((block, run_block(shell, block, update)))
        except Fault as fault:
            faults.append(fault)
    for block, new in reversed(replaced):
        if new != block.lines:
            start = block.line - 1
            lines[start : start + len(block.lines)] = [block.indent + line if line else line for line in new]
    if update:
        path.write_text("\n".join(lines))
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write what is printed into the page")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("page", nargs="+")
    given = parser.parse_args()
    source, binary = given.source.resolve(), given.binary.resolve()
    if not os.access(binary, os.X_OK):
        sys.exit(f"run_docs.py: {binary} is not built")
    failed = False
    for page in given.page:
        with tempfile.TemporaryDirectory(prefix="lrtune_docs_") as scratch:
            shell = Shell(source, binary, pathlib.Path(scratch).resolve())
            faults = run_page(source / page, shell, given.update) + mentions.check(source, binary, page)
        for fault in sorted(faults, key=lambda f: f.line):
            failed = True
            print(f"{page}:{fault.line}: {fault}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
