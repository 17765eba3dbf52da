"""Documents of a case that may be a record which is still waited for: offered, never decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.record_requests.matching import find
from reviewer.records.cases import Document
from reviewer.records.requests import Group, RecordRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A document that no record has yet, and the one record that it may be."""

    record: RecordRequest
    document: Document


def arrivals(
    records: Iterable[RecordRequest], documents: Iterable[Document]
) -> tuple[Arrival, ...]:
    """Return the documents that stand, that no record has, and that one record's words fit.

    A document is known by its title, else by its kind. Where two records fit, none is offered.
    """
    own: dict[str, list[RecordRequest]] = {}
    had: set[str] = set()
    for one in records:
        had.update(one.documents)
        if one.group is not Group.RECEIVED:
            own.setdefault(one.case, []).append(one)
    return tuple(
        Arrival(record=record, document=document)
        for document in documents
        if document.current and document.id not in had
        if (record := _fitting(document, own.get(document.case, ()))) is not None
    )


def _fitting(document: Document, waited: Sequence[RecordRequest]) -> RecordRequest | None:
    for words in (document.title, document.kind):
        found = find(words, document.case, waited, {})
        if found is not None:
            return next(one for one in waited if one.id == found)
    return None
