"""The signed header of a return (FORMAT.md, "Returns"): who, what, which try, and how much."""

from dataclasses import dataclass
from typing import Any

from reviewer.crypto import strict
from reviewer.errors import ReturnError
from reviewer.records.canonical import canonical
from reviewer.records.ids import MemberId
from reviewer.records.panel import Counts

TYPE = "reviewer return"
VERSION = 1
MAX_BYTES = 8 << 10  # a header is under 1.5 KB
MAX_SEQ = 1_000_000
MAX_ROUND = 1_000
MAX_COUNT = 100_000_000
GENESIS = "0" * 64  # ``prev`` of a member's first return
KINDS = ("reviews", "ratings", "comments", "marks", "evidence")
_LAYER = "header"
_FIELDS = frozenset(
    {
        "type", "version", "at", "casebook", "counts", "enrolment", "framework", "inner",
        "journal", "member", "pack", "prev", "public_key", "recipient", "release", "round", "seq",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """What a panellist signs.

    ``casebook`` is the chair's casebook, ``pack`` the hash of the issued one, ``prev`` the digest
    of the member's return before this one (``GENESIS`` where it is the first), ``inner`` the
    SHA-256 of the inner layer as it travels, ``journal`` the head of the panellist's journal,
    ``enrolment`` the proof that binds ``public_key`` to the token, ``recipient`` and ``release``
    the two age keys sealed to, ``at`` a claimed time. Hashes and keys are lower-case hexadecimal.
    """

    casebook: str
    pack: str
    framework: str
    member: MemberId
    round: int
    seq: int
    prev: str
    recipient: str
    release: str
    public_key: str
    enrolment: str
    counts: Counts
    inner: str
    journal: str
    at: str

    def encode(self) -> bytes:
        """Return the canonical bytes that are signed."""
        data: dict[str, Any] = {
            name: getattr(self, name) for name in _FIELDS - {"type", "version", "counts"}
        }
        data["counts"] = {kind: getattr(self.counts, kind) for kind in KINDS}
        return canonical(data | {"type": TYPE, "version": VERSION})


def decode(untrusted: bytes) -> Header:
    """Return the header in ``untrusted``, whose signature has been verified.

    Raises ``ReturnError``: layer ``version`` for one of a newer format, else ``header``.
    """
    data = strict.parse(untrusted, layer=_LAYER, max_bytes=MAX_BYTES)
    check_version(data, TYPE, VERSION, layer=_LAYER)
    data = strict.fields(data, _FIELDS, layer=_LAYER)
    counts = strict.fields(data["counts"], frozenset(KINDS), layer=_LAYER)
    return Header(
        casebook=_name(data["casebook"]),
        pack=_digest(data["pack"]),
        framework=_digest(data["framework"]),
        member=MemberId(_name(data["member"])),
        round=strict.whole(data["round"], 1, MAX_ROUND, layer=_LAYER),
        seq=strict.whole(data["seq"], 1, MAX_SEQ, layer=_LAYER),
        prev=_digest(data["prev"]),
        recipient=_name(data["recipient"]),
        release=_name(data["release"]),
        public_key=_digest(data["public_key"]),
        enrolment=_digest(data["enrolment"]),
        counts=Counts(
            **{kind: strict.whole(counts[kind], 0, MAX_COUNT, layer=_LAYER) for kind in KINDS}
        ),
        inner=_digest(data["inner"]),
        journal=_digest(data["journal"]),
        at=_name(data["at"]),
    )


def check_version(data: object, kind: str, version: int, *, layer: str) -> None:
    """Raise ``ReturnError`` unless ``data`` says that it is a ``kind`` that we can read."""
    if not isinstance(data, dict) or data.get("type") != kind:
        strict.refuse(layer, "is of another kind than was expected")
    found = strict.whole(data.get("version"), 1, strict.MAX_WHOLE, layer=layer)
    if found > version:
        raise ReturnError(
            f"This file was made by a newer Reviewer (format {found}; this one reads {version})."
            " Update Reviewer and try again.",
            layer="version",
        )


def _name(untrusted: object) -> str:
    return strict.text(untrusted, layer=_LAYER, at_most=200)


def _digest(untrusted: object) -> str:
    return strict.hexadecimal(untrusted, 64, layer=_LAYER)
