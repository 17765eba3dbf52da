"""What a page says where its words were misread: asked beside the picture of the words."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from reviewer.casebook.stores.scans import MAX_TYPED
from reviewer.messages import say
from reviewer.records.text import clean_line
from ui.dialogs.frame import Frame
from ui.theme import SPACE, scale
from ui.widgets.form import Form
from ui.widgets.text import Label

_WIDE = 540
_TALLEST = 190  # logical pixels of the picture


class MisreadDialog(Frame):
    """Tells ``wanted`` what was typed, "" to take it away, and stays open until that is kept."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, read: str, typed: str) -> None:
        super().__init__(
            parent,
            say("Correct the reading"),
            lead=say(
                "Type what the page says. What was read stays beside it: both are found, and no"
                " mark moves."
            ),
            action=say("Keep it"),
            called=say("Correct the reading"),
            width=_WIDE,
        )
        self._typed = typed
        self.room = round((_WIDE - 2 * SPACE.XXL - 16) * scale())
        self.picture = Label(say("Drawing the words"), tone="secondary")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.picture.setAccessibleName(
            say("Picture of the words that were read as {read}", read=read)
        )
        self._area = QScrollArea()
        self._area.setAccessibleName(say("The words on the page"))
        self._area.setWidget(self.picture)
        self._area.setWidgetResizable(True)
        self._area.setFixedHeight(round(58 * scale()))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._area)
        self.read = Label(read, wrap=True)
        self.read.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.says = QLineEdit(typed or read)
        self.says.setMaxLength(MAX_TYPED)
        self.says.selectAll()
        form = Form()
        form.add(say("Read as"), self.read)
        form.add(say("The page says"), self.says)
        self.body.addWidget(form)
        if typed:
            self.add_button(say("Take away what was typed"), lambda: self.wanted.emit(""))

    def show_picture(self, picture: QImage) -> None:
        """Show the words as they stand on the page."""
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        shown = QPixmap.fromImage(picture)
        self.picture.setPixmap(shown)
        size: QSize = shown.deviceIndependentSize().toSize()
        tall = min(size.height() + SPACE.S, round(_TALLEST * scale()))
        self._area.setFixedHeight(max(tall, round(40 * scale())))
        self._fit()

    def accept(self) -> None:
        typed = clean_line(self.says.text())
        if typed in {"", self._typed or " ".join(self.read.text().split())}:
            self.refuse(say("Type what the page says."), self.says)
            return
        self.problem.clear()
        self.wanted.emit(typed)
