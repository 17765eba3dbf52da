"""How each member took part in one round (METHOD 3), and what results are tied to."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """How a member took part in one round."""

    RETURNED = "returned"
    LATE = "late"
    OUT = "not returned"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundMember:
    """One rater in one round: ``asked`` cells, of which ``ratings`` and ``blank``.

    ``without_reason`` says why the round was released without them; ``late_at`` (RFC 3339, UTC)
    and ``late_reason`` when and why their return was opened after it.
    """

    id: str
    part: Part
    without_reason: str = ""
    late_at: str = ""
    late_reason: str = ""
    asked: int = 0
    ratings: int = 0
    blank: int = 0

    @property
    def came(self) -> bool:
        """Whether a return of theirs counts in it, opened before its release or late."""
        return self.part in {Part.RETURNED, Part.LATE}


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """What ties a summary to its casebook: an outsider can hold it against the journal.

    ``entry`` and ``hash`` are the journal entry that released the round; ``returns`` are (digest,
    header as signed) of each return that counts, in this round and those before it.
    """

    entry: int = 0
    hash: str = ""
    returns: tuple[tuple[str, str], ...] = ()
