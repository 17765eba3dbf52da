"""The ratings in force before a round: of every cell the latest that is no later blank."""

from reviewer.casebook.book import About, Casebook
from reviewer.records.judgement import Rating
from reviewer.rounds.allocation import Cell


def own_before(book: Casebook, about: About) -> dict[Cell, Rating]:
    """Return the ratings of whoever rates in ``book`` that stand before the round that is open."""
    found: dict[Cell, Rating] = {}
    for earlier in range(1, about.round):
        for _, case, rating in book.ratings.everyone(earlier, member=about.member):
            if earlier == 1 or not rating.blank:
                found[case, rating.factor] = rating
    return found
