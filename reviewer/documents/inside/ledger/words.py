"""Words as they are compared: by letters and digits alone, whatever the layout did to them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_ENDED = re.compile(r"([^\W_]+)[-\u2010]\s*\n\s*([^\W_]+)")


_TAIL = 40


class _Kept(dict[int, int | None]):
    """What stays of each sign: marks over letters and what has no width are left out."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in {"Mn", "Mc", "Me", "Cf", "Cs"} else code
        self[code] = kept
        return kept


_KEPT = _Kept()


def normal(text: str) -> str:
    r"""Return a text in the letters that are compared.

    >>> normal("Fi\u00adRE \ufb01re"), words("It's 10-12, don't_look")
    ('fire fire', ['it', 's', '10', '12', 'don', 't', 'look'])
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_KEPT)


def words(text: str) -> list[str]:
    """Return the words of a text, in their order."""
    return _WORD.findall(normal(text).replace("mailto:", " "))


class Seen:
    """The words of pages, or of notes: counted, and as one string without gaps."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        closed: list[str] = []
        tail = ""  # where a line ends at the end of a page, its word may go on
        for text in texts:
            found = words(text)
            self.counts.update(found)
            closed += found
            for pair in _ENDED.findall(f"{tail}\n{text}".replace("\u00ad", "-")):
                self.counts.update(words("".join(pair)))
            tail = text[-_TAIL:]
        self.closed = "".join(closed)

    def times(self, closed: str) -> int:
        """Return how often some letters follow each other, gaps left out."""
        return self.closed.count(closed)


def beyond(said: Iterable[str], other: Iterable[str]) -> list[str]:
    """Return the words of ``other`` that were not said as often: of two ways to say a thing.

    >>> beyond(["a", "b"], ["b", "a", "a"])
    ['a']
    """
    counts = Counter(said)
    found: list[str] = []
    for word in other:
        if counts[word] > 0:
            counts[word] -= 1
        else:
            found.append(word)
    return found
