"""A register of cases and their documents, brought into a casebook."""

from reviewer.intake.bring import (
    bring_documents,
    bring_register,
    import_documents,
    import_register,
)
from reviewer.intake.cases import correct_case, take_differences
from reviewer.intake.correct import (
    bring_correction,
    correct_document,
    describe,
    find_document,
    reinstate_document,
    withdraw_document,
)
from reviewer.intake.move import move_document, why_they_stay
from reviewer.intake.report import Difference, ImportReport, Refusal
from reviewer.intake.unlock import bring_unlocked, unlock_document

__all__ = [
    "Difference",
    "ImportReport",
    "Refusal",
    "bring_correction",
    "bring_documents",
    "bring_register",
    "bring_unlocked",
    "correct_case",
    "correct_document",
    "describe",
    "find_document",
    "import_documents",
    "import_register",
    "move_document",
    "reinstate_document",
    "take_differences",
    "unlock_document",
    "why_they_stay",
    "withdraw_document",
]
