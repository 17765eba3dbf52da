"""Two documents side by side: the second is opened, used, scrolled along, and closed here.

What a key or a choice means goes to the pane that was used last.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.documents.outside.worker import Worker
from reviewer.records.cases import Document, DocumentState
from reviewer.records.ids import CaseId, DocumentId
from ui.desk.desk import Desk
from ui.reader.page.renderer import Renderer
from ui.reader.page.view import PageView
from ui.reader.reader import Reader
from ui.rooms.read.beside.pane import TOGETHER_KEY, Pane
from ui.rooms.read.mark_actions import MarkActs
from ui.rooms.read.marks.card import MarkCard
from ui.rooms.read.marks.shown import shown_marks
from ui.rooms.read.page_keys import add_keys
from ui.rooms.read.pages.centre import PagesPart
from ui.rooms.read.pages.documents import Reading
from ui.rooms.read.pages.head import BESIDE_KEY
from ui.rooms.read.pages.listing import Listing
from ui.rooms.read.pages.tabs import DocumentTabs
from ui.rooms.read.queries import CaseMaterial
from ui.rooms.read.terms.lighting import Lighting

_Seen = tuple[str, float, int]  # document, zoom, how far it was scrolled


class Beside(QObject):
    """Makes the second pane when it is first wanted."""

    failed = Signal(object)
    changed = Signal(str)  # the document that is in use now
    turned = Signal()  # to another page, in the pane that is in use
    made = Signal(object)  # the Reader of the second pane, once
    shared = Signal(bool)  # whether a second document is shown from now on

    def __init__(self, desk: Desk, first: MarkActs, centre: PagesPart, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._renderer = Renderer(Worker, self)  # small pictures are of one document at a time
        self.first = self._first = first
        self._centre = centre
        self._case: CaseId | None = None
        self._second: MarkActs | None = None
        self._card: MarkCard | None = None
        self._moving = False
        self.covered: Callable[[], bool] = lambda: False  # whether something floats over both
        self._lighting: Lighting | None = None
        self.pane: Pane | None = None
        first.judging.loaded.connect(self._on_loaded)
        first.judging.updated.connect(self._refresh)
        first.reading.opened.connect(self._name_factor)
        first.sheet.factor_changed.connect(self._name_factor)
        first.reader.page_changed.connect(lambda _key, _page: self._on_page(second=False))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def serve(
        self, listing: Listing, tabs: DocumentTabs, within: QWidget, lighting: Lighting
    ) -> None:
        """Be asked by the list of documents, show at the tabs which is in use, add the keys.

        The words that ``lighting`` lights are lit in the second pane as well.
        """
        self._lighting = lighting
        listing.in_use = lambda: self.reading
        listing.beside_asked.connect(self.open)
        self.changed.connect(tabs.choose)
        self._centre.head.beside_asked.connect(self.turn)
        add_keys(within, {BESIDE_KEY: self.turn, TOGETHER_KEY: self.scroll_together})

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do here, by their ids."""
        return {
            "beside": self.turn,
            "together": self.scroll_together,
            "not-on-pages": self.turn_notes,
        }

    # ------------------------------------------------------------ what is in use

    @property
    def opened(self) -> bool:
        """Whether a second document is shown."""
        return self.pane is not None and not self.pane.isHidden()

    @property
    def active(self) -> bool:
        """Whether the second pane is the one in use."""
        return self.opened and not self._first.active

    @property
    def reader(self) -> Reader:
        """The reader in use."""
        return self._in_use().reader

    @property
    def reading(self) -> Reading:
        """What opens documents in the pane in use."""
        return self._in_use().reading

    # ------------------------------------------------------------ opening and closing

    def turn(self) -> None:
        """Open the next document of the case beside the one that is read, or close it again."""
        if self.opened:
            self.leave()
            return
        material = self._first.judging.material
        standing = [one for one in material.documents if one.current] if material else []
        if not standing:
            return
        ids = [one.id for one in standing]
        held = self._first.reading.document
        at = ids.index(held) + 1 if held in ids else 0
        self.open(standing[at % len(standing)])

    def open(self, document: Document) -> None:
        """Show ``document`` in the second pane, and use it."""
        material = self._first.judging.material
        if material is None:
            return
        pane, second = self._made()
        self._case = material.case.id
        second.reading.take_case(material)
        pane.show()
        self._centre.line.show()
        self.shared.emit(True)
        self._use(second=True)
        second.reading.open(document)
        pane.reader.take_keys()

    def close(self) -> None:
        """Hold no page, no word and no thread: the casebook is being locked."""
        self.leave()
        if self.pane is not None and self._second is not None:
            self._second.reading.close()
            self.pane.title.set_text("")
        self._renderer.close()

    def leave(self) -> None:
        """Return to one document; where the second was left is kept."""
        if self.pane is None or self._second is None or self._card is None:
            return
        self._card.close_card()
        self._second.reading.show_nothing()
        self._second.reading.dwelling.close()
        self.pane.below.clear()
        self.pane.hide()
        self._centre.line.hide()
        self.shared.emit(False)
        was, self._case = self.active or self._second.active, None
        self._use(second=False)
        if was:
            self._first.reader.take_keys()

    def settle(self) -> None:
        """Keep what was typed in the second pane, and where it is."""
        if self._card is not None and self._second is not None and self.opened:
            self._card.flush()
            self._second.reading.keep_place()

    def turn_notes(self) -> None:
        """Open what is not on the pages of the document in use, or close it again."""
        below = self.pane.below if self.pane is not None and self.active else self._centre.below
        below.notes.turn()

    def scroll_together(self) -> None:
        """Let both documents move when one is scrolled, or each by itself again."""
        if self.pane is not None and self.opened:
            self.pane.together.toggle()

    # ------------------------------------------------------------ private

    def _in_use(self) -> MarkActs:
        return self._second if self.active and self._second is not None else self._first

    def _made(self) -> tuple[Pane, MarkActs]:
        if self.pane is not None and self._second is not None:
            return self.pane, self._second
        pane = self.pane = Pane(self._desk, self._renderer)
        pane.hide()
        self._centre.add_beside(pane)
        reader, first = pane.reader, self._first
        reader.view.marking = first.reader.view.marking
        reading = Reading(self._desk, reader, self._renderer, self, known=first.reading.known)
        reading.dwelling.hidden = lambda: self.covered()  # noqa: PLW0108 - it may be another then
        self._card = MarkCard(reader, reader.view)
        self._second = MarkActs(
            judging=first.judging,
            reading=reading,
            reader=reader,
            sheet=first.sheet,
            card=self._card,
            parent=self,
        )
        self._second.event_asked.connect(first.event_asked)
        if self._lighting is not None:
            self._lighting.add(reading)
        reading.opened.connect(self._on_document)
        reading.failed.connect(self.failed)
        reading.misread.asked.connect(first.reading.misread.asked)
        reader.foot.asked.connect(first.reader.foot.asked)
        reader.view.step_asked.connect(first.reader.view.step_asked)
        reader.page_changed.connect(lambda _key, _page: self._on_page(second=True))
        pane.below.document_asked.connect(reading.open)
        reader.everywhere_wanted.connect(first.reader.everywhere_wanted)
        reader.cited.connect(first.reader.cited)
        pane.close_asked.connect(self.leave)
        self.made.emit(reader)
        views = (first.reader.view, reader.view)
        for view, other in (views, views[::-1]):
            view.verticalScrollBar().valueChanged.connect(self._follower(view, other))
        return pane, self._second

    def _follower(self, view: PageView, other: PageView) -> Callable[[int], None]:
        """Return what moves ``other`` by as much as a person scrolls ``view``."""
        seen: list[_Seen] = [("", 0.0, 0)]

        def follow(value: int) -> None:
            key, zoom, before = seen[0]
            seen[0] = (view.key, view.zoom, value)
            wanted = self.pane is not None and self.opened and self.pane.together.isChecked()
            if self._moving or not wanted or (key, zoom) != (view.key, view.zoom):
                return
            self._moving = True
            bar = other.verticalScrollBar()
            bar.setValue(bar.value() + value - before)
            self._moving = False

        return follow

    def _use(self, *, second: bool) -> None:
        changed = self._first.active is second
        self._first.active = not second
        if self._second is not None:
            self._second.active = second
        self._centre.line.show_use(on=not second)
        if self.pane is not None:
            self.pane.line.show_use(on=second)
        document = self.reading.document
        if changed and document is not None:
            self.changed.emit(document)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or self.pane is None or not self.opened:
            return
        if self.pane.isAncestorOf(now):
            self._use(second=True)
        elif (front := self._centre.middle.currentWidget()) and front.isAncestorOf(now):
            self._use(second=False)  # also where results stand there; the list floats over either

    def _on_page(self, *, second: bool) -> None:
        if self.active is second:
            self.turned.emit()

    def _on_document(self, document: str) -> None:
        if self.pane is not None:
            self.pane.below.show_document(self._first.judging.material, DocumentId(document))
        self._refresh()
        self._name_factor()
        if self.active:
            self.changed.emit(document)

    def _refresh(self) -> None:
        """Show what the open document and its marks have become."""
        pane, second, judging = self.pane, self._second, self._first.judging
        material, framework = judging.material, judging.framework
        if pane is None or second is None or not self.opened or material is None:
            return
        document = second.reading.document
        held = material.document(document) if document else None
        if held is not None and held.state is DocumentState.WITHDRAWN:
            self.leave()
            self._centre.below.news.withdrawn(held)
            return
        pane.below.refresh(material)
        pane.title.set_text(held.title if held is not None else "")
        if held is not None and framework is not None:
            pane.reader.set_marks(shown_marks(material, DocumentId(held.id), framework, None))
        second.refresh_card()

    def _name_factor(self, _code: str = "") -> None:
        """Name what a selection can be attached to, in both panes."""
        factor = self._first.sheet.factor
        can = factor is not None and not self._first.judging.read_only
        for acts in (self._first, self._second):
            if acts is not None:
                acts.reader.set_factor(factor.short if can and factor is not None else "")

    def _on_loaded(self, material: CaseMaterial) -> None:
        if self.opened and material.case.id != self._case:
            self.leave()
