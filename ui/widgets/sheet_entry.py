"""Typing a printed secret back: a field a line, each checked as it is typed."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from reviewer.crypto.groups import Sheet, line_so_far, so_far
from reviewer.messages import say
from ui import theme
from ui.theme import SPACE
from ui.widgets.picture import Picture
from ui.widgets.text import Label

_LONGEST = 60  # characters of a line: 20 digits, however they are spaced


class SheetEntry(QWidget):
    """The lines of one kind of sheet. ``text`` is what was typed, a line each."""

    changed = Signal()

    def __init__(self, sheet: Sheet, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._led_to: QObject | None = None  # the line that was gone on to, untouched yet
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.S)
        grid.setVerticalSpacing(SPACE.XS + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, 18)
        column.addLayout(grid)
        self._fields: list[QLineEdit] = []
        self._signs: list[tuple[Picture, Picture]] = []
        for number in range(1, sheet.lines + 1):
            self._add_line(grid, number)
        self._said = Label("", tone="secondary", size="small", wrap=True)
        column.addWidget(self._said)
        self._dress()
        self._tell()

    @property
    def text(self) -> str:
        """Every line as it was typed."""
        return "\n".join(field.text() for field in self._fields)

    @property
    def whole(self) -> bool:
        """Whether all lines are right and belong together."""
        return so_far(self.text, self._sheet).whole

    @property
    def problem(self) -> str:
        """What stands in the way, in a sentence, or ""."""
        if self.whole:
            return ""
        for number, field in enumerate(self._fields, 1):
            said = line_so_far(field.text(), number, self._sheet)
            if said:
                return said
            if said is None:
                return say("Line {number} is not whole yet.", number=number)
        return so_far(self.text, self._sheet).wrong[0]

    @property
    def wanting(self) -> QLineEdit:
        """The first line that is not right yet; where all are, the last: it checks the others."""
        for number, field in enumerate(self._fields, 1):
            if line_so_far(field.text(), number, self._sheet) != "":
                return field
        return self._fields[-1]

    def focus(self) -> None:
        """Put the cursor into the first line that is not right yet."""
        if not self.whole:
            self.wanting.setFocus()

    def forget(self) -> None:
        """Empty every line; nothing can be brought back by undo."""
        for field in self._fields:
            field.setText("")
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the Tab that ends a line mean the line that was gone on to already."""
        if watched is self._led_to and event.type() in {
            QEvent.Type.KeyPress,
            QEvent.Type.FocusOut,
        }:
            self._led_to = None
            tab = isinstance(event, QKeyEvent) and event.key() in {
                Qt.Key.Key_Tab,
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            }
            if tab:
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._dress()

    def _add_line(self, grid: QGridLayout, number: int) -> None:
        field = QLineEdit()
        field.setMaxLength(_LONGEST)
        field.installEventFilter(self)
        field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        last = number == self._sheet.lines
        field.setPlaceholderText("0000 0000" if last else "0000 0000 0000 0000 0000")
        field.setAccessibleName(say("Line {number} of the sheet", number=number))
        field.textChanged.connect(lambda _text: self._changed())
        field.textEdited.connect(partial(self._typed, number))
        label = Label(str(number), tone="secondary")
        label.setBuddy(field)
        right = Picture("check", tone="good", words=say("This line is right"))
        wrong = Picture("warning", tone="stop", words=say("This line is wrong"))
        for place, part in enumerate((label, field, right)):
            grid.addWidget(part, number, place)
        grid.addWidget(wrong, number, 2)
        self._fields.append(field)
        self._signs.append((right, wrong))

    def _dress(self) -> None:
        """Digits under digits, as on the sheet."""
        face = theme.font("section", QFont.Weight.DemiBold)
        face.setCapitalization(QFont.Capitalization.AllUppercase)  # as they are printed
        face.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        for field in self._fields:
            field.setFont(face)
            field.setMinimumHeight(QFontMetrics(face).height() + round(18 * theme.scale()))

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _typed(self, number: int, text: str) -> None:
        """Go on to the next line, as the eye does, once this one is right."""
        if number < len(self._fields) and line_so_far(text, number, self._sheet) == "":
            self._fields[number].setFocus()
            self._led_to = self._fields[number]

    def _tell(self) -> None:
        """Mark each line, and say what is wrong with the first that is."""
        first = ""
        for number, (field, (right, wrong)) in enumerate(
            zip(self._fields, self._signs, strict=True), 1
        ):
            said = line_so_far(field.text(), number, self._sheet)
            right.setVisible(said == "")
            wrong.setVisible(bool(said))
            first = first or (said or "")
        typed = so_far(self.text, self._sheet)
        if typed.whole:
            first = say("All lines are right.")
        elif not first and typed.lines == typed.wanted:
            first = typed.wrong[0]
        self._said.setText(first or say("Capitals and spaces do not matter."))
        wrong_now = bool(first) and not typed.whole
        self._said.set_tone("stop" if wrong_now else "good" if typed.whole else "secondary")
