#!/usr/bin/python3
"""Installs lrtune in a temporary folder, builds the example of docs/library.md against it, and compares what it prints.

usage: example_test.py SOURCE_FOLDER BUILD_FOLDER COMPILER [FLAGS]
"""

import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE, BUILD, COMPILER = sys.argv[1:4]
FLAGS = sys.argv[4] if len(sys.argv) > 4 else ""


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def without_time(text):
    return re.sub(r"in [0-9.]+ s on .*", "in … s", text)


def main():
    page = (pathlib.Path(SOURCE) / "docs" / "library.md").read_text()
    blocks = dict(re.findall(r"```(\w*)\n(.*?)```", page, flags=re.S))  # one of each kind
    shown = re.search(r"It prints.*?```\n(.*?)```", page, flags=re.S).group(1)
    with tempfile.TemporaryDirectory(prefix="lrtune library ") as name:
        folder = pathlib.Path(name)
        run("cmake", "--install", BUILD, "--prefix", folder / "prefix")
        (folder / "CMakeLists.txt").write_text(blocks["cmake"])
        (folder / "example.cpp").write_text(blocks["cpp"])
        run("cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={folder / 'prefix'}",
            f"-DCMAKE_CXX_COMPILER={COMPILER}", f"-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror {FLAGS}")
        run("cmake", "--build", folder / "build")
        printed = run(folder / "build" / "example")
    if without_time(printed) != without_time(shown):
        sys.exit(f"docs/library.md shows\n{shown}\nthe example prints\n{printed}")
    print("the example builds and prints what the page shows")


if __name__ == "__main__":
    main()
