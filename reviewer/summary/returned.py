"""Whose work of a released round is in force: what its release opened, and what came late."""

from reviewer.casebook.book import Casebook
from reviewer.records.ids import MemberId


def returned_in(book: Casebook, round_number: int) -> set[MemberId]:
    """Return the members whose return of a released round counts, late ones too."""
    return {*book.rounds.opened(round_number), *book.rounds.late(round_number)}


def digests_of(book: Casebook, round_number: int) -> dict[MemberId, str]:
    """Return the digest of each return that counts in a released round, by member."""
    late = {member: one.digest for member, one in book.rounds.late(round_number).items()}
    return book.rounds.opened(round_number) | late


def opened_digests(book: Casebook, *, older: bool = False) -> frozenset[str]:
    """Return the digest of every return that a release opened, or the chair opened late.

    A casebook of an ``older`` format, not brought to today's yet, has no late ones.
    """
    found: set[str] = set()
    for number in range(1, book.about.round + 1):
        found.update(book.rounds.opened(number).values())
        if not older:
            found.update(one.digest for one in book.rounds.late(number).values())
    return frozenset(found)
