"""What the others said before a round, told without a name (METHOD 3).

Counted once for the whole panel; of each member their own is taken away again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.everybody import said_of
from reviewer.records.ids import CaseId, DocumentId, MemberId
from reviewer.records.judgement import Reason
from reviewer.records.updates import AgendaCell, CitedPage, Feedback
from reviewer.summary.returned import returned_in

_BLANK = "blank"
_MOST_PAGES = 50  # of one cell; those that most cite come first

Cell = tuple[CaseId, str]
Page = tuple[DocumentId, int]


@dataclass(slots=True)
class _Cell:
    """What stands in one cell, by member, and the sums of it.

    ``said`` is a point or a reason as its text, "" for a blank.
    """

    said: dict[MemberId, str] = field(default_factory=dict)
    pages: dict[MemberId, set[Page]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    cited: Counter[Page] = field(default_factory=Counter)

    def add_up(self) -> None:
        self.answers = Counter(self.said.values())
        self.cited = Counter(page for pages in self.pages.values() for page in pages)


class FeedbackOf:
    """The feedback of one round on ``cells``, for any number of members.

    No name and no order that could tell one: counts of points and reasons, and pages with how
    many cite them. Pages of documents that no longer stand are left out.
    """

    def __init__(self, book: Casebook, cells: Collection[AgendaCell], number: int) -> None:
        self._values = [str(value) for value in book.about.framework.values]
        self._cells: dict[Cell, _Cell] = {(one.case, one.factor): _Cell() for one in cells}
        stand = {document.id for document in book.documents.all() if document.current}
        for earlier in range(1, number):
            self._read(book, earlier, stand)
        for cell in self._cells.values():
            cell.add_up()

    def of(self, member: MemberId, cells: Sequence[AgendaCell]) -> tuple[AgendaCell, ...]:
        """Return ``cells`` with what the others than ``member`` said of each."""
        return tuple(
            replace(one, feedback=self._told(self._cells[one.case, one.factor], member))
            for one in cells
        )

    def _read(self, book: Casebook, number: int, stand: Collection[DocumentId]) -> None:
        """Let what was said in an earlier round stand; a blank there leaves what was before."""
        here = returned_in(book, number)
        anew: defaultdict[MemberId, set[Cell]] = defaultdict(set)
        for one in book.everybody.answers(number):
            if one.member not in here:
                continue
            for factor, words in map(said_of, one.tokens):
                cell = self._cells.get((one.case, factor))
                if cell is not None and (number == 1 or words):
                    cell.said[one.member] = words
                    cell.pages.pop(one.member, None)
                    anew[one.member].add((one.case, factor))
        for member, case, factor, document, page in book.everybody.cited(number):
            if document in stand and (case, factor) in anew[member]:
                pages = self._cells[case, factor].pages
                pages.setdefault(member, set()).add((document, page))

    def _told(self, cell: _Cell, member: MemberId) -> Feedback:
        answers, cited = cell.answers, cell.cited
        if member in cell.said:
            answers = answers - Counter([cell.said[member]])
        if member in cell.pages:
            cited = cited - Counter(cell.pages[member])
        return Feedback(
            points=tuple(answers[value] for value in self._values),
            reasons=dict(_reasons(answers)),
            pages=tuple(
                CitedPage(document=document, page=page, times=times)
                for (document, page), times in sorted(
                    cited.items(), key=lambda item: (-item[1], item[0])
                )[:_MOST_PAGES]
            ),
        )


def _reasons(answers: Counter[str]) -> Iterator[tuple[str, int]]:
    """Yield how often each reason stands, and how often none was given."""
    for words in ("", *Reason):
        if answers[words]:
            yield words or _BLANK, answers[words]
