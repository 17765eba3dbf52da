"""What a reader is told of pages that are pictures whose words nobody has read, as they stand now.

Not among the notes that are kept with a document: what waits today is read tomorrow.
"""

from collections.abc import Mapping, Sequence

from reviewer.casebook.book import Casebook
from reviewer.intake.transcripts import as_they_stand
from reviewer.messages import plural
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.scans import PageState

_SPANS = 20  # a note is read at a glance


def notes_of(book: Casebook, case: CaseId) -> dict[DocumentId, tuple[str, ...]]:
    """Return all that is to be known of a case's documents: what was kept, and what waits now."""
    found = as_they_stand(book.documents.notes_of(case), book.documents.of(case))
    for document, pages in book.scans.unread(case).items():
        found[document] = (*found.get(document, ()), *unread(pages))
    return found


def unread(pages: Mapping[PageState, Sequence[int]]) -> tuple[str, ...]:
    """Return a sentence about the pages that wait, and one about those that could not be read.

    >>> unread({PageState.FAILED: [2, 3, 4, 9]})
    ('Pages 2-4, 9 are scans that could not be read: they cannot be searched.',)
    """
    found = []
    if waiting := pages.get(PageState.WAITING):
        found.append(
            plural(
                "Page {pages} is a picture, a scan or blank, and was not read yet (Cases, or"
                " reviewer scans --read): it cannot be searched.",
                "Pages {pages} are pictures, scans or blank, and were not read yet (Cases, or"
                " reviewer scans --read): they cannot be searched.",
                count=len(waiting),
                pages=_spans(waiting),
            )
        )
    if failed := pages.get(PageState.FAILED):
        found.append(
            plural(
                "Page {pages} is a scan that could not be read: it cannot be searched.",
                "Pages {pages} are scans that could not be read: they cannot be searched.",
                count=len(failed),
                pages=_spans(failed),
            )
        )
    return tuple(found)


def _spans(numbers: Sequence[int]) -> str:
    """Return numbers that rise as spans, the first of them where there are many."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = ", ".join(f"{a}-{b}" if b > a else str(a) for a, b in spans[:_SPANS])
    return f"{shown}, ..." if len(spans) > _SPANS else shown
