"""Beside the verdicts: how many are in, who is out, which returns conflict, and the release."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout, QWidget

from reviewer.messages import later, say
from reviewer.records.panel import Custodian
from ui.rooms.merge.fork import ForkRow
from ui.rooms.merge.nextround import NextRound
from ui.rooms.merge.round_status import RoundStands
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.dates import when
from ui.widgets.side_list import SideModel, side_list
from ui.widgets.text import Label, restyle

_ROWS = 3  # of conflicts in sight before they scroll
_NOBODY = later("Nobody rates yet. Issue a casebook to each panellist under Panel first.")


class RoundSide(QWidget):
    """Tells ``asked`` (release), ``next_asked`` (next round), and what of a conflict is wanted."""

    asked = Signal()
    next_asked = Signal()
    fork_asked = Signal(object)  # Out: one of its returns shall be chosen
    taken_back = Signal(str)  # the SHA-256 of the return that was chosen

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self._figure = Label("", size="figure", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("Returns received"))
        self._more = Label("", tone="secondary", wrap=True)
        for part in (self._figure, self._bar, self._more):
            column.addWidget(part)
        column.addWidget(self._build_forks())
        column.addSpacing(SPACE.S)
        self._model = SideModel(self)
        self._list = side_list(self._model, say("Who has returned"))
        column.addWidget(self._list, 1)
        self._next = NextRound()
        self._next.asked.connect(self.next_asked)
        column.addWidget(self._next)
        self._opens = Label("", tone="secondary", size="small", wrap=True)
        column.addWidget(self._opens)
        self._release = button(say("Release the round..."), self.asked.emit, kind="primary")
        column.addWidget(self._release, 0, Qt.AlignmentFlag.AlignRight)

    def _build_forks(self) -> QScrollArea:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(say("Returns that conflict"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        self._forks = QVBoxLayout()
        self._forks.setSpacing(SPACE.S)
        column.addLayout(self._forks)
        column.addStretch(1)
        self._area.setWidget(inside)
        return self._area

    def show_round(
        self, stands: RoundStands, round_: int, custodian: Custodian | None, *, released: str
    ) -> None:
        """Show where the round stands; ``released`` is when it was, or ""."""
        self._opens.setText(_opens(custodian))
        self._opens.setVisible(not released)
        self._next.setVisible(bool(released))
        self._next.wait(round_)
        self._figure.setText(
            say(
                "{received} of {expected} received",
                received=stands.received,
                expected=stands.expected,
            )
        )
        self._bar.setRange(0, max(stands.expected, 1))
        self._bar.setValue(stands.received)
        self._more.setText(_more(stands, released))
        self._model.set_rows(stands.rows)
        self._release.setText(say("Release round {round_}...", round_=round_))
        self._release.setVisible(not released)
        self._release.setEnabled(stands.received > 0)
        self._release.setProperty("kind", "" if stands.out else "primary")
        restyle(self._release)
        self._show_forks(stands, open_=not released)

    def show_next(self, last: int, cells: int, cases: int, nothing: str) -> None:
        """Say what a round after round ``last`` would ask for, once it is counted."""
        self._next.show_next(last, cells, cases, nothing)

    def _show_forks(self, stands: RoundStands, *, open_: bool) -> None:
        while (item := self._forks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        rows = [*self._conflicts(stands), *self._settled(stands)] if open_ else []
        for row in rows:
            self._forks.addWidget(row)
        self._area.setVisible(bool(rows))
        height = sum(row.sizeHint().height() + SPACE.S for row in rows[:_ROWS])
        self._area.setFixedHeight(height + SPACE.XS)

    def _conflicts(self, stands: RoundStands) -> list[ForkRow]:
        return [
            ForkRow(
                say("{name}: returns conflict", name=one.name),
                say("Choose..."),
                partial(self.fork_asked.emit, one),
                warn=True,
            )
            for one in stands.out
            if one.fork
        ]

    def _settled(self, stands: RoundStands) -> list[ForkRow]:
        return [
            ForkRow(
                say(
                    "{name}: return {seq}, {words} that conflict",
                    name=one.name,
                    seq=one.counts.seq,
                    words=one.words,
                ),
                say("Take back"),
                partial(self.taken_back.emit, one.counts.sha256),
            )
            for one in stands.chosen
        ]


def _opens(custodian: Custodian | None) -> str:
    if custodian is None:
        return say("Opens with this casebook alone.")
    return say("Opens with this casebook and the sheet that {name} keeps.", name=custodian.name)


def _more(stands: RoundStands, released: str) -> str:
    if released:
        return say("Released {when}.", when=when(released))
    if not stands.expected:
        return say(_NOBODY)
    if not stands.out:
        return say("Everybody is in. Nothing is open yet: the release opens all returns together.")
    names = [one.name for one in stands.out]
    shown = ", ".join(names[:4]) + (
        say(" and {count} more", count=len(names) - 4) if len(names) > 4 else ""
    )
    return say("Out: {shown}.", shown=shown)
