"""The command that finds words in everything that whoever holds a casebook may see."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.cli.reading import readable_case
from reviewer.errors import InputError
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.finding import DAY, Beside, FoundBeside, Source, Within
from reviewer.records.ids import CaseId
from reviewer.records.text import clean_line, counted
from reviewer.rounds.allocation import readable


@click.command("search")
@casebook_command
@click.argument("query")
@click.option("--case", "reference", help="Search in one case only.")
@click.option("--agency", default="", help="Only in documents of this agency.")
@click.option("--kind", default="", help="Only in documents of this kind.")
@click.option("--from", "since", default="", help="Only in documents of this day or later.")
@click.option("--to", "until", default="", help="Only in documents of this day or earlier.")
@click.option("--unread", is_flag=True, help="Only in documents that were never opened in FILE.")
@click.option("--limit", type=click.IntRange(1), help="List only the best so many pages.")
def search(
    *,
    file: Path,
    passphrase_file: Path | None,
    query: str,
    reference: str | None,
    agency: str,
    kind: str,
    since: str,
    until: str,
    unread: bool,
    limit: int | None,
    as_json: bool,
) -> None:
    """Find the pages of FILE that hold every word of QUERY, and what else of it does.

    "Quotes" keep a phrase together, restrain* finds what begins so, and NEAR/5 between two words
    finds them at most 5 words apart. Accents do not matter.
    """
    for day in filter(None, (since, until)):
        if not DAY.fullmatch(day):
            raise InputError(f"{day!r} is not read as a day. Write 2012-03-31, 2012-03 or 2012.")
    with open_book(file, passphrase_file, reading=True) as book:
        within = Within(
            cases=_cases(book, reference),
            agency=agency,
            kind=kind,
            since=since,
            until=until,
            unread=unread,
        )
        cases = book.search_cases(query, within=within)
        hits = book.search(query, limit=limit, within=within)
        beside = book.search_beside(query, book.about.member, within=within)
        undated = book.search_undated(within)
    tell(
        {
            "query": query,
            "cases": [
                {"case": one.reference, "pages": one.pages, "covered": one.covered}
                for one in cases
            ],
            "hits": [_hit(hit) for hit in hits],
            "beside": [_beside(one) for one in beside.texts],
            "beside_more": beside.more,
            "undated": undated,
        },
        [
            f"{hit.reference}  {hit.title} p.{hit.page}: {_plain(hit.snippet, '[', ']')}"
            for hit in hits
        ]
        + [_line(one) for one in beside.texts]
        + _counted(
            cases, len(hits), beside, undated, narrow=bool(reference) or within.of_documents
        ),
        as_json=as_json,
    )


def _cases(book: Casebook, reference: str | None) -> frozenset[CaseId]:
    """Return the ids of the cases that may be found: all that may be read, or the one named."""
    if reference is None:
        return frozenset(case.id for case in readable(book, book.about))
    return frozenset({readable_case(book, reference).id})


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "case": hit.reference,
        "document": hit.title,
        "document_id": hit.document,
        "page": hit.page,
        "snippet": _plain(hit.snippet, "", ""),
    }


def _beside(one: Beside) -> dict[str, Any]:
    return {
        "case": one.reference,
        "source": one.source.value,
        "name": one.name,
        "document_id": one.document,
        "page": one.page,
        "mark": one.mark,
        "snippet": _plain(one.snippet, "", ""),
    }


def _line(one: Beside) -> str:
    where = {
        Source.NOTE: f"note of {one.name}",
        Source.MARK: f"your note to {one.name} p.{one.page}",
        Source.COMMENT: f"your comment on {one.name}",
        Source.TEXT: "your words on the case",
        Source.FACT: f"the case, {one.name}" if one.name else "the case",
    }[one.source]
    return f"{one.reference}  {clean_line(where)}: {_plain(one.snippet, '[', ']')}"


def _counted(
    cases: Sequence[CaseHits], shown: int, beside: FoundBeside, undated: int, *, narrow: bool
) -> list[str]:
    """Return what is said of the whole: the pages in all, those not listed, those covered."""
    pages, covered = sum(one.pages for one in cases), sum(one.covered for one in cases)
    within = counted(sum(1 for one in cases if one.pages), "case")
    told = [f"{counted(pages, 'page')} in {within} {'holds' if pages == 1 else 'hold'} all of it."]
    if not pages:
        told = [f"No page{' within the filters' if narrow else ''} holds all of these words."]
    if beside.texts:
        told.append(
            f"Beside the pages it stands in {counted(len(beside.texts) + beside.more, 'text')}."
        )
    if beside.more:
        told.append(
            f"Of these texts {beside.more} {'is' if beside.more == 1 else 'are'} not listed:"
            " add a word, or look in one case with --case."
        )
    if shown < pages:
        told.append(f"{pages - shown} of them are not listed: leave out --limit to see all.")
    if covered:
        told.append(
            f"{covered} more lie in documents under a content note that nobody has opened in this"
            " casebook. Nothing of them is shown before somebody opens them in the window."
        )
    if undated:
        told.append(
            f"{counted(undated, 'document')} without a known day"
            f" {'was' if undated == 1 else 'were'} left out by --from and --to."
        )
    return told


def _plain(snippet: str, before: str, after: str) -> str:
    return clean_line(snippet.replace("\x02", before).replace("\x03", after))
