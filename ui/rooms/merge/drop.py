"""The place where return files are dropped, or chosen."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reviewer.errors import InputError
from reviewer.intake import places
from reviewer.messages import later, say
from ui import theme
from ui.rooms.room import RETURN
from ui.theme import RADIUS, SPACE
from ui.widgets.buttons import button, step_back
from ui.widgets.files import choose_files, local_files
from ui.widgets.picture import Picture
from ui.widgets.text import Label

RETURNS = later("Returns (*.return);;All files (*)")


class DropPlace(QWidget):
    """Tells the files that were dropped on it or chosen."""

    given = Signal(object)  # list[Path]

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAccessibleName(say("Drop returns here"))
        self._over = False
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        row.setSpacing(SPACE.L)
        row.addWidget(Picture("drop", tone="accent", size=28))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(say("Drop return files here"), size="strong"))
        words.addWidget(
            Label(
                say("Each is verified and kept sealed. Dropping one twice changes nothing."),
                tone="secondary",
                wrap=True,
            )
        )
        row.addLayout(words, 1)
        self._choose = button(say("Choose files..."), self._ask, kind="primary")
        row.addWidget(self._choose)

    def step_back(self, *, behind: bool) -> None:
        """Stand behind another action that is asked about, or not."""
        step_back(self._choose, behind=behind)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.given.emit(files)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QColor(paint.focus if self._over else paint.line2)
        painter.setPen(QPen(edge, 2 if self._over else 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(paint.accent_soft if self._over else paint.panel))
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(room, RADIUS.CARD, RADIUS.CARD)

    def _ask(self) -> None:
        choose_files(self, say("Returns"), RETURNS, self.given.emit)


def returns_in(paths: list[Path]) -> list[Path]:
    """Return ``paths`` with each folder replaced by the returns that lie in it.

    Raises ``InputError`` where there are none at all.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [one for one in places.files_in(path) if one.suffix.lower() == RETURN]
        else:
            found.append(path)
    if not found:
        raise InputError(say("There is no return in that folder: their names end in .return."))
    return found
