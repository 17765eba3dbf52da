"""An event that is being written beside the table: asked about, kept, and never thrown away."""

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.book import Casebook, Change
from reviewer.chronology.keeping import keep_typed, keep_unfinished
from reviewer.messages import later, say
from reviewer.records.events import Event
from reviewer.records.ids import CaseId, EventId
from ui import errors, theme
from ui.desk.desk import Desk
from ui.rooms.chronology.form import EventForm
from ui.rooms.chronology.material import Material
from ui.widgets.card import Card
from ui.widgets.event_fields import Entered

_FIRST = later("You are writing an event here. Keep it first, or have it thrown away.")
_OF_ANOTHER = later("Its case is not shown any more. Keep it all the same, or throw it away.")
_SIDE = 330  # pixels of the form at the drawn text size


class Writing(QObject):
    """The form in its ``card``; it is about one event at a time, of the case it names."""

    away = Signal()  # the form was put away
    kept = Signal(str, str)  # the id of the event that was kept, and what is to be said of it

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Event | None = None  # what the form began with
        self.form = EventForm()
        self.card = Card()
        self.card.setFixedWidth(round(_SIDE * theme.scale()))
        self.card.body.addWidget(self.form)
        self.card.hide()
        self.form.wanted.connect(self._keep)
        self.form.begun.connect(self._keep_begun)
        self.form.away.connect(self._put_away)

    @property
    def begun(self) -> bool:
        """Whether the form holds what nobody has sent yet, also while another room is shown."""
        return not self.card.isHidden() and self.form.filled

    def ask(self, event: Event, material: Material, *, new: bool) -> None:
        """Ask about an event of the case of ``material``."""
        if self.refuses():
            return
        documents = [one for one in material.documents.values() if one.current]
        if event.document is not None and event.document not in {one.id for one in documents}:
            documents.append(material.documents[event.document])
        others = [one.event for one in material.placed if one.event.id != event.id]
        self._asked = event
        self.card.show()
        self.form.begin(event, documents, others, new=new)
        self.form.name_case(material.case)
        self.form.renew()

    def refuses(self) -> bool:
        """Say so where what is written here would be lost; return whether that is so."""
        if self.begun:
            self.form.ask_first(say(_FIRST))
            return True
        return False

    def look(self, material: Material) -> None:
        """Put the form away where its event went, or its case; what was typed in it stays."""
        if self._asked is None or not self.card.isVisible():
            return
        there = {one.event.id for one in material.placed}
        elsewhere = material.case is None or self._asked.case != material.case.id
        if not self.form.filled:
            if elsewhere or (self._asked.at and self._asked.id not in there):
                self._put_away()
        elif elsewhere:
            self.form.ask_first(say(_OF_ANOTHER))

    def let_go(self) -> None:
        """Hold nothing any more: the casebook is being locked."""
        self.card.hide()
        self._asked = None
        self.form.begin(Event(id=EventId(""), case=CaseId(""), what="", lane=""), (), (), new=True)
        self.form.name_case(None)
        self.form.renew()

    # ------------------------------------------------------------ private

    def _put_away(self) -> None:
        self.card.hide()
        self.away.emit()

    def _keep(self, entered: Entered) -> None:
        was, told = self._asked or entered.event, [""]

        def change(book: Casebook) -> Change | None:
            kept = keep_typed(book, was, entered.event, entered.quote)
            told[0] = kept.told
            return kept.change

        def done(_change: Change | None) -> None:
            self._put_away()
            self.kept.emit(was.id, told[0])

        self._desk.do(change).owner(self).failed(self._refused).succeeded(done).run()

    def _keep_begun(self, entered: Entered) -> None:
        was, typed, quote = self._asked or entered.event, entered.event, entered.quote
        self._desk.do(lambda book: keep_unfinished(book, was, typed, quote), keep=True).run()

    def _refused(self, error: Exception) -> None:
        words = errors.words(error)
        self.form.refuse(words.sentence, words.details)
