"""Pages like a passage: those that hold several of its rarest words. No model, only the index."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from itertools import islice

from reviewer.pagetext.breaks import BREAK
from reviewer.pagetext.query import words_of

MOST_WORDS = 80  # different words of a passage that are looked at
RARE = 12  # of them that are looked for
_COMMON = 1_000  # pages: a word on so many says nothing
_SHORTEST = 3  # letters

Holding = Callable[[str, int], set[int]]
"""The pages that hold a word, at most so many."""


def rarest(
    passage: str, holding: Holding, *, leave_out: int = 0, copies: AbstractSet[int] = frozenset()
) -> tuple[list[str], set[int]]:
    """Return the rarest words of ``passage`` that stand elsewhere, and the pages to be ranked.

    These hold at least two of the words, or the one that there is; never ``leave_out``. Words
    that stand on ``copies`` of the passage alone, which would be the rarest of all, are chosen
    only where no other page holds any.
    """
    words = (w for w in words_of(passage.replace(BREAK, "")) if len(w) >= _SHORTEST)
    found = []
    for word in islice(dict.fromkeys(words), MOST_WORDS):
        pages = holding(word, _COMMON) - {leave_out}
        if 0 < len(pages) < _COMMON - 1:
            found.append((len(pages - copies), word, pages))
    elsewhere = [one for one in found if one[0]] or found
    rare = sorted(elsewhere, key=lambda one: one[:2])[:RARE]
    counts = Counter(page for _, _, pages in rare for page in pages)
    least = min(2, len(rare))
    return [word for _, word, _ in rare], {page for page, n in counts.items() if n >= least}
