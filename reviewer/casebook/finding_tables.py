"""Tables of format 5: what the reader of a casebook looks for again and again.

They are the reader's own, in the chair's casebook the chair's; nothing of them is ever issued,
returned or sent. Part of ``schema.m005_the_reading_room``, and never edited after release.
"""

FINDING = """
CREATE TABLE term_list (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, terms TEXT NOT NULL, colour INTEGER NOT NULL,
    shown INTEGER NOT NULL, position INTEGER NOT NULL
) STRICT;
CREATE TABLE saved_search (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, within TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;
"""
