"""What a casebook says of itself."""

from dataclasses import dataclass

from reviewer.casebook.creation import PackInfo
from reviewer.method.framework import Framework
from reviewer.records.ids import MemberId
from reviewer.records.panel import Custodian


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a casebook is. ``member`` is who rates in this file, or "" where nobody does.

    ``custodian`` is who keeps half of the release key on paper, or None where nobody does.

    ``sealed`` is when the own round was sealed and ``released`` when the round was released, RFC
    3339 in UTC, or "".
    """

    id: str
    kind: str
    title: str
    marking: str
    demonstration: bool
    framework: Framework
    round: int
    chair: str
    member: MemberId
    sealed: str
    released: str
    must_change_passphrase: bool
    created: str
    pack: PackInfo | None
    custodian: Custodian | None = None
