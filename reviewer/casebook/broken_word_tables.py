"""A table of format 4: the words that pages break at the end of a line, so that they are found.

``word`` is the whole one and ``first`` what stands before the break, both in small letters without
accents. Part of ``schema.m004_the_shelf``, and never edited after release.
"""

from reviewer.casebook.engine import Database
from reviewer.pagetext.breaks import broken_words

BROKEN_WORD = """
CREATE TABLE broken_word (
    word TEXT NOT NULL, first TEXT NOT NULL, PRIMARY KEY (word, first)
) STRICT, WITHOUT ROWID;
"""
_TEXTS = "SELECT text FROM page WHERE instr(text, '-' || char(10))"


def fill_broken_words(db: Database) -> None:
    """Keep the broken words of the pages that are there."""
    found = sorted(set(broken_words(text for (text,) in db.execute(_TEXTS))))
    for row in found:
        db.execute("INSERT INTO broken_word (word, first) VALUES (?, ?)", row)
