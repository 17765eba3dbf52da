"""The lists of words in the window: the page that shows them, kept by the desk, counted aside."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from reviewer.casebook.book import Casebook, Change
from reviewer.casebook.steps import Steps
from reviewer.errors import InputError
from reviewer.messages import later, plural, say
from reviewer.records.cases import Hit
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.terms import TermList, TermPages
from reviewer.rounds.terms import Taken, count_pages, load_lists, save_lists, take_in
from ui import errors
from ui.rooms.read.pages.documents import Reading
from ui.rooms.read.pages.searching import Searching
from ui.rooms.read.terms.lighting import Lighting
from ui.rooms.read.terms.page import TermsPage
from ui.rooms.room import Room
from ui.widgets.files import choose_file, choose_new

_TEXTS = later("Text files (*.txt);;All files (*)")
_PLAIN = later("It is a text file, and not encrypted.")

Row = tuple[str, str, str]  # words, case id, document id or ""


class WordLists(QObject):
    """Shows the page in ``front``; it leads to pages, and back to them, as a search does."""

    def __init__(
        self,
        room: Room,
        reading: Reading,
        searching: Searching,
        front: QStackedWidget,
    ) -> None:
        super().__init__(room)
        self._room = room
        self._desk = room.desk
        self._front = front
        self._searching = searching
        self.page = TermsPage()
        front.addWidget(self.page)
        self.lighting = Lighting(self._desk, reading, self)
        self.lighting.changed.connect(self.page.set_lists)
        self.lighting.failed.connect(self._failed)
        self.page.kept.connect(self._keep)
        self.page.removed.connect(self._remove)
        self.page.counted.connect(self._count)
        self.page.place_chosen.connect(self._open)
        self.page.import_asked.connect(self._ask_import)
        self.page.export_asked.connect(self._ask_export)
        self.page.closed.connect(searching.results.closed)
        self._desk.locking.connect(self._let_go)
        self.lighting.read()

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do here, by their ids."""
        return {"terms": self.show}

    def show(self) -> None:
        """Show the lists."""
        self._front.setCurrentWidget(self.page)
        self.page.begin()

    def leave(self) -> bool:
        """Go back to the pages, unless what is typed cannot be kept; whether it was in front."""
        there = self._front.currentWidget() is self.page
        if there:
            self.page.leave()
        return there

    def settle(self) -> None:
        """Keep the words that are typed; what cannot be kept stays on the page, and is told."""
        self.page.keep_typed()

    # ------------------------------------------------------------ private

    def _let_go(self) -> None:
        """Keep what is typed, then hold no word: it is being locked."""
        self.settle()
        self.page.clear()

    def _keep(self, one: TermList) -> None:
        def refused(error: Exception) -> None:
            if isinstance(error, InputError):  # what the disk did not take is held by the desk
                self.page.take_back(one)
            self._refused(error)

        job = self._desk.do(lambda book: book.terms.put([one]), keep=True)
        job.owner(self).failed(refused).run()

    def _remove(self, one: TermList) -> None:
        job = self._desk.do(lambda book: book.terms.remove(one.id), keep=True)
        job.owner(self).failed(self._refused).run()
        told = say("\u201c{name}\u201d is removed. Ctrl+Z brings it back.", name=one.name)
        self._room.tells.emit(told)

    def _refused(self, error: Exception) -> None:
        """Tell what was refused where it was typed, and show what is kept."""
        if isinstance(error, InputError):
            self.page.problem.tell(str(error), details=error.details)
        else:
            self._failed(error)
        self.lighting.read()

    def _count(self, one: TermList) -> None:
        def show(found: tuple[list[Row], str]) -> None:
            self.page.set_where(one, *found)

        job = self._desk.aside(lambda steps, _progress: count_rows(steps, one))
        job.owner(self).succeeded(show).failed(self._failed).run()

    def _open(self, case: str, document: str) -> None:
        if not document:
            self._searching.results.case_chosen.emit(case)
            return
        hit = Hit(
            case=CaseId(case),
            reference="",
            document=DocumentId(document),
            title="",
            page=1,
            snippet="",
        )
        self._searching.led.emit(hit)

    def _ask_import(self) -> None:
        choose_file(self.page, say("Take in lists of words"), _TEXTS, self._import)

    def _import(self, path: Path) -> None:
        taken: list[Taken] = []

        def change(book: Casebook) -> Change | None:
            made, came = take_in(book, load_lists(path))
            taken.extend(came)
            return made

        def tell(_change: Change | None) -> None:
            new = sum(one.new for one in taken)
            terms = plural("{count:,} new term", "{count:,} new terms", count=new)
            names = ", ".join(one.name for one in taken)
            told = say("{terms} in {names}.", terms=terms, names=names)
            self.page.problem.tell(told, good=True)

        job = self._desk.do(change).owner(self)
        job.succeeded(tell).failed(self._refused).run()

    def _ask_export(self) -> None:
        title = say("Write all lists into a text file, which is not encrypted")
        choose_new(self.page, title, _TEXTS, Path.home() / "word-lists.txt", self._export)

    def _export(self, path: Path) -> None:
        """Write the lists; the dialog asked whether a file of that name is to be replaced."""

        def tell(_count: int) -> None:
            told = say("Wrote {name}. {warning}", name=path.name, warning=say(_PLAIN))
            self.page.problem.tell(told, good=True)

        job = self._desk.ask(lambda book: save_lists(book, path, replace_it=True)).owner(self)
        job.succeeded(tell).failed(self._refused).run()

    def _failed(self, error: Exception) -> None:
        errors.show(self._room, error)


def count_rows(steps: Steps, one: TermList) -> tuple[list[Row], str]:
    """Return where the words of a list stand, as rows, and what is said of them all."""
    found = count_pages(steps, one.terms)
    cases, titles = steps(_names)
    of_case: dict[CaseId, list[TermPages]] = {}
    for count in found:
        of_case.setdefault(count.case, []).append(count)
    rows: list[Row] = []
    for case in sorted(of_case, key=list(cases).index):
        some = of_case[case]
        rows.append((f"{cases[case]}: {_pages(some)}", case, ""))
        rows += [
            (f"{titles[each.document]}: {_pages([each])}", case, each.document) for each in some
        ]
    many = plural("{count:,} case", "{count:,} cases", count=len(of_case))
    told = say("In {cases}: {pages}.", pages=_pages(found), cases=many) if found else ""
    return rows, told or say("These words stand on no page that you may read.")


def _names(book: Casebook) -> tuple[dict[CaseId, str], dict[DocumentId, str]]:
    cases = {one.id: one.reference for one in book.cases.all()}
    return cases, {one.id: one.title for one in book.documents.all()}


def _pages(some: Sequence[TermPages]) -> str:
    pages, covered = sum(one.pages for one in some), sum(one.covered for one in some)
    if covered and not pages:
        return plural(
            "{count:,} page under a content note",
            "{count:,} pages under a content note",
            count=covered,
        )
    told = plural("{count:,} page", "{count:,} pages", count=pages)
    if covered:
        told = say("{pages}, {covered} under a content note", pages=told, covered=covered)
    return told
