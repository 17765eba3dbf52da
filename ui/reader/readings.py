"""How well a page was read from its picture, in words, and what was typed for misread ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

from reviewer.casebook.book import Casebook, Change
from reviewer.messages import later, plural, say
from reviewer.records.cases import Box
from reviewer.records.ids import MarkId
from reviewer.records.scans import Correction, PageReading, Quality
from ui.reader.shown import ShownMark
from ui.theme import LIGHT

_QUOTE = 60  # characters of what was read or typed, in a tip
_WELL = {
    Quality.GOOD: later("scan, read well"),
    Quality.CHECK: later("scan, some words misread"),
    Quality.POOR: later("scan, read badly: look at the page itself"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Misreading:
    """Words that were misread, and what is ``typed`` for them until now, to be asked for.

    ``correct`` takes what is typed, and returns the change that keeps it. ``draw`` takes the room
    there is in logical pixels and how many pixels one is, and gives the picture of the words, once
    it is there, to what it is given; until ``forget`` is called.
    """

    read: str
    typed: str
    correct: Callable[[str], Callable[[Casebook], Change]]
    draw: Callable[[float, float, Callable[[QImage], None]], None]
    forget: Callable[[], None]


def told_of_reading(reading: PageReading | None, typed: Sequence[ShownMark]) -> tuple[str, str]:
    """Return how well a page was read, and how often something was typed for it, or ""."""
    well = say(_WELL[reading.quality]) if reading and reading.quality in _WELL else ""
    count = len(typed)
    times = plural("{count} reading corrected", "{count} readings corrected", count=count)
    return well, times if count else ""


def shown_correction(correction: Correction, boxes: tuple[Box, ...]) -> ShownMark:
    """Return where something was typed for misread words, as it is painted on their page."""
    return ShownMark(
        id=correction_id(correction),
        page=correction.page,
        boxes=boxes,
        colour=LIGHT.ink3,
        attached=False,
        typed=True,
        tip=say(
            "Read as “{misread}”, corrected to “{typed}”",
            misread=_short(correction.misread),
            typed=_short(correction.typed),
        ),
    )


def correction_id(correction: Correction) -> MarkId:
    """Return what a correction is called among the marks of its document."""
    return MarkId(f"{correction.page}/{correction.start}")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTE else flat[:_QUOTE].rsplit(" ", 1)[0] + "\u2026"
