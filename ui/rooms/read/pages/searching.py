"""Asks the casebook for words in everything: every case is counted, few pages are listed."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError
from reviewer.intake.bundles import cited_pages
from reviewer.messages import plural, say
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.finding import Beside, Source, Within
from reviewer.records.ids import CaseId
from reviewer.rounds.allocation import within_readable
from ui.desk.desk import Desk
from ui.rooms.read.pages.search import SearchResults
from ui.rooms.read.pages.search_filters import read_choices
from ui.widgets.letters import KeepsLetters

AT_ONCE = 400  # pages listed by themselves; of more, those of a case when it is asked for
_LIT = re.compile("\x02(.*?)\x03", re.DOTALL)

T = TypeVar("T")
OfCase = tuple[CaseHits, list[Beside]]
Found = tuple[Sequence[CaseHits], Mapping[CaseId, Sequence[Hit]], int]


class Searching(QObject):
    """Runs what ``SearchResults`` asks for at the desk; all is counted, so nothing is hidden."""

    failed = Signal(object)
    led = Signal(object)  # a Hit: the page that was chosen, or that a reference means
    told = Signal(str)  # why a reference leads nowhere

    def __init__(self, desk: Desk, results: SearchResults, parent: QObject) -> None:
        super().__init__(parent)
        KeepsLetters(results)
        self._desk = desk
        self._results = self.results = results
        results.wanted.connect(self.look)
        results.pages_wanted.connect(self.list_case)
        results.cited.connect(self.cite_found)
        results.chosen.connect(self.led)
        results.begun.connect(self.offer)

    def look(self, words: str) -> None:
        """Look for ``words``: cases are counted, then pages listed, then what is on none.

        Each is a step of its own on the casebook's thread. What came too late for what is typed
        now is let go, and the next step is not asked for.
        """
        within = self._results.filters.within

        def then(read: Callable[[Casebook], T], take: Callable[[T], object]) -> None:
            def still(found: T) -> None:
                if self._results.words == words and self._results.filters.within == within:
                    take(found)

            self._desk.ask(read).owner(self).succeeded(still).failed(self.failed.emit).run()

        def beside(found: Found) -> None:
            self._results.set_found(*found)
            then(lambda book: read_beside(book, words, within), self._add_beside)

        def pages(counted: tuple[list[CaseHits], int]) -> None:
            cases, undated = counted
            then(lambda book: (cases, read_pages(book, words, within, cases), undated), beside)

        then(lambda book: read_cases(book, words, within), pages)

    def _add_beside(self, found: tuple[list[OfCase], int]) -> None:
        texts, more = found
        self._results.add_beside(texts)
        if more:
            left = plural(
                "{count:,} more beside the pages is not listed: add a word, or choose a case.",
                "{count:,} more beside the pages are not listed: add a word, or choose a case.",
                count=more,
            )
            self._results.count.setText(f"{self._results.count.text()} {left}")

    def list_case(self, case: str) -> None:
        """List the pages of one case."""
        words, within = self._results.words, self._results.filters.within

        def take(hits: list[Hit]) -> None:
            if self._results.words == words and self._results.filters.within == within:
                self._results.add_pages(hits)

        ask = self._desk.ask(
            lambda book: book.search(
                words, case=CaseId(case), within=within_readable(book, within)
            )
        )
        ask.owner(self).succeeded(take).failed(self.failed.emit).run()

    def offer(self) -> None:
        """Offer what there is to narrow a search by."""
        ask = self._desk.ask(read_choices).owner(self)
        ask.succeeded(self._results.filters.fill).failed(self.failed.emit).run()

    def cite(self, typed: str) -> None:
        """Lead to the first page that ``typed`` means: ``{INV-014/34}``."""
        self._cite(typed, self.led.emit)

    def cite_found(self, typed: str) -> None:
        """Do so while it stands in the field, and empty that: or it would lead there again."""

        def lead(hit: Hit) -> None:
            if self._results.words == typed:
                self._results.field.clear()
                self._results.empty()
                self.led.emit(hit)

        self._cite(typed, lead)

    def _cite(self, typed: str, lead: Callable[[Hit], object]) -> None:
        def refuse(error: Exception) -> None:
            if isinstance(error, InputError):
                self.told.emit(str(error))
            else:
                self.failed.emit(error)

        ask = self._desk.ask(lambda book: read_cited(book, typed))
        ask.owner(self).succeeded(lead).failed(refuse).run()


def read_cited(book: Casebook, typed: str) -> Hit:
    """Return the first page that ``typed`` means; raises ``InputError`` where none is shown."""
    cited = cited_pages(book, typed)[0]
    document = cited.document
    if not document.current:
        raise InputError(
            say(
                "{typed} is page {page} of “{title}”, which is no longer shown.",
                typed=typed.strip(),
                page=cited.page,
                title=document.title,
            )
        )
    return Hit(
        case=document.case,  # it may have moved since its pages were numbered
        reference=cited.case.reference,
        document=document.id,
        title=document.title,
        page=cited.page,
        snippet="",
    )


def read_cases(book: Casebook, words: str, within: Within) -> tuple[list[CaseHits], int]:
    """Return the cases that hold ``words``, and how many documents are left out as undated."""
    may = within_readable(book, within)
    return book.search_cases(words, within=may), book.search_undated(may)


def read_pages(
    book: Casebook, words: str, within: Within, cases: Sequence[CaseHits]
) -> dict[CaseId, list[Hit]]:
    """Return the pages that hold ``words`` by case, where they are few; else none yet."""
    hits: dict[CaseId, list[Hit]] = {}
    if sum(one.pages for one in cases) <= AT_ONCE:
        for hit in book.search(words, within=within_readable(book, within)):
            hits.setdefault(hit.case, []).append(hit)
    return hits


def read_beside(book: Casebook, words: str, within: Within) -> tuple[list[OfCase], int]:
    """Return what holds ``words`` on no page, with its case, in the register's order.

    Beside it how many more texts hold them, which are not among those.
    """
    found: dict[CaseId, list[Beside]] = {}
    about = book.about
    names = {factor.code: factor.name for factor in about.framework.factors}
    beside = book.search_beside(words, about.member, within=within_readable(book, within))
    for one in beside.texts:
        named = replace(one, name=names.get(one.name, one.name))
        found.setdefault(one.case, []).append(named if one.source is Source.COMMENT else one)
    return [
        (
            CaseHits(
                case=case.id,
                reference=case.reference,
                title=case.title,
                pages=0,
                covered=0,
                beside=len(found[case.id]),
            ),
            found[case.id],
        )
        for case in book.cases.all()
        if case.id in found
    ], beside.more


def lit(hit: Hit) -> str:
    """Return the first words of a page that matched, as they stand on it."""
    found = _LIT.search(hit.snippet)
    return found.group(1) if found is not None else ""
