"""What reaches a panellist after the casebook was issued: changed documents, and an agenda."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewer.records.cases import DocumentState
from reviewer.records.ids import CaseId, DocumentId


@dataclass(frozen=True, kw_only=True, slots=True)
class StateChange:
    """Why a document no longer stands: since ``at`` (RFC 3339, UTC), for ``reason``.

    ``replaced_by`` is the corrected document, or None where it was withdrawn.
    """

    document: DocumentId
    state: DocumentState
    replaced_by: DocumentId | None
    at: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CitedPage:
    """A page that ``times`` of the others cite for a cell."""

    document: DocumentId
    page: int
    times: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """What the others said of one cell, without names.

    ``points`` counts each point of the scale in ascending order; ``reasons`` the words of
    ``Reason`` and ``blank``, those that occur.
    """

    points: tuple[int, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    pages: tuple[CitedPage, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaCell:
    """A case and factor to be rated again; ``flags`` say why, as in the summary."""

    case: CaseId
    factor: str
    flags: tuple[str, ...] = ()
    feedback: Feedback = field(default_factory=Feedback)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseChange:
    """What changed in a case since its reader last opened it: one plain line each."""

    case: CaseId
    at: str
    what: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownUpdate:
    """An update that was written for somebody, or applied here. ``digest`` names it.

    ``ask`` is why the chair asks for a sealed round to be opened again, or "".
    """

    seq: int
    digest: str
    at: str
    header: str
    applied: str = ""
    ask: str = ""
