"""The recovery sheet: a page that opens a casebook without its passphrase, and without us."""

import datetime as dt
import io
from pathlib import Path

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reviewer.casebook.book import Casebook
from reviewer.crypto.recovery import RawKey, numbered
from reviewer.errors import InputError, StorageError
from reviewer.outfile import write_whole
from reviewer.reports import faces, palette, words
from reviewer.reports.faces import Type
from reviewer.reports.pages import pdf_date

WIDE, HIGH = A4
_LEFT, _RIGHT = 48.0, WIDE - 48.0
_BAND = 22.0
_QR = 118.0  # points; 57 modules of 2 points print and scan well
_BANNER = Type(faces.SANS_BOLD, 8, palette.PAPER)
_LABEL = Type(faces.SANS_BOLD, 8, palette.INK2)
_SMALL = Type(faces.SANS, 8, palette.INK2)
_TEXT = Type(faces.SERIF, 9.5, palette.INK)
_HEAD = Type(faces.SANS_BOLD, 10.5, palette.INK)
_TITLE = Type(faces.SERIF_BOLD, 20, palette.INK)
_GROUP = Type(faces.SANS_BOLD, 14, palette.INK)
_CHECK = Type(faces.SANS, 14, palette.INK2)
_CODE = Type(faces.SANS_BOLD, 9.5, palette.INK)

_WITH = (
    """On the screen that asks for the passphrase choose "Use the recovery sheet...", type the
    seven lines, and choose a new passphrase.""",
    """The fifth group of lines 1 to 6, and line 7, only check what is typed: Reviewer names the
    line that is wrong. Capitals and spaces do not matter. There is no letter O or I.""",
)
_WITHOUT = (
    """Work on a copy of the casebook file. Any program that reads SQLCipher 4 will do, for example
    the command sqlcipher, or SQLite3 Multiple Ciphers set to sqlcipher, version 4.""",
    """Leave out the fifth group of lines 1 to 6 and the whole of line 7. Write what is left of
    lines 1 to 6 one after another, without spaces: 96 digits, the key and the salt.""",
    """Open the copy and give these digits as the raw key before anything else: a double quotation
    mark, x, an apostrophe, the 96 digits in the place of DIGITS, an apostrophe, and a double
    quotation mark again:""",
    """All other settings are those of SQLCipher 4 by default. The cases are in the table
    inquiry_case, the documents in document, their bytes as they were brought in document_file,
    the text of their pages in page, ratings and comments in review and rating.""",
)
_RECIPE = "PRAGMA key = \"x'DIGITS'\";"
_KEEP = (
    """Whoever holds this sheet and the casebook file reads every case. Put it into an envelope,
    seal it, sign across the flap, and keep it in another building than the file.""",
    """Do not photograph it, send it, or keep the file it was printed from. To scan the square with
    a telephone is to hand the key to that telephone.""",
    """After a change of passphrase this sheet no longer opens the casebook: print a new one, and
    destroy this one. Copies and backups made before the change still open with it, so as long
    as they exist it is still secret.""",
)


def write_sheet(book: Casebook, folder: Path) -> Path:
    """Write the recovery sheet of ``book`` into ``folder``, and note in its journal that it was.

    Raises ``StorageError`` for a folder that is not there and ``InputError`` for the casebook's
    own: the sheet must not lie beside the file it opens.
    """
    if not folder.is_dir():
        raise StorageError(f"The folder {folder.name} is not there. Choose one that is.")
    if folder.resolve() == book.path.parent.resolve():
        raise InputError(
            "The recovery sheet must not lie beside the casebook it opens. Choose another folder,"
            " print the sheet from there, and delete the file afterwards."
        )
    about = book.about
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stamp = now.replace("-", "").replace(":", "")
    path = folder / f"recovery-{about.id[:8]}-{stamp}.pdf"

    def write(raw: RawKey) -> Path:
        sheet = recovery_sheet(
            raw,
            inquiry=about.title,
            casebook=about.id,
            holder="the chair's casebook" if about.kind == "chair" else "a panellist's casebook",
            printed_on=now,
            marking=about.marking,
            demonstration=about.demonstration,
        )
        return write_whole(path, sheet)

    return book.recovery.hand_out(write)


def recovery_sheet(
    raw: RawKey,
    *,
    inquiry: str,
    casebook: str,
    holder: str,
    printed_on: str,
    marking: str = "",
    demonstration: bool = False,
) -> bytes:
    """Return the sheet as a PDF of one A4 page; the same values give the same bytes.

    ``casebook`` is the id (its first eight characters are printed), ``holder`` whose copy it is,
    ``printed_on`` (RFC 3339) the only date. No value is read as markup.
    """
    faces.ready()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, pageCompression=1, invariant=1, lang="en")
    canvas.setTitle("Recovery sheet")
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setKeywords("")
    canvas.setCreator("Reviewer")
    canvas.setProducer("Reviewer")
    canvas.setDateFormatter(lambda *_: pdf_date(printed_on))
    parts = [marking.strip(), "OPENS THE CASEBOOK WITHOUT ITS PASSPHRASE"]
    parts += [words.INVENTED] if demonstration else []
    _banner(canvas, "  \u00b7  ".join(part for part in parts if part))
    facts = (
        ("Inquiry", inquiry),
        ("Casebook", f"{casebook[:8]}, {holder}"),
        ("Printed", words.moment(printed_on)),
    )
    y = _head(canvas, facts)
    y = _box(canvas, raw, y)
    y = _section(canvas, "How to keep it", _KEEP, y)
    y = _section(canvas, "If the passphrase is lost: with Reviewer", _WITH, y)
    _section(canvas, "If there is no Reviewer any more: with other programs", _WITHOUT, y)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _banner(canvas: Canvas, line: str) -> None:
    canvas.setFillColor(palette.MARKING)
    canvas.rect(0, HIGH - _BAND, WIDE, _BAND, stroke=0, fill=1)
    line = faces.elide(line, _BANNER.face, _BANNER.size, WIDE - 24)
    faces.draw(canvas, WIDE / 2, HIGH - _BAND + 7.5, line, _BANNER, align=0.5)


def _head(canvas: Canvas, facts: tuple[tuple[str, str], ...]) -> float:
    faces.draw(canvas, _LEFT, HIGH - 62, "Recovery sheet", _TITLE)
    y = float(HIGH - 86)
    for name, value in facts:
        faces.draw(canvas, _LEFT, y, name, _LABEL)
        shown = faces.elide(value, faces.SANS_BOLD, 10, _RIGHT - _LEFT - 64)
        faces.draw(canvas, _LEFT + 64, y, shown, Type(faces.SANS_BOLD, 10, palette.INK))
        y -= 15
    return y - 6


def _box(canvas: Canvas, raw: RawKey, top: float) -> float:
    """Draw the lines in columns of groups, digit under digit, and their square beside them."""
    lines = raw.lines
    step = 23.0
    high = len(lines) * step + 20
    canvas.setFillColor(palette.PANEL)
    canvas.setStrokeColor(palette.LINE2)
    canvas.roundRect(_LEFT, top - high, _RIGHT - _LEFT, high, 6, stroke=1, fill=1)
    y = top - step - 3
    for number, line in enumerate(lines, 1):
        faces.draw(canvas, _LEFT + 22, y, str(number), _SMALL, align=1)
        groups = line.split()
        for column, group in enumerate(groups):
            checks = column == 4 or len(groups) < 5
            style = _CHECK if checks else _GROUP
            faces.draw(canvas, _LEFT + 36 + column * 60, y, group, style)
        y -= step
    _square(canvas, raw, _RIGHT - _QR - 14, top - (high + _QR) / 2)
    return top - high - 24


def _square(canvas: Canvas, raw: RawKey, x: float, y: float) -> None:
    code = QrCodeWidget(numbered(raw), barLevel="M", barBorder=0)
    left, bottom, right, top = code.getBounds()
    drawing = Drawing(_QR, _QR, transform=[_QR / (right - left), 0, 0, _QR / (top - bottom), 0, 0])
    drawing.add(code)
    canvas.setFillColor(palette.PAPER)
    canvas.rect(x - 6, y - 6, _QR + 12, _QR + 12, stroke=0, fill=1)
    renderPDF.draw(drawing, canvas, x - left, y - bottom)


def _section(canvas: Canvas, title: str, steps: tuple[str, ...], y: float) -> float:
    faces.draw(canvas, _LEFT, y, title, _HEAD)
    y -= 17
    for step in steps:
        canvas.setFillColor(palette.ACCENT)
        canvas.circle(_LEFT + 4, y + 3, 1.8, stroke=0, fill=1)
        text = " ".join(step.split())
        for line in faces.wrap([(_TEXT.face, text)], _TEXT.size, _RIGHT - _LEFT - 16):
            canvas.setFillColor(_TEXT.colour)
            faces.draw_line(canvas, _LEFT + 16, y, line, _TEXT.size)
            y -= 13
        if text.endswith(":"):
            faces.draw(canvas, _LEFT + 32, y - 3, _RECIPE, _CODE)
            y -= 19
        y -= 3
    return y - 9
