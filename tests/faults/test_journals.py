"""Every flow, killed, then the casebook replaced by its backup, then opened (SECURITY 14)."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults import flows
from tests.faults.lab import KILL, TORN, Lab

KINDS = "WSTU"  # the calls between which a journal is whole: writes, syncs, truncations
JOURNALS = int(os.environ.get("FAULTS_JOURNALS", "23"))  # every so manyth call is killed at
FLOWS = [flow for flow in flows.FLOWS if flow not in {"create", "settle"}]  # those with a backup


def replaced(lab, flow, share):
    """Kill, replace, open; return (journals, states tried, those that were lost)."""
    calls = lab.count(flow, KINDS)
    first = 1 + flows.FLOWS.index(flow) % share
    asked = [
        {"flow": flow, "kinds": KINDS, "nth": nth, "action": action, "replaced": True}
        for nth in range(first, calls + 1, share)
        for action in (KILL, TORN)[: 1 + (share == 1)]
    ]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: lab.ask(**one), asked))
    told = Counter()
    for answer in answers:
        told["journals"] += answer["journals"]
        told["states"] += answer["states"]
    lost = [line for answer in answers for line in answer["lost"]]
    print(  # noqa: T201 - the figure
        f"journals, {flow}: {len(asked)} kills left {told['journals']}, {told['states']} states"
        f" tried, {len(lost)} casebooks lost"
    )
    return told["journals"], told["states"], lost


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
def test_a_killed_programs_journal_spoils_no_backup_in_the_files_place(lab, flow):
    _journals, _states, lost = replaced(lab, flow, JOURNALS)
    assert not lost, "\n".join(lost[:5])


@pytest.mark.nightly
@pytest.mark.parametrize("flow", FLOWS)
def test_no_journal_of_any_call_spoils_a_backup(lab, flow):
    journals, _states, lost = replaced(lab, flow, 1)
    assert not lost, "\n".join(lost[:5])
    assert journals or flow in flows.OUTSIDE


@pytest.mark.slow
def test_the_harness_notices_an_engine_that_plays_whatever_lies_there(preload):
    lab = Lab(preload, cores=1, extra={"FAULTS_MUTANT": "plays any journal"})
    try:
        journals, states, lost = replaced(lab, "import", 20)
    finally:
        lab.close()
    assert journals
    assert states == 4 * journals
    assert lost, "a harness that finds nothing here guards nothing"
