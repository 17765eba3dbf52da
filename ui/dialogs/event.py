"""An event that the words in hand tell of: asked over the pages."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from reviewer.records.cases import Document
from reviewer.records.events import Event
from ui.dialogs.frame import Frame
from ui.widgets.event_fields import Entered, EventFields, Missing


class EventDialog(Frame):
    """Tells ``wanted`` with an ``Entered``, and stays open until that is kept."""

    wanted = Signal(object)
    begun = Signal(object)  # an Entered that nobody sent: it is being locked

    def __init__(
        self,
        parent: QWidget,
        event: Event,
        documents: Sequence[Document],
        others: Sequence[Event],
    ) -> None:
        super().__init__(
            parent,
            say("Add an event"),
            lead=say("It stands in the chronology of the case, with the page that says so."),
            action=say("Keep it"),
            called=say("Add an event"),
        )
        self.fields = EventFields()
        self.fields.begin(event, documents, others)
        self.body.addWidget(self.fields)

    def keep_begun(self) -> None:
        entered = self.fields.unfinished()
        if entered is not None:
            self.renew()
            self.begun.emit(entered)

    def accept(self) -> None:
        entered = self.fields.entered()
        if isinstance(entered, Missing):
            self.refuse(entered.sentence, entered.field)
        elif isinstance(entered, Entered):
            self.problem.clear()
            self.wanted.emit(entered)
