"""What the returns of a released round leave open: blank ratings, and scores without support.

The panellist's program says the first before a seal and refuses the second (METHOD 4.0, 4.4). A
changed program could seal all the same, so the chair's looks again once the work can be read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.method import blanks
from reviewer.method.blanks import mostly_blank
from reviewer.method.support import unchanged, unsupported
from reviewer.records.ids import CaseId, MemberId
from reviewer.records.judgement import Rating
from reviewer.records.panel import Member
from reviewer.summary.returned import returned_in

Key = tuple[MemberId, CaseId, str]
_ONE_LACKS = (
    "1 score lacks the comment or page that its height demands. It counts all the same, and its"
    " cell is on the agenda:"
)
_MANY_LACK = (
    "{:,} scores lack the comment or page that their height demands. They count all the same, and"
    " their cells are on the agenda:"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsupported:
    """A score that stands, in which round it was given, and what it lacks in words."""

    round: int
    value: int
    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Blank:
    """How many of the ratings that one member was asked for are blank."""

    member: str
    asked: int
    blank: int

    @property
    def mostly(self) -> bool:
        """Whether more than half are."""
        return mostly_blank(self.blank, self.asked)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gaps:
    """What one round leaves open, by member in their order.

    ``unsupported`` is one plain line a score: the case, the factor, who, and what it lacks.
    """

    blanks: tuple[Blank, ...]
    unsupported: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many ratings were asked of those who returned."""
        return sum(one.asked for one in self.blanks)

    @property
    def blank(self) -> int:
        """How many of these are blank."""
        return sum(one.blank for one in self.blanks)

    @property
    def mostly(self) -> bool:
        """Whether more than half of the round is blank."""
        return mostly_blank(self.blank, self.asked)


def gaps_of(book: Casebook, number: int) -> Gaps:
    """Return what released round ``number`` leaves open, of that round alone."""
    back = returned_in(book, number)
    answered: dict[MemberId, int] = {}
    for who, _, rating in book.ratings.everyone(number):
        answered[who] = answered.get(who, 0) + (not rating.blank)
    found = []
    for member in book.members.all():
        if member.id in back:
            asked = _asked(book, number, member)
            blank = max(asked - answered.get(member.id, 0), 0)
            found.append(Blank(member=member.name, asked=asked, blank=blank))
    return Gaps(blanks=tuple(found), unsupported=tuple(_lines(book, number)))


def told(gaps: Gaps) -> list[str]:
    """Return what is to be said before any figure, a line each; nothing where nothing is open."""
    said = []
    if gaps.mostly:
        said.append(blanks.warning(gaps.blank, gaps.asked))
    said += [
        f"- {one.member}: {blanks.told(one.blank, one.asked)}" for one in gaps.blanks if one.mostly
    ]
    if gaps.unsupported:
        count = len(gaps.unsupported)
        said.append(_ONE_LACKS if count == 1 else _MANY_LACK.format(count))
        said += [f"- {line}" for line in gaps.unsupported]
    return said


def lacking(book: Casebook, number: int) -> Mapping[Key, Unsupported]:
    """Return the scores that stand after released round ``number`` and lack what they need."""
    framework = book.about.framework
    said: dict[Key, Rating] = {}
    found: dict[Key, Unsupported] = {}
    for past in range(1, number + 1):
        back = returned_in(book, past)
        for who, case, rating in book.ratings.everyone(past):
            key = (who, case, rating.factor)
            if who not in back or rating.blank or unchanged(rating, said.get(key)):
                continue
            said[key] = rating
            found.pop(key, None)
            needs = unsupported(rating, framework)
            if needs and rating.value is not None:
                found[key] = Unsupported(round=past, value=rating.value, needs=needs)
    return found


def _asked(book: Casebook, number: int, member: Member) -> int:
    """Return how many ratings ``member`` was asked for: everything allocated, or the agenda."""
    cases = set(book.rounds.asked(number, member))
    if number == 1:
        return len(cases) * len(book.about.framework.factors)
    return sum(cell.case in cases for cell in book.agenda.of(number))


def _lines(book: Casebook, number: int) -> Iterator[str]:
    names = {member.id: member.name for member in book.members.all()}
    references = {case.id: case.reference for case in book.cases.all()}
    for (who, case, factor), one in lacking(book, number).items():
        if one.round == number:
            yield (
                f"{references[case]}, {factor}: {names[who]} rated {one.value} without"
                f" {' and '.join(one.needs)}"
            )
