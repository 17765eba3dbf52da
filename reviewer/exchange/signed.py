"""The header of a signed file: one writer and one reader for every kind of them.

A field has one name and one spelling in all: who signs, for what, which try. What a kind has of
its own its module reads.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from reviewer.crypto import strict
from reviewer.errors import ReturnError
from reviewer.records.canonical import canonical

MAX_BYTES = 8 << 10  # a header is under 1.5 KB
MAX_SEQ = 1_000_000
MAX_ROUND = 1_000
MAX_COUNT = 100_000_000
GENESIS = "0" * 64  # ``prev`` of a member's first file
LAYER = "header"
_TIME = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def encode(kind: str, version: int, values: Mapping[str, Any]) -> bytes:
    """Return the canonical bytes that are signed."""
    return canonical({**values, "type": kind, "version": version})


def decode(
    untrusted: bytes, kind: str, fields: Mapping[int, Collection[str]]
) -> tuple[int, dict[str, Any]]:
    """Return the version of a ``kind`` and its values, whose signature has been verified.

    ``fields`` are those of each version that is read. A value that only one kind has is returned
    as it came. Raises ``ReturnError``: layer ``version`` for a newer format, else ``header``.
    """
    data = strict.parse(untrusted, layer=LAYER, max_bytes=MAX_BYTES)
    version = check_version(data, kind, max(fields), layer=LAYER)
    named = frozenset(fields[version])
    data = strict.fields(data, named | {"type", "version"}, layer=LAYER)
    return version, {
        name: _READ[name](data[name]) if name in _READ else data[name] for name in sorted(named)
    }


def counts_of(untrusted: object, kinds: Collection[str], *, layer: str) -> dict[str, int]:
    """Return how much ``untrusted`` says that there is of each of ``kinds``."""
    counts = strict.fields(untrusted, frozenset(kinds), layer=layer)
    return {kind: strict.whole(counts[kind], 0, MAX_COUNT, layer=layer) for kind in kinds}


def time_of(untrusted: object, *, layer: str) -> str:
    """Return ``untrusted`` as the one spelling that we write of RFC 3339: UTC, to the second."""
    if not isinstance(untrusted, str) or not _TIME.fullmatch(untrusted):
        strict.refuse(layer, "has a time that is not one")
    try:
        dt.datetime.fromisoformat(untrusted)
    except ValueError:
        strict.refuse(layer, "has a time that is not one")
    return untrusted


def check_version(data: object, kind: str, version: int, *, layer: str) -> int:
    """Return the version of ``data``, a ``kind`` that we can read; else raise ``ReturnError``."""
    if not isinstance(data, dict) or data.get("type") != kind:
        strict.refuse(layer, "is of another kind than was expected")
    found = strict.whole(data.get("version"), 1, strict.MAX_WHOLE, layer=layer)
    if found > version:
        raise ReturnError(
            f"This file was made by a newer Reviewer (format {found}; this one reads {version})."
            " Update Reviewer and try again.",
            layer="version",
        )
    return found


_name = partial(strict.text, layer=LAYER, at_most=200)


def _digest(untrusted: object) -> str:
    return strict.hexadecimal(untrusted, 64, layer=LAYER)


_READ: Mapping[str, Callable[[object], Any]] = {
    "at": partial(time_of, layer=LAYER),
    "casebook": _name,
    "changes": _digest,
    "enrolment": _digest,
    "framework": _digest,
    "inner": _digest,
    "journal": _digest,
    "member": _name,
    "pack": _digest,
    "prev": _digest,
    "public_key": _digest,
    "recipient": _name,
    "release": _name,
    "round": partial(strict.whole, low=1, high=MAX_ROUND, layer=LAYER),
    "seq": partial(strict.whole, low=1, high=MAX_SEQ, layer=LAYER),
}
