"""Every guard is guarded: with one fault in it, a test fails. Minutes; part of ``nightly``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.guards import MUTANTS

ROOT = Path(__file__).resolve().parents[2]
WANTED = ("reviewer", "ui", "resources", "tests", "pyproject.toml")
LIMIT = 600  # seconds for the tests of one fault


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
    return made


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


@pytest.mark.nightly
@pytest.mark.parametrize("name", MUTANTS)
def test_a_fault_in_a_guard_is_noticed(tree, name):
    mutant = MUTANTS[name]
    file = tree / mutant.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(mutant.old, mutant.new, 1), encoding="utf-8")
    try:
        assert _tests_fail(tree, mutant.tests), f"survived: {name}"
    finally:
        file.write_text(whole, encoding="utf-8")


@pytest.mark.nightly
def test_without_a_fault_the_same_tests_pass(tree):
    """Else a mutant would die of something else."""
    assert not _tests_fail(tree, sorted({test for m in MUTANTS.values() for test in m.tests}))
