"""The list of documents, filled from the case that is open, and the way to it and back."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from reviewer.messages import say
from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId
from ui.rooms.read.open_case import Judging
from ui.rooms.read.page_keys import add_keys
from ui.rooms.read.pages.case_cover import CaseCover
from ui.rooms.read.pages.centre import PagesPart
from ui.rooms.read.pages.document_list import DocumentList
from ui.rooms.read.pages.document_rows import read_in_all, rows_of
from ui.rooms.read.pages.documents import Reading
from ui.rooms.read.pages.head import COVER_KEY
from ui.rooms.read.queries import CaseMaterial


class Ways(Protocol):
    """What leads through the room."""

    def to_middle(self) -> None:
        """Put the focus on the pages in use, or on what stands in their place."""


class Listing(QObject):
    """Opens the list by its key or button; tells which document is to be opened.

    ``ways`` gives the keys to the pages.
    """

    document_asked = Signal(object)  # Document
    beside_asked = Signal(object)  # Document, to be shown beside the one that is read

    def __init__(
        self,
        judging: Judging,
        reading: Reading,
        centre: PagesPart,
        ways: Ways,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._judging = judging
        self._reading = reading
        self.in_use: Callable[[], Reading] = lambda: reading  # in the pane that is used
        self._back = back = ways.to_middle
        self._head, self._below = centre.head, centre.below
        self._chosen = ""
        self.list = DocumentList(centre.middle)
        self.cover = CaseCover(centre.middle)
        self.cover.closed.connect(back)
        centre.head.cover_asked.connect(self.turn_cover)
        add_keys(centre, {COVER_KEY: self.turn_cover})  # on a factor's row V may be a reason
        self.list.chosen.connect(self._on_chosen)
        self.list.beside_chosen.connect(self.beside_asked)
        self.list.closed.connect(back)
        reading.dwelling.hidden = lambda: self.list.isVisible() or self.cover.isVisible()
        reading.opened.connect(self._on_opened)
        judging.loaded.connect(self._on_loaded)
        judging.updated.connect(self._refresh)
        centre.head.documents_asked.connect(self.turn)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do here, by their ids."""
        return {"documents": self.turn, "cover": self.turn_cover}

    def turn(self) -> None:
        """Open the list, or close it again."""
        if self.list.isVisible():
            self.list.hide()
            self._back()
        elif self._judging.material is not None:
            self.cover.hide()
            self._fill()
            self.list.open_at(self.in_use().document or "")

    def turn_cover(self) -> None:
        """Open the cover of the case, or close it again."""
        material = self._judging.material
        if self.cover.isVisible():
            self.cover.close_cover()
        elif material is not None:
            self.list.hide()
            self.cover.open_cover(material)

    def step(self, by: int) -> None:
        """Ask for the next document of the case, or the one before; after the last the first."""
        material, held = self._judging.material, self.in_use().document
        ids = [one.id for one in material.documents] if material is not None else []
        if material is not None and held in ids:
            at = (ids.index(held) + by) % len(ids)
            self.document_asked.emit(material.documents[at])

    def close(self) -> None:
        """Hold nothing."""
        self.list.clear()
        self.cover.clear()

    # ------------------------------------------------------------ private

    def _fill(self) -> None:
        material = self._judging.material
        if material is None:
            return
        read, count = read_in_all(material, self._reading.pages_read)
        foot = say("Read {read:,} of {count:,} pages of this case", read=read, count=count)
        self.list.set_rows(rows_of(material, self._reading.pages_read), foot)

    def _refresh(self) -> None:
        material = self._judging.material
        if material is not None:
            self._head.show_count(len(material.documents))
            self._below.refresh(material)
            self._withdraw(material)
        if self.list.isVisible():
            self._fill()

    def _withdraw(self, material: CaseMaterial) -> None:
        """Show no page any more of a document that was withdrawn while it was read."""
        held = material.document(self._reading.document or DocumentId(""))
        if held is not None and self._below.news.withdrawn(held):
            self._reading.show_nothing()
            if material.documents:
                self._reading.open(material.documents[0])

    def _on_loaded(self) -> None:
        self.list.hide()
        self.cover.hide()
        self._refresh()

    def _on_chosen(self, document: Document) -> None:
        self._chosen = document.id
        self.document_asked.emit(document)
        self._back()

    def _on_opened(self, document: str) -> None:
        """Give the keys to the pages that have come, or to what covers them."""
        self.cover.hide()
        if document == self._chosen:
            self._back()
        self._chosen = ""
