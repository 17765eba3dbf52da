"""The panel decides a cell: a point, its median, not assessable or not relevant (METHOD 3, 4.10).

Every decision is kept with its reason and its dissent. Nothing is a lock for ever: it is reopened
with a reason, and a rating or record that comes late puts the cell back on the agenda.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.casebook.book import About, Casebook, Change
from reviewer.errors import InputError, StateError
from reviewer.messages import say
from reviewer.method.framework import Framework
from reviewer.records.determinations import Determination, Dissent, Ruling
from reviewer.records.ids import CaseId
from reviewer.records.text import as_seen, clean, clean_line
from reviewer.summary.consolidate import cells as cells_of
from reviewer.summary.decided import came_in, ground_of
from reviewer.summary.gather import gather
from reviewer.summary.shapes import Cell, Class, Kind, Panel

LONGEST = 20_000  # characters of a reason, or of one dissent
MOST_DISSENTS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class ToDecide:
    """What is decided of a cell: ``value`` (a point of the scale) for ``Ruling.POINT`` alone.

    Of a dissent, ``name`` is the member's name as the casebook has it, or "" for none.
    """

    what: Ruling
    reason: str
    value: int | None = None
    dissents: Sequence[Dissent] = ()


def determine(book: Casebook, reference: str, factor: str, wanted: ToDecide) -> Determination:
    """Decide one cell as ``put`` does; returns the decision as it is kept."""
    (case,) = put(book, reference, factor, wanted).cases
    return book.determinations.of(case, factor)[-1]


def put(book: Casebook, reference: str, factor: str, wanted: ToDecide) -> Change:
    """Decide one cell, or reopen what was decided of it; returns what changed.

    Raises ``InputError`` for a case, factor, value or dissenter that is none and for an empty
    reason, ``StateError`` in a casebook that is not the chair's, before the release, of a cell
    that nobody was asked or that an open round asks for, and of one that is decided (or open)
    already.
    Nothing is changed then.
    """
    about = _chairs(book)
    book.require("determine")
    panel = gather(book)
    case, place = _place(panel, reference, factor)
    cell = cells_of(panel)[case * len(panel.framework.factors) + place]
    at = CaseId(panel.cases[case].id)
    history = book.determinations.of(at, factor)
    name = f"{reference}, {factor}"
    _refuse_state(name, cell, history, wanted.what)
    _refuse_asked(book, at, factor, name)
    made = Determination(
        case=at,
        factor=factor,
        number=len(history) + 1,
        round=about.results,
        what=wanted.what,
        halves=_halves(name, cell, panel.framework, wanted),
        reason=_words(wanted.reason, say("Give the reason: it is printed with the decision.")),
        dissents=tuple(_dissents(book, panel.framework, wanted.dissents)),
        ground=ground_of(panel, case, place, came_in(panel)),
        by=about.chair,
    )
    if made.what is Ruling.REOPENED:
        return book.determinations.reopen(made)
    return book.determinations.determine(made)


def possible(panel: Panel, cell: Cell) -> frozenset[Ruling]:
    """Return what can be decided of a cell now: none of it is refused for the cell's sake.

    An open round that asks for the cell is refused when it is decided: a panel knows of none.
    """
    history = panel.determinations.get((cell.case, cell.factor), ())
    return frozenset(what for what in Ruling if not _refused(cell, history, what))


def _refused(cell: Cell, history: Sequence[Determination], what: Ruling) -> bool:
    if what is Ruling.MEDIAN and cell.median is None:
        return True
    try:
        _refuse_state("", cell, history, what)
    except StateError:
        return True
    return False


def _chairs(book: Casebook) -> About:
    about = book.about
    if about.kind != "chair":
        raise StateError(say("Only the chair's casebook keeps what the panel decides."))
    if not about.results:
        raise StateError(
            say(
                "Round {number} has not been released yet, so nothing can be determined. Merge the"
                " returns, then release the round.",
                number=about.round,
            )
        )
    return about


def _place(panel: Panel, reference: str, factor: str) -> tuple[int, int]:
    cases = {case.reference: place for place, case in enumerate(panel.cases)}
    if reference not in cases:
        raise InputError(
            say("There is no case {reference} in this casebook.", reference=reference)
        )
    if factor not in panel.framework.codes:
        raise InputError(
            say(
                "There is no factor {factor}. The factors are {codes}, ...",
                factor=factor,
                codes=", ".join(panel.framework.codes[:6]),
            )
        )
    return cases[reference], panel.framework.codes.index(factor)


def _refuse_state(name: str, cell: Cell, history: Sequence[Determination], what: Ruling) -> None:
    """Raise ``StateError`` where the cell is not one that can be decided, or reopened, now."""
    if cell.klass is Class.NOT_ALLOCATED:
        raise StateError(
            say("Nobody was asked to rate {name}, so there is nothing to determine.", name=name)
        )
    if what is Ruling.REOPENED and not history:
        raise StateError(
            say("{name} was not determined, so there is nothing to reopen.", name=name)
        )
    if what is Ruling.REOPENED and not history[-1].stands:
        raise StateError(say("{name} is reopened already.", name=name))
    if what is not Ruling.REOPENED and cell.kind is Kind.DETERMINED:
        raise StateError(
            say(
                "{name} is determined, and nothing came since. Reopen it first, with the reason.",
                name=name,
            )
        )


def _refuse_asked(book: Casebook, case: CaseId, factor: str, name: str) -> None:
    asked = book.determinations.asked_in(case, factor)
    if asked:
        raise StateError(
            say(
                "Round {number} asks for {name} again and has not been released yet. Release it"
                " first.",
                number=asked,
                name=name,
            )
        )


def _halves(name: str, cell: Cell, framework: Framework, wanted: ToDecide) -> int | None:
    """Return twice the value that is decided. Raises ``InputError`` off the scale."""
    if wanted.what is Ruling.MEDIAN:
        if cell.median is None:
            raise InputError(
                say("Nobody scored {name}, so there is no median to leave it at.", name=name)
            )
        return round(2 * cell.median)
    if wanted.what is not Ruling.POINT:
        return None
    if wanted.value not in framework.values:
        raise InputError(_off(framework, str(wanted.value)))
    return 2 * int(wanted.value)


def _off(framework: Framework, given: str) -> str:
    points = ", ".join(map(str, framework.values))
    return say(
        "{value} is no point of the scale. Its points are {points}.", value=given, points=points
    )


def _words(given: str, lacking: str) -> str:
    words = clean(given).strip()
    if not as_seen(words).strip():
        raise InputError(lacking)
    if len(words) > LONGEST:
        raise InputError(
            say(
                "This is longer than {most:,} characters. Shorten it, or put it into a document.",
                most=LONGEST,
            )
        )
    return words


def _dissents(book: Casebook, framework: Framework, given: Sequence[Dissent]) -> Iterator[Dissent]:
    """Yield each dissent as it is kept. Raises ``InputError``."""
    if len(given) > MOST_DISSENTS:
        raise InputError(
            say("More than {most} dissents of one decision are not kept.", most=MOST_DISSENTS)
        )
    named: set[str] = set()
    instead_of = {*map(str, framework.values), Ruling.NOT_ASSESSABLE, Ruling.NOT_RELEVANT, ""}
    for one in given:
        name = clean_line(one.name)
        member = book.members.by_name(name) if name else None
        if name and member is None:
            raise InputError(say("{name} is no member of this panel.", name=name))
        if name.casefold() in named:
            raise InputError(say("{name} dissents twice. Put it into one dissent.", name=name))
        if one.instead not in instead_of:
            raise InputError(_off(framework, one.instead))
        named |= {name.casefold()} if name else set()
        yield Dissent(
            words=_words(one.words, say("A dissent needs the dissenter's own words.")),
            member=member.id if member else "",
            name=member.name if member else "",
            instead=one.instead,
        )
