"""One step of work as it is told: what was done, where, when, and whether it was taken back."""

from dataclasses import dataclass

from reviewer.records.ids import CaseId, DocumentId


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """Where a step is to be seen: a case, and in it a factor, a page or a field of text.

    ``field`` is good_practice, other or narrative; what does not apply is "", None or 0.
    """

    case: CaseId
    factor: str = ""
    document: DocumentId | None = None
    page: int = 0
    field: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkStep:
    """One step that can be taken back. ``seq`` is its journal entry, ``at`` the claimed time.

    ``words`` say what it did, ``reference`` in which case ("" where in several, or in none that
    is here); ``where`` is None where there is no one place to show.
    """

    seq: int
    at: str
    words: str
    reference: str = ""
    where: Where | None = None
    undone: bool = False

    @property
    def told(self) -> str:
        """The case and what was done in it."""
        return f"{self.reference}: {self.words}" if self.reference else self.words
