"""Every guard is guarded: with one fault in it, a test fails.

``make test`` tries a few, by the commit's number, so that each has its turn within ``COMMITS``
commits; ``make long`` tries them all, which takes most of an hour.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from tests.mutants.guards import MUTANTS

ROOT = Path(__file__).resolve().parents[2]
WANTED = ("reviewer", "ui", "resources", "tests", "pyproject.toml")
LIMIT = 600  # seconds for the tests of one fault
A_COMMIT = 5  # faults that are tried in one
COMMITS = -(-len(MUTANTS) // A_COMMIT)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of what the tests need, to put faults into."""
    made = tmp_path_factory.mktemp("tree")
    skip = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in WANTED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, made / name, ignore=skip)
        else:
            shutil.copy(source, made / name)
    compiled = [sys.executable, "-m", "compileall", "-q", made]
    subprocess.run(compiled, check=True)  # once, not by each program that a test starts
    return made


def turn(commit, place):
    """Return the fault whose turn it is; by name, so that one commit meets several folders."""
    names = sorted(MUTANTS)
    return names[(commit * A_COMMIT + place) % len(names)]


def commit_number():
    """How many commits led here; where only the last was fetched, a number made of its name."""
    if _git("rev-parse", "--is-shallow-repository") == "true":
        return int(_git("rev-parse", "HEAD")[:8], 16)
    return int(_git("rev-list", "--count", "HEAD") or 0)  # none where git does not know


def _git(*words):
    git = ["git", "-c", "safe.directory=*", *words]
    return subprocess.run(
        git, cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()


def _tests_fail(tree, tests):
    options = ["-q", "-x", "-p", "no:cacheprovider", "-m", "not nightly"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout[-2000:] + done.stderr[-2000:]  # 2: not run
    return done.returncode != 0


def test_every_fault_can_be_put_in():
    """The words that are replaced stand there once: a guard that moved takes its mutant along."""
    wrong = [
        name
        for name, mutant in MUTANTS.items()
        if (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old) != 1
    ]
    assert wrong == []
    assert len(MUTANTS) >= 60


def _notice(tree, name):
    mutant = MUTANTS[name]
    file = tree / mutant.file
    whole = file.read_text(encoding="utf-8")
    _write(file, whole.replace(mutant.old, mutant.new, 1))
    try:
        assert _tests_fail(tree, mutant.tests), f"survived: {name}"
    finally:
        _write(file, whole)


def _write(file, text):
    """Write a module, and forget what it was compiled to: size and second may be the same."""
    file.write_text(text, encoding="utf-8")
    Path(cache_from_source(file)).unlink(missing_ok=True)


def test_each_fault_has_its_turn():
    now = commit_number()
    turns = {turn(now + n, place) for n in range(COMMITS) for place in range(A_COMMIT)}
    assert turns == set(MUTANTS)
    assert COMMITS <= 50


@pytest.mark.slow
@pytest.mark.parametrize("place", range(A_COMMIT))
def test_the_faults_whose_turn_it_is_are_noticed(tree, place):
    _notice(tree, turn(commit_number(), place))


@pytest.mark.nightly
@pytest.mark.parametrize("name", MUTANTS)
def test_a_fault_in_a_guard_is_noticed(tree, name):
    _notice(tree, name)


@pytest.mark.nightly
def test_without_a_fault_the_same_tests_pass(tree):
    """Else a mutant would die of something else."""
    assert not _tests_fail(tree, sorted({test for m in MUTANTS.values() for test in m.tests}))
