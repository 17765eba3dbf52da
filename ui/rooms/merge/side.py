"""Beside the verdicts: how many are in, who is out, which returns conflict, and the release."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout, QWidget

from reviewer.records.panel import Custodian
from ui.rooms.chair.sidelist import SideModel, side_list
from ui.rooms.chair.when import when
from ui.rooms.merge.fork import ForkCard
from ui.rooms.merge.nextround import NextRound
from ui.rooms.merge.standing import Out, RoundStands
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.text import Label, restyle

_NOBODY = "Nobody rates yet. Issue a casebook to each panellist under Panel first."


class RoundSide(QWidget):
    """Tells ``asked`` (release), ``next_asked`` (next round), ``chosen`` (one of a conflict)."""

    asked = Signal()
    next_asked = Signal()
    chosen = Signal(str)  # the SHA-256 of the return that shall count

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self._figure = Label("", size="figure")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Returns received")
        self._more = Label("", tone="secondary", wrap=True)
        for part in (self._figure, self._bar, self._more):
            column.addWidget(part)
        column.addWidget(self._build_forks(), 2)
        column.addSpacing(SPACE.S)
        self._model = SideModel(self)
        self._list = side_list(self._model, "Who has returned")
        column.addWidget(self._list, 1)
        self._next = NextRound()
        self._next.asked.connect(self.next_asked)
        column.addWidget(self._next)
        self._opens = Label("", tone="secondary", size="small", wrap=True)
        column.addWidget(self._opens)
        self._release = button("Release the round...", self.asked.emit, kind="primary")
        column.addWidget(self._release, 0, Qt.AlignmentFlag.AlignRight)

    def _build_forks(self) -> QScrollArea:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("Returns that conflict")
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
        self._figure.setText(f"{stands.received} of {stands.expected} received")
        self._bar.setRange(0, max(stands.expected, 1))
        self._bar.setValue(stands.received)
        self._more.setText(_more(stands, released))
        self._model.set_rows(stands.rows)
        self._release.setText(f"Release round {round_}...")
        self._release.setVisible(not released)
        self._release.setEnabled(stands.received > 0)
        self._release.setProperty("kind", "" if stands.out else "primary")
        restyle(self._release)
        self._show_forks(stands.out if not released else ())

    def show_next(self, last: int, cells: int, cases: int) -> None:
        """Say what a round after round ``last`` would ask for, once it is counted."""
        self._next.show_next(last, cells, cases)

    def _show_forks(self, out: tuple[Out, ...]) -> None:
        while (item := self._forks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for one in out:
            if one.fork:
                card = ForkCard(one)
                card.chosen.connect(self.chosen)
                self._forks.addWidget(card)
        self._area.setVisible(self._forks.count() > 0)


def _opens(custodian: Custodian | None) -> str:
    if custodian is None:
        return "Opens with this casebook alone."
    return f"Opens with this casebook and the sheet that {custodian.name} keeps."


def _more(stands: RoundStands, released: str) -> str:
    if released:
        return f"Released {when(released)}."
    if not stands.expected:
        return _NOBODY
    if not stands.out:
        return "Everybody is in. Nothing is open yet: the release opens all returns together."
    names = [one.name for one in stands.out]
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return f"Out: {shown}."
