"""Real PDFs made here, and a small engine that draws them in the test's own process."""

import contextlib
import functools
import io
import threading
from array import array
from dataclasses import dataclass

import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from reviewer.errors import DocumentError
from reviewer.records.cases import PageText
from reviewer.records.contents import Contents

_ONE = threading.RLock()  # pdfium knows one thread at a time


def alone(function):
    @functools.wraps(function)
    def locked(*args, **kwargs):
        with _ONE:
            return function(*args, **kwargs)

    return locked


LINES = (
    "21:47 Detained person brought in by two officers following a call.",
    "Appeared frightened, answering questions not asked.",
    "22:06 Restrained by four officers and held face down for seven minutes.",
    "No officer is recorded as responsible for the head and airway.",
    "22:31 Checked through hatch. Lying on side, eyes open.",
)


def make_pdf(pages: int = 3, *, lines=LINES, words: bool = True) -> bytes:
    """Return a PDF; without ``words`` its pages carry only a grey square, as a scan would."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Times-Roman", 13)
        if words:
            canvas.drawString(72, 780, f"CUSTODY RECORD, page {number}. Invented.")
            for place, line in enumerate(lines):
                canvas.drawString(72, 740 - 20 * place, line)
        else:
            canvas.setFillGray(0.7)
            canvas.rect(100, 300, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@alone
def page_text(pdf: bytes, number: int) -> PageText:
    """Return a page's text with its character boxes."""
    document = pdfium.PdfDocument(pdf)
    page = document[number - 1]
    width, height = page.get_size()
    text = page.get_textpage()
    words = text.get_text_range()
    boxes = array("H")
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index, loose=True)
        for value, whole in (
            (left, width),
            (height - top, height),
            (right, width),
            (height - bottom, height),
        ):
            boxes.append(round(min(max(value / whole, 0), 1) * 65535))
    text.close()
    page.close()
    document.close()
    assert len(words) * 4 == len(boxes)
    return PageText(number=number, text=words, boxes=boxes.tobytes(), width=width, height=height)


@dataclass
class Bitmap:
    width: int
    height: int
    stride: int
    data: bytes


class Engine(contextlib.AbstractContextManager):
    """Draws with pdfium in this process; counts what it drew."""

    def __init__(self):
        self.open_documents = {}
        self.drawn = []
        self.gate = None
        self.said = {}  # Contents by key

    @alone
    def __exit__(self, *_):
        for document in self.open_documents.values():
            document.close()
        self.open_documents.clear()

    @alone
    def open(self, key, pdf):
        if not pdf.startswith(b"%PDF"):
            raise DocumentError("This is not a PDF, so it cannot be shown.")
        self.open_documents[key] = pdfium.PdfDocument(pdf)
        return len(self.open_documents[key])

    def render(self, key, page, width_px):
        if self.gate is not None:
            assert self.gate.wait(60)
        self.drawn.append((key, page, width_px))
        return self._render(key, page, width_px)

    @alone
    def _render(self, key, page, width_px):
        sheet = self.open_documents[key][page - 1]
        bitmap = sheet.render(scale=width_px / sheet.get_size()[0], prefer_bgrx=True)
        data = bitmap.buffer
        return Bitmap(bitmap.width, bitmap.height, bitmap.stride, bytes(data))

    @alone
    def contents(self, key):
        return self.said.get(key, Contents())

    @alone
    def forget(self, key):
        self.open_documents.pop(key).close()
