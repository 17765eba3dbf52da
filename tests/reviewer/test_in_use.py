"""The casebook that is open is nowhere read or replaced as if it were any file.

Closing any handle of it would drop the lock: another program could write in it at the same time.
"""

import os

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import filelock
from reviewer.errors import DocumentError, InputError
from reviewer.exchange.merge import receive
from reviewer.files import in_use
from reviewer.files.read import InUseError, open_file
from reviewer.files.write import write_whole
from reviewer.intake import places
from reviewer.intake.delivery.sources import Folder
from reviewer.intake.register import read_register
from tests.books import PASSPHRASE, chair_book


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path).close()
    return path


def is_locked(path):
    """Whether another process is kept out."""
    child = os.fork()
    if child == 0:
        os._exit(filelock._locked(os.open(path, os.O_RDWR), reading=False))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_delivery_that_holds_the_casebook_leaves_it_locked(path):
    other = path.with_name("copy-of-it.pdf")
    os.link(path, other)  # the same file under a name of its own
    path.with_name("letter.txt").write_text("Found at 04:00.")
    with Casebook.open(path, PASSPHRASE):
        folder = Folder(path.parent)
        read = {}
        for at, entry in enumerate(folder.entries):
            try:
                read[entry.path] = folder.read(at)
            except DocumentError as error:
                read[entry.path] = str(error)
        assert read.pop("letter.txt") == b"Found at 04:00."
        assert read.keys() == {path.name, other.name}
        assert all("it is the casebook that is open here" in said for said in read.values())
        assert is_locked(path)
    assert not is_locked(path)


@pytest.mark.parametrize(
    "ask",
    [places.contents, lambda path: read_register(path, None)],
    ids=["document", "register"],
)
def test_it_is_no_document_and_no_register(path, ask):
    with Casebook.open(path, PASSPHRASE):
        with pytest.raises((DocumentError, InputError), match="it is the casebook that is open"):
            ask(path)
        assert is_locked(path)


def test_it_is_no_return(path):
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, [path])
        assert is_locked(path)


def test_put_there_in_the_last_moment_it_is_refused_and_stays_locked(path, monkeypatch):
    monkeypatch.setattr(in_use, "id_at", lambda _path: None)
    with Casebook.open(path, PASSPHRASE):
        with pytest.raises(InUseError):
            open_file(path)
        assert is_locked(path)


def test_no_file_for_people_takes_its_place(path):
    before = path.stat().st_ino
    with Casebook.open(path, PASSPHRASE):
        with pytest.raises(InputError, match="the casebook that is open here"):
            write_whole(path, b"a summary", overwrite=True)
        assert path.stat().st_ino == before
