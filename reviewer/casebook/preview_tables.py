"""A table of format 5: small pictures of the pages that take long to draw, shown until they are.

Nothing hangs on a row: a page without one is drawn. Part of
``schema.m005_the_reading_room``, and never edited after release.
"""

PREVIEWS = """
CREATE TABLE page_preview (
    document TEXT NOT NULL REFERENCES document(id), page INTEGER NOT NULL, picture BLOB NOT NULL,
    PRIMARY KEY (document, page)
) STRICT;
"""
