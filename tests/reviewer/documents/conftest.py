import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents.outside.worker import Worker
from tests.reviewer.documents.both import Both


@pytest.fixture(scope="module")
def worker():
    """Return a worker whose answers must be those of this process, which nothing confines."""
    with Both() as running:
        yield running


@pytest.fixture(scope="module")
def confined():
    """Return a worker alone, for files that only what is confined should read."""
    with Worker() as running:
        yield running


@pytest.fixture
def make_pdf():
    """Return a function that makes a PDF: one page a line of text, 200 x 100 points."""

    def make(*lines, size=(200, 100), rotate=0):
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=size, invariant=1)
        for line in lines:
            canvas.drawString(20, 50, line)
            canvas.showPage()
        canvas.save()
        return turned(out.getvalue(), rotate) if rotate else out.getvalue()

    return make


def turned(pdf, degrees):
    """Return a PDF whose pages are shown turned, their content as it was."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            page.set_rotation(degrees)
        document.save(out)
    return out.getvalue()
