"""What one figure rests on: who rated a cell how and why, and the pages they showed for it."""

from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError, StateError
from reviewer.records.cases import Case
from reviewer.records.judgement import Mark, Rating
from reviewer.records.moments import place_words
from reviewer.records.panel import Member
from reviewer.summary.returned import returned_in


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A mark that was shown for a rating, and the title of its document."""

    mark: Mark
    title: str

    @property
    def place(self) -> str:
        """Where it is, as a reader names it ("Custody record p.3", "Call 00:12:03-00:12:09")."""
        return place_words(self.title, self.mark.page, self.mark.anchor)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One member's rating of the cell in one round; ``late`` where it came after the release."""

    round: int
    member: Member
    rating: Rating
    cited: tuple[Cited, ...] = ()
    late: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """Everything said of one case and factor in the released rounds, oldest round first."""

    case: Case
    factor: str
    said: tuple[Said, ...]


def ground(book: Casebook, reference: str, factor: str) -> Ground:
    """Return what the cell of case ``reference`` and ``factor`` rests on.

    Raises ``InputError`` where there is no such case or factor, ``StateError`` in a casebook that
    is not the chair's and before the first release: nobody reads scores until all are in.
    """
    about = book.about
    if about.kind != "chair":
        raise StateError("Only the chair's casebook holds what others rated.")
    if not about.results:
        raise StateError(
            f"Round {about.round} has not been released yet. Nobody reads ratings before that."
        )
    case = book.cases.by_reference(reference)
    if case is None:
        raise InputError(f"There is no case {reference} in this casebook.")
    if factor not in about.framework.codes:
        codes = ", ".join(about.framework.codes[:6])
        raise InputError(f"There is no factor {factor}. The factors are {codes}, ...")
    members = {member.id: member for member in book.members.all()}
    titles = {document.id: document.title for document in book.documents.of(case.id)}
    marks = {
        mark.id: Cited(mark=mark, title=titles.get(mark.document, "Document"))
        for mark in book.marks.in_case(case.id)
    }
    late = {number: book.rounds.late(number) for number in range(1, about.results + 1)}
    count = {number: returned_in(book, number) for number in late}
    said = [
        Said(
            round=number,
            member=members[member],
            rating=rating,
            cited=tuple(marks[mark] for mark in rating.evidence if mark in marks),
            late=member in late[number],
        )
        for number in late
        for member, rating in book.ratings.of_case(case.id, number)
        if rating.factor == factor and not rating.blank and member in count[number]
    ]
    said.sort(key=lambda one: (one.round, one.member.name))
    return Ground(case=case, factor=factor, said=tuple(said))
