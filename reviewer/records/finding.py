"""Where words are looked for, and what is found that stands on no page."""

import re
from dataclasses import dataclass
from enum import StrEnum

from reviewer.records.ids import CaseId

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)  # a day, a month or a year (ISO)


@dataclass(frozen=True, kw_only=True, slots=True)
class Within:
    """What of a casebook is looked through; everything where nothing is said.

    ``cases`` are the only ones that may be found (None: all). ``agency`` and ``kind`` are those
    of a document, in any case of letters. ``since`` and ``until`` are days, months or years (ISO):
    a document is left out where its date is not known, or surely before or after. ``unread``:
    only documents that nobody opened in this casebook.
    """

    cases: frozenset[CaseId] | None = None
    agency: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    unread: bool = False

    @property
    def narrow(self) -> bool:
        """Whether anything is left out, so that what was not found may stand there."""
        return self.cases is not None or self.of_documents

    @property
    def of_documents(self) -> bool:
        """Whether only some documents are wanted, so that nothing else can fit."""
        return bool(self.agency or self.kind or self.since or self.until or self.unread)

    def fits(self, agency: str, kind: str, date: str, *, opened: bool) -> bool:
        """Say whether a document is wanted. The text index is asked the same in SQL.

        >>> Within(since="2012-03-05").fits("", "", "2012-03", opened=True)
        True
        >>> Within(until="2012-02").fits("", "", "2012-03-01", opened=True)
        False
        """
        if self.agency and agency.casefold() != self.agency.casefold():
            return False
        if self.kind and kind.casefold() != self.kind.casefold():
            return False
        if self.unread and opened:
            return False
        if not (self.since or self.until):
            return True
        known = DAY.fullmatch(date) is not None
        return known and latest(date) >= self.since and date <= latest(self.until or "9999")


def latest(date: str) -> str:
    """Return what sorts after every day of ``date``: a day, a month or a year.

    >>> latest("2012-03"), latest("2012-03-05")
    ('2012-03-99', '2012-03-05')
    """
    return f"{date}-99-99"[:10]


class Source(StrEnum):
    """Where something stands that is found beside the pages."""

    NOTE = "note"  # of a document: what is not on its pages
    MARK = "mark"  # the note of one's own mark
    COMMENT = "comment"  # one's own, on a factor
    TEXT = "text"  # one's own, of a case
    FACT = "fact"  # of a case: title, attribute, content note


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """One text beside the pages; ``snippet`` encloses what matched in U+0002 and U+0003.

    ``name`` is the title of a document, the code of a factor or the name of an attribute.
    ``document`` and ``mark`` are ids, "" where there is none; ``page`` is 0 where there is none.
    """

    source: Source
    case: CaseId
    reference: str
    name: str
    snippet: str
    document: str = ""
    page: int = 0
    mark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundBeside:
    """The texts that were found beside the pages, and how many ``more`` are not among them."""

    texts: tuple[Beside, ...]
    more: int
