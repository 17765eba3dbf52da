"""Whose cases are whose, in which order they read them, and what the open round asks for."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from reviewer.casebook.book import About, Casebook
from reviewer.errors import StateError
from reviewer.records.cases import Case
from reviewer.records.finding import Within
from reviewer.records.ids import CaseId, MemberId
from reviewer.records.judgement import Reason
from reviewer.records.panel import Member

Cell = tuple[CaseId, str]


def rater(book: Casebook) -> About:
    """Return what ``book`` says of itself. Raises ``StateError`` where nobody rates in it."""
    about = book.about
    if not about.member:
        raise StateError("Nobody rates in this casebook, so there is no round to seal in it.")
    return about


def allocated(book: Casebook, about: About) -> list[Case]:
    """Return the cases of whoever rates in ``book``, in the register's order."""
    member = book.members.get(about.member)
    wanted = set(member.cases) if member is not None else set()
    return [case for case in book.cases.all() if not wanted or case.id in wanted]


def readable(book: Casebook, about: About) -> list[Case]:
    """Return the cases whose pages may be found by whoever holds ``book``, in its order.

    A panellist finds what is theirs, the chair everything; and whoever rates finds nothing of a
    case that they are recused from: one of whose factors, as a round asked for them, all said so,
    and of which they have said nothing else since.
    """
    cases = book.cases.all() if about.kind == "chair" else allocated(book, about)
    if not about.member:
        return cases
    gone = _recused(book, about)
    return [case for case in cases if case.id not in gone]


def within_readable(book: Casebook, within: Within) -> Within:
    """Return ``within`` with the cases that may be found, and no others."""
    may = frozenset(case.id for case in readable(book, book.about))
    return replace(within, cases=may if within.cases is None else may & within.cases)


def _recused(book: Casebook, about: About) -> set[CaseId]:
    """Return the cases that whoever rates in ``book`` is recused from, as of the open round.

    A round in which they said nothing of a case changes nothing: what they said before stands.
    """
    gone: set[CaseId] = set()
    stands: dict[Cell, bool] = {}
    for number in range(1, about.round + 1):
        said: dict[CaseId, set[str]] = {}
        for _, case, rating in book.ratings.everyone(number, member=about.member):
            if not rating.blank:
                stands[case, rating.factor] = rating.reason is Reason.RECUSED
                said.setdefault(case, set()).add(rating.factor)
        if not said:
            continue
        wanted = asked(book, replace(about, round=number))
        for case, rated in said.items():
            codes = [
                one for one in about.framework.codes if wanted is None or (case, one) in wanted
            ]
            out = all(stands.get((case, code), False) for code in {*codes, *rated})
            (gone.add if out else gone.discard)(case)
    return gone


def own_order(member: MemberId, cases: Iterable[Case]) -> list[Case]:
    """Return ``cases`` in the order that is this member's own: random, and always the same.

    For nobody (a chair who does not rate) it is the order that they came in.
    """
    if not member:
        return list(cases)
    return sorted(cases, key=lambda c: hashlib.sha256(f"{member}\0{c.id}".encode()).digest())


def own_cases(book: Casebook, about: About) -> list[Case]:
    """Return what whoever rates in ``book`` has to read, in their own order.

    In a later round only the cases that it asks for. Where nobody rates, every case.
    """
    cases, wanted = allocated(book, about), asked(book, about)
    if wanted is not None and about.member:
        there = {case for case, _ in wanted}
        cases = [case for case in cases if case.id in there]
    return own_order(about.member, cases)


def own_cells(book: Casebook, about: About) -> list[tuple[Case, tuple[str, ...]]]:
    """Return what the open round asks for of whoever rates in ``book``: factor codes by case.

    All their cases, in the register's order; one that a later round does not ask for has none.
    """
    codes, wanted = about.framework.codes, asked(book, about)
    return [
        (case, tuple(code for code in codes if wanted is None or (case.id, code) in wanted))
        for case in allocated(book, about)
    ]


def asked(book: Casebook, about: About) -> frozenset[Cell] | None:
    """Return the cells that the open round asks for, or None in the first: all of them."""
    if about.round == 1:
        return None
    return frozenset((cell.case, cell.factor) for cell in book.agenda.of(about.round))


def raters(book: Casebook, about: About) -> list[Member]:
    """Return the members whose return the open round waits for, in their order.

    A later round does not wait for somebody who has no cell on its agenda.
    """
    members = [member for member in book.members.all() if member.rates]
    cells = asked(book, about)
    if cells is None:
        return members
    cases = {case for case, _ in cells}
    return [one for one in members if not one.cases or not cases.isdisjoint(one.cases)]
