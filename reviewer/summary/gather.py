"""From a released casebook to the values that the numbers are made from."""

from collections.abc import Sequence

from reviewer.casebook.book import Casebook
from reviewer.errors import DamagedError, StateError
from reviewer.messages import say
from reviewer.records.cases import Case
from reviewer.records.determinations import Determination, Ruling
from reviewer.records.panel import (
    Comparison,
    KeyState,
    Member,
    key_state,
)
from reviewer.records.text import clean_line
from reviewer.summary.parts import Origin, Part, RoundMember
from reviewer.summary.register import RecordsHeld
from reviewer.summary.returned import digests_of
from reviewer.summary.rounds import read_released
from reviewer.summary.shapes import Panel, PanelCase, PanelMember


def gather(book: Casebook) -> Panel:
    """Return the results of a chair's casebook: those of the latest round that was released.

    A later round asks for some ratings again; what was not rated again stands as it was. Raises
    ``StateError`` before the first release: nobody reads scores until all are in.
    """
    book.finish_checks()
    about = book.about
    if about.kind != "chair":
        raise StateError("Only the chair's casebook has a consolidated summary.")
    if not about.results:
        raise StateError(
            f"Round {about.round} has not been released yet, so there is nothing to summarise."
            " Merge the returns, then release the round."
        )
    compared = book.members.comparisons.all()
    released = read_released(book, about.results)
    rounds, standing = released.rounds, released.standing
    late = any(one.part is Part.LATE for one in rounds[0].members)
    return Panel(
        casebook=about.id,
        title=about.title,
        marking=about.marking,
        demonstration=about.demonstration,
        round=about.results,
        framework=about.framework,
        members=tuple(
            PanelMember(
                id=member.id,
                name=member.name,
                role=member.role,
                returned=any(one.members[place].came for one in rounds),
                without_reason=_why_out(rounds[-1].members[place]),
                key_compared=None
                if member.id == about.member
                else _compared(member, compared.get(member.id)),
            )
            for place, member in enumerate(released.members)
        ),
        cases=tuple(
            PanelCase(id=case.id, reference=case.reference, title=case.title)
            for case in released.cases
        ),
        votes=standing.votes,
        rounds=rounds,
        from_round=standing.rounds,
        asked=standing.asked,
        first=standing.first if about.results > 1 or late else None,
        details=standing.details,
        unsupported=frozenset(standing.unsupported),
        ledger=rounds[-1].ledger,
        released=rounds[-1].released,
        origin=_origin(book, about.results),
        register=RecordsHeld(records=tuple(book.requests.all()), decided=book.requests.words()),
        determinations=_determinations(book, released.cases),
    )


def _determinations(
    book: Casebook, cases: Sequence[Case]
) -> dict[tuple[int, int], tuple[Determination, ...]]:
    """Return the panel's decisions by the places of their cells."""
    case_at = {case.id: place for place, case in enumerate(cases)}
    factor_at = {code: place for place, code in enumerate(book.about.framework.codes)}
    found = {}
    points = {2 * point for point in book.about.framework.values}
    for (case, factor), history in book.determinations.all().items():
        halves = {one.halves for one in history if one.what is Ruling.POINT}
        if case not in case_at or factor not in factor_at or not halves <= points:
            raise DamagedError(
                say(
                    "What the panel determined of {factor} is of no such factor, case or point of"
                    " the scale, so the casebook is damaged. Check it, and go back to a backup.",
                    factor=clean_line(factor),
                )
            )
        found[case_at[case], factor_at[factor]] = history
    return found


def _origin(book: Casebook, number: int) -> Origin:
    headers = dict(book.returns.headers())
    digests = {past: digests_of(book, past) for past in range(1, number + 1)}
    entry, hash_ = book.journal.newest_of("release", str(number))
    return Origin(
        entry=entry,
        hash=hash_,
        returns=tuple(
            (one.sha256, headers[one.id])
            for past, opened in digests.items()
            for one in book.returns.received(past)
            if one.sha256 == opened.get(one.member)
        ),
    )


def _compared(member: Member, comparison: Comparison | None) -> str:
    """Return when the key that counts was compared, or ""."""
    if comparison is None or key_state(member.public_key, comparison) is not KeyState.COMPARED:
        return ""
    return comparison.at


def _why_out(member: RoundMember) -> str:
    """Return why the latest round was released without a member, or ""."""
    if member.came:
        return ""
    return member.without_reason or _PARTS[member.part]


_PARTS = {Part.OUT: "no return counts", Part.NOT_ASKED: "not asked in this round"}
