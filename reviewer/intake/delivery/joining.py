"""What was decided of a file of a delivery, as the document that joins its case has it."""

from dataclasses import replace

from reviewer.intake.delivery.assess import Row
from reviewer.intake.delivery.patterns import CONTENT_NOTE
from reviewer.intake.family import Family
from reviewer.intake.register import Row as RegisterRow
from reviewer.records.deliveries import DeliveredFile


def register_row(row: Row) -> RegisterRow:
    """Return what was decided of a file as a row of a register says it."""
    value = row.decision.value
    note = value(CONTENT_NOTE)
    return RegisterRow(
        number=0,
        reference=row.case,
        title=row.title,
        kind=value("kind"),
        agency=value("agency"),
        content_notes=(note,) if note else (),
    )


def named(family: Family, file: DeliveredFile, row: Row) -> Family:
    """Return a family with what was decided of its file: title, date, and where it came from."""
    (document, original, reading), *others = family.items
    named = replace(
        document,
        title=row.title or document.title,
        date=row.decision.value("date") or document.date,
        origin=replace(document.origin, path=file.path),
    )
    return replace(family, items=((named, original, reading), *others))
