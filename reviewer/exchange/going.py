"""What a seal would send, counted before it: what goes, what is blank, what is set aside."""

from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.method.blanks import mostly_blank, told
from reviewer.records.judgement import ReviewState
from reviewer.records.text import counted
from reviewer.rounds.allocation import own_cells, rater


@dataclass(frozen=True, kw_only=True, slots=True)
class Going:
    """What would go to the chair if the round were sealed now.

    ``asked`` is how many ratings the round asks for in ``cases`` cases; ``rated`` of them, in
    ``rated_cases``, hold a value or a reason, the rest is ``blank``. ``comments`` and ``marks``
    are all of them, ``cited`` counts marks as often as a rating cites them, ``texts`` the cases
    with words under "Not scored", ``deferred`` the cases that are set aside.
    """

    round: int
    cases: int
    asked: int
    rated: int
    rated_cases: int
    comments: int
    marks: int
    cited: int
    texts: int
    deferred: int

    @property
    def blank(self) -> int:
        """How many ratings would go as blanks."""
        return self.asked - self.rated

    @property
    def mostly_blank(self) -> bool:
        """Whether so much is blank that it must be said before anything else."""
        return mostly_blank(self.blank, self.asked)

    @property
    def blank_words(self) -> str:
        """How much is blank, in words."""
        return told(self.blank, self.asked)

    def words(self) -> tuple[str, ...]:
        """Return what goes to the chair, a line a kind; what there is none of is left out."""
        cases = counted(self.cases, "case")
        ratings = f"{self.rated:,} of {counted(self.asked, 'rating')}"
        lines = [f"{ratings}, in {self.rated_cases:,} of {cases}"]
        if self.comments:
            lines.append(counted(self.comments, "comment"))
        if self.marks:
            cited = f", cited {counted(self.cited, 'time')} as evidence" if self.cited else ""
            lines.append(f"{counted(self.marks, 'marked passage')}{cited}")
        if self.texts:
            lines.append(
                f"What you wrote under \u201cNot scored\u201d in {counted(self.texts, 'case')}"
            )
        if self.deferred:
            lines.append(f"That you set {counted(self.deferred, 'case')} aside")
        return tuple(lines)


def what_goes(book: Casebook) -> Going:
    """Count what sealing the round of this casebook's rater would send.

    Raises ``StateError`` where nobody rates in it.
    """
    about = rater(book)
    cells = {(case.id, code) for case, codes in own_cells(book, about) for code in codes}
    ratings = [
        (case, rating)
        for _, case, rating in book.ratings.everyone(about.round, member=about.member)
        if (case, rating.factor) in cells
    ]
    rated = [(case, rating) for case, rating in ratings if not rating.blank]
    reviews = book.reviews.all(about.member, about.round).values()
    return Going(
        round=about.round,
        cases=len({case for case, _ in cells}),
        asked=len(cells),
        rated=len(rated),
        rated_cases=len({case for case, _ in rated}),
        comments=sum(1 for _, rating in ratings if rating.comment),
        marks=len(book.marks.of_member(about.member)),
        cited=sum(len(rating.evidence) for _, rating in ratings),
        texts=sum(1 for r in reviews if r.narrative or r.good_practice or r.other),
        deferred=sum(1 for r in reviews if r.state is ReviewState.DEFERRED),
    )
