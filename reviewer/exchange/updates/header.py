"""The signed header of an update (FORMAT.md, "Updates")."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from reviewer.crypto import strict
from reviewer.exchange import signed
from reviewer.exchange.signed import LAYER
from reviewer.records.ids import MemberId

TYPE = "reviewer update"
VERSION = 1
MAX_CHANGES = 32 << 20  # bytes; 5,000 documents are under 3 MB
MAX_FILE = 4 << 30  # bytes of a whole update
_FIELDS = frozenset(
    {
        "at", "casebook", "changes", "counts", "framework", "journal",
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


_KINDS = tuple(kind.name for kind in fields(UpdateCounts))


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
        values: dict[str, Any] = {name: getattr(self, name) for name in _FIELDS - {"counts"}}
        return signed.encode(TYPE, VERSION, values | {"counts": asdict(self.counts)})


def decode(untrusted: bytes) -> UpdateHeader:
    """Return the header in ``untrusted``, whose signature has been verified.

    Raises ``ReturnError``: layer ``version`` for one of a newer format, else ``header``.
    """
    _, values = signed.decode(untrusted, TYPE, {VERSION: _FIELDS})
    values["counts"] = UpdateCounts(**signed.counts_of(values["counts"], _KINDS, layer=LAYER))
    values["length"] = strict.whole(values["length"], 2, MAX_CHANGES, layer=LAYER)
    values["size"] = strict.whole(values["size"], 0, MAX_FILE, layer=LAYER)
    return UpdateHeader(**values)
