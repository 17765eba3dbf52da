"""The outline and the page labels of a PDF: read within bounds, whatever they say."""

import io
import json

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.formats import pdf_contents
from reviewer.documents.outside.untrusted import Lie
from reviewer.documents.outside.untrusted_contents import contents as believed
from reviewer.documents.outside.worker import Worker
from reviewer.records.contents import (
    DEEPEST,
    MOST_HEADINGS,
    Contents,
    Heading,
    made_of,
    page_called,
)


def outlined(*, pages=4, headings=((0, 1, "Custody"), (1, 2, "Risk"), (0, 4, "Exhibits"))):
    """Return a PDF with these (depth, page, title) headings."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 400), invariant=1, pageCompression=0)
    for page in range(1, pages + 1):
        canvas.drawString(30, 350, f"Page {page}")
        for at, (depth, wanted, title) in enumerate(headings):
            if wanted == page:
                canvas.bookmarkPage(f"k{at}")
                canvas.addOutlineEntry(title, f"k{at}", depth)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def raw_pdf(catalog, *objects, pages=3):
    """Return a PDF of empty pages whose catalogue says ``catalog``; objects begin at 10."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    parts = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        **{3 + n: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>" for n in range(pages)},
        **{10 + n: text for n, text in enumerate(objects)},
    }
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, text in sorted(parts.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in sorted(places.items()):
        out += f"{number} 1\n{at:010} 00000 n \n".encode()
    size = max(places) + 1
    out += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


@pytest.fixture(scope="module")
def worker():
    with Worker() as made:
        yield made


def read(worker, pdf):
    worker.open("d", pdf)
    return worker.contents("d")


def test_the_outline_of_a_pdf_is_read_with_its_pages_and_depths(worker):
    assert read(worker, outlined()) == Contents(
        headings=(
            Heading(title="Custody", page=1, depth=0),
            Heading(title="Risk", page=2, depth=1),
            Heading(title="Exhibits", page=4, depth=0),
        )
    )


def test_pages_are_called_as_the_file_calls_them(worker):
    labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /P (A-) >>] >>"
    found = read(worker, raw_pdf(labels))
    assert found.labels == ("i", "A-1", "A-2")
    assert found.headings == ()
    assert page_called(found.labels, " a-2 ") == 3
    assert page_called(found.labels, "7") == page_called(found.labels, " ") == 0
    assert read(worker, raw_pdf("/PageLabels << /Nums [0 << /S /D >>] >>")).labels == ()


def test_a_label_that_is_too_long_is_none_and_is_not_cut_to_that_of_another_page(worker):
    long = "x" * 40
    labels = f"/PageLabels << /Nums [0 << /P ({long}) >> 1 << /P ({long}) /S /D >>] >>"
    assert read(worker, raw_pdf(labels)).labels == (long, "", "")


def test_a_label_that_is_no_text_takes_neither_the_others_nor_the_outline_away(worker):
    found = read(
        worker,
        raw_pdf(
            "/Outlines 10 0 R /PageLabels << /Nums ["
            "0 << /P <FEFFD800> >> 1 << /P <FEFF0041D8000042> >> 2 << /S /r >>] >>",
            "<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
            "<< /Title <FEFF0041D800> /Parent 10 0 R /Dest [4 0 R /Fit] >>",
        ),
    )
    assert found.labels == ("", "AB", "i")
    assert [(one.title, one.page) for one in found.headings] == [("A", 2)]


OUTLINE = (
    "<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
    "<< /Title (One) /Parent 10 0 R /Dest [4 0 R /Fit] >>",
)


@pytest.mark.parametrize("tree", ["<< /Kids [12 0 R 12 0 R] >>", "<< /Kids [13 0 R] >>", "wide"])
def test_labels_whose_tree_loops_are_refused_and_the_outline_is_kept(monkeypatch, tree):
    monkeypatch.setattr(limits, "LABELS_SECONDS", 1.5)
    trees = [tree, "<< /Kids [12 0 R] >>"]
    if tree == "wide":
        trees = [f"<< /Kids [{13 + n} 0 R {13 + n} 0 R] >>" for n in range(40)]
    with Worker() as worker:
        worker.open("other", outlined())
        pdf = raw_pdf("/Outlines 10 0 R /PageLabels 12 0 R", *OUTLINE, *trees)
        found = read(worker, pdf)
        assert [(one.title, one.page) for one in found.headings] == [("One", 2)]
        assert found.labels == ()
        assert worker.text("other", 1).text.strip() == "Page 1"
        assert worker.render("d", 1, 100).width == 100
        process = worker.process_id
        assert read(worker, pdf) == found
        assert worker.process_id == process


def test_an_outline_that_loops_is_read_once_round(worker):
    found = read(
        worker,
        raw_pdf(
            "/Outlines 10 0 R",
            "<< /Type /Outlines /First 11 0 R /Last 12 0 R /Count 2 >>",
            "<< /Title (One) /Parent 10 0 R /Next 12 0 R /Dest [4 0 R /Fit] >>",
            "<< /Title (Two) /Parent 10 0 R /Next 11 0 R /First 11 0 R >>",
        ),
    )
    assert found.loops
    assert [(one.title, one.page) for one in found.headings] == [("One", 2), ("Two", 0)]


def test_a_heading_that_leads_into_another_file_leads_nowhere(worker):
    found = read(
        worker,
        raw_pdf(
            "/Outlines 10 0 R",
            "<< /Type /Outlines /First 11 0 R /Last 12 0 R /Count 2 >>",
            "<< /Title (Other) /Parent 10 0 R /Next 12 0 R"
            " /A << /S /GoToR /F (x.pdf) /D [0 /Fit] >> >>",
            "<< /Title (Here) /Parent 10 0 R /A << /S /GoTo /D [5 0 R /Fit] >> >>",
        ),
    )
    assert [(one.title, one.page) for one in found.headings] == [("Other", 0), ("Here", 3)]


def test_more_headings_than_anybody_reads_are_cut_and_told(worker):
    many = tuple((0, 1, f"Heading {n}") for n in range(MOST_HEADINGS + 5))
    found = read(worker, outlined(pages=1, headings=many))
    assert found.cut
    assert len(found.headings) == MOST_HEADINGS
    deep = tuple((n, 1, f"Depth {n}") for n in range(DEEPEST + 3))
    found = read(worker, outlined(pages=1, headings=deep))
    assert found.cut
    assert len(found.headings) == DEEPEST


def test_time_ends_the_reading(monkeypatch):
    monkeypatch.setattr(pdf_contents, "SECONDS", -1.0)
    found = json.loads(pdf_contents.contents(pdfium.PdfDocument(outlined())))
    assert found["headings"] == found["labels"] == []
    assert found["cut"]


def test_an_answer_that_no_honest_worker_gives_is_a_lie():
    fine = {"headings": [[0, 1, "a"]], "labels": [], "loops": False, "cut": False}
    assert believed(json.dumps(fine).encode(), 2).headings == (Heading(title="a", page=1),)
    for wrong in (
        b"no",
        b"[" * 100_000,
        b"[]",
        *(
            json.dumps({**fine, **one}).encode()
            for one in (
                {"headings": "a"},
                {"headings": [[0, 3, "a"]]},
                {"headings": [[-1, 1, "a"]]},
                {"headings": [[True, 1, "a"]]},
                {"headings": [[0, 1]]},
                {"headings": [[0, 1, 7]]},
                {"headings": [[0, 1, "a" * 201]]},
                {"labels": ["i"]},
                {"labels": ["i", "ii", "iii"]},
            )
        ),
    ):
        with pytest.raises(Lie):
            believed(wrong, 2)


def test_without_an_outline_one_is_made_of_how_pages_begin():
    head = "HMP Northmoor, page {}\n"
    pages = [
        (1, head.format(1) + "Custody record\nDetails"),
        (2, head.format(2) + "Custody record\nMore of it"),
        (3, head.format(3) + "17\n\nRisk assessment"),
        (4, "\n 12 \n"),
        (5, head.format(5) + "Observations"),
    ]
    made = made_of(pages)
    assert made.made
    assert [(one.page, one.title) for one in made.headings] == [
        (1, "Custody record"),
        (3, "Risk assessment"),
        (5, "Observations"),
    ]
    assert made_of([]).headings == ()
    assert made_of([(1, "Only page"), (2, "Another")]).headings[1].page == 2
