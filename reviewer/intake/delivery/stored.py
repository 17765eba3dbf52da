"""A delivery as it is stored, read in steps that hold nobody up, with its table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps, by_steps
from reviewer.intake.delivery.assess import Held, Item, Table, assess
from reviewer.intake.delivery.facts import Facts, from_data
from reviewer.intake.delivery.looking import held_by
from reviewer.intake.delivery.rules import from_data as rules_from
from reviewer.intake.delivery.staging import find_delivery
from reviewer.messages import say
from reviewer.records.cases import Document
from reviewer.records.deliveries import DeliveredFile, Delivery, DeliveryLook, FileState
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.large import FileBytes

_AT_A_TIME = 1_000  # files read in one step


@dataclass(frozen=True, kw_only=True, slots=True)
class Staged:
    """A delivery with its files, what was found in them by position, and its table."""

    delivery: Delivery
    files: Sequence[DeliveredFile]
    looks: Mapping[int, DeliveryLook]
    cases: Mapping[str, CaseId]
    held: Held
    table: Table


def staged_of(steps: Steps, number: int) -> Staged:
    """Return a delivery with its table. Raises ``InputError`` where there is none."""
    delivery = steps(partial(find_delivery, number))
    files: list[DeliveredFile] = []
    looks: dict[int, DeliveryLook] = {}
    while True:
        last = files[-1].position if files else 0
        some, found = steps(partial(_some, delivery.id, last))
        files += some
        looks |= found
        if len(some) < _AT_A_TIME:
            break
    cases, held, here = steps(partial(_beside, {file.sha256 for file in files}))
    items = [_item(file, looks.get(file.position), here) for file in files]
    table = assess(items, rules_from(delivery.rules), held)
    return Staged(delivery=delivery, files=files, looks=looks, cases=cases, held=held, table=table)


def _some(
    delivery: str, after: int, book: Casebook
) -> tuple[list[DeliveredFile], dict[int, DeliveryLook]]:
    files = book.deliveries.files(delivery, after=after, most=_AT_A_TIME)
    until = files[-1].position if files else after
    return files, book.deliveries.looks(delivery, after=after, until=until)


def _beside(
    came: Collection[str], book: Casebook
) -> tuple[dict[str, CaseId], Held, Collection[str]]:
    """Return the cases, what is compared with, and the hashes of all whose bytes are here."""
    cases = {case.reference: case.id for case in book.cases.all()}
    held = held_by(book, came)
    return cases, held, book.deliveries.staged() | held.by_sha.keys()


def _item(file: DeliveredFile, look: DeliveryLook | None, here: Collection[str]) -> Item:
    facts = from_data(look.facts, look.signature) if look is not None else Facts()
    gone = not file.document and file.sha256 not in here
    if gone and not facts.refused:
        facts = Facts(
            refused=say(
                "This file has not come yet. Where bringing it in was interrupted, bring the same"
                " folder in again."
            )
        )
    return Item(
        path=file.path,
        size=file.size,
        sha256=file.sha256,
        facts=facts,
        own=file.own,
        out=file.state is FileState.LEFT_OUT,
        alike=look.alike if look is not None else (),
        document=file.document,
        taken_back=file.state is FileState.TAKEN_BACK,
        here=not gone,
    )


def known(came: Collection[str], book: Casebook) -> tuple[dict[str, Facts], dict[str, DocumentId]]:
    """Return what is known of files whose bytes a document has, and which one that is."""
    here = [one for one in book.documents.all() if one.sha256 in came]
    facts = {one.sha256: _facts(one, book) for one in here}
    return facts, {one.sha256: one.id for one in here}


def _facts(document: Document, book: Casebook) -> Facts:
    return Facts(
        media=document.media,
        pages=document.page_count,
        worded=0 if document.text_source == "none" else document.page_count,
        notes=book.documents.notes(document.id),
    )


def content(steps: Steps, sha256: str, document: DocumentId | None) -> FileBytes | None:
    """Return the bytes of a file: staged, or those of the ``document`` that has them.

    They are read beside the thread that owns the casebook.
    """
    found = steps(partial(_content, sha256, document))
    return None if found is None else by_steps(steps, found)


def bytes_of(steps: Steps, sha256: str) -> FileBytes | None:
    """Return the bytes of one file: staged, or those of a document, which is sought."""

    def same(book: Casebook) -> DocumentId | None:
        return next((one.id for one in book.documents.all() if one.sha256 == sha256), None)

    return content(steps, sha256, steps(same))


def _content(sha256: str, document: DocumentId | None, book: Casebook) -> FileBytes | None:
    if book.deliveries.is_staged(sha256):
        return book.deliveries.content(sha256)
    return None if document is None else book.documents.original(document)
