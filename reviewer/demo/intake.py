"""The invented papers into a casebook: through the worker process, like any file from outside."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.demo.shapes import Inquiry, InventedCase, Paper
from reviewer.documents.outside.worker import Worker
from reviewer.progress import Progress
from reviewer.records.cases import Case, Document, PageText, Reading
from reviewer.records.ids import CaseId, DocumentId, new_id

_COVERED = {"Summary"}  # papers that are covered until the reader chooses


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """One case as it goes into a casebook, with every paper as it was read."""

    case: Case
    papers: tuple[tuple[Document, bytes, Reading], ...]

    @property
    def page_count(self) -> int:
        """The pages of all its papers."""
        return sum(document.page_count for document, _, _ in self.papers)

    @property
    def pages(self) -> Mapping[str, tuple[Document, tuple[PageText, ...]]]:
        """Each document with its pages, by file name."""
        return {
            document.file_name: (document, reading.pages) for document, _, reading in self.papers
        }


def read_all(made: Inquiry, progress: Progress) -> list[Loaded]:
    """Read every paper in the worker process. Raises ``DocumentError``, ``Cancelled``."""
    found = []
    with Worker() as worker:
        for done, case in enumerate(made.cases):
            progress.step(done, len(made.cases), case.reference)
            found.append(_load(worker, case))
    return found


def store(book: Casebook, loaded: Sequence[Loaded]) -> None:
    """Put all cases and papers into a casebook."""
    book.cases.add([one.case for one in loaded])
    for one in loaded:
        book.documents.add_many(one.papers)


def _load(worker: Worker, invented: InventedCase) -> Loaded:
    attributes = dict(invented.attributes)
    if invented.missing:
        attributes["records not supplied"] = "; ".join(
            f"{record.what} ({record.request})" for record in invented.missing
        )
    case = Case(
        id=CaseId(new_id()),
        reference=invented.reference,
        title=invented.title,
        attributes=attributes,
        content_notes=invented.content_notes,
    )
    papers = tuple(_read(worker, case, paper) for paper in invented.documents)
    return Loaded(case=case, papers=papers)


def _read(worker: Worker, case: Case, paper: Paper) -> tuple[Document, bytes, Reading]:
    reading = worker.read(paper.content, paper.file_name)
    document = Document(
        id=DocumentId(new_id()),
        case=case.id,
        title=paper.title,
        kind=paper.kind,
        agency=paper.agency,
        date=paper.date,
        file_name=paper.file_name,
        media=reading.media,
        sha256=hashlib.sha256(paper.content).hexdigest(),
        size=len(paper.content),
        page_count=len(reading.pages),
        content_note=", ".join(case.content_notes) if paper.kind in _COVERED else "",
        text_source=reading.text_source,
    )
    return document, paper.content, reading
