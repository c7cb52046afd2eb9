"""The one-token mistakes that scripts/mutate makes in the sources: where one can be made, and which one.

A site is a token of code that has others in its place which mostly compile. Comments, strings, characters, preprocessor
lines, static_asserts and LRTUNE_CHECKs have none: a mistake in them is no mistake of the program, or the compiler's to
find. What is written with blanks on both sides is taken for an operator of two operands, as clang-format writes them, so
that `std::vector<int>` and `T&&` are left alone.
"""

import dataclasses
import pathlib
import random
import re

TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
    |(?P<string>(?:u8|[uUL])?R"(?P<mark>[^()\s\\]*)\(.*?\)(?P=mark)"|(?:u8|[uUL])?"(?:\\.|[^"\\\n])*")
    |(?P<character>(?:u8|[uUL])?'(?:\\.|[^'\\\n])+')
    |(?P<number>\.?\d(?:[eEpP][+-]|'(?=\w)|[\w.])*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<operator><=>|->\*|<<=|>>=|\.\.\.|->|::|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
DIRECTIVE = re.compile(r"[ \t]*#(?:\\\n|//[^\n]*|/\*.*?\*/|[^\n])*", re.DOTALL)
NUMBER = re.compile(r"(?P<digits>0[xX][\dA-Fa-f.]+(?:[pP][+-]?\d+)?|0[bB][01]+|[\d.]+(?:[eE][+-]?\d+)?)(?P<suffix>\w*)")

BETWEEN = {"+": ["-", "*"], "-": ["+"], "*": ["/", "+"], "/": ["*"], "%": ["/"],
           "<": ["<=", ">", ">="], "<=": ["<", ">"], ">": [">=", "<", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
           "&&": ["||"], "||": ["&&"], "&": ["|"], "|": ["&"], "^": ["|"], "<<": [">>"], ">>": ["<<"],
           "+=": ["-="], "-=": ["+="], "*=": ["/="], "/=": ["*="], "|=": ["&="], "&=": ["|="], "^=": ["|="]}
BEFORE = {"!": [""], "-": [""]}
ANYWHERE = {"++": ["--"], "--": ["++"]}
PAIRS = ("min max", "true false", "front back", "begin end", "cbegin cend", "rbegin rend", "floor ceil", "first second",
         "lower_bound upper_bound", "any_of all_of", "min_element max_element", "less greater", "plus minus",
         "starts_with ends_with", "break continue")
WORDS = {one: [other] for pair in PAIRS for one, other in (pair.split(), reversed(pair.split()))}
WORDS.update(none_of=["any_of"], lowest=["max"])
LEFT_ALONE = {"static_assert", "LRTUNE_CHECK"}  # to the end of the statement


@dataclasses.dataclass(frozen=True)
class Site:
    file: str  # relative to the root
    line: int  # from 1
    offset: int  # in characters of the file
    old: str
    choices: tuple


def tokens(text):
    """(kind, text, offset) of all that is in a file, blanks and comments too."""
    at = 0
    while at < len(text):
        directive = DIRECTIVE.match(text, at) if at == 0 or text[at - 1] == "\n" else None
        if directive:
            yield "directive", directive[0], at
            at = directive.end()
            continue
        match = TOKEN.match(text, at)
        # A line of blanks ends where the next may begin with a directive.
        end = at + match[0].index("\n") + 1 if match.lastgroup == "blank" and "\n" in match[0] else match.end()
        kind = next(name for name in ("blank", "comment", "string", "character", "number", "word", "operator") if match[name])
        yield kind, text[at:end], at
        at = end


def other_numbers(old):
    """n + 1, 2n and 0 for a number, 1 for zero; none for what is not read."""
    match = NUMBER.fullmatch(old.replace("'", ""))
    if not match:
        return []
    digits, suffix = match["digits"].lower(), match["suffix"]
    if digits[:2] in ("0x", "0b") and "." not in digits and "p" not in digits:
        value = int(digits, 0)
        show = hex
    elif digits[:2] == "0x":
        value, show = float.fromhex(digits), float.hex
    elif re.search("[.e]", digits):
        value, show = float(digits), repr
    else:
        value, show = int(digits, 8 if re.fullmatch("0[0-7]+", digits) else 10), str
    if isinstance(value, float):
        others = [2 * value, 0.0] if value else [1.0]
    else:
        others = [value + 1, 2 * value, 0] if value else [1]
    return [show(other) + suffix for other in dict.fromkeys(others)]


def choices(kind, token, before, after, last):
    """What can stand in the place of a token; before and after are the characters around it, last the token in front."""
    if kind == "number":
        return other_numbers(token)
    if kind == "word":
        return WORDS.get(token, [])
    if kind != "operator" or last == "operator":
        return []
    if token in ANYWHERE:
        return ANYWHERE[token]
    if before.isspace() and after.isspace():
        return BETWEEN.get(token, [])
    # A sign stands behind what is no operand.
    if not after.isspace() and (token == "!" or re.fullmatch(r"return|case|[-+*/%<>=!&|?:,({\[]+", last)):
        return BEFORE.get(token, [])
    return []


def sites_of(file, text):
    found = []
    last, line, left_alone = "", 1, False
    for kind, token, offset in tokens(text):
        if kind not in ("blank", "comment", "directive"):
            left_alone = left_alone or token in LEFT_ALONE
            if not left_alone:
                end = offset + len(token)
                others = choices(kind, token, text[offset - 1:offset], text[end:end + 1], last)
                if others:
                    found.append(Site(file, line, offset, token, tuple(others)))
            left_alone = left_alone and token != ";"
            last = token
        line += token.count("\n")
    return found


INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def kernels_only(root):
    """The headers of src that no source but the kernels has, itself or through others: relative to the root."""
    src = pathlib.Path(root) / "src"
    files = {path.relative_to(src).as_posix(): path for path in src.rglob("*") if path.suffix in (".h", ".cpp")}
    includes = {name: [inner for inner in INCLUDE.findall(path.read_text()) if inner in files] for name, path in files.items()}

    def reached(roots):
        found, open_ = set(), list(roots)
        while open_:
            name = open_.pop()
            if name not in found:
                found.add(name)
                open_ += includes[name]
        return found

    kernels = {name for name in files if name.endswith(".kernel.cpp")}
    others = {name for name in files if name.endswith(".cpp")} - kernels
    return {f"src/{name}" for name in reached(kernels) - reached(others)}


def sources(root, folders):
    """The files of the folders of src that mistakes are made in: all but kernels and what makes schemas."""
    root = pathlib.Path(root)
    aside = kernels_only(root)
    found = []
    for folder in folders:
        paths = sorted(path for path in (root / "src" / folder).rglob("*") if path.suffix in (".h", ".cpp"))
        names = [path.relative_to(root).as_posix() for path in paths if "schema" not in path.name]
        found += [name for name in names if name not in aside]
    return found


def draw(root, folders, seed):
    """All sites of the folders in random order, each with what is to stand there: (Site, new), one mistake a site."""
    sites = []
    for name in sources(root, folders):
        sites += sites_of(name, (pathlib.Path(root) / name).read_text())
    chance = random.Random(seed)
    chance.shuffle(sites)
    return [(site, chance.choice(site.choices)) for site in sites]


def applied(text, site, new):
    """The text with the mistake; the token in its place must be the one that was there when it was drawn."""
    end = site.offset + len(site.old)
    if text[site.offset:end] != site.old:
        raise ValueError(f"{site.file}:{site.line}: no {site.old} there any more")
    return text[:site.offset] + new + text[end:]
