"""What an import did, and what it could not do and why."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One document that was not stored; ``case`` is the case's reference."""

    case: str
    file: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """Counts of what was added and what was there already.

    ``attributes`` are the register's columns that became case attributes; ``notes`` are
    sentences about what came in but is not shown whole, or was kept as it was.
    """

    cases_added: int = 0
    cases_unchanged: int = 0
    documents_added: int = 0
    documents_unchanged: int = 0
    pages_added: int = 0
    refused: tuple[Refusal, ...] = ()
    attributes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
