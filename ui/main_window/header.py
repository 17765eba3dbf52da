"""The line above every room: whose casebook, which round, the rooms, the state of saving, Lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from reviewer.messages import say
from ui import theme
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.chip import Chip
from ui.widgets.status import SaveStatus
from ui.widgets.switcher import Switcher
from ui.widgets.text import Elided, set_tip

if TYPE_CHECKING:
    from reviewer.casebook.book import About
    from reviewer.records.panel import Member
    from ui.desk.desk import Desk

_CUT = Qt.TextElideMode.ElideRight


class Header(QWidget):
    """Shows ``About``; tells which room was chosen and that Lock was pressed."""

    chosen = Signal(str)
    wants = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "bar")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.M + 2, SPACE.S - 1, SPACE.M + 2, SPACE.S)
        row.setSpacing(SPACE.M)
        self._title = Elided("", size="strong")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._role = Chip("")
        self._member, self._chair = "", False  # whose casebook it is
        self._round = Chip("")
        self.switcher = Switcher()
        self.switcher.chosen.connect(self.chosen)
        self.status = SaveStatus()
        self._lock = button(say("Lock"), lambda: self.wants.emit("lock"), tip="Ctrl+L")
        for part in (self._title, self._role, self._round, self.switcher):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.status)
        row.addWidget(self._lock)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(48 * theme.scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(480, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def show_about(
        self, about: About, rooms: Sequence[tuple[str, str]], short: Mapping[str, str]
    ) -> None:
        """Show whose casebook this is and which rooms (id, title; some in ``short``) it has."""
        self.tell(about)
        self.switcher.set_choices(rooms, short)
        self.status.nothing_yet()
        self._make_room()

    def tell(self, about: About) -> None:
        """Show what the casebook says of itself now."""
        self._title.set_text(about.title)
        self._chair = about.kind == "chair"
        self._role.setText(self._whose())
        self._round.setText(say("Round {round} · {stage}", round=about.round, stage=_stage(about)))

    def forget(self) -> None:
        """Hold nothing of the casebook: it was locked."""
        self._member = ""
        self._title.set_text("")
        set_tip(self._title, "")
        for chip in (self._role, self._round):
            chip.setText("")
        self.status.nothing_yet()

    def heed(self, desk: Desk) -> None:
        """Tell from now on what of ``desk`` is saved, and what is not."""
        desk.changed.connect(lambda change: self.status.note(change.tables))
        desk.saved.connect(self.status.saved)
        desk.not_saved.connect(self.status.not_saved)
        desk.checked.connect(self.status.nothing_yet)

    def name_member(self, member: Member | None) -> None:
        """Show whose casebook it is, where it is a panellist's."""
        self._member = member.name if member is not None else ""
        self._role.setText(self._whose())
        self._make_room()

    def _whose(self) -> str:
        if self._chair:
            return say("Chair")
        short = QFontMetrics(self.font()).elidedText(self._member, _CUT, 200)
        return short or say("Panellist")

    def _make_room(self) -> None:
        """Leave out the chips where the rooms need their place, then use shorter words."""
        self.switcher.shorten(on=False)
        for chip in (self._role, self._round):
            chip.show()
        for chip in (self._role, self._round):
            if self._row.sizeHint().width() <= self.width():
                return
            chip.hide()
        self.switcher.shorten(on=self._row.sizeHint().width() > self.width())


def _stage(about: About) -> str:
    if about.released:
        return "released"
    if about.sealed:
        return "sealed"
    return "independent" if about.round == 1 else say("looking again")
