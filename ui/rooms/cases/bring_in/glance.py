"""The first page of a file that came, looked at in the table's place before it joins any case."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.intake.delivery.glance import Glance
from reviewer.messages import plural, say
from ui import errors
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.text import Elided, Label

_LEAST = 320  # pixels: a page that is drawn narrower tells nothing


class GlancePage(QWidget):
    """Shows what it is given, beside the file's card; Space or Escape goes back. Keeps nothing.

    A file with a content note stays covered until somebody asks for its page: Space once more.
    """

    left = Signal()
    wanted = Signal(str)  # the file whose page is asked for although it has a content note

    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        self.covered = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.M)
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        self._name = Elided("", size="strong")
        row.addWidget(self._name, 1)
        self._told = Label("", tone="secondary")
        row.addWidget(self._told)
        row.addWidget(button(say("Back to the files"), self.left.emit, kind="quiet", tip="Esc"))
        column.addLayout(row)
        self.problem = Label("", wrap=True)
        column.addWidget(self.problem)
        self.uncover = button(say("Show the page"), self._uncover, tip=say("Space"))
        self.uncover.hide()
        column.addWidget(self.uncover, 0, Qt.AlignmentFlag.AlignLeft)
        self.page = Label("")
        self.page.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(say("The first page"))
        self.area.setWidget(self.page)
        column.addWidget(self.area, 1)

    @property
    def width_px(self) -> int:
        """How wide the page is wanted, in pixels of the screen."""
        return round(max(self.area.viewport().width(), _LEAST) * self.devicePixelRatioF())

    def cover(self, path: str, note: str) -> None:
        """Say what a file's content note says, and show its page only when that is asked for."""
        self.begin(path)
        self.covered = True
        self._told.setText("")
        self.problem.setText(say("Content note: {note}", note=note))
        self.problem.show()
        self.uncover.show()

    def begin(self, path: str) -> None:
        """Say that a page is on its way."""
        self.path = path
        self.covered = False
        self.uncover.hide()
        self._name.set_text(path)
        self._told.setText(say("Drawing its first page"))
        self.problem.hide()
        self.page.clear()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, glance: Glance) -> None:
        """Show the page of the file that ``begin`` named."""
        drawn = glance.picture
        image = QImage(
            drawn.data, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32
        ).copy()
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.page.setPixmap(QPixmap.fromImage(image))
        self.area.setAccessibleDescription(glance.words)
        self._told.setText(plural("The only page", "Page 1 of {count:,}", count=glance.pages))

    def show_failure(self, error: Exception) -> None:
        """Say why it cannot be shown."""
        self._told.setText("")
        self.problem.setText(errors.words(error).sentence)
        self.problem.show()

    def clear(self) -> None:
        """Hold nothing of the file."""
        self.path = ""
        self.covered = False
        self.problem.clear()
        self.page.clear()
        self.area.setAccessibleDescription("")

    def _uncover(self) -> None:
        self.wanted.emit(self.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.covered and event.key() == Qt.Key.Key_Space:
            self._uncover()
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Escape}:
            self.left.emit()
        else:
            super().keyPressEvent(event)
