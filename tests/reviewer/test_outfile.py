"""A file for people is whole or not there."""

import errno
import os

import pytest

from reviewer import outfile
from reviewer.errors import InputError, StorageError
from reviewer.outfile import write_whole


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

    monkeypatch.setattr(outfile, step, full)
    with pytest.raises(StorageError, match="not enough room"):
        write_whole(path, b"new", overwrite=True)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_disk_that_lies_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(outfile, "_digest", lambda part: b"other")
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
    assert words in str(outfile.storage_error(OSError(code, "x"), tmp_path / "f"))


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
