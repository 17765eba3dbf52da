"""What format 6 adds: a text for each reason that it was needed, in the module of its noun.

Part of ``schema.m006_the_panel_decides``, and never edited after release. Every part only adds:
whole tables, which are empty in a casebook that comes from an older format, and their triggers.
"""

from reviewer.casebook.determination_tables import DETERMINATIONS, DETERMINATIONS_STAY
from reviewer.casebook.list_word_tables import LIST_WORDS
from reviewer.casebook.piece_tables import PIECES

FORMAT_6: tuple[str, ...] = (
    DETERMINATIONS,
    PIECES,
    LIST_WORDS,
    # a line each
)
FORMAT_6_TRIGGERS: tuple[str, ...] = (DETERMINATIONS_STAY,)
