"""The signed header of a return (FORMAT.md, "Returns"): who, for what, which try; not how much.

How much somebody rates, comments and marks tells how high they rate. So a header of version 2 says
nothing of it and has one length for everybody. Version 1, which counted, is still read.
"""

from dataclasses import asdict, dataclass
from typing import Any

from reviewer.crypto import strict
from reviewer.exchange import signed
from reviewer.exchange.signed import LAYER
from reviewer.records.ids import MemberId
from reviewer.records.panel import COUNTED_KINDS, Counts

TYPE = "reviewer return"
VERSION = 2
COUNTED = 1  # the version whose header says how much is inside
BYTES = 2_048  # of every header of version 2
_SAID = frozenset(
    {
        "at", "casebook", "enrolment", "framework", "inner", "journal", "member", "pack", "prev",
        "public_key", "recipient", "release", "round", "seq",
    }
)  # fmt: skip
_FIELDS = {COUNTED: _SAID | {"counts"}, VERSION: _SAID | {"pad"}}


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
        values: dict[str, Any] = {name: getattr(self, name) for name in _SAID}
        if self.counts is not None:
            values["counts"] = asdict(self.counts)
        if self.version == COUNTED:
            return signed.encode(TYPE, self.version, values)
        bare = signed.encode(TYPE, self.version, values | {"pad": ""})
        return signed.encode(TYPE, self.version, values | {"pad": "0" * (BYTES - len(bare))})


def decode(untrusted: bytes) -> Header:
    """Return the header in ``untrusted``, whose signature has been verified.

    Raises ``ReturnError``: layer ``version`` for one of a newer format, else ``header``.
    """
    version, values = signed.decode(untrusted, TYPE, _FIELDS)
    if version == COUNTED:
        counts = Counts(**signed.counts_of(values.pop("counts"), COUNTED_KINDS, layer=LAYER))
        return Header(version=version, counts=counts, **values)
    pad = strict.text(values.pop("pad"), layer=LAYER)
    if len(untrusted) != BYTES or pad.strip("0"):
        strict.refuse(LAYER, "has a header of another length than all have")
    return Header(version=version, **values)
