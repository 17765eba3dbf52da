"""What format 5 adds: a text for each reason that it was needed, in the module of its noun.

Part of ``schema.m005_the_reading_room``, and never edited after release. Every part only adds:
whole tables and indexes, which are empty in a casebook that comes from an older format.
"""

from reviewer.casebook.care_tables import CARE
from reviewer.casebook.event_tables import EVENTS
from reviewer.casebook.finding_tables import FINDING
from reviewer.casebook.preview_tables import PREVIEWS
from reviewer.casebook.read_page_tables import READ_PAGES

FORMAT_5: tuple[str, ...] = (
    PREVIEWS,
    FINDING,
    EVENTS,
    READ_PAGES,
    CARE,
    # a line each
)
