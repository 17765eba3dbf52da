"""The command for the register of records: what should exist, what came, what to chase."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.options import FILE, casebook_command, keep, open_book
from reviewer.cli.requests_shown import listing, missing, one_record
from reviewer.cli.updates import find_case
from reviewer.errors import InputError
from reviewer.intake import find_document
from reviewer.record_requests import dates, letters, templates
from reviewer.record_requests.bring import import_records, read_status
from reviewer.record_requests.dealings import (
    add_record,
    answer,
    arrived,
    ask,
    find_record,
    leave_as_it_is,
    refuse_others,
)
from reviewer.record_requests.matching import compared
from reviewer.records.cases import Case, Document
from reviewer.records.requests import RecordRequest
from reviewer.records.text import counted
from reviewer.reports.letters.write import NOT_ENCRYPTED, names_of, write_letters

Told = tuple[dict[str, Any], list[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the command line asks for, beside which of the actions it is."""

    cases: tuple[str, ...]
    record: str | None
    agency: str
    what: str
    on: str
    due: str
    words: str
    document: str | None
    where: tuple[str, ...]
    order: str
    today: str
    template: Path | None
    replace: bool

    def case(self, book: Casebook) -> Case | None:
        """Return the one case that is named, or None where none is."""
        if len(self.cases) > 1:
            raise InputError("Name one case.")
        return find_case(book, self.cases[0]) if self.cases else None

    def found(self, book: Casebook) -> RecordRequest:
        """Return the record that is named."""
        if self.record is None:
            raise InputError("Name the record: --record R-0001, or --case REF --record KIND.")
        return find_record(book, self.record, self.case(book))

    def came(self, book: Casebook, record: RecordRequest, title: str | None) -> Document | None:
        """Return the document that is named, of the record's case."""
        if title is None:
            return None
        case = book.cases.get(record.case)
        return None if case is None else find_document(book, case, title)


def _expect(book: Casebook, asked: Asked, name: str) -> Told:
    template = templates.called(name)
    cases = [find_case(book, one) for one in asked.cases] or book.cases.all()
    wanted = dict(_pair(text) for text in asked.where)
    chosen = templates.cases_where(cases, wanted)
    added = templates.expected_of(template, chosen, book.requests.all())
    if added:
        book.requests.add(added)
    return (
        {"template": template.id, "cases": len(chosen), "added": len(added)},
        [f"{counted(len(added), 'record')} added to {counted(len(chosen), 'case')}."],
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise InputError(f"Give --where as NAME=TEXT, not as {text[:60]!r}.")
    return name.strip(), value


def _add(book: Casebook, asked: Asked, _: str) -> Told:
    case = asked.case(book)
    if case is None or asked.record is None:
        raise InputError("Give --case REF, --record KIND and --agency NAME.")
    made = add_record(book, case, asked.record, asked.agency, asked.what)
    return one_record(book, made, asked.today, f"{made.name} is in the register.")


def _request(book: Casebook, asked: Asked, _: str) -> Told:
    case = asked.case(book)
    if case is not None and asked.record is not None and asked.agency:
        _add(book, asked, "")
        key = compared(asked.record), compared(asked.agency), compared(asked.what)
        found = next(
            one
            for one in book.requests.of(case.id)
            if (compared(one.kind), compared(one.agency), compared(one.what)) == key
        )
    else:
        found = asked.found(book)
    on = asked.on or asked.today
    made = ask(book, found, on=on, today=asked.today, due=asked.due, words=asked.words)
    return one_record(book, made, asked.today, f"{made.name} is asked for; due {made.due}.")


def _answer(book: Casebook, asked: Asked, status: str) -> Told:
    found, said = asked.found(book), read_status(status)
    made = answer(
        book,
        found,
        said,
        on=asked.on or asked.today,
        today=asked.today,
        due=asked.due,
        words=asked.words,
        document=asked.came(book, found, asked.document),
    )
    return one_record(book, made, asked.today, f"{made.name}: {made.status}.", costs=True)


def _attach(book: Casebook, asked: Asked, title: str) -> Told:
    found = asked.found(book)
    made = answer(
        book,
        found,
        arrived(found),
        on=asked.on or asked.today,
        today=asked.today,
        words=asked.words,
        document=asked.came(book, found, title),
    )
    return one_record(book, made, asked.today, f"{made.name}: {made.status}.", costs=True)


def _enough(book: Casebook, asked: Asked, _: str) -> Told:
    found, on = asked.found(book), asked.on or asked.today
    made = leave_as_it_is(book, found, on=on, today=asked.today, words=asked.words)
    told = f"{made.name} is left as it is: {made.status}. No letter is due for it any more."
    return one_record(book, made, asked.today, told)


def _take_back(book: Casebook, asked: Asked, _: str) -> Told:
    found = asked.found(book)
    book.requests.take_back(found.id)
    made = book.requests.get(found.id) or found
    return one_record(book, made, asked.today, f"Taken back. {made.name}: {made.status}.")


def _leave_out(book: Casebook, asked: Asked, _: str) -> Told:
    found = asked.found(book)
    book.requests.leave_out(found.id)
    return {"left_out": found.name}, [f"{found.name} is not in the register any more."]


def _match(book: Casebook, asked: Asked, words: str) -> Told:
    found = asked.found(book)
    if not compared(words):
        raise InputError("Give the words that panellists typed.")
    book.requests.match(found.case, compared(words), found.id)
    return one_record(book, found, asked.today, f"“{words}” is {found.name}.", costs=True)


def _unmatch(book: Casebook, asked: Asked, words: str) -> Told:
    case = asked.case(book)
    if case is None:
        raise InputError("Give --case REF.")
    book.requests.match(case.id, compared(words), None)
    return {"case": case.reference, "words": words}, [f"“{words}” is matched to no record."]


def _address(book: Casebook, asked: Asked, text: str) -> Told:
    if not asked.agency:
        raise InputError("Give --agency NAME.")
    book.requests.address(asked.agency, text)
    told = f"Letters to {asked.agency} go there." if text.strip() else "It has no address now."
    return {"agency": asked.agency, "address": text.strip()}, [told]


def _import(book: Casebook, asked: Asked, path: str) -> Told:
    made = import_records(book, Path(path), today=asked.today, order=asked.order)
    lines = [f"{counted(made.added, 'record')} added, {made.unchanged} were there."]
    ignored = [
        f"Column “{name}” has no place in the register: {counted(cells, 'cell')} not kept."
        for name, cells in made.ignored
    ]
    return (
        {
            "added": made.added,
            "unchanged": made.unchanged,
            "differing": list(made.differing),
            "ignored": [{"column": name, "cells": cells} for name, cells in made.ignored],
            "notes": list(made.notes),
        },
        [*lines, *made.notes, *ignored, *made.differing],
    )


def _letters(book: Casebook, asked: Asked, folder: str) -> Told:
    found = letters.write_due(
        book,
        on=asked.on or asked.today,
        today=asked.today,
        due=asked.due,
        agency=asked.agency,
        wording=letters.read_wording(asked.template),
    )
    missing = list(found.unwritten.values())
    if missing and not found.papers:
        raise InputError(
            "No letter could be written: an address is missing. To enter one: reviewer records"
            " FILE --agency NAME --address TEXT",
            details=missing,
        )
    paths = write_letters(book, found.papers, Path(folder), replace=asked.replace)
    lines = [f"Wrote {path}" for path in paths]
    return (
        {
            "letters": [
                {
                    "letter": one.number,
                    "agency": one.agency,
                    "records": len(one.steps),
                    "files": [str(path) for path in paths if path.name in names_of(one)],
                }
                for one in found.papers
            ],
            "unwritten": [
                {"agency": name, "sentence": told} for name, told in found.unwritten.items()
            ],
        },
        [*lines, *missing, NOT_ENCRYPTED],
    )


_ACTIONS: Mapping[str, Callable[[Casebook, Asked, str], Told]] = {
    "expect": _expect,
    "add": _add,
    "request": _request,
    "answer": _answer,
    "attach": _attach,
    "enough": _enough,
    "take_back": _take_back,
    "leave_out": _leave_out,
    "match": _match,
    "unmatch": _unmatch,
    "address": _address,
    "import_": _import,
    "letters": _letters,
}


@click.command("records")
@casebook_command
@click.option("--case", "cases", multiple=True, help="Of this case; with --expect repeatable.")
@click.option("--record", help="Its number (R-0001), or with --case its kind.")
@click.option("--agency", default="", help="Who should have it.")
@click.option("--what", default="", help="What exactly, where the kind does not say it all.")
@click.option("--on", default="", help="The day on which it happened, as 2026-03-31 (today).")
@click.option("--due", default="", help="The day by which the answer is to come.")
@click.option("--words", default="", help="What the agency said, or your own note.")
@click.option("--document", help="With --answer: the title of what came.")
@click.option("--today", default="", help="The day that counts as today.")
@click.option("--expect", help="Add the records of a template: custody, ..., or your own .toml.")
@click.option("--where", multiple=True, help="With --expect: cases with NAME=TEXT alone.")
@click.option("--add", is_flag=True, help="Add a record to a case.")
@click.option("--request", is_flag=True, help="Enter that it was asked for; adds it if need be.")
@click.option("--answer", help="Enter what the agency answered: one of the statuses.")
@click.option("--attach", help="Put a document of the case to a record: it has come.")
@click.option("--enough", is_flag=True, help="Leave a record as it is: no letter is due.")
@click.option("--take-back", is_flag=True, help="Take the latest step of a record back.")
@click.option("--leave-out", is_flag=True, help="Take out a record that was never asked for.")
@click.option("--match", help="Words that panellists typed: they mean this record.")
@click.option("--unmatch", help="Words that mean no record.")
@click.option("--address", help="With --agency: where letters to it go; '' forgets it.")
@click.option("--import", "import_", type=FILE, help="A register of records: CSV or XLSX.")
@click.option("--letters", type=FILE, help="Write the letters that are due into this folder.")
@click.option("--template", type=FILE, help="With --letters: a letter of your own (TOML).")
@click.option("--replace", is_flag=True, help="With --letters: replace files of that name.")
@click.option(
    "--dates",
    "order",
    type=click.Choice(dates.ORDERS),
    default=None,
    help="With --import: the order of day, month and year where a day is not ISO.",
)
def records(*, file: Path, passphrase_file: Path | None, as_json: bool, **given: Any) -> None:  # noqa: ANN401 - what click gives
    """Show what records should exist in FILE, what came and what is due, or change that.

    Without one of the actions it only shows, and changes nothing. In a panellist's casebook it
    shows which records its cases lack.
    """
    asked, action, value = _read(given)
    with open_book(file, passphrase_file, reading=not action) as book:
        if action:
            refuse_others(book)
            found, lines = _ACTIONS[action](book, asked, value)
            if action in {"expect", "import_", "letters"}:
                keep(book)
        else:
            show = listing if book.about.kind == "chair" else missing
            found, lines = show(
                book, asked.today, case=asked.case(book), agency=asked.agency, called=asked.record
            )
    tell(found, lines, as_json=as_json)


def _read(given: Mapping[str, Any]) -> tuple[Asked, str, str]:
    """Return what is asked for, which action it is ("" for none), and what that is given."""
    chosen = [name for name in _ACTIONS if given[name] not in {None, False}]
    if len(chosen) > 1:
        named = " and ".join("--" + name.strip("_").replace("_", "-") for name in chosen)
        raise InputError(f"Give one of {named}: one change at a time.")
    asked = Asked(
        cases=given["cases"],
        record=given["record"],
        agency=given["agency"],
        what=given["what"],
        on=dates.day(given["on"]),
        due=dates.day(given["due"]),
        words=given["words"],
        document=given["document"],
        where=given["where"],
        order=given["order"] or dates.ISO,
        today=dates.day(given["today"]) or dates.today(),
        template=given["template"],
        replace=given["replace"],
    )
    action = chosen[0] if chosen else ""
    return asked, action, str(given[action]) if action else ""
