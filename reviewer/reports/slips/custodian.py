"""The custodian's sheet: half of the key to the returns, in two copies, for somebody's safe."""

from functools import partial

from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from reviewer.crypto.custody import CustodianSheet
from reviewer.reports import phrases
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.one_page import papers, square
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

WIDE, HIGH = A5
COPIES = 2
_LEFT, _RIGHT = 36.0, WIDE - 36.0
_BAND = 20.0
_SQUARE = 84.0  # points
_STEP = 21.0  # between two lines of groups
_COLUMN = 45.0  # from group to group
_BANNER = Type(fonts.SANS_BOLD, 7.5, palette.PAPER)
_SMALL = Type(fonts.SANS, 8, palette.INK2)
_LABEL = Type(fonts.SANS_BOLD, 7.5, palette.INK2)
_TEXT = Type(fonts.SERIF, 9.5, palette.INK)
_TITLE = Type(fonts.SERIF_BOLD, 17, palette.INK)
_NAME = Type(fonts.SANS_BOLD, 10, palette.INK)
_GROUP = Type(fonts.SANS_BOLD, 12, palette.INK)
_CHECK = Type(fonts.SANS, 12, palette.INK2)
_STEPS = tuple(
    " ".join(step.split())
    for step in (
        """Keep this sheet where the chair cannot take it. The chair's casebook holds the other
        half of the key; neither half opens a return alone.""",
        """Keep the second copy in another place. If both are lost, the sealed returns can never be
        opened, by anybody: every panellist would have to begin again.""",
        """When all returns are in, go to the chair's computer. At the release type the five lines
        yourself, and take the sheet away again. Reviewer names a line that is wrong.""",
        """Delete the file that this was printed from. Do not photograph the sheet or send it:
        whoever has it and the chair's casebook can open the returns early.""",
    )
)


def custodian_sheet(sheet: CustodianSheet) -> bytes:
    """Return the sheet as a PDF of two A5 pages, a copy each; the same values give the same bytes.

    No value is read as markup.
    """
    return papers(
        "Custodian's sheet",
        sheet.custodian.since,
        [partial(_page, sheet=sheet, copy=copy) for copy in range(1, COPIES + 1)],
        size=A5,
    )


def _page(canvas: Canvas, sheet: CustodianSheet, copy: int) -> None:
    parts = [sheet.marking.strip(), "HALF OF A KEY: KEEP APART FROM THE CHAIR"]
    parts += [phrases.INVENTED] if sheet.demonstration else []
    canvas.setFillColor(palette.MARKING)
    canvas.rect(0, HIGH - _BAND, WIDE, _BAND, stroke=0, fill=1)
    line = "  \u00b7  ".join(part for part in parts if part)
    line = fonts.elide(line, _BANNER.face, _BANNER.size, WIDE - 24)
    fonts.draw(canvas, WIDE / 2, HIGH - _BAND + 7, line, _BANNER, align=0.5)
    y = _head(canvas, sheet, copy)
    y = _box(canvas, sheet, y)
    for number, step in enumerate(_STEPS, 1):
        fonts.draw(canvas, _LEFT + 8, y, str(number), Type(fonts.SANS_BOLD, 9, palette.ACCENT))
        for run in fonts.wrap([(_TEXT.face, step)], _TEXT.size, _RIGHT - _LEFT - 24):
            canvas.setFillColor(_TEXT.colour)
            fonts.draw_line(canvas, _LEFT + 24, y, run, _TEXT.size)
            y -= 13.5
        y -= 4


def _head(canvas: Canvas, sheet: CustodianSheet, copy: int) -> float:
    fonts.draw(canvas, _LEFT, HIGH - 52, "Custodian's sheet", _TITLE)
    fonts.draw(canvas, _RIGHT, HIGH - 52, f"copy {copy} of {COPIES}", _SMALL, align=1)
    facts = (
        ("Kept by", sheet.custodian.name),
        ("Inquiry", sheet.title),
        ("Chair", sheet.chair),
        ("Sheet", f"{sheet.custodian.mark.upper()}, {phrases.moment(sheet.custodian.since)}"),
    )
    y = float(HIGH - 74)
    for name, value in facts:
        fonts.draw(canvas, _LEFT, y, name, _LABEL)
        shown = fonts.elide(value, _NAME.face, _NAME.size, _RIGHT - _LEFT - 52)
        fonts.draw(canvas, _LEFT + 52, y, shown, _NAME)
        y -= 15
    return y - 6


def _box(canvas: Canvas, sheet: CustodianSheet, top: float) -> float:
    """Draw the lines group under group, and their square beside them."""
    high = len(sheet.lines) * _STEP + 16
    canvas.setFillColor(palette.PANEL)
    canvas.setStrokeColor(palette.LINE2)
    canvas.roundRect(_LEFT, top - high, _RIGHT - _LEFT, high, 6, stroke=1, fill=1)
    y = top - _STEP
    for number, line in enumerate(sheet.lines, 1):
        fonts.draw(canvas, _LEFT + 16, y, str(number), _SMALL, align=1)
        groups = line.upper().split()
        for column, group in enumerate(groups):
            checks = column == 4 or len(groups) < 5
            x = _LEFT + 25 + column * _COLUMN
            fonts.draw(canvas, x, y, group, _CHECK if checks else _GROUP)
        y -= _STEP
    text = "\n".join(f"{number} {line.upper()}" for number, line in enumerate(sheet.lines, 1))
    square(canvas, text, _RIGHT - _SQUARE - 9, top - (high + _SQUARE) / 2, side=_SQUARE, quiet=5)
    return top - high - 24
