"""What is asked of an event: when, as written and as read, whose account, which page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from reviewer.chronology.clocks import read_clock
from reviewer.chronology.dates import read
from reviewer.chronology.dealings import LONGEST, MOST_FAST
from reviewer.chronology.finding import Offer, is_day, offers, timed
from reviewer.chronology.words import how_exactly, shown
from reviewer.messages import say
from reviewer.records.cases import Case, Document
from reviewer.records.events import (
    LANE_NAMES,
    STANDING_NAMES,
    Event,
    Lane,
    Standing,
)
from reviewer.records.ids import DocumentId
from reviewer.records.moments import range_of
from reviewer.records.text import look_alike
from ui import theme
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.order import go_through
from ui.widgets.text import Label, set_tip

_DAY = "2012-03-11"
_LINES = 3  # of a quotation, before it scrolls


@dataclass(frozen=True, kw_only=True, slots=True)
class Entered:
    """An event as it was typed, with the words of a page whose place is still to be found."""

    event: Event
    quote: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """What stands in the way, in a sentence, and the field that it is about."""

    sentence: str
    field: QWidget


class EventFields(QWidget):
    """The fields of one event. Dates that its quotation has are offered as buttons.

    With ``wide`` its words stand on top, and short fields beside each other.
    """

    def __init__(self, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        self._event: Event | None = None
        self._documents: tuple[Document, ...] = ()
        self._above: tuple[str, ...] = ()
        self.what, self.when, self.written, self.clock, self.by = (QLineEdit() for _ in range(5))
        self.lane, self.document, self.standing, self.follows = (_box() for _ in range(4))
        self.lane.setEditable(True)
        self.fast, self.page = _number(), _number()
        self.fast.setRange(-MOST_FAST, MOST_FAST)
        self.fast.setSuffix(say(" min"))
        self.page.setSpecialValueText(say("none"))
        self.quote = QPlainTextEdit()
        self.quote.setTabChangesFocus(True)
        line = self.quote.fontMetrics().lineSpacing() * (_LINES - wide)
        self.quote.setFixedHeight(line + round(20 * theme.scale()))
        self.read_as = Label("", tone="secondary", size="small", wrap=True)
        self.offered = QWidget()
        self._offers = Flow(self.offered)
        self.when.textChanged.connect(self._tell_of_date)
        self.document.currentIndexChanged.connect(self._bound_page)
        self._build(wide=wide)

    def begin(
        self,
        event: Event,
        documents: Sequence[Document],
        others: Sequence[Event],
        above: Sequence[str] = (),
    ) -> None:
        """Ask about ``event``, of whose case these are the documents and the other events.

        ``above`` are the ways to read the day that stands over its words on their page (ISO).
        """
        self._event, self._documents = event, tuple(documents)
        self._above = tuple(above)
        self.what.setText(event.what)
        self.when.setText(event.when)
        self.written.setText(event.written)
        self.clock.setText(event.clock)
        self.fast.setValue(event.fast)
        self.by.setText(event.disputed_by)
        self.quote.setPlainText(event.quote)
        _fill(self.lane, {lane.value: say(LANE_NAMES[lane]) for lane in Lane}, event.lane)
        if event.lane and self.lane.currentIndex() < 0:
            self.lane.setEditText(event.lane)
        titles = {"": event.source or say("none")} | {one.id: one.title for one in self._documents}
        _fill(self.document, titles, event.document or "")
        standings = {one.value: say(STANDING_NAMES[one]) for one in Standing}
        _fill(self.standing, standings, event.standing.value)
        after = {"": say("no other")} | {one.id: one.what for one in others}
        _fill(self.follows, after, event.follows)
        self._bound_page()
        self.page.setValue(event.page)
        self._tell_of_date()
        self._offer(event)
        self.what.setFocus()

    def entered(self) -> Entered | Missing | None:
        """Return what was typed, or what of it is missing; None where nothing was asked."""
        event = self._event
        if event is None:
            return None
        if not self.what.text().strip():
            return Missing(sentence=say("Say what happened."), field=self.what)
        if not self._lane():
            sentence = say("Say whose account it is: choose a lane.")
            return Missing(sentence=sentence, field=self.lane)
        clock = read_clock(self.clock.text())
        if clock.fast or not clock.plain:
            sentence = say("Give the clock's name alone; below it, how far it runs ahead.")
            return Missing(sentence=sentence, field=self.clock)
        return Entered(event=self._typed(event), quote=self.quote.toPlainText().strip())

    def unfinished(self) -> Entered | None:
        """Return what was typed, whatever is missing; None where it is too long to be kept."""
        event = self._event
        if event is None:
            return None
        made = Entered(event=self._typed(event), quote=self.quote.toPlainText().strip())
        held = {name: getattr(made.event, name) for name in LONGEST} | {"quote": made.quote}
        return made if all(len(held[name]) <= most for name, most in LONGEST.items()) else None

    def _typed(self, event: Event) -> Event:
        document = self._chosen_document()
        return replace(
            event,
            what=self.what.text(),
            when=self.when.text().strip(),
            written=self.written.text(),
            clock=self.clock.text(),
            fast=self.fast.value(),
            lane=self._lane(),
            document=None if document is None else DocumentId(document.id),
            source="" if document is not None else event.source,
            page=self.page.value(),
            standing=Standing(str(self.standing.currentData())),
            disputed_by=self.by.text(),
            follows=str(self.follows.currentData() or ""),
        )

    def _build(self, *, wide: bool) -> None:
        form = Form(close=wide)
        if wide:
            form.add(say("The words of the page"), self.quote)
        form.add(say("What happened"), self.what)
        form.add(
            say("When"),
            self.when,
            help_=say(
                "2012-03-11T22:04, 2012-03-11 or 2012-03. Add ~ for about then. A / stands between"
                " two times for between them, ../ in front of one for before it, /.. behind it for"
                " after it."
            ),
        )
        form.add_plain(self.read_as)
        form.add_plain(self.offered)
        written = form.add(say("As the page writes it"), self.written)
        lane = form.add(say("Whose account"), self.lane)
        document = form.add(say("Document"), self.document)
        page = form.add(say("Page number"), self.page)
        if not wide:
            form.add(say("The words of the page"), self.quote)
        clock = form.add(
            say("Clock"), self.clock, help_=say("Empty: none in particular. Else CAD, ward.")
        )
        fast = form.add(say("This clock runs ahead by"), self.fast)
        standing = form.add(say("State"), self.standing)
        by = form.add(say("Disputed by"), self.by)
        form.add(
            say("It happened after"),
            self.follows,
            help_=say("Where only the order is known."),
        )
        if wide:
            for first, second in (
                (written, lane),
                (document, page),
                (clock, fast),
                (standing, by),
            ):
                form.beside(first, second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)

    def _tell_of_date(self) -> None:
        when = read(self.when.text())
        if when.dated:
            told = say("Read as {when}, {how}", when=shown(when), how=how_exactly(when))
        elif when.text.strip():
            told = say("This is no date: the words are kept, and the event stands without one.")
        else:
            told = say("Without a date")
        self.read_as.setText(told)

    def _offer(self, event: Event) -> None:
        """Offer the dates that stand in the words; none is taken before it is pressed.

        A time without its day is offered with the day above it, and with that of its document.
        """
        self._offers.clear()
        found = [(one, "") for one in offers(event.quote)]
        if range_of(event.anchor) is None:  # the times of a recording are none of a day
            given = next((one.date for one in self._documents if one.id == event.document), "")
            days = {given: say("date of the document")} if is_day(given) else {}
            days = dict.fromkeys(self._above, say("day above")) | {
                day: told for day, told in days.items() if day not in self._above
            }
            found += [(one, days[one.when[: len(_DAY)]]) for one in timed(event.quote, [*days])]
        stops: list[QWidget] = [self.when]
        for one, whence in found:
            words = shown(read(one.when))
            if whence:
                words = say("{when}, {whence}", when=words, whence=whence)
            made = button(words, partial(self._take, one), kind="chip")
            told = say("Take this date: the page writes {written}", written=one.written)
            made.setAccessibleDescription(told)
            set_tip(made, told)
            self._offers.addWidget(made)
            stops.append(made)
        go_through([*stops, self.written])
        self.offered.setVisible(bool(found))

    def _take(self, offer: Offer) -> None:
        self.when.setText(offer.when)
        self.written.setText(offer.written)

    def _bound_page(self) -> None:
        document = self._chosen_document()
        self.page.setMaximum(document.page_count if document is not None else 9999)

    def _chosen_document(self) -> Document | None:
        wanted = self.document.currentData()
        return next((one for one in self._documents if one.id == wanted), None)

    def _lane(self) -> str:
        typed = self.lane.currentText().strip()
        names = {look_alike(say(LANE_NAMES[lane])): lane.value for lane in Lane}
        return names.get(look_alike(typed), typed)


def case_words(case: Case) -> str:
    """Return what a form says of the case whose chronology the event is in."""
    return f"{case.reference} \u00b7 {case.title}"


def _number() -> QSpinBox:
    made = QSpinBox()
    made.lineEdit().setTextMargins(SPACE.S, 0, SPACE.S, 0)  # a style sheet gives it no padding
    return made


def _box() -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def _fill(box: QComboBox, words: Mapping[str, str], chosen: str) -> None:
    box.clear()
    for key, text in words.items():
        box.addItem(text, key)
    box.setCurrentIndex(box.findData(chosen))
