"""One process that has imported the program, and forks a child for every trial.

``python -m tests.faults.server SCRATCH`` under preload.c; ``lab.py`` speaks with it, a line of
JSON each way. A trial is: a fresh copy of what the flow starts from, the flow in a child with one
fault, then a second child that judges what is left.
"""

import contextlib
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import traceback
from pathlib import Path

from reviewer.errors import DamagedError, ReviewerError
from tests.faults import flows, judge, mutants, swapped

LIMIT = 90  # seconds; a child that takes longer hangs
_disk = ctypes.CDLL(None)


def serve(scratch):
    """Answer requests until the other side closes."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(trial(scratch, **asked)), file=answers, flush=True)


def trial(scratch, flow, *, room=None, replaced=False, **fault):
    """Do one trial and return its figures and what was found wrong.

    With ``room`` the folder is a file system of its own with so many bytes free. With
    ``replaced`` the casebook is replaced by its backup afterwards: see ``swapped``.
    """
    seed, work = scratch / f"seed-{flow}", scratch / "work"
    if not seed.exists():
        seed.mkdir()
        in_child(scratch / "prepared", lambda: flows.prepare(flow, seed))
    shutil.rmtree(work, ignore_errors=True)
    if replaced:
        shutil.copytree(seed, work)
        return _replaced(scratch, flow, seed, work, fault)
    if room is None:
        shutil.copytree(seed, work)
        return _tried(scratch, flow, work, lambda: _struck(flow, work, **fault))
    work.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "faults", work], check=True)
    try:
        shutil.copytree(seed, work, dirs_exist_ok=True)
        facts = os.statvfs(work)
        used = (facts.f_blocks - facts.f_bfree) * facts.f_frsize
        _resize(work, used + room)
        return _tried(scratch, flow, work, lambda: _cramped(flow, work))
    finally:
        subprocess.run(["umount", "-l", work], check=True)


def _tried(scratch, flow, work, action):
    """Do the action in a child, and judge what is left."""
    said = scratch / "said"
    status = in_child(said, action)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    lines = said.read_text(errors="replace").splitlines()
    wrong = [] if status == 0 or killed else ["; ".join(lines[-6:])]
    wrong += [line for line in lines if line.startswith("wrong ")]
    verdict = scratch / "verdict"
    broken = killed or any(line.startswith("stopped ") for line in lines)
    status = in_child(verdict, lambda: _judge(flow, work, said.read_bytes(), broken=broken))
    wrong += verdict.read_text(errors="replace").splitlines()
    if status:
        wrong.append(f"the judge ended with {status}")
    figures = next((line.split()[1:] for line in lines if line.startswith("figures ")), (0, 0))
    return {
        "seen": int(figures[0]),
        "struck": int(figures[1]) + killed,
        "killed": killed,
        "acknowledged": sum(line.startswith("ack head") for line in lines),
        "refused": [line for line in lines if line.startswith("refused ")],
        "wrong": wrong,
    }


def _replaced(scratch, flow, seed, work, fault):
    """Do the flow with its fault, then put the backup in the casebook's place, in each way."""
    said = scratch / "said"
    status = in_child(said, lambda: _struck(flow, work, **fault))
    journals = swapped.journals_in(work)
    if journals:
        status = in_child(said, lambda: swapped.judge(flow, seed, work, scratch / "swapped"))
    lines = said.read_text(errors="replace").splitlines()
    killed = os.WIFSIGNALED(status)
    return {
        "seen": next((int(line.split()[1]) for line in lines if line.startswith("figures ")), 0),
        "journals": journals,
        "states": sum(line.startswith("tried ") for line in lines),
        "lost": [line for line in lines if line.startswith("lost ")]
        + (["; ".join(lines[-4:])] if journals and (status or killed) else []),
    }


def in_child(output, action):
    """Do ``action`` in a fork whose output goes to a file; return its wait status."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            file = os.open(output, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            os.dup2(file, 1)
            os.dup2(file, 2)
            signal.alarm(LIMIT)
            action()
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it is, it is told and judged
            _disk.faults_disarm()
            os.write(1, traceback.format_exc().encode())
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def _struck(flow, work, *, kinds="", nth=0, action=0, lasting=False):
    """Run the flow with the fault; one that is refused is healed, looked at, and tried again."""

    def refused(error, book):
        _disk.faults_disarm()
        # What cannot be removed now is swept later.
        _look(error, book, work if not lasting else None)

    @contextlib.contextmanager
    def apart():
        _disk.faults_pause(1)
        yield
        _disk.faults_pause(0)

    flows.on_refusal, flows.apart = refused, apart
    _disk.faults_arm(str(work).encode(), kinds.encode(), ctypes.c_long(nth), action, int(lasting))
    _run(flow, work)
    _disk.faults_disarm()
    os.write(1, f"figures {_disk.faults_seen()} {_disk.faults_struck()}\n".encode())


def _cramped(flow, work):
    """Run the flow on a small file system; refused for room, it gets more and goes on."""
    before = {}

    def remember():
        before[flows.BOOK] = _sum(work / flows.BOOK)

    def refused(error, book):
        _look(error, book, work)
        if "room" not in str(error) and "full" not in str(error):
            os.write(1, b"wrong it does not say that there is no room\n")
        if flow in flows.OUTSIDE and _sum(work / flows.BOOK) != before[flows.BOOK]:
            os.write(1, b"wrong the casebook changed though the step was refused\n")
        if (
            flow in flows.ONE_CHANGE
            and book is not None
            and book.journal.head() != flows.heads[-1]
        ):
            os.write(1, b"wrong the refused step is in the casebook\n")
        _resize(work, 1 << 30)

    flows.on_refusal, flows.before_step = refused, remember
    _run(flow, work)
    os.write(1, b"figures 0 0\n")


def _run(flow, work):
    try:
        flows.run(flow, work)
    except ReviewerError as error:  # told between two steps, or not to be gone on from: see judge
        os.write(1, f"stopped {type(error).__name__} {error}\n".encode())


def _look(error, book, work):
    """Note a refusal, and what it left behind in ``work``."""
    os.write(1, f"refused {type(error).__name__} {error}\n".encode())
    if isinstance(error, DamagedError) and book is not None:
        # What could not be read may be damage: the engine goes no further with this file
        # until it is opened again, which is what the judge does next.
        raise flows.Stopped(str(error))
    if book is not None:
        book.journal.head()  # whoever was refused can still read
    # The open casebook's journal is the engine's.
    left = [] if work is None else judge.left_over(work)
    left = [name for name in left if name != f"{flows.BOOK}-journal"]
    if left:
        os.write(1, f"wrong left behind by a refused step: {left}\n".encode())


def _sum(path):
    """Return the digest of a file, read by another process: reading it here drops its lock."""
    done = subprocess.run(["sha256sum", path], capture_output=True, check=False)
    return done.stdout.split(b" ")[0]


def _resize(work, size):
    subprocess.run(["mount", "-o", f"remount,size={size}", work], check=True)


def _judge(flow, work, said, *, broken):
    """Print what is wrong, a line each; after a break, also of the work done again."""
    wrong = judge.faults_in(work, judge.Promise.of(said), flow=flow)
    if broken and not wrong and flow in flows.REPEATABLE:
        flows.ack = lambda *_what: None
        if flow != "create" or not (work / flows.BOOK).exists():
            flows.run(flow, work)
    if not broken or flow in flows.REPEATABLE:
        wrong += [f"left behind in the end: {name}" for name in judge.left_over(work)]
    os.write(1, "".join(f"{line}\n" for line in wrong).encode())


if __name__ == "__main__":
    mutants.apply(os.environ.get("FAULTS_MUTANT", ""))
    serve(Path(sys.argv[1]))
