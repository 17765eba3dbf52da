"""The passphrase slip: one sheet that travels by another route than the casebook it opens."""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from reviewer.reports import phrases
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.pages import pdf_date
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

WIDE, HIGH = A5
_LEFT, _RIGHT = 36.0, WIDE - 36.0
_BAND = 20.0
_BANNER = Type(fonts.SANS_BOLD, 7.5, palette.PAPER)
_SMALL = Type(fonts.SANS, 8, palette.INK2)
_LABEL = Type(fonts.SANS_BOLD, 7.5, palette.INK2)
_TEXT = Type(fonts.SERIF, 9.5, palette.INK)
_TITLE = Type(fonts.SERIF_BOLD, 17, palette.INK)
_MOST_WORDS = 12  # a longer passphrase, or one that is not words, is set as one wrapped text
_STEPS = tuple(
    " ".join(step.split())
    for step in (
        """Open the casebook that was sent to you in Reviewer and type the words with one space
        between them, all in small letters.""",
        """Reviewer then asks you for a new passphrase of your own. From then on this slip opens
        only copies of the file that were made before.""",
        "Destroy the slip: shred or burn it. Do not photograph or copy it.",
    )
)
_OWN = "Type it exactly as printed: capitals and signs count, and \u2423 is a space."


def passphrase_slip(
    *,
    inquiry: str,
    member: str,
    passphrase: str,
    fingerprint: str = "",
    issued_on: str = "",
    marking: str = "",
    demonstration: bool = False,
) -> bytes:
    """Return the slip as a PDF of one A5 page; the same values give the same bytes.

    ``fingerprint`` is printed for comparison by voice, ``issued_on`` (a date or RFC 3339 time) is
    the only date. No value is read as markup.
    """
    fonts.ready()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A5, pageCompression=1, invariant=1, lang="en")
    canvas.setTitle("Passphrase slip")
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setKeywords("")
    canvas.setCreator("Reviewer")
    canvas.setProducer("Reviewer")
    canvas.setDateFormatter(lambda *_: pdf_date(issued_on))
    parts = [marking.strip(), "PASSPHRASE: KEEP APART FROM THE FILE"]
    parts += [phrases.INVENTED] if demonstration else []
    _banner(canvas, "  \u00b7  ".join(part for part in parts if part))
    y = _head(canvas, inquiry, member)
    y = _box(canvas, passphrase, y)
    y = _steps(canvas, passphrase, y)
    _foot(canvas, fingerprint, issued_on, y)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _banner(canvas: Canvas, line: str) -> None:
    canvas.setFillColor(palette.MARKING)
    canvas.rect(0, HIGH - _BAND, WIDE, _BAND, stroke=0, fill=1)
    line = fonts.elide(line, _BANNER.face, _BANNER.size, WIDE - 24)
    fonts.draw(canvas, WIDE / 2, HIGH - _BAND + 7, line, _BANNER, align=0.5)


def _head(canvas: Canvas, inquiry: str, member: str) -> float:
    room = float(_RIGHT - _LEFT)
    fonts.draw(canvas, _LEFT, HIGH - 52, "Passphrase slip", _TITLE)
    y = float(HIGH - 74)
    for name, value in (("For", member), ("Inquiry", inquiry)):
        fonts.draw(canvas, _LEFT, y, name, _LABEL)
        shown = fonts.elide(value, fonts.SANS_BOLD, 10, room - 48)
        fonts.draw(canvas, _LEFT + 48, y, shown, Type(fonts.SANS_BOLD, 10, palette.INK))
        y -= 16
    return y - 6


def _box(canvas: Canvas, passphrase: str, top: float) -> float:
    """Draw the passphrase large: numbered words two by two, or wrapped as it is."""
    parts = passphrase.split(" ")
    as_words = 2 <= len(parts) <= _MOST_WORDS and all(p.isalpha() and p.islower() for p in parts)
    rows = _numbered(parts) if as_words else _lines(passphrase)
    high = len(rows) * 27 + 20.0
    canvas.setFillColor(palette.PANEL)
    canvas.setStrokeColor(palette.LINE2)
    canvas.roundRect(_LEFT, top - high, _RIGHT - _LEFT, high, 6, stroke=1, fill=1)
    y = top - 29
    for row in rows:
        for column, (number, word) in enumerate(row):
            x = _LEFT + 16 + column * (_RIGHT - _LEFT) / 2
            if number:
                fonts.draw(canvas, x + 10, y, number, _SMALL, align=1)
                x += 18
            face = fonts.SANS_BOLD if as_words else fonts.SERIF_BOLD  # serifs part I, l and 1
            style = Type(face, _fitting(word, face, 2 if as_words else 1), palette.INK)
            fonts.draw(canvas, x, y, word, style)
        y -= 27
    return top - high - 26


def _fitting(word: str, face: str, columns: int) -> float:
    """Return the largest size, 17 at most, at which a word fits its column."""
    room = (_RIGHT - _LEFT) / columns - 40
    return float(min(17.0, room / max(fonts.width(word, face, 1), 0.1)))


def _numbered(parts: Sequence[str]) -> list[list[tuple[str, str]]]:
    half = -(-len(parts) // 2)
    named = [(str(number), word) for number, word in enumerate(parts, 1)]
    return [[named[row], *named[row + half : row + half + 1]] for row in range(half)]


def _lines(passphrase: str) -> list[list[tuple[str, str]]]:
    """Cut a passphrase that is not words into lines of equal letters; spaces are shown."""
    shown = passphrase.replace(" ", "\u2423")
    step = 20
    return [[("", shown[at : at + step])] for at in range(0, max(len(shown), 1), step)]


def _steps(canvas: Canvas, passphrase: str, y: float) -> float:
    steps = _STEPS
    if any(not (c.islower() or c == " ") for c in passphrase):
        first = _STEPS[0].partition(" and type")[0]
        steps = (f"{first}. {_OWN}", *_STEPS[1:])
    for number, step in enumerate(steps, 1):
        fonts.draw(canvas, _LEFT + 8, y, str(number), Type(fonts.SANS_BOLD, 9, palette.ACCENT))
        for line in fonts.wrap([(_TEXT.face, step)], _TEXT.size, _RIGHT - _LEFT - 24):
            canvas.setFillColor(_TEXT.colour)
            fonts.draw_line(canvas, _LEFT + 24, y, line, _TEXT.size)
            y -= 13.5
        y -= 4
    return y


def _foot(canvas: Canvas, fingerprint: str, issued_on: str, y: float) -> None:
    y = min(y - 2, 126)
    canvas.setStrokeColor(palette.LINE2)
    canvas.setLineWidth(0.5)
    canvas.line(_LEFT, y + 12, _RIGHT, y + 12)
    told = [("Why two routes", _WHY)]
    if fingerprint:
        told.append(("Fingerprint", fingerprint))
    if issued_on:
        told.append(("Issued", phrases.moment(issued_on)))
    for name, value in told:
        fonts.draw(canvas, _LEFT, y, name, _LABEL)
        for line in fonts.wrap([(_SMALL.face, value)], _SMALL.size, _RIGHT - _LEFT - 84)[:4]:
            canvas.setFillColor(_SMALL.colour)
            fonts.draw_line(canvas, _LEFT + 84, y, line, _SMALL.size)
            y -= 11
        y -= 4


_WHY = (
    "Whoever holds both this slip and the file can read every case. Send one by post and the"
    " other by hand, or the words by telephone; never both in one envelope or message."
)
