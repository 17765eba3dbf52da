"""A table of format 5: what happened in a case, as its papers say it, an event a row.

``happened`` is EDTF or the words that are none, ``written`` the words of the page; ``fast`` is by
how many minutes the ``clock`` runs ahead. ``document`` is NULL where no page says it, or one that
is not here, which ``source`` names. Part of
``schema.m005_the_reading_room``, and never edited after release.
"""

EVENTS = """
CREATE TABLE event (
    id TEXT PRIMARY KEY, member TEXT NOT NULL,
    inquiry_case TEXT NOT NULL REFERENCES inquiry_case(id),
    happened TEXT NOT NULL, written TEXT NOT NULL, clock TEXT NOT NULL, fast INTEGER NOT NULL,
    lane TEXT NOT NULL, what TEXT NOT NULL, document TEXT REFERENCES document(id),
    page INTEGER NOT NULL, source TEXT NOT NULL, anchor TEXT NOT NULL, standing TEXT NOT NULL,
    disputed_by TEXT NOT NULL, disputed_with TEXT NOT NULL, follows TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_case ON event (inquiry_case);
CREATE INDEX event_by_document ON event (document) WHERE document IS NOT NULL;
"""
