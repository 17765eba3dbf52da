"""A return that came after its round was released: that it is here, and the reason to open it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from reviewer.messages import later, say
from reviewer.records.text import clean_line
from ui.rooms.merge.half import HalfField
from ui.rooms.merge.round_status import LateSealed, Out
from ui.theme import SPACE
from ui.widgets.form import Form
from ui.widgets.problem import InlineProblem
from ui.widgets.side_form import SideForm
from ui.widgets.text import Label

_MEANS = later(
    "Its ratings stand from then on, named late with your reason in the"
    " ledger and in the paper. They never enter the reliability of round"
    " 1. It cannot be undone."
)


class LateNotice(InlineProblem):
    """Says which returns their round's release did not open, and offers to open one of them.

    They came after it, were left out by the chair, or were set aside. Where none can be opened
    before a choice, the choice is offered.
    """

    open_asked = Signal(object)  # LateSealed
    choice_asked = Signal(object)  # Out: one of its returns shall be chosen

    def show_late(self, late: Sequence[LateSealed]) -> None:
        """Tell of the first of ``late`` that can be opened, and in a line of each other one."""
        if not late:
            self.clear()
            return
        first = next((one for one in late if not one.late.why_not), late[0])
        why, number = first.late.why_not, first.late.received.round
        others = dict.fromkeys(_waits(one) for one in late if _whose(one) != _whose(first))
        self.tell(
            say(
                "A return of {name} is here that was not opened with those of round"
                " {number}. It is kept sealed and counts nowhere.",
                name=first.name,
                number=number,
            ),
            details=(*([why] if why else ()), *others),
            notice=True,
            action=say("Choose which counts...") if why else say("Open it as late..."),
            then=partial(self.choice_asked.emit, _conflict(first, late))
            if why
            else partial(self.open_asked.emit, first),
        )


def _whose(one: LateSealed) -> tuple[str, int]:
    return one.late.member.id, one.late.received.round


def _waits(one: LateSealed) -> str:
    told = say(
        "{name}, round {round}, is waiting too.", name=one.name, round=one.late.received.round
    )
    return f"{told} {one.late.why_not}".rstrip()


def _conflict(first: LateSealed, late: Sequence[LateSealed]) -> Out:
    returns = tuple(one.late.received for one in late if _whose(one) == _whose(first))
    return Out(name=first.name, why=first.late.why_not, fork=returns, late=True)


class LateForm(SideForm):
    """Tells ``confirmed`` with the digest, the reason and the custodian's half or None."""

    confirmed = Signal(str, str, object)  # digest, reason, bytes | None

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", say("Open it as late"), self.send, away=say("Not now"), parent=parent)
        self._digest = ""
        self.inside.setSpacing(SPACE.M)
        self.inside.addWidget(Label(say(_MEANS), wrap=True))
        form = Form()
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        form.add(say("Why it is opened late"), self.reason, help_=say("It stands in the report."))
        self.inside.addWidget(form)
        self._half = HalfField()
        self._half.changed.connect(self._problem.clear)
        self.inside.addWidget(self._half)
        self.inside.addStretch(1)
        self.sure = QCheckBox(say("I have read this"))
        self.over_foot.addWidget(self.sure)

    def begin(self, one: LateSealed) -> None:
        """Ask for ``one``."""
        self._digest = one.late.received.sha256
        self._title.setText(
            say(
                "Open the late return of {name}, round {round}",
                name=one.name,
                round=one.late.received.round,
            )
        )
        self._half.setVisible(one.custodian is not None)
        if one.custodian is not None:
            self._half.ask(one.custodian)
        self.reason.clear()
        self.sure.setChecked(False)
        self._problem.clear()
        self.reason.setFocus()

    def send(self) -> None:
        """Tell the reason, or what is missing."""
        reason = clean_line(self.reason.text())
        if not reason:
            self._problem.tell(say("Say in a few words why this return is opened late."))
            self.reason.setFocus()
        elif self._half.isVisibleTo(self) and self._half.problem:
            self._problem.tell(self._half.problem)
            self._half.focus()
        elif not self.sure.isChecked():
            self._problem.tell(say("Tick the box: this cannot be undone."))
            self.sure.setFocus()
        else:
            half = self._half.half if self._half.isVisibleTo(self) else None
            self.confirmed.emit(self._digest, reason, half)

    def forget(self) -> None:
        """Let go of what the custodian typed."""
        self._half.clear()

    def leave(self) -> None:
        self.forget()
        super().leave()
