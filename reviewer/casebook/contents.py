"""What an open casebook holds, each kind of thing by its own keeper."""

from pathlib import Path
from typing import Any

from reviewer.casebook.engine import Database
from reviewer.casebook.file import connection as files
from reviewer.casebook.schema import tables
from reviewer.casebook.stores.agenda import Agenda
from reviewer.casebook.stores.beside_pages import BesidePages
from reviewer.casebook.stores.bundles import Bundles
from reviewer.casebook.stores.cases import Cases
from reviewer.casebook.stores.custody import Custody, Secrets
from reviewer.casebook.stores.deliveries import Deliveries
from reviewer.casebook.stores.determinations import Determinations
from reviewer.casebook.stores.documents import Documents
from reviewer.casebook.stores.events import Events
from reviewer.casebook.stores.everybody import Everybody
from reviewer.casebook.stores.file_pieces import FilePieces
from reviewer.casebook.stores.journal import History
from reviewer.casebook.stores.marks import Marks
from reviewer.casebook.stores.members import Members
from reviewer.casebook.stores.own_marks import OwnMarks
from reviewer.casebook.stores.previews import Previews
from reviewer.casebook.stores.ratings import Ratings
from reviewer.casebook.stores.reading_positions import Places
from reviewer.casebook.stores.releases import Rounds
from reviewer.casebook.stores.requests import Requests
from reviewer.casebook.stores.returns import Returns
from reviewer.casebook.stores.reviews import Reviews
from reviewer.casebook.stores.saved_searches import SavedSearches
from reviewer.casebook.stores.scans import ScannedPages
from reviewer.casebook.stores.search import Search
from reviewer.casebook.stores.term_lists import TermLists
from reviewer.casebook.stores.updates import Updates
from reviewer.casebook.writer import Writer
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.finding import FoundBeside, Within
from reviewer.records.ids import CaseId, DocumentId, MemberId

_ALL = Within()


class Contents:
    """The keepers of one open casebook; all of them write through one ``Writer``."""

    def __init__(self, path: Path, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._tables = tables(Database(connection, execute_plugins=False))
        writer = Writer(connection, self._tables, path)
        writer.translate = files.translate
        self._writer = writer
        self.require = writer.require  # raises where this casebook's role may not do an action
        self.cases = Cases(connection, writer)
        self.documents = Documents(connection, writer)
        self.pieces = FilePieces(connection, writer)
        self.bundles = Bundles(connection)
        self.deliveries = Deliveries(connection, writer)
        self.scans = ScannedPages(connection, writer)
        self.previews = Previews(connection)
        self.reading = Places(connection, writer)
        self.marks = Marks(connection, writer)
        self.own_marks = OwnMarks(connection)
        self.ratings = Ratings(connection, writer)
        self.reviews = Reviews(connection, writer)
        self.everybody = Everybody(connection)
        self.members = Members(connection, writer)
        self.secrets = Secrets(connection, writer)
        self.returns = Returns(connection, writer)
        self.rounds = Rounds(connection, writer)
        self.custody = Custody(connection, writer, older="round_key" not in self._tables)
        self.agenda = Agenda(connection, writer)
        self.determinations = Determinations(connection, writer)
        self.updates = Updates(connection, writer)
        self.requests = Requests(connection, writer)
        self.events = Events(connection, writer)
        self.journal = History(connection, writer, self._tables)
        self.searches = SavedSearches(connection, writer)
        self._search = Search(connection)
        self.terms = TermLists(connection, writer, self._search)
        self._beside = BesidePages(connection)

    def search(
        self,
        query: str,
        *,
        case: CaseId | None = None,
        limit: int | None = None,
        within: Within = _ALL,
    ) -> list[Hit]:
        """Return the pages that ``query`` finds: see ``search.Search.pages``."""
        return self._search.pages(query, case=case, limit=limit, within=within)

    def search_like(
        self,
        passage: str,
        *,
        own: tuple[DocumentId, int] | None = None,
        limit: int | None = None,
        within: Within = _ALL,
    ) -> tuple[list[str], list[Hit]]:
        """Return the rare words of a passage, and pages like it: see ``search.Search.like``."""
        return self._search.like(passage, own=own, limit=limit, within=within)

    def search_cases(
        self, query: str, *, case: CaseId | None = None, within: Within = _ALL
    ) -> list[CaseHits]:
        """Return how many pages ``query`` finds in which cases: see ``search.Search.cases``."""
        return self._search.cases(query, case=case, within=within)

    def search_undated(self, within: Within) -> int:
        """Return how many documents are left out by days: see ``search.Search.undated``."""
        return self._search.undated(within)

    def search_beside(self, query: str, member: MemberId, *, within: Within = _ALL) -> FoundBeside:
        """Return what ``query`` finds beside the pages: see ``beside_pages.BesidePages.find``."""
        return self._beside.find(query, member, within)
