"""Welcome: open a casebook, make one, or try the demonstration."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from reviewer.messages import say
from ui import theme
from ui.theme import RADIUS, SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.column import TextColumn
from ui.widgets.keyhint import KeyHint
from ui.widgets.picture import Picture
from ui.widgets.text import Label, set_tip

WIDTH = 560  # of the column, at the drawn text size


class Choice(QAbstractButton):
    """One large choice: an icon, what it does, and a line that says more."""

    def __init__(self, icon: str, title: str, more: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._more = more
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(more)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(320, round(64 * theme.scale()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = paint.ink3 if self.underMouse() else paint.line
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(paint.panel))
        if self.hasFocus():
            painter.setPen(QPen(QColor(paint.focus), 2))
        painter.drawRoundedRect(room, RADIUS.CARD, RADIUS.CARD)
        picture = theme.pixmap(self._icon, paint.accent, 22)
        side = picture.width() / picture.devicePixelRatio()
        left = room.left() + SPACE.L + 2
        painter.drawPixmap(round(left), round(room.center().y() - side / 2), picture)
        words = room.adjusted(SPACE.L * 2 + side + 2, 0, -SPACE.L, 0)
        painter.setPen(QColor(paint.ink))
        painter.setFont(theme.font("section", QFont.Weight.DemiBold))
        line = words.height() / 2
        painter.drawText(
            QRectF(words.left(), words.top() + 6, words.width(), line - 4),
            Qt.AlignmentFlag.AlignBottom,
            self.text(),
        )
        painter.setPen(QColor(paint.ink2))
        painter.setFont(theme.font())
        more = painter.fontMetrics().elidedText(
            self._more, Qt.TextElideMode.ElideRight, round(words.width())
        )
        painter.drawText(
            QRectF(words.left(), room.center().y() + 2, words.width(), line),
            Qt.AlignmentFlag.AlignTop,
            more,
        )


class WelcomeRoom(QWidget):
    """The first screen where no casebook was named."""

    wants = Signal(str)  # the id of an action: open, new, demo, settings, help
    chosen = Signal(object)  # Path of a recent casebook

    def __init__(self, recent: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        page = QVBoxLayout(self)
        page.setContentsMargins(SPACE.XXL, SPACE.XXL, SPACE.XXL, SPACE.L)
        page.addStretch(5)
        column = TextColumn(WIDTH)
        page.addLayout(column.centred())
        page.addStretch(6)
        page.addLayout(self._build_foot())
        inside = column.inside
        inside.setSpacing(SPACE.M)
        inside.addWidget(Picture("app", size=44, words="Reviewer"))
        inside.addSpacing(SPACE.XS)
        inside.addWidget(Label("Reviewer", size="title"))
        inside.addWidget(
            Label(
                say(
                    "Read every case, judge what failed on its evidence, and bring the"
                    " panel together. Everything stays on this computer, encrypted."
                ),
                tone="secondary",
                wrap=True,
            )
        )
        inside.addSpacing(SPACE.S)
        self._choices: list[Choice] = []
        for icon, title, more, action in (
            (
                "open",
                say("Open a casebook"),
                say("Choose the file, or drop it anywhere here."),
                "open",
            ),
            (
                "new",
                say("New casebook"),
                say("For the chair: a new inquiry and its framework."),
                "new",
            ),
            (
                "demo",
                say("Try the demonstration"),
                say("An invented inquiry with 55 cases."),
                "demo",
            ),
        ):
            made = Choice(icon, title, more)
            made.clicked.connect(lambda _checked=False, a=action: self.wants.emit(a))
            inside.addWidget(made)
            self._choices.append(made)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(SPACE.XS)
        inside.addLayout(self._recent)
        self.show_recent(recent)

    def enter(self) -> None:
        """Take the focus."""
        self._choices[0].setFocus()

    def show_recent(self, recent: Sequence[str]) -> None:
        """Offer these casebooks again (paths); none where the person keeps no list."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if recent:
            self._recent.addSpacing(SPACE.S)
            self._recent.addWidget(SectionHeading(say("Recent")))
        for name in recent:
            path = Path(name)
            made = button(path.name, partial(self.chosen.emit, path), kind="quiet")
            set_tip(made, name)
            self._recent.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addStretch(1)
        row.addWidget(
            button(say("Look and privacy..."), lambda: self.wants.emit("settings"), kind="quiet")
        )
        row.addWidget(button(say("Help"), lambda: self.wants.emit("help"), kind="quiet"))
        row.addWidget(KeyHint("F1"))
        row.addStretch(1)
        return row
