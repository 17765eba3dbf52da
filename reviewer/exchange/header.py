"""The signed header of a return (FORMAT.md, "Returns"): who, for what, which try; not how much.

How much somebody rates, comments and marks tells how high they rate. So a header of version 2 says
nothing of it and has one length for everybody. Version 1, which counted, is still read.
"""

import datetime as dt
import re
from dataclasses import asdict, dataclass
from typing import Any

from reviewer.crypto import strict
from reviewer.errors import ReturnError
from reviewer.records.canonical import canonical
from reviewer.records.ids import MemberId
from reviewer.records.panel import COUNTED_KINDS, Counts

TYPE = "reviewer return"
VERSION = 2
COUNTED = 1  # the version whose header says how much is inside
BYTES = 2_048  # of every header of version 2
MAX_BYTES = 8 << 10  # a header is under 1.5 KB
MAX_SEQ = 1_000_000
MAX_ROUND = 1_000
MAX_COUNT = 100_000_000
GENESIS = "0" * 64  # ``prev`` of a member's first return
_LAYER = "header"
_SAID = frozenset(
    {
        "at", "casebook", "enrolment", "framework", "inner", "journal", "member", "pack", "prev",
        "public_key", "recipient", "release", "round", "seq",
    }
)  # fmt: skip
_FIELDS = {
    COUNTED: _SAID | {"type", "version", "counts"},
    VERSION: _SAID | {"type", "version", "pad"},
}
_TIME = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """What a panellist signs.

    ``casebook`` is the chair's casebook, ``pack`` the hash of the issued one, ``prev`` the digest
    of the member's return before this one (``GENESIS`` where it is the first), ``inner`` the
    SHA-256 of the inner layer as it travels, ``journal`` the head of the panellist's journal,
    ``enrolment`` the proof that binds ``public_key`` to the token, ``recipient`` and ``release``
    the two age keys sealed to, ``at`` a claimed time. Hashes and keys are lower-case hexadecimal.
    ``counts`` are there in version 1 alone.
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
    inner: str
    journal: str
    at: str
    version: int = VERSION
    counts: Counts | None = None

    def encode(self) -> bytes:
        """Return the canonical bytes that are signed."""
        data: dict[str, Any] = {name: getattr(self, name) for name in _SAID}
        data |= {"type": TYPE, "version": self.version}
        if self.counts is not None:
            data["counts"] = asdict(self.counts)
        if self.version == COUNTED:
            return canonical(data)
        bare = canonical(data | {"pad": ""})
        return canonical(data | {"pad": "0" * (BYTES - len(bare))})


def decode(untrusted: bytes) -> Header:
    """Return the header in ``untrusted``, whose signature has been verified.

    Raises ``ReturnError``: layer ``version`` for one of a newer format, else ``header``.
    """
    data = strict.parse(untrusted, layer=_LAYER, max_bytes=MAX_BYTES)
    version = check_version(data, TYPE, VERSION, layer=_LAYER)
    data = strict.fields(data, _FIELDS[version], layer=_LAYER)
    if version != COUNTED and (len(untrusted) != BYTES or _text(data["pad"]).strip("0")):
        strict.refuse(_LAYER, "has a header of another length than all have")
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
        inner=_digest(data["inner"]),
        journal=_digest(data["journal"]),
        at=time_of(data["at"], layer=_LAYER),
        version=version,
        counts=counts_of(data["counts"], layer=_LAYER) if version == COUNTED else None,
    )


def counts_of(untrusted: object, *, layer: str) -> Counts:
    """Return the counts that ``untrusted`` says."""
    counts = strict.fields(untrusted, frozenset(COUNTED_KINDS), layer=layer)
    return Counts(
        **{kind: strict.whole(counts[kind], 0, MAX_COUNT, layer=layer) for kind in COUNTED_KINDS}
    )


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


def _text(untrusted: object) -> str:
    return strict.text(untrusted, layer=_LAYER)


def _name(untrusted: object) -> str:
    return strict.text(untrusted, layer=_LAYER, at_most=200)


def _digest(untrusted: object) -> str:
    return strict.hexadecimal(untrusted, 64, layer=_LAYER)
