"""What is done with a record of the register: asked for, answered, its document put to it."""

import re
from collections.abc import Iterable

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError, StateError
from reviewer.messages import say
from reviewer.record_requests.dates import days_after
from reviewer.record_requests.due import WITHIN
from reviewer.record_requests.matching import compared
from reviewer.record_requests.templates import key_of, new_record
from reviewer.records.cases import Case, Document
from reviewer.records.requests import RecordRequest, RequestStep, Status, What

_NUMBER = re.compile(r"[Rr]-?0*(\d{1,9})", re.ASCII)
_SAID_GONE = {Status.NOT_LOCATED, Status.LOST, Status.DESTROYED, Status.NONE}
MOST_WORDS = 4_000  # characters of what an agency said


def refuse_others(book: Casebook) -> None:
    """Raise ``StateError`` in a panellist's casebook, which only knows what its cases lack."""
    if book.about.kind != "chair":
        raise StateError(
            say(
                "The register of records is kept in the chair's casebook. What is missing here is"
                " named in the rating sheet, and reaches the chair with the return."
            )
        )


def find_record(book: Casebook, called: str, case: Case | None = None) -> RecordRequest:
    """Return the record called so: its number (R-0311), or in a case its kind or what exactly.

    Raises ``InputError`` where there is none, or more than one fits.
    """
    number = _NUMBER.fullmatch(called.strip())
    if number is not None:
        found = book.requests.by_number(int(number[1]))
        if found is None or (case is not None and found.case != case.id):
            raise InputError(say("There is no record {called}.", called=called[:60]))
        return found
    if case is None:
        raise InputError(say("Name a record by its number (R-0001), or say of which case it is."))
    return _one(book.requests.of(case.id), called, case)


def _one(records: Iterable[RecordRequest], called: str, case: Case) -> RecordRequest:
    key = compared(called)
    fitting = [one for one in records if key in {compared(one.kind), compared(one.what)}]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise InputError(
            say(
                "Case {case} has no record {called} in the register.",
                case=case.reference,
                called=called[:60],
            )
        )
    raise InputError(
        say(
            "Case {case} has several records {called}: {names}. Name one by its number.",
            case=case.reference,
            called=called[:60],
            names=", ".join(one.name for one in fitting[:12]),
        )
    )


def add_record(
    book: Casebook, case: Case, kind: str, agency: str, what: str = ""
) -> RecordRequest:
    """Put one more record into the register. Raises ``InputError`` where it is there already."""
    refuse_others(book)
    if not compared(kind) or not compared(agency):
        raise InputError(say("A record needs a kind and the agency that should have it."))
    key = key_of(case.id, kind, agency, what)
    for one in book.requests.of(case.id):
        if key_of(one.case, one.kind, one.agency, one.what) == key:
            raise InputError(
                say(
                    "That record of case {case} is in the register: {name}.",
                    case=case.reference,
                    name=one.name,
                )
            )
    made = new_record(case, kind, agency, what)
    book.requests.add([made])
    return book.requests.get(made.id) or made


def ask(
    book: Casebook, record: RecordRequest, *, on: str, today: str, due: str = "", words: str = ""
) -> RecordRequest:
    """Enter that a record was asked for on a day, the first time or again."""
    first = record.status is Status.EXPECTED
    step = RequestStep(
        what=What.REQUESTED if first else What.CHASED,
        date=on,
        due=due or days_after(on, WITHIN),
        words=words,
    )
    return _enter(book, record, step, today)


def answer(
    book: Casebook,
    record: RecordRequest,
    status: Status,
    *,
    on: str,
    today: str,
    due: str = "",
    words: str = "",
    document: Document | None = None,
) -> RecordRequest:
    """Enter what an agency answered; ``document`` is what came, ``due`` when more is promised."""
    if status in {Status.EXPECTED, Status.REQUESTED}:
        raise InputError(say("That is no answer. Enter a request as one."))
    return _enter(
        book,
        record,
        RequestStep(
            what=What(status.value),
            date=on,
            due=due,
            words=words,
            document=document.id if document else "",
        ),
        today,
        document,
    )


def arrived(record: RecordRequest) -> Status:
    """Return what a document that comes now makes of a record: whole, or found after all."""
    return Status.FOUND_LATE if record.status in _SAID_GONE else Status.COMPLETE


def leave_as_it_is(
    book: Casebook, record: RecordRequest, *, on: str, today: str, words: str = ""
) -> RecordRequest:
    """Enter that nothing more is to be asked of a record, whatever its status."""
    return _enter(book, record, RequestStep(what=What.ENOUGH, date=on, words=words), today)


def _enter(
    book: Casebook,
    record: RecordRequest,
    step: RequestStep,
    today: str,
    document: Document | None = None,
) -> RecordRequest:
    refuse_others(book)
    if step.date > today:
        raise InputError(say("{date} is still to come. Enter what has happened.", date=step.date))
    if step.due and step.due < step.date:
        raise InputError(
            say(
                "{due} is before {date}: an answer cannot be due then.",
                due=step.due,
                date=step.date,
            )
        )
    if len(step.words) > MOST_WORDS:
        raise InputError(say("That is more than {most:,} characters.", most=MOST_WORDS))
    if document is not None and document.case != record.case:
        raise InputError(
            say(
                "{title} is a document of another case. Bring it into the case of {name} first.",
                title=document.title,
                name=record.name,
            )
        )
    book.requests.enter([(record.id, step)])
    return book.requests.get(record.id) or record
