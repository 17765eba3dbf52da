"""A chronology as a table of its own (CSV): written for other programs, and brought in whole.

What is no date keeps its words and stands without one; a lane of another name keeps that name and
stands among the others; a document that is not here keeps its name. Each is told. What cannot be
an event at all, such as a row that says nothing, refuses the whole file.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.chronology.clocks import as_told, read_clock
from reviewer.chronology.dates import When, read
from reviewer.chronology.dealings import LONGEST, enter, passage, require_sound
from reviewer.chronology.known_again import sort_out
from reviewer.chronology.timeline import ordered
from reviewer.chronology.words import clock_words
from reviewer.documents.outside.table import (
    Kind,
    Table,
    hidden_rows,
    read_table,
    unread_formulas,
)
from reviewer.errors import InputError, RegisterError
from reviewer.files.write import write_whole
from reviewer.messages import plural, say
from reviewer.records.cases import Case, Document
from reviewer.records.cells import as_csv, plain_cell
from reviewer.records.events import Event, Lane, Standing, lane_of
from reviewer.records.ids import DocumentId, EventId, new_id
from reviewer.records.judgement import Anchor
from reviewer.records.text import clean, clean_line, look_alike

COLUMNS = (
    "when", "as_written", "precision", "clock", "lane", "what", "document", "page", "quote",
    "status", "disputed_by", "event", "disputed_with", "follows",
)  # fmt: skip
_NEEDED = ("when", "lane", "what")
_KIND = Kind(error=RegisterError, key="what", max_bytes=64 << 20, max_rows=20_000)
_MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) (?P<hour>\d\d:\d\d)(?P<second>:\d\d)?", re.ASCII)
_PAGE = re.compile(r"\d{1,6}(?:\.0+)?", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class BroughtEvents:
    """What came of a table: events added, those that were there the same, and others.

    ``undated`` stand without a date. ``differing`` are there by their id or by what they say, and
    say something else, as who disputes it: what is there stays as it is, a line each. ``notes``
    are sentences about what was kept otherwise than it was meant.
    """

    added: int
    unchanged: int
    undated: int
    differing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def export_events(book: Casebook, case: Case, path: Path, *, replacing: bool = False) -> int:
    """Write the chronology of ``case`` to ``path``; returns how many events it has.

    Raises what ``write_whole`` raises.
    """
    events = [one.event for one in ordered(book.events.of(case.id))]
    documents = {one.id: one for one in book.documents.of(case.id)}
    write_whole(path, as_csv(_rows(events, documents)), overwrite=replacing)
    return len(events)


def _rows(
    events: Sequence[Event], documents: Mapping[DocumentId, Document]
) -> Iterator[tuple[str | int, ...]]:
    yield COLUMNS
    titles = Counter(one.title for one in documents.values())
    for event in events:
        document = documents.get(event.document) if event.document else None
        title = event.source
        if document is not None:
            title = document.title if titles[document.title] == 1 else document.id
        yield (
            event.when,
            event.written,
            read(event.when).precision.value,
            clock_words(event.clock, event.fast),
            event.lane,
            event.what,
            title,
            event.page or "",
            event.quote,
            event.standing.value,
            event.disputed_by,
            event.id,
            event.disputed_with,
            event.follows,
        )


def import_events(book: Casebook, case: Case, path: Path) -> BroughtEvents:
    """Bring the table in ``path`` (CSV or a spreadsheet) into the chronology of ``case``.

    Raises ``RegisterError`` with one line a fault in ``details``; nothing is changed then.
    """
    book.require("enter events")
    table = read_table(path, _KIND)
    reading = _Reading(book, case, _header(path, table.rows[0]))
    reading.faults += unread_formulas(table)
    for number, cells in enumerate(table.rows[1:], table.top + 2):
        if any(cell.strip() for cell in cells):
            reading.take(number, cells)
    reading.find_others()
    if reading.faults:
        raise RegisterError(_summary(path, reading.faults), details=reading.faults)
    return _store(book, reading, _notes(table))


class _Reading:
    """The rows of one table on their way to events, with what is wrong or told of them."""

    def __init__(self, book: Casebook, case: Case, names: Sequence[str]) -> None:
        self._book, self._case, self._names = book, case, names
        self.documents = list(book.documents.of(case.id))
        self._taken: dict[str, int] = {}
        self.there = {event.id: event for event in book.events.of(case.id)}
        self.made: list[tuple[int, Event]] = []
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.ignored = [name for name in names if name and name not in COLUMNS]

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Make an event of one row, or say why it is none."""
        try:
            self.made.append((number, self._event(number, self._row(cells))))
        except InputError as error:
            self.faults.append(say("Row {number}: {fault}", number=number, fault=str(error)))

    def _row(self, cells: Sequence[str]) -> dict[str, str]:
        if any(cell.strip() for cell in cells[len(self._names) :]):
            raise InputError(say("it has more cells than there are columns."))
        return {
            name: clean(plain_cell(cell)).strip()
            for name, cell in zip(self._names, cells, strict=False)
        }

    def find_others(self) -> None:
        """Hold every event against those that it names."""
        ids = {*self.there, *(event.id for _, event in self.made)}
        documents = {one.id: one for one in self.documents}
        for number, event in self.made:
            try:
                require_sound(event, documents, ids)
            except InputError as error:
                self.faults.append(say("Row {number}: {fault}", number=number, fault=str(error)))

    def _event(self, number: int, row: Mapping[str, str]) -> Event:
        when = read(_as_edtf(clean_line(row.get("when", ""))))
        self._tell_of_date(number, when, row.get("precision", ""))
        lane = clean_line(row.get("lane", ""))
        if lane and lane_of(lane) is Lane.OTHERS and look_alike(lane) != Lane.OTHERS.value:
            self._note(
                number,
                say(
                    "there is no lane “{lane}”; it stands under Others with that name.", lane=lane
                ),
            )
        clock = read_clock(row.get("clock", ""))
        if not clock.plain:
            self._note(number, as_told(clock.name))
        document, source, page, anchor = self._place(number, row)
        standing = _standing(row.get("status", ""), row.get("disputed_by", ""))
        return Event(
            id=self._identity(number, row.get("event", "")),
            case=self._case.id,
            when=when.text,
            written=clean_line(row.get("as_written", "")),
            clock=clock.name,
            fast=clock.fast,
            lane=next((one.value for one in Lane if one.value == look_alike(lane)), lane),
            what=clean_line(row.get("what", "")),
            document=None if document is None else document.id,
            source=source,
            page=page,
            anchor=anchor,
            standing=standing,
            disputed_by=clean_line(row.get("disputed_by", "")),
            disputed_with=row.get("disputed_with", ""),
            follows=row.get("follows", ""),
        )

    def _identity(self, number: int, given: str) -> EventId:
        if not given:
            return EventId(new_id())
        if len(given) > len(new_id()):
            raise InputError(say("“{event}” names no event.", event=given[:60]))
        if given in self._taken:
            raise InputError(say("it is the event of row {other}.", other=self._taken[given]))
        self._taken[given] = number
        if given not in self.there and self._book.events.get(EventId(given)) is not None:
            raise InputError(say("it is an event of another case."))
        return EventId(given)

    def _tell_of_date(self, number: int, when: When, precision: str) -> None:
        if when.text and not when.dated:
            self._note(
                number,
                say(
                    "“{when}” is no date of the calendar as EDTF writes it; its words are kept,"
                    " and it stands without a date.",
                    when=when.text[:60],
                ),
            )
        elif precision and look_alike(precision) != when.precision.value:
            self._note(
                number,
                say(
                    "its precision says “{said}”; its date says “{read}”, which is what counts.",
                    said=precision[:40],
                    read=when.precision.value,
                ),
            )

    def _place(
        self, number: int, row: Mapping[str, str]
    ) -> tuple[Document | None, str, int, Anchor]:
        name, quote = clean_line(row.get("document", "")), row.get("quote", "")
        page = _page(row.get("page", ""))
        if len(quote) > LONGEST["quote"]:
            raise InputError(say("its quotation is longer than a page can be."))
        loose = Anchor(kind="text", quote=quote) if quote else Anchor(kind="page")
        if not name:
            return None, "", page, loose
        found = [one for one in self.documents if name in {one.id, one.title, one.file_name}]
        found = [one for one in found if one.current] or found
        if len(found) != 1:
            told = (
                say("there is no document “{name}” in this case; its name is kept.", name=name)
                if not found
                else say("several documents are called “{name}”; its name is kept.", name=name)
            )
            self._note(number, told)
            return None, name, page, loose
        (document,) = found
        if page > document.page_count:
            return document, "", page, loose  # refused with its sentence
        at, anchor = passage(self._book, document, page, quote)
        if quote and not anchor.end:
            self._note(
                number,
                say("no page of {title} has its quotation; the words are kept.",
                    title=document.title),
            )  # fmt: skip
        elif page and at != page:
            self._note(
                number,
                say("its quotation stands on page {at}, not {page}; that page is kept.",
                    at=at, page=page),
            )  # fmt: skip
        return document, "", at, anchor

    def _note(self, number: int, told: str) -> None:
        self.notes.append(say("Row {number}: {fault}", number=number, fault=told))


def _as_edtf(text: str) -> str:
    """Return a date and time as spreadsheets write it as EDTF does, else ``text``."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    second = (found["second"] or "").removesuffix(":00")
    spelt = f"{found['day']}T{found['hour']}{second}"
    return spelt if read(spelt).dated else text


def _standing(status: str, by: str) -> Standing:
    key = look_alike(status) or (Standing.DISPUTED if by.strip() else Standing.UNDISPUTED).value
    for standing in Standing:
        if key == standing.value:
            return standing
    raise InputError(
        say(
            "there is no status “{status}”. There are: {all}.",
            status=clean_line(status)[:60],
            all=", ".join(Standing),
        )
    )


def _page(text: str) -> int:
    if not text:
        return 0
    if not _PAGE.fullmatch(text):
        raise InputError(say("“{page}” is no number of a page.", page=text[:40]))
    return int(float(text))


def _header(path: Path, cells: Sequence[str]) -> list[str]:
    names = [look_alike(plain_cell(cell)).replace(" ", "_") for cell in cells]
    names = [
        name if name in COLUMNS else clean_line(cell)
        for name, cell in zip(names, cells, strict=True)
    ]
    missing = [name for name in _NEEDED if name not in names]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if missing or twice:
        raise RegisterError(
            say(
                "{name} is no chronology: it needs the columns {needed}, each once, and may have"
                " {others}. It has {seen}.",
                name=path.name,
                needed=", ".join(_NEEDED),
                others=", ".join(name for name in COLUMNS if name not in _NEEDED),
                seen=", ".join(name[:40] for name in names[:14] if name) or say("none"),
            )
        )
    return names


def _summary(path: Path, faults: Sequence[str]) -> str:
    return plural(
        "{name} was not brought in: {count} row cannot be an event as it is. Nothing was changed.",
        "{name} was not brought in: {count} rows cannot be events as they are. Nothing was"
        " changed.",
        count=len(faults),
        name=path.name,
    )


def _notes(table: Table) -> list[str]:
    notes = list(table.notes)
    if table.guessed:
        notes.append(say("The table does not state its encoding; it was read as Windows-1252."))
    return [*notes, *hidden_rows(table)]


def _store(book: Casebook, reading: _Reading, notes: list[str]) -> BroughtEvents:
    documents = {one.id: one for one in reading.documents}
    found = sort_out(reading.made, reading.there.values(), documents)
    enter(book, found.added)
    notes += reading.notes + found.notes
    notes += [say("Column “{name}” has no place here and was not kept.", name=name)
              for name in reading.ignored]  # fmt: skip
    return BroughtEvents(
        added=len(found.added),
        unchanged=len(reading.made) - len(found.added) - len(found.differing),
        undated=sum(not read(event.when).dated for event in found.added),
        differing=tuple(found.differing),
        notes=tuple(notes),
    )
