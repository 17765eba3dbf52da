"""What one transaction changed; whoever shows rows reads again what it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.records.ids import CaseId, DocumentId


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What one transaction changed; views read again what they show of it."""

    tables: frozenset[str] = frozenset()
    cases: frozenset[CaseId] = frozenset()
    documents: frozenset[DocumentId] = frozenset()
    seq: int = 0
    at: str = ""


# What long work may have touched: told to every view when it ends, since it names no single row.
_WRITTEN = (
    "meta inquiry_case document page member round absence review rating mark evidence received"
)
EVERYTHING = Change(tables=frozenset(_WRITTEN.split()))
