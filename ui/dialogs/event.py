"""An event that the words in hand tell of: asked over the pages."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from reviewer.records.cases import Case, Document
from reviewer.records.events import Event
from ui.dialogs.frame import Frame
from ui.widgets.event_fields import Entered, EventFields, Missing, case_words

_WIDE = 640  # pixels at the drawn text size


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
        *,
        above: Sequence[str] = (),
        case: Case | None = None,
    ) -> None:
        """Ask about ``event`` of ``case``; ``above`` are days that stand over its words (ISO)."""
        super().__init__(
            parent,
            say("Add an event"),
            lead=case_words(case) if case is not None else "",
            action=say("Keep it"),
            called=say("Add an event"),
            width=_WIDE,
        )
        self.fields = EventFields(wide=True)
        self.fields.begin(event, documents, others, above)
        self.body.addWidget(self.fields)
        self.fields.what.setFocus()  # its words stand over it, and are there already

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
