"""Killed, crashed or left locked: no canary on the disk, no core file (test rows 33, 34)."""

import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto.keys import derive
from tests.leaks.canaries import CANARIES, forms, found
from tests.leaks.traced import needs_strace
from tests.leaks.world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

STEPS = ("read", "judge", "write", "mark", "search", "go_wrong")
KILLS = 25
CEILING = 600  # copies of canaries in memory after the lock: a trend, not a promise


@pytest.fixture
def world(tmp_path, furnished):
    return World(shutil.copytree(furnished.root, tmp_path / "world"))


def begin(world, *more, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.leaks.by_window", world.root, *more],
        env=world.environment(),
        cwd=world.work,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        **options,
    )


def leaks(world):
    """Return the canaries in every file but the planted ones, and every core file."""
    cores = [path for path in world.root.rglob("core*") if path.is_file()]
    files = [path for path in world.files() if path not in cores]
    return {str(p): hit for p in files if (hit := found(p.read_bytes()))}, cores


def killed_at(world, step, after):
    """Kill the window ``after`` seconds into a step; it must have come that far."""
    process = begin(world)
    try:
        for line in process.stdout:
            if line == f"step {step}\n":
                break
        else:
            pytest.fail(f"it never came to {step}")
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
    finally:
        process.kill()
        process.communicate(timeout=120)


@pytest.mark.nightly
def test_nothing_in_clear_is_left_by_any_of_many_kills(world, capsys):
    chance = random.Random(25)  # noqa: S311 - as above
    times = 0
    for _ in range(KILLS):
        killed_at(world, chance.choice(STEPS), chance.random() * 0.8)
        assert leaks(world) == ({}, [])
        times += 1
    with capsys.disabled():
        sys.stdout.write(f"\nkills of the window: {times}, files with a canary: 0, cores: 0\n")


@pytest.mark.parametrize(
    "after", [6, *(pytest.param(n, marks=pytest.mark.nightly) for n in (1, 10))]
)
def test_a_kill_costs_at_most_the_last_two_seconds_of_typing(world, after, capsys):
    process = begin(world, "--type")
    typed, end = [], 0.0
    try:
        for line in process.stdout:
            if line.startswith("typed "):
                _word, count, at = line.split()
                typed.append((int(count), float(at)))
                end = end or typed[0][1] + after
                if typed[-1][1] >= end:
                    break
    finally:
        process.kill()
        killed = time.monotonic()
        process.communicate(timeout=120)
    with Casebook.open(
        world.work / "inquiry.casebook", (world.planted / "chair.txt").read_text().strip()
    ) as book:
        about = book.about
        case = book.cases.by_reference(CANARIES["reference"]).id
        ratings = book.ratings.of(about.member, case, about.round)
    kept = max((len(r.comment) for r in ratings.values() if set(r.comment) == {"x"}), default=0)
    oldest_lost = next((at for count, at in typed if count > kept), killed)
    with capsys.disabled():
        sys.stdout.write(
            f"\nkilled {after} s into typing: {kept} of {len(typed)} letters kept, the oldest that"
            f" was lost was {max(killed - oldest_lost, 0):.2f} s old\n"
        )
    assert kept or after < 5
    assert killed - oldest_lost <= 2.0
    assert leaks(world) == ({}, [])


def unlimited():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def test_a_crash_leaves_no_core_although_the_parent_allows_one(world):
    process = begin(world, "--crash", "find", preexec_fn=unlimited)
    process.communicate(timeout=300)
    assert process.returncode == -signal.SIGSEGV
    assert leaks(world) == ({}, [])


def test_a_crash_of_anything_else_here_would_leave_one(tmp_path):
    """Else the test above guards nothing: some systems hand cores to a program of theirs."""
    if Path("/proc/sys/kernel/core_pattern").read_text().startswith("|"):
        pytest.skip("this system hands cores to a program")
    code = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, preexec_fn=unlimited, check=False)
    if not list(tmp_path.glob("core*")):
        pytest.skip("this system writes no cores at all")


@pytest.mark.parametrize("command", [["cases"], ["--version"]])
def test_the_command_line_gives_up_cores_before_anything_else(tmp_path, command):
    code = (
        "import sys, resource, ctypes, reviewer.cli.main as cli, reviewer.__main__ as program\n"
        "cli.run = lambda _a: print(resource.getrlimit(4), ctypes.CDLL(None).prctl(3)) or 0\n"
        f"sys.argv = ['reviewer', *{command!r}]\nprogram.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=unlimited,
    )
    assert done.stdout == "(0, 0) 0\n", done.stderr


@pytest.mark.nightly
def test_memory_after_the_lock_holds_little_and_no_key(world, capsys):
    """Python cannot wipe: the number is recorded and kept from growing, not promised to be 0."""
    needs_strace()  # only root may read the memory of a process that is not dumpable
    process = begin(world, "--wait")
    try:
        for line in process.stdout:
            if line == "locked\n":
                break
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        counts = in_memory(world, process.pid)
        process.stdin.write("go on\n")
        process.stdin.flush()
        out, _ = process.communicate(timeout=300)
    finally:
        process.kill()
        process.wait()
    assert out.endswith("done\n")
    assert re.search(r"Max core file size +0 +0 ", limits)
    key = counts.pop("raw key", 0)
    own = Counter(dict.fromkeys(counts, counts["member passphrase"]))  # by the session itself
    held = sum((counts - own).values())
    with capsys.disabled():
        sys.stdout.write(f"\nafter the lock: raw key {key}, copies of canaries {held}\n")
    assert held + key <= CEILING


def in_memory(world, pid):
    """Count canaries and the raw key in the writable memory of a process."""
    salt = (world.work / "inquiry.casebook").read_bytes()[:16]
    passphrase = (world.planted / "chair.txt").read_text().strip()
    sought = {f"{name}": forms(word)["utf-8"] for name, word in CANARIES.items()}
    sought |= {f"{name} (wide)": forms(word)["utf-16le"] for name, word in CANARIES.items()}
    sought["raw key"] = bytes(derive(passphrase, salt))
    sought["whole passphrase"] = passphrase.encode()
    counts = Counter()
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            where, rights, *_ = line.split()
            if not rights.startswith("rw") or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(part, 16) for part in where.split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except OSError:
                continue
            for name, raw in sought.items():
                counts[name] += data.count(raw)
    return +counts
