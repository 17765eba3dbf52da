"""Two tables of format 4: pages read from their pictures, and what people typed for misread words.

Part of ``schema.m004_the_shelf``, and never edited after release.
"""

# A row for each page that is a picture of words: waiting, read, empty or failed; how well it was
# read in a word and of 100; by how much to turn it; by what, when, and why it failed.
_READING = """
CREATE TABLE page_reading (
    document TEXT NOT NULL REFERENCES document(id), page INTEGER NOT NULL, state TEXT NOT NULL,
    quality TEXT NOT NULL, confidence INTEGER NOT NULL, turn INTEGER NOT NULL,
    engine TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (document, page)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_reading_waiting ON page_reading (document, page) WHERE state = 'waiting';
"""

# What was read from ``start`` to ``end`` of a page's text, what was typed for it, and where that
# stands: behind the text of the page, so that no mark moves and search finds both.
_CORRECTION = """
CREATE TABLE page_correction (
    document TEXT NOT NULL REFERENCES document(id), page INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, misread TEXT NOT NULL, typed TEXT NOT NULL,
    place INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (document, page, start)
) STRICT, WITHOUT ROWID;
"""

# The pages without words of what was brought in before: they wait as new ones do.
_FILL = """
INSERT INTO page_reading (document, page, state, quality, confidence, turn, engine, at, reason)
SELECT document.id, page.number, 'waiting', '', 0, 0, '', '', ''
FROM page JOIN document ON document.id = page.document
WHERE trim(page.text) = ''
      AND (document.media = 'application/pdf' OR document.media LIKE 'image/%');
"""

SCANS = _READING + _CORRECTION + _FILL
