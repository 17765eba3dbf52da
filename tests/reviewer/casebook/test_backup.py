"""Backups: verified when made, kept by number and day, and they really restore."""

import datetime as dt
import errno
import json
import os
import shutil

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import backup as backups
from reviewer.casebook.file import connection as files
from reviewer.casebook.file import copying
from reviewer.casebook.file.backup import (
    KEEP,
    Backup,
    Manifest,
    backups_in,
    folder_of,
    superfluous,
)
from reviewer.errors import BusyError, DamagedError, InputError, StorageError, UnlockError
from reviewer.records.judgement import Rating
from tests.books import PASSPHRASE, case, chair_book
from tests.reviewer.casebook.interrupted import interrupt, journal_of, lay_beside


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=3).close()
    return path


def rate(book, value):
    case = book.cases.all()[0]
    book.ratings.put(book.about.member, case.id, 1, Rating(factor="SYS-CALL", value=value))


def value_in(path):
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.all()[0]
        return book.ratings.of(book.about.member, case.id, 1)["SYS-CALL"].value


def test_a_backup_is_encrypted_whole_and_told_by_its_manifest(path):
    with Casebook.open(path, PASSPHRASE) as book:
        rate(book, 1)
        made = book.backup()
        assert made.manifest.head == book.journal.head()
        rate(book, 2)
    assert made.path.parent == folder_of(path)
    assert made.path.read_bytes()[:16] == path.read_bytes()[:16]
    assert backups_in(folder_of(path)) == [made]
    backups.check(made)
    assert value_in(made.path) == 1
    assert sorted(p.suffix for p in made.path.parent.iterdir()) == [".casebook", ".json"]


def test_restore_puts_the_backup_in_place_and_keeps_the_old_file(path):
    with Casebook.open(path, PASSPHRASE) as book:
        rate(book, 1)
        made = book.backup()
        rate(book, 4)
    broken = bytearray(path.read_bytes())
    broken[5000] ^= 1
    path.write_bytes(broken)
    with pytest.raises(DamagedError, match="restore the last good backup"):
        Casebook.open(path, PASSPHRASE)
    aside = Casebook.restore(path, made.path, PASSPHRASE)
    assert value_in(path) == 1
    assert aside.read_bytes() == broken


def test_restore_where_nothing_is_left(path):
    with Casebook.open(path, PASSPHRASE) as book:
        rate(book, 3)
        made = book.backup()
    path.unlink()
    assert Casebook.restore(path, made.path, PASSPHRASE) is None
    assert value_in(path) == 3


def test_a_backup_of_another_casebook_a_damaged_one_or_a_busy_target_is_refused(path, tmp_path):
    other = tmp_path / "other.casebook"
    with chair_book(other, cases=1) as book:
        foreign = book.backup()
    before = path.read_bytes()
    with pytest.raises(InputError, match="another casebook"):
        Casebook.restore(path, foreign.path, PASSPHRASE)
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup()
        with pytest.raises(BusyError):
            Casebook.restore(path, made.path, PASSPHRASE)
    with pytest.raises(UnlockError):
        Casebook.restore(path, made.path, "wrong")
    raw = bytearray(made.path.read_bytes())
    raw[9000] ^= 1
    made.path.write_bytes(raw)
    with pytest.raises(DamagedError):
        Casebook.restore(path, made.path, PASSPHRASE)
    with pytest.raises(DamagedError, match="not what was written"):
        backups.check(made)
    assert path.read_bytes() == before


def test_a_backup_that_cannot_be_verified_is_thrown_away(path, monkeypatch):
    with Casebook.open(path, PASSPHRASE) as book:
        real = files.copy_into

        def lying(connection, source, copy):
            real(connection, source, copy)
            raw = bytearray(copy.read_bytes())
            raw[4096 + 50] ^= 1
            copy.write_bytes(raw)

        monkeypatch.setattr(files, "copy_into", lying)
        with pytest.raises(DamagedError):
            book.backup()
    assert list(folder_of(path).iterdir()) == []


def test_a_full_disk_leaves_no_half_backup(path, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "no room")

    with Casebook.open(path, PASSPHRASE) as book:
        monkeypatch.setattr(files, "copy_into", full)
        with pytest.raises(StorageError, match="not enough room"):
            book.backup()
    assert list(folder_of(path).iterdir()) == []


def test_the_newest_ten_and_one_a_day_for_thirty_days_are_kept(tmp_path):
    def made(at):
        manifest = Manifest(casebook="c", at="", seq=1, head="", size=0, sha256="")
        return Backup(path=tmp_path / f"x-{at:%Y%m%dT%H%M%S%fZ}.casebook", manifest=manifest)

    now = dt.datetime(2026, 3, 31, 18, tzinfo=dt.UTC)
    hourly = [made(now - dt.timedelta(hours=h)) for h in range(24 * 60)]
    dropped = superfluous(hourly, now.date())
    kept = [b for b in hourly if b not in dropped]
    assert kept[:10] == hourly[:10]
    days = {b.path.name[2:10] for b in kept}
    assert len(days) == 30
    assert len(kept) == 10 + 29


def test_a_manifest_from_elsewhere_is_only_read_where_it_is_one(tmp_path):
    name = tmp_path / "x-20260101T000000000000Z.casebook"
    name.touch()
    for content in ("", "[]", "{}", '{"casebook": 1}', "{" * 5000):
        name.with_suffix(".json").write_text(content, encoding="utf-8")
        assert backups_in(tmp_path) == []
    assert backups_in(tmp_path / "gone") == []


_GOOD = {"casebook": "c", "at": "2026-01-01T00:00:00Z", "seq": 1, "size": 4096} | dict.fromkeys(
    ("head", "sha256"), "0" * 64
)
_HARMFUL = (
    "[" * 4096,
    json.dumps(_GOOD).replace('"seq": 1', '"seq": 1e999'),
    json.dumps(_GOOD | {"seq": 10**30}),
    json.dumps(_GOOD | {"seq": "1"}),
    json.dumps(_GOOD | {"at": "\x1b]0;owned\x07"}),
    json.dumps(_GOOD | {"casebook": "\x1b[2J"}),
    json.dumps(_GOOD | {"head": "head"}),
)


def test_manifests_made_to_harm_cost_nobody_a_backup(path):
    """They lie where anybody may write; each backup and each check reads the whole folder."""
    folder = folder_of(path)
    folder.mkdir()
    for at, text in enumerate((json.dumps(_GOOD), *_HARMFUL)):
        name = folder / f"x-2026010{at + 1}T000000000000Z.casebook"
        name.touch()
        name.with_suffix(".json").write_text(text, encoding="utf-8")
    nowhen = folder / "x-99999999T999999999999Z.casebook"
    nowhen.touch()
    nowhen.with_suffix(".json").write_text(json.dumps(_GOOD), encoding="utf-8")
    assert len(backups_in(folder)) == 1
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup()
    assert backups_in(folder)[0] == made
    bad = [check.name for check in Casebook.verify(path, PASSPHRASE) if not check.passed]
    assert set(bad) == {"backups"}


def test_what_an_interrupted_backup_left_goes_with_the_next_one(path):
    folder = folder_of(path)
    folder.mkdir()
    name = "inquiry-20260101T000000000000Z"
    for left in (
        ".inquiry.casebook.0a4ea8ea.part",
        ".inquiry.casebook.0a4ea8ea.part-journal",
        f".{name}.json.0a4ea8ea.part",
    ):
        (folder / left).touch()
    (folder / f".other-{name}.json.0a4ea8ea.part").touch()  # somebody else may be writing it
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup().path
    assert {found.name for found in folder.iterdir()} == {
        made.name,
        made.with_suffix(".json").name,
        f".other-{name}.json.0a4ea8ea.part",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("suffix", [".json", ".casebook"])
def test_a_pipe_among_the_backups_is_not_waited_for(path, suffix):
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup()
    pipe = made.path.with_suffix(suffix)
    pipe.unlink()
    os.mkfifo(pipe)
    assert backups.sound_of(path) == []


def test_backups_of_other_files_are_never_thinned_out(path, tmp_path):
    """Each casebook issued from one, and each copy, has its id: in a shared folder all meet."""
    folder = tmp_path / "all"
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup(folder).path
    old = folder / "inquiry-20200101T000000000000Z.casebook"
    made.rename(old)
    made.with_suffix(".json").rename(old.with_suffix(".json"))
    other = shutil.copy(path, tmp_path / "copy.casebook")
    with Casebook.open(other, PASSPHRASE) as book:
        for _ in range(KEEP + 2):
            book.backup(folder)
    assert old.exists()
    assert len(backups_in(folder)) == KEEP + 1


def test_a_casebook_with_another_passphrase_is_not_taken_for_a_damaged_one(path, tmp_path):
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup().path
    other = tmp_path / "other.casebook"
    with chair_book(other) as book:
        book.rekey("quite another passphrase")
    before = other.read_bytes()
    with pytest.raises(InputError, match="may be another casebook"):
        Casebook.restore(other, made, PASSPHRASE)
    assert other.read_bytes() == before
    assert not list(tmp_path.glob("other.before-restore*"))


def test_a_casebook_too_damaged_to_tell_is_replaced_by_what_is_shown_to_be_its_backup(
    path, tmp_path
):
    with Casebook.open(path, PASSPHRASE) as book:
        rate(book, 1)
        made = book.backup().path
    renamed = shutil.copy(made, tmp_path / "from the stick.casebook")
    whole = path.read_bytes()
    path.write_bytes(whole[:16] + bytes(len(whole) - 16))  # it still has its salt
    Casebook.restore(path, renamed, PASSPHRASE)
    assert value_in(path) == 1
    path.write_bytes(b"")  # nothing is left of it but its name
    with pytest.raises(InputError, match="nothing shows"):
        Casebook.restore(path, renamed, PASSPHRASE)
    Casebook.restore(path, made, PASSPHRASE)
    assert value_in(path) == 1


def test_a_copy_on_this_computer_is_opened_before_it_is_trusted(path, tmp_path, monkeypatch):
    before = path.read_bytes()
    target = tmp_path / "own" / "inquiry.casebook"
    copying.copy_to(path, target, PASSPHRASE)
    assert (target.read_bytes(), path.read_bytes()) == (before, before)
    with pytest.raises(InputError, match="already exists"):
        copying.copy_to(path, target, PASSPHRASE)
    target.unlink()
    real = copying.copy_whole

    def lying(source, copy):
        real(source, copy)
        raw = bytearray(copy.read_bytes())
        raw[4096 * 3 + 9] ^= 1
        copy.write_bytes(raw)

    monkeypatch.setattr(copying, "copy_whole", lying)
    with pytest.raises(DamagedError):
        copying.copy_to(path, target, PASSPHRASE)
    assert not target.exists()


def test_a_copy_of_a_casebook_that_changed_meanwhile_is_thrown_away(path, tmp_path, monkeypatch):
    real = copying.copy_whole

    def late(source, copy):
        with Casebook.open(source, PASSPHRASE) as book:
            rate(book, 3)
        real(source, copy)

    monkeypatch.setattr(copying, "copy_whole", late)
    target = tmp_path / "own" / "inquiry.casebook"
    with pytest.raises(BusyError, match="was changed while it was copied"):
        copying.copy_to(path, target, PASSPHRASE)
    assert not target.exists()


@pytest.mark.parametrize("step", ["backup", "restore", "copy"])
def test_each_copy_wants_a_tenth_more_and_sixteen_mebibytes(path, tmp_path, monkeypatch, step):
    size = path.stat().st_size
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup()
        free = [size + size // 10 + (16 << 20) - 1]
        usage = shutil.disk_usage(tmp_path)
        monkeypatch.setattr(
            "reviewer.files.write.shutil.disk_usage", lambda _path: usage._replace(free=free[0])
        )
        if step == "backup":
            with pytest.raises(StorageError, match="not enough room"):
                book.backup()
    before = path.read_bytes()
    target = tmp_path / "copy.casebook"
    if step == "restore":
        free = [made.manifest.size + made.manifest.size // 10 + (16 << 20) - 1]
        with pytest.raises(StorageError, match="not enough room"):
            Casebook.restore(path, made.path, PASSPHRASE)
    elif step == "copy":
        with pytest.raises(StorageError, match="not enough room"):
            copying.copy_to(path, target, PASSPHRASE)
    free[0] += 1
    assert path.read_bytes() == before
    assert not target.exists()
    copying.copy_to(path, target, PASSPHRASE)


def test_only_backups_that_are_what_was_written_are_offered(path):
    with Casebook.open(path, PASSPHRASE) as book:
        made = [book.backup() for _ in range(4)]
    made[3].path.write_bytes(b"")
    made[2].path.write_bytes(made[1].path.read_bytes())
    assert [b.path for b in backups.sound_of(path, most=5)] == [made[1].path, made[0].path]
    assert [b.path for b in backups.sound_of(path, most=1)] == [made[1].path]
    assert backups.sound_of(path.with_name("other.casebook"), folder_of(path)) == []


def test_a_copy_where_no_folder_can_be_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "a.casebook"
    chair_book(path).close()
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="not there"):
        copying.copy_to(path, tmp_path / "file" / "b.casebook", PASSPHRASE)


def test_a_journal_beside_a_backup_is_told_and_spoils_nothing(path, tmp_path):
    """Not when it is verified, nor when it is restored: a backup is whole without any."""
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup().path
        book.cases.add([case(f"late-{n}") for n in range(60)])
    interrupt(path)
    lay_beside(made, journal_of(path))
    whole = made.read_bytes()
    with Casebook.open(path, PASSPHRASE) as book:
        bad = [check.sentence for check in book.verdicts() if not check.passed]
    assert len(bad) == 1
    assert f"{made.name}-journal lies beside the backup" in bad[0]
    Casebook.restore(path, made, PASSPHRASE)
    assert path.read_bytes() == made.read_bytes() == whole
    assert journal_of(made).exists()
