"""What format 4 adds: a text for each reason that it was needed, in the module of its noun.

Part of ``schema.m004_the_shelf``, and never edited after release. Every part only adds: whole
tables and indexes. In a casebook that comes from an older format they are empty, but for the pages
without words, which wait to be read.
"""

from reviewer.casebook.broken_word_tables import BROKEN_WORD
from reviewer.casebook.bundle_tables import BUNDLE
from reviewer.casebook.delivery_tables import DELIVERIES
from reviewer.casebook.request_tables import REQUESTS
from reviewer.casebook.scan_tables import SCANS
from reviewer.casebook.shelf_tables import SHELF

FORMAT_4: tuple[str, ...] = (
    SHELF,
    REQUESTS,
    BROKEN_WORD,
    DELIVERIES,
    BUNDLE,
    SCANS,
)
