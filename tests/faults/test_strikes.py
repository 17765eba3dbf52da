"""Killed at the Nth call, or told that the disk is broken or full: nothing acknowledged is lost.

N counts the calls that a flow makes on its own folder (see preload.c); ``test_what_is_seen`` holds
that count to what strace sees. FAULTS_SHARE is how many of a flow's calls are tried: 1 is each.
"""

import errno
import os

import pytest

from tests.faults import flows
from tests.faults.lab import CHANGES, KILL, TORN

SHARE = int(os.environ.get("FAULTS_SHARE", "61"))  # every so manyth call
LONG = {"summary": 5, "import": 2}  # flows that take a second or more each

ERRORS = {
    "EIO once": (CHANGES + "P", errno.EIO, False),
    "EIO from then on": (CHANGES + "P", errno.EIO, True),
    "ENOSPC once": ("WTLMO", errno.ENOSPC, False),
    "ENOSPC from then on": ("WTLMO", errno.ENOSPC, True),
    "EACCES once": ("ORUL", errno.EACCES, False),
    "EACCES from then on": ("ORUL", errno.EACCES, True),
}


def sweep(lab, flow, kinds, action, *, lasting=False):
    """Strike at every ``SHARE``-th call of these kinds, beginning at another one for each flow."""
    stride = SHARE * (LONG.get(flow, 1) if SHARE > 1 else 1)
    first = 1 + flows.FLOWS.index(flow) * 7 % stride
    return lab.sweep(flow, kinds, action, stride=stride, first=first, lasting=lasting)


@pytest.mark.slow
@pytest.mark.parametrize("flow", flows.FLOWS)
def test_killed_at_any_call_nothing_acknowledged_is_lost(lab, flow):
    whole, torn = sweep(lab, flow, CHANGES, KILL), sweep(lab, flow, "W", TORN)
    kills = whole.killed + torn.killed
    print(f"kills, {flow}: {kills}, {len(whole.bad) + len(torn.bad)} losses")  # noqa: T201
    assert kills == whole.trials + torn.trials
    assert not whole.bad + torn.bad, "\n".join((whole.bad + torn.bad)[:5])


@pytest.mark.slow
@pytest.mark.parametrize("flow", flows.FLOWS)
@pytest.mark.parametrize("fault", ERRORS)
def test_a_disk_that_refuses_is_told_and_tried_again(lab, flow, fault):
    kinds, action, lasting = ERRORS[fault]
    tally = sweep(lab, flow, kinds, action, lasting=lasting)
    told = dict(tally.refused)
    print(f"{fault}, {flow}: {tally.struck} of {tally.trials}, told {told}, {len(tally.bad)} bad")  # noqa: T201
    assert not tally.bad, "\n".join(tally.bad[:5])


@pytest.mark.slow
def test_what_strikes_is_what_was_asked_for(lab):
    """A harness whose faults never strike would find nothing for ever."""
    for kinds, action in (("W", KILL), ("S", errno.EIO), ("P", errno.EIO), ("T", errno.EIO)):
        answer = lab.ask(flow="rate", kinds=kinds, nth=5, action=action)
        assert answer["struck"] == 1
        assert answer["killed"] == (action == KILL)
        assert answer["refused"] or answer["killed"]
