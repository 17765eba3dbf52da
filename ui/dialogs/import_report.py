"""What an import brought, and what it could not bring and why."""

from PySide6.QtWidgets import QWidget

from reviewer.intake import ImportReport
from ui.dialogs.frame import Frame
from ui.theme import SPACE
from ui.widgets.card import Card, SectionHeading
from ui.widgets.text import Label

MOST = 40  # refusals shown; the rest is counted


class ImportReportDialog(Frame):
    """Counts first, then every refusal with its sentence."""

    def __init__(self, parent: QWidget, report: ImportReport, *, weakness: str = "") -> None:
        super().__init__(parent, "Imported", width=560)
        for sentence in _counts(report):
            self.body.addWidget(Label(sentence, wrap=True))
        if report.attributes:
            columns = ", ".join(report.attributes)
            self.body.addWidget(
                Label(f"Columns kept with each case: {columns}.", tone="secondary", wrap=True)
            )
        if weakness:
            self.body.addWidget(Label(weakness, tone="warn", wrap=True))
        if report.refused:
            self._list(
                f"{len(report.refused):,} not brought in",
                [
                    (" · ".join(part for part in (r.case, r.file) if part), r.sentence)
                    for r in report.refused
                ],
            )
        if report.notes:
            self._list("To know", [("", note) for note in report.notes])

    def _list(self, heading: str, lines: list[tuple[str, str]]) -> None:
        self.body.addWidget(SectionHeading(heading))
        card = Card()
        card.body.setSpacing(SPACE.M)
        for name, sentence in lines[:MOST]:
            if name:
                card.body.addWidget(Label(name, size="strong", wrap=True))
            card.body.addWidget(Label(sentence, tone="secondary", wrap=True))
        if len(lines) > MOST:
            card.body.addWidget(Label(f"and {len(lines) - MOST:,} more", tone="least"))
        self.body.addWidget(card)


def _counts(report: ImportReport) -> list[str]:
    """Say what was added and what was there already, each with its number."""
    cases, documents = report.cases_added, report.documents_added
    told = [f"Added: {cases:,} cases, {documents:,} documents, {report.pages_added:,} pages."]
    if report.cases_unchanged or report.documents_unchanged:
        told.append(
            f"{report.cases_unchanged:,} cases and {report.documents_unchanged:,} documents were"
            " there already and stayed as they were."
        )
    return told
