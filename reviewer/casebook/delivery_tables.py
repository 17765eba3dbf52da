"""Tables of format 4: what was delivered, by whom and when, and what became of each file.

Part of ``schema.m004_the_shelf``, and never edited after release.
"""

# A delivery: who sent it, the day on which it came, the rules that say whose case a file is (an
# object), and what was passed over (a list of texts).
_DELIVERY = """
CREATE TABLE delivery (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, sender TEXT NOT NULL,
    received TEXT NOT NULL, at TEXT NOT NULL, rules TEXT NOT NULL, notes TEXT NOT NULL
) STRICT;
"""

# Its files as they came: what a person said of one instead of the rules (an object), what became
# of it, and the document that it is now ("" for none).
_FILES = """
CREATE TABLE delivery_file (
    delivery TEXT NOT NULL REFERENCES delivery(id), position INTEGER NOT NULL, path TEXT NOT NULL,
    sha256 TEXT NOT NULL, size INTEGER NOT NULL, own TEXT NOT NULL, state TEXT NOT NULL,
    document TEXT NOT NULL, PRIMARY KEY (delivery, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_file_by_sha256 ON delivery_file (sha256);
CREATE INDEX delivery_file_by_document ON delivery_file (document) WHERE document <> '';
"""

# What was found by looking at a file (an object), which others are nearly the same (a list of
# texts), and 512 bytes that stand for its words.
_LOOKS = """
CREATE TABLE delivery_look (
    delivery TEXT NOT NULL, position INTEGER NOT NULL, facts TEXT NOT NULL, alike TEXT NOT NULL,
    signature BLOB NOT NULL, PRIMARY KEY (delivery, position),
    FOREIGN KEY (delivery, position) REFERENCES delivery_file(delivery, position)
) STRICT;
"""

# The bytes of files that have joined no case yet, each once however often it came.
_STAGED = """
CREATE TABLE staged_file (
    sha256 TEXT PRIMARY KEY, content BLOB NOT NULL
) STRICT;
"""

DELIVERIES = _DELIVERY + _FILES + _LOOKS + _STAGED
