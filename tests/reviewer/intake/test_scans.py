"""Scanned pages read by a process a core: kept page by page, stopped and begun again."""

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer.casebook.steps import at_once
from reviewer.documents.outside.recogniser import Recogniser, ScannedText
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import refusal
from reviewer.errors import Cancelled, EngineError
from reviewer.intake import import_documents
from reviewer.intake.scans import processors, read_scans
from reviewer.progress import Quiet
from reviewer.records.scans import PageState, Quality
from tests.books import case, chair_book
from tests.reviewer.documents import scans

STAMP = "Disclosure 3, page 17"


@pytest.fixture(scope="module")
def worker():
    with Worker() as running:
        yield running


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "chair.casebook") as made:
        made.cases.add([case("2010-01")])
        yield made


def bundle(*, pages=3):
    """Return a PDF: a typed cover, then scans, the first of them stamped."""
    picture = scans.drawn(scans.typed(), 150)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for at, line in enumerate(["Bundle of statements, as listed below"] * 20):
        canvas.drawString(60, 770 - 20 * at, line)
    canvas.showPage()
    for number in range(1, pages):
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        if number == 1:
            canvas.drawString(400, 20, STAMP)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def brought(book, worker, folder, **kind):
    path = folder / "bundle.pdf"
    path.write_bytes(bundle(**kind))
    import_documents(book, worker, "2010-01", [path], Quiet())
    return book.documents.all()[-1]


class Reader:
    """Stands in for the process: says what it was told to, page after page."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.engine, self.reach = "Tesseract 5.5", ()
        self.seen = []

    def read(self, picture, dots, number=0):
        self.seen.append((number, picture.width, dots))
        answer = self.answers.pop(0) if self.answers else "read"
        if isinstance(answer, BaseException):
            raise answer
        return ScannedText(text=answer, boxes=bytes(8 * len(answer)), sure=95, turn=0)

    def close(self):
        pass


def run(book, worker, reader, progress=None, **how):
    return read_scans(
        at_once(book), worker, progress or Quiet(), at_once=1, make=lambda: reader, **how
    )


def test_the_scanned_pages_behind_a_typed_cover_wait(book, worker, tmp_path):
    made = brought(book, worker, tmp_path)
    assert made.text_source == "native"
    assert [page.number for page in book.scans.waiting()] == [2, 3]
    assert not any("without words" in note for note in book.documents.notes(made.id))


def test_all_of_it_is_read_by_tesseract_and_found(book, worker, tmp_path):
    made = brought(book, worker, tmp_path)
    report = read_scans(at_once(book), worker, Quiet())
    assert (report.read.pages, report.read.good) == (2, 2)
    assert report.engine.startswith("Tesseract 5")
    assert report.weakness == ""
    assert {hit.page for hit in book.search("unsteady")} == {2, 3}
    stamped = book.documents.page(made.id, 2).text
    assert stamped.startswith(STAMP)  # what was there stays where it was
    assert stamped.count("Disclosure") == 1  # and is not read again
    assert scans.wrong("\n".join((STAMP, *scans.LINES)), stamped) < 0.5
    assert scans.wrong("\n".join(scans.LINES), book.documents.page(made.id, 3).text) < 0.5
    assert [one.state for one in book.scans.of(made.id).values()] == [PageState.READ] * 2
    assert book.scans.waiting() == []


def test_a_scan_is_drawn_as_fine_as_it_is(book, worker, tmp_path):
    brought(book, worker, tmp_path)
    reader = Reader()
    run(book, worker, reader)
    assert [(number, dots) for number, _, dots in reader.seen] == [(2, 150), (3, 150)]
    assert all(abs(width - 1240) <= 2 for _, width, _ in reader.seen)


def test_photographs_wait_and_texts_do_not(book, worker, tmp_path):
    Image.new("RGB", (300, 200), "white").save(tmp_path / "a.jpg")
    (tmp_path / "b.txt").write_text("What was said.", encoding="utf-8")
    paths = [tmp_path / "a.jpg", tmp_path / "b.txt"]
    import_documents(book, worker, "2010-01", paths, Quiet())
    assert [page.title for page in book.scans.waiting()] == ["a"]
    assert run(book, worker, Reader("")).read.empty == 1


def test_stopped_it_keeps_what_was_read_and_goes_on_where_it_stopped(book, worker, tmp_path):
    made = brought(book, worker, tmp_path, pages=6)

    class Stop:
        def step(self, done, total, what=""):
            assert total == 5
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        run(book, worker, Reader(), Stop())
    left = [page.number for page in book.scans.waiting()]
    assert 0 < len(left) < 5
    report = run(book, worker, Reader())
    assert report.read.pages == len(left)
    assert all(one.state is PageState.READ for one in book.scans.of(made.id).values())


def test_one_page_that_cannot_be_read_is_told_and_the_next_is_read(book, worker, tmp_path):
    made = brought(book, worker, tmp_path)
    report = run(book, worker, Reader(refusal("scan-time", 2), "roused"))
    assert (report.read.failed, report.read.good) == (1, 1)
    found = book.scans.of(made.id)
    assert found[2].state is PageState.FAILED
    assert "Page 2 could not be read within four minutes" in found[2].reason
    assert found[3].quality is Quality.GOOD


def test_what_comes_in_while_it_reads_is_read_too(book, worker, tmp_path):
    brought(book, worker, tmp_path)

    class Bring:
        """A delivery that comes in between two steps."""

        brought = False

        def step(self, done, total, what=""):
            if done == 1 and not self.brought:
                self.brought = True
                Image.new("RGB", (300, 200), "white").save(tmp_path / "late.png")
                with Worker() as other:
                    import_documents(book, other, "2010-01", [tmp_path / "late.png"], Quiet())

    assert run(book, worker, Reader(), Bring()).read.pages == 3
    assert book.scans.waiting() == []


def test_where_nothing_reads_scans_they_wait_and_it_is_said(book, worker, tmp_path):
    brought(book, worker, tmp_path)
    nothing = Recogniser(command=["/nonexistent/tesseract"])
    with pytest.raises((EngineError, OSError)):
        read_scans(at_once(book), worker, Quiet(), make=lambda: nothing)
    assert len(book.scans.waiting()) == 2


def test_one_case_alone(book, worker, tmp_path):
    brought(book, worker, tmp_path)
    other = case("2010-02")
    book.cases.add([other])
    assert run(book, worker, Reader(), case=other.id).read.pages == 0
    assert len(book.scans.waiting()) == 2


def test_there_is_a_process_for_each_core():
    assert processors() >= 1
