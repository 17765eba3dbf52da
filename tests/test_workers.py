"""What several workers stand on: each thing that is made once a session is made in one of them."""

import os
import re
from pathlib import Path

import pytest

from tests.workers import APART, LONG, TOGETHER, turn, unit

ROOT = Path(__file__).resolve().parents[1]


def test_a_folder_that_makes_something_once_a_session_is_one_workers():
    makes = {
        path.parent.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").glob("*/**/conftest.py")
        if re.search(r"scope=.session.", path.read_text(encoding="utf-8"))
    }
    assert set(TOGETHER) == makes


def test_one_worker_runs_a_file_or_such_a_folder():
    assert unit("tests/test_repo.py::test_a[b/c::d]") == "tests/test_repo.py"
    assert unit("tests/ui/test_desk.py::test_a") == "tests/ui/test_desk.py"
    assert unit("tests/ui/reader/test_words.py::test_a") == "tests/ui/reader/test_words.py"
    assert unit("tests/ui/read/test_typing.py::test_a") == "tests/ui/read"
    assert unit("tests/faults/test_sticks.py::test_a") == "tests/faults"


def test_what_is_begun_first_or_last_is_there():
    assert [name for name in (*LONG, *APART) if not (ROOT / name).exists()] == []
    assert [name for name in LONG if unit(_a_test_of(name)) != name] == []


def test_what_takes_minutes_is_begun_first_and_what_comes_apart_fills_the_end():
    usual, apart = "tests/test_repo.py::test_a", f"{APART[0]}::test_a[read]"
    assert unit(apart) == apart
    long = [_a_test_of(name) for name in LONG]
    assert sorted([apart, usual, *reversed(long)], key=turn) == [*long, usual, apart]


def _a_test_of(name):
    return f"{name}::test_a" if name.endswith(".py") else f"{name}/test_some.py::test_a"


@pytest.mark.parametrize("data", [os.urandom(40)])
def test_no_test_is_called_after_its_bytes(request, data):
    assert len(data) == 40
    assert request.node.name.endswith("[data]")
