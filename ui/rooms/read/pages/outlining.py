"""Brings the outline of the document that is read, and what it calls its pages."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from reviewer.messages import say
from reviewer.records.contents import Contents, made_of
from reviewer.records.ids import DocumentId
from ui.desk.desk import Desk
from ui.reader.page.renderer import Renderer
from ui.reader.reader import Reader
from ui.reader.side.outline import Outline
from ui.rooms.read.pages.documents import Reading
from ui.settings import OUTLINE_SHOWN, Settings
from ui.theme import scale

_BEGINS = 400  # characters of a page that its heading is looked for in
_ROOM = 600  # logical pixels at the drawn text size: less is not shared by pages and an outline


class Outlining(QObject):
    """Puts an ``Outline`` beside the small pages; hidden until it is asked for.

    Beside a second document it makes way where both would be too narrow to be read.
    """

    told = Signal(str)

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        renderer: Renderer,
        reading: Reading,
        settings: Settings,
    ) -> None:
        super().__init__(reading)
        self._desk = desk
        self._reader = reader
        self._renderer = renderer
        self._settings = settings
        self._key = ""  # the document whose contents are shown, or on their way
        self._bare: Contents | None = None  # without headings: some are made when they are seen
        self._shared = False  # whether a second document is shown
        self.outline = Outline()
        self.outline.setVisible(settings.get(OUTLINE_SHOWN))
        reader.installEventFilter(self)
        self._reader.middle.insertWidget(0, self.outline)
        self.outline.page_chosen.connect(self._reader.jump_to)
        self.outline.left.connect(self._to_pages)
        self.outline.closed.connect(self.turn)
        self._reader.view.page_changed.connect(self.outline.set_page)
        self._renderer.described.connect(self._take)
        reading.opened.connect(self._on_opened)

    @property
    def document(self) -> str:
        """The document whose outline it is, "" for none."""
        return self._key

    def clear(self) -> None:
        """Hold no heading, which are lines of pages, and take none that is on its way."""
        self._key, self._bare = "", None
        self._show(Contents())
        self.outline.told.setText("")

    def turn(self) -> None:
        """Show the outline with the focus on it, or hide it."""
        show = self.outline.isHidden()
        if show and self._narrow():
            self.told.emit(
                say(
                    "Beside two documents there is no room for the outline. Ctrl+2 closes the"
                    " second one, F9 hides the cases."
                )
            )
            return
        self._settings.put(OUTLINE_SHOWN, show)
        self._fit()
        if show:
            self.outline.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def share(self, shared: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Take whether a second document is shown beside the pages."""
        self._shared = shared
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ private

    def _narrow(self) -> bool:
        return self._shared and self._reader.width() < _ROOM * scale()

    def _fit(self) -> None:
        """Show the outline where it is wanted and has room; its focus goes to the pages."""
        show = self._settings.get(OUTLINE_SHOWN) and not self._narrow()
        if show is self.outline.isHidden():
            inside = self.outline.tree.hasFocus()
            self.outline.setVisible(show)
            if inside:
                self._to_pages()
        self._make()

    def _to_pages(self) -> None:
        self._reader.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ slots

    def _on_opened(self, document: str) -> None:
        """Ask for what a document says of its order; nothing of one that is covered."""
        self.clear()
        self._key = "" if self._reader.covered else document
        self._renderer.describe(self._key)

    def _take(self, key: str, contents: Contents) -> None:
        if key != self._key:
            return
        self._show(contents)
        if not contents.headings:
            self._bare = contents
            self.outline.told.setText("")
            self._make()

    def _make(self) -> None:
        """Make headings of how the pages begin, once they are seen: all pages are read for it."""
        contents, key = self._bare, self._key
        if contents is None or self.outline.isHidden():
            return
        self._bare = None

        def make(texts: list[str]) -> None:
            pages = [(page, text[:_BEGINS]) for page, text in enumerate(texts, 1)]
            ask = self._desk.beside(lambda: made_of(pages, contents.labels)).owner(self)
            ask.succeeded(show).run()

        def show(made: Contents) -> None:
            if key == self._key:
                self._show(made)

        ask = self._desk.ask(lambda book: book.documents.texts(DocumentId(key))).owner(self)
        ask.succeeded(make).run()

    def _show(self, contents: Contents) -> None:
        self.outline.set_contents(contents)
        self._reader.foot.set_labels(contents.labels)
        view = self._reader.view
        self.outline.set_page(view.page)
        document = self._reader.document
        cited = document.cited(view.page) if document is not None else ""
        self._reader.foot.show_page(view.page, view.page_count, cited)
