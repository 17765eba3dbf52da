"""The room where cases are read and scored: it puts the parts together and routes between them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from reviewer.documents.outside.worker import Worker
from reviewer.records.cases import Document, Hit
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.judgement import Mark
from reviewer.records.steps import Where
from ui import errors
from ui.desk.desk import Desk
from ui.reader.page.renderer import Renderer
from ui.reader.reader import Reader
from ui.rooms.read.arriving import Arriving
from ui.rooms.read.beside.beside import Beside
from ui.rooms.read.by_ear import ByEar
from ui.rooms.read.cases.list import CaseList
from ui.rooms.read.commands import everywhere, fit_out
from ui.rooms.read.empty import no_cases, nothing_to_read
from ui.rooms.read.finish.finish import Ending
from ui.rooms.read.finish.panel import LeftPanel
from ui.rooms.read.finish.seal_page import SealPage
from ui.rooms.read.lists import Lists
from ui.rooms.read.mark_actions import MarkActs
from ui.rooms.read.marks.card import MarkCard
from ui.rooms.read.marks.shown import shown_marks
from ui.rooms.read.open_case import Judging
from ui.rooms.read.overviews import Overviews
from ui.rooms.read.page_keys import add_keys
from ui.rooms.read.pages.below import BelowPages
from ui.rooms.read.pages.centre import PagesPart
from ui.rooms.read.pages.documents import Reading
from ui.rooms.read.pages.going_back import GoingBack
from ui.rooms.read.pages.head import LIST_KEY, PagesHead
from ui.rooms.read.pages.keeping import Keeping
from ui.rooms.read.pages.listing import Listing
from ui.rooms.read.pages.outlining import Outlining
from ui.rooms.read.pages.search import SearchResults
from ui.rooms.read.pages.searching import Searching, lit
from ui.rooms.read.pages.tabs import DocumentTabs
from ui.rooms.read.peeking import Peeking
from ui.rooms.read.queries import CaseMaterial, Overview, first_case
from ui.rooms.read.sheet.sheet import ScoreSheet
from ui.rooms.read.terms.word_lists import WordLists
from ui.rooms.read.walking import Walking
from ui.rooms.room import Room
from ui.settings import Settings
from ui.widgets.column import pile
from ui.widgets.roomy import Front


class ReadRoom(Room):
    """Case list, document tabs, reader, score sheet.

    Where nobody rates (the chair's casebook, unless the chair does) there is no sheet: everything
    is read and found all the same.
    """

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        about = desk.about
        if about is None:
            raise RuntimeError("a room is built only while a casebook is open")
        self._rates = bool(about.member)
        self._others: Mark | None = None  # somebody's mark that is shown beside one's own
        self._wanted_hit: Hit | None = None
        self._entered = False
        self.renderer = Renderer(Worker, self)
        self.reader = Reader(self.renderer)
        self.reader.view.marking = self._rates
        self.cases = CaseList()
        self.tabs = DocumentTabs()
        self.sheet = ScoreSheet(about.framework)
        self.left = LeftPanel(about.framework)
        self.results = SearchResults()
        self.searching = Searching(desk, self.results, self)
        self.card = MarkCard(self.reader, self.reader.view)
        self.below = BelowPages(desk)
        self.judging = Judging(desk, self)
        self.overviews = Overviews(desk, self)
        self.reading = Reading(desk, self.reader, self.renderer, self)
        self.reading.misread.asked.connect(self.corrects)
        self.arriving = Arriving(self.judging, self.reading, self.sheet, self)
        self.acts = MarkActs(
            judging=self.judging,
            reading=self.reading,
            reader=self.reader,
            sheet=self.sheet,
            card=self.card,
            parent=self,
        )
        self.before = SealPage(about.framework)
        self.acts.event_asked.connect(self.begins_event)
        self.ending = Ending(desk, self.left, self.before, self)
        self._build()
        self.beside = Beside(desk, self.acts, self._centre, self)
        self.walking = Walking(self.cases, self._middle, self._right, self.beside, self)
        self.by_ear = ByEar(self.beside, self.judging, self._split, self)
        self.listing = Listing(self.judging, self.reading, self._centre, self.walking, self)
        self.beside.serve(self.listing, self.tabs, self._split, self.word_lists.lighting)
        self._connect()
        self._find_ways(settings)
        self._add_keys()
        has = (self.word_lists, self.keeping, self.listing, self.beside, self.by_ear, self.peeking)
        self.commands = {
            **fit_out(self._split, has, self.lists, self.outlining, settings),
            "everywhere": partial(everywhere, self.judging, self._split, self._find_everywhere),
        }

    @property
    def chosen_document(self) -> Document | None:
        material, document = self.judging.material, self.reading.document
        return material.document(document) if material is not None and document else None

    @property
    def case_read(self) -> CaseId | None:
        return self.judging.material.case.id if self.judging.material is not None else None

    # ------------------------------------------------------------ what the window calls

    def enter(self) -> None:
        self.overviews.ask()
        if self.judging.material is not None:
            self.take_focus()

    def settle(self) -> None:
        self.sheet.flush()
        self.card.flush()
        self.beside.settle()
        self.reading.keep_place(in_hand=True)  # after what lies beside it: this one is in hand
        self.word_lists.settle()

    def open_case(self, case: str) -> None:
        """Open a case at the document it was left at."""
        self._open(CaseId(case), None)

    def show_mark(self, case: str, mark: Mark) -> None:
        """Show the page of a mark that somebody made, in the case ``case``."""
        self.jumps.arrive()
        self._open(CaseId(case), mark)

    def take_focus(self) -> None:
        if self._parts.currentWidget() is self.before:
            self.before.take_focus()
        else:
            self.walking.to_work()

    def go_to(self, where: Where) -> None:
        """Show what stands at a place: open its case, and in it the factor, page or field."""
        self.arriving.go_to(where)

    # ------------------------------------------------------------ private: building

    def _build(self) -> None:
        head = PagesHead(self.tabs)
        head.find_asked.connect(self._find)
        self.empty = nothing_to_read(rates=self._rates)
        pages = (self.reader, self.results, self.empty)
        centre = self._centre = PagesPart(head, pages, self.below)
        self._middle = centre.middle
        self.word_lists = WordLists(self, self.reading, self.searching, self._middle)
        self.keeping = Keeping(self, self.reading, self.searching, self._middle)
        self._right = Front()
        self._right.addWidget(self.sheet)
        self._right.addWidget(self.left)
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for place, (part, stretch) in enumerate(((self.cases, 0), (centre, 1), (self._right, 0))):
            split.addWidget(part)
            split.setStretchFactor(place, stretch)
        self._right.setVisible(self._rates)
        split.setSizes([255, 740, 385])
        self._parts = QStackedWidget()
        self._parts.addWidget(split)
        self.no_cases = no_cases()
        self._parts.addWidget(self.no_cases)
        self._parts.addWidget(self.before)
        pile(self, self._parts)

    def _connect(self) -> None:
        desk, sheet, judging = self.desk, self.sheet, self.judging
        desk.changed.connect(judging.on_changed)
        desk.changed.connect(self.overviews.on_changed)
        self.overviews.read.connect(self._take_overview)
        self.overviews.changed.connect(self.cases.set_cases)
        desk.about_changed.connect(self.overviews.ask)  # a lambda would outlive the lock
        desk.locking.connect(self._let_go)
        self.cases.case_chosen.connect(self.open_case)
        self.tabs.currentChanged.connect(self._on_tab)
        judging.leaving.connect(sheet.flush)
        judging.loaded.connect(self._on_loaded)
        judging.updated.connect(self._on_updated)
        for one in (judging, self.reading, self.ending, self.searching, self.beside):
            one.failed.connect(lambda error: errors.show(self, error))
        self.reading.opened.connect(self._on_document)
        self.below.document_asked.connect(self.reading.open)
        self.listing.document_asked.connect(self._show_document)
        self.reader.foot.asked.connect(self.wants)
        sheet.rating_edited.connect(judging.put_rating)
        sheet.text_edited.connect(judging.put_text)
        sheet.defer_asked.connect(judging.defer)
        sheet.jump_asked.connect(self._jump)
        sheet.left_asked.connect(self._show_left)
        sheet.said.connect(self.tells)
        sheet.pages_asked.connect(self.reader.take_keys)
        self.left.jump_asked.connect(self.arriving.go_to_factor)
        self.left.closed.connect(self._show_sheet)
        self.before.jump_asked.connect(self.arriving.go_to_factor)
        self.arriving.begun.connect(self._show_sheet)
        self.ending.page_shown.connect(self._show_before)
        self.ending.page_left.connect(self._leave_before)
        self.reader.everywhere_wanted.connect(self._find_everywhere)
        self.results.case_chosen.connect(self._open_found_case)
        self.reader.cited.connect(self.searching.cite)
        self.searching.led.connect(self._open_hit)
        self.results.closed.connect(self._show_pages)

    def _find_ways(self, settings: Settings) -> None:
        self.jumps: GoingBack = GoingBack(self.judging, self.reading, self.reader, self)
        self.lists = Lists(self.cases, self._right, self.walking, settings, rates=self._rates)
        self.outlining = Outlining(self.desk, self.reader, self.renderer, self.reading, settings)
        self.peeking = Peeking(self, self.searching, self.outlining, self.walking, self._centre)
        self.jumps.over = self.word_lists.leave
        for one in (self.searching, self.jumps, self.lists, self.outlining):
            one.told.connect(self.tells)
        for asks in (self.arriving, self.jumps):
            asks.case_asked.connect(self.open_case)
            asks.pages_asked.connect(lambda: self._middle.setCurrentWidget(self.reader))
        self.arriving.begun.connect(self.lists.show_sheet)

    def _add_keys(self) -> None:
        keys = {
            "/": self.lists.to_filter,
            "Ctrl+F": self._find,
            "Ctrl+PgDown": lambda: self.listing.step(1),
            "Ctrl+PgUp": lambda: self.listing.step(-1),
            "Ctrl+I": self.beside.turn_notes,
            LIST_KEY: self.listing.turn,
        }
        add_keys(self._split, keys)  # none acts behind the seal

    # ------------------------------------------------------------ private: reading

    def _open(self, case: CaseId, others: Mark | None) -> None:
        self.settle()
        self.card.close_card()
        self._others = others
        self._parts.setCurrentIndex(0)
        self.cases.set_current(case)
        self.judging.open(case)

    def _take_overview(self, overview: Overview) -> None:
        if self._parts.currentWidget() is not self.before or not overview.cases:
            self._parts.setCurrentIndex(0 if overview.cases else 1)
        self.cases.set_overview(overview)
        if not self.judging.opening and overview.cases:
            self.open_case(first_case(overview))
        elif self.judging.material is not None:
            self._on_updated()

    def _on_loaded(self, material: CaseMaterial) -> None:
        self._fill(material, fresh=True)
        self.below.news.show_case(material)
        hit, self._wanted_hit = self._wanted_hit, None
        hit = hit if hit is not None and hit.case == material.case.id else None
        mark = self._others if hit is None else None
        begin = self.reading.take_case(material)
        wanted = hit or mark
        at = wanted.document if wanted is not None else begin or DocumentId("")
        document = material.document(at)
        if document is None:
            self.reading.show_nothing()
            self._middle.setCurrentWidget(self.empty)
        else:
            self._middle.setCurrentWidget(self.reader)
            self.reading.open(document, page=hit.page if hit is not None else 0, mark=mark)
        if not self.arriving.arrive() and not self._entered:
            self.take_focus()
        self._entered = True

    def _on_updated(self) -> None:
        material = self.judging.material
        if material is None:
            return
        self._fill(material, fresh=False)
        self._show_marks()
        self.acts.refresh_card()
        if material.changed:
            self.below.news.show_case(material)

    def _fill(self, material: CaseMaterial, *, fresh: bool) -> None:
        self.tabs.set_documents(material.documents, material.lacks)
        self.sheet.body.lacking.offer([one.name for one in material.lacks])
        evidence = {c: self.judging.evidence(r) for c, r in material.ratings.items()}
        self.sheet.name_case(material.case)
        self.sheet.set_case(
            material.ratings,
            evidence,
            material.review,
            read_only=self.judging.read_only,
            again=material.again,
            fresh=fresh,
        )

    def _on_tab(self, _index: int) -> None:
        material, wanted = self.judging.material, self.tabs.document
        document = material.document(wanted) if material is not None and wanted else None
        if document is not None:
            self._show_document(document)

    def _show_document(self, document: Document) -> None:
        self.card.close_card()
        if not self.beside.active:
            self._middle.setCurrentWidget(self.reader)
        self.beside.reading.open(document)

    def _on_document(self, document: str) -> None:
        self.tabs.choose(DocumentId(document))
        self.below.show_document(self.judging.material, DocumentId(document))
        self._show_marks()

    def _show_marks(self) -> None:
        material, framework = self.judging.material, self.judging.framework
        document = self.reading.document
        if material is not None and framework is not None and document is not None:
            self.reader.set_marks(shown_marks(material, document, framework, self._others))

    # ------------------------------------------------------------ private: finding, jumping

    def _find(self) -> None:
        if (reader := self.beside.reader).isVisible() and not reader.covered:
            reader.find_bar.open_bar()
        else:
            self._find_everywhere("")

    def _find_everywhere(self, words: str = "") -> None:
        self.card.close_card()
        self._middle.setCurrentWidget(self.results)
        self.results.begin(words or self.results.words)

    def _open_hit(self, hit: Hit) -> None:
        self._wanted_hit = hit
        if hit.snippet:
            self.reader.find_words(lit(hit))
        else:  # a page that was cited: nothing of it is lit, and the keys are the pages'
            self._show_pages()
        material = self.judging.material
        if material is not None and material.case.id == hit.case:
            self._on_loaded(material)
        else:
            self.open_case(hit.case)

    def _open_found_case(self, case: str) -> None:
        self.open_case(case)
        self._show_pages()

    def _show_pages(self) -> None:
        self._middle.setCurrentWidget(self.reader if self.reading.document else self.empty)
        self.reader.take_keys()

    def _jump(self, mark: str) -> None:
        held, material = self.judging.mark(mark), self.judging.material
        document = material.document(held.document) if held is not None and material else None
        if document is not None and not self.below.news.withdrawn(document):
            self._middle.setCurrentWidget(self.reader)
            self.reading.open(document, mark=held)

    def _show_left(self) -> None:
        self.settle()
        self._right.setCurrentWidget(self.left)
        self.ending.look()
        self.left.take_focus()

    def _show_before(self) -> None:
        self.settle()
        self._parts.setCurrentWidget(self.before)
        self.before.take_focus()

    def _leave_before(self) -> None:
        self._parts.setCurrentIndex(0)
        self.left.take_focus()

    def _show_sheet(self) -> None:
        self._parts.setCurrentIndex(0)
        self._right.setCurrentWidget(self.sheet)
        self.sheet.take_focus()

    def _let_go(self) -> None:
        """Keep what was typed, and hold no more text, page or thread: it is being locked."""
        self.settle()
        self.card.close_card()
        held = (self.beside, self.judging, self.overviews, self.reading, self.listing)
        for open_one in (*held, self.renderer):
            open_one.close()
        for full in (self.jumps, self.results, self.below, self.outlining):
            full.clear()
