"""The sheet of paper: frames, what stands on every page, contents and bookmarks.

Numbers that are known only at the end ("of 212", the contents' page numbers) are drawn as forms
whose content is set after the last page, so that the report is laid out once.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from reviewer.reports import phrases
from reviewer.reports.canvas import PaperCanvas
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.blocks import Heading
from reviewer.reports.pdf.contents import Contents
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

WIDE, HIGH = A4
LEFT, RIGHT = 54.0, WIDE - 54.0
TEXT = RIGHT - LEFT
_BAND = 20.0
_TOP, _FOOT = 62.0, 52.0
_BANNER = Type(fonts.SANS_BOLD, 8, palette.PAPER)
_RUNNING = Type(fonts.SANS, 7.5, palette.INK3)
_PAGE = Type(fonts.SANS, 7.5, palette.INK2)
_TOTAL = "total-pages"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stationery:
    """What every page carries, and the file's few declared facts.

    ``stamp`` is an RFC 3339 time or ""; it is the file's only date.
    """

    title: str
    subject: str
    marking: str
    demonstration: bool
    language: str = "en"
    stamp: str = ""

    @property
    def banner(self) -> str:
        """The line at the head of every page."""
        parts = [self.marking.strip(), phrases.PANEL_ONLY]
        parts += [phrases.INVENTED] if self.demonstration else []
        return "  \u00b7  ".join(part for part in parts if part)


class Paper(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """A4 pages with the stationery; ``tick`` is called once a page with its number."""

    def __init__(
        self, target: io.BytesIO, stationery: Stationery, tick: Callable[[int], None]
    ) -> None:
        _shut()
        super().__init__(
            target,
            pagesize=A4,
            pageCompression=1,
            invariant=1,
            title=stationery.title,
            author="",
            subject=stationery.subject,
            creator="Reviewer",
            producer="Reviewer",
            keywords="",
            displayDocTitle=1,
            lang=stationery.language,
            initialFontName=fonts.SANS,
        )
        self.pages_of: dict[str, int] = {}
        self._stationery = stationery
        self._tick = tick
        self._section = ""
        inside = Frame(LEFT, _FOOT, TEXT, HIGH - _TOP - _FOOT, 0, 0, 0, 0, id="text")
        cover = Frame(LEFT, _FOOT, TEXT, HIGH - _FOOT - 90, 0, 0, 0, 0, id="cover")
        self.addPageTemplates(
            [
                PageTemplate("cover", [cover], onPageEnd=self._cover_end),
                PageTemplate("inside", [inside], onPageEnd=self._page_end),
            ]
        )

    def write(self, story: list[Flowable]) -> None:
        """Set everything, and write the file."""
        self.build(story, canvasmaker=PaperCanvas)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Remember the page of each heading."""
        if not isinstance(flowable, Heading):
            return
        self.pages_of.setdefault(flowable.key, self.page)
        if flowable.level == 0:
            self._section = flowable.words

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab's name
        """Declare the file's facts before its first page."""
        stamp = pdf_date(self._stationery.stamp)
        self.canv.setDateFormatter(lambda *_: stamp)
        self.canv.showOutline()

    def _cover_end(self, canvas: Canvas, _doc: BaseDocTemplate) -> None:
        self._banner(canvas)
        self._foot(canvas)
        self._tick(self.page)

    def _page_end(self, canvas: Canvas, _doc: BaseDocTemplate) -> None:
        self._banner(canvas)
        room = TEXT / 2 - 10
        title = fonts.elide(self._stationery.title, _RUNNING.face, _RUNNING.size, room)
        section = fonts.elide(self._section, _RUNNING.face, _RUNNING.size, room)
        fonts.draw(canvas, LEFT, HIGH - 42, title, _RUNNING)
        fonts.draw(canvas, RIGHT, HIGH - 42, section, _RUNNING, align=1)
        canvas.setStrokeColor(palette.LINE)
        canvas.setLineWidth(0.5)
        canvas.line(LEFT, HIGH - 48, RIGHT, HIGH - 48)
        self._foot(canvas)
        self._tick(self.page)

    def _banner(self, canvas: Canvas) -> None:
        canvas.setFillColor(palette.MARKING)
        canvas.rect(0, HIGH - _BAND, WIDE, _BAND, stroke=0, fill=1)
        line = fonts.elide(self._stationery.banner, _BANNER.face, _BANNER.size, WIDE - 40)
        fonts.draw(canvas, WIDE / 2, HIGH - _BAND + 6.5, line, _BANNER, align=0.5)

    def _foot(self, canvas: Canvas) -> None:
        marking = " \u00b7 ".join(p for p in (self._stationery.marking, phrases.PANEL_ONLY) if p)
        line = fonts.elide(marking, _PAGE.face, _PAGE.size, TEXT - 90)
        fonts.draw(canvas, LEFT, 28, line, _PAGE)
        slot = fonts.width("0" * len(str(max(self.page, 99))), _PAGE.face, _PAGE.size)
        fonts.draw(canvas, RIGHT - slot, 28, f"Page {self.page} of ", _PAGE, align=1)
        canvas.saveState()
        canvas.translate(RIGHT - slot, 28)
        canvas.doForm(_TOTAL)
        canvas.restoreState()


class Finish(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Stands last: sets every number that was left open."""

    def __init__(self, paper: Paper, contents: Sequence[Contents]) -> None:
        super().__init__()
        self._paper, self._contents = paper, contents

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Set the forms."""
        canvas = self.canv
        canvas.beginForm(_TOTAL)
        fonts.draw(canvas, 0, 0, str(canvas.getPageNumber()), _PAGE)
        canvas.endForm()
        for contents in self._contents:
            contents.set_numbers(canvas, self._paper.pages_of)


def pdf_date(stamp: str) -> str:
    """Return an RFC 3339 UTC time as a PDF date; the same fixed date where there is none."""
    digits = "".join(c for c in stamp if c.isdigit())[:14]
    return f"D:{digits}Z" if len(digits) == 14 else "D:20000101000000Z"


def inside() -> Flowable:
    """Return what makes the next page an inside page."""
    return NextPageTemplate("inside")


def _shut() -> None:
    """Let reportlab open nothing: no address, no file named by a text."""
    rl_config.useA85 = 0  # letters for bytes: a fifth more of them, and slow to make
    rl_config.trustedSchemes = []
    rl_config.trustedHosts = []
