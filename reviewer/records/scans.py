"""Pages whose words come from their pictures: what waits, what was read, and how well."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.records.ids import CaseId, DocumentId

_GOOD, _CHECK = 90, 70  # how sure a read is, of 100


class PageState(StrEnum):
    """How far a page is that holds a picture of words."""

    WAITING = "waiting"
    READ = "read"
    EMPTY = "empty"  # read, and no words were found
    FAILED = "failed"


class Quality(StrEnum):
    """How well the words of a page were made out."""

    UNKNOWN = ""
    GOOD = "good"
    CHECK = "check"  # search finds most of it
    POOR = "poor"  # search misses words: look at the page itself


@dataclass(frozen=True, kw_only=True, slots=True)
class PageReading:
    """What became of one page: how sure its words are (0-100), and by which ``engine``, ``at``.

    Turned clockwise by ``turn`` degrees its lines are level. ``reason`` says why one failed.
    """

    number: int
    state: PageState = PageState.WAITING
    quality: Quality = Quality.UNKNOWN
    sure: int = 0
    turn: int = 0
    engine: str = ""
    at: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingPage:
    """A page that waits to be read, and what to call it."""

    case: CaseId
    reference: str
    document: DocumentId
    title: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Scans:
    """How many pages of a casebook, or of a document, hold words, and where those come from."""

    pages: int = 0
    native: int = 0
    waiting: int = 0
    good: int = 0
    check: int = 0
    poor: int = 0
    empty: int = 0
    failed: int = 0

    @property
    def read(self) -> int:
        """How many pages were read from their pictures, those without words too."""
        return self.good + self.check + self.poor + self.empty

    @property
    def worded(self) -> int:
        """How many pages have words that were read from their pictures."""
        return self.good + self.check + self.poor

    @property
    def scanned(self) -> int:
        """How many pages are pictures of words, or may be."""
        return self.waiting + self.read + self.failed


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What a person typed for what was misread: ``start`` to ``end`` of a page's text.

    It stands in that text too, from ``place`` on, behind all that was read.
    """

    document: DocumentId
    page: int
    start: int
    end: int
    misread: str
    typed: str
    place: int
    at: str = ""


def quality_of(sure: int) -> Quality:
    """Return in a word how well a page was read.

    >>> quality_of(94), quality_of(83), quality_of(55)
    (<Quality.GOOD: 'good'>, <Quality.CHECK: 'check'>, <Quality.POOR: 'poor'>)
    """
    if sure >= _GOOD:
        return Quality.GOOD
    return Quality.CHECK if sure >= _CHECK else Quality.POOR
