"""A file for people is whole or not there."""

import errno
import os
import subprocess
import sys

import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError, StorageError
from reviewer.files import write
from reviewer.files.write import write_whole
from tests.books import PASSPHRASE, chair_book


def test_a_file_is_written_private_and_whole(tmp_path):
    path = write_whole(tmp_path / "x.return", b"abc" * 1000)
    assert path.read_bytes() == b"abc" * 1000
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["x.return"]


def test_a_taken_name_is_refused_unless_told(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="already exists"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    write_whole(path, b"new", overwrite=True)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["_write", "_digest", "_replace"])
def test_a_full_disk_at_any_step_leaves_the_old_file_and_no_part(tmp_path, monkeypatch, step):
    path = tmp_path / "x"
    path.write_bytes(b"old")

    def full(*_args):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(write, step, full)
    with pytest.raises(StorageError, match="not enough room"):
        write_whole(path, b"new", overwrite=True)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_disk_that_lies_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(write, "_digest", lambda part: b"other")
    with pytest.raises(StorageError, match="could not be verified"):
        write_whole(tmp_path / "x", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StorageError, match="folder for x is not there"):
        write_whole(tmp_path / "gone" / "x", b"new")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_ours_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="may not be written"):
        write_whole(tmp_path / "x", b"new")


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EACCES, "may not be written"), (errno.EIO, "could not be written")],
)
def test_each_refusal_of_the_disk_has_its_sentence(tmp_path, code, words):
    assert words in str(write.storage_error(OSError(code, "x"), tmp_path / "f"))


def test_a_virus_scanner_that_holds_the_file_is_waited_for(tmp_path, monkeypatch):
    tries = []
    real = type(tmp_path).replace

    def held(self, target):
        tries.append(1)
        if len(tries) < 3:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32
            raise error
        return real(self, target)

    monkeypatch.setattr(type(tmp_path), "replace", held)
    write_whole(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"new"
    assert len(tries) == 3


# ---------------------------------------------------------------- what a killed program leaves


def left_by(pid, folder, name="elsewhere.casebook", *, computer=write._HERE):
    part = folder / f".{name}.{computer}{pid:08x}beef.part"
    part.write_bytes(b"sealed")
    return part


@pytest.fixture
def dead():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def test_the_next_run_sweeps_what_a_killed_one_left_whatever_it_wrote(tmp_path, dead):
    part = left_by(dead, tmp_path)
    journal = part.with_name(f"{part.name}-journal")
    journal.touch()
    write_whole(tmp_path / "another.pdf", b"%PDF")
    assert [p.name for p in tmp_path.iterdir()] == ["another.pdf"]


def test_opening_a_casebook_sweeps_its_folder(tmp_path, dead):
    path = tmp_path / "inquiry.casebook"
    chair_book(path).close()
    left_by(dead, tmp_path, "panellist-0a4ea8ea-0a4ea8ea")
    Casebook.open(path, PASSPHRASE).close()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can be asked there")
def test_a_part_that_somebody_writes_is_never_swept(tmp_path):
    """Another program here, this one in another thread, and another computer on a share."""
    with subprocess.Popen([sys.executable], stdin=subprocess.PIPE) as alive:
        kept = {
            left_by(alive.pid, tmp_path),
            left_by(alive.pid, tmp_path, "x.pdf"),  # even of the very name that is written here
            left_by(os.getpid(), tmp_path),
            left_by(alive.pid, tmp_path, computer="0000"),
            left_by(2**22 + 5, tmp_path, computer="0000"),
        }
        write_whole(tmp_path / "x.pdf", b"%PDF")
        assert kept == set(tmp_path.iterdir()) - {tmp_path / "x.pdf"}
        alive.stdin.close()
    for part in kept:
        os.utime(part, (0, 0))  # a day and more after the last write nobody is at it
    left_by(os.getpid(), tmp_path, "y.pdf")  # this program's own, that it could not remove before
    write_whole(tmp_path / "y.pdf", b"%PDF")
    mine = {part for part in kept if f"{os.getpid():08x}" in part.name}
    assert set(tmp_path.iterdir()) == mine | {tmp_path / "x.pdf", tmp_path / "y.pdf"}


def test_a_part_names_its_program_and_the_file_it_will_be(tmp_path):
    part = write.part_of(tmp_path / "inquiry.casebook")
    assert write._ANY_PART.fullmatch(part.name)[2] == f"{os.getpid():08x}"
    assert write.whole_name(part) == "inquiry.casebook"


def test_what_is_not_ours_is_left(tmp_path):
    names = {".a.part", "x.0a4ea8ea.part", ".movie.mkv.part", ".x.0a4ea8ea.part", "notes.part"}
    for name in names:
        (tmp_path / name).touch()
    write_whole(tmp_path / "y.pdf", b"%PDF")
    assert {p.name for p in tmp_path.iterdir()} == names | {"y.pdf"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that have names")
def test_a_pipe_or_a_device_is_never_replaced_by_a_file(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "folder").mkdir()
    for path in (pipe, tmp_path / "folder"):
        with pytest.raises(InputError, match="a pipe or a device"):
            write_whole(path, b"x", overwrite=True)
    assert pipe.is_fifo()
