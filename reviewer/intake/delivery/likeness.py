"""Copies that are nearly the same: MinHash over runs of five words, with numpy alone.

A signature of 128 numbers stands for a text; two texts share about as many of them as they share
runs of words. Signatures are put into 32 bands of 4: only what shares a whole band is compared.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reviewer.records.text import look_alike

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

LEAST_WORDS = 20  # a shorter text is a form's head: many are alike that are no copies
ALIKE = 0.5  # the share of numbers from which two texts are called nearly the same
_MANY, _BAND, _RUN = 128, 4, 5
_BLOCK = 4_096  # runs hashed at a time: bounds memory
_CROWD = 60  # texts in one band: more are one form, filled in many times
_MOST_WORDS = 400_000
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """Two texts, by their places, and how alike they are (0-1)."""

    one: int
    other: int
    alike: float


def words_of(pages: Sequence[str]) -> list[str]:
    """Return the words of a text as they are compared."""
    found = [word for page in pages for word in _WORD.findall(look_alike(" ".join(page.split())))]
    return found[:_MOST_WORDS]


def own_words(media: str, pages: Sequence[str]) -> list[str]:
    """Return the words of a file as they are compared: none of a recording.

    Its page is ours and says the same of any two calls that one exchange recorded.
    """
    return [] if is_sound(media) else words_of(pages)


def is_sound(media: str) -> bool:
    """Whether a file of this media type is a recording."""
    return media.startswith("audio/")


def signature(words: Sequence[str]) -> bytes:
    """Return 512 bytes that stand for a text, or nothing where it is too short."""
    import numpy as np  # noqa: PLC0415 - heavy, and wanted only while a delivery is looked at

    if len(words) < LEAST_WORDS:
        return b""
    hashed = np.fromiter((zlib.crc32(word.encode()) for word in words), np.uint64, len(words))
    runs = hashed[: len(words) - _RUN + 1].copy()
    for at in range(1, _RUN):
        runs *= np.uint64(0x9E3779B97F4A7C15)
        runs += hashed[at : len(words) - _RUN + 1 + at]
    runs = np.unique((runs ^ (runs >> np.uint64(29))) >> np.uint64(32))
    factors, terms = _numbers()
    prime = np.uint64((1 << 32) - 5)
    least = np.full(_MANY, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(runs), _BLOCK):
        part = (factors[:, None] * runs[None, start : start + _BLOCK] + terms[:, None]) % prime
        least = np.minimum(least, part.min(axis=1))
    return least.astype("<u4").tobytes()


@cache
def _numbers() -> tuple["Numbers", "Numbers"]:
    """Return the 128 functions of every signature, the same on every computer."""
    import numpy as np  # noqa: PLC0415 - as above

    state, made = 20_100_714, []
    for _ in range(2 * _MANY):
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % (1 << 64)
        made.append((state >> 33) | 1)
    numbers = np.array(made, np.uint64)
    return numbers[:_MANY], numbers[_MANY:]


def copies(signatures: Sequence[bytes], *, new: int = 0) -> list[Copy]:
    """Return which texts are nearly the same, the most alike first.

    Of ``signatures`` those from ``new`` on have just come: of each pair one at least is of them.
    """
    import numpy as np  # noqa: PLC0415 - as above

    table = {at: np.frombuffer(one, "<u4") for at, one in enumerate(signatures) if one}
    found: dict[tuple[int, int], Copy] = {}
    for pair in _candidates(signatures, new):
        if pair not in found:
            share = float((table[pair[0]] == table[pair[1]]).mean())
            found[pair] = Copy(one=pair[0], other=pair[1], alike=share)
    alike = [copy for copy in found.values() if copy.alike > ALIKE]
    return sorted(alike, key=lambda copy: (-copy.alike, copy.one, copy.other))


def _candidates(signatures: Sequence[bytes], new: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share a band: of a crowd, each with the one that came before it."""
    wide = _BAND * 4
    for start in range(0, _MANY * 4, wide):
        bands: dict[bytes, list[int]] = defaultdict(list)
        for at, one in enumerate(signatures):
            if one:
                bands[one[start : start + wide]].append(at)
        for members in bands.values():
            for place, other in enumerate(members):
                if other >= new:
                    first = place - 1 if len(members) > _CROWD else 0
                    yield from ((one, other) for one in members[max(0, first) : place])


def apart(ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words that only ours has, and those that only theirs has, in their order."""
    more, less = Counter(ours), Counter(theirs)
    return _only(ours, more - less), _only(theirs, less - more)


def _only(words: Sequence[str], left: Counter[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if left[word] > 0]
