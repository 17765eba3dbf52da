"""The marks of whoever rates, in what they may read."""

from reviewer.casebook.book import Casebook
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.ids import CaseId
from reviewer.records.own_marks import OwnMark
from reviewer.rounds.allocation import readable


def own_marks(book: Casebook, case: CaseId | None = None) -> list[OwnMark]:
    """Return the marks of whoever rates in ``book``, in all that they may read or in one case.

    While the round is closed none has a ``newer``: what was sealed stays where it is, so there is
    nothing to ask. Raises ``StateError`` where nobody rates.
    """
    about = book.about
    if not about.member:
        raise StateError(say("Nobody rates in this casebook, so nobody has marks of their own."))
    may = {one.id for one in readable(book, about) if case is None or one.id == case}
    found = [mark for mark in book.own_marks.of(about.member) if mark.case in may]
    if about.sealed or about.released:
        return [mark._replace(newer="") for mark in found]
    return found
