"""What a PDF holds: the words that are drawn on its pages."""

import pypdfium2 as pdfium

from reviewer.documents.inside.ledger.held import Held


def hold(raw: bytes) -> Held:
    """Return what a PDF holds."""
    held = Held()
    document = pdfium.PdfDocument(raw)
    try:
        for number in range(len(document)):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                continue
            for line in page.get_textpage().get_text_range().splitlines():
                held.say(line)
            page.close()
    finally:
        document.close()
    return held
