"""The window is killed while somebody types: at most the last two seconds are gone."""

import itertools
import os
import shutil
import subprocess
import sys

import pytest

from tests.faults.typist import EVERY, word
from tests.ui.read.inquiry import CASES, make_inquiry
from tests.ui.read.steps import ratings_on_disk

LOSS = 2.0  # seconds


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_inquiry(tmp_path_factory.mktemp("typed"))


def type_for(seconds, path, home):
    """Kill a typist after ``seconds`` of typing; returns when it typed each word, on its clock."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.typist", path],
        env={**os.environ, "HOME": str(home), "TMPDIR": str(home), "XDG_CONFIG_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            if _when(lines[-1]) - _when(lines[0]) >= seconds:
                break
    finally:
        process.kill()
        rest, problems = process.communicate(timeout=120)
    assert lines, problems
    return [_when(line) for line in lines + rest.splitlines()]


def _when(line):
    return float(line.split()[2])


def stored_comment(path):
    found = [r.comment for name, *_ in CASES for r in ratings_on_disk(path, name).values()]
    return "".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [1, 3, 10])
def test_typing_on_without_a_pause_loses_two_seconds_at_most(template, tmp_path, seconds):
    path = shutil.copy(template, tmp_path / "inquiry.casebook")
    home = tmp_path / "home"
    home.mkdir()
    times = type_for(seconds, path, home)
    comment = stored_comment(path)
    kept = comment.count("otter")
    assert comment.strip() == "".join(word(n) for n in range(kept)).strip()
    lost = times[-1] - times[kept] if kept < len(times) else 0.0
    # What the machine itself was late, as on a crowded one, is not the program's.
    late = max(after - before for before, after in itertools.pairwise(times)) - EVERY / 1000
    print(f"typed for {seconds} s: {len(times)} words, the oldest lost was {lost:.2f} s old")  # noqa: T201
    assert lost <= LOSS + 2 * late
    for found in tmp_path.rglob("*"):
        if found.is_file():
            data = found.read_bytes()
            assert b"otter00" not in data, found
            assert "otter00".encode("utf-16-le") not in data, found
