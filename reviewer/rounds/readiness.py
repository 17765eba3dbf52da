"""What is blank in the open round, and what cannot be sealed yet as it is."""

from dataclasses import dataclass

from reviewer.casebook.book import About, Casebook
from reviewer.method.blanks import mostly_blank
from reviewer.method.needs import Need, before_seal
from reviewer.records.ids import CaseId
from reviewer.records.judgement import Rating
from reviewer.rounds.allocation import own_cells, rater
from reviewer.rounds.standing_ratings import own_before


@dataclass(frozen=True, kw_only=True, slots=True)
class Blanks:
    """The factors of one case that are not rated yet, by code."""

    case: CaseId
    reference: str
    factors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lacking:
    """A rating that cannot be sealed as it is; ``said`` is its point or reason."""

    case: CaseId
    reference: str
    factor: str
    said: str
    needs: tuple[Need, ...]

    @property
    def line(self) -> str:
        """Which rating it is and what it needs, in a plain line."""
        needs = " and ".join(self.needs)
        return f"{self.reference}, {self.factor}: rated {self.said}, needs {needs}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """What stands before sealing: ``blanks`` may stay, ``lacking`` must be put right.

    ``asked_ratings`` is how many the round asks for in all ``cases`` together. Both lists are in
    the register's order.
    """

    cases: int
    asked_ratings: int
    blanks: tuple[Blanks, ...]
    lacking: tuple[Lacking, ...]

    @property
    def unsupported(self) -> tuple[str, ...]:
        """One plain line a rating that needs a comment or evidence."""
        return tuple(one.line for one in self.lacking)

    @property
    def blank_ratings(self) -> int:
        """How many ratings are blank in all cases together."""
        return sum(len(blanks.factors) for blanks in self.blanks)

    @property
    def mostly_blank(self) -> bool:
        """Whether more than half of what the round asks for is blank."""
        return mostly_blank(self.blank_ratings, self.asked_ratings)


def readiness(book: Casebook) -> Readiness:
    """Return what is blank and what is unsupported in the round of this casebook's rater.

    Raises ``StateError`` where nobody rates in it.
    """
    return readiness_of(book, rater(book))


def readiness_of(book: Casebook, about: About) -> Readiness:
    """Return the same of the round that ``about`` names."""
    ratings, cells = own_ratings(book, about), own_cells(book, about)
    before = own_before(book, about)
    blanks, lacking = [], []
    for case, codes in cells:
        rated = ratings.get(case.id, {})
        empty = tuple(c for c in codes if c not in rated or rated[c].blank)
        if empty:
            blanks.append(Blanks(case=case.id, reference=case.reference, factors=empty))
        for code in codes:
            rating = rated.get(code)
            needs = before_seal(rating, about.framework, before.get((case.id, code)))
            if rating is not None and needs:
                lacking.append(
                    Lacking(
                        case=case.id,
                        reference=case.reference,
                        factor=code,
                        said=str(rating.value if rating.reason is None else rating.reason.value),
                        needs=needs,
                    )
                )
    return Readiness(
        cases=len(cells),
        asked_ratings=sum(len(codes) for _, codes in cells),
        blanks=tuple(blanks),
        lacking=tuple(lacking),
    )


def own_ratings(book: Casebook, about: About) -> dict[CaseId, dict[str, Rating]]:
    """Return the ratings of whoever rates in ``book`` in the round, by case and factor."""
    found: dict[CaseId, dict[str, Rating]] = {}
    for _, case, rating in book.ratings.everyone(about.round, member=about.member):
        found.setdefault(case, {})[rating.factor] = rating
    return found
