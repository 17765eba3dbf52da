"""A register of cases and their documents, brought into a casebook."""

from reviewer.intake.bring import import_documents, import_register
from reviewer.intake.report import ImportReport, Refusal

__all__ = ["ImportReport", "Refusal", "import_documents", "import_register"]
