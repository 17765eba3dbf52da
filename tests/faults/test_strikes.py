"""Killed at the Nth call, or told that the disk is broken or full: nothing acknowledged is lost.

N counts the calls that a flow makes on its own folder (see preload.c); ``test_harness`` holds
that count to what strace sees.
"""

import errno
import os

import pytest

from tests.faults import flows
from tests.faults.lab import CHANGES, KILL, TORN

KILLS = int(os.environ.get("FAULTS_KILLS", "83"))  # every so manyth call is killed at
REFUSALS = int(os.environ.get("FAULTS_REFUSALS", "199"))  # and every so manyth refused
LONG = {"summary": 5, "import": 2}  # flows that take a second or more each

ERRORS = {
    "EIO once": (CHANGES + "P", errno.EIO, False),
    "EIO from then on": (CHANGES + "P", errno.EIO, True),
    "ENOSPC once": ("WTLMO", errno.ENOSPC, False),
    "ENOSPC from then on": ("WTLMO", errno.ENOSPC, True),
    "EACCES once": ("ORUL", errno.EACCES, False),
    "EACCES from then on": ("ORUL", errno.EACCES, True),
}


def sweep(lab, flow, kinds, action, *, share, lasting=False):
    """Strike at every ``share``-th call of these kinds, beginning at another one for each flow."""
    stride = share * (LONG.get(flow, 1) if share > 3 else 1)
    first = 1 + (flows.FLOWS.index(flow) + 1) * 7 % stride
    return lab.sweep(flow, kinds, action, stride=stride, first=first, lasting=lasting)


def killed(lab, flow, share):
    """Kill at calls, and in the middle of writes; print and return what was wrong."""
    whole = sweep(lab, flow, CHANGES, KILL, share=share)
    torn = sweep(lab, flow, "W", TORN, share=share)
    kills, wrong = whole.killed + torn.killed, whole.bad + torn.bad
    print(f"kills, {flow}: {kills}, {len(wrong)} losses")  # noqa: T201
    assert kills == whole.trials + torn.trials
    return wrong


def refused(lab, flow, fault, share):
    """Let calls fail; print and return what was wrong."""
    kinds, action, lasting = ERRORS[fault]
    tally = sweep(lab, flow, kinds, action, lasting=lasting, share=share)
    told = dict(tally.refused)
    print(f"{fault}, {flow}: {tally.struck} of {tally.trials}, told {told}, {len(tally.bad)} bad")  # noqa: T201
    return tally.bad


@pytest.mark.slow
@pytest.mark.parametrize("flow", flows.FLOWS)
def test_killed_at_any_call_nothing_acknowledged_is_lost(lab, flow):
    wrong = killed(lab, flow, KILLS)
    assert not wrong, "\n".join(wrong[:5])


@pytest.mark.slow
@pytest.mark.parametrize("flow", flows.FLOWS)
@pytest.mark.parametrize("fault", ERRORS)
def test_a_disk_that_refuses_is_told_and_tried_again(lab, flow, fault):
    wrong = refused(lab, flow, fault, REFUSALS)
    assert not wrong, "\n".join(wrong[:5])


@pytest.mark.nightly
@pytest.mark.parametrize("flow", flows.FLOWS)
def test_killed_at_each_call_nothing_acknowledged_is_lost(lab, flow):
    wrong = killed(lab, flow, 1)
    assert not wrong, "\n".join(wrong[:5])


@pytest.mark.nightly
@pytest.mark.parametrize("flow", flows.FLOWS)
@pytest.mark.parametrize("fault", ERRORS)
def test_a_disk_that_refuses_each_call_is_told_and_tried_again(lab, flow, fault):
    wrong = refused(lab, flow, fault, 1)
    assert not wrong, "\n".join(wrong[:5])


@pytest.mark.slow
def test_what_strikes_is_what_was_asked_for(lab):
    """A harness whose faults never strike would find nothing for ever."""
    for kinds, action in (("W", KILL), ("S", errno.EIO), ("P", errno.EIO), ("T", errno.EIO)):
        answer = lab.ask(flow="rate", kinds=kinds, nth=5, action=action)
        assert answer["struck"] == 1
        assert answer["killed"] == (action == KILL)
        assert answer["refused"] or answer["killed"]
