"""Moving a document that was brought into the wrong case, before anybody else has it."""

from collections.abc import Collection, Sequence

from reviewer.casebook.book import Casebook, Change
from reviewer.errors import InputError, StateError
from reviewer.intake.correct import reason_for
from reviewer.messages import say
from reviewer.records.cases import Case, Document
from reviewer.records.families import came_with, with_earlier
from reviewer.records.ids import DocumentId


def move_document(book: Casebook, document: Document, to: Case, *, reason: str) -> Change:
    """Let ``document`` belong to the case ``to``, with what was corrected by it; kept for why.

    Raises ``InputError`` without a reason, where it no longer stands, for its own case, or where
    the other case has that file already; ``StateError`` where it stays (see ``why_they_stay``).
    """
    why = reason_for(book, document, reason, read="the journal keeps it")
    if to.id == document.case:
        raise InputError(
            say(
                "{title} is in case {reference} already.",
                title=document.title,
                reference=to.reference,
            )
        )
    documents = book.documents.of(document.case)
    here = book.cases.get(document.case)
    stays = why_they_stay(book, here, documents) if here is not None else {}
    if document.id in stays:
        raise StateError(stays[document.id])
    parent = next((one for one in documents if one.id == document.origin.parent), None)
    if parent is not None:
        raise InputError(
            say(
                "{title} came with {parent} and stays with it. Move that, or withdraw this one and"
                " add the file to the other case.",
                title=document.title,
                parent=parent.title,
            )
        )
    moved = [*with_earlier(document, documents), *came_with(document, documents)]
    for one in moved:
        there = book.documents.by_sha(to.id, one.sha256)
        if there is not None:
            raise InputError(
                say(
                    "Case {reference} has that file already, as {title}. Nothing was"
                    " moved. Withdraw the one that is too many.",
                    reference=to.reference,
                    title=there.title,
                )
            )
    return book.documents.move([one.id for one in moved], to.id, reason=why)


def why_they_stay(
    book: Casebook, case: Case, documents: Sequence[Document]
) -> dict[DocumentId, str]:
    """Return why some of ``documents``, all of ``case``, cannot be moved, with the way out."""
    out = _and_later(book.updates.out(), documents)
    marks = book.marks.of_case(book.about.member, case.id)
    marked = _and_later({mark.document for mark in marks}, documents)
    asked = {at: one.name for one in book.requests.of(case.id) for at in one.documents}
    came = {id_: name for at, name in asked.items() for id_ in _and_later({at}, documents)}
    stays: dict[DocumentId, str] = {}
    for one in documents:
        if one.id in out:
            stays[one.id] = (
                f"{one.title} went to panellists in case {case.reference}, so it stays there: they"
                " may have marked it. Withdraw it there, add the file to the other case, and write"
                " updates: they bring both."
            )
        elif one.id in marked:
            stays[one.id] = (
                f"{one.title} has marks of yours in case {case.reference}, and ratings there may"
                " cite them, so it stays. Remove the marks first, or withdraw it and add the file"
                " to the other case."
            )
        elif one.id in came:
            stays[one.id] = say(
                "{title} is what came for the record {name} of case {case}, so it stays. Take back"
                " under Records what put it there first.",
                title=one.title,
                name=came[one.id],
                case=case.reference,
            )
    for one in documents:
        kept = [child for child in came_with(one, documents) if child.id in stays]
        if kept and one.id not in stays:
            stays[one.id] = (
                f"{kept[0].title} came with {one.title} and cannot be moved: {stays[kept[0].id]}"
            )
    return stays


def _and_later(which: Collection[DocumentId], documents: Sequence[Document]) -> set[str]:
    """Return ``which``, of these documents, and every one that took the place of such a one."""
    later = {str(one.id): one.replaced_by for one in documents}
    found: set[str] = set()
    for at in later.keys() & which:
        follow = at
        while follow in later and follow not in found:
            found.add(follow)
            follow = later[follow]
    return found
