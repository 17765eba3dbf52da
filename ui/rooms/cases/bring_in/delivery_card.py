"""A delivery as a record: who sent it, when it came; and taking back what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from reviewer.intake.delivery.assess import State
from reviewer.intake.delivery.staging import Label as DeliveryLabel
from reviewer.messages import say
from ui.rooms.cases.bring_in.work import Shown
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.filled import saved_as_typed
from ui.widgets.form import Form
from ui.widgets.text import Label


class DeliveryCard(Card):
    """Tells what is typed of the delivery, and that it is to be taken back and why."""

    labelled = Signal(object)  # staging.Label
    taken_back = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("This delivery"))
        self._number = 0  # of the delivery that was typed for
        self._told = Label("", tone="secondary", wrap=True)
        self.body.addWidget(self._told)
        self.who, self.received, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        form = Form()
        for label, field, help_ in (
            (say("From"), self.who, ""),
            (say("Came on"), self.received, say("Written like 2019-05-03")),
        ):
            saved_as_typed(field)
            field.setMaxLength(300)
            form.add(label, field, help_=help_)
        form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body.addWidget(form)
        self.keep = button(say("Keep this"), self._keep)
        self.body.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._why = Form()
        saved_as_typed(self.reason)
        self.reason.setMaxLength(300)
        self._why.add(
            say("Take it back because"),
            self.reason,
            help_=say("What came of it is no longer shown; nothing is deleted."),
        )
        self._why.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self._why)
        self.back = button(say("Take back"), self._back)
        self.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    def show_delivery(self, shown: Shown) -> None:
        """Show a delivery; what somebody typed for it and has not sent stays where it is."""
        one = shown.delivery
        same, self._number = one.number == self._number, one.number
        notes = " ".join(one.notes)
        self._told.setText(
            say(
                "Delivery {number}: {name}. {notes}", number=one.number, name=one.name, notes=notes
            )
        )
        for field, word in (
            (self.who, one.sender),
            (self.received, one.received),
            (self.reason, ""),
        ):
            if not (same and field.isModified()) or field.text().strip() == word:
                field.setText(word)
        here = shown.looked.table.count(State.BROUGHT_IN) > 0
        for part in (self._why, self.back):
            part.setVisible(here)

    def _keep(self) -> None:
        label = DeliveryLabel(sender=self.who.text(), received=self.received.text().strip())
        self.labelled.emit(label)

    def _back(self) -> None:
        self.reason.setModified(False)
        self.taken_back.emit(self.reason.text().strip())
