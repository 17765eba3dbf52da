"""What is done to the register from its view: functions that run on the casebook's thread."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.record_requests.dealings import (
    add_record,
    answer,
    ask,
    leave_as_it_is,
)
from reviewer.record_requests.letters import write_due
from reviewer.record_requests.templates import Template, expected_of
from reviewer.records.requests import RecordRequest, Status, What
from ui.rooms.cases.records.forms import Added, Entry


def enter(book: Casebook, record: RecordRequest, entry: Entry, today: str) -> RecordRequest:
    """Enter what happened to a record."""
    if entry.what in {What.REQUESTED, What.CHASED}:
        return ask(book, record, on=entry.on, today=today, due=entry.due, words=entry.words)
    if entry.what is What.ENOUGH:
        return leave_as_it_is(book, record, on=entry.on, today=today, words=entry.words)
    return answer(
        book,
        record,
        Status(entry.what.value),
        on=entry.on,
        today=today,
        due=entry.due,
        words=entry.words,
        document=entry.document,
    )


def add(book: Casebook, added: Added) -> RecordRequest:
    """Put one more record into the register."""
    return add_record(book, added.case, added.kind, added.agency, added.what)


def expect(book: Casebook, templates: Sequence[Template]) -> int:
    """Give every case the records of ``templates``; return how many were added."""
    added = 0
    for one in templates:
        new = expected_of(one, book.cases.all(), book.requests.all())
        if new:
            book.requests.add(new)
        added += len(new)
    return added


def letters(book: Casebook, folder: Path, addresses: Mapping[str, str], today: str) -> list[Path]:
    """Keep the addresses, and write the letters that are due into ``folder``."""
    from reviewer.reports.letters.write import write_letters  # noqa: PLC0415 - draws paper: late

    known = book.requests.addresses()
    for agency, address in addresses.items():
        if address and known.get(agency) != address:
            book.requests.address(agency, address)
    papers = write_due(book, on=today, today=today).papers
    return write_letters(book, papers, folder)
