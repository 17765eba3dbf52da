"""What an import did, and what it could not do and why."""

from dataclasses import dataclass

from reviewer.intake.family import Relative
from reviewer.records.ids import CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One document that was not stored; ``case`` is the case's reference.

    ``locked`` is whether it opens with a password of its own.
    """

    case: str
    file: str
    sentence: str
    locked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Where a register says other than the casebook: ``what`` is the register's column.

    ``here`` and ``register`` are what each says; "" is nothing.
    """

    case: CaseId
    reference: str
    what: str
    here: str
    register: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyReport:
    """A document with which others came, and what became of each; ``case`` is its reference."""

    case: str
    file: str
    relatives: tuple[Relative, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """Counts of what was added and what was there already.

    ``differences`` are what the register says otherwise of cases that were there: kept as it was,
    unless ``taken`` says that the register's words stand now. ``attributes`` are the register's
    columns that became case attributes; ``notes`` are sentences about what came in but is not
    shown whole; ``families`` are the documents with which others came; ``weakness`` says what a
    harmful document could reach on this computer ("" where nothing).
    """

    cases_added: int = 0
    cases_unchanged: int = 0
    documents_added: int = 0
    documents_unchanged: int = 0
    pages_added: int = 0
    refused: tuple[Refusal, ...] = ()
    attributes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    taken: bool = False
    families: tuple[FamilyReport, ...] = ()
    weakness: str = ""
