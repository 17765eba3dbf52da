"""A scan whose words were read, one of them wrongly, in a case that is there."""

import hashlib
from dataclasses import replace

from reviewer.casebook.book import Casebook
from reviewer.records.cases import Document, PageText, Reading
from reviewer.records.ids import DocumentId, new_id
from reviewer.records.scans import PageReading, PageState, Quality
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.reader.pages import make_pdf, page_text

RIGHT, WRONG = "frightened", "fr1ghtened"
READ = PageReading(
    number=1, state=PageState.READ, quality=Quality.CHECK, sure=83, engine="Tesseract", at="t"
)


def give_scan(path, *, reference="2010-07"):
    """Add a scan of two pages: the first was read, the second still waits; return it."""
    pdf = make_pdf(2)
    empty = PageText(number=1, text="", boxes=b"", width=595.0, height=842.0)
    with Casebook.open(path, PASSPHRASE) as book:
        case = next(one for one in book.cases.all() if one.reference == reference)
        made = Document(
            id=DocumentId(new_id()),
            case=case.id,
            title="Typed statement",
            file_name="statement.pdf",
            media="application/pdf",
            sha256=hashlib.sha256(pdf).hexdigest(),
            size=len(pdf),
            page_count=2,
            text_source="ocr",
        )
        reading = Reading(
            media="application/pdf",
            pages=(empty, replace(empty, number=2)),
            text_source="ocr",
            scans=(PageReading(number=1), PageReading(number=2)),
        )
        book.documents.add(made, pdf, reading)
        read_page(book, made.id, 1)
    return made


def read_page(book, document, number):
    """Keep what was read of a page that waits."""
    seen = page_text(make_pdf(2), number)
    return book.scans.keep(
        document, replace(READ, number=number), seen.text.replace(RIGHT, WRONG), seen.boxes
    )
