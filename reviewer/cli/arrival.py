"""What ``import --folder`` and ``deliveries`` do: a delivery looked at, brought in, taken back."""

from dataclasses import dataclass
from pathlib import Path

import click

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps, at_once
from reviewer.cli.console import Bar, end_refused, tell
from reviewer.cli.delivery import (
    brought_data,
    brought_lines,
    brought_refusal,
    data_of,
    deliveries_data,
    deliveries_lines,
    files_data,
    files_lines,
    lines_of,
)
from reviewer.cli.options import casebook_command, keep, open_book
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError
from reviewer.intake.delivery.archives import source_of
from reviewer.intake.delivery.bringing import decide, look, table_of, take_back
from reviewer.intake.delivery.corrections import Corrections, read_corrections, together, typed
from reviewer.intake.delivery.looking import dry_run
from reviewer.intake.delivery.rules import Rules, from_data, read_rules, usual
from reviewer.intake.delivery.staging import Label, find_delivery, relabel, stage
from reviewer.messages import plural, say
from reviewer.records.deliveries import Delivery


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a person asks of a delivery on the command line."""

    folder: Path | None
    delivery: int | None
    rules: Path | None
    dry_run: bool
    corrections: tuple[tuple[str, str], ...]
    table: Path | None
    stage: bool
    sender: str
    received: str
    bring_in: bool
    leave_out: tuple[str, ...]
    take_in: tuple[str, ...]


def bring_delivery(book: Casebook, reader: Worker, asked: Asked, *, as_json: bool) -> None:
    """Look at what was delivered, let it join its cases where that is asked, and print it.

    ``reader`` is closed at the end.
    """
    _refuse_contradictions(asked)
    rules = read_rules(asked.rules) if asked.rules is not None else None
    with reader as worker:
        said = read_corrections(asked.table, worker) if asked.table is not None else {}
        said = together(said, typed(asked.corrections))
        if asked.dry_run and asked.folder is not None:
            _dry_run(book, worker, asked.folder, rules, said, as_json=as_json)
            return
        steps, before = at_once(book), book.journal.head()
        delivery = _delivery(steps, worker, asked, rules)
        decide(
            steps,
            delivery,
            said,
            leave_out=asked.leave_out,
            take_in=asked.take_in,
            rules=rules if asked.folder is None else None,
        )
        join = asked.bring_in or (asked.folder is not None and not asked.stage)
        brought = look(steps, worker, delivery, Bar(), join=join)
        if book.journal.head() != before:
            keep(book)
    tell(brought_data(brought), brought_lines(brought), as_json=as_json)
    refused = brought_refusal(brought) if join else ""
    if refused:
        end_refused(refused)


def _refuse_contradictions(asked: Asked) -> None:
    if asked.folder is not None and asked.delivery is not None:
        raise InputError(say("Give either --folder DIR, or --delivery N of one that is staged."))
    if asked.dry_run and (asked.delivery is not None or asked.stage or asked.bring_in):
        raise InputError(say("--dry-run writes nothing: give it with --folder alone."))
    if asked.stage and asked.bring_in:
        raise InputError(say("Give either --stage or --bring-in."))


def _dry_run(
    book: Casebook,
    worker: Worker,
    folder: Path,
    rules: Rules | None,
    said: Corrections,
    *,
    as_json: bool,
) -> None:
    earlier = book.deliveries.all()
    kept = from_data(earlier[-1].rules) if earlier else usual()
    looked = dry_run(
        at_once(book),
        worker,
        source_of(folder, worker, Bar()),
        Bar(),
        rules=rules or kept,
        corrections=said,
    )
    tell(data_of(looked), lines_of(looked), as_json=as_json)


def _delivery(steps: Steps, worker: Worker, asked: Asked, rules: Rules | None) -> Delivery:
    label = Label(sender=asked.sender, received=asked.received)
    if asked.folder is None:
        number = asked.delivery or 0
        relabel(steps, steps(lambda book: find_delivery(number, book)), label)
        return steps(lambda book: find_delivery(number, book))
    source = source_of(asked.folder, worker, Bar())
    return stage(steps, source, Bar(), rules=rules, label=label)


@click.command("deliveries")
@casebook_command
@click.option("--delivery", type=int, metavar="N", help="List the files of delivery N.")
@click.option(
    "--take-back",
    "take_back_number",
    type=int,
    metavar="N",
    help="Let what came of it be shown no more.",
)
@click.option("--reason", default="", help="Why; panellists read it with the next update.")
def deliveries(
    *,
    file: Path,
    passphrase_file: Path | None,
    delivery: int | None,
    take_back_number: int | None,
    reason: str,
    as_json: bool,
) -> None:
    """List what was delivered to FILE: when, by whom, which files, and what became of each."""
    reading = take_back_number is None
    with open_book(file, passphrase_file, reading=reading) as book:
        steps = at_once(book)
        if take_back_number is not None:
            book.require("take back delivery")
            found = steps(lambda book: find_delivery(take_back_number, book))
            count = take_back(steps, found, reason)
            keep(book)
            told = plural(
                "{count:,} document of delivery {number} is no longer shown; it is kept.",
                "{count:,} documents of delivery {number} are no longer shown; they are kept.",
                count=count,
                number=found.number,
            )
            tell({"delivery": found.number, "taken_back": count}, [told], as_json=as_json)
        elif delivery is not None:
            found = steps(lambda book: find_delivery(delivery, book))
            files = book.deliveries.files(found.id)
            looked = table_of(steps, found.number)
            tell(files_data(found, files, looked), files_lines(found, looked), as_json=as_json)
        else:
            listed = [
                (one, table_of(steps, one.number, near=False).table)
                for one in book.deliveries.all()
            ]
            tell(deliveries_data(listed), deliveries_lines(listed), as_json=as_json)
