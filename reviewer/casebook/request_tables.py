"""The tables of format 4 for the register of records.

Whole in the chair's casebook; a panellist's holds what its cases lack, and where that stands.

Part of ``schema.m004_the_shelf``, and never edited after release.
"""

# One row a record that should exist; what is said of it is its steps, and nothing is kept twice.
# What panellists type as missing stays in their ratings; a row of ``request_words`` says which
# record the chair found it to be. An address is where letters to an agency go.
REQUESTS = """
CREATE TABLE record_request (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE,
    inquiry_case TEXT NOT NULL REFERENCES inquiry_case(id), kind TEXT NOT NULL,
    agency TEXT NOT NULL, what TEXT NOT NULL
) STRICT;
CREATE INDEX record_request_by_case ON record_request (inquiry_case);
CREATE TABLE request_step (
    request TEXT NOT NULL REFERENCES record_request(id), position INTEGER NOT NULL,
    what TEXT NOT NULL, date TEXT NOT NULL, due TEXT NOT NULL, words TEXT NOT NULL,
    letter INTEGER NOT NULL, document TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (request, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_step_by_letter ON request_step (letter);
CREATE TABLE request_words (
    inquiry_case TEXT NOT NULL REFERENCES inquiry_case(id), words TEXT NOT NULL,
    request TEXT NOT NULL REFERENCES record_request(id), PRIMARY KEY (inquiry_case, words)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_words_by_request ON request_words (request);
CREATE TABLE request_address (
    agency TEXT PRIMARY KEY, address TEXT NOT NULL
) STRICT;
"""
