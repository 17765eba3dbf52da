"""The text and boxes of a page, made out in runs, are those of its characters one by one."""

import ctypes
import io
import math
import struct

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reviewer.assets import resource
from reviewer.documents.formats import pdf, pdf_text
from reviewer.documents.formats.pdf_hidden import Hidden

FONT = "Characters"
LINES = [
    ("Office files \ufb01nd \ufb03 and \ufb00.", 70, 700),
    ("soft\xadhyphen and a", 70, 680),
    ("second column", 330, 700),
    ("goes on", 330, 680),
    ("outside", -30, 660),
    ("above", 70, 838),
    ("\U0001d49c\u263a", 70, 640),
    ("Anhang an- \u05d0\u05d1\u05d2", 70, 620),
]


def drawn(rotation, *, crop=None, turned=0):
    """Return a PDF whose page is rotated by the viewer, and its text ``turned`` on it."""
    pdfmetrics.registerFont(TTFont(FONT, str(resource("fonts/DejaVuSans.ttf"))))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for font, size in ((FONT, 11), ("Times-Roman", 9)):
        canvas.setPageRotation(rotation)
        if crop:
            canvas.setCropBox(crop)
        canvas.rotate(turned)
        for text, left, bottom in LINES:
            canvas.setFont(font, size + bottom % 3)
            canvas.drawString(left, bottom, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class Plainly:
    """One character after another, as it was first written."""

    def __init__(self, page, textpage):
        self.place = pdf._Place(page)
        self.textpage, self.handle = textpage, textpage.raw
        self.count = textpage.count_chars()
        self.marked = False

    def codes(self):
        high = 0
        for at in range(self.count):
            code = raw.FPDFText_GetUnicode(self.handle, at)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                if not high:
                    continue
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            code = 0x2D if code in {0x2, 0xFFFE, 0xAD} else code
            if pdf_text.printed(code):
                yield at, code

    def box(self, at):
        place, rect = self.place, raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(self.handle, at, ctypes.byref(rect)):
            return (0, 0, 0, 0)
        x0 = place._x + rect.left * place._xx + rect.bottom * place._xy
        x1 = place._x + rect.right * place._xx + rect.top * place._xy
        y0 = place._y + rect.left * place._yx + rect.bottom * place._yy
        y1 = place._y + rect.right * place._yx + rect.top * place._yy
        assert math.isfinite(x0 + x1 + y0 + y1)
        sides = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        return tuple(round(min(max(side, 0), 65_535)) for side in sides)

    def read(self):
        text, boxes, last = [], [], (0, 0, 0, 0)
        for at, code in self.codes():
            if code == 0x0A:
                text.append("\n")
                _, top, right, bottom = boxes[-1] if boxes else (0, 0, 0, 0)
                boxes.append((right, top, right, bottom))
                continue
            if self.marked and code != 0x0D:  # the line ended after a hyphen
                text.append("\n")
                _, top, right, bottom = boxes[-1]
                boxes.append((right, top, right, bottom))
            self.marked = raw.FPDFText_GetUnicode(self.handle, at) in {0x2, 0xFFFE}
            letters = pdf_text.LIGATURES.get(code) or chr(code)
            box = self.box(at)
            if pdf_text.jumped(last, box) and not text[-1].isspace() and not letters.isspace():
                text.append("\n")
                boxes.append((last[2], last[1], last[2], last[3]))
            boxes += pdf_text.split(box, len(letters))
            text.append(letters)
            last = box
        return "".join(text), b"".join(struct.pack("<4H", *box) for box in boxes)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("crop", "turned"), [(None, 0), ((40, 300, 400, 720), 0), (None, 12), (None, -90)]
)
def test_runs_of_characters_are_the_characters_one_by_one(rotation, crop, turned):
    made = drawn(rotation, crop=crop, turned=turned)
    ours = pdf.Pdf(made)
    ours.hidden = dict.fromkeys(range(1, ours.pages + 1), Hidden())  # those off the page too
    with pdfium.PdfDocument(made) as document:
        for number, page in enumerate(document, 1):
            text, boxes = Plainly(page, page.get_textpage()).read()
            words = ours.words(number)
            assert words.text == text
            assert words.boxes == boxes
            assert len(boxes) == 8 * len(text)
            assert len(text) > 60
    ours.close()


def test_ligatures_columns_and_hyphens_are_told():
    ours = pdf.Pdf(drawn(0))
    text = ours.words(1).text
    ours.close()
    assert "Office files find ffi and ff." in text
    assert "soft-hyphen and a" in text
    assert "\u05d0" in text


@pytest.mark.parametrize("wrong", [math.inf, -math.inf, math.nan, None])
def test_a_box_that_cannot_be_is_none(wrong, monkeypatch):
    """Of one character only: the others keep theirs, and the text goes on elsewhere there."""
    made = drawn(0)
    ours = pdf.Pdf(made)
    before = ours.words(1)
    known = pdf._LOOSE_BOX

    def told(handle, at, address):
        if at != 3:
            return known(handle, at, address)
        if wrong is None:
            return 0
        known(handle, at, address)
        ctypes.c_float.from_address(address + 4).value = wrong
        return 1

    monkeypatch.setattr(pdf, "_LOOSE_BOX", told)
    after = ours.words(1)
    ours.close()
    assert after.text == before.text.replace("Office", "Off\nice", 1)
    assert after.boxes == before.boxes[:24] + after.boxes[24:32] + bytes(8) + before.boxes[32:]


def test_codes_that_are_asked_for_one_by_one_are_the_same(monkeypatch):
    ours = pdf.Pdf(drawn(0))
    together = ours.words(1)
    monkeypatch.setattr(pdf.raw, "FPDFText_GetText", lambda *_: 0)
    assert ours.words(1) == together
    ours.close()


def test_a_page_without_text_has_none():
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.showPage()
    canvas.save()
    ours = pdf.Pdf(out.getvalue())
    words = ours.words(1)
    ours.close()
    assert (words.text, words.boxes) == ("", b"")


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("a\ud83d\ude00b", "a\U0001f600b"),
        ("a\ud83db\ude00c", "abc"),
        ("\ud83d\ud83d\ude00", "\U0001f600"),
        ("a\0\x07\x85\ufffe\u0002\xadb", "a---b"),
        ("\U0001fffe\U0010ffffg", "g"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("\na", "\na"),
    ],
)
def test_what_may_stand_in_a_text(told, text):
    side = [10 * at for at in range(len(told))]
    high = [20] * len(told)
    columns = (side, [10] * len(told), [10 + one for one in side], high)
    writer = pdf_text.written(told, columns)
    assert "".join(writer.text) == text
    assert len(writer.boxes) == 8 * len(text)


def test_a_text_goes_on_elsewhere_after_what_is_not_written():
    """The control stands beside what follows it; what was written last stands far above both."""
    columns = ([10, 500, 510], [10, 400, 400], [20, 510, 520], [20, 410, 410])
    assert "".join(pdf_text.written("a\x07b", columns).text) == "a\nb"
