"""Makes one-token mistakes in a copy of the sources and counts those that a test catches; scripts/mutate says more.

usage: mutate.py ROOT WORK FOLDERS COUNT [--seed N] [--least PERCENT] [--jobs N]
       mutate.py ROOT WORK --again FILE
"""

import argparse
import dataclasses
import hashlib
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

import mutations

KERNELS = """
# Of scripts/mutate: what the tests spend their time in is optimized, what is built over and over is not.
foreach(isa avx512 avx2 neon scalar)
  if(TARGET lrtune_kernel_${isa})
    target_compile_options(lrtune_kernel_${isa} PRIVATE -O3)
  endif()
endforeach()
"""
OPTIONS = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG", "-DLRTUNE_TESTS=ON",
           "-DLRTUNE_WERROR=OFF", "-DCMAKE_GTEST_DISCOVER_TESTS_DISCOVERY_MODE=PRE_TEST"]  # building runs no mistake
TIMES_NORMAL = 10  # a test that takes longer has no end
LEAST_SECONDS = 20  # of a time limit
BUILD_SECONDS = 3600
MOST_MEMORY = 8 << 30
MOST_OUTPUT = 1 << 28
# Programs whose outcome depends on more than their own bytes: on lrtune, the libraries, the sources.
OUTSIDE = re.compile(r"LRTUNE_BINARY|LRTUNE_EXACT_LIBRARIES|program\.h|layering")
CAUGHT, SURVIVED, NO_BUILD, SAME = "caught", "survived", "does not compile", "same program"


def limits():
    """Soft ones, so that tests can set their own; and signals as a terminal's shell leaves them, in the background too."""
    for ignored in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_DFL)
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def mirror(source, target):
    """Makes target what source is, times included, so that ninja takes one for the other."""
    there = {}
    for folder, _, names in os.walk(source):
        for name in names:
            path = pathlib.Path(folder, name)
            there[path.relative_to(source)] = path
    for folder, _, names in os.walk(target):
        for name in names:
            path = pathlib.Path(folder, name)
            if path.relative_to(target) not in there:
                path.unlink()
    for name, path in there.items():
        copy = target / name
        old, new = copy.lstat() if copy.exists() else None, path.lstat()
        if old is None or (old.st_mtime_ns, old.st_size) != (new.st_mtime_ns, new.st_size):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy, follow_symlinks=False)


@dataclasses.dataclass
class Test:
    name: str
    command: list
    folder: pathlib.Path
    seconds: float = LEAST_SECONDS * 60  # that it may take


def failure(test, code, output):
    """The test in a program that failed, or was the last to begin."""
    failed = re.findall(r"^\[  FAILED  \] ([^ ,]+)", output, re.MULTILINE)
    running = re.findall(r"^\[ RUN      \] (\S+)", output, re.MULTILINE)
    name = (failed[:1] or running[-1:] or [test.name])[0]
    if code is None:
        return f"{name} (no end)"
    return f"{name} (signal {-code})" if code < 0 else name


class Copy:
    """The copy of the tree with its build folder, and a second one of how that was without a mistake."""

    def __init__(self, root, work, jobs):
        self.root, self.work, self.jobs = root, work, jobs
        self.tree, self.build, self.kept, self.scratch = (work / name for name in ("tree", "build", "kept", "tmp"))
        self.environment = {k: v for k, v in os.environ.items()
                            if k not in ("CI", "GITHUB_ACTIONS", "LRTUNE_ISA") and not k.startswith("GTEST_")}
        self.environment["TMPDIR"] = str(self.scratch)

    def run(self, command, seconds, folder):
        """(exit code, or None after the time limit or endless output; output). Nothing that it has started is left."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)
        log = self.work / "log"
        with open(log, "wb") as output:
            process = subprocess.Popen([str(word) for word in command], cwd=folder, env=self.environment, stdout=output,
                                       stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                                       preexec_fn=limits)
            try:
                code, end = None, time.monotonic() + seconds
                while code is None and time.monotonic() < end and log.stat().st_size < MOST_OUTPUT:
                    try:
                        code = process.wait(1)
                    except subprocess.TimeoutExpired:
                        pass
            finally:
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                process.wait()
        with open(log, errors="replace") as output:
            return code, output.read(MOST_OUTPUT)

    def must(self, *command):
        code, output = self.run(command, BUILD_SECONDS, self.work)
        if code != 0:
            sys.exit(f"mutate: {' '.join(map(str, command))}: {code}\n{output[-4000:]}")
        return output

    def ninja(self, target):
        return self.run(["ninja", "-C", self.build, "-j", self.jobs, target], BUILD_SECONDS, self.work)[0] == 0

    def take_over(self):
        """The files of the clone and no others; only what has changed gets a new time. Returns their digest."""
        listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=self.root, capture_output=True,
                                text=True, check=True).stdout
        names = sorted(name for name in listed.split("\0") if name and (self.root / name).is_file())
        for path in self.tree.rglob("*"):
            if path.is_file() and path.relative_to(self.tree).as_posix() not in set(names):
                path.unlink()
        whole = hashlib.sha256(" ".join(OPTIONS).encode())
        for name in names:
            source, target = self.root / name, self.tree / name
            data = source.read_bytes() + (KERNELS.encode() if name == "CMakeLists.txt" else b"")
            if not target.exists() or target.read_bytes() != data:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                shutil.copymode(source, target)
            whole.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
        return whole.hexdigest()

    def prepare(self):
        """Builds and tests what has no mistake, unless that has been done for these sources."""
        stamp = self.work / "unchanged.json"
        state = self.take_over()
        self.must("cmake", "-S", self.tree, "-B", self.build, *OPTIONS)
        self.must("ninja", "-C", self.build, "-j", self.jobs)
        self.find_tests()
        known = json.loads(stamp.read_text()) if stamp.exists() else {}
        if known.get("sources") != state:
            known = {"sources": state, "seconds": {}}
            for test in self.programs + self.others:
                start = time.monotonic()
                code, output = self.run(test.command, test.seconds, test.folder)
                if code != 0:
                    sys.exit(f"mutate: {failure(test, code, output)} fails without a mistake; see {self.work / 'log'}")
                known["seconds"][test.name] = time.monotonic() - start
            stamp.write_text(json.dumps(known, indent=1) + "\n")
        for test in self.programs + self.others:
            test.seconds = max(LEAST_SECONDS, TIMES_NORMAL * known["seconds"][test.name])
        mirror(self.build, self.kept)
        self.digests = {path: digest(path) for path in self.executables()}

    def find_tests(self):
        """The test programs in the order of tests/CMakeLists.txt, then what else ctest runs, pages last."""
        folder = self.build / "tests"
        names = re.findall(r"^lrtune_test\((\w+)", (self.tree / "tests" / "CMakeLists.txt").read_text(), re.MULTILINE)
        programs = {name: folder / f"test_{name}" for name in names if (folder / f"test_{name}").exists()}
        self.programs = [Test(name, [path, "--gtest_fail_fast"], folder) for name, path in programs.items()]
        self.outside = {name for name in programs for path in (self.tree / "tests" / name).glob("*.[ch]*")
                        if OUTSIDE.search(path.read_text(errors="replace"))}
        shown = json.loads(self.must("ctest", "--test-dir", self.build, "--show-only=json-v1"))
        commands = {test["name"]: test["command"] for test in shown["tests"]}
        self.others = [Test(name, command, folder) for name, command in commands.items()
                       if pathlib.Path(command[0]) not in programs.values()]
        self.others.sort(key=lambda test: test.name.startswith("Docs."))

    def executables(self):
        return [self.build / "lrtune", *(test.command[0] for test in self.programs)]

    def changed(self, path):
        return digest(path) != self.digests[path]

    def object_of(self, file):
        """The object that a source is compiled to, or None for a header."""
        found = list(self.build.glob(f"src/CMakeFiles/*.dir/{file.removeprefix('src/')}.o"))
        return found[0] if len(found) == 1 else None

    def judge(self, site, new):
        """(verdict, name of the test that caught it)."""
        path = self.tree / site.file
        times = path.stat()
        text = path.read_text()
        try:
            path.write_text(mutations.applied(text, site, new))
            return self.verdict(site)
        finally:
            path.write_text(text)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
            mirror(self.kept, self.build)

    def verdict(self, site):
        compiled = self.object_of(site.file)
        if compiled:
            before = digest(compiled)
            if not self.ninja(compiled.relative_to(self.build)):
                return NO_BUILD, None
            if digest(compiled) == before:
                return SAME, None
        own = site.file.split("/")[1]
        for test in sorted(self.programs, key=lambda test: test.name != own):
            if not self.ninja(f"tests/test_{test.name}"):
                return NO_BUILD, None
            if test.name in self.outside or self.changed(test.command[0]):
                caught = self.caught_by(test)
                if caught:
                    return CAUGHT, caught
        if not self.ninja("all"):
            return NO_BUILD, None
        if not any(self.changed(path) for path in self.executables()):
            return SAME, None
        for test in self.others:
            caught = self.caught_by(test)
            if caught:
                return CAUGHT, caught
        return SURVIVED, None

    def caught_by(self, test):
        """Twice, unless there is no end to it: a test that fails by chance has caught nothing."""
        for _ in range(2):
            code, output = self.run(test.command, test.seconds, test.folder)
            if code in (0, None):
                break
        return failure(test, code, output) if code != 0 else None


def survivors(root, file):
    """Those of a list that was written earlier, as (Site, new)."""
    found = []
    for row in json.loads(pathlib.Path(file).read_text())["mutations"]:
        if row["verdict"] != SURVIVED:
            continue
        lines = (root / row["file"]).read_text().split("\n")
        if row["line"] > len(lines) or lines[row["line"] - 1].strip() != row["source"]:
            sys.exit(f"mutate: {row['file']}:{row['line']} has changed since")
        offset = sum(len(line) + 1 for line in lines[:row["line"] - 1]) + row["column"] - 1
        found.append((mutations.Site(row["file"], row["line"], offset, row["old"], (row["new"],)), row["new"]))
    return found


def row_of(root, site, new, verdict, by):
    text = (root / site.file).read_text()
    column = site.offset - (text.rfind("\n", 0, site.offset) + 1) + 1
    return {"file": site.file, "line": site.line, "column": column, "old": site.old, "new": new, "verdict": verdict, "by": by,
            "source": text.split("\n")[site.line - 1].strip()}


def shown(row):
    return f"{row['file']}:{row['line']}: {row['old']} → {row['new'] or 'nothing'}"


def main():
    parser = argparse.ArgumentParser(prog="scripts/mutate")
    parser.add_argument("root", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("work", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("folders", nargs="?", help="folders of src/, as one argument: \"plan stats\"")
    parser.add_argument("count", nargs="?", type=int, help="how many mistakes that compile and change the program")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other mistakes")
    parser.add_argument("--least", type=float, metavar="PERCENT", help="exit code 1 if a smaller share is caught")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="for building")
    parser.add_argument("--again", metavar="FILE", help="try the survivors of this list once more")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("mutate: stopped"))  # not without what it has started
    if not options.again and (options.folders is None or options.count is None or options.count < 1):
        parser.error("folders and a count, or --again FILE")
    root = options.root.resolve()
    folders = (options.folders or "").split()
    for folder in folders:
        if not (root / "src" / folder).is_dir():
            parser.error(f"no folder src/{folder}")
    # Before the long build, so that what is wrong with them is told at once.
    drawn = survivors(root, options.again) if options.again else mutations.draw(root, folders, options.seed)
    count = len(drawn) if options.again else options.count
    options.work.mkdir(parents=True, exist_ok=True)
    copy = Copy(root, options.work.resolve(), options.jobs)
    copy.prepare()

    rows = []
    of = {verdict: [] for verdict in (CAUGHT, SURVIVED, NO_BUILD, SAME)}
    for site, new in drawn:
        if len(of[CAUGHT]) + len(of[SURVIVED]) == count:
            break
        rows.append(row_of(copy.tree, site, new, *copy.judge(site, new)))
        of[rows[-1]["verdict"]].append(rows[-1])
        by = f" by {rows[-1]['by']}" if rows[-1]["by"] else ""
        print(f"{shown(rows[-1])}: {rows[-1]['verdict']}{by}", flush=True)
        found = {"folders": folders, "seed": options.seed, "mutations": rows}
        (copy.work / "mutations.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")

    counted = len(of[CAUGHT]) + len(of[SURVIVED])
    print(f"\ncaught {len(of[CAUGHT])} of {counted}; besides, {len(of[NO_BUILD])} did not compile and {len(of[SAME])} "
          "made the same program")
    for row in of[SURVIVED]:
        print(f"survived: {shown(row)}\n    {row['source']}")
    if options.least is not None and 100 * len(of[CAUGHT]) < options.least * counted:
        print(f"that is less than {options.least:g} %")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
