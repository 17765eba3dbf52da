"""A quotation as the anchor of a mark, with the boxes that the window paints.

One maker for all: words that are selected in the window, that ``reviewer mark`` names, and that
the demonstration quotes get the same anchor.
"""

import re
from collections.abc import Sequence

from reviewer.pagetext.breaks import across_breaks
from reviewer.pagetext.characters import Characters
from reviewer.records.cases import PageText
from reviewer.records.judgement import Anchor


def find(pages: Sequence[PageText], quote: str, *, page: int = 0) -> tuple[int, Anchor] | None:
    """Return the page number and the anchor of ``quote``, or None where no page has it.

    Lines may break anywhere between words. ``page`` is looked at first.
    """
    for text in sorted(pages, key=lambda each: (each.number != page, each.number)):
        anchor = quoted(text, quote)
        if anchor is not None:
            return text.number, anchor
    return None


def quoted(page: PageText, quote: str) -> Anchor | None:
    """Return the anchor of the first place where ``page`` has ``quote``, or None.

    The words are taken letter for letter; between two of them, and within one after a hyphen, the
    page may break its line.
    """
    words = quote.split()
    match = re.search(r"\s+".join(map(across_breaks, words)), page.text) if words else None
    if match is None:
        return None
    return Characters(page, within=match.span()).anchor(*match.span())
