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
import sys
import traceback
from pathlib import Path

from reviewer.errors import DamagedError, ReviewerError
from tests.faults import flows, judge

LIMIT = 90  # seconds; a child that takes longer hangs
_disk = ctypes.CDLL(None)


def serve(scratch):
    """Answer requests until the other side closes."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(trial(scratch, **asked)), file=answers, flush=True)


def trial(scratch, flow, *, kinds="", nth=0, action=0, lasting=False):
    """Do one trial and return its figures and what was found wrong."""
    seed, work = scratch / f"seed-{flow}", scratch / "work"
    if not seed.exists():
        seed.mkdir()
        in_child(scratch / "prepared", lambda: flows.prepare(flow, seed))
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(seed, work)
    said = scratch / "said"
    status = in_child(said, lambda: _struck(flow, work, kinds, nth, action, lasting=lasting))
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
        "refused": [line for line in lines if line.startswith("refused ")],
        "wrong": wrong,
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


def _struck(flow, work, kinds, nth, action, *, lasting):
    """Run the flow with the fault; one that is refused is healed, looked at, and tried again."""

    def refused(error, book):
        _disk.faults_disarm()
        os.write(1, f"refused {type(error).__name__} {error}\n".encode())
        if isinstance(error, DamagedError) and book is not None:
            # What could not be read may be damage: the engine goes no further with this file
            # until it is opened again, which is what the judge does next.
            raise flows.Stopped(str(error))
        if book is not None:
            book.journal.head()  # whoever was refused can still read
        # The open casebook's journal is the engine's; what cannot be removed now is swept later.
        left = [name for name in judge.left_over(work) if name != f"{flows.BOOK}-journal"]
        if left and not lasting:
            os.write(1, f"wrong left behind by a refused step: {left}\n".encode())

    @contextlib.contextmanager
    def apart():
        _disk.faults_pause(1)
        yield
        _disk.faults_pause(0)

    flows.on_refusal, flows.apart = refused, apart
    _disk.faults_arm(str(work).encode(), kinds.encode(), ctypes.c_long(nth), action, int(lasting))
    try:
        flows.run(flow, work)
    except ReviewerError as error:  # told between two steps, or not to be gone on from: see judge
        os.write(1, f"stopped {type(error).__name__} {error}\n".encode())
    _disk.faults_disarm()
    os.write(1, f"figures {_disk.faults_seen()} {_disk.faults_struck()}\n".encode())


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
    serve(Path(sys.argv[1]))
