"""Who is on the panel, put right: another name, or off the panel."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from reviewer.messages import say
from reviewer.records.panel import LONGEST_NAME, Member
from reviewer.records.text import clean_line
from ui.dialogs.frame import Frame
from ui.widgets.form import Form


class RenameDialog(Frame):
    """Asks for the right name; tells ``wanted`` and stays open until it is kept."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, member: Member) -> None:
        told = say(" An update tells them.") if member.issued else ""
        super().__init__(
            parent,
            say("Correct the name of {name}", name=member.name),
            lead=say(
                "As it stands in the report. The journal keeps what it was before.{told}",
                told=told,
            ),
            action=say("Correct it"),
            called=say("Correct the name"),
            width=460,
        )
        self._member = member
        self.name = QLineEdit(member.name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.selectAll()
        form = Form()
        form.add(say("Name"), self.name)
        self.body.addWidget(form)

    def accept(self) -> None:
        name = clean_line(self.name.text())
        if name in {"", self._member.name}:
            self.problem.tell(say("Type the right name."))
            return
        self.problem.clear()
        self.wanted.emit(name)


class RemoveDialog(Frame):
    """Says what it means to take somebody off the panel; tells ``wanted`` with the reason."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, member: Member) -> None:
        issued = (
            say(
                " The casebook that {name} has is not asked for any more, and a return"
                " made with it is refused from now on.",
                name=member.name,
            )
            if member.issued
            else ""
        )
        super().__init__(
            parent,
            say("Take {name} off the panel?", name=member.name),
            lead=say(
                "Nothing of {name} came back, so nothing is lost.{issued} To have them"
                " back, issue another casebook.",
                name=member.name,
                issued=issued,
            ),
            action=say("Take off the panel"),
            width=480,
        )
        self._reason = QLineEdit()
        self._reason.setMaxLength(300)
        form = Form()
        form.add(say("Why"), self._reason, help_=say("The journal keeps it. It may stay empty."))
        self.body.addWidget(form)
        self.sure = QCheckBox(say("This person is not on the panel any more"))
        self.body.addWidget(self.sure)

    def accept(self) -> None:
        if not self.sure.isChecked():
            self.problem.tell(say("Tick the box, so that nobody is removed by a slip."))
            self.sure.setFocus()
            return
        self.problem.clear()
        self.wanted.emit(clean_line(self._reason.text()))
