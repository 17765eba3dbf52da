"""What the chair puts right after the casebooks were issued: documents and how they are called.

Nothing is taken away: a document that is replaced or withdrawn is kept, with every mark in it.
"""

from collections.abc import Container
from dataclasses import replace
from pathlib import Path

from reviewer.casebook.book import Casebook, Change
from reviewer.casebook.steps import Steps, at_once
from reviewer.documents.notes import listed
from reviewer.documents.outside.unpacking import as_sent
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError, StateError
from reviewer.intake import places
from reviewer.intake.cases import chair_only, correct_case
from reviewer.intake.family import read_family
from reviewer.intake.large import forget_cut_off, keep_large
from reviewer.intake.register import Row
from reviewer.messages import plural, say
from reviewer.progress import Progress
from reviewer.records.cases import Case, Document, DocumentState
from reviewer.records.families import came_with
from reviewer.records.ids import CaseId
from reviewer.records.large import known_sha256
from reviewer.records.text import clean_line

_LISTED = 20  # documents named in a sentence

# What a document has from the one whose place it takes.
STAYS = ("case", "title", "kind", "agency", "date", "content_note")


def find_document(book: Casebook, case: Case, name: str) -> Document:
    """Return the document of ``case`` that ``name`` (its id, title or file name) means.

    One that stands comes before one that no longer does. Raises ``InputError`` unless it is one.
    """
    documents = book.documents.of(case.id)
    wanted = clean_line(name)
    found = [one for one in documents if wanted in {one.id, one.title, one.file_name}]
    found = [one for one in found if one.current] or found
    if len(found) > 1:
        raise InputError(
            say(
                "{count} documents of case {reference} are called {name}. Name one by its id:"
                " {ids}.",
                count=len(found),
                reference=case.reference,
                name=wanted[:60],
                ids=listed([one.id for one in found], _LISTED, "; "),
            )
        )
    if not found:
        titles = listed([one.title for one in documents], _LISTED, "; ") or "none"
        raise InputError(
            say(
                "Name one document of case {reference}. It has: {titles}.",
                reference=case.reference,
                titles=titles,
            )
        )
    return found[0]


def correct_document(
    book: Casebook, worker: Worker, old: Document, path: Path, *, reason: str, progress: Progress
) -> Document:
    """Bring in the corrected version of ``old``, which is kept and shown as replaced.

    It keeps the title, kind, agency, date and content note, and what it was attached to. Raises
    ``InputError`` without a reason, where ``old`` no longer stands, or where the case has that
    file already; ``DocumentError`` where it cannot be read.
    """
    return bring_correction(at_once(book), worker, old, path, reason=reason, progress=progress)


def bring_correction(
    steps: Steps, worker: Worker, old: Document, path: Path, *, reason: str, progress: Progress
) -> Document:
    """Do as ``correct_document``, beside the thread that owns the casebook."""
    steps(lambda book: reason_for(book, old, reason))
    untrusted = as_sent(places.contents(path))
    sha256 = known_sha256(untrusted)

    def refuse_known(book: Casebook, case: CaseId) -> None:
        _refuse_known(book, case, sha256, path.name)

    steps(lambda book: refuse_known(book, old.case))
    label = clean_line(path.name)[-200:] or "document"
    row = Row(
        number=0,
        reference="",
        title="",
        kind=old.kind,
        agency=old.agency,
        content_notes=(old.content_note,) if old.content_note else (),
    )
    family = read_family(
        worker,
        old.case,
        row,
        label=label,
        untrusted=untrusted,
        known=lambda sha: steps(lambda book: book.documents.by_sha(old.case, sha)),
        progress=progress,
    )
    (read, _, reading), *came = family.items
    keep_large(steps, untrusted, progress, label)

    def put(book: Casebook) -> Document:
        """Ask again what was so before it was read, and let it read as ``old`` does by now."""
        now = book.documents.get(old.id) or old
        kept = reason_for(book, now, reason)
        refuse_known(book, now.case)
        stays = {name: getattr(now, name) for name in STAYS}
        origin = replace(read.origin, parent=now.origin.parent, place=now.origin.place)
        made = replace(read, **stays, origin=origin)
        new = [(replace(one, case=now.case), data, told) for one, data, told in came]
        new = [item for item in new if book.documents.by_sha(now.case, item[0].sha256) is None]
        left = _left_behind(book, now, family.sha256s)
        told = replace(reading, notes=(*reading.notes, *left))
        book.documents.replace(now.id, made, untrusted, told, kept, came_with=new)
        return made

    made = steps(put)
    forget_cut_off(steps)
    return made


def _refuse_known(book: Casebook, case: CaseId, sha256: str, name: str) -> None:
    there = book.documents.by_sha(case, sha256)
    if there is not None:
        raise InputError(
            say(
                "{name} is what the case has as {title} already. Nothing was replaced.",
                name=name,
                title=there.title,
            )
        )


def _left_behind(book: Casebook, old: Document, again: Container[str]) -> list[str]:
    """Return the sentence on what came with ``old`` and not with its correction, if anything."""
    family = came_with(old, book.documents.of(old.case))
    stays = [one.title for one in family if one.current and one.sha256 not in again]
    if not stays:
        return []
    return [
        plural(
            "{count:,} document that came with the earlier version did not come with this one,"
            " and stays: {titles}.",
            "{count:,} documents that came with the earlier version did not come with this one,"
            " and stay: {titles}.",
            count=len(stays),
            titles=listed(stays, _LISTED, "; "),
        )
    ]


def withdraw_document(
    book: Casebook, document: Document, reason: str, *, alone: bool = False
) -> Change:
    """Let ``document`` no longer be shown, nor what came with it, unless ``alone``.

    A mail that should not have been sent had its attachments sent as well. Raises ``InputError``
    as ``correct_document`` does.
    """
    why = reason_for(book, document, reason)
    family = () if alone else came_with(document, book.documents.of(document.case))
    return book.documents.withdraw(document.id, why, [one.id for one in family if one.current])


def reinstate_document(book: Casebook, document: Document) -> Change:
    """Let a withdrawn document be shown again, and what was withdrawn with it."""
    chair_only(book)
    if document.state is not DocumentState.WITHDRAWN:
        raise StateError(
            say("{title} is not withdrawn, so it cannot be shown again.", title=document.title)
        )
    family = came_with(document, book.documents.of(document.case))
    together = [
        one.id
        for one in family
        if one.state is DocumentState.WITHDRAWN
        and (one.changed, one.reason) == (document.changed, document.reason)
    ]
    return book.documents.reinstate(document.id, together)


def describe(
    book: Casebook,
    case: Case,
    document: Document | None = None,
    *,
    title: str | None = None,
    content_notes: tuple[str, ...] | None = None,
) -> Change:
    """Give a case, or a document of it, another title or other content notes.

    Raises ``InputError`` for an empty title.
    """
    if document is None:
        return correct_case(book, case, title=title, content_notes=content_notes)
    chair_only(book)
    title = None if title is None else clean_line(title)
    if title == "":
        raise InputError(say("A title needs at least one word."))
    notes = None if content_notes is None else tuple(map(clean_line, content_notes))
    return book.documents.describe(
        replace(
            document,
            title=document.title if title is None else title,
            content_note=document.content_note if notes is None else "; ".join(notes),
        )
    )


def reason_for(
    book: Casebook, document: Document, reason: str, *, read: str = "each panellist is told"
) -> str:
    """Return ``reason`` as it is kept. Raises ``InputError`` without one, or where it is late.

    ``read`` says who reads it.
    """
    chair_only(book)
    if not document.current:
        raise InputError(
            say("{title} was {state} already.", title=document.title, state=document.state.value)
        )
    cleaned = clean_line(reason)
    if not cleaned:
        raise InputError(say("Say in a few words why; {read}.", read=read))
    return cleaned
