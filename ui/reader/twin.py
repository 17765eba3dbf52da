"""The words of the page in view in a field of their own, for a screen reader and a caret."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from reviewer.messages import say
from ui.reader.page.by_key import ByKey
from ui.reader.page.reading_view import ReadingView
from ui.reader.twin_text import TwinText

_LINES = 8  # of text, as high as it is
_FORWARDED = (Qt.Key.Key_M, Qt.Key.Key_N, Qt.Key.Key_E, Qt.Key.Key_W)


class Twin(QPlainTextEdit):
    """Read only, and always of the page that ``view`` is at; hidden until it is wanted.

    What is picked in it is picked on the page, so M, N, E, W and the keys that copy mean what
    they mean there. Down from its last line goes to the next page, PgDown and PgUp from page to
    page.
    """

    def __init__(self, view: ReadingView, by_key: ByKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._by_key = by_key
        self._key, self._page, self._known = "", 0, False
        self._text = TwinText("")
        self._to_end = False  # the page was come to from below
        self._following = False
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setMaximumHeight(round(self.fontMetrics().lineSpacing() * _LINES) + 16)
        self.setAccessibleDescription(
            say(
                "Shift and the arrows pick words, M marks them, N writes a note, E attaches them,"
                " B draws a box on the page. W corrects a word that was misread. PgDown is the"
                " next page."
            )
        )
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)  # a page that is only passed by is not read
        self._rest.timeout.connect(self.refresh)
        self.selectionChanged.connect(self._pick)
        view.selection_changed.connect(self._follow)
        view.page_changed.connect(lambda _page: self._rest.start())
        self.hide()
        self.refresh()

    @property
    def words(self) -> str:
        """What it shows."""
        return self.toPlainText()

    def turn(self) -> None:
        """Show it with the keys in it; where it has them, close it."""
        if self.isVisible() and self.hasFocus():
            self.hide()
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.show()
        self.refresh()
        self._follow()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show the words of the page that the view is at now; hidden, hold those of no other."""
        view = self._view
        if not self.isHidden():
            self._take(view.page)
        elif (view.key, view.page) != (self._key, self._page):
            self._take(0)

    def place(self, page: int, offset: int) -> None:
        """Put the caret before the character at ``offset`` of ``page``, the one in view."""
        self._take(self._view.page)
        if page == self._page:
            self._set(self._text.position(offset), self._text.position(offset))

    # ------------------------------------------------------------ private

    def _take(self, page: int) -> None:
        """Hold the words of ``page``, the one in view; of none where it is 0."""
        view = self._view
        text = view.characters(page) if page else None
        now = (view.key, page, text is not None)
        if now == (self._key, self._page, self._known):
            return
        self._key, self._page, self._known = now
        self._text = TwinText(text.text if text is not None else "")
        self._following = True
        self.setPlainText(self._text.shown if text is None or text.text else self._without())
        self._following = False
        self.setAccessibleName(
            say("Words of page {page} of {count}", page=page, count=view.page_count)
            if page
            else say("Words of the page")
        )
        if self._to_end and text is not None:
            self._to_end = False
            self.moveCursor(QTextCursor.MoveOperation.End)

    def _without(self) -> str:
        """Say that the page has no words, and how it is marked all the same."""
        way = say("M marks all of it, B draws a box.") if self._view.marking else ""
        return say("A picture without text. {way}", way=way).rstrip()

    def _pick(self) -> None:
        """Have on the page what is picked here."""
        if self._following or not self._text.shown:
            return
        cursor, view = self.textCursor(), self._view
        start = self._text.offset(cursor.selectionStart())
        end = self._text.offset(cursor.selectionEnd())
        self._following = True
        if start < end:
            view.select(self._page, start, end)
            place = view.selection_rect()
            if place is not None and not view.viewport().rect().contains(place):
                view.reveal(self._page, QRectF(place).translated(view.offset()))
        else:
            view.clear_selection()
        self._following = False

    def _follow(self) -> None:
        """Have here what is picked on the page."""
        if self._following:
            return
        self.refresh()
        picked = self._view.selection
        if picked is not None and picked.page == self._page and picked.anchor.kind == "text":
            start, end = picked.anchor.start, picked.anchor.end
            self._set(self._text.position(start), self._text.position(end))
        elif self.textCursor().hasSelection():
            here = self.textCursor().position()
            self._set(here, here)

    def _set(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._following = True
        self.setTextCursor(cursor)
        self._following = False

    def _step(self, by: int, *, to_end: bool = False) -> bool:
        """Go to another page; False where there is none."""
        wanted = self._page + by
        if not 1 <= wanted <= self._view.page_count:
            return False
        self._view.clear_selection()
        self._to_end = to_end
        self._view.go_to(wanted)
        self.refresh()
        return True

    def _leaves(self, key: int) -> bool:
        """Go on to the page below or above, where the caret can go no further on this one."""
        way = {
            Qt.Key.Key_Down: (1, QTextCursor.MoveOperation.Down),
            Qt.Key.Key_Up: (-1, QTextCursor.MoveOperation.Up),
        }.get(Qt.Key(key))
        if way is None or self.textCursor().movePosition(way[1]):
            return False
        return self._step(way[0], to_end=way[0] < 0)

    def _forwarded(self, event: QKeyEvent) -> bool:
        """Let the page do what only the page can."""
        control = Qt.KeyboardModifier.ControlModifier
        held, key = event.modifiers(), event.key()
        plain = held == Qt.KeyboardModifier.NoModifier
        copied = bool(held & control) and key == Qt.Key.Key_C
        opened = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if plain and key == Qt.Key.Key_B:
            self._by_key.begin()
        elif (plain and (key in _FORWARDED or opened)) or copied:
            QApplication.sendEvent(self._view, event)
        else:
            return False
        return True

    # ------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        pages = {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() in pages:  # here they turn pages
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._forwarded(event):
            return
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self._step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Escape and self.textCursor().hasSelection():
            self._view.clear_selection()
        elif key == Qt.Key.Key_Escape:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._leaves(key):
            super().keyPressEvent(event)
