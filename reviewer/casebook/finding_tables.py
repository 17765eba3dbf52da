"""Tables of format 5: what the reader of a casebook looks for again and again.

They are the reader's own, in the chair's casebook the chair's; nothing of them is ever issued,
returned or sent. The words of a list stand apart from what is ticked and named again and again,
since the journal keeps each changed row whole. Part of ``schema.m005_the_reading_room``, and never
edited after release.
"""

FINDING = """
CREATE TABLE term_list (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, colour INTEGER NOT NULL, shown INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE term_list_words (
    term_list TEXT PRIMARY KEY REFERENCES term_list(id), terms TEXT NOT NULL
) STRICT;
CREATE TABLE saved_search (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, within TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;
"""
