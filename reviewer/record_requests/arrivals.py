"""Documents of a case that may be a record which is still waited for: offered, never decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.record_requests.matching import Finder
from reviewer.records.cases import Document
from reviewer.records.ids import RequestId
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
    waited: dict[RequestId, RecordRequest] = {}
    had: set[str] = set()
    for one in records:
        had.update(one.documents)
        if one.group is not Group.RECEIVED:
            waited[one.id] = one
    finder = Finder(waited.values(), {})
    found = []
    for document in documents:
        if document.current and document.id not in had:
            fits = finder.find(document.title, document.case)
            fits = fits or finder.find(document.kind, document.case)
            if fits is not None:
                found.append(Arrival(record=waited[fits], document=document))
    return tuple(found)
