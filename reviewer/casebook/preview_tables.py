"""A table of format 4: small pictures of the pages that take long to draw, shown until they are.

Nothing hangs on a row: a page without one is drawn. Part of ``schema.m004_the_shelf``, and never
edited after release.
"""

PREVIEWS = """
CREATE TABLE page_preview (
    document TEXT NOT NULL REFERENCES document(id), page INTEGER NOT NULL, picture BLOB NOT NULL,
    PRIMARY KEY (document, page)
) STRICT;
"""
