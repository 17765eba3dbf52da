"""One member who would have decided otherwise: the words, a name or none, and what instead."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QWidget

from reviewer.messages import say
from reviewer.method.framework import Framework
from reviewer.records.determinations import Dissent, Ruling
from ui import theme
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.filled import saved_as_typed

_BESIDE = 720  # pixels from which the words stand beside who says them, at the drawn text size


class DissentRow(QWidget):
    """Typed by the chair in the member's words; a name only if the member wishes it."""

    removed = Signal()
    typed = Signal()

    def __init__(
        self, framework: Framework, names: Sequence[str], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(SPACE.S)
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        self._both.addLayout(row)
        self._who = QComboBox()
        self._who.setAccessibleName(say("Who dissents"))
        self._who.addItem(say("Without a name"), "")
        for name in names:
            self._who.addItem(name, name)
        self._instead = QComboBox()
        self._instead.setAccessibleName(say("What the dissenter would have said"))
        self._instead.addItem(say("would have said ..."), "")
        for point in framework.scale:
            told = say("would have said {value}", value=point.value)
            self._instead.addItem(told, str(point.value))
        self._instead.addItem(say("not assessable"), Ruling.NOT_ASSESSABLE.value)
        self._instead.addItem(say("not relevant"), Ruling.NOT_RELEVANT.value)
        self._words = QLineEdit()
        saved_as_typed(self._words)  # the form itself tells of it
        self._words.setAccessibleName(say("The dissent, in the dissenter's own words"))
        self._words.setPlaceholderText(say("In the dissenter's own words"))
        self._remove = button(say("Remove"), self.removed.emit, kind="quiet")
        self._remove.setAccessibleName(say("Remove this dissent"))
        for box in (self._who, self._instead):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.currentIndexChanged.connect(lambda _index: self.typed.emit())
            row.addWidget(box)
        self._words.textChanged.connect(lambda _text: self.typed.emit())
        end = QHBoxLayout()
        end.setSpacing(SPACE.S)
        end.addWidget(self._words, 1)
        end.addWidget(self._remove)
        self._both.addLayout(end, 1)

    @property
    def dissent(self) -> Dissent:
        """What is typed, as it stands."""
        return Dissent(
            words=self._words.text(),
            name=str(self._who.currentData() or ""),
            instead=str(self._instead.currentData() or ""),
        )

    def show_dissent(self, dissent: Dissent) -> None:
        """Show what was typed before."""
        self._who.setCurrentIndex(max(self._who.findData(dissent.name), 0))
        self._instead.setCurrentIndex(max(self._instead.findData(dissent.instead), 0))
        self._words.setText(dissent.words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < round(_BESIDE * theme.scale())
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def begin(self) -> None:
        """Take the focus at the first field."""
        self._who.setFocus()
