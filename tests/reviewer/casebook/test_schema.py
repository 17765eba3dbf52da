"""A casebook whose schema is not exactly its format's is refused before anything is read.

Each attack is made by somebody who knows the key: the journal and the digest agree, every page is
authentic, and only the schema has something more, less or other than a casebook has.
"""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file.fingerprint import expected, fingerprint, schema_of
from reviewer.casebook.schema import FORMAT
from reviewer.errors import CasebookError, DamagedError, NotACasebookError
from tests.books import PASSPHRASE, chair_book
from tests.formats.contents import raw
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE

# Released formats: FORMAT.md names the same. A line is added with a format, never changed.
RELEASED = {
    1: "d4cf8e3eafe88aa494e33caeb10be5f8da8d574b556d4161c1b7d52018edb334",
    2: "b4cb476a733e781a9c3e1b709876fe28e1a79dfbccf1c1a79a0970dac8d5edd4",
    3: "5b943c5411b0cec64f7c5c16126c3dc0266f75b3e9f1457ecd118fb8bfba716a",
    4: "64b0e660fef8cc466b328c78406acac357e0014e5ee81fa63bc67824a105bfb3",
    5: "e0825d73bb243659def3a17b5f3a13e8dd721f83fd50300f83cf5f79bb697577",
    6: "e52c0dccbcb63638739afc204d0ee3ae9cd68717b49d5af6376784b1fbc6160a",
}

STEAL = "BEGIN INSERT INTO stolen SELECT value FROM secret; END"
ATTACKS = {
    "trigger that copies": [
        "CREATE TABLE stolen (value BLOB) STRICT",
        f"CREATE TRIGGER spy AFTER INSERT ON journal {STEAL}",
    ],
    "trigger that changes a score": [
        (
            "CREATE TRIGGER tilt AFTER UPDATE ON rating"
            " BEGIN UPDATE rating SET value = 0 WHERE review = NEW.review; END"
        ),
    ],
    "trigger taken away": ["DROP TRIGGER released_rating_stays_update"],
    "trigger made toothless": [
        "DROP TRIGGER journal_is_append_only_update",
        (
            "CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal WHEN 0"
            " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        ),
    ],
    "view": ["CREATE VIEW shown AS SELECT * FROM rating"],
    "view in a table's place": [
        "ALTER TABLE reading RENAME TO hidden",
        "CREATE VIEW reading AS SELECT document, page, uncovered FROM hidden",
    ],
    "table": ["CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT"],
    "column": ["ALTER TABLE rating ADD COLUMN weight INTEGER NOT NULL DEFAULT 1"],
    "column that computes": [
        "ALTER TABLE rating ADD COLUMN shown INTEGER GENERATED ALWAYS AS (value * 0) VIRTUAL"
    ],
    "index": ["CREATE INDEX more ON rating (factor)"],
    "index that computes": ["CREATE INDEX more ON rating (abs(value))"],
    "index that hides": ["CREATE UNIQUE INDEX more ON rating (factor) WHERE value = 4"],
    "index taken away": ["DROP INDEX evidence_by_mark"],
    "virtual table": ["CREATE VIRTUAL TABLE more USING fts5(text)"],
    "statistics": ["ANALYZE"],
    "index over pages": ["DROP TABLE page_fts"],
    "search ranked otherwise": ["INSERT INTO page_fts(page_fts, rank) VALUES ('rank', 'bm25(1)')"],
    "words of a check": [
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (id = 1)', '') WHERE name = 'digest'",
    ],
    "default of a column": [
        "PRAGMA writable_schema = ON",
        (
            "UPDATE sqlite_master SET sql = replace(sql, 'note TEXT NOT NULL', 'note TEXT') "
            "WHERE name = 'mark'"
        ),
    ],
    "a table under another's pages": [
        "PRAGMA writable_schema = ON",
        (
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
            " WHERE name = 'secret') WHERE name = 'meta'"
        ),
    ],
    "a schema that cannot be read": [
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE nonsense (' WHERE name = 'meta'",
    ],
    "a migration that never was": [
        (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('casebook', 'm002_later', '')"
        ),
    ],
    "a migration forgotten": ["DELETE FROM _sqlite_migrations"],
    "format of nought": ["PRAGMA user_version = 0"],
    "format below nought": ["PRAGMA user_version = -1"],
    "another program's file": ["PRAGMA application_id = 7"],
}

INDEX_ATTACKS = {
    "one page": "INSERT INTO page_fts(page_fts, rowid, text)"
    " VALUES ('delete', 1, 'Restrained face down for seven minutes.')",
    "all pages": "INSERT INTO page_fts(page_fts) VALUES ('delete-all')",
    "a page's length": "DELETE FROM page_fts_docsize WHERE id = 1",
    "the totals": "DELETE FROM page_fts_data WHERE id = 1",
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=1).close()
    return path


def attack(path, statements):
    connection = raw(path, PASSPHRASE)
    connection.set_authorizer(None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    path.with_name(path.name + "-journal").unlink(missing_ok=True)


@pytest.mark.parametrize("name", ATTACKS)
def test_a_changed_schema_is_refused_and_nothing_is_written(path, name):
    attack(path, ATTACKS[name])
    before = path.read_bytes()
    with pytest.raises((DamagedError, NotACasebookError)):
        Casebook.open(path, PASSPHRASE)
    with pytest.raises(CasebookError):  # not even by whoever skips the checks of the content
        Casebook.open(path, PASSPHRASE, check=False)
    assert path.read_bytes() == before


def test_the_same_file_without_an_attack_opens(path):
    attack(path, [])
    Casebook.open(path, PASSPHRASE).close()


def test_the_refusal_names_what_does_not_belong(path):
    attack(path, ATTACKS["trigger that changes a score"])
    with pytest.raises(DamagedError, match="the trigger tilt"):
        Casebook.open(path, PASSPHRASE)
    found = {check.name: check for check in Casebook.verify(path, PASSPHRASE)}
    assert not found["schema"].passed
    assert "structure" not in found  # nothing is evaluated under a strange schema


def test_a_large_casebook_is_held_to_its_schema_before_it_is_shown(path, monkeypatch):
    monkeypatch.setattr("reviewer.casebook.file.checking.LARGE", 0)
    attack(path, ATTACKS["view"])
    with pytest.raises(DamagedError, match="the view shown"):
        Casebook.open(path, PASSPHRASE)


def test_a_foreign_name_is_shown_short_and_without_tricks(path):
    attack(path, ['CREATE VIEW "a\u202eb\n' + "x" * 500 + '" AS SELECT 1'])
    with pytest.raises(DamagedError) as refused:
        Casebook.open(path, PASSPHRASE)
    assert "\u202e" not in str(refused.value)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "what",
    ["DELETE FROM page_fts_data WHERE id = 10", "DELETE FROM page_fts_data WHERE id > 10"],
)
def test_damage_to_the_text_index_is_found(path, what):
    attack(path, [what])
    with pytest.raises(DamagedError):
        Casebook.open(path, PASSPHRASE)


@pytest.mark.parametrize("what", INDEX_ATTACKS)
def test_a_text_index_that_hides_a_page_is_found_by_verify(path, what):
    attack(path, [INDEX_ATTACKS[what]])
    before = path.read_bytes()
    found = {check.name: check.passed for check in Casebook.verify(path, PASSPHRASE)}
    assert found.pop("search") is False
    assert all(found.values())
    assert path.read_bytes() == before


def test_a_released_format_keeps_its_schema_for_ever():
    assert {number: fingerprint(expected(number)) for number in RELEASED} == RELEASED
    assert max(RELEASED) in {FORMAT, FORMAT - 1}


@pytest.mark.parametrize("sample", sorted(FOLDER.glob("*.casebook")), ids=lambda path: path.stem)
def test_the_samples_have_the_schema_of_their_format(sample):
    number = int(sample.stem.split("-")[1])
    connection = raw(sample, SAMPLE_PASSPHRASE, read_only=True)
    found = schema_of(connection)
    connection.close()
    assert fingerprint(found) == RELEASED[number]
