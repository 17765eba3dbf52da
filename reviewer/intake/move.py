"""Moving a document that was brought into the wrong case, before anybody else has it."""

from collections.abc import Mapping

from reviewer.casebook.book import Casebook, Change
from reviewer.errors import InputError, StateError
from reviewer.intake.correct import reason_for
from reviewer.records.cases import Case, Document
from reviewer.records.ids import DocumentId


def move_document(book: Casebook, document: Document, to: Case, *, reason: str) -> Change:
    """Let ``document`` belong to the case ``to``, with what was corrected by it; kept for why.

    Raises ``InputError`` without a reason, where it no longer stands, for its own case, or where
    the other case has that file already; ``StateError`` where it stays (see ``why_it_stays``).
    """
    why = reason_for(book, document, reason, read="the journal keeps it")
    if to.id == document.case:
        raise InputError(f"{document.title} is in case {to.reference} already.")
    stays = why_it_stays(book, document)
    if stays:
        raise StateError(stays)
    moved = _with_earlier(document, {one.id: one for one in book.documents.of(document.case)})
    for one in moved:
        there = book.documents.by_sha(to.id, one.sha256)
        if there is not None:
            raise InputError(
                f"Case {to.reference} has that file already, as {there.title}. Nothing was moved."
                " Withdraw the one that is too many."
            )
    return book.documents.move([one.id for one in moved], to.id, reason=why)


def why_it_stays(book: Casebook, document: Document) -> str:
    """Return why ``document`` cannot be moved any more, with the way out, or ""."""
    case = book.cases.get(document.case)
    earlier = _with_earlier(document, {one.id: one for one in book.documents.of(document.case)})
    reference = case.reference if case is not None else ""
    out = book.updates.out()
    if any(one.id in out for one in earlier):
        return (
            f"{document.title} went to panellists in case {reference}, so it stays there: they may"
            " have marked it. Withdraw it there, add the file to the other case, and write"
            " updates: they bring both."
        )
    if any(
        mark.document == one.id
        for one in earlier
        for mark in book.marks.of_member(book.about.member)
    ):
        return (
            f"{document.title} has marks of yours in case {reference}, and ratings there may cite"
            " them, so it stays. Remove the marks first, or withdraw it and add the file to the"
            " other case."
        )
    return ""


def _with_earlier(
    document: Document, everything: Mapping[DocumentId, Document]
) -> tuple[Document, ...]:
    """Return ``document`` and every earlier version that it took the place of in the end."""
    found = [document]
    for later in found:
        found += [one for one in everything.values() if one.replaced_by == later.id]
    return tuple(found)
