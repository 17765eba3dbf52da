"""A table of format 5: which pages its one reader has read. It stays in this casebook.

Part of ``schema.m005_the_reading_room``, and never edited after release.
"""

# A row for each page that was in sight at reading size for long enough.
READ_PAGES = """
CREATE TABLE page_read (
    document TEXT NOT NULL REFERENCES document(id), page INTEGER NOT NULL,
    PRIMARY KEY (document, page)
) STRICT, WITHOUT ROWID;
"""
