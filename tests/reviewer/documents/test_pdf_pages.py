"""A PDF whose page tree is wrong is shown as far as it has pages, and that is told."""

import pytest

from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.inside.prepare import pdf_notes
from reviewer.documents.refusals import SENTENCES, Refused


def tree(*pages, count, more=""):
    """Return a PDF with these pages (None: a null entry), and ``count`` in its tree."""
    kids = " ".join(f"{at} 0 R" for at in range(4, 4 + len(pages)))
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    contents = []
    for at, text in enumerate(pages):
        content = f"BT /F 12 Tf 10 50 Td ({text}) Tj ET"
        contents.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        leaf = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {4 + len(pages) + at} 0 R>>"
        )
        parts.append("null" if text is None else leaf)
    parts += contents
    body = "".join(f"{at} 0 obj{part} endobj\n" for at, part in enumerate(parts, 1))
    end = f"trailer<</Root 1 0 R/Size {len(parts) + 1}>>\n%%EOF"
    return f"%PDF-1.7\n{body}{more}{end}".encode("latin-1")


def read(made):
    pdf = Pdf(made)
    try:
        return [pdf.words(at + 1).text for at in range(pdf.pages)], pdf_notes(pdf, made)
    finally:
        pdf.close()


def test_pages_that_the_tree_does_not_count_are_shown():
    texts, notes = read(tree("one", "/Count 7", "three", count=1))
    assert texts == ["one", "/Count 7", "three"]
    assert notes == ["The PDF counts fewer pages than are in it (1 of 3); all of them are shown."]


def test_a_page_that_was_replaced_is_not_shown_twice():
    """An old page stays in the file when a new one takes its place: the tree has two."""
    texts, notes = read(tree("one", "two", count=2, more="99 0 obj<</Type/Page>> endobj\n"))
    assert (texts, notes) == (["one", "two"], [])


def test_a_page_that_is_none_keeps_its_place_and_the_others_are_shown():
    made = tree("one", None, "three", count=3)
    texts, notes = read(made)
    assert texts == ["one", "", "three"]
    assert notes == ["Damaged pages, which are shown empty (all others are shown): page 2."]


def test_a_page_that_is_none_is_drawn_empty(worker):
    worker.open("bad page", tree("one", None, count=2))
    drawn = worker.render("bad page", 2, 50)
    assert set(drawn.data) == {255}
    assert (drawn.width, drawn.height) == (50, 71)


def test_a_pdf_of_damaged_pages_alone_is_refused():
    with pytest.raises(Refused) as caught:
        read(tree(None, None, count=2))
    assert caught.value.code == "page"


def test_a_pdf_without_pages_is_refused_for_that():
    with pytest.raises(Refused) as caught:
        Pdf(tree(count=0))
    assert SENTENCES[caught.value.code].startswith("This PDF has no pages.")
