"""References to numbered pages as they are typed: ``{INV-014/34}`` is page 34 of that case."""

import re
from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError
from reviewer.messages import say
from reviewer.records.cases import Case, Document
from reviewer.records.text import look_alike
from reviewer.rounds.allocation import readable

_MOST = 200  # pages of one reference
_PAGES = re.compile(r"(\d{1,7})(?:\s*[-\u2010-\u2015]\s*(\d{1,7}))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A page with its number in the case: ``page`` is its number in the document."""

    case: Case
    document: Document
    page: int
    number: int


def cite(case: Case, document: Document, page: int) -> str:
    """Return how a page is cited, or "" where its document has no numbers."""
    return f"{{{case.reference}/{document.bundle + page - 1}}}" if document.bundle else ""


def is_reference(typed: str) -> bool:
    """Whether ``typed`` is meant for a numbered page: it stands in braces, with a stroke."""
    inside = typed.strip()
    return inside.startswith("{") and inside.endswith("}") and "/" in inside


def cited_pages(book: Casebook, typed: str) -> list[Cited]:
    """Return the pages that ``{case/number}`` or ``{case/first-last}`` means.

    Raises ``InputError`` for what is no reference, and for a case or a page that is not here, or
    that whoever holds ``book`` may not find (``allocation.readable``).
    """
    name, slash, pages = typed.strip().removeprefix("{").removesuffix("}").rpartition("/")
    found = _PAGES.fullmatch(pages.strip())
    if not slash or found is None:
        raise InputError(
            say(
                "“{typed}” is no reference: write {example}.", typed=typed[:60], example="{A-1/34}"
            )
        )
    case = next((c for c in book.cases.all() if look_alike(c.reference) == look_alike(name)), None)
    if case is None:
        raise InputError(
            say("There is no case {reference} in this casebook.", reference=name[:60])
        )
    first = int(found.group(1))
    last = int(found.group(2) or first)
    if not 1 <= first <= last < first + _MOST:
        raise InputError(say("A reference names between 1 and {most} pages.", most=_MOST))
    may = {one.id for one in readable(book, book.about)}
    cited = [_page(book, case, number) for number in range(first, last + 1)]
    for one in cited:
        if one.document.case not in may:  # it may have moved since its pages were numbered
            raise InputError(
                say(
                    "Page {number} of {case} lies in a case that you are recused from for every"
                    " factor, so it is not looked up.",
                    number=one.number,
                    case=case.reference,
                )
            )
    return cited


def _page(book: Casebook, case: Case, number: int) -> Cited:
    at = book.bundles.at(case.id, number)
    document = book.documents.get(at[0]) if at is not None else None
    if at is None or document is None:
        raise InputError(
            say("No page of {case} has the number {number}.", case=case.reference, number=number)
        )
    return Cited(case=case, document=document, page=at[1], number=number)
