"""JSON from outside, read so that only one spelling of one value is taken.

What is not byte for byte the canonical text of the value it stands for is refused: that alone
refuses duplicate keys, NaN, infinity, lone surrogates, spare spaces and escapes. The checks before
it bound what parsing may cost and give each fault its own sentence.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NoReturn

from reviewer.errors import ReturnError
from reviewer.records.canonical import canonical

MAX_BYTES = 32 << 20  # 1,000 cases of 23 factors with marks are under 8 MB
MAX_DEPTH = 8  # our deepest payload has 6; parsers recurse once a level
MAX_WHOLE = 2**53 - 1  # what every JSON reader keeps exactly
MAX_TEXT = 1 << 20  # characters of one text; a long narrative is a hundredth of it

_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_LONG_WHOLE = re.compile(rb"(?<![0-9.eE+])[0-9]{16,}+(?![.eE])")
_TO_SQUARE = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
# The controls that clean() drops (category Cc but LF and TAB), bidi overrides and surrogates.
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def parse(untrusted: bytes, *, layer: str, max_bytes: int = MAX_BYTES) -> Any:  # noqa: ANN401 - JSON
    """Return the value that ``untrusted`` stands for in canonical JSON.

    Raises ``ReturnError`` with ``layer`` for anything else: too long, nested deeper than
    ``MAX_DEPTH``, a whole number beyond 53 bits, a key twice, NaN, or another spelling.
    """
    if len(untrusted) > max_bytes:
        refuse(layer, f"is longer than {max_bytes >> 10:,} KiB")
    bare = _STRINGS.sub(b'""', untrusted)
    _check_depth(bare, layer)
    if any(int(digits[:20]) > MAX_WHOLE for digits in _LONG_WHOLE.findall(bare)):
        refuse(layer, "holds a whole number beyond 53 bits")
    try:
        value = json.loads(
            untrusted.decode("utf-8"),
            object_pairs_hook=lambda pairs: _object(pairs, layer),
            parse_constant=lambda name: refuse(layer, f"holds {name}, which is no number"),
        )
        spelt = canonical(value)
    except UnicodeError:
        refuse(layer, "holds text that is not valid UTF-8")
    except (ValueError, RecursionError):  # the error is dropped: its ``doc`` is the whole payload
        refuse(layer, "is not valid JSON")
    if spelt != untrusted:
        refuse(layer, "is not spelt in the one way this format allows")
    return value


def refuse(layer: str, what: str) -> NoReturn:
    """Raise ``ReturnError`` saying that the content ``what``, for example "is cut short"."""
    raise ReturnError(
        f"The content of this file {what}, so it was not taken. Ask for a new copy.", layer=layer
    ) from None


def is_clean(text: str) -> bool:
    """Return whether ``text`` is as ``reviewer.records.text.clean`` leaves it, but faster."""
    if text.isascii() and text.isprintable():
        return True
    return _UNCLEAN.search(text) is None and unicodedata.is_normalized("NFC", text)


def fields(untrusted: object, names: frozenset[str], *, layer: str) -> dict[str, Any]:
    """Return ``untrusted`` as an object that has exactly the keys in ``names``."""
    if not isinstance(untrusted, dict):
        refuse(layer, "has no object where one belongs")
    if unknown := sorted(untrusted.keys() - names):
        refuse(layer, f"has an unknown field {unknown[0][:40]!r}")
    if missing := sorted(names - untrusted.keys()):
        refuse(layer, f"lacks the field {missing[0]!r}")
    return untrusted


def row(untrusted: object, length: int, *, layer: str) -> list[Any]:
    """Return ``untrusted`` as a list of exactly ``length`` items."""
    if not isinstance(untrusted, list) or len(untrusted) != length:
        refuse(layer, "has a row of the wrong length")
    return untrusted


def rows(untrusted: object, *, layer: str, at_most: int) -> list[Any]:
    """Return ``untrusted`` as a list of no more than ``at_most`` items."""
    if not isinstance(untrusted, list) or len(untrusted) > at_most:
        refuse(layer, "has a list where none belongs, or one that is too long")
    return untrusted


def whole(untrusted: object, low: int, high: int, *, layer: str) -> int:
    """Return ``untrusted`` as a whole number from ``low`` to ``high``."""
    if type(untrusted) is not int or not low <= untrusted <= high:
        refuse(layer, "has a number that is not whole or out of range")
    return untrusted


def unit(untrusted: object, *, layer: str) -> float:
    """Return ``untrusted`` as a number from 0 to 1."""
    if type(untrusted) not in {int, float} or not 0 <= untrusted <= 1:  # type: ignore[operator]
        refuse(layer, "has a position that is not on the page")
    return float(untrusted)  # type: ignore[arg-type]


def text(untrusted: object, *, layer: str, at_most: int = MAX_TEXT) -> str:
    """Return ``untrusted`` as text that is clean already."""
    if not isinstance(untrusted, str) or len(untrusted) > at_most:
        refuse(layer, "has a text where none belongs, or one that is too long")
    if not is_clean(untrusted):
        refuse(layer, "has text with control characters or in another spelling")
    return untrusted


def verbatim(untrusted: object, *, layer: str, at_most: int = MAX_TEXT) -> str:
    """Return ``untrusted`` as text taken from a document, whatever it holds."""
    if not isinstance(untrusted, str) or len(untrusted) > at_most:
        refuse(layer, "has a quote where none belongs, or one that is too long")
    return untrusted


def one_of(untrusted: object, allowed: Sequence[str], *, layer: str) -> str:
    """Return ``untrusted`` as one of the words in ``allowed``."""
    if not isinstance(untrusted, str) or untrusted not in allowed:
        refuse(layer, "has a word that is not known there")
    return untrusted


def hexadecimal(untrusted: object, length: int, *, layer: str) -> str:
    """Return ``untrusted`` as ``length`` lower-case hexadecimal digits."""
    if not isinstance(untrusted, str) or not re.fullmatch(f"[0-9a-f]{{{length}}}", untrusted):
        refuse(layer, "has a fingerprint that is not one")
    return untrusted


def _object(pairs: list[tuple[str, Any]], layer: str) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        refuse(layer, "names one field twice")
    return value


def _check_depth(bare: bytes, layer: str) -> None:
    """Peel off the innermost brackets, one level a turn; ``bare`` holds no strings."""
    brackets = bare.translate(_TO_SQUARE, _NOT_BRACKETS)
    for _ in range(MAX_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    if brackets:
        refuse(layer, f"is nested deeper than {MAX_DEPTH} levels, or its brackets do not match")
