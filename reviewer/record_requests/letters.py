"""Letters to agencies as values: what is asked for, with what has happened since the first one.

A letter is made of a template and of the register, and names cases by their reference alone.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.assets import resource
from reviewer.casebook.book import Casebook
from reviewer.errors import InputError
from reviewer.files.read import read_small
from reviewer.messages import say
from reviewer.record_requests.dates import days_after
from reviewer.record_requests.dealings import refuse_others
from reviewer.record_requests.due import WITHIN, Ask, Letter, letters_due, next_step
from reviewer.records.ids import RequestId
from reviewer.records.requests import RecordRequest, RequestStep, What
from reviewer.records.text import clean, clean_line

_MOST_BYTES = 64 << 10
_FIELDS = ("inquiry", "number", "date", "due", "agency")
_FIELD = re.compile(r"\{([^{}]*)\}")
_TEXTS = ("title", "opening", "first", "again", "closing", "signature")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """A letter's template: its texts by name, and what is asked of a record by ``Ask``."""

    texts: Mapping[str, str]
    asks: Mapping[Ask, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record in a letter; ``history`` is "" where it is asked for the first time."""

    record: str
    case: str
    title: str
    history: str
    ask: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One letter as it is to be read; ``steps`` is what the register keeps once it is written."""

    number: int
    agency: str
    address: tuple[str, ...]
    date: str
    title: str
    marking: str
    inquiry: str
    invented: bool
    opening: tuple[str, ...]
    first: str
    asked: tuple[Row, ...]
    again: str
    chased: tuple[Row, ...]
    closing: tuple[str, ...]
    signature: str
    steps: tuple[tuple[RequestId, RequestStep], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """The letters that can be written, and those that cannot: a sentence by agency."""

    papers: tuple[Paper, ...]
    unwritten: Mapping[str, str]


def read_wording(path: Path | None = None) -> Wording:
    """Return the template in ``path``, or ours. Raises ``InputError`` naming what is wrong."""
    path = path or resource("letters/records.toml")
    untrusted = read_small(path, _MOST_BYTES)
    if len(untrusted) > _MOST_BYTES or untrusted.count(b"[") > 1000:
        raise InputError(say("{name} is too large for a letter.", name=path.name))
    try:
        data = tomllib.loads(untrusted.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        told = clean_line(str(error))[:200]
        raise InputError(
            say("{name} is not valid TOML: {told}.", name=path.name, told=told)
        ) from error
    asks = data.get("asks")
    return Wording(
        texts={key: _text(data, key, path) for key in _TEXTS},
        asks={ask: _text(asks if isinstance(asks, dict) else {}, ask.value, path) for ask in Ask},
    )


def _text(table: Mapping[str, Any], key: str, path: Path) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        raise InputError(say("The letter {name} has no text {key!r}.", name=path.name, key=key))
    unknown = [field for field in _FIELD.findall(text) if field not in _FIELDS]
    if unknown:
        raise InputError(
            say(
                "The letter {name} asks for {field}; there are {all}.",
                name=path.name,
                field=unknown[0][:40],
                all=", ".join(_FIELDS),
            )
        )
    return clean(text).strip()


def write_due(
    book: Casebook,
    *,
    on: str,
    today: str,
    due: str = "",
    agency: str = "",
    wording: Wording | None = None,
) -> Due:
    """Return the letters that are due on the day ``on``, numbered on from those before.

    Those to ``agency`` alone where one is named. Raises ``InputError`` where a letter's days
    cannot be.
    """
    refuse_others(book)
    due = due or days_after(on, WITHIN)
    if on > today or due < on:
        raise InputError(
            say("A letter of {date} cannot ask for an answer by {due}.", date=on, due=due)
        )
    letters = [
        one
        for one in letters_due(book.requests.all(), on)
        if not agency or one.agency.casefold() == agency.casefold()
    ]
    addresses = book.requests.addresses()
    ready = [one for one in letters if one.agency in addresses]
    sheet = _Sheet(book, wording or read_wording(), on, due)
    number = book.requests.next_letter()
    return Due(
        papers=tuple(
            sheet.paper(one, addresses[one.agency], number + at) for at, one in enumerate(ready)
        ),
        unwritten={
            one.agency: say("{agency} has no address yet. Enter one.", agency=one.agency)
            for one in letters
            if one.agency not in addresses
        },
    )


class _Sheet:
    """Everything that the letters of one day share."""

    def __init__(self, book: Casebook, wording: Wording, on: str, due: str) -> None:
        self._about = book.about
        self._references = {case.id: case.reference for case in book.cases.all()}
        self._wording, self._on, self._due = wording, on, due

    def paper(self, letter: Letter, address: str, number: int) -> Paper:
        fields = {
            "inquiry": self._about.title,
            "number": str(number),
            "date": long_day(self._on),
            "due": long_day(self._due),
            "agency": letter.agency,
        }
        said = {key: _filled(text, fields) for key, text in self._wording.texts.items()}
        return Paper(
            number=number,
            agency=letter.agency,
            address=_address(letter.agency, address),
            date=self._on,
            title=said["title"],
            marking=self._about.marking.strip(),
            inquiry=self._about.title,
            invented=self._about.demonstration,
            opening=_paragraphs(said["opening"]),
            first=said["first"],
            asked=self._rows(letter.first, fields),
            again=said["again"],
            chased=self._rows(letter.again, fields),
            closing=_paragraphs(said["closing"]),
            signature=said["signature"],
            steps=self._steps(letter, number),
        )

    def _rows(
        self, records: Sequence[RecordRequest], fields: Mapping[str, str]
    ) -> tuple[Row, ...]:
        return tuple(
            Row(
                record=one.name,
                case=self._references.get(one.case, ""),
                title=one.title,
                history=history(one.steps),
                ask=_filled(self._wording.asks[step.ask], fields) if step else "",
            )
            for one in records
            for step in (next_step(one),)
        )

    def _steps(self, letter: Letter, number: int) -> tuple[tuple[RequestId, RequestStep], ...]:
        def step(what: What) -> RequestStep:
            return RequestStep(what=what, date=self._on, due=self._due, letter=number)

        return (
            *((one.id, step(What.REQUESTED)) for one in letter.first),
            *((one.id, step(What.CHASED)) for one in letter.again),
        )


def _address(agency: str, address: str) -> tuple[str, ...]:
    """Return the lines of an address below the agency's name, which stands there once."""
    lines = tuple(line.strip() for line in address.splitlines() if line.strip())
    return tuple(line for line in lines if line.casefold() != agency.casefold())


def history(steps: Iterable[RequestStep]) -> str:
    """Return what has happened to a record, in the words of a letter.

    >>> history([RequestStep(what=What.REQUESTED, date="2026-03-02", letter=11)])
    'Asked for on 2 March 2026 (letter 11).'
    """
    return " ".join(_told(step) for step in steps if step.what is not What.ENOUGH)


def _told(step: RequestStep) -> str:
    day = long_day(step.date)
    letter = f" (letter {step.letter})" if step.letter else ""
    if step.what is What.REQUESTED:
        return f"Asked for on {day}{letter}."
    if step.what is What.CHASED:
        return f"Asked again on {day}{letter}."
    said = clean_line(step.words)
    end = "" if said.endswith((".", "!", "?")) else "."  # no full stop behind a full stop
    quoted = f": \u201c{said}\u201d{end}" if said else "."
    if step.what is What.ACKNOWLEDGED:
        return f"Acknowledged on {day}{quoted}"
    return f"Your answer of {day} was \u201c{step.what.value}\u201d{quoted}"


def long_day(date: str) -> str:
    """Return an ISO day as a letter has it.

    >>> long_day("2026-03-02")
    '2 March 2026'
    """
    year, month, day = date.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _filled(text: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: fields[found[1]], text)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(
        clean_line(part) for part in re.split(r"\n[ \t]*\n", text.strip()) if part.strip()
    )
