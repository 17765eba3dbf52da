"""A table of format 5: marks that their reader leaves on a document that was replaced.

The reader's own; nothing of it is ever issued, returned or sent. Part of
``schema.m005_the_reading_room``, and never edited after release.
"""

# ``document`` is the newer one that the reader knew of: for another one it is asked again.
CARE = """
CREATE TABLE mark_left (
    mark TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document(id)
) STRICT;
"""
