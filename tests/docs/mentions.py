"""What a page mentions in code, held to the sources without running it.

- A path that begins like one of the repository exists, and a bash script is free of syntax errors; headers may be named as
  they are included. Names with foo, NAME or … stand for others.
- Options behind `lrtune COMMAND` are in its help.
- An identifier with an underscore or inner capitals that stands alone (`some_name`) occurs in the sources, and one behind its
  file (`some/file.cpp: name`) in that. Those of other projects have their namespace in front.
- A test named Suite.Name or Suite.* exists, and so does one for each alternative of `ctest … -R 'A|B'`.
- A link leads to a file, and to a heading where it has a #.
"""

import functools
import pathlib
import re
import subprocess

from page import Fault, read_page

FOLDERS = ("bench", "configs", "data", "docs", "include", "scripts", "src", "tests", ".ci")
PLACEHOLDER = re.compile(r"foo|NAME|FOLDER|…|\*|<|BUILD")
PATH = re.compile(r"(?<![\w./-])((?:[\w.-]+/)+[\w.-]*\w)")
WORD = re.compile(r"\w+")
IDENTIFIER = re.compile(r"[a-z]\w*_\w+|[A-Z]\w*[a-z]\w*[A-Z]\w*")
TEST = re.compile(r"TEST(?:_F|_P)?\((\w+),\s*(\w+)\)|TYPED_TEST\((\w+),\s*(\w+)\)")


class Sources:
    def __init__(self, root, binary):
        self.root = pathlib.Path(root)
        self.binary = binary
        self.helps = {}

    @functools.cached_property
    def tests(self):
        """All names Suite.Name."""
        found = set()
        for file in sorted((self.root / "tests").rglob("*.cpp")):
            for match in TEST.finditer(file.read_text()):
                names = [name for name in match.groups() if name]
                found.add(".".join(names))
        return found

    @functools.cached_property
    def words(self):
        """All identifiers, of code and of strings in it."""
        files = [file for folder in FOLDERS if folder not in ("data", "docs") for file in (self.root / folder).rglob("*")
                 if file.suffix in (".h", ".cpp", ".c", ".py", ".txt", "") and "corpus" not in file.parts]
        files.append(self.root / "CMakeLists.txt")
        return {word for file in files if file.is_file() for word in WORD.findall(file.read_text(errors="replace"))}

    def help_of(self, command):
        """What the command's --help prints, or None if there is no such command."""
        if command not in self.helps:
            ran = subprocess.run([self.binary, command, "--help"], capture_output=True, text=True)
            self.helps[command] = ran.stdout if ran.returncode == 0 else None
        return self.helps[command]

    def place(self, path):
        """The file or folder that a path of the documentation means, or None."""
        for base in ("", "src", "include/lrtune", "include", "tests"):
            if (self.root / base / path).exists():
                return self.root / base / path
        return None


def path_faults(code, sources):
    for path in PATH.findall(code):
        folder = path.split("/")[0]
        known = folder in FOLDERS or (sources.root / "src" / folder).is_dir() and re.search(r"\.(h|cpp)$", path)
        if not known or PLACEHOLDER.search(path):
            continue
        place = sources.place(path)
        if place is None:
            yield f"there is no {path}"
        elif place.is_file() and place.read_bytes().split(b"\n")[0].endswith(b"bash"):
            ran = subprocess.run(["bash", "-n", place], capture_output=True, text=True)
            if ran.returncode != 0:
                yield f"{path} cannot be run: {ran.stderr}"


def option_faults(code, sources):
    for match in re.finditer(r"\blrtune ([a-z]+)\b([^|;\n]*)", code):
        text = sources.help_of(match[1])
        if text is None:
            yield f"there is no command lrtune {match[1]}"
            continue
        for option in re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", match[2].split(" # ")[0]):
            if not re.search(rf"(?<![\w-]){option}(?![\w-])", text):
                yield f"lrtune {match[1]} has no {option}"


def name_faults(code, sources):
    if IDENTIFIER.fullmatch(code) and code not in sources.words:
        yield f"there is no {code}"
    behind = re.fullmatch(r"([\w/.-]+\.(?:h|cpp)): (\w+)", code)
    place = behind and sources.place(behind[1])
    if place and behind[2] not in WORD.findall(place.read_text()):
        yield f"there is no {behind[2]} in {behind[1]}"


def test_faults(code, sources):
    suites = {name.split(".")[0] for name in sources.tests}
    for suite, name in re.findall(r"\b([A-Z]\w+)\.([A-Z]\w+|\*)", code):
        if name == "*" and suite not in suites or name != "*" and f"{suite}.{name}" not in sources.tests:
            yield f"there is no test {suite}.{name}"
    for expression in re.findall(r"ctest .*-R '([^']*)'", code):
        for alternative in expression.split("|"):
            if not any(re.search(alternative, name) for name in sources.tests):
                yield f"no test matches {alternative}"


def anchor(heading):
    """As GitHub makes it of a heading's text."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def link_faults(page, text, sources):
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, heading = target.partition("#")
        file = (sources.root / page).parent / name if name else sources.root / page
        if not file.exists():
            yield f"a link leads to {target}, which is not there"
        elif heading and heading not in map(anchor, re.findall(r"^#+ (.*)$", file.read_text(), re.MULTILINE)):
            yield f"a link leads to the heading {target}, which is not there"


def check(root, binary, page):
    """What is wrong with a page: a list of Faults."""
    sources = Sources(root, binary)
    text = (sources.root / page).read_text()
    try:
        blocks = read_page(text)
    except Fault:
        return []  # whoever runs the page tells
    in_blocks = {block.line + at for block in blocks if block.language != "table" for at in range(len(block.lines))}
    faults = []
    for at, line in enumerate(text.split("\n"), 1):
        if at in in_blocks:
            codes, finders = [line], (path_faults, option_faults, test_faults)
        else:
            codes, finders = re.findall(r"`([^`]+)`", line), (path_faults, option_faults, test_faults, name_faults)
        for code in codes:
            for find in finders:
                faults += [Fault(at, fault) for fault in find(code, sources)]
        if at not in in_blocks:
            faults += [Fault(at, fault) for fault in link_faults(page, line, sources)]
    return faults
