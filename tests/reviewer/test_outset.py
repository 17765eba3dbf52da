"""A set of files is there whole, old or new, whatever fails and wherever it is killed."""

import os
from pathlib import Path

import pytest

from reviewer.errors import StorageError, TakenError
from reviewer.outset import mend, write_set

OLD = {"a.json": b"old a", "b.csv": b"old b", "c.pdf": b"old c"}
NEW = {"a.json": b"new a", "b.csv": b"new b", "c.pdf": b"new c", "d.xlsx": b"new d"}
KILLED = 9


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "report"
    made.mkdir()
    write_set(made, OLD)
    return made


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_set_is_written_and_replaced_when_asked(folder):
    assert held(folder) == OLD
    assert write_set(folder, NEW, replace=True) == [folder / name for name in NEW]
    assert held(folder) == NEW


def test_a_taken_name_is_refused_and_all_are_named(folder):
    with pytest.raises(TakenError, match=r"a\.json already exists") as refused:
        write_set(folder, NEW)
    assert len(refused.value.details) == 3
    assert held(folder) == OLD


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StorageError, match="nowhere"):
        write_set(tmp_path / "nowhere", NEW)


class Steps:
    """Stops the work before its ``at``-th rename or removal of a file."""

    def __init__(self, monkeypatch, at, stop):
        self.left, self._stop = at, stop
        for name in ("replace", "unlink"):
            real = getattr(Path, name)
            monkeypatch.setattr(Path, name, self._counted(real))

    def _counted(self, real):
        def step(*args, **kwargs):
            self.left -= 1
            if self.left == 0:
                self._stop()
            return real(*args, **kwargs)

        return step


def _refuse():
    raise PermissionError(13, "Permission denied")


def test_whatever_the_disk_refuses_the_set_is_old_or_new(folder, monkeypatch):
    for at in range(1, 200):
        with monkeypatch.context() as patch:
            steps = Steps(patch, at, _refuse)
            try:
                write_set(folder, NEW, replace=True)
            except (StorageError, PermissionError):
                written = False
            else:
                written = True
        mend(folder)
        assert held(folder) == (NEW if written else OLD), f"at step {at}"
        if written:
            for path in folder.iterdir():
                path.unlink()
            write_set(folder, OLD)
        if steps.left > 0:
            break
    assert 10 < at < 199


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed by fork and exit")
def test_wherever_it_is_killed_the_next_run_finds_the_old_set_or_the_new(folder, monkeypatch):
    seen = []
    for at in range(1, 200):
        child = os.fork()
        if not child:
            Steps(monkeypatch, at, lambda: os._exit(KILLED))
            write_set(folder, NEW, replace=True)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        mend(folder)
        found = held(folder)
        assert found in (OLD, NEW), f"at step {at}"
        seen.append(found == NEW)
        if found == NEW:
            for path in folder.iterdir():
                path.unlink()
            write_set(folder, OLD)
        if code != KILLED:
            break
    assert 10 < at < 199
    assert seen == sorted(seen)


def test_a_list_that_is_not_ours_is_left_alone(folder):
    (folder / ".reviewer-set.00000000").write_bytes(b"{broken")
    (folder / ".reviewer-set.00000001").write_bytes(b'{"../a": false}')
    mend(folder)
    assert held(folder).keys() >= OLD.keys()
