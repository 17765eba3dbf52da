"""The command that finds words in everything that whoever holds a casebook may see."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.cli.reading import readable_case
from reviewer.errors import InputError
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.finding import DAY, Beside, FoundBeside, Source, Within
from reviewer.records.text import clean_line, counted
from reviewer.rounds.allocation import within_readable

_FIELDS = ("agency", "kind", "since", "until", "unread")


@click.command("search")
@casebook_command
@click.argument("query", default="")
@click.option("--case", "reference", help="Search in one case only.")
@click.option("--agency", default="", help="Only in documents of this agency.")
@click.option("--kind", default="", help="Only in documents of this kind.")
@click.option("--from", "since", default="", help="Only in documents of this day or later.")
@click.option("--to", "until", default="", help="Only in documents of this day or earlier.")
@click.option("--unread", is_flag=True, help="Only in documents that were never opened in FILE.")
@click.option("--limit", type=click.IntRange(1), help="List only the best so many pages.")
@click.option("--like", is_flag=True, help="Find pages like the passage QUERY, by its rare words.")
@click.option("--save", "name", metavar="NAME", help="Also keep the search under this name.")
@click.option("--saved", metavar="NAME", help="Look for what was kept under this name.")
@click.option("--forget", metavar="NAME", help="Take a kept search away, and look for nothing.")
@click.option("--list", "listing", is_flag=True, help="List the kept searches.")
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
    like: bool,
    name: str | None,
    saved: str | None,
    forget: str | None,
    listing: bool,
    as_json: bool,
) -> None:
    """Find the pages of FILE that hold every word of QUERY, and what else of it does.

    "Quotes" keep a phrase together, restrain* finds what begins so, and NEAR/5 between two words
    finds them at most 5 words apart. Accents do not matter.
    """
    for day in filter(None, (since, until)):
        if not DAY.fullmatch(day):
            raise InputError(f"{day!r} is not read as a day. Write 2012-03-31, 2012-03 or 2012.")
    narrow = bool(reference or agency or kind or since or until or unread)
    if bool(query) + bool(saved) + bool(forget) + listing != 1 or (saved and (narrow or name)):
        raise InputError("Give words to look for, or one of --saved, --forget and --list.")
    if like and (name or not query):
        raise InputError("--like looks for pages like QUERY; it is not kept under a name.")
    with open_book(file, passphrase_file, reading=not (name or forget)) as book:
        if forget or listing:
            _tell_saved(book, forget, as_json=as_json)
            return
        within = Within(
            cases=None if reference is None else frozenset({readable_case(book, reference).id}),
            agency=agency,
            kind=kind,
            since=since,
            until=until,
            unread=unread,
        )
        query, within = _kept(book, query, within, name, saved)
        may = within_readable(book, within)
        if like:
            _tell_like(query, *book.search_like(query, limit=limit, within=may), as_json=as_json)
            return
        found = _look(book, query, may, limit)
    _tell_found(query, found, narrow=within.narrow, as_json=as_json)


def _kept(
    book: Casebook, query: str, within: Within, name: str | None, saved: str | None
) -> tuple[str, Within]:
    """Keep a search under a name, or take the one of a name; return what is looked for."""
    if saved:
        kept = book.searches.named(saved)
        if kept.within.cases and not within_readable(book, kept.within).cases:
            found = [case for case in book.cases.all() if case.id in kept.within.cases]
            readable_case(book, found[0].reference if found else saved)  # refused with why
        return kept.query, kept.within
    if name:
        book.searches.save(name, query, within)
    return query, within


class _Found(NamedTuple):
    cases: list[CaseHits]
    hits: list[Hit]
    beside: FoundBeside
    undated: int


def _look(book: Casebook, query: str, within: Within, limit: int | None) -> _Found:
    return _Found(
        book.search_cases(query, within=within),
        book.search(query, limit=limit, within=within),
        book.search_beside(query, book.about.member, within=within),
        book.search_undated(within),
    )


def _tell_found(query: str, found: _Found, *, narrow: bool, as_json: bool) -> None:
    cases, hits, beside, undated = found
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
        [_hit_line(hit) for hit in hits]
        + [_line(one) for one in beside.texts]
        + _counted(cases, len(hits), beside, undated, narrow=narrow),
        as_json=as_json,
    )


def _tell_like(query: str, words: Sequence[str], hits: Sequence[Hit], *, as_json: bool) -> None:
    told = f"{counted(len(hits), 'page')} like it, by these words: {', '.join(words)}."
    tell(
        {"query": query, "words": list(words), "hits": [_hit(hit) for hit in hits]},
        [
            *map(_hit_line, hits),
            told if hits else "No page holds several of its rare words.",
        ],
        as_json=as_json,
    )


def _tell_saved(book: Casebook, forget: str | None, *, as_json: bool) -> None:
    if forget:
        book.searches.remove(book.searches.named(forget).id)
    names = {case.id: case.reference for case in book.cases.all()}
    kept = [
        {
            "name": one.name,
            "query": one.query,
            "cases": sorted(names.get(case, "") for case in one.within.cases or ()),
            **{field: getattr(one.within, field) for field in _FIELDS},
        }
        for one in book.searches.all()
    ]
    tell(
        {"saved": kept},
        [f"{one['name']}: {one['query']}" for one in kept] or ["No search is kept. --save NAME"],
        as_json=as_json,
    )


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


def _hit_line(hit: Hit) -> str:
    return f"{hit.reference}  {hit.title} p.{hit.page}: {_plain(hit.snippet, '[', ']')}"


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
