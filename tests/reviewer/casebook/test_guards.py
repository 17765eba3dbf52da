"""Guards that another guard stands before: each is asked alone, as if the first were gone."""

import os

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import connection as files
from reviewer.casebook.file import copying
from reviewer.casebook.file.proof import chain
from reviewer.casebook.writer import entry_hash
from reviewer.crypto.keys import derive, new_salt
from reviewer.crypto.profiles import CHEAP
from reviewer.errors import BusyError, CasebookError, InputError
from tests.books import PASSPHRASE, chair_book, sql_of

_NAMES = ("seq", "at", "actor", "action", "subject", "undoes", "value_hash", "prev", "hash")


def test_making_an_empty_file_never_takes_a_name_that_is_there(tmp_path):
    path = tmp_path / "a.part"
    path.write_bytes(b"somebody's")
    with pytest.raises(InputError, match="already exists"):
        files.create_empty(path)
    assert path.read_bytes() == b"somebody's"


def test_a_new_casebook_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "a.casebook"
    files.create_empty(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.unlink()
    chair_book(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights")
def test_so_is_each_copy_of_it_also_in_a_folder_of_everybodys(tmp_path):
    """A backup, one made while it is read, and the copy that a migration works on."""
    folder = tmp_path / "shared"
    folder.mkdir()
    with chair_book(tmp_path / "a.casebook") as book:
        made = [book.backup(folder).path]
        made.append(copying.finish(copying.snapshot(book.source(), folder)).path)
        made.append(folder / "copy.part")
        files.copy_into(sql_of(book), book.path, made[-1])
    assert [path.stat().st_mode & 0o777 for path in made] == [0o600] * 3


def test_a_setting_that_the_engine_does_not_take_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.casebook"
    files.create_empty(path)
    salt = new_salt(CHEAP)
    monkeypatch.setattr(files, "_PRAGMAS", (*files._PRAGMAS, ("synchronous", "OFF", 3)))
    with pytest.raises(CasebookError, match="synchronous could not be made"):
        files.connect(path, derive(PASSPHRASE, salt), salt)


@pytest.fixture
def book(tmp_path):
    """A casebook whose journal a key-holder has opened to changes: the triggers are gone."""
    chair_book(tmp_path / "a.casebook", cases=2).close()
    with Casebook.open(tmp_path / "a.casebook", PASSPHRASE) as made:
        found = sql_of(made).execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in found.fetchall():
            if name.startswith("journal"):
                sql_of(made).execute(f"DROP TRIGGER {name}")
        assert chain(sql_of(made)).passed
        yield made


def _entry(book, seq):
    row = (
        sql_of(book)
        .execute(
            f"SELECT {', '.join(_NAMES)} FROM journal WHERE seq = ?",  # noqa: S608 - our own names
            (seq,),
        )
        .fetchone()
    )
    return dict(zip(_NAMES, row, strict=True))


def _set(book, entry, **changes):
    for name, value in changes.items():
        sql_of(book).execute(
            f"UPDATE journal SET {name} = ? WHERE seq = ?",  # noqa: S608 - our own names
            (value, entry["seq"]),
        )


def test_an_entry_that_names_another_before_it_is_found_though_its_hash_fits(book):
    last = book.journal.tail(1)[0].seq
    entry = _entry(book, last) | {"prev": "ab" * 32}
    _set(book, entry, prev=entry["prev"], hash=entry_hash(entry))
    found = chain(sql_of(book))
    assert (found.passed, found.sentence.endswith(f"at entry {last}.")) == (False, True)


def test_the_last_entry_is_found_though_nothing_comes_after_it(book):
    last = _entry(book, book.journal.tail(1)[0].seq)
    _set(book, last, actor="somebody else")
    assert not chain(sql_of(book)).passed


def test_an_entry_taken_out_of_the_middle_is_found(book):
    sql_of(book).execute("DELETE FROM journal_value WHERE seq = 2")
    sql_of(book).execute("DELETE FROM journal WHERE seq = 2")
    assert not chain(sql_of(book)).passed


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_the_engine_meets_no_journal_but_beside_our_own_parts(tmp_path, suffix):
    """Whatever comes between settling and opening: a program at work is not played over."""
    path = tmp_path / "inquiry.casebook"
    chair_book(path).close()
    path.with_name(path.name + suffix).write_bytes(b"x" * 600)
    salt = files.read_salt(path)
    key = derive(PASSPHRASE, salt)
    for read_only in (False, True):
        with pytest.raises(BusyError, match="being changed elsewhere"):
            files.connect(path, key, salt, read_only=read_only)
    files.connect(path, key, salt, as_it_is=True).close()
    assert path.with_name(path.name + suffix).read_bytes() == b"x" * 600
