"""An older casebook is brought to today's format on a copy, or stays exactly as it was.

Where today's format is the first, one that adds to it stands in for the next.
"""

import errno
import json
import os
import shutil
import sys

import pytest

from reviewer.casebook import schema
from reviewer.casebook.book import Casebook
from reviewer.casebook.engine import Database, Migrations, scratch
from reviewer.casebook.file import connection as files
from reviewer.casebook.file import migration
from reviewer.casebook.file.fingerprint import expected, schema_of
from reviewer.errors import BusyError, CasebookError, DamagedError, NewerFormatError, StorageError
from reviewer.records.judgement import Rating
from tests.formats.contents import contents, raw
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE

NAME = "inquiry.casebook"


@pytest.fixture
def next_format(monkeypatch):
    """A format after today's: one table more, and one column more in a table that has rows."""
    newer = Migrations(schema.migrations.name)
    with scratch() as connection:
        for step in schema.migrations.pending(Database(connection, execute_plugins=False)):
            newer(name=step.name)(step.fn)

    @newer()
    def m999_stand_in(db):
        db.execute("CREATE TABLE stand_in (id INTEGER PRIMARY KEY, what TEXT NOT NULL) STRICT")
        db.execute("INSERT INTO stand_in (id, what) VALUES (1, 'made by the migration')")
        db.execute("ALTER TABLE absence ADD COLUMN until TEXT NOT NULL DEFAULT ''")

    monkeypatch.setattr(schema, "migrations", newer)
    monkeypatch.setattr(schema, "FORMAT", schema.FORMAT + 1)
    return schema.FORMAT


def put(folder, kind="chair"):
    """Put a casebook of format 1 alone into a new folder."""
    folder.mkdir()
    return shutil.copyfile(FOLDER / f"format-1-{kind}.casebook", folder / NAME)


@pytest.fixture
def old(tmp_path):
    return put(tmp_path / "desk")


def told(path):
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def rows_of_old(path, before):
    """Every row by the columns it had before; of the journal, the entries it had before."""
    found = {}
    after = contents(path, SAMPLE_PASSPHRASE)
    for name, table in before.items():
        if name in {"digest", "_sqlite_migrations"}:
            continue
        places = [after[name]["columns"].index(column) for column in table["columns"]]
        rows = [[row[place] for place in places] for row in after[name]["rows"]]
        found[name] = [row for row in rows if name[:7] != "journal" or row in table["rows"]]
    return found


@pytest.mark.parametrize("kind", ["chair", "panellist", "released"])
def test_an_older_casebook_opens_in_todays_format_with_everything_it_held(
    kind, tmp_path, next_format
):
    old = put(tmp_path / "desk", kind)
    before, bytes_before = contents(old, SAMPLE_PASSPHRASE), old.read_bytes()
    with Casebook.open(old, SAMPLE_PASSPHRASE) as book:
        newest = book.journal.tail(1)[0]
        assert (newest.action, newest.subject) == ("migrate", f"1 to {next_format}")
        assert newest.actor == (book.about.member or book.about.chair)
    assert all(check.passed for check in Casebook.verify(old, SAMPLE_PASSPHRASE))
    assert rows_of_old(old, before) == {
        name: table["rows"]
        for name, table in before.items()
        if name not in {"digest", "_sqlite_migrations"}
    }
    aside = old.with_name("inquiry.format-1.casebook")
    assert aside.read_bytes() == bytes_before
    assert sorted(path.name for path in old.parent.iterdir()) == [NAME, aside.name]


def test_the_upgraded_schema_is_a_new_casebooks_schema(old, next_format):
    Casebook.open(old, SAMPLE_PASSPHRASE).close()
    connection = raw(old, SAMPLE_PASSPHRASE)
    upgraded = schema_of(connection)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == next_format
    connection.close()
    assert upgraded == expected(next_format)
    assert upgraded != expected(next_format - 1)


def test_work_goes_on_after_it_and_it_happens_once(old, next_format):
    with Casebook.open(old, SAMPLE_PASSPHRASE) as book:
        entries = book.journal.tail(1)[0].seq
        case = book.cases.all()[0]
        book.ratings.put(book.about.member, case.id, 1, Rating(factor="IND-JUDG", value=1))
    with Casebook.open(old, SAMPLE_PASSPHRASE) as book:
        assert book.journal.tail(1)[0].seq == entries + 1
    assert len(list(old.parent.iterdir())) == 2


def test_the_older_program_refuses_the_new_file_with_both_numbers(old, next_format, monkeypatch):
    Casebook.open(old, SAMPLE_PASSPHRASE).close()
    whole = old.read_bytes()
    monkeypatch.undo()
    with pytest.raises(NewerFormatError, match=f"{next_format}.*{next_format - 1}"):
        Casebook.open(old, SAMPLE_PASSPHRASE)
    assert old.read_bytes() == whole


def test_a_damaged_older_file_is_refused_and_not_replaced(old, next_format):
    connection = raw(old, SAMPLE_PASSPHRASE)
    connection.execute("UPDATE meta SET value = 'Other inquiry' WHERE key = 'title'")
    connection.close()
    before = old.read_bytes()
    with pytest.raises(DamagedError, match="last change"):
        Casebook.open(old, SAMPLE_PASSPHRASE)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [NAME]


def test_a_migration_that_loses_a_row_is_thrown_away(old, next_format, monkeypatch):
    @schema.migrations()
    def m999_loses(db):
        db.execute("DELETE FROM reading WHERE rowid = 1")

    monkeypatch.setattr(schema, "FORMAT", next_format + 1)
    before = old.read_bytes()
    with pytest.raises(DamagedError, match="could not be brought to the new format"):
        Casebook.open(old, SAMPLE_PASSPHRASE)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [NAME]


def test_a_migration_that_breaks_off_leaves_the_old_file(old, next_format, monkeypatch):
    @schema.migrations()
    def m999_breaks(db):
        db.execute("CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT")
        db.execute("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(schema, "FORMAT", next_format + 1)
    before = old.read_bytes()
    with pytest.raises(CasebookError):
        Casebook.open(old, SAMPLE_PASSPHRASE)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [NAME]


def test_a_full_disk_leaves_the_old_file(old, next_format, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = old.read_bytes()
    monkeypatch.setattr(migration.backups, "keep_aside", full)
    with pytest.raises(StorageError, match="not enough room"):
        Casebook.open(old, SAMPLE_PASSPHRASE)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [NAME]


def test_a_file_changed_meanwhile_is_not_replaced(old, next_format, monkeypatch):
    def meddle(part, key, salt, before, upgrade=migration._upgrade):
        upgrade(part, key, salt, before)
        os.utime(old, ns=(1, 1))

    monkeypatch.setattr(migration, "_upgrade", meddle)
    with pytest.raises(BusyError, match="changed by another program"):
        Casebook.open(old, SAMPLE_PASSPHRASE)
    assert [path.name for path in old.parent.iterdir()] == [NAME]


def test_an_older_file_that_is_open_elsewhere_waits(old, next_format):
    connection = raw(old, SAMPLE_PASSPHRASE)
    files.lock(connection, old)
    try:
        with pytest.raises(BusyError):
            Casebook.open(old, SAMPLE_PASSPHRASE)
    finally:
        connection.close()
    assert [path.name for path in old.parent.iterdir()] == [NAME]


def test_a_name_that_is_taken_is_left_alone(old, next_format):
    taken = old.with_name("inquiry.format-1.casebook")
    taken.write_bytes(b"somebody's")
    Casebook.open(old, SAMPLE_PASSPHRASE).close()
    assert taken.read_bytes() == b"somebody's"
    assert old.with_name("inquiry.format-1-2.casebook").exists()


def test_a_backup_of_an_older_format_is_restored_as_it_is(old, next_format):
    backup = shutil.copyfile(old, old.with_name("backup.casebook"))
    before = backup.read_bytes()
    Casebook.open(old, SAMPLE_PASSPHRASE).close()
    Casebook.restore(old, backup, SAMPLE_PASSPHRASE)
    assert backup.read_bytes() == before == old.read_bytes()


NAMES = {"link", "replace", "rename", "unlink", "fsync"}  # what changes which file has which name
CALLS = NAMES | {"execute", "executescript", "commit", "open", "close", "connect"}


def killed_at(number, path, calls):
    """Open ``path`` in a process that dies just before the ``number``th of ``calls``.

    Returns False where there were not so many.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = number

    def watch(_frame, event, called):
        nonlocal left
        text = isinstance(getattr(called, "__self__", None), str)
        if event == "c_call" and called.__name__ in calls and not text:
            left -= 1
            if not left:
                os._exit(9)

    try:
        sys.setprofile(watch)
        Casebook.open(path, SAMPLE_PASSPHRASE)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be forked")
@pytest.mark.parametrize(
    "calls",
    [
        pytest.param(NAMES, id="where names change", marks=pytest.mark.slow),
        pytest.param(CALLS, id="everywhere", marks=pytest.mark.nightly),
    ],
)
def test_killed_at_any_step_the_name_holds_a_whole_casebook(tmp_path, next_format, calls):
    before = told(FOLDER / "format-1-chair.casebook")
    kills = 0
    while killed_at(kills + 1, path := put(tmp_path / str(kills)), calls):
        kills += 1
        Casebook.open(path, SAMPLE_PASSPHRASE).close()
        assert rows_of_old(path, before) == {
            name: table["rows"]
            for name, table in before.items()
            if name not in {"digest", "_sqlite_migrations"}
        }, kills
        names = sorted(p.name for p in path.parent.iterdir())
        assert names == [NAME, "inquiry.format-1.casebook"], kills
        shutil.rmtree(path.parent)
    print(f"\nmigration killed at {kills} steps, 0 losses")  # noqa: T201 - a figure to report
    assert kills > len(NAMES)
