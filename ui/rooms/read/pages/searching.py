"""Asks the casebook for words in everything: every case is counted, few pages are listed."""

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError
from reviewer.intake.bundles import cited_pages
from reviewer.messages import say
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.ids import CaseId
from ui.desk.desk import Desk
from ui.rooms.read.pages.search import SearchResults

AT_ONCE = 400  # pages listed by themselves; of more, those of a case when it is asked for
_LIT = re.compile("\x02(.*?)\x03", re.DOTALL)

Found = tuple[Sequence[CaseHits], Mapping[CaseId, Sequence[Hit]]]


class Searching(QObject):
    """Runs what ``SearchResults`` asks for at the desk; all is counted, so nothing is hidden."""

    failed = Signal(object)
    led = Signal(object)  # a Hit: the page that was chosen, or that a reference means
    told = Signal(str)  # why a reference leads nowhere

    def __init__(self, desk: Desk, results: SearchResults, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._results = results
        results.wanted.connect(self.look)
        results.pages_wanted.connect(self.list_case)
        results.cited.connect(self.cite)
        results.chosen.connect(self.led)

    def look(self, words: str) -> None:
        """Look for ``words``; what came too late for what is typed now is let go."""

        def take(found: Found) -> None:
            if self._results.words == words:
                self._results.set_found(*found)

        ask = self._desk.ask(lambda book: read_found(book, words))
        ask.owner(self).succeeded(take).failed(self.failed.emit).run()

    def list_case(self, case: str) -> None:
        """List the pages of one case."""
        words = self._results.words

        def take(hits: list[Hit]) -> None:
            if self._results.words == words:
                self._results.add_pages(hits)

        ask = self._desk.ask(lambda book: book.search(words, case=CaseId(case)))
        ask.owner(self).succeeded(take).failed(self.failed.emit).run()

    def cite(self, typed: str) -> None:
        """Lead to the first page that ``typed`` means: ``{INV-014/34}``."""

        def refuse(error: Exception) -> None:
            if isinstance(error, InputError):
                self.told.emit(str(error))
            else:
                self.failed.emit(error)

        ask = self._desk.ask(lambda book: read_cited(book, typed))
        ask.owner(self).succeeded(self.led.emit).failed(refuse).run()


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


def read_found(book: Casebook, words: str) -> Found:
    """Return the cases that hold ``words``, and the pages of all of them where they are few."""
    cases = book.search_cases(words)
    hits: dict[CaseId, list[Hit]] = {}
    if sum(one.pages for one in cases) <= AT_ONCE:
        for hit in book.search(words):
            hits.setdefault(hit.case, []).append(hit)
    return cases, hits


def lit(hit: Hit) -> str:
    """Return the first words of a page that matched, as they stand on it."""
    found = _LIT.search(hit.snippet)
    return found.group(1) if found is not None else ""
