"""What is decided of a cell: a point of the scale, its median, or a word; by keys alone, too."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from reviewer.messages import later, say
from reviewer.method.framework import Framework
from reviewer.records.determinations import Ruling
from reviewer.reports import phrases
from ui.widgets.chip import FilterChip
from ui.widgets.flow import Flow
from ui.widgets.rating import PointButton
from ui.widgets.text import set_tip

_WORDS = {
    Ruling.MEDIAN: (later("Leave at the median"), "L"),
    Ruling.NOT_ASSESSABLE: (later("Not assessable"), "A"),
    Ruling.NOT_RELEVANT: (later("Not relevant"), "R"),
    Ruling.REOPENED: (later("Reopen"), "O"),
}
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What is chosen; ``value`` for a point alone."""

    what: Ruling
    value: int | None = None


class _Word(FilterChip):
    """A choice in words; the arrows are the group's, as for a point."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class RulingChoice(QWidget):
    """Digits and letters choose, arrows move, Enter goes on; Tab stops here once."""

    chosen = Signal()
    left = Signal()  # Enter: on to the reason

    def __init__(self, framework: Framework, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Determination"))
        self._made: dict[Chosen, QAbstractButton] = {}
        self._chosen: Chosen | None = None
        row = self._flow = Flow(self)
        for index, point in enumerate(framework.scale):
            made = PointButton(point, index, len(framework.scale), parent=self)
            self._add(row, Chosen(what=Ruling.POINT, value=point.value), made)
        for what, (words, key) in _WORDS.items():
            chip = _Word(say(words), parent=self)
            set_tip(chip, say("Key {key}", key=key))
            self._add(row, Chosen(what=what), chip)

    @property
    def current(self) -> Chosen | None:
        """What is chosen, or None."""
        return self._chosen

    @property
    def offered(self) -> tuple[Chosen, ...]:
        """What can be chosen."""
        return tuple(key for key, made in self._made.items() if not made.isHidden())

    def offer(self, possible: frozenset[Ruling], median: float | None) -> None:
        """Offer what can be decided, and say what the median is."""
        for key, made in self._made.items():
            made.setVisible(key.what in possible)
        leave = self._made[Chosen(what=Ruling.MEDIAN)]
        if isinstance(leave, FilterChip) and median is not None:
            leave.set_text(say("Leave at the median, {number}", number=phrases.number(median)))
        if self._chosen is not None and self._chosen.what not in possible:
            self._chosen = None
        self._fit()
        self._show()

    def choose(self, what: Chosen | None) -> None:
        """Show ``what`` as chosen, where it is offered."""
        self._chosen = what if what is None or not self._made[what].isHidden() else None
        self._show()

    def take_key(self, event: QKeyEvent) -> bool:
        """Choose by a digit or a letter; return whether it was one that is offered."""
        if event.modifiers() & _COMMANDS or not self.isEnabled():
            return False
        text = event.text().upper()
        for key, made in self._made.items():
            means = str(key.value) if key.what is Ruling.POINT else _WORDS[key.what][1]
            if text == means and not made.isHidden():
                self._pick(key)
                return True
        return False

    def focus_first(self) -> None:
        """Take the focus, at what is chosen."""
        at = self._made.get(self._chosen) if self._chosen else None
        offered = (made for made in self._made.values() if not made.isHidden())
        made = at or next(offered, None)
        if made is not None:
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Ask for as many lines as the choices need in this width."""
        self._flow.invalidate()
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offered = [made for made in self._made.values() if not made.isHidden()]
        at = next((n for n, made in enumerate(offered) if made.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and at is not None:
            offered[min(max(at + step, 0), len(offered) - 1)].setFocus()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.left.emit()
        elif not self.take_key(event):
            super().keyPressEvent(event)

    def _add(self, row: Flow, key: Chosen, made: QAbstractButton) -> None:
        made.setAutoExclusive(False)
        made.clicked.connect(lambda _checked=False: self._pick(key))
        row.addWidget(made)
        self._made[key] = made

    def _pick(self, key: Chosen) -> None:
        """Choose ``key``; chosen already, it is let go of."""
        self._chosen = None if key == self._chosen else key
        self._show()
        self._made[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit()

    def _show(self) -> None:
        """Check what is chosen; Tab stops at it alone, or at the first that is offered."""
        stop = self._chosen or next(iter(self.offered), None)
        for key, made in self._made.items():
            made.setChecked(key == self._chosen)
            made.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus
            )
