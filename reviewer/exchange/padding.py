"""One size for all returns of a round (FORMAT.md, "Returns"): padding inside the sealed layer.

Who writes much rates high (measured: bytes of work and high ratings correlate at .9), so a size
that follows the work tells the scores before the release. The size is a class instead. Classes are
four times one another, because any finer step would mark those who write much again.
"""

from collections.abc import Iterator

from reviewer.crypto import strict
from reviewer.errors import InputError, ReturnError

SMALLEST = 16 << 10  # bytes of a class, and of every class a power of STEP times it
STEP = 4
LARGEST = 31 << 20  # what two layers of age leave of the 32 MiB of a file
_LENGTH = 4
# What work of the largest allocation takes: fitted to simulated panels (tests/reviewer/exchange/
# test_padding.py), so that 99 of 100 returns are in the first class.
_BASE = 16 << 10
_CASE = 2 << 10  # narrative, good practice, other
_CELL = 512  # a comment and the marks that it cites, over rated and blank factors
_LAYER = "work"


def first_class(cases: int, factors: int) -> int:
    """Return the bytes of the first class for the largest allocation: ``cases`` by ``factors``.

    >>> first_class(3, 17), first_class(55, 17), first_class(1000, 23)
    (65536, 1048576, 16777216)
    """
    wanted = _BASE + cases * (_CASE + factors * _CELL)
    return next((size for size in _classes() if size >= wanted), LARGEST)


def class_of(body: bytes, first: int) -> int:
    """Return the bytes of the class that ``body`` goes into, where the first has ``first``.

    Raises ``InputError`` where none is large enough.
    """
    needed = _LENGTH + len(body)
    for size in _classes():
        if size >= max(first, needed):
            return size
    raise InputError(
        f"This round is larger than a return may be ({LARGEST >> 20} MiB): shorten comments or"
        " remove marks that no rating cites."
    )


def pad(body: bytes, first: int) -> bytes:
    """Return ``body`` behind its length, and zeros up to the size of its class."""
    return (len(body).to_bytes(_LENGTH) + body).ljust(class_of(body, first), b"\0")


def unpad(untrusted: bytes) -> bytes:
    """Return the body in ``untrusted``. Raises ``ReturnError`` (layer ``work``)."""
    if len(untrusted) not in _classes():
        raise ReturnError(
            "The sealed work in this file has a size that no return has, so it was not taken. Ask"
            " for a new copy.",
            layer=_LAYER,
        )
    end = _LENGTH + int.from_bytes(untrusted[:_LENGTH])
    if end > len(untrusted) or untrusted[end:] != bytes(len(untrusted) - end):
        strict.refuse(_LAYER, "is padded with something else than nothing")
    return untrusted[_LENGTH:end]


def _classes() -> Iterator[int]:
    size = SMALLEST
    while size < LARGEST:
        yield size
        size *= STEP
    yield LARGEST
