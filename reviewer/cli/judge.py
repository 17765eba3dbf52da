"""Commands of one rater: sheet, mark, undo, redo, seal, reopen, return."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.casebook.change import Change
from reviewer.cli.console import tell
from reviewer.cli.options import FILE, casebook_command, open_book
from reviewer.cli.reading import readable_case
from reviewer.documents.media import RECORDINGS
from reviewer.errors import InputError, StateError
from reviewer.exchange.opens_with import whose_sheet
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import beyond_first_class, closed_unsealed
from reviewer.exchange.seal import reopen as reopen_round
from reviewer.exchange.seal import seal as seal_round
from reviewer.exchange.sheet import SheetRead, export_sheet, import_sheet
from reviewer.method import blanks
from reviewer.pagetext.anchors import quoted
from reviewer.records.cases import Case, Document
from reviewer.records.ids import MarkId, new_id
from reviewer.records.judgement import Anchor, Mark, Rating
from reviewer.records.moments import range_anchor, typed_time
from reviewer.records.steps import WorkStep
from reviewer.records.text import clean, counted
from reviewer.rounds.allocation import readable
from reviewer.rounds.readiness import readiness


@click.command("sheet")
@casebook_command
@click.option("--export", "export_to", type=FILE, help="Write the sheet: .csv or .xlsx.")
@click.option("--import", "import_from", type=FILE, help="Read a filled sheet: .csv or .xlsx.")
def sheet(
    *,
    file: Path,
    passphrase_file: Path | None,
    export_to: Path | None,
    import_from: Path | None,
    as_json: bool,
) -> None:
    """Write or read ratings as a spreadsheet.

    Columns: case,factor,value,confidence,comment,evidence,record,was. An emptied row clears its
    rating.
    """
    if (export_to is None) == (import_from is None):
        raise InputError("Give either --export FILE or --import FILE.")
    with open_book(file, passphrase_file, reading=export_to is not None) as book:
        if export_to is not None:
            rows = export_sheet(book, export_to)
            result: dict[str, Any] = {"sheet": str(export_to), "rows": rows}
            lines = [
                f"Wrote {counted(rows, 'row')} to {export_to.name}. The sheet is not encrypted."
            ]
        else:
            read = import_sheet(book, Path(str(import_from)))
            result = {
                "sheet": str(import_from),
                "rows": read.rows,
                "changed": read.changed,
                "unchanged": read.unchanged,
                "cleared": list(read.cleared),
                "left": list(read.left),
                "ignored": list(read.ignored),
            }
            lines = _read(read)
    tell(result, lines, as_json=as_json)


def _read(read: SheetRead) -> list[str]:
    rows, changed = counted(read.rows, "row"), counted(read.changed, "rating")
    lines = [f"Read {rows}: {changed} changed.", *read.cleared, *read.left]
    if read.ignored:
        lines.append(f"Not read, because no such column is known: {', '.join(read.ignored)}.")
    return lines


@click.command("mark")
@casebook_command
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--document", "title", help="Its title; may be left out where the case has one.")
@click.option("--page", type=click.IntRange(1), help="From 1.")
@click.option("--quote", default="", help="The exact words; without them the whole page.")
@click.option("--from", "begin", default="", help="Of a recording: where it begins, as 0:12:03.")
@click.option("--to", "end", default="", help="Of a recording: where it ends, as 0:12:09.")
@click.option("--note", default="", help="What you note beside it.")
@click.option("--factor", help="Attach the mark to the rating of this factor.")
def mark(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str,
    title: str | None,
    page: int | None,
    quote: str,
    begin: str,
    end: str,
    note: str,
    factor: str | None,
    as_json: bool,
) -> None:
    """Mark a passage, a page or a time of a recording in FILE, and attach it to a factor."""
    with open_book(file, passphrase_file) as book:
        about = book.about
        if not about.member:
            raise StateError("Nobody rates in this casebook, so nothing can be marked in it.")
        case, document = _find(book, reference, title)
        if factor is not None and factor not in about.framework.codes:
            raise InputError(f"The framework has no factor {factor}.")
        made = Mark(
            id=MarkId(new_id()),
            member=about.member,
            document=document.id,
            page=page or 1,
            anchor=_anchor_of(book, document, page, quote, (begin, end)),
            note=clean(note),
        )
        if factor is None:
            book.marks.put(made, round_number=about.round)
        else:
            ratings = book.ratings.of(about.member, case.id, about.round)
            old = ratings.get(factor, Rating(factor=factor))
            rating = Rating(
                factor=factor,
                value=old.value,
                reason=old.reason,
                confidence=old.confidence,
                comment=old.comment,
                record=old.record,
                evidence=(*old.evidence, made.id),
            )
            book.ratings.put_all(
                about.member, about.round, [(case.id, rating)], marks=[made], action="attach"
            )
    tell(
        {"mark": made.id, "case": reference, "document": document.title, "page": made.page},
        [f"Marked {document.title} {made.anchor.quote if begin else f'p.{page}'}."],
        as_json=as_json,
    )


def _find(book: Casebook, reference: str, title: str | None) -> tuple[Case, Document]:
    case = readable_case(book, reference)
    documents = book.documents.of(case.id)
    found = [d for d in documents if title is None or d.title == title]
    if len(found) != 1:
        titles = "; ".join(d.title for d in documents) or "none"
        raise InputError(f"Name one document of case {reference}. It has: {titles}.")
    return case, found[0]


def _anchor_of(
    book: Casebook, document: Document, page: int | None, quote: str, span: tuple[str, str]
) -> Anchor:
    """Return the anchor of a range of time, of words or of a page."""
    if not any(span):
        if page is None:
            raise InputError("Name the page (--page), or the time of a recording (--from, --to).")
        return _anchor(book, document, page, quote)
    if page is not None or quote or not all(span):
        raise InputError("A range of time is --from and --to, without --page or --quote.")
    if document.media not in RECORDINGS:
        raise InputError(f"{document.title} is no recording: name its page (--page).")
    return range_anchor(typed_time(span[0]), typed_time(span[1]))


def _anchor(book: Casebook, document: Document, page: int, quote: str) -> Anchor:
    if page > document.page_count:
        raise InputError(f"{document.title} has {counted(document.page_count, 'page')}.")
    if not quote:
        return Anchor(kind="page")
    anchor = quoted(book.documents.page(document.id, page), quote)
    if anchor is None:
        raise InputError(f"{document.title} p.{page} does not hold these words exactly.")
    return anchor


@click.command("undo")
@casebook_command
@click.option("--list", "listed", is_flag=True, help="List the newest steps, and change nothing.")
@click.option("--step", type=int, help="Take back this step of the list, and no other.")
def undo(
    *, file: Path, passphrase_file: Path | None, listed: bool, step: int | None, as_json: bool
) -> None:
    """Take back the newest step of work in FILE, or one of the list; it says which."""
    with open_book(file, passphrase_file) as book:
        if listed:
            _tell_steps(_covered(book, book.steps.newest()), as_json=as_json)
            return
        change = book.undo(step)
        told = _last_taken(book, change)
    tell(
        {"undone": change is not None, "step": told and told.seq, "what": told and told.told},
        [f"Taken back: {told.told}." if told else "There is nothing to undo."],
        as_json=as_json,
    )


@click.command("redo")
@casebook_command
@click.option("--step", type=int, help="Do this step of the list again, and no other.")
def redo(*, file: Path, passphrase_file: Path | None, step: int | None, as_json: bool) -> None:
    """Do again what was taken back last in FILE, or one step of the list; it says which."""
    with open_book(file, passphrase_file) as book:
        change = book.redo(step)
        told = _last_taken(book, change)
    tell(
        {"redone": change is not None, "step": told and told.seq, "what": told and told.told},
        [f"Done again: {told.told}." if told else "There is nothing to do again."],
        as_json=as_json,
    )


def _last_taken(book: Casebook, change: Change | None) -> WorkStep | None:
    taken = book.steps.last_taken() if change is not None else None
    return None if taken is None else _covered(book, [taken])[0]


def _covered(book: Casebook, steps: Sequence[WorkStep]) -> list[WorkStep]:
    """Return ``steps`` without the words of those on the papers of a case not to be read."""
    may = {case.reference for case in readable(book, book.about)}
    return [
        step
        if not step.reference or step.reference in may or not _of_papers(step)
        else replace(step, words="a step on papers that are not yours to read", where=None)
        for step in steps
    ]


def _of_papers(step: WorkStep) -> bool:
    """Whether a step names a document of its case, or an event: neither a rating nor its text."""
    return step.where is None or step.where.document is not None


def _tell_steps(steps: list[WorkStep], *, as_json: bool) -> None:
    tell(
        {
            "steps": [
                {"step": s.seq, "at": s.at, "what": s.told, "undone": s.undone} for s in steps
            ]
        },
        [f"{s.seq}  {s.at}  {s.told}{'  (taken back)' if s.undone else ''}" for s in steps]
        or ["There is nothing to undo."],
        as_json=as_json,
    )


@click.command("seal")
@casebook_command
@click.option("--larger", is_flag=True, help="Seal also where the file is larger than others'.")
@click.option("--late", type=int, help="A round that an update closed before it was sealed.")
def seal(
    *, file: Path, passphrase_file: Path | None, larger: bool, late: int | None, as_json: bool
) -> None:
    """Seal the round in FILE: nothing in it can change afterwards."""
    with open_book(file, passphrase_file) as book:
        whose = whose_sheet(book, late)
        if late is None or late in closed_unsealed(book):
            click.echo(whose, err=True)  # said before it is sealed
        if late is None:
            _warn(book, larger=larger)
        sealed = seal_round(book, late=late)
    ready = sealed.readiness
    tell(
        {
            "round": sealed.round,
            "seq": sealed.seq,
            "sha256": sealed.digest,
            "fingerprint": sealed.fingerprint,
            "opens_with": whose,
            "counts": asdict(sealed.counts),
            "asked": ready.asked_ratings,
            "blank": ready.blank_ratings,
            "mostly_blank": ready.mostly_blank,
            "blanks": [
                {"case": blank.reference, "factors": list(blank.factors)} for blank in ready.blanks
            ],
        },
        [
            (
                f"Sealed round {sealed.round} (return {sealed.seq}):"
                f" {counted(sealed.counts.ratings, 'rating')}, {ready.blank_ratings} left blank."
            ),
            *(f"- {blank.reference}: {len(blank.factors)} blank" for blank in ready.blanks),
            f"Key fingerprint to read to the chair: {sealed.fingerprint}",
        ],
        as_json=as_json,
    )


def _warn(book: Casebook, *, larger: bool) -> None:
    """Say what should be known before the open round is sealed; refuse one that is too large."""
    before = readiness(book)
    if before.mostly_blank:
        click.echo(blanks.most(before.blank_ratings, before.asked_ratings), err=True)
    beyond = beyond_first_class(book)
    if beyond and not larger:
        raise InputError(f"{beyond} Nothing was sealed; to seal it so, give --larger.")


@click.command("reopen")
@casebook_command
@click.option("--reason", required=True, help="Why; it is kept in the journal.")
def reopen(*, file: Path, passphrase_file: Path | None, reason: str, as_json: bool) -> None:
    """Open a sealed round of FILE again, to seal it anew later."""
    with open_book(file, passphrase_file) as book:
        reopen_round(book, reason)
        number = book.about.round
    tell({"round": number, "reopened": True}, [f"Round {number} is open again."], as_json=as_json)


@click.command("return")
@casebook_command
@click.option("--to", "folder", required=True, type=FILE, help="The folder to write to.")
@click.option("--round", "number", type=int, help="Another round than the open one.")
def return_(
    *,
    file: Path,
    passphrase_file: Path | None,
    folder: Path,
    number: int | None,
    as_json: bool,
) -> None:
    """Write the sealed return of FILE for the chair."""
    with open_book(file, passphrase_file) as book:
        path = write_return(book, folder, round_number=number)
    tell(
        {"return": str(path)},
        [f"Wrote {path}. Only the chair's casebook opens it."],
        as_json=as_json,
    )
