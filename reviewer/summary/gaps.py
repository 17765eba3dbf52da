"""What the returns of a released round leave open: blank ratings, and scores without support.

The panellist's program says the first before a seal and refuses the second (METHOD 4.0, 4.4). A
changed program could seal all the same, so the chair's looks again once the work can be read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.method import blanks
from reviewer.method.blanks import mostly_blank
from reviewer.method.framework import Framework
from reviewer.method.needs import lacks
from reviewer.records.ids import CaseId, MemberId
from reviewer.summary.rounds import Released, read_released
from reviewer.summary.shapes import Detail

Key = tuple[MemberId, CaseId, str]
_NOTHING = Detail()
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

    ``unsupported`` is one plain line a score: the case, the factor, who, and what it lacks. A
    member's follow the order of the cases, and in one case that of the factors.
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
    released = read_released(book, number)
    names = {member.id: member.name for member in released.members}
    references = {case.id: case.reference for case in released.cases}
    return Gaps(
        blanks=tuple(
            Blank(member=names[MemberId(one.id)], asked=one.asked, blank=one.blank)
            for one in released.rounds[-1].members
            if one.came
        ),
        unsupported=tuple(
            f"{references[case]}, {factor}: {names[who]} rated {one.value} without"
            f" {' and '.join(one.needs)}"
            for (who, case, factor), one in _lacking(released, book.about.framework)
            if one.round == number
        ),
    )


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
    return dict(_lacking(read_released(book, number), book.about.framework))


def _lacking(released: Released, framework: Framework) -> Iterator[tuple[Key, Unsupported]]:
    standing = released.standing
    for at, number in sorted(standing.unsupported.items()):
        member, case, factor = at
        detail = released.rounds[number - 1].details.get(at, _NOTHING)
        key = released.members[member].id, released.cases[case].id, framework.codes[factor]
        yield (
            key,
            Unsupported(
                round=number,
                value=framework.values[standing.votes[at]],
                needs=lacks(detail.comment, detail.evidence),
            ),
        )
