"""The tables, as migrations: one function each, never edited after release."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.casebook.broken_word_tables import fill_broken_words
from reviewer.casebook.bundle_tables import fill_bundles
from reviewer.casebook.engine import Database, Migrations
from reviewer.casebook.first_tables import TABLES, TRIGGERS
from reviewer.casebook.format_4 import FORMAT_4
from reviewer.casebook.format_5 import FORMAT_5
from reviewer.casebook.format_6 import FORMAT_6, FORMAT_6_TRIGGERS
from reviewer.casebook.indexes import INDEXES
from reviewer.casebook.keys_of_rounds import FILL_KEYS, GIVEN, ROUND_KEY

APPLICATION_ID = 0x52765752  # "RvWR", in the encrypted header
FORMAT = 6

migrations = Migrations("casebook")

TEXT_INDEX = "unicode61 remove_diacritics 2"


@migrations()
def m001_first_format(db: Database) -> None:
    """Make every table of format 1 and the text index over pages."""
    for statement in _statements(TABLES):
        db.execute(statement)
    for statement in _statements(TRIGGERS, end="END;"):
        db.execute(statement)
    db.table("page").enable_fts(["text"], tokenize=TEXT_INDEX, create_triggers=True)
    db.execute("INSERT INTO page_fts(page_fts, rank) VALUES ('secure-delete', 1)")


_UPDATE_TABLES = """
CREATE TABLE document_state (
    document TEXT PRIMARY KEY REFERENCES document(id), state TEXT NOT NULL,
    replaced_by TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE issued_pack (
    pack TEXT PRIMARY KEY, member TEXT NOT NULL REFERENCES member(id), recipient TEXT NOT NULL,
    documents TEXT NOT NULL
) STRICT;
CREATE TABLE sent_update (
    pack TEXT NOT NULL REFERENCES issued_pack(pack), seq INTEGER NOT NULL, digest TEXT NOT NULL,
    at TEXT NOT NULL, header TEXT NOT NULL, PRIMARY KEY (pack, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE applied_update (
    seq INTEGER PRIMARY KEY, digest TEXT NOT NULL, at TEXT NOT NULL, applied TEXT NOT NULL,
    ask TEXT NOT NULL, header TEXT NOT NULL
) STRICT;
CREATE TABLE case_change (
    inquiry_case TEXT PRIMARY KEY REFERENCES inquiry_case(id), at TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;
CREATE TABLE agenda_cell (
    round INTEGER NOT NULL REFERENCES round(number),
    inquiry_case TEXT NOT NULL REFERENCES inquiry_case(id), factor TEXT NOT NULL,
    flags TEXT NOT NULL, feedback TEXT NOT NULL, PRIMARY KEY (round, inquiry_case, factor)
) STRICT, WITHOUT ROWID;
CREATE TABLE round_mark (
    round INTEGER NOT NULL REFERENCES round(number), mark TEXT NOT NULL REFERENCES mark(id),
    PRIMARY KEY (round, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_mark_by_mark ON round_mark (mark);
"""

_EARLIER_ROUNDS_STAY = """
CREATE TRIGGER mark_of_a_round_stays_update BEFORE UPDATE ON mark
WHEN EXISTS (SELECT 1 FROM round_mark WHERE mark = OLD.id)
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER mark_of_a_round_stays_delete BEFORE DELETE ON mark
WHEN EXISTS (SELECT 1 FROM round_mark WHERE mark = OLD.id)
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_evidence_stays_update BEFORE UPDATE ON evidence
WHEN (SELECT round.released FROM review JOIN round ON round.number = review.round
      WHERE review.id = OLD.review) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_evidence_stays_delete BEFORE DELETE ON evidence
WHEN (SELECT round.released FROM review JOIN round ON round.number = review.round
      WHERE review.id = OLD.review) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_review_stays_update BEFORE UPDATE ON review
WHEN (SELECT released FROM round WHERE number = OLD.round) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_review_stays_delete BEFORE DELETE ON review
WHEN (SELECT released FROM round WHERE number = OLD.round) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
"""

# Nothing is added to a released round either, it is not un-released, and what was sealed or has
# arrived stays as it came. Release itself stores everything before it says that it has happened.
_RELEASED_IS_WHOLE = """
CREATE TRIGGER released_rating_stays_insert BEFORE INSERT ON rating
WHEN (SELECT round.released FROM review JOIN round ON round.number = review.round
      WHERE review.id = NEW.review) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_evidence_stays_insert BEFORE INSERT ON evidence
WHEN (SELECT round.released FROM review JOIN round ON round.number = review.round
      WHERE review.id = NEW.review) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_review_stays_insert BEFORE INSERT ON review
WHEN (SELECT released FROM round WHERE number = NEW.round) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_absence_stays_insert BEFORE INSERT ON absence
WHEN (SELECT released FROM round WHERE number = NEW.round) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_absence_stays_update BEFORE UPDATE ON absence
WHEN (SELECT released FROM round WHERE number = OLD.round) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_absence_stays_delete BEFORE DELETE ON absence
WHEN (SELECT released FROM round WHERE number = OLD.round) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_round_stays_update BEFORE UPDATE ON round
WHEN OLD.released <> '' BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_round_stays_delete BEFORE DELETE ON round
WHEN OLD.released <> '' BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER sealed_return_stays_update BEFORE UPDATE ON sealed_return
WHEN NEW.sha256 <> OLD.sha256 OR NEW.body <> OLD.body OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'what was sealed stays'); END;
CREATE TRIGGER sealed_return_stays_delete BEFORE DELETE ON sealed_return
BEGIN SELECT RAISE(ABORT, 'what was sealed stays'); END;
CREATE TRIGGER received_stays_update BEFORE UPDATE ON received
WHEN NEW.sha256 <> OLD.sha256 OR NEW.sealed <> OLD.sealed OR NEW.header <> OLD.header
BEGIN SELECT RAISE(ABORT, 'what has arrived stays'); END;
CREATE TRIGGER received_stays_delete BEFORE DELETE ON received
BEGIN SELECT RAISE(ABORT, 'what has arrived stays'); END;
CREATE TRIGGER journal_value_stays_update BEFORE UPDATE ON journal_value
WHEN NEW.body <> '' BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_value_stays_delete BEFORE DELETE ON journal_value
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""


@migrations()
def m002_updates_and_rounds(db: Database) -> None:
    """Make what updates and later rounds need; every row of format 1 stays as it is."""
    for statement in _statements(_UPDATE_TABLES):
        db.execute(statement)
    for statement in _statements(_EARLIER_ROUNDS_STAY + _RELEASED_IS_WHOLE, end="END;"):
        db.execute(statement)


# Format 3, a text for each reason that it was needed. Every part only adds: whole tables, whose
# rows ``_fill_format_3`` takes from those that are there.

# The framework belongs to the round: what a round was judged by stays said, whatever comes later.
_ROUND_FRAMEWORK = """
CREATE TABLE round_framework (
    round INTEGER PRIMARY KEY REFERENCES round(number),
    framework TEXT NOT NULL REFERENCES framework(hash)
) STRICT;
"""

# What was released stays in force: who had been asked for which cases when a round was released
# ("" stands for everybody to whom every case was allocated), and what was opened after it, late.
# What a member was asked to look at again stays asked while the round is open.
_RELEASE_STAYS = """
CREATE TABLE round_asked (
    round INTEGER NOT NULL REFERENCES round(number), member TEXT NOT NULL, cases TEXT NOT NULL,
    PRIMARY KEY (round, member)
) STRICT, WITHOUT ROWID;
CREATE TABLE late_return (
    round INTEGER NOT NULL REFERENCES round(number), member TEXT NOT NULL REFERENCES member(id),
    sha256 TEXT NOT NULL, opened TEXT NOT NULL, reason TEXT NOT NULL, custodian TEXT NOT NULL,
    PRIMARY KEY (round, member)
) STRICT, WITHOUT ROWID;
CREATE TABLE sent_ask (
    pack TEXT NOT NULL REFERENCES issued_pack(pack), seq INTEGER NOT NULL, ask TEXT NOT NULL,
    PRIMARY KEY (pack, seq)
) STRICT, WITHOUT ROWID;
DROP TRIGGER released_rating_stays_insert;
DROP TRIGGER released_evidence_stays_insert;
DROP TRIGGER released_review_stays_insert;
"""

# A late return is stored while its row says that it is being opened, in one transaction.
_RELEASE_STAYS_TRIGGERS = """
CREATE TRIGGER released_rating_stays_insert BEFORE INSERT ON rating
WHEN (SELECT round.released FROM review JOIN round ON round.number = review.round
      WHERE review.id = NEW.review) <> ''
 AND NOT EXISTS (SELECT 1 FROM review JOIN late_return USING (round, member)
                 WHERE review.id = NEW.review AND late_return.opened = '')
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_evidence_stays_insert BEFORE INSERT ON evidence
WHEN (SELECT round.released FROM review JOIN round ON round.number = review.round
      WHERE review.id = NEW.review) <> ''
 AND NOT EXISTS (SELECT 1 FROM review JOIN late_return USING (round, member)
                 WHERE review.id = NEW.review AND late_return.opened = '')
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_review_stays_insert BEFORE INSERT ON review
WHEN (SELECT released FROM round WHERE number = NEW.round) <> ''
 AND NOT EXISTS (SELECT 1 FROM late_return WHERE round = NEW.round AND member = NEW.member
                 AND opened = '')
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_asked_stays_insert BEFORE INSERT ON round_asked
WHEN (SELECT released FROM round WHERE number = NEW.round) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_asked_stays_update BEFORE UPDATE ON round_asked
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_asked_stays_delete BEFORE DELETE ON round_asked
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER late_return_stays_insert BEFORE INSERT ON late_return
WHEN NEW.opened <> '' AND NOT EXISTS (SELECT 1 FROM late_return WHERE round = NEW.round
                                      AND member = NEW.member AND opened = '')
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER late_return_stays_update BEFORE UPDATE ON late_return
WHEN OLD.opened <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER late_return_stays_delete BEFORE DELETE ON late_return
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
"""

# What the holder of an issued casebook has by all that was written for it: an update is offered
# only to whom it brings something.
_HELD = """
CREATE TABLE held (
    pack TEXT PRIMARY KEY REFERENCES issued_pack(pack), seq INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
"""

# Where the reader is in a document: how much of the page is above, how large, how it is turned
# (a list of first page, last page, degrees), and which document was read last (the highest).
_READING_PLACE = """
CREATE TABLE reading_place (
    document TEXT PRIMARY KEY REFERENCES document(id), offset REAL NOT NULL, fit TEXT NOT NULL,
    zoom REAL NOT NULL, turns TEXT NOT NULL, latest INTEGER NOT NULL
) STRICT;
"""

_FORMAT_3 = (_READING_PLACE, _ROUND_FRAMEWORK, _RELEASE_STAYS, _HELD, ROUND_KEY, GIVEN, INDEXES)
_FORMAT_3_TRIGGERS: tuple[str, ...] = (_RELEASE_STAYS_TRIGGERS,)


@migrations()
def m003_what_use_brought_up(db: Database) -> None:
    """Make what format 3 adds; every row of format 2 stays as it is."""
    for part in _FORMAT_3:
        for statement in _statements(part):
            db.execute(statement)
    _fill_format_3(db)
    for part in _FORMAT_3_TRIGGERS:
        for statement in _statements(part, end="END;"):
            db.execute(statement)


def _fill_format_3(db: Database) -> None:
    """Give what was there before what the new tables say of it."""
    db.execute(
        "INSERT INTO round_framework (round, framework)"
        " SELECT number, hash FROM round, (SELECT hash FROM framework LIMIT 1)"
    )
    db.execute(
        "INSERT INTO round_asked (round, member, cases)"
        " SELECT number, '', (SELECT json_group_array(id) FROM inquiry_case) FROM round"
        " WHERE released <> ''"
    )
    db.execute(
        "INSERT INTO round_asked (round, member, cases) SELECT number, member.id, member.cases"
        " FROM round, member WHERE released <> '' AND rates AND cases <> '[]'"
    )
    for statement in FILL_KEYS:
        db.execute(statement)


@migrations()
def m004_the_shelf(db: Database) -> None:
    """Make what format 4 adds; every row of format 3 stays as it is."""
    for part in FORMAT_4:
        for statement in _statements(part):
            db.execute(statement)
    fill_broken_words(db)
    fill_bundles(db)


@migrations()
def m005_the_reading_room(db: Database) -> None:
    """Make what format 5 adds; every row of format 4 stays as it is."""
    for part in FORMAT_5:
        for statement in _statements(part):
            db.execute(statement)


@migrations()
def m006_the_panel_decides(db: Database) -> None:
    """Make what format 6 adds; every row of format 5 stays as it is."""
    for part in FORMAT_6:
        for statement in _statements(part):
            db.execute(statement)
    for part in FORMAT_6_TRIGGERS:
        for statement in _statements(part, end="END;"):
            db.execute(statement)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One table as the writer sees it: its columns in order, and which of them are the key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def tables(db: Database) -> Mapping[str, Table]:
    """Return every table whose rows enter the digest, by name."""
    found = {}
    for name in db.table_names():
        if name in {"digest", "_sqlite_migrations"} or name.startswith("page_fts"):
            continue
        facts = db.execute(f"PRAGMA table_info([{name}])").fetchall()
        found[name] = Table(
            name=name,
            columns=tuple(fact[1] for fact in facts),
            key=tuple(fact[1] for fact in sorted(facts, key=lambda f: f[5]) if fact[5]),
        )
    return found


def _statements(script: str, *, end: str = ";") -> list[str]:
    return [part + end for part in script.split(end) if part.strip()]
