"""Reads gcovr's JSON for scripts/coverage: a table of folders, and the messages that no test produced.

usage: coverage_report.py ROOT COVERAGE_JSON LINES_FILE
"""

import collections
import json
import pathlib
import re
import sys

LEAST = {"config": 95, "data": 95, "record": 95, "check": 95, "all": 90}  # per cent; none of these may be absent

# Where a message to the user is made: each statement that has one of these must have been executed in full.
MESSAGE = re.compile(
    r"\bthrow Error\(|\bError\(|\bNotice\{|\bproblems(?:\(\))?\.push_back\(|\bnotices\.push_back\(|\bcomplain\w*\.add\(|"
    r"\bcomplaints\.add\(|\brefuse\(|\bfail\(|\bexpected\(|\bfound\("
)

# Lines of messages that only tests reach which scripts/coverage leaves out, as (file, text of the line): each must be that
# of one line that was not executed.
LEFT_OUT = {
    # A journal that may not grow: JournalFiles.NamedOneThatDoesNotFitIsTold, Output.ThatDoesNotFitLeavesTheOldFile….
    ("src/base/files.cpp", "void AppendFile::fail(const char* what) const {"),
    ("src/base/files.cpp", 'throw Error(path_.string(), fmt::format("{}: {}", what, reason(errno)));'),
}


def statements(text):
    """(first, last) line, from 1, of each statement with a message."""
    lines = text.split("\n")
    found = []
    for first, line in enumerate(lines, 1):
        code = line.split("//")[0]
        if not MESSAGE.search(code):
            continue
        last = first
        depth = 0
        for last in range(first, len(lines) + 1):
            code = lines[last - 1].split(" // ")[0]
            depth += code.count("(") + code.count("{") - code.count(")") - code.count("}")
            if code.rstrip().endswith((";", "}", "{")) and depth <= 0 or code.rstrip().endswith("{"):
                break
        found.append((first, last))
    return found


def main(root, coverage_json, lines_file):
    counts = collections.defaultdict(lambda: collections.defaultdict(int))  # file → line → executions
    for file in json.loads(pathlib.Path(coverage_json).read_text())["files"]:
        for line in file["lines"]:
            if not line.get("gcovr/noncode", False):
                counts[file["file"]][line["line_number"]] += line["count"]

    folders = collections.defaultdict(lambda: [0, 0])
    missed = collections.defaultdict(set)  # (file, text of the line) → line numbers
    uncovered = []
    for file, lines in sorted(counts.items()):
        parts = pathlib.PurePath(file).parts
        folder = parts[1] if parts[0] == "src" else parts[0]
        for name in (folder, "all"):
            folders[name][0] += sum(count > 0 for count in lines.values())
            folders[name][1] += len(lines)
        text = (pathlib.Path(root) / file).read_text()
        texts = text.split("\n")
        uncovered += [f"{file}:{line}: {texts[line - 1]}" for line in sorted(lines) if not lines[line]]
        for first, last in statements(text):
            for line in range(first, last + 1):
                if lines.get(line) == 0:
                    missed[file, texts[line - 1].strip()].add(line)
    pathlib.Path(lines_file).write_text("\n".join(uncovered) + "\n")

    wrong = [f"nothing was measured of {name}" for name in LEAST if name not in folders]
    wrong += [f"LEFT_OUT of coverage_report.py is not one line that no test executed: {file}: {text}"
              for file, text in sorted(LEFT_OUT) if len(missed.pop((file, text), ())) != 1]
    wrong += [f"no test produces the message of {file}:{line}"
              for file, line in sorted((file, line) for (file, _), lines in missed.items() for line in lines)]

    short = False
    print(f"\n{'folder':<10} {'lines':>6} {'executed':>9} {'share':>8}")
    for name, (executed, lines) in sorted(folders.items(), key=lambda row: (row[0] == "all", row[0])):
        share = 100 * executed / lines
        below = share < LEAST.get(name, 0)
        short = short or below
        print(f"{name:<10} {lines:>6} {executed:>9} {share:>6.1f} %" + (f"  below {LEAST[name]} %" if below else ""))
    for what in wrong:
        print(what)
    return 1 if short or wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
