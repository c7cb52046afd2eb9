#!/usr/bin/env python3
"""Tries to make lrtune lose work: see docs/reliability.md. Run by scripts/reliability.

usage: campaign.py BINARY SHIM kill COUNT | cut | faults | memory COUNT
Ends with 1 and the place if a result ever differs from that of a run in one go, or an error is not told clearly.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

BINARY, SHIM = (str(pathlib.Path(p).resolve()) for p in sys.argv[1:3])
# The dynamic linker takes blanks and colons for the ends of a name: the shim is named from the folder that runs stand in.
PRELOAD = "../fail.so"

# Some fifty trials; two optimizers, seeds and stages enough for every kind of record.
CONFIG = {
    "data": {"synthetic": {"name": "moons", "rows": 60}},
    "model": {"hidden": [4]},
    "training": {"epochs": 3, "batch_size": 16},
    "search": {"seeds": 2, "max_seeds": 2, "coarse_per_decade": 1, "fine_per_decade": 3},
    "optimizers": ["sgd", "adam"],
}
# Long enough that a kill finds it at work.
LONGER = dict(CONFIG, model={"hidden": [32]}, training={"epochs": 300, "batch_size": 8}, search={"budget_runs": 16})
# So short that a run may be made for every byte of its journal.
SHORTEST = dict(CONFIG, search={"budget_runs": 3, "seeds": 1, "max_seeds": 1}, optimizers=["sgd"])


def tune(*arguments, **kwargs):
    return subprocess.run([BINARY, "tune", "c.json", "-q", *arguments], capture_output=True, text=True, **kwargs)


def result():
    """The result without `run`, which tells when and where it was made."""
    value = json.loads(pathlib.Path("r.json").read_text())
    del value["run"]
    return json.dumps(value)


def reference(config):
    pathlib.Path("c.json").write_text(json.dumps(config))
    start = time.monotonic()
    ran = tune("-o", "r.json")
    assert ran.returncode == 0, ran.stderr
    seconds = time.monotonic() - start
    wanted = result()
    os.remove("r.json")
    return wanted, seconds


def expect(good, *what):
    if not good:
        print("FAILED:", *what)
        sys.exit(1)


def kill(count):
    wanted, seconds = reference(LONGER)
    random.seed(1)
    kills = resumed = searches = 0
    while kills < count:
        had = os.path.exists("r.json.journal")
        process = subprocess.Popen([BINARY, "tune", "c.json", "-q", "-o", "r.json", "--resume"])
        try:
            process.wait(random.uniform(0, 1.2 * seconds))
        except subprocess.TimeoutExpired:
            process.kill()
        status = process.wait()
        if status == -9:
            kills += 1
            # Between the rename and the end of the process it is there, whole.
            expect(not os.path.exists("r.json") or result() == wanted, "half a result, kill", kills)
            continue
        expect(status == 0, "exit", status, "after kill", kills)
        resumed += had
        searches += 1
        expect(result() == wanted, "another result after kill", kills)
        expect(sorted(os.listdir()) == ["c.json", "r.json"], "left behind", os.listdir())
        os.remove("r.json")
    print(f"kill -9: {kills} kills in {searches} searches of {seconds:.2f} s each, {resumed} ended after a resume, "
          "every result the same bytes")


def cut():
    wanted, _ = reference(SHORTEST)
    expect(tune("--journal", "whole").returncode == 0, "no journal")
    whole = pathlib.Path("whole").read_bytes()
    for size in range(len(whole) + 1):
        pathlib.Path("r.json.journal").write_bytes(whole[:size])
        ran = tune("-o", "r.json", "--resume")
        expect(ran.returncode == 0, "cut at", size, ran.stderr)
        expect(result() == wanted, "another result, cut at", size)
        expect(not os.path.exists("r.json.journal"), "a journal is left, cut at", size)
    records = whole.count(b"\n")
    print(f"cut: a journal of {records} lines cut at each of its {len(whole) + 1} places: every result the same bytes")


def fault(function, call, wanted, exits):
    """One run in which that call fails ("3": the third, "3+": from there on), and one after it. False: there is no such
    call."""
    pathlib.Path("r.json").write_text("old")
    env = dict(os.environ, LD_PRELOAD=PRELOAD, LRTUNE_FAIL=f"{function}:{call}", LRTUNE_FAIL_LOG="fired")
    ran = tune("-o", "r.json", "--threads", "2", env=env)
    place = f"{function} {call}: exit {ran.returncode}: {ran.stderr}"
    fired = os.path.exists("fired")
    if fired:
        os.remove("fired")
    lines = ran.stderr.splitlines()
    told = all(line.startswith("lrtune: ") for line in lines)
    expect(ran.returncode in exits and told, place)
    if ran.returncode == 0:
        expect(result() == wanted, "another result", place)
    else:
        expect(lines and "bug" not in ran.stderr, place)
        # What fails once the result is in its place, as the summary may, leaves the whole new one.
        expect(pathlib.Path("r.json").read_text() == "old" or result() == wanted, "neither old nor new", place)
    left = set(os.listdir()) - {"c.json", "r.json", "r.json.journal"}
    expect(not left, "left behind", left, place)
    ran = tune("-o", "r.json", "--resume")
    expect(ran.returncode == 0, "afterwards", place, ran.stderr)
    expect(result() == wanted, "another result afterwards", place)
    return fired, lines[0] if lines else ""


def faults():
    wanted, _ = reference(CONFIG)
    for function in ("open", "write", "fsync", "close", "linkat", "rename", "ftruncate"):
        call = 0
        messages = set()
        while True:
            call += 1
            fired, message = fault(function, call, wanted, (0, 2))
            if not fired:
                break
            messages.add(message)
            messages.add(fault(function, f"{call}+", wanted, (0, 2))[1])
        expect(call > 1, function, "is never called")
        print(f"{function}: each of {call - 1} calls failed, once and from there on; told:", *sorted(m or "(nothing: not needed)" for m in messages),
              sep="\n  ")


def memory(count):
    wanted, _ = reference(CONFIG)
    most = 1
    while fault("malloc", most, wanted, (0, 1, 2))[0]:
        most *= 2
    random.seed(1)
    calls = sorted(set(range(1, count // 2)) | {random.randrange(1, most) for _ in range(count // 2)})
    fired = 0
    outcomes = {}
    for call in calls:
        hit, message = fault("malloc", call, wanted, (0, 1, 2))
        fired += hit
        outcomes[message] = outcomes.get(message, 0) + hit
    print(f"malloc: {fired} different calls failed, the first {count // 2} and others up to {most}; told:")
    for message, times in sorted(outcomes.items()):
        print(f"  {times} times: {message or '(nothing: not needed)'}")
    memory_of_check(count)


def memory_of_check(count):
    """The gate with allocations that fail, from anywhere on or once: it ends with 0 and a whole baseline, or with 1, one
    line, and the old one."""
    reference(CONFIG)
    env = {k: v for k, v in os.environ.items() if k not in ("CI", "GITHUB_ACTIONS")}

    def check(*arguments, **more):
        return subprocess.run([BINARY, "check", *arguments], capture_output=True, text=True, env=dict(env, **more))

    tune("-o", "r.json")
    expect(check("b.json", "r.json", "--update", "-q").returncode == 0, "no baseline")
    wanted = pathlib.Path("b.json").read_text()
    commands = (["b.json", "r.json", "--json", "--junit", "j.xml", "--markdown", "m.md"],
                ["b.json", "r.json", "--exact", "-q"], ["b.json", "-q"], ["b.json", "r.json", "--update", "-q"])
    failed = 0
    for _ in range(count):
        command = random.choice(commands)
        call = f"{int(10 ** random.uniform(0, 4.8))}{random.choice(['', '+'])}"
        ran = check(*command, LD_PRELOAD=PRELOAD, LRTUNE_FAIL=f"malloc:{call}", LRTUNE_FAIL_LOG="fired")
        place = f"check {' '.join(command)}, malloc {call}: exit {ran.returncode}: {ran.stderr}"
        expect(ran.returncode == 0 or ran.returncode == 1 and ran.stderr.startswith("lrtune: out of memory"), place)
        expect(pathlib.Path("b.json").read_text() == wanted, "another baseline", place)
        left = set(os.listdir()) - {"c.json", "r.json", "b.json", "j.xml", "m.md", "fired"}
        expect(not left, "left behind", left, place)
        failed += ran.returncode == 1
    print(f"malloc in check: {count} runs, of which {failed} had too little memory and said so")


def main():
    command, *arguments = sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(SHIM, pathlib.Path(folder) / "fail.so")
        work = pathlib.Path(folder) / "work"
        work.mkdir()
        os.chdir(work)
        {"kill": kill, "cut": cut, "faults": faults, "memory": memory}[command](*map(int, arguments))
        os.chdir("/")


main()
