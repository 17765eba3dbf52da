"""The disk is too small, by any amount: a clear sentence, nothing lost, with room it goes on.

Each flow runs on a file system of its own (tmpfs), with 0.5 to 2 times the room that it needs:
three sizes, or with FAULTS_ROOM at least every so many KiB, having found first what it needs.
"""

import os
import subprocess
import sys

import pytest

from tests.faults import flows

STEP = 4 << 10  # a page of memory: the least by which such file systems differ
ROOM = int(os.environ.get("FAULTS_ROOM", "0")) << 10
NEEDED = {  # KiB that were measured, for the short form
    "create": 320, "import": 192, "rate": 128, "issue": 320, "backup": 16960, "restore": 16704,
    "summary": 576, "migrate": 384, "update": 128,
}  # fmt: skip
MOST = 64 << 20


@pytest.fixture(scope="module")
def small_disks(lab, tmp_path_factory):
    """Give the lab; skip where nobody may mount a file system."""
    folder = tmp_path_factory.mktemp("mount")
    if sys.platform != "linux":
        pytest.skip("SKIPPED: small file systems are mounted on Linux only")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "faults", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("SKIPPED: small file systems need the right to mount them (root)")
    subprocess.run(["umount", folder], check=True)
    return lab


def needed(lab, flow):
    """Return the least room, in steps, in which the flow is not refused."""
    low, high = 0, MOST // STEP
    while high - low > 1:
        middle = (low + high) // 2
        answer = lab.ask(flow=flow, room=middle * STEP)
        assert not answer["wrong"], (flow, middle * STEP, answer)
        low, high = (middle, high) if answer["refused"] else (low, middle)
    return high * STEP


@pytest.mark.slow
@pytest.mark.parametrize("flow", flows.FLOWS if ROOM else NEEDED)
def test_too_small_a_disk_is_told_and_loses_nothing(small_disks, flow):
    enough = needed(small_disks, flow) if ROOM else NEEDED[flow] << 10
    sizes = range(enough // 2, enough * 2 + 1, min(ROOM, enough // 8) or enough * 3 // 4)
    trials = [{"flow": flow, "room": size // 4096 * 4096} for size in sizes]
    tally = small_disks.all(trials)
    refused = sum(tally.refused.values())
    print(f"full disk, {flow}: {enough >> 10} KiB needed, {tally.trials} sizes, {refused} refused")  # noqa: T201
    assert not tally.bad, "\n".join(tally.bad[:5])
    assert 0 < refused < tally.trials
