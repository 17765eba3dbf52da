"""The signed header of an update (FORMAT.md, "Updates")."""

from dataclasses import dataclass
from typing import Any

from reviewer.crypto import strict
from reviewer.exchange.header import (
    MAX_BYTES,
    MAX_COUNT,
    MAX_ROUND,
    MAX_SEQ,
    check_version,
    time_of,
)
from reviewer.records.canonical import canonical
from reviewer.records.ids import MemberId

TYPE = "reviewer update"
VERSION = 1
MAX_CHANGES = 32 << 20  # bytes; 5,000 documents are under 3 MB
MAX_FILE = 4 << 30  # bytes of a whole update
_LAYER = "header"
_KINDS = ("cases", "documents", "bodies", "states", "cells")
_FIELDS = frozenset(
    {
        "type", "version", "at", "casebook", "changes", "counts", "framework", "journal",
        "length", "member", "pack", "prev", "public_key", "recipient", "round", "seq", "size",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateCounts:
    """How much one update holds, by kind."""

    cases: int = 0
    documents: int = 0
    bodies: int = 0
    states: int = 0
    cells: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateHeader:
    """What the chair's casebook signs.

    ``pack`` is the hash of the issued casebook it is for, ``prev`` the digest of the update before
    (``GENESIS`` where it is the first), ``recipient`` the key sealed to, ``changes`` and
    ``length`` the SHA-256 and the size of the changes, ``size`` the bytes of all bodies,
    ``journal`` the head of the chair's journal, ``at`` a claimed time.
    """

    casebook: str
    pack: str
    framework: str
    member: MemberId
    round: int
    seq: int
    prev: str
    recipient: str
    public_key: str
    counts: UpdateCounts
    length: int
    changes: str
    size: int
    journal: str
    at: str

    def encode(self) -> bytes:
        """Return the canonical bytes that are signed."""
        data: dict[str, Any] = {
            name: getattr(self, name) for name in _FIELDS - {"type", "version", "counts"}
        }
        data["counts"] = {kind: getattr(self.counts, kind) for kind in _KINDS}
        return canonical(data | {"type": TYPE, "version": VERSION})


def decode(untrusted: bytes) -> UpdateHeader:
    """Return the header in ``untrusted``, whose signature has been verified.

    Raises ``ReturnError``: layer ``version`` for one of a newer format, else ``header``.
    """
    data = strict.parse(untrusted, layer=_LAYER, max_bytes=MAX_BYTES)
    check_version(data, TYPE, VERSION, layer=_LAYER)
    data = strict.fields(data, _FIELDS, layer=_LAYER)
    counts = strict.fields(data["counts"], frozenset(_KINDS), layer=_LAYER)
    return UpdateHeader(
        casebook=_name(data["casebook"]),
        pack=_digest(data["pack"]),
        framework=_digest(data["framework"]),
        member=MemberId(_name(data["member"])),
        round=strict.whole(data["round"], 1, MAX_ROUND, layer=_LAYER),
        seq=strict.whole(data["seq"], 1, MAX_SEQ, layer=_LAYER),
        prev=_digest(data["prev"]),
        recipient=_name(data["recipient"]),
        public_key=_digest(data["public_key"]),
        counts=UpdateCounts(
            **{kind: strict.whole(counts[kind], 0, MAX_COUNT, layer=_LAYER) for kind in _KINDS}
        ),
        length=strict.whole(data["length"], 2, MAX_CHANGES, layer=_LAYER),
        changes=_digest(data["changes"]),
        size=strict.whole(data["size"], 0, MAX_FILE, layer=_LAYER),
        journal=_digest(data["journal"]),
        at=time_of(data["at"], layer=_LAYER),
    )


def _name(untrusted: object) -> str:
    return strict.text(untrusted, layer=_LAYER, at_most=200)


def _digest(untrusted: object) -> str:
    return strict.hexadecimal(untrusted, 64, layer=_LAYER)
