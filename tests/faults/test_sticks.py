"""A stick that is pulled, breaks at some byte, or lies: no success told, no wrong file left."""

import contextlib
import errno
import hashlib
import os
import resource
import subprocess
import sys
import threading

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import copying
from reviewer.errors import CasebookError, DamagedError, StorageError
from reviewer.exchange import pack
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.files import write as outfile
from reviewer.files.write import write_stream, write_whole
from tests.books import PASSPHRASE, chair_book

MIB = 1 << 20
PAGE = 4096
DATA = os.urandom(MIB)


def wrong_with(folder, name, data, *, told):
    """Return what is wrong after a broken write: an unverified file, or a success told."""
    wrong = []
    there = folder / name
    if told:
        wrong.append("it was told as written")
    if there.exists() and hashlib.sha256(there.read_bytes()).digest() != _sha(data):
        wrong.append("a file with the final name is not what was to be written")
    left = [found.name for found in folder.iterdir() if found.name.endswith(".part")]
    return wrong + [f"left behind: {name}" for name in left]


def _sha(data):
    return hashlib.sha256(data).digest()


# ---------------------------------------------------------------- a stick that breaks


@contextlib.contextmanager
def breaking_at(byte):
    """Let no file of this process grow beyond ``byte``: the device fails there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_device_that_fails_at_any_byte_leaves_nothing(tmp_path):
    tried = 0
    for byte in range(0, MIB, PAGE):
        with breaking_at(byte), pytest.raises(StorageError, match="not enough room"):
            write_whole(tmp_path / "x.return", DATA)
        assert wrong_with(tmp_path, "x.return", DATA, told=False) == []
        assert list(tmp_path.iterdir()) == []
        tried += 1
    print(f"sticks: failing at every {PAGE} bytes of 1 MiB: {tried}, 0 wrong")  # noqa: T201


def test_the_file_that_was_there_stays_when_the_device_fails(tmp_path):
    path = write_whole(tmp_path / "x", b"old")
    for byte in range(PAGE, MIB, 64 * PAGE):
        with breaking_at(byte), pytest.raises(StorageError):
            write_whole(path, DATA, overwrite=True)
        assert path.read_bytes() == b"old"


# ---------------------------------------------------------------- a stick that is pulled


@pytest.fixture
def stick(tmp_path):
    """Mount a stick of 16 MiB; it is pulled by ``stick.pull()``."""
    if sys.platform != "linux":
        pytest.skip("SKIPPED: sticks are mounted on Linux only")
    folder = tmp_path / "stick"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "faults", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("SKIPPED: sticks need the right to mount them (root)")
    yield folder
    subprocess.run(["umount", "-l", folder], check=False, capture_output=True)


def pull(folder):
    """Pull the stick, from another thread as the system does."""
    command = ["umount", "-l", folder]
    thread = threading.Thread(target=subprocess.run, args=(command,), kwargs={"check": True})
    thread.start()
    thread.join()


@pytest.mark.parametrize("point", range(20))
def test_a_stick_pulled_while_it_is_written_is_told(stick, point):
    def fill(out):
        for n in range(20):
            if n == point:
                pull(stick)
            out.write(DATA[n * MIB // 20 : (n + 1) * MIB // 20])

    with pytest.raises(StorageError):
        write_stream(stick / "x.return", fill, size=MIB)
    assert wrong_with(stick, "x.return", DATA, told=False) == []


@pytest.mark.parametrize("step", ["_digest", "_replace", "sync_folder"])
def test_a_stick_pulled_after_it_was_written_is_told(stick, monkeypatch, step):
    real = getattr(outfile, step)

    def pulled(*args):
        pull(stick)
        return real(*args)

    monkeypatch.setattr(outfile, step, pulled)
    with pytest.raises(StorageError):
        write_whole(stick / "x.return", DATA)
    assert wrong_with(stick, "x.return", DATA, told=False) == []


def test_a_return_to_a_pulled_stick_leaves_the_casebook_as_it_was(stick, tmp_path, monkeypatch):
    path = tmp_path / "inquiry.casebook"
    with chair_book(path, cases=1) as book:
        seal(book)
        head = book.journal.head()
        monkeypatch.setattr(outfile, "_digest", lambda part: pull(stick) or part.read_bytes())
        with pytest.raises(StorageError):
            write_return(book, stick)
        monkeypatch.undo()
        assert book.journal.head() == head
        other = tmp_path / "other"
        other.mkdir()
        assert write_return(book, other).exists()
    assert all(check.passed for check in Casebook.verify(path, PASSPHRASE))


# ---------------------------------------------------------------- a stick that lies


def zeroed(data, at):
    return data[:at] + bytes(PAGE) + data[at + PAGE :]


LIES = {
    "all zero": lambda data: bytes(len(data)),
    "the first page zero": lambda data: zeroed(data, 0),
    "a page in the middle zero": lambda data: zeroed(data, len(data) // 2 // PAGE * PAGE),
    "the last page zero": lambda data: zeroed(data, (len(data) - 1) // PAGE * PAGE),
    "an older file": lambda data: b"old" * (len(data) // 3),
    "cut short": lambda data: data[:-1],
    "nothing": lambda data: b"",
    "one bit": lambda data: data[:77] + bytes([data[77] ^ 1]) + data[78:],
}


def lied_to(folder, lie, monkeypatch):
    """Write to a stick that gives back something else; return what is wrong afterwards."""
    real = outfile._write

    def write(part, fill, size):
        digest = real(part, fill, size)
        part.write_bytes(LIES[lie](part.read_bytes()))
        return digest

    monkeypatch.setattr(outfile, "_write", write)
    told = True
    try:
        write_whole(folder / "x.return", DATA)
    except StorageError as error:
        told = "could not be verified" not in str(error)
    return wrong_with(folder, "x.return", DATA, told=told)


@pytest.mark.parametrize("lie", LIES)
def test_a_stick_that_lies_is_found_out(tmp_path, monkeypatch, lie):
    assert lied_to(tmp_path, lie, monkeypatch) == []


def test_a_writer_that_reads_nothing_back_would_be_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(outfile, "_digest", lambda _part: _sha(DATA))
    assert lied_to(tmp_path, "all zero", monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("lie", [lie for lie in LIES if lie != "one bit"])
def test_an_issued_casebook_and_a_backup_on_a_stick_that_lies(tmp_path, monkeypatch, lie):
    """They are not written by ``outfile``: each is opened and checked before it gets its name."""
    out, path = tmp_path / "out", tmp_path / "inquiry.casebook"
    out.mkdir()
    for module, name in ((pack, "_check"), (copying, "_check_copy")):
        monkeypatch.setattr(module, name, _lying(getattr(module, name), lie))
    with chair_book(path, cases=1) as book:
        with pytest.raises(CasebookError):
            pack.issue(book, "A. One", out, passphrase=PASSPHRASE)
        with pytest.raises((CasebookError, DamagedError)):
            book.backup(out)
    assert list(out.iterdir()) == []
    assert all(check.passed for check in Casebook.verify(path, PASSPHRASE))


def _lying(real, lie):
    def check(part, *args):
        part.write_bytes(LIES[lie](part.read_bytes()))
        return real(part, *args)

    return check


# ---------------------------------------------------------------- a file that is held


@pytest.mark.parametrize("code", [5, 32, 33])
@pytest.mark.parametrize("tries", range(11))
def test_a_file_held_by_a_virus_scanner_is_waited_for_and_then_told(
    tmp_path, monkeypatch, code, tries
):
    waited, real = [], type(tmp_path).replace

    def held(self, target):
        if len(waited) < tries:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = code
            raise error
        return real(self, target)

    monkeypatch.setattr(type(tmp_path), "replace", held)
    monkeypatch.setattr(outfile.time, "sleep", waited.append)
    patience = len(outfile._BACK_OFF)
    if tries <= patience:
        write_whole(tmp_path / "x", DATA)
        assert (tmp_path / "x").read_bytes() == DATA
        assert len(waited) == tries
    else:
        with pytest.raises(StorageError, match=r"may not be written|holds x"):
            write_whole(tmp_path / "x", DATA)
        assert list(tmp_path.iterdir()) == []
