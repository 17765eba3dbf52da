"""Stepping back from a whole case at once, with a reason."""

from reviewer.casebook.book import About, Casebook
from reviewer.casebook.change import Change
from reviewer.errors import InputError, StateError
from reviewer.messages import say
from reviewer.records.ids import CaseId
from reviewer.records.judgement import Rating, Reason
from reviewer.records.text import clean_line
from reviewer.rounds.allocation import allocated, asked


def said_of(book: Casebook, case: CaseId) -> int:
    """Return of how many factors whoever rates has said more in the open round than *recused*."""
    about = book.about
    held = book.ratings.of(about.member, case, about.round)
    return sum(
        not rating.blank and rating.reason is not Reason.RECUSED for rating in held.values()
    )


def recuse(book: Casebook, case: CaseId, why: str) -> Change:
    """Say *recused* of every factor that the open round asks for in ``case``, in one step.

    ``why`` is the comment of each. What was said of them before in this round is replaced, marks
    stay, and undo brings all of it back. Raises ``StateError`` where nobody rates, the round is
    closed or asks for nothing in this case, ``InputError`` without a reason.
    """
    about = book.about
    if not about.member:
        raise StateError(say("Nobody rates in this casebook, so nobody can be recused in it."))
    why = clean_line(why)
    if not why:
        raise InputError(say("Say why in a few words: it goes to the chair with your return."))
    codes = _asked(book, about, case)
    if not codes:
        raise StateError(say("This round asks for nothing in that case, so there is no need."))
    ratings = [(case, Rating(factor=code, reason=Reason.RECUSED, comment=why)) for code in codes]
    return book.ratings.put_all(about.member, about.round, ratings, action="rate")


def _asked(book: Casebook, about: About, case: CaseId) -> list[str]:
    if case not in {one.id for one in allocated(book, about)}:
        return []
    cells = asked(book, about)
    return [code for code in about.framework.codes if cells is None or (case, code) in cells]
