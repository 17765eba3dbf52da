"""Pages in one's own list of marks are called as their document calls them, where it does."""

import csv

import pytest

from reviewer.casebook.book import Casebook
from reviewer.documents.outside.worker import Worker
from reviewer.errors import EngineError
from reviewer.intake import import_documents
from reviewer.progress import Quiet
from reviewer.rounds.own_marks import own_marks
from reviewer.rounds.page_labels import with_labels
from tests.books import PASSPHRASE, chair_book, page_mark
from tests.reviewer.documents.test_pdf_contents import raw_pdf

LABELS = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>"


@pytest.fixture
def file(tmp_path):
    """A casebook where two pages of a report are marked whose second page is called 1."""
    path = tmp_path / "marks.casebook"
    (tmp_path / "report.pdf").write_bytes(raw_pdf(LABELS))
    with chair_book(path, cases=1) as book, Worker() as worker:
        case = book.cases.all()[0]
        import_documents(book, worker, case.reference, [tmp_path / "report.pdf"], Quiet())
        report = book.documents.of(case.id)[-1]
        plain = book.documents.of(case.id)[0]
        for document, page in ((report, 1), (report, 2), (plain, 1)):
            book.marks.put(page_mark(book, document, page=page), round_number=1)
    return path


def test_the_list_and_its_files_cite_pages_as_the_document_prints_them(reviewer, file, tmp_path):
    found = reviewer("marks", file, "--json").data["marks"]
    told = [(mark["page"], mark["label"], mark["citation"]) for mark in found]
    assert told == [
        (1, "", "Custody record p. 1, 2010-01"),
        (1, "i", "report p. i (1 of 3), 2010-01"),
        (2, "1", "report p. 1 (2 of 3), 2010-01"),
    ]
    (tmp_path / "out").mkdir()
    assert "report p. i (1 of 3), 2010-01" in reviewer("marks", file).out
    assert reviewer("marks", file, "--export", tmp_path / "out").code == 0
    with (tmp_path / "out" / "my-marks.csv").open(encoding="utf-8-sig", newline="") as table:
        cited = [row["citation"] for row in csv.DictReader(table)]
    assert cited == [citation for _, _, citation in told]


class Failing:
    """A reader that cannot begin, or that can read no document."""

    def __init__(self, error):
        self.error = error

    def open(self, key, pdf):
        raise self.error

    def forget(self, key):
        """Nothing is open."""


@pytest.mark.parametrize("kind", ["no reader", "no document"])
def test_marks_are_listed_by_the_count_where_nothing_can_be_read(file, kind):
    with Casebook.open(file, PASSPHRASE) as book:
        marks = own_marks(book)
        if kind == "no reader":
            assert with_labels(book, Failing(EngineError("no")), marks) == marks
            return
        with Worker() as worker:
            worker.contents = lambda key: worker.open(key, b"%PDF-broken")
            found = with_labels(book, worker, marks)
    assert [mark.citation for mark in found] == [mark.citation for mark in marks]
