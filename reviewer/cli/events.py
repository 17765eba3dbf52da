"""The command for the chronology of each case: what happened when, and where nobody wrote."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.chronology.clocks import read_clock, require_plain
from reviewer.chronology.dates import read
from reviewer.chronology.dealings import dispute, enter, find_event, settle
from reviewer.chronology.keeping import quoted_anew, with_its_pair
from reviewer.chronology.table import export_events, import_events
from reviewer.chronology.timeline import (
    USUAL_GAP,
    Gap,
    Placed,
    gaps,
    ordered,
    pairs,
    rows,
    undated,
)
from reviewer.chronology.words import clock_words, how_exactly, lasting, shown
from reviewer.cli.console import tell
from reviewer.cli.options import FILE, casebook_command, keep, open_book
from reviewer.cli.reading import readable_case
from reviewer.errors import InputError, TakenError
from reviewer.intake import find_document
from reviewer.messages import say
from reviewer.records.cases import Case, Document
from reviewer.records.events import LANE_NAMES, Event, Lane, Standing, lane_of
from reviewer.records.ids import DocumentId, EventId, new_id
from reviewer.records.text import counted
from reviewer.rounds.allocation import readable

Told = tuple[dict[str, Any], list[str]]
Given = Mapping[str, Any]
_FIELDS = (
    "when", "written", "clock", "lane", "what", "document", "page", "quote", "status",
    "disputed_by", "follows",
)  # fmt: skip


@click.command("events")
@casebook_command
@click.option("--case", "reference", help="The events of one case only.")
@click.option(
    "--gaps-over",
    type=click.IntRange(1, 1_000_000),
    default=USUAL_GAP,
    metavar="MINUTES",
    show_default=True,
    help="Tell where an agency has no entry for longer.",
)
@click.option("--export", "to", type=FILE, help="Write the chronology of the case as CSV.")
@click.option("--replace", is_flag=True, help="With --export: replace a file of that name.")
@click.option("--import", "source", type=FILE, help="Bring a table of events into the case.")
@click.option("--add", is_flag=True, help="Add an event: --what, --lane, and what else is known.")
@click.option("--change", "changed", metavar="ID", help="Change what is given of an event.")
@click.option("--remove", "removed", metavar="ID", help="Take an event out.")
@click.option("--dispute", "disputed", metavar="ID", help="Let an event and --with dispute.")
@click.option("--with", "other", metavar="ID", help="The event that says otherwise.")
@click.option("--settle", "settled", metavar="ID", help="Let nobody dispute an event any more.")
@click.option("--when", help="A date as EDTF: 2012-03-11T22:04, 2012-03~, 2012-03-11/2012-03-12.")
@click.option("--as-written", "written", help="The words of the page.")
@click.option("--clock", help="The clock that it was read from: CAD, CAD +3 min (3 minutes fast).")
@click.option("--lane", help=f"Whose account it is: {', '.join(Lane)}; or a name of your own.")
@click.option("--what", help="What happened.")
@click.option("--document", help="The document that says so: its title, file name or id.")
@click.option("--page", type=click.IntRange(0), help="Its page.")
@click.option("--quote", help="The words on it.")
@click.option(
    "--status",
    type=click.Choice([one.value for one in Standing]),
    help="Whether anybody says otherwise.",
)
@click.option("--disputed-by", help="Who says otherwise.")
@click.option("--follows", metavar="ID", help="The event after which it happened, if no more is"
              " known.")  # fmt: skip
def events(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str | None,
    gaps_over: int,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - what is to be done, as click names it
) -> None:
    """List, change, write out or bring in what happened in the cases of FILE, and when."""
    doing = [name for name in _ACTIONS if asked[name]]
    given = {name: asked[name] for name in _FIELDS if asked[name] is not None}
    _require_one_question(set(doing), given, asked)
    with open_book(file, passphrase_file, reading=doing in ([], ["to"])) as book:
        case = readable_case(book, reference) if reference is not None else None
        if doing:
            result = _ACTIONS[doing[0]](book, case, asked, given)
        else:
            result = _listing(book, case, gaps_over)
    tell(*result, as_json=as_json)


def _require_one_question(doing: set[str], given: Given, asked: Given) -> None:
    """Refuse what would be left out of what is done."""
    if len(doing) > 1:
        raise InputError("Ask for one thing at a time.")
    if given and not {"add", "changed", "disputed"} & doing:
        raise InputError("Say what to do with it: --add, or --change ID.")
    if "disputed" in doing and set(given) - {"disputed_by"}:
        raise InputError("--dispute takes only --with and --disputed-by. To change it: --change")
    if asked["other"] and "disputed" not in doing:
        raise InputError("--with goes with --dispute ID.")
    if asked["replace"] and "to" not in doing:
        raise InputError("--replace goes with --export FILE.")


def _needed(case: Case | None) -> Case:
    if case is None:
        raise InputError("Name the case: --case REF.")
    return case


def _own(book: Casebook, case: Case | None, wanted: str) -> Event:
    """Return the event with this id, of ``case`` or any that whoever holds ``book`` may read."""
    found = find_event(book, wanted)
    if found.case not in {case.id for case in readable(book, book.about)}:
        raise InputError("That event belongs to no case of yours.")
    if case is not None and found.case != case.id:
        raise InputError(f"That event is not one of {case.reference}. Nothing was changed.")
    return found


def _listing(book: Casebook, case: Case | None, over: int) -> Told:
    cases = [case] if case is not None else readable(book, book.about)
    listed = [_of_case(book, one, over) for one in cases]
    found = [one for one in listed if case is not None or one[0]["events"]]
    lines = [line for _, lines in found for line in lines]
    return {"gaps_over": over, "cases": [data for data, _ in found]}, lines or [
        str(say("No events yet."))
    ]


def _of_case(book: Casebook, case: Case, over: int) -> Told:
    events = book.events.of(case.id)
    placed = ordered(events)
    found = gaps(placed, over)
    documents = {one.id: one for one in book.documents.of(case.id)}
    data = {
        "case": case.reference,
        "events": [_data(one, documents) for one in placed],
        "gaps": [_gap_data(gap) for gap in found],
        "disputed_pairs": [list(pair) for pair in pairs(events)],
        "without_date": [one.event.id for one in undated(placed)],
    }
    head = f"{case.reference}: {counted(len(events), 'event')}"
    lines = [_line(row, documents) for row in rows(placed, found)]
    return data, [f"{head}, {counted(len(found), 'gap')}.", *lines]


def _data(one: Placed, documents: Mapping[DocumentId, Document]) -> dict[str, Any]:
    event, when = one.event, one.when
    document = documents.get(event.document) if event.document else None
    return {
        "event": event.id,
        "when": event.when,
        "as_written": event.written,
        "precision": when.precision.value,
        "earliest": when.first.isoformat(timespec="minutes") if when.first else None,
        "latest": when.last.isoformat(timespec="minutes") if when.last else None,
        "clock": event.clock,
        "fast": event.fast,
        "lane": one.lane.value,
        "lane_as_given": event.lane,
        "what": event.what,
        "document": document.title if document else event.source,
        "document_id": event.document,
        "page": event.page or None,
        "quote": event.quote,
        "status": event.standing.value,
        "disputed_by": event.disputed_by,
        "disputed_with": event.disputed_with,
        "follows": event.follows,
        "since_last": one.since,
    }


def _gap_data(gap: Gap) -> dict[str, Any]:
    return {
        "lane": gap.lane.value,
        "from": gap.start.isoformat(timespec="minutes"),
        "to": gap.end.isoformat(timespec="minutes"),
        "minutes": gap.minutes,
        "after": gap.after,
        "before": gap.before,
    }


def _line(row: Placed | Gap, documents: Mapping[DocumentId, Document]) -> str:
    if isinstance(row, Gap):
        lane, time = say(LANE_NAMES[row.lane]), lasting(row.minutes)
        return "    " + say("{lane}: no entry for {time}", lane=lane, time=time)
    event = row.event
    document = documents.get(event.document) if event.document else None
    where = document.title if document else event.source
    parts = [
        shown(row.when) or "\u2013",
        how_exactly(row.when),
        clock_words(event.clock, event.fast),
        _lane_name(event),
        event.what,
        f"{where} p.{event.page}" if where and event.page else where,
        event.standing.value if event.standing is not Standing.UNDISPUTED else "",
        event.id,
    ]
    return "  " + " \u00b7 ".join(part for part in parts if part)


def _lane_name(event: Event) -> str:
    lane = lane_of(event.lane)
    return event.lane if lane is Lane.OTHERS else str(say(LANE_NAMES[lane]))


def _one(book: Casebook, event: EventId, told: str) -> Told:
    found = find_event(book, event)
    documents = {one.id: one for one in book.documents.of(found.case)}
    placed = next(one for one in ordered(book.events.of(found.case)) if one.event.id == event)
    return {"event": _data(placed, documents)}, [told, _line(placed, documents)]


def _add(book: Casebook, case: Case | None, _: Given, given: Given) -> Told:
    case = _needed(case)
    made = Event(id=EventId(new_id()), case=case.id, what="", lane="")
    made = _with(book, case, made, given)
    enter(book, [made])
    return _one(book, made.id, "Added." + _undated_words(made))


def _change(book: Casebook, case: Case | None, asked: Given, given: Given) -> Told:
    event = _own(book, case, asked["changed"])
    if not given:
        raise InputError("Say what to change: --when, --what, --lane ...")
    made = _with(book, _needed(book.cases.get(event.case)), event, given)
    enter(book, with_its_pair(book, event, made))
    return _one(book, made.id, "Changed." + _undated_words(made))


def _undated_words(event: Event) -> str:
    if not event.when or read(event.when).dated:
        return ""
    return f" \u201c{event.when}\u201d is no date as EDTF writes it: the event stands without one."


def _with(book: Casebook, case: Case, event: Event, given: Given) -> Event:
    plain = {name: given[name] for name in ("when", "written", "lane", "what", "disputed_by",
                                            "follows") if name in given}  # fmt: skip
    made = replace(event, **plain)
    if "clock" in given:
        clock = require_plain(read_clock(given["clock"]))
        made = replace(made, clock=clock.name, fast=clock.fast)
    made = _stands(made, given)
    if not {"document", "page", "quote"} & set(given):
        return made
    document = None
    name = given.get("document", event.document or "")
    if name:
        document = find_document(book, case, name)
    page, quote = given.get("page", event.page), given.get("quote", event.quote)
    source = made.source if document is None else ""
    ident = None if document is None else document.id
    made = replace(made, document=ident, source=source, page=page)
    made = quoted_anew(book, event, made, quote)
    if document is not None and quote and not made.anchor.end:
        raise InputError(f"No page of {document.title} holds these words exactly.")
    return made


def _stands(event: Event, given: Given) -> Event:
    """Return an event with the status that is given; an undisputed one has no other event."""
    by = given.get("disputed_by", "")
    if "status" not in given:
        return replace(event, standing=Standing.DISPUTED) if by else event
    standing = Standing(given["status"])
    if standing is not Standing.UNDISPUTED:
        return replace(event, standing=standing)
    return replace(event, standing=standing, disputed_with="", disputed_by=by)


def _remove(book: Casebook, case: Case | None, asked: Given, _: Given) -> Told:
    event = _own(book, case, asked["removed"])
    book.events.remove(event.id)
    return {"removed": event.id}, [f"Taken out: {event.what}. To have it back: reviewer undo FILE"]


def _dispute(book: Casebook, case: Case | None, asked: Given, given: Given) -> Told:
    if not asked["other"]:
        raise InputError("Name the event that says otherwise: --with ID.")
    event = _own(book, case, asked["disputed"])
    dispute(book, event, _own(book, case, asked["other"]), str(given.get("disputed_by", "")))
    return _one(book, event.id, "Disputed.")


def _settle(book: Casebook, case: Case | None, asked: Given, _: Given) -> Told:
    event = _own(book, case, asked["settled"])
    settle(book, event)
    return _one(book, event.id, "Nobody disputes it any more.")


def _export(book: Casebook, case: Case | None, asked: Given, _: Given) -> Told:
    case, path, replacing = _needed(case), asked["to"], asked["replace"]
    if path.exists() and not replacing:
        raise TakenError(f"{path.name} is there already. To replace it: --replace")
    count = export_events(book, case, path, replacing=replacing)
    return (
        {"file": str(path), "case": case.reference, "events": count},
        [f"Wrote {counted(count, 'event')} to {path}. The file is not encrypted."],
    )


def _import(book: Casebook, case: Case | None, asked: Given, _: Given) -> Told:
    case = _needed(case)
    made = import_events(book, case, asked["source"])
    if made.added:
        keep(book)
    lines = [f"{counted(made.added, 'event')} added, {made.unchanged} were there."]
    if made.undated:
        verb = "stands" if made.undated == 1 else "stand"
        lines.append(f"{counted(made.undated, 'event')} of them {verb} without a date.")
    return (
        {
            "case": case.reference,
            "added": made.added,
            "unchanged": made.unchanged,
            "without_date": made.undated,
            "differing": list(made.differing),
            "notes": list(made.notes),
        },
        [*lines, *made.notes, *made.differing],
    )


_ACTIONS: Mapping[str, Callable[[Casebook, Case | None, Given, Given], Told]] = {
    "to": _export,
    "source": _import,
    "add": _add,
    "changed": _change,
    "removed": _remove,
    "disputed": _dispute,
    "settled": _settle,
}
