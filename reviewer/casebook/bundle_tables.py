"""A table of format 4: the number of each document's first page among the pages of its case.

A number that was given stays: a later document takes the next ones, and one that moves leaves its
own behind. They are the chair's; a panellist's casebook has those that the chair sent. Part of
``schema.m004_the_shelf``, and never edited after release.
"""

from reviewer.casebook.engine import Database

BUNDLE = """
CREATE TABLE bundle_number (
    of_case TEXT NOT NULL REFERENCES inquiry_case(id),
    document TEXT NOT NULL REFERENCES document(id), first INTEGER NOT NULL,
    pages INTEGER NOT NULL, PRIMARY KEY (of_case, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX bundle_number_by_first ON bundle_number (of_case, first);
"""
_FILL = """
INSERT INTO bundle_number (of_case, document, first, pages)
SELECT inquiry_case, id,
       1 + coalesce(sum(page_count) OVER (PARTITION BY inquiry_case ORDER BY position
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0),
       page_count
FROM document WHERE (SELECT value FROM meta WHERE key = 'kind') = 'chair'
"""


def fill_bundles(db: Database) -> None:
    """Give numbers to the pages that a chair's casebook has, in the order in which they came."""
    db.execute(_FILL)
