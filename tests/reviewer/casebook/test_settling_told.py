"""What is said of a journal beside a casebook where the disk refuses on the way."""

from pathlib import Path

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import companions
from reviewer.casebook.file import connection as files
from reviewer.errors import CasebookError, StorageError
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.casebook.interrupted import BLOT, interrupt, journal_of, kept


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=3).close()
    interrupt(path)
    return path


def _opened(path):
    with Casebook.open(path, PASSPHRASE) as book:
        assert not [one for one in book.cases.all() if one.title.endswith(BLOT)]
        return book.settled


def _moves_no_journal(monkeypatch):
    def refused(*_arguments):
        raise StorageError("The disk failed. Nothing changed.")

    monkeypatch.setattr(companions, "set_aside", refused)


def test_refused_once_the_whole_file_has_its_name_it_says_what_did_change(path, monkeypatch):
    broken = path.read_bytes()
    with monkeypatch.context() as within:
        _moves_no_journal(within)
        with pytest.raises(StorageError, match="was taken back: the casebook ends") as refused:
            Casebook.open(path, PASSPHRASE)
    assert "Nothing changed" not in str(refused.value)
    (old,) = kept(path)
    assert old in str(refused.value)
    assert path.read_bytes() != broken
    assert path.with_name(old).read_bytes() == broken
    settled = _opened(path)
    assert not settled.taken_back
    assert settled.kept == (f"{settled.kept[0].removesuffix('-journal')}-journal", old)
    assert f"{old} is the file as an earlier try found it." in settled.sentence


def test_refused_before_the_whole_file_has_its_name_nothing_changed(path, monkeypatch):
    broken, journal = path.read_bytes(), journal_of(path).read_bytes()

    def refused(part, _path):
        raise OSError(5, "Input/output error", str(part))

    with monkeypatch.context() as within:
        within.setattr("reviewer.files.write._replace", refused)
        with pytest.raises(StorageError, match="Nothing changed"):
            Casebook.open(path, PASSPHRASE)
    assert (path.read_bytes(), journal_of(path).read_bytes()) == (broken, journal)
    settled = _opened(path)
    assert settled.taken_back
    assert sorted(settled.kept) == kept(path)
    assert len(settled.kept) == 2  # the link of the first try is gone: it was this very file


def test_where_the_folder_cannot_be_listed_what_was_kept_is_named_all_the_same(path, monkeypatch):
    listed = Path.iterdir

    def refused(folder):
        if any(".interrupted-" in one.name for one in listed(folder)):
            raise OSError(5, "Input/output error", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    settled = _opened(path)
    assert settled.taken_back
    monkeypatch.undo()
    assert sorted(settled.kept) == kept(path)


def test_a_copy_that_the_disk_no_longer_opens_is_told(path, monkeypatch):
    def refused(*_arguments, **_named):
        raise files.dbapi.OperationalError("unable to open database file")

    before = sorted(one.name for one in path.parent.iterdir())
    monkeypatch.setattr(files.dbapi, "connect", refused)
    with pytest.raises(CasebookError, match=path.name):
        files.play(path)
    assert sorted(one.name for one in path.parent.iterdir()) == before
