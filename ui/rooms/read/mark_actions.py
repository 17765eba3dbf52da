"""What is done with the pages in hand: mark, note, attach, and the card of a mark."""

from PySide6.QtCore import QObject, QRect, Qt, Signal

from reviewer.messages import say
from reviewer.method.framework import Factor
from reviewer.records.events import Event
from reviewer.records.ids import EventId, new_id
from reviewer.records.judgement import Mark, Rating
from reviewer.records.moments import range_of, range_words
from reviewer.records.own_marks import cited, labelled, with_citation
from ui.reader.reader import Reader
from ui.reader.shown import Selection
from ui.reader.sound.view import pick_first
from ui.rooms.read.marks.card import MarkCard
from ui.rooms.read.marks.shown import whole_page
from ui.rooms.read.open_case import Judging
from ui.rooms.read.pages.documents import Reading
from ui.rooms.read.pages.sounding import Sounding
from ui.rooms.read.sheet.sheet import ScoreSheet
from ui.widgets import clipboard

_CORNER = QRect(80, 60, 10, 10)  # where a card stands whose mark has no place on the page


class MarkActs(QObject):
    """Turns a selection into marks and evidence; shows the card of the mark that is pressed."""

    event_asked = Signal(object)  # an Event that the words in hand tell of, to be asked about

    def __init__(
        self,
        *,
        judging: Judging,
        reading: Reading,
        reader: Reader,
        sheet: ScoreSheet,
        card: MarkCard,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.judging = judging
        self.reading = reading
        self.reader = reader
        self.sheet = sheet
        self._card = card
        self.sounding = Sounding(judging, reading, self)
        self.active = True  # whether the sheet's own key means these pages
        self._made = ""  # the mark in hand because it was just made
        view = reader.view
        view.mark_asked.connect(self.mark)
        view.note_asked.connect(self.note)
        view.attach_asked.connect(self.attach)
        view.cite_asked.connect(self.cite)
        view.event_asked.connect(self.begin_event)
        view.copy_asked.connect(clipboard.copy)
        view.mark_pressed.connect(self.show_card)
        view.moved.connect(card.close_card)
        view.moved.connect(self._let_go)
        view.mark_shown.connect(self._hold)
        sheet.attach_asked.connect(self._attach_from_sheet)
        card.note_written.connect(judging.set_note)
        card.attach_asked.connect(self.attach_mark)
        card.detach_asked.connect(judging.detach)
        card.delete_asked.connect(judging.delete_mark)
        card.closed.connect(self._on_card_closed)

    def mark(self) -> Mark | None:
        """Mark what is picked; return the mark, or None where nothing was."""
        picked, document = self._picked(), self.reading.document
        if picked is None or document is None:
            self._say_how()
            return None
        mark = self.judging.put_mark(document, picked)
        self._take_in_hand(mark)
        return mark

    def note(self) -> None:
        """Mark what is picked, or take the mark in hand, and open its card to write a note."""
        view = self.reader.view
        rect = view.selection_rect() or _CORNER
        held = self.judging.mark(view.chosen_mark) if view.selection is None else None
        mark = held if held is not None and held.page == view.page else self.mark()
        if mark is not None:
            self.show_card(mark.id, rect)
            self._card.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def attach(self) -> None:
        """Attach what is picked to the factor in focus; without a selection, the chosen mark."""
        factor, document = self.sheet.factor, self.reading.document
        view = self.reader.view
        if factor is None or self.judging.read_only:
            return
        if view.selection is None and self.judging.mark(view.chosen_mark) is not None:
            self.attach_mark(view.chosen_mark)
            return
        picked = self._picked()
        if picked is None or document is None:
            self._say_how()
            return
        self.sheet.flush()
        self._take_in_hand(self.judging.attach(self._rating(factor), document, picked))

    def attach_mark(self, mark: str) -> None:
        """Attach a mark that is there to the factor in focus."""
        factor = self.sheet.factor
        if factor is not None:
            self.sheet.flush()
            self.judging.attach_mark(self._rating(factor), mark)

    def cite(self) -> None:
        """Copy what is picked, or the mark in hand, with where it stands."""
        view, material = self.reader.view, self.judging.material
        mark = self.judging.mark(view.chosen_mark)
        picked = view.selection or (mark and Selection(page=mark.page, anchor=mark.anchor))
        document = self.reading.document
        held = material.document(document) if material is not None and document else None
        if picked is None or held is None or material is None:
            self.reader.say(self._how)
            return
        span = range_of(picked.anchor)
        times = range_words(*span) if span is not None else ""
        called = self.reader.foot.called(picked.page)
        called = labelled(picked.page, called, held.page_count)
        citation = cited(held.title, picked.page, material.case.reference, times, called)
        clipboard.copy(with_citation(picked.anchor.quote, citation))
        self.reader.say(say("Copied, with where it stands: {citation}", citation=citation))

    def begin_event(self) -> None:
        """Ask about an event that what is picked, or the mark in hand, tells of."""
        view, material = self.reader.view, self.judging.material
        mark = self.judging.mark(view.chosen_mark)
        picked = self._picked() or (mark and Selection(page=mark.page, anchor=mark.anchor))
        document = self.reading.document
        if picked is None or document is None or material is None:
            self.reader.say(self._how)
            return
        self.event_asked.emit(
            Event(
                id=EventId(new_id()),
                case=material.case.id,
                what="",
                lane="",
                document=document,
                page=picked.page,
                anchor=picked.anchor,
            )
        )

    def show_card(self, mark: str, rect: QRect) -> None:
        """Show what a mark holds, by ``rect`` of the viewport."""
        held = self.judging.mark(mark)
        if held is not None:
            self._fill(held)
            self._card.place_at(rect)

    def refresh_card(self) -> None:
        """Show on the card what the mark holds now; close it where the mark is gone."""
        if self._card.mark is None:
            return
        held = self.judging.mark(self._card.mark.id)
        if held is None:
            self._card.close_card()
        else:
            self._fill(held)

    # ------------------------------------------------------------ private

    def _take_in_hand(self, mark: Mark | None) -> None:
        """Let the keys mean the mark just made, not one of before, until the pages move.

        On a page without text they mean the page as a whole.
        """
        view = self.reader.view
        view.clear_selection()
        self._made = mark.id if mark is not None and self._picked() is None else ""
        view.chosen_mark = self._made

    def _hold(self, _mark: str) -> None:
        """Keep a mark in hand that was gone to, though it was just made and the pages move."""
        self._made = ""

    def _let_go(self) -> None:
        """Forget the mark just made: another place is in view."""
        view = self.reader.view
        if self._made and view.chosen_mark == self._made:
            view.chosen_mark = ""
        self._made = ""

    def _attach_from_sheet(self) -> None:
        if self.active:
            self.attach()

    def _picked(self) -> Selection | None:
        """Return what is picked; on a page without text the whole page, if nothing is."""
        view = self.reader.view
        if view.selection is not None or self.reader.covered or not view.page:
            return view.selection
        text = view.characters(view.page)
        return whole_page(view.page) if text is not None and not text.placed else None

    def _rating(self, factor: Factor) -> Rating:
        ratings = self.judging.material.ratings if self.judging.material is not None else {}
        return ratings.get(factor.code, Rating(factor=factor.code))

    def _fill(self, mark: Mark) -> None:
        self._card.show_mark(
            mark,
            self.judging.factors(mark.id),
            self.sheet.factor,
            read_only=bool(self.judging.read_only),
            kept=self.judging.kept(mark.id),
        )

    @property
    def _how(self) -> str:
        """What to do before a key can mean something on the pages."""
        if self.sounding.shown:
            return pick_first()
        return say("Pick the words on the page first, then press the key again.")

    def _say_how(self) -> None:
        if not self.judging.read_only:
            self.reader.say(self._how)

    def _on_card_closed(self) -> None:
        self.reader.view.chosen_mark = ""
        self.reader.take_keys()
