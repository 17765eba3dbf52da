"""Which pages of a document are pictures of words, and how large they are drawn to be read."""

from collections.abc import Callable, Sequence

from reviewer.documents import limits
from reviewer.documents.media import PICTURED
from reviewer.documents.outside.untrusted import Pictured
from reviewer.records.cases import PageText

_POINTS = 72


def scanned(
    pages: Sequence[PageText], media: str, look: Callable[[int], Pictured]
) -> tuple[int, ...]:
    """Return the pages that are pictures of words, or may be: they wait to be read.

    Also those on whose picture only a little was typed: a stamp, a number, a header. ``look``
    says how much of a page is picture.
    """
    if media not in PICTURED:
        return ()
    found = []
    for page in pages:
        letters = len("".join(page.text.split()))
        if not letters or (
            letters < limits.SCAN_LETTERS and look(page.number).covered >= limits.SCAN_COVERED
        ):
            found.append(page.number)
    return tuple(found)


def drawn_for_reading(page: PageText, pictured: Pictured) -> tuple[int, int]:
    """Return how many pixels wide a page is drawn to be read, and how many dots an inch that is.

    As fine as its picture is: drawn finer, the letters are no clearer, and it takes longer.
    """
    least, most = limits.SCAN_DOTS
    dots = min(max(pictured.dots or limits.SCAN_DRAWN, least), most)
    longer = max(page.width, page.height) / _POINTS
    dots = min(dots, int(limits.MAX_PIXELS / longer) or 1)
    return max(1, round(page.width / _POINTS * dots)), dots
