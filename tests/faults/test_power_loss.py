"""The power goes at any moment: what was acknowledged is there, and the casebook is sound."""

import os
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from reviewer.casebook.book import Casebook
from tests.books import PASSPHRASE
from tests.faults import disk, flows
from tests.faults.judge import Promise, faults_in
from tests.formats.samples import SAMPLE_PASSPHRASE

MADE_ANEW = {"restore", "migrate"}  # whoever opens what is left may make further states
STRIDE = int(os.environ.get("FAULTS_STRIDE", "21"))
LIMIT = 180  # seconds a flow may take under the preload


def record(preload, flow, folder, log, *, extra=None, under=()):
    """Run a flow under the preload; returns (its operations, the seed, what it printed)."""
    flows.prepare(flow, folder)
    seed = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    done = subprocess.run(
        [*under, sys.executable, "-m", "tests.faults.flows", flow, folder],
        env={
            **os.environ,
            "LD_PRELOAD": str(preload),
            "FAULTS_FOLDER": str(folder),
            "FAULTS_LOG": str(log),
            **(extra or {}),
        },
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return disk.read_log(log, folder), seed, done.stdout


def known_heads(folder):
    """Return every journal head that the casebook passed through, and what opens it now."""
    path = folder / flows.BOOK
    for passphrase in (PASSPHRASE, flows.NEW_PASSPHRASE, SAMPLE_PASSPHRASE):
        try:
            with Casebook.open(path, passphrase) as book:
                return {entry.hash for entry in book.journal.tail(1_000_000)}
        except Exception:  # noqa: BLE001, S112 - the other passphrase is tried next
            continue
    raise AssertionError(path)


def replay(preload, flow, tmp_path, stride, *, extra=None, first=False):
    """Return (states tried, faults found) for one flow; ``first`` ends with the first fault."""
    folder = tmp_path / "work"
    folder.mkdir()
    ops, seed, _ = record(preload, flow, folder, tmp_path / "log", extra=extra)
    known = known_heads(folder)
    trial = tmp_path / "trial"
    tried, bad = 0, Counter()
    for state in disk.states(ops, seed, stride=min(stride, max(1, len(ops) // 5))):
        shutil.rmtree(trial, ignore_errors=True)
        for name, content in state.files.items():
            (trial / name).parent.mkdir(parents=True, exist_ok=True)
            (trial / name).write_bytes(content)
        trial.mkdir(exist_ok=True)
        promise = Promise.of(b"".join(state.acknowledged))
        tried += 1
        for fault in faults_in(
            trial, promise, flow=flow, known=known if flow not in MADE_ANEW else None
        ):
            bad[f"{flow} at {state.upto} ({state.how}): {fault}"] += 1
        if first and bad:
            break
    return tried, bad


def lost(bad):
    """Return how many states were lost; one may be wrong in several ways."""
    return len({what.partition(":")[0] for what in bad})


@pytest.mark.slow
@pytest.mark.parametrize("flow", flows.FLOWS)
def test_nothing_acknowledged_is_lost(preload, tmp_path, flow, record_property):
    tried, bad = replay(preload, flow, tmp_path, STRIDE)
    record_property("states", tried)
    print(f"power loss, {flow}: {tried} states, {lost(bad)} lost")  # noqa: T201 - the figure
    assert tried > 20
    assert not bad, "\n".join(list(bad)[:5])


@pytest.mark.nightly
@pytest.mark.parametrize("flow", flows.FLOWS)
def test_nothing_acknowledged_is_lost_at_any_moment(preload, tmp_path, flow):
    tried, bad = replay(preload, flow, tmp_path, 1)
    print(f"power loss at every moment, {flow}: {tried} states, {lost(bad)} lost")  # noqa: T201
    assert not bad, "\n".join(list(bad)[:5])
