"""Fields for what is typed at length: saved soon after the last letter, and never lost."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.theme import font
from ui.widgets.filled import saved_as_typed

_FRAME = 26  # pixels around the lines: border, padding, the document's own margin
PAUSE = 800  # ms after the last letter before it is saved
AT_MOST = 1500  # ms that a letter waits where no pause comes: with the saving itself, under 2 s


class WritingField(QPlainTextEdit):
    """Plain text that grows with what is typed, up to a share of the screen.

    ``written`` comes a moment after the last letter, again and again while somebody types on
    without a pause, when the focus leaves, and on ``flush``.
    """

    written = Signal(str)
    left = Signal()  # Esc: back to where the field belongs

    def __init__(
        self, name: str, hint: str, *, lines: int = 2, most: int = 9, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._saved = ""
        saved_as_typed(self)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhMultiLine
        )
        self._pause, self._oldest = self._timer(PAUSE), self._timer(AT_MOST)
        self.textChanged.connect(self._on_typed)

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return self.toPlainText() != self._saved

    def show_text(self, text: str) -> None:
        """Show what is stored; the caret stays where it can, and what is typed is kept."""
        if text == self._saved and text == self.toPlainText():
            return
        self._saved = text
        if text != self.toPlainText():
            place = self.textCursor().position()
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            caret = self.textCursor()
            caret.setPosition(min(place, len(self.toPlainText())))
            self.setTextCursor(caret)
            self._grow()
        self._rest()

    def flush(self) -> None:
        """Tell what is typed now, if it is not saved yet."""
        self._rest()
        if self.pending:
            self._saved = self.toPlainText()
            self.written.emit(self._saved)

    def _on_typed(self) -> None:
        if self.pending:
            self._pause.start()
            if not self._oldest.isActive():
                self._oldest.start()
        self._grow()

    def _timer(self, interval: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(interval)
        made.timeout.connect(self.flush)
        return made

    def _rest(self) -> None:
        self._pause.stop()
        self._oldest.stop()

    def _grow(self) -> None:
        line = QFontMetrics(font()).lineSpacing()
        count = max(self._lines, min(self._visual_lines(), self._most))
        high = line * count + _FRAME
        policy = Qt.ScrollBarPolicy
        full = self._visual_lines() > self._most
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if full else policy.ScrollBarAlwaysOff
        )
        if high != self.height():
            self.setFixedHeight(high)

    def _visual_lines(self) -> int:
        document = self.document()
        count, block = 0, document.firstBlock()
        while block.isValid():
            count += max(block.layout().lineCount(), 1)
            block = block.next()
        return count

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands a QResizeEvent
        self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
            return
        super().keyPressEvent(event)
        event.accept()  # a letter typed here is never a key of the sheet
