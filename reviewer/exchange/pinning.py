"""Whose key it is: six words compared by telephone, and what the chair says came of it.

The chair's own casebook knows every enrolment token, so a return in a member's name proves only
that its writer held the token. That the key is the member's is known once the words were compared.
"""

from dataclasses import dataclass

from reviewer.casebook.book import Casebook, Change
from reviewer.crypto.words import fingerprint_words
from reviewer.errors import InputError, StateError
from reviewer.records.panel import KeyState, Member, ReturnStatus, key_state


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyWords:
    """The key of one member. ``words`` are "" where none counts; ``at`` is when it was compared.

    Where the key has changed, ``at`` is when the earlier one was compared.
    """

    member: Member
    words: str
    state: KeyState
    at: str


def key_words(book: Casebook) -> list[KeyWords]:
    """Return the key of everybody who rates in another file than this one."""
    compared = book.members.comparisons.all()
    own = book.about.member
    found = []
    for member in book.members.all():
        if not member.rates or member.id == own:
            continue
        last = compared.get(member.id)
        found.append(
            KeyWords(
                member=member,
                words=fingerprint_words(member.public_key) if member.public_key else "",
                state=key_state(member.public_key, last),
                at="" if last is None else last.at,
            )
        )
    return found


def not_compared(book: Casebook) -> list[KeyWords]:
    """Return the members whose return counts while nobody has compared its key."""
    counts = {
        one.member
        for one in book.returns.received(book.about.round)
        if one.standing is ReturnStatus.RECEIVED
    }
    return [
        one
        for one in key_words(book)
        if one.member.id in counts and one.state is not KeyState.COMPARED
    ]


def confirm(
    book: Casebook, name: str, *, heard: str | None = None, public_key: str | None = None
) -> Change:
    """Keep that the key of ``name`` was compared by telephone.

    ``heard`` are the words as they were read, ``public_key`` the key whose words were shown; where
    one is given it must fit. Raises ``InputError`` for somebody who is not on the panel or words
    that differ, ``StateError`` where there is no key to compare or it is another by now.
    """
    member = _member(book, name)
    if not member.public_key:
        raise StateError(
            f"There is no key of {member.name} to compare: it arrives with the first return, and"
            " while returns conflict none counts."
        )
    if public_key is not None and public_key != member.public_key:
        raise StateError(
            f"The key of {member.name} has changed since its words were shown. Compare the new"
            " words."
        )
    if heard is not None and _spoken(heard) != _spoken(fingerprint_words(member.public_key)):
        raise InputError(
            f"These are not the words of the key that signed the return of {member.name}. Listen"
            " once more; if they still differ, that return is not theirs. Nothing was kept."
        )
    return book.members.comparisons.put(member.id, member.public_key)


def withdraw(book: Casebook, name: str) -> Change:
    """Take back that the key of ``name`` was compared. Raises ``InputError``, ``StateError``."""
    member = _member(book, name)
    if member.id not in book.members.comparisons.all():
        raise StateError(f"The key of {member.name} was not compared, so nothing was changed.")
    return book.members.comparisons.withdraw(member.id)


def _member(book: Casebook, name: str) -> Member:
    if book.about.kind != "chair":
        raise StateError("Only the chair's casebook keeps whose key was compared.")
    member = book.members.by_name(name)
    if member is None or not member.rates:
        raise InputError(f"Nobody called {name} rates on this panel.")
    if member.id == book.about.member:
        raise StateError(
            f"{member.name} rates in this casebook, so there is nothing to compare by telephone."
        )
    return member


def _spoken(words: str) -> list[str]:
    return words.casefold().replace(",", " ").split()
