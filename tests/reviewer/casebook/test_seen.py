"""A casebook put back to an older state is noticed on a computer that saw the newer one."""

import json
import os
import shutil
import time

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import checking, computer, open_by
from reviewer.errors import DamagedError
from tests.books import PASSPHRASE, chair_book, sql_of


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=2).close()
    return path


def write(path, text):
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.all()[0]
        book.reviews.set_text(book.about.member, case.id, 1, narrative=text)
        return book.journal.tail(1)[0].seq


def older(path):
    with Casebook.open(path, PASSPHRASE) as book:
        return book.older


def test_what_only_grows_is_never_warned_of(path):
    for text in ("one", "two"):
        write(path, text)
        assert older(path) is None


def test_an_older_file_is_told_with_both_numbers_and_dates_until_it_is_accepted(path):
    old = path.read_bytes()
    seen = write(path, "newer")
    path.write_bytes(old)
    found = older(path)
    assert (found.here.seq, found.seen.seq, found.forked) == (seen - 1, seen, False)
    assert f"ends with change {seen - 1} (20" in found.sentence
    assert f"has seen change {seen} (20" in found.sentence
    assert older(path) == found, "it was only looked at"
    write(path, "work goes on in the older one")
    assert older(path) is not None, "work in it does not hide what is missing"
    with Casebook.open(path, PASSPHRASE) as book:
        book.accept_older()
        assert book.older is None
    assert older(path) is None


def test_an_older_file_is_not_accepted_before_it_is_checked(path, monkeypatch):
    mark = subject(path)
    with Casebook.open(path, PASSPHRASE) as book:
        sql_of(book).execute("UPDATE inquiry_case SET title = 'spliced' WHERE position = 1")
    old = path.read_bytes()
    computer.remember("seen", mark, {"seq": 99, "at": "", "head": "0" * 64})
    monkeypatch.setattr(checking, "LARGE", 0)
    with Casebook.open(path, PASSPHRASE) as book, pytest.raises(DamagedError, match="old pages"):
        book.accept_older()
    assert computer.recall("seen", mark)["seq"] == 99
    assert path.read_bytes() == old


def test_a_file_with_another_history_is_told_as_such(path):
    old = path.read_bytes()
    seen = write(path, "on this way")
    path.write_bytes(old)
    computer.forget("seen", subject(path))  # the other way was gone on another computer
    write(path, "on another way")
    write(path, "and further")
    other = path.read_bytes()
    computer.forget("seen", subject(path))
    path.write_bytes(old)
    write(path, "on this way")
    path.write_bytes(other)
    found = older(path)
    assert (found.forked, found.seen.seq, found.here.seq) == (True, seen, seen + 1)
    assert "histories went apart" in found.sentence


def subject(path):
    with Casebook.open(path, PASSPHRASE) as book:
        return book._mark._subject


def test_restoring_a_backup_is_knowing_and_not_warned_of(path):
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup()
    write(path, "after the backup")
    Casebook.restore(path, made.path, PASSPHRASE)
    assert older(path) is None


def test_looking_at_a_backup_moves_no_mark(path):
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup()
    write(path, "after the backup")
    Casebook.verify(made.path, PASSPHRASE)
    assert older(path) is None
    assert older(made.path) is not None


def test_a_state_that_failed_its_checks_is_not_taken_for_the_newest(path, monkeypatch):
    write(path, "good")
    good = path.read_bytes()
    with Casebook.open(path, PASSPHRASE) as book:
        sql_of(book).execute("UPDATE inquiry_case SET title = 'x' WHERE position = 1")
        book.reviews.set_text(book.about.member, book.cases.all()[0].id, 1, narrative="bad")
        book._mark = None
    monkeypatch.setattr(checking, "LARGE", 0)
    with Casebook.open(path, PASSPHRASE) as book, pytest.raises(DamagedError):
        book.finish_checks()
    path.write_bytes(good)
    assert older(path) is None


def test_nothing_kept_tells_title_path_or_id(path, home):
    with Casebook.open(path, PASSPHRASE) as book:
        about = book.about
        kept = [p for p in (home / "Reviewer").rglob("*") if p.is_file()]
        texts = b"".join(bytes(p) + p.read_bytes() for p in kept)
    assert sorted(p.parent.name for p in kept) == ["Reviewer", "open", "seen"]
    for canary in (about.title, about.id, about.member, path.stem, str(path.parent)):
        assert canary.encode() not in texts
    mark = next(p for p in kept if p.parent.name == "seen")
    assert set(json.loads(mark.read_bytes())) == {"seq", "at", "head"}


_ENDLESS = b'{"seq": %s, "at": "", "head": ""}' % (b"9" * 30)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"seq": "x"}', b"[" * 5000, b"\xff", _ENDLESS]
)
def test_a_mark_that_is_lost_or_unreadable_stops_nobody(path, home, content):
    write(path, "one")
    for kept in (home / "Reviewer").rglob("*.json"):
        kept.write_bytes(content)
    assert older(path) is None
    assert write(path, "two")
    shutil.rmtree(home / "Reviewer")
    assert older(path) is None


def test_where_nothing_can_be_remembered_casebooks_open_all_the_same(path, home):
    shutil.rmtree(home / "Reviewer")
    (home / "Reviewer").write_text("in the way", encoding="utf-8")
    assert write(path, "one")
    assert older(path) is None


NOISE = {
    "empty": b"",
    "no JSON": b"{",
    "a list": b"[1, 2]",
    "huge": b" " * (64 << 20) + b"{}",
    "deep": b"[" * 4000,
    "4,300 digits": b'{"seq": ' + b"1" * 4000 + b"}",
    "no time": b'{"seq": 9, "at": "\\ud800", "head": "' + b"0" * 64 + b'"}',
    "no hash": b'{"seq": 9, "at": "2026-01-01T00:00:00Z", "head": "\\u202e<b>"}',
    "true": b'{"seq": true, "at": "2026-01-01T00:00:00Z", "head": "' + b"0" * 64 + b'"}',
    "NaN": b'{"seq": NaN, "at": "2026-01-01T00:00:00Z", "head": "x"}',
    "letters": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("kind", ["seen", "open"])
def test_a_note_that_is_none_is_as_if_there_were_none(path, noise, kind):
    Casebook.open(path, PASSPHRASE).close()
    if kind == "open":
        computer.remember("open", str(path), {})
    (note,) = (computer.folder() / kind).iterdir()
    note.write_bytes(NOISE[noise])
    before = time.process_time()
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.older is None
        assert all(check.passed for check in book.verdicts())
    assert time.process_time() - before < 2
    assert "elsewhere" in str(open_by.busy(path))
    if kind == "seen":  # and the next one is written in its place
        assert computer.recall("seen", book._mark._subject)["seq"] == 2 + 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that have names")
@pytest.mark.parametrize("name", ["salt", "seen"])
def test_a_pipe_in_the_place_of_a_note_is_not_waited_for(path, name):
    Casebook.open(path, PASSPHRASE).close()
    note = computer.folder() / name
    note = next(note.iterdir()) if note.is_dir() else note
    note.unlink()
    os.mkfifo(note)
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.older is None
