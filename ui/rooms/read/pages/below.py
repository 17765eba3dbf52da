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
        self._material: CaseMaterial | None = None
        self._shown: tuple[DocumentId, object] | None = None  # and what is known of it
        self.notes = FileNotes()
        self.notes.setProperty("surface", "foot")
        self.news = News(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notes)
        column.addWidget(Bounded(self.news))
        self.notes.parent_asked.connect(self._show_parent)
        self.news.understood.connect(self._show_again)

    def show_document(self, material: CaseMaterial | None, document: DocumentId) -> None:
        """Say what is to be known of a document, whichever version it is."""
        self._material, self._shown = material, (document, _known(material, document))
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

    def refresh(self, material: CaseMaterial) -> None:
        """Say what of the document that is shown has become another meanwhile."""
        held = self._shown
        if held is not None and _known(material, held[0]) != held[1]:
            self.show_document(material, held[0])

    def clear(self) -> None:
        """Tell nothing any more, and hold nothing."""
        self._material = self._shown = None
        self.news.clear()
        self.notes.show_notes("", ())
        self._came_with = None

    def _show_again(self) -> None:
        if self._material is not None and self._shown is not None:
            self.news.show_document(self._material, self._shown[0])

    def _show_parent(self) -> None:
        if self._came_with is not None:
            self.document_asked.emit(self._came_with)


def _known(material: CaseMaterial | None, document: DocumentId) -> object:
    """Return what there is to be told of a document."""
    if material is None:
        return None
    return material.document(document), material.notes.get(document, ())
