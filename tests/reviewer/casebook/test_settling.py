"""A journal belongs to its file or is not played (SECURITY 14)."""

import os
import shutil
import signal
import struct

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import companions, copying, filelock, settling
from reviewer.casebook.file import connection as files
from reviewer.casebook.file.location import Kind, Place
from reviewer.crypto.keys import derive
from reviewer.errors import BusyError, DamagedError, PlaceError, StorageError, UnlockError
from reviewer.exchange.pack import issue
from tests.books import PASSPHRASE, case, chair_book, sql_of
from tests.reviewer.casebook.interrupted import BLOT, interrupt, journal_of, kept, lay_beside


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=30).close()
    return path


@pytest.fixture
def stale(path, tmp_path):
    """A backup, work after it, and a program that was killed: its journal, and the backup."""
    with Casebook.open(path, PASSPHRASE) as book:
        backup = book.backup().path
        book.cases.add([case(f"late-{n}") for n in range(60)])
    interrupt(path)
    journal = tmp_path / "stale"
    shutil.copy(journal_of(path), journal)
    return backup, journal


def titles(path, passphrase=PASSPHRASE):
    with Casebook.open(path, passphrase) as book:
        return [one.title for one in book.cases.all()], book.settled


def test_a_killed_change_is_taken_back_on_a_copy_and_told(path):
    interrupt(path)
    broken, journal = path.read_bytes(), journal_of(path).read_bytes()
    found, settled = titles(path)
    assert len(found) == 30
    assert not [one for one in found if BLOT in one]
    assert settled.taken_back
    old, its_journal = [path.with_name(name) for name in kept(path)]
    assert (old.read_bytes(), its_journal.read_bytes()) == (broken, journal)
    assert its_journal.name == f"{old.name}-journal"  # together they can be looked into
    assert old.name in settled.sentence
    assert titles(path)[1] is None
    assert all(check.passed for check in Casebook.verify(path, PASSPHRASE))


def test_a_backup_put_in_the_files_place_by_hand_is_not_destroyed(path, stale):
    backup, _journal = stale
    shutil.copy(backup, path)
    found, settled = titles(path)
    assert len(found) == 30
    assert not settled.taken_back
    assert path.read_bytes()[:4096] == backup.read_bytes()[:4096]
    assert len(kept(path)) == 1


def test_a_file_restored_over_a_killed_change_is_what_the_backup_held(path, stale):
    backup, journal = stale
    aside = Casebook.restore(path, backup, PASSPHRASE)
    assert path.read_bytes() == backup.read_bytes()
    assert not journal_of(path).exists()
    assert journal_of(aside).read_bytes() == journal.read_bytes()  # still a pair, and it mends it
    assert len(titles(aside)[0]) == 90
    assert len(titles(path)[0]) == 30


def test_a_restore_that_finds_no_room_leaves_the_pair_together(path, stale, monkeypatch):
    backup, journal = stale

    def full(*_arguments, **_named):
        raise StorageError("full")

    monkeypatch.setattr("reviewer.casebook.file.backup.copy_whole", full)
    with pytest.raises(StorageError):
        Casebook.restore(path, backup, PASSPHRASE)
    assert journal_of(path).read_bytes() == journal.read_bytes()
    assert len(titles(path)[0]) == 90


def test_copying_into_a_folder_with_a_journal_of_that_name(path, stale, tmp_path):
    backup, journal = stale
    shutil.copy(backup, path)
    journal_of(path).unlink()
    target = tmp_path / "there" / path.name
    target.parent.mkdir()
    lay_beside(target, journal)
    assert copying.copy_to(path, target, PASSPHRASE) is None
    assert target.read_bytes() == backup.read_bytes()
    assert not journal_of(target).exists()
    assert len(titles(target)[0]) == 30


def test_a_copy_of_an_interrupted_casebook_is_whole_and_the_original_is_only_read(path, tmp_path):
    interrupt(path)
    before = path.read_bytes(), journal_of(path).read_bytes()
    target = tmp_path / "there" / path.name
    settled = copying.copy_to(path, target, PASSPHRASE)
    assert settled.taken_back
    assert len(titles(target)[0]) == 30
    assert (path.read_bytes(), journal_of(path).read_bytes()) == before


def test_a_copy_of_a_backup_beside_a_stale_journal_is_the_backup(path, stale, tmp_path):
    backup, _journal = stale
    shutil.copy(backup, path)
    target = tmp_path / "there" / path.name
    assert not copying.copy_to(path, target, PASSPHRASE).taken_back
    assert target.read_bytes() == backup.read_bytes()


@pytest.mark.parametrize("make", ["create", "issue"])
def test_a_new_casebook_does_not_take_over_a_journal_of_its_name(path, stale, tmp_path, make):
    _backup, journal = stale
    if make == "create":
        new = tmp_path / "new.casebook"
        lay_beside(new, journal)
        chair_book(new, cases=1).close()
    else:
        first = chair_book(tmp_path / "chair.casebook", cases=1)
        with first:
            new = issue(first, "A. One", tmp_path, passphrase=PASSPHRASE).path
    lay_beside(new, journal)  # and one that is laid there afterwards
    assert len(titles(new)[0]) == 1


def takes_back_to(old):
    """Make a journal, without any key, that takes whatever file back to the bytes ``old``."""
    nonce, pages = 7, len(old) // 4096
    journal = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(
        ">IIIII", pages, nonce, pages, 512, 4096
    )
    journal = journal.ljust(512, b"\0")
    for number in range(pages):
        page = old[number * 4096 : (number + 1) * 4096]
        total = (nonce + sum(page[at] for at in range(4096 - 200, 0, -200))) & 0xFFFFFFFF
        journal += struct.pack(">I", number + 1) + page + struct.pack(">I", total)
    return journal


def test_a_journal_made_without_the_key_rolls_nothing_back(path, tmp_path):
    journal = takes_back_to(path.read_bytes())
    with Casebook.open(path, PASSPHRASE) as book:
        book.cases.add([case("newer")])
    journal_of(path).write_bytes(journal)
    part = tmp_path / "shows-that-it-plays.part"
    shutil.copy(path, part)
    journal_of(part).write_bytes(journal)
    files.play(part)
    salt = files.read_salt(part)
    connection = files.connect(part, derive(PASSPHRASE, salt), salt)
    assert connection.execute("SELECT count(*) FROM inquiry_case").fetchone() == (30,)
    connection.close()
    found, settled = titles(path)
    assert len(found) == 31
    assert not settled.taken_back
    assert "was not played" in settled.sentence


def test_a_journal_that_names_a_further_file_deletes_nothing(path, tmp_path):
    """The engine deletes the file that such a journal names, whatever it is."""
    victim = tmp_path / "letter.txt"
    victim.write_text("Dear", encoding="utf-8")
    interrupt(path)
    name = str(victim).encode()
    end = (
        struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">II", len(name), sum(name))
    )
    with journal_of(path).open("ab") as out:
        out.write(end + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
    with pytest.raises((DamagedError, UnlockError)):
        Casebook.open(path, PASSPHRASE)
    assert victim.read_text(encoding="utf-8") == "Dear"


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("kind", ["noise", "empty", "folder", "link", "pipe"])
def test_whatever_lies_beside_a_whole_casebook_changes_nothing(path, tmp_path, suffix, kind):
    before = path.read_bytes()
    other = path.with_name(path.name + suffix)
    match kind:
        case "noise":
            other.write_bytes(os.urandom(9000))
        case "empty":
            other.touch()
        case "folder":
            other.mkdir()
        case "link":
            (tmp_path / "elsewhere").write_bytes(b"x")
            other.symlink_to(tmp_path / "elsewhere")
        case "pipe":
            os.mkfifo(other)
    assert len(titles(path)[0]) == 30
    assert path.read_bytes() == before
    assert not os.path.lexists(other)


def test_a_wal_of_a_newer_state_is_read_by_nobody_without_being_judged(path):
    salt = files.read_salt(path)
    connection = files.connect(path, derive(PASSPHRASE, salt), salt)
    connection.execute("PRAGMA locking_mode=NORMAL")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("UPDATE inquiry_case SET title = 'forged'")
    wal = path.with_name(f"{path.name}-wal").read_bytes()
    whole = path.read_bytes()
    connection.close()
    path.write_bytes(whole)
    path.with_name(f"{path.name}-wal").write_bytes(wal)
    found, settled = titles(path)
    assert "forged" not in found
    assert not settled.taken_back


def test_a_change_that_was_whole_but_for_its_journal_stands(path):
    """Killed after the last page and before the journal was emptied: the file holds more."""
    with Casebook.open(path, PASSPHRASE) as book:
        before = path.read_bytes()
        book.cases.add([case("newest")])
    after = path.read_bytes()
    path.write_bytes(before)
    interrupt(path)
    path.write_bytes(after)
    found, settled = titles(path)
    assert len(found) == 31
    assert not settled.taken_back


def test_a_half_made_search_index_is_no_whole_state(path):
    """It stands outside the digest: only asking it tells."""
    whole = path.read_bytes()
    salt = files.read_salt(path)
    connection = files.connect(path, derive(PASSPHRASE, salt), salt)
    connection.execute("DELETE FROM page_fts WHERE rowid = 1")
    connection.close()
    journal_of(path).write_bytes(takes_back_to(whole))
    assert titles(path)[1].taken_back
    assert all(check.passed for check in Casebook.verify(path, PASSPHRASE))


def test_neither_state_whole_nothing_moves_and_nothing_is_claimed_untested(path):
    interrupt(path)
    broken = bytearray(path.read_bytes())
    for at in range(5000, len(broken), 4096):
        broken[at] ^= 1
    path.write_bytes(broken)
    journal_of(path).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    names = sorted(p.name for p in path.parent.iterdir())
    with pytest.raises(DamagedError, match=r"Nothing was written to it\. Keep both"):
        Casebook.open(path, PASSPHRASE)
    assert path.read_bytes() == broken
    assert sorted(p.name for p in path.parent.iterdir()) == names
    (check,) = Casebook.verify(path, PASSPHRASE)
    assert not check.passed


def test_a_wrong_passphrase_touches_nothing(path):
    interrupt(path)
    before = path.read_bytes(), journal_of(path).read_bytes()
    with pytest.raises(UnlockError):
        Casebook.open(path, "wrong")
    assert (path.read_bytes(), journal_of(path).read_bytes()) == before
    assert not kept(path)


def test_each_state_is_opened_with_its_own_salt(path):
    """A change of passphrase by an older Reviewer changed the salt, and was killed."""
    salt, new = files.read_salt(path), bytes([255]) + os.urandom(15)
    old = path.read_bytes()
    journal = takes_back_to(old)
    connection = files.connect(path, derive(PASSPHRASE, salt), salt)
    files.rekey(connection, path, derive(PASSPHRASE, new), new)
    connection.close()
    assert files.read_salt(path) == new
    broken = bytearray(path.read_bytes())
    broken[9000] ^= 1
    path.write_bytes(broken)
    journal_of(path).write_bytes(journal)
    found, settled = titles(path)
    assert len(found) == 30
    assert settled.taken_back
    assert files.read_salt(path) == salt == old[:16]


def test_no_room_for_the_copy_is_told_and_touches_nothing(path, monkeypatch):
    interrupt(path)
    before = sorted((p.name, p.stat().st_ino) for p in path.parent.iterdir())
    monkeypatch.setattr("reviewer.files.write._SLACK", 1 << 60)
    with pytest.raises(StorageError, match="not enough room"):
        Casebook.open(path, PASSPHRASE)
    assert sorted((p.name, p.stat().st_ino) for p in path.parent.iterdir()) == before


def test_on_a_stick_it_is_refused_with_the_way_out(path, monkeypatch, tmp_path):
    interrupt(path)
    stick = Place(kind=Kind.REMOVABLE, system="vfat")
    monkeypatch.setattr(settling, "place_of", lambda _path: stick)
    with pytest.raises(PlaceError, match="reviewer copy"):
        Casebook.open(path, PASSPHRASE)
    assert journal_of(path).stat().st_size
    copying.copy_to(path, tmp_path / "there" / path.name, PASSPHRASE)
    assert len(titles(tmp_path / "there" / path.name)[0]) == 30


def test_a_journal_of_a_program_at_work_is_left_alone(path, monkeypatch):
    monkeypatch.setattr(files, "BUSY_MS", 20)
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        book = Casebook.open(path, PASSPHRASE)
        sql_of(book).execute("PRAGMA cache_size=5")
        with book._writer.change("slowly"):
            sql_of(book).execute("UPDATE page SET text = text || ?", (BLOT,))
            os.write(told, b"x")
            signal.pause()
    os.read(ready, 1)
    try:
        before = journal_of(path).read_bytes()
        assert before
        for attempt in (Casebook.open, Casebook.verify, copying.identify):
            with pytest.raises(BusyError, match=f"process {child}"):
                attempt(path, PASSPHRASE)
        with pytest.raises(BusyError):
            copying.copy_to(path, path.with_name("copy.casebook"), PASSPHRASE)
        assert journal_of(path).read_bytes() == before
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
    assert len(titles(path)[0]) == 30


def test_what_this_process_has_open_keeps_its_lock(path):
    """Closing any handle of a file drops every lock that the process has on it."""
    with Casebook.open(path, PASSPHRASE):
        for attempt in (
            lambda: files.read_salt(path),
            lambda: filelock.held(path, patience=0).__enter__(),
        ):
            with pytest.raises(BusyError):
                attempt()
        child = os.fork()
        if child == 0:
            os._exit(not filelock._locked(os.open(path, os.O_RDWR), reading=False))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    assert not filelock.is_open_here(path)


@pytest.mark.slow
def test_killed_at_any_call_while_settling_nothing_is_lost(path, tmp_path):
    """Every system call of the settling that changes the folder, one after the other."""
    interrupt(path)
    seed = tmp_path / "seed"
    seed.mkdir()
    for found in (path, journal_of(path)):
        shutil.copy(found, seed)
    tried = 0
    while True:
        work = tmp_path / f"work-{tried}"
        shutil.copytree(seed, work)
        child = os.fork()
        if child == 0:
            os._exit(_die_at(tried, work / path.name))
        died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        found, _settled = titles(work / path.name)
        assert len(found) == 30, tried
        assert not [one for one in found if BLOT in one]
        assert not companions.beside(work / path.name)
        assert not [p.name for p in work.iterdir() if p.name.endswith(".part")]
        if not died:
            break
        tried += 1
    assert tried > 8


def _die_at(count, path):
    """Settle, and end at the ``count``-th call that changes a folder or makes it durable."""
    left = [count]

    def dying(real):
        def call(*arguments, **named):
            if left[0] == 0:
                os._exit(9)
            left[0] -= 1
            return real(*arguments, **named)

        return call

    for name in ("link", "rename", "replace", "unlink", "fsync", "open"):
        setattr(os, name, dying(getattr(os, name)))
    Casebook.open(path, PASSPHRASE).close()
    return 0
