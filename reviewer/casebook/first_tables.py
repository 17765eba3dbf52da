"""The tables of format 1, and what of them never changes.

Part of ``schema.m001_first_format``, and never edited after release.
"""

TABLES = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT;
CREATE TABLE secret (
    name TEXT PRIMARY KEY, value BLOB NOT NULL
) STRICT;
CREATE TABLE framework (
    hash TEXT PRIMARY KEY, body TEXT NOT NULL
) STRICT;
CREATE TABLE inquiry_case (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    attributes TEXT NOT NULL, content_notes TEXT NOT NULL, position INTEGER NOT NULL
) STRICT;
CREATE TABLE document (
    id TEXT PRIMARY KEY, inquiry_case TEXT NOT NULL REFERENCES inquiry_case(id),
    title TEXT NOT NULL, kind TEXT NOT NULL, agency TEXT NOT NULL, date TEXT NOT NULL,
    file_name TEXT NOT NULL, media TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    page_count INTEGER NOT NULL, content_note TEXT NOT NULL, text_source TEXT NOT NULL,
    position INTEGER NOT NULL, UNIQUE (inquiry_case, sha256)
) STRICT;
CREATE TABLE document_file (
    document TEXT PRIMARY KEY REFERENCES document(id), original BLOB NOT NULL,
    rendition BLOB NOT NULL
) STRICT;
CREATE TABLE page (
    id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES document(id),
    number INTEGER NOT NULL, text TEXT NOT NULL, boxes BLOB NOT NULL,
    width REAL NOT NULL, height REAL NOT NULL, UNIQUE (document, number)
) STRICT;
CREATE TABLE member (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, rates INTEGER NOT NULL,
    cases TEXT NOT NULL, issued TEXT NOT NULL, public_key TEXT NOT NULL, pack TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE round (
    number INTEGER PRIMARY KEY, opened TEXT NOT NULL, released TEXT NOT NULL
) STRICT;
CREATE TABLE absence (
    round INTEGER NOT NULL REFERENCES round(number), member TEXT NOT NULL REFERENCES member(id),
    reason TEXT NOT NULL, PRIMARY KEY (round, member)
) STRICT, WITHOUT ROWID;
CREATE TABLE review (
    id INTEGER PRIMARY KEY, member TEXT NOT NULL REFERENCES member(id),
    inquiry_case TEXT NOT NULL REFERENCES inquiry_case(id), round INTEGER NOT NULL,
    state TEXT NOT NULL, narrative TEXT NOT NULL, good_practice TEXT NOT NULL,
    other TEXT NOT NULL, UNIQUE (member, round, inquiry_case)
) STRICT;
CREATE TABLE rating (
    review INTEGER NOT NULL REFERENCES review(id), factor TEXT NOT NULL, value INTEGER,
    reason TEXT, confidence TEXT, comment TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (review, factor)
) STRICT, WITHOUT ROWID;
CREATE TABLE mark (
    id TEXT PRIMARY KEY, member TEXT NOT NULL REFERENCES member(id),
    document TEXT NOT NULL REFERENCES document(id), page INTEGER NOT NULL,
    anchor TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE INDEX mark_by_document ON mark (document, member);
CREATE TABLE evidence (
    review INTEGER NOT NULL REFERENCES review(id), factor TEXT NOT NULL,
    mark TEXT NOT NULL REFERENCES mark(id), position INTEGER NOT NULL,
    PRIMARY KEY (review, factor, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_by_mark ON evidence (mark);
CREATE TABLE sealed_return (
    round INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, sha256 TEXT NOT NULL,
    reopened TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (round, seq)
) STRICT;
CREATE TABLE received (
    id INTEGER PRIMARY KEY, member TEXT NOT NULL REFERENCES member(id), round INTEGER NOT NULL,
    seq INTEGER NOT NULL, prev TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
    public_key TEXT NOT NULL, counts TEXT NOT NULL, standing TEXT NOT NULL, at TEXT NOT NULL,
    header TEXT NOT NULL, sealed BLOB NOT NULL
) STRICT;
CREATE TABLE reading (
    document TEXT PRIMARY KEY REFERENCES document(id), page INTEGER NOT NULL,
    uncovered INTEGER NOT NULL
) STRICT;
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, undoes INTEGER, value_hash TEXT NOT NULL, prev TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TABLE journal_value (
    seq INTEGER PRIMARY KEY REFERENCES journal(seq), salt BLOB NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE undo_step (
    seq INTEGER PRIMARY KEY REFERENCES journal(seq), undone INTEGER NOT NULL
) STRICT;
CREATE TABLE digest (
    id INTEGER PRIMARY KEY CHECK (id = 1), rows INTEGER NOT NULL, root BLOB NOT NULL
) STRICT;
"""

TRIGGERS = """
CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER released_rating_stays_update BEFORE UPDATE ON rating
WHEN (SELECT round.released FROM review JOIN round ON round.number = review.round
      WHERE review.id = OLD.review) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
CREATE TRIGGER released_rating_stays_delete BEFORE DELETE ON rating
WHEN (SELECT round.released FROM review JOIN round ON round.number = review.round
      WHERE review.id = OLD.review) <> ''
BEGIN SELECT RAISE(ABORT, 'the round is released'); END;
"""
