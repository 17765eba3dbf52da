"""What of a file is not on its pages: one quiet line, which opens the list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.messages import plural, say
from ui.theme import SPACE, scale
from ui.widgets.buttons import button
from ui.widgets.text import Elided, Label

_TALLEST = 168  # logical pixels of the open list


class FileNotes(QWidget):
    """Hidden where there is nothing to tell; tells ``parent_asked`` for what a file came with."""

    parent_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.line = button("", self.turn, kind="quiet")
        self.line.setCheckable(True)
        self.came = button(say("Show it"), self.parent_asked.emit, kind="quiet")
        self.came_with = Elided("", tone="secondary")
        self.list = QScrollArea()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWidgetResizable(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE.M, 0, SPACE.M, 0)
        row.setSpacing(SPACE.S)
        row.addWidget(self.line)
        row.addWidget(self.came_with, 3)
        row.addStretch(1)
        row.addWidget(self.came)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.list)
        self.show_notes("", ())

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes that are shown, or would be once the line is opened."""
        return self._notes

    def show_notes(self, title: str, notes: Sequence[str], *, came_with: str = "") -> None:
        """Tell of the file ``title``; ``came_with`` is what it was attached to, or ""."""
        self._notes = tuple(notes)
        count = len(self._notes)
        self.line.setText(
            plural(
                "{count:,} thing to know",
                "{count:,} things to know",
                count=count,
            )
        )
        self.line.setAccessibleName(
            plural(
                "{count:,} thing to know about {title}: what is not on its pages",
                "{count:,} things to know about {title}: what is not on its pages",
                count=count,
                title=title,
            )
        )
        self.line.setVisible(bool(count))
        self.list.setAccessibleName(say("What to know about {title}", title=title))
        self.list.setAccessibleDescription("\n".join(self._notes))
        self._fill()
        told = say("Attached to {title}", title=came_with) if came_with else ""
        self.came_with.set_text(told)
        self.came_with.setVisible(bool(told))
        self.came.setAccessibleName(say("Show {title}", title=came_with))
        self.came.setVisible(bool(told))
        self._fold(opened=False)
        self.setVisible(bool(count) or bool(told))

    def turn(self) -> None:
        """Open the list, with the focus in it, or close it again."""
        opened = bool(self._notes) and not self.list.isVisibleTo(self)
        self._fold(opened=opened)
        (self.list if opened else self.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(SPACE.M, SPACE.XS, SPACE.M, SPACE.S)
        column.setSpacing(SPACE.S)
        for note in self._notes:
            words = Label(note, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        column.addStretch(1)
        self.list.setWidget(self._inside)

    def _fold(self, *, opened: bool) -> None:
        self.line.setChecked(opened)
        self.list.setVisible(opened)
        if opened:
            QTimer.singleShot(0, self, self._fit)  # once it is known how wide it is

    def _fit(self) -> None:
        """Let the open list be as tall as its lines, as far as there is room."""
        tall = self._inside.heightForWidth(self.list.viewport().width())
        self.list.setFixedHeight(min(max(tall, 0), round(_TALLEST * scale())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.list.isVisibleTo(self) and event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)
