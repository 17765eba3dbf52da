"""Three tables of format 4: what of a document is not on its pages, and where it came from.

Part of ``schema.m004_the_shelf``, and never edited after release.
"""

# The sentences about what of a file is not on its pages, in the order they are told.
_NOTES = """
CREATE TABLE document_note (
    document TEXT NOT NULL REFERENCES document(id), position INTEGER NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
"""

# What a second reading counted in the file, of each thing: how many it holds, how many are on the
# pages, how many a note names, and some that are in neither (a list of texts).
_LEDGER = """
CREATE TABLE document_ledger (
    document TEXT NOT NULL REFERENCES document(id), thing TEXT NOT NULL, held INTEGER NOT NULL,
    shown INTEGER NOT NULL, named INTEGER NOT NULL, missing TEXT NOT NULL,
    PRIMARY KEY (document, thing)
) STRICT, WITHOUT ROWID;
"""

# Where a document came from, where it came with something: the document that it was attached to
# ("" for none) and its place there, its name with its folders as it was delivered, and what was
# written on it, such as who sent it to whom (an object of texts).
_ORIGIN = """
CREATE TABLE document_origin (
    document TEXT PRIMARY KEY REFERENCES document(id), parent TEXT NOT NULL,
    place INTEGER NOT NULL, path TEXT NOT NULL, facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX document_origin_by_parent ON document_origin (parent, place);
"""

SHELF = _NOTES + _LEDGER + _ORIGIN
