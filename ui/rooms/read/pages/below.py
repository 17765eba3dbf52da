"""Below the pages: what changed, which version a document is, what of its file is not shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId
from ui.desk.desk import Desk
from ui.rooms.read.pages.changes_bar import News
from ui.rooms.read.queries import CaseMaterial
from ui.widgets.file_notes import FileNotes
from ui.widgets.roomy import Bounded


class BelowPages(QWidget):
    """Holds the two; ``document_asked`` is for what a document was attached to."""

    document_asked = Signal(object)  # Document

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_with: Document | None = None
        self.notes = FileNotes()
        self.notes.setProperty("surface", "foot")
        self.news = News(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notes)
        column.addWidget(Bounded(self.news))
        self.notes.parent_asked.connect(self._show_parent)

    def show_document(self, material: CaseMaterial | None, document: DocumentId) -> None:
        """Say what is to be known of a document, whichever version it is."""
        self.news.show_document(material, document)
        found = material.document(document) if material is not None else None
        if material is None or found is None:
            self.notes.show_notes("", ())
            return
        parent = material.document(DocumentId(found.origin.parent))
        self._came_with = parent if parent in material.documents else None
        came = "" if self._came_with is None else self._came_with.title
        notes = material.notes.get(document, ())
        self.notes.show_notes(found.title, notes, came_with=came)

    def clear(self) -> None:
        """Tell nothing any more, and hold nothing."""
        self.news.clear()
        self.notes.show_notes("", ())
        self._came_with = None

    def _show_parent(self) -> None:
        if self._came_with is not None:
            self.document_asked.emit(self._came_with)
