"""The form beside the table: an event is entered or changed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from reviewer.records.cases import Case, Document
from reviewer.records.events import Event
from ui.widgets.event_fields import Entered, EventFields, Missing, case_words
from ui.widgets.side_form import SideForm
from ui.widgets.text import Label


class EventForm(SideForm):
    """Asks about one event; tells ``wanted`` with an ``Entered``."""

    wanted = Signal(object)
    begun = Signal(object)  # an Entered that nobody sent: it is being locked

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(say("Add an event"), say("Keep it"), self._send, parent=parent)
        self.fields = EventFields()
        self.of = Label("", tone="secondary", wrap=True)
        self.inside.addWidget(self.of)
        self.inside.addWidget(self.fields)
        self.inside.addStretch(1)

    def begin(
        self, event: Event, documents: Sequence[Document], others: Sequence[Event], *, new: bool
    ) -> None:
        """Ask about ``event``, of whose case these are the documents and the other events."""
        self._title.setText(say("Add an event") if new else say("Change the event"))
        self.fields.begin(event, documents, others)

    def keep_begun(self) -> None:
        entered = self.fields.unfinished()
        if entered is not None:
            self.renew()
            self.begun.emit(entered)

    def name_case(self, case: Case | None) -> None:
        """Say of which case the event is."""
        self.of.setText(case_words(case) if case is not None else "")

    def _send(self) -> None:
        entered = self.fields.entered()
        if isinstance(entered, Missing):
            self.refuse(entered.sentence)
        elif isinstance(entered, Entered):
            self.wanted.emit(entered)
