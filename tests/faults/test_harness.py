"""The harness itself: it sees what the system sees, and it notices a program made worse."""

import errno
import os
import re
import subprocess
import sys
from collections import Counter

import pytest

from tests.faults import disk, flows
from tests.faults.conftest import needs
from tests.faults.lab import CHANGES, KILL, Lab
from tests.faults.test_power_loss import record, replay

# Every call that could change a file or a folder, and what preload.c calls it.
KINDS = {
    "write": "W", "pwrite64": "W", "writev": "W", "pwritev": "W", "pwritev2": "W",
    "ftruncate": "T", "truncate": "T", "fallocate": "T",
    "fsync": "S", "fdatasync": "S", "sync_file_range": "S",
    "rename": "R", "renameat": "R", "renameat2": "R",
    "link": "L", "linkat": "L", "symlink": "L", "symlinkat": "L",
    "unlink": "U", "unlinkat": "U", "rmdir": "D",
    "sendfile": "W", "copy_file_range": "W",
}  # fmt: skip
LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")


def seen_by_strace(log, folder):
    """Return the calls that strace saw succeed on files below the folder, by kind."""
    seen = Counter()
    for line in log.read_text(errors="replace").splitlines():
        found = LINE.match(line)
        if found and f"{folder}" in found[2] and int(found[3]) >= 0:
            # Only the file that is written to counts, not one that is named in what is written.
            target = found[2].split(",")[0] if KINDS[found[1]] in "WST" else found[2]
            seen[KINDS[found[1]]] += f"{folder}" in target
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("flow", ["import", "issue", "backup", "restore", "migrate"])
def test_the_recorder_sees_each_change_that_strace_sees(preload, tmp_path, flow):
    strace = needs("strace", "what the recorder is held to")
    folder, log, trace = tmp_path / "work", tmp_path / "log", tmp_path / "trace"
    folder.mkdir()
    under = [strace, "-f", "-y", "-s", "0", "-o", trace, "-e", f"trace={','.join(KINDS)}"]
    ops, _, _ = record(preload, flow, folder, log, under=under)
    recorded = Counter(op.kind for op in ops if op.kind in "WTSRLUD")
    assert recorded == seen_by_strace(trace, folder)
    assert recorded["W"] > 2


@pytest.mark.slow
@pytest.mark.parametrize("nth", [3, 11, 40])
def test_a_kill_by_strace_and_one_by_ours_strike_the_same_call(lab, tmp_path, nth):
    """The Nth pwrite64 of rating is the Nth write: what was acknowledged by then is the same."""
    strace = needs("strace", "killing from outside")
    flows.prepare("rate", tmp_path)
    rating = [sys.executable, "-m", "tests.faults.flows", "rate", tmp_path]
    inject = f"inject=pwrite64:signal=SIGKILL:when={nth}"
    done = subprocess.run(
        [strace, "-f", "-qq", "-o", os.devnull, "-e", "trace=pwrite64", "-e", inject, *rating],
        capture_output=True,
        check=False,
    )
    acknowledged = done.stdout.count(b"ack head")
    assert done.returncode != 0
    ours = lab.ask(flow="rate", kinds="W", nth=nth, action=KILL)
    assert ours["killed"]
    assert ours["acknowledged"] == acknowledged


# ---------------------------------------------------------------- made worse on purpose


@pytest.mark.slow
@pytest.mark.parametrize(
    ("flow", "worse"),
    [
        ("rate", {"FAULTS_MUTANT": "synchronous=OFF"}),
        ("rate", {"FAULTS_MUTANT": "DELETE and OFF"}),
        ("rate", {"FAULTS_NOSYNC": "1"}),
        ("return", {"FAULTS_MUTANT": "renames before syncing"}),
    ],
    ids=["synchronous=OFF", "DELETE and OFF", "fsync does nothing", "renames before syncing"],
)
def test_power_loss_finds_a_program_that_does_not_wait_for_the_disk(
    preload, tmp_path, flow, worse
):
    tried, bad = replay(preload, flow, tmp_path, 5, extra=worse, first=True)
    print(f"made worse, {worse}: noticed in state {tried}")  # noqa: T201
    assert bad, "a harness that finds nothing here guards nothing"


@pytest.mark.slow
def test_strikes_find_a_writer_that_leaves_its_part_file(preload):
    lab = Lab(preload, cores=1, extra={"FAULTS_MUTANT": "leaves its part file"})
    try:
        tally = lab.sweep("return", CHANGES, errno.EIO, stride=3, first=2)
    finally:
        lab.close()
    assert any("left behind" in wrong for wrong in tally.bad)


def test_the_model_of_a_disk_loses_what_was_not_synced():
    """Seven states a moment, of which one keeps nothing unsynced and one keeps all."""
    ops = [
        disk.Op("C", "a", "", 0, b""),
        disk.Op("W", "a", "", 0, b"one"),
        disk.Op("S", "a", "", 0, b""),
        disk.Op("W", "a", "", 3, b"two"),
    ]
    found = {state.how: state.files for state in disk.states(ops, {}) if state.upto == len(ops)}
    assert found["nothing unsynced kept"] == {"a": b"one"}
    assert found["everything kept"] == {"a": b"onetwo"}
    assert len(found) == 7
