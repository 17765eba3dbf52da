"""The file that was opened is the file that was saved, or it is told where the work is."""

import os
import shutil

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import backup as backups
from reviewer.casebook.file import swapped
from reviewer.errors import ClosedError, StorageError
from tests.books import PASSPHRASE, case, chair_book


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=2).close()
    return path


def swap(path):
    """Do what a sync client does: an older copy, under a name of its own, takes the place."""
    other = path.with_name(".sync-4711")
    shutil.copy(path, other)
    other.replace(path)


def saved_elsewhere(path):
    (found,) = path.parent.glob("*.saved-elsewhere-*.casebook")
    return found


def references(path):
    with Casebook.open(path, PASSPHRASE) as book:
        return [one.reference for one in book.cases.all()]


@pytest.mark.parametrize("way", [swap, os.unlink], ids=["swapped", "deleted"])
def test_a_change_to_a_file_that_was_swapped_is_not_called_saved(path, way):
    book = Casebook.open(path, PASSPHRASE)
    book.cases.add([case("saved")])
    way(path)
    there = path.read_bytes() if path.exists() else None
    with pytest.raises(ClosedError, match="this change was not made") as told:
        book.cases.add([case("not saved")])
    assert saved_elsewhere(path).name in str(told.value)
    assert references(saved_elsewhere(path)) == ["2010-01", "2010-02", "saved"]
    assert (path.read_bytes() if path.exists() else None) == there, "it is not ours to change"
    book.close()  # the window does, when it locks


def test_a_file_swapped_in_the_middle_of_a_change_holds_it_where_the_sentence_says(path):
    book = Casebook.open(path, PASSPHRASE)

    def change():
        with book._writer.change("x") as tx:
            tx.put("meta", {"key": "note", "value": "the last words"})
            swap(path)

    with pytest.raises(ClosedError, match="everything saved here"):
        change()
    with Casebook.open(saved_elsewhere(path), PASSPHRASE) as kept:
        assert kept._meta()["note"] == "the last words"
        assert all(check.passed for check in kept.journal.checks())
    with Casebook.open(path, PASSPHRASE) as other:
        assert "note" not in other._meta()


def test_a_file_swapped_after_the_last_change_is_told_when_it_is_closed(path):
    book = Casebook.open(path, PASSPHRASE)
    book.cases.add([case("saved")])
    swap(path)
    with pytest.raises(ClosedError):
        book.close()
    assert "saved" in references(saved_elsewhere(path))


def test_what_was_only_read_is_closed_without_a_word(path):
    with Casebook.open(path, PASSPHRASE) as book:
        swap(path)
        assert len(book.cases.all()) == 2
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_journal_beside_the_other_file_is_not_ours_to_remove(path):
    book = Casebook.open(path, PASSPHRASE)
    swap(path)
    beside = path.with_name(f"{path.name}-journal")
    beside.write_bytes(b"another program's")
    book.close()
    assert beside.read_bytes() == b"another program's"


def test_a_passphrase_is_not_changed_in_a_file_that_was_swapped(path):
    book = Casebook.open(path, PASSPHRASE)
    swap(path)
    with pytest.raises(ClosedError):
        book.rekey("another passphrase")
    book.close()
    assert len(references(path)) == 2


def test_where_no_copy_can_be_kept_the_casebook_stays_open_and_tries_again(path, monkeypatch):
    book = Casebook.open(path, PASSPHRASE)
    book.cases.add([case("saved")])
    swap(path)

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(swapped.files, "copy_raw", full)
        with pytest.raises(StorageError, match="Do not close it") as told:
            book.cases.add([case("again")])
        assert not isinstance(told.value, ClosedError)
    assert len(book.cases.all()) == 3
    with pytest.raises(ClosedError):
        book.cases.add([case("again")])
    assert "saved" in references(saved_elsewhere(path))


def test_a_file_that_only_got_a_further_name_is_the_same(path):
    with Casebook.open(path, PASSPHRASE) as book:
        backups.keep_aside(path, path.with_name("also.casebook"))
        book.cases.add([case("saved")])
    assert "saved" in references(path)
