"""A register of records that somebody kept elsewhere, brought in: all of it, or nothing.

Nothing is guessed: a day that could be two is asked about, a status that is none of ours is
named, and a record that is there already stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.documents import limits
from reviewer.documents.outside.table import (
    Kind,
    Table,
    hidden_rows,
    read_table,
    unread_formulas,
)
from reviewer.errors import InputError, RegisterError
from reviewer.messages import plural, say
from reviewer.record_requests.dates import day
from reviewer.record_requests.dealings import MOST_WORDS, refuse_others
from reviewer.record_requests.matching import compared
from reviewer.record_requests.templates import LONGEST, key_of, new_record
from reviewer.records.cases import Case
from reviewer.records.requests import RecordRequest, RequestStep, Status, What
from reviewer.records.text import clean, clean_line, look_alike

COLUMNS = ("case", "kind", "what", "agency", "requested", "due", "answered", "status", "words")
_NEEDED = ("case", "kind", "agency")
_KIND = Kind(error=RegisterError, key="case", max_bytes=64 << 20, max_rows=limits.MAX_ROWS)
_RECEIVED = "received"  # as people write it: whole, since nothing else is said


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What came of a register: records added, those that were there the same, and others.

    ``differing`` are there already and say something else; they stay as they are, a line each.
    ``ignored`` are columns that no record has a place for, each with how many cells it holds.
    """

    added: int
    unchanged: int
    differing: tuple[str, ...] = ()
    ignored: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()


def import_records(book: Casebook, path: Path, *, today: str, order: str = "") -> Brought:
    """Bring the register in ``path`` (CSV or XLSX) into ``book``; ``order`` is how days stand.

    Raises ``RegisterError`` with one line a fault in ``details``; nothing is changed then.
    """
    refuse_others(book)
    table = read_table(path, _KIND)
    names = _header(path, table.rows[0])
    cases = {look_alike(case.reference): case for case in book.cases.all()}
    made: list[tuple[int, RecordRequest]] = []
    faults = unread_formulas(table)
    for number, cells in enumerate(table.rows[1:], table.top + 2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            made.append((number, _record(_row(names, cells), cases, today, order)))
        except InputError as error:
            faults.append(say("Row {number}: {fault}", number=number, fault=str(error)))
    faults += _twice(made)
    if faults:
        raise RegisterError(_summary(path, faults), details=faults)
    ignored = tuple(
        (name, sum(bool(cell.strip()) for row in table.rows[1:] for cell in row[at : at + 1]))
        for at, name in enumerate(names)
        if name and name not in COLUMNS
    )
    return replace(_store(book, made), ignored=ignored, notes=_notes(table))


def _row(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return a row by its columns. Raises ``InputError`` where it has more cells than those."""
    if any(cell.strip() for cell in cells[len(names) :]):
        raise InputError(say("it has more cells than there are columns."))
    return dict(zip(names, cells, strict=False))


def _notes(table: Table) -> tuple[str, ...]:
    """Return what to know of a table that was read."""
    notes = list(table.notes)
    if table.guessed:
        notes.append(say("The register does not state its encoding; it was read as Windows-1252."))
    return (*notes, *hidden_rows(table))


def _summary(path: Path, faults: Sequence[str]) -> str:
    return plural(
        "{name} was not brought in: {count} row cannot be read as it is. Nothing was changed.",
        "{name} was not brought in: {count} rows cannot be read as they are. Nothing was changed.",
        count=len(faults),
        name=path.name,
    )


def _header(path: Path, cells: Sequence[str]) -> list[str]:
    names = [clean_line(cell) for cell in cells]
    names = [name.casefold() if name.casefold() in COLUMNS else name for name in names]
    missing = [name for name in _NEEDED if name not in names]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if missing or twice:
        raise RegisterError(
            say(
                "{name} is no register of records: it needs the columns {needed}, each once, and"
                " may have {others}. It has {seen}.",
                name=path.name,
                needed=", ".join(_NEEDED),
                others=", ".join(name for name in COLUMNS if name not in _NEEDED),
                seen=", ".join(name[:40] for name in names[:12] if name) or say("none"),
            )
        )
    return names


def _record(
    row: Mapping[str, str], cases: Mapping[str, Case], today: str, order: str
) -> RecordRequest:
    lines = {name: clean_line(row.get(name, "")) for name in ("case", "kind", "what", "agency")}
    case = cases.get(look_alike(lines["case"]))
    if case is None:
        raise InputError(say("there is no case {case}.", case=lines["case"][:60] or say("named")))
    for name in ("kind", "agency"):
        if not compared(lines[name]):
            raise InputError(say("it has no {name}.", name=name))
    if max(map(len, lines.values())) > LONGEST or len(row.get("words", "")) > MOST_WORDS:
        raise InputError(say("a cell is longer than a record can be."))
    made = new_record(case, lines["kind"], lines["agency"], lines["what"])
    return replace(made, steps=_steps(row, today, order))


def _steps(row: Mapping[str, str], today: str, order: str) -> tuple[RequestStep, ...]:
    days = {name: day(row.get(name, ""), order) for name in ("requested", "due", "answered")}
    requested, due, answered = days.values()
    status = read_status(row.get("status", "") or (Status.REQUESTED if requested else ""))
    _refuse_odd(status, requested, due, answered, today)
    words = clean(row.get("words", "")).strip()
    asked = RequestStep(what=What.REQUESTED, date=requested, due=due)
    if words and not (requested or answered):
        raise InputError(say("it has words, and neither a request nor an answer with a day."))
    if status in {Status.EXPECTED, Status.REQUESTED}:
        return (replace(asked, words=words),) if requested else ()
    said = RequestStep(what=What(status.value), date=answered, words=words)
    return (asked, said) if requested else (said,)


def _refuse_odd(status: Status, requested: str, due: str, answered: str, today: str) -> None:
    """Raise ``InputError`` where a status and its days cannot all be so."""
    if max(requested, answered) > today:
        raise InputError(say("{date} is still to come.", date=max(requested, answered)))
    if due and not requested:
        raise InputError(say("it is due, and no day is given on which it was asked for."))
    if "" < due < requested or "" < answered < requested:
        raise InputError(say("it is due or answered before it was asked for."))
    open_ = status in {Status.EXPECTED, Status.REQUESTED}
    if open_ and (answered or (status is Status.REQUESTED) is not bool(requested)):
        raise InputError(say("its status and its days do not fit together."))
    if not open_ and not answered:
        raise InputError(say("it was answered, and no day of the answer is given."))


def read_status(text: str) -> Status:
    """Return the status that ``text`` says, whatever its capitals and hyphens; "" is expected.

    Raises ``InputError`` with all of them for another.
    """
    key = compared(text) or Status.EXPECTED.value
    if key == _RECEIVED:
        return Status.COMPLETE
    for status in Status:
        if key == compared(status.value):
            return status
    raise InputError(
        say(
            "there is no status {text!r}. There are: {all}.",
            text=clean_line(text)[:60],
            all=", ".join(Status),
        )
    )


def _twice(made: Sequence[tuple[int, RecordRequest]]) -> list[str]:
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for number, one in made:
        key = key_of(one.case, one.kind, one.agency, one.what)
        if key in first:
            other = first[key]
            faults.append(
                say("Row {number}: it is the record of row {other}.", number=number, other=other)
            )
        first.setdefault(key, number)
    return faults


def _store(book: Casebook, made: Sequence[tuple[int, RecordRequest]]) -> Brought:
    there = {key_of(one.case, one.kind, one.agency, one.what): one for one in book.requests.all()}
    added, differing = [], []
    for number, one in made:
        old = there.get(key_of(one.case, one.kind, one.agency, one.what))
        if old is None:
            added.append(one)
        elif not _same(old, one):
            differing.append(
                say(
                    "Row {number}: {name} is in the register and says something else. It stays as"
                    " it is.",
                    number=number,
                    name=old.name,
                )
            )
    if added:
        book.requests.add(added)
    return Brought(
        added=len(added),
        unchanged=len(made) - len(added) - len(differing),
        differing=tuple(differing),
    )


def _same(old: RecordRequest, new: RecordRequest) -> bool:
    """Whether a row says nothing that the record's history does not hold."""
    held = {(step.what, step.date) for step in old.steps}
    return {(step.what, step.date) for step in new.steps} <= held
