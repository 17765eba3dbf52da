"""A table of format 6: the bytes of large files, a MiB a row, so that none is held whole.

A row belongs to a file by its SHA-256, so that a file has its bytes here once however many cases
have it, and while it waits in a delivery. Part of ``schema.m006_the_panel_decides``, and never
edited after release.
"""

PIECES = """
CREATE TABLE file_piece (
    sha256 TEXT NOT NULL, number INTEGER NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (sha256, number)
) STRICT;
"""
