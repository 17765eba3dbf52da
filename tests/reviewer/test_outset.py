"""A set of files is there whole, old or new, whatever fails and wherever it is killed."""

import contextlib
import hashlib
import json
import os
from pathlib import Path

import pytest

from reviewer.errors import StorageError, TakenError
from reviewer.outset import mend, new_set, write_set

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


def test_a_set_that_cannot_be_noted_does_not_stand_and_can_be_asked_for_again(folder):
    def refused():
        raise StorageError("The disk is full.")

    for noted, stands in ((refused, OLD), (lambda: None, NEW)):
        told = pytest.raises(StorageError) if noted is refused else contextlib.nullcontext()
        with told, new_set(folder, NEW, replace=True) as made:
            for name, data in NEW.items():
                made.add(name, lambda out, data=data: out.write(data))
            made.stand(noted)
        assert held(folder) == stands


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
    (folder / ".reviewer-set.00000001").write_bytes(b'{"a.json": false}')
    mend(folder)
    assert held(folder).items() >= OLD.items()


def test_a_list_reaches_nothing_outside_its_folder(folder):
    outside = folder.parent / "outside"
    outside.write_bytes(b"mine")
    there = [False, hashlib.sha256(b"mine").hexdigest()]
    listed = {"../outside": there, "not there yet": there}
    (folder / ".reviewer-set.00000000").write_text(json.dumps(listed))
    mend(folder)
    assert outside.read_bytes() == b"mine"
    assert held(folder).items() >= OLD.items()


def killed_before(folder, monkeypatch, step):
    """Write NEW over OLD and let the process end before its ``step``-th rename or removal."""
    child = os.fork()
    if not child:
        Steps(monkeypatch, step, lambda: os._exit(KILLED))
        write_set(folder, NEW, replace=True)
        os._exit(0)
    os.waitpid(child, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed by fork and exit")
def test_a_file_that_a_person_changed_after_the_kill_is_never_taken_back(folder, monkeypatch):
    seen = set()
    for step in range(1, 60):
        killed_before(folder, monkeypatch, step)
        changed = [name for name in NEW if held(folder).get(name) == NEW[name]]
        seen.add(len(changed))
        for name in changed:
            (folder / name).write_bytes(b"what the person typed")
        mend(folder)
        for name in changed:
            assert held(folder)[name] == b"what the person typed", f"{name} at step {step}"
        for path in folder.iterdir():
            path.unlink()
        write_set(folder, OLD)
    assert seen == set(range(len(NEW) + 1)), "killed before, between and after them"


@pytest.mark.parametrize("older", [False, True])
def test_a_list_that_somebody_planted_takes_nothing_away(folder, older):
    """Whoever may write into a folder need not have the right to remove what others keep in it."""
    (folder / "mine.txt").write_bytes(b"mine")
    sha256 = hashlib.sha256(b"other").hexdigest()
    for number, name in enumerate(("mine.txt", "a.json")):
        listed = folder / f".reviewer-set.0000000{number}"
        listed.write_text(json.dumps({name: [older, sha256]}))
        (folder / f".{name}.0000000{number}.old").write_bytes(b"planted")
        (folder / f".{name}.0000000{number}.new").write_bytes(b"planted")
    mend(folder)
    assert held(folder)["mine.txt"] == b"mine"
    assert held(folder)["a.json"] == OLD["a.json"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed by fork and exit")
def test_what_a_broken_list_names_is_kept(folder, monkeypatch):
    for step in range(1, 60):
        killed_before(folder, monkeypatch, step)
        lists = list(folder.glob(".reviewer-set.*"))
        if lists and any(name.endswith(".old") for name in held(folder)):
            break
    lists[0].write_bytes(b"")
    before = held(folder)
    mend(folder)
    assert held(folder) == before
    assert set(OLD.values()) <= set(before.values())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is held by fork")
def test_of_two_programs_at_once_one_is_refused(folder, monkeypatch):
    """The second must not take back what the first has not finished."""
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if not child:

        def wait():
            os.write(ready[1], b"x")
            os.read(go[0], 1)

        Steps(monkeypatch, 12, wait)
        write_set(folder, NEW, replace=True)
        os._exit(0)
    os.read(ready[0], 1)
    try:
        mend(folder)
        with pytest.raises(StorageError, match="Another Reviewer is writing"):
            write_set(folder, OLD, replace=True)
    finally:
        os.write(go[1], b"x")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert held(folder) == NEW


@pytest.mark.parametrize("at", range(1, 12))
def test_a_folder_that_is_swapped_for_a_link_in_the_middle_loses_nothing(folder, monkeypatch, at):
    other, moved = folder.with_name("other"), folder.with_name("moved")
    other.mkdir()
    write_set(other, dict.fromkeys(OLD, b"another's"))

    def swap():
        folder.rename(moved)
        folder.symlink_to(other)

    with monkeypatch.context() as patch:
        Steps(patch, at, swap)
        with contextlib.suppress(StorageError):
            write_set(folder, NEW, replace=True)
    assert moved.exists(), "there were fewer steps"
    mend(moved)
    assert held(moved) in (OLD, NEW)
    assert {name: held(other)[name] for name in OLD} == dict.fromkeys(OLD, b"another's")
    mend(other)
    assert held(other) == dict.fromkeys(OLD, b"another's")


def test_a_refusal_names_the_file_and_not_what_it_is_called_meanwhile(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reviewer.files.write._write", full)
    with pytest.raises(StorageError, match=r"on the disk for a\.json\."):
        write_set(folder, NEW, replace=True)
