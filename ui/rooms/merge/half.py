"""Where the custodian types the lines of the sheet, checked as they are typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from reviewer.crypto.groups import Sheet, from_text, so_far
from reviewer.records.panel import Custodian
from ui import theme
from ui.theme import SPACE
from ui.widgets.text import Label


class HalfField(QWidget):
    """Holds the typed lines no longer than they are needed; ``clear`` lets go of them."""

    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.XS + 1)
        self._label = Label("", size="strong", wrap=True)
        self.field = QPlainTextEdit()
        self.field.setUndoRedoEnabled(False)
        self.field.setTabChangesFocus(True)
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        line = self.field.fontMetrics().lineSpacing()
        self.field.setFixedHeight(line * Sheet.CUSTODIAN.lines + round(22 * theme.scale()))
        self._state = Label("", tone="secondary", size="small", wrap=True)
        self._label.setBuddy(self.field)
        for part in (self._label, self.field, self._state):
            column.addWidget(part)
        self.field.textChanged.connect(self._look)
        self._look()

    @property
    def half(self) -> bytes:
        """The half that was typed. Raises ``InputError`` where it is not whole."""
        return from_text(self.field.toPlainText(), Sheet.CUSTODIAN)

    @property
    def problem(self) -> str:
        """What is wrong or missing, or ""."""
        typed = so_far(self.field.toPlainText(), Sheet.CUSTODIAN)
        if typed.whole:
            return ""
        return typed.wrong[0] if typed.wrong else "The lines of the custodian's sheet are missing."

    def ask(self, custodian: Custodian) -> None:
        """Ask ``custodian`` for the lines."""
        self.clear()
        words = f"{custodian.name} types the lines of sheet {custodian.mark.upper()}"
        self._label.setText(words)
        self.field.setAccessibleName(words)

    def clear(self) -> None:
        """Let go of what was typed."""
        self.field.clear()

    def _look(self) -> None:
        typed = so_far(self.field.toPlainText(), Sheet.CUSTODIAN)
        if typed.whole:
            told, tone = "All lines are right.", "good"
        elif typed.wrong:
            told, tone = typed.wrong[0], "warn"
        else:
            told, tone = f"{typed.lines} of {typed.wanted} lines typed and right.", "secondary"
        self._state.setText(told)
        self._state.set_tone(tone)
        self.field.setAccessibleDescription(told)
        self.changed.emit()
