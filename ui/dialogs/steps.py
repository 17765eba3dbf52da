"""What I did: every step that can be taken back, newest first, each with its place."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from reviewer.messages import later, say
from reviewer.records.steps import WorkStep
from ui import theme
from ui.dialogs.frame import Frame
from ui.widgets.rows import SideRow, SideRowDelegate, Sign, side_item
from ui.widgets.text import Label, plain

_LEAD = later(
    "Ctrl+Z takes back what you did since you opened this casebook. Here a"
    " single older step can be taken back too, and done again, as long as"
    " no later one builds on it."
)
_NONE = later("There is no step that could be taken back. What belongs to a closed round stays.")
_STEP = int(Qt.ItemDataRole.UserRole) + 1
_HEIGHT = 320  # of the list, at the drawn text size


class StepsDialog(Frame):
    """Shows the steps it is given; tells which is to be shown, taken back or done again."""

    shown = Signal(object)  # Where
    taken = Signal(object)  # WorkStep

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, say("What I did"), lead=say(_LEAD), width=620)
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(SideRowDelegate(self.list))
        self.list.setAccessibleName(say("Steps, newest first; Enter shows where one is"))
        self.list.setMinimumHeight(round(_HEIGHT * theme.scale()))
        self.list.setMouseTracking(True)
        self.list.selectionModel().currentChanged.connect(lambda _now, _old: self._choose())
        self.list.activated.connect(lambda _index: self._show())
        self.none = Label(say(_NONE), tone="secondary", wrap=True)
        self.body.addWidget(self.list)
        self.body.addWidget(self.none)
        self.show_it = self.add_button(say("Show where it is"), self._show)
        self.turn = self.add_button(say("Take back"), self._turn)
        for made in (self.away, self.show_it, self.turn):
            made.setAutoDefault(False)  # Enter in the list shows; it takes nothing back
        self.none.hide()
        self._choose()

    @property
    def step(self) -> WorkStep | None:
        """The step that is chosen."""
        found = self.list.currentIndex().data(_STEP)
        return found if isinstance(found, WorkStep) else None

    def show_steps(self, steps: list[WorkStep], *, after: int) -> None:
        """Show ``steps``; those up to the journal entry ``after`` are of earlier sessions."""
        kept = self.list.currentIndex().row()
        self.model.clear()
        for step in steps:
            row = _row(step, earlier=step.seq <= after)
            item = side_item(row, _STEP, step)
            item.setToolTip(plain(step.told))
            self.model.appendRow(item)
        self.list.setVisible(bool(steps))
        self.none.setVisible(not steps)
        if steps:
            self.list.setCurrentIndex(self.model.index(min(max(kept, 0), len(steps) - 1), 0))
            if kept < 0:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._choose()

    # ------------------------------------------------------------ private

    def _choose(self) -> None:
        step = self.step
        self.turn.setEnabled(step is not None)
        self.show_it.setEnabled(step is not None and step.where is not None)
        words = say("Do it again") if step is not None and step.undone else say("Take back")
        self.turn.setText(words)
        self.turn.setAccessibleName(words)

    def _show(self) -> None:
        step = self.step
        if step is not None and step.where is not None:
            self.shown.emit(step.where)
            self.reject()

    def _turn(self) -> None:
        if self.step is not None:
            self.problem.clear()
            self.taken.emit(self.step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.list.hasFocus():
            return  # the list has shown it; no button is meant
        super().keyPressEvent(event)


def _row(step: WorkStep, *, earlier: bool) -> SideRow:
    moment = dt.datetime.fromisoformat(step.at).astimezone()
    today = moment.date() == dt.datetime.now().astimezone().date()
    signs = []
    if step.undone:
        signs.append(Sign(text=say("TAKEN BACK"), words=say("taken back")))
    elif earlier:
        signs.append(Sign(text=say("EARLIER"), words=say("from an earlier session")))
    return SideRow(
        first=step.reference or say("Several cases"),
        second=step.words,
        state=f"{moment:%H:%M}" if today else f"{moment.day} {moment:%b %H:%M}",
        signs=tuple(signs),
    )
