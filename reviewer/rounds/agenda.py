"""From one round to the next: its agenda, what of it is asked for, and opening it.

Round 1 is independent and stays for ever; agreement is computed there. A later round asks each
member, privately, for the cells on the agenda again (METHOD 3).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reviewer.casebook.book import About, Casebook
from reviewer.errors import InputError, StateError
from reviewer.records.ids import CaseId
from reviewer.records.panel import Member, RoundKey
from reviewer.records.updates import AgendaCell
from reviewer.rounds.allocation import Cell
from reviewer.rounds.feedback import FeedbackOf
from reviewer.summary.consolidate import agenda as agenda_of
from reviewer.summary.gather import gather
from reviewer.summary.kinds import nothing_open
from reviewer.summary.shapes import Panel


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedRound:
    """A round that was opened: its number, and the cells to be rated again."""

    number: int
    at: str
    cells: tuple[AgendaCell, ...]

    @property
    def cases(self) -> int:
        """How many cases have a cell on the agenda."""
        return len({cell.case for cell in self.cells})


def agenda(book: Casebook) -> tuple[AgendaCell, ...]:
    """Return the cells that the released results flag, in case and factor order, not opened yet.

    Raises ``StateError`` before the first release.
    """
    return _agenda(gather(book))[0]


def _agenda(panel: Panel) -> tuple[tuple[AgendaCell, ...], Mapping[str, int]]:
    """Return the cells of the agenda, and how many cells of all are of each kind."""
    found, kinds = agenda_of(panel)
    framework = panel.framework
    items = sorted(found, key=lambda item: (item.case, item.factor))
    cells = tuple(
        AgendaCell(
            case=CaseId(panel.cases[item.case].id),
            factor=framework.codes[item.factor],
            flags=item.flags,
        )
        for item in items
    )
    return cells, kinds


def next_cells(book: Casebook, picked: Collection[Cell] | None = None) -> tuple[AgendaCell, ...]:
    """Return what the next round asks for: the agenda, or of it what was ``picked``.

    Raises ``StateError`` where it cannot be opened yet, ``InputError`` where nothing is picked or
    something that is not on the agenda.
    """
    _require_released(book.about)
    cells, kinds = _agenda(gather(book))
    if not cells:
        raise StateError(nothing_open(kinds))
    return cells if picked is None else _picked(book, cells, picked)


def _require_released(about: About) -> None:
    if about.kind != "chair":
        raise StateError("Only the chair opens a round, in the chair's casebook.")
    if not about.released:
        raise StateError(
            f"Round {about.round} has not been released yet, so the next one cannot be opened."
        )


def _picked(
    book: Casebook, cells: tuple[AgendaCell, ...], picked: Collection[Cell]
) -> tuple[AgendaCell, ...]:
    if not picked:
        raise InputError("Pick at least one rating that the next round shall ask for again.")
    there = {(cell.case, cell.factor) for cell in cells}
    unknown = sorted(set(picked) - there)
    if unknown:
        references = {case.id: case.reference for case in book.cases.all()}
        case, factor = unknown[0]
        raise InputError(
            f"{references.get(case, case)}, {factor} is not on the agenda"
            + (f", nor are {len(unknown) - 1} more" if len(unknown) > 1 else "")
            + ". A round asks only for what the panel does not agree on: `reviewer round` tells."
        )
    return tuple(cell for cell in cells if (cell.case, cell.factor) in picked)


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundOffer:
    """What the next round could ask for: the agenda, and who would be asked for it."""

    number: int
    cells: tuple[AgendaCell, ...]
    references: Mapping[CaseId, str]
    members: tuple[Member, ...]

    def each(self, picked: Collection[Cell] | None = None) -> tuple[tuple[str, int], ...]:
        """Return how many ratings of the agenda (or of what is picked) each member gets."""
        wanted = [
            cell.case
            for cell in self.cells
            if picked is None or (cell.case, cell.factor) in picked
        ]
        return tuple(
            (one.name, sum(not one.cases or case in one.cases for case in wanted))
            for one in self.members
        )


def offer(book: Casebook) -> RoundOffer:
    """Return what the next round could ask for. Raises what ``next_cells`` does."""
    return RoundOffer(
        number=book.about.round + 1,
        cells=next_cells(book),
        references={case.id: case.reference for case in book.cases.all()},
        members=tuple(one for one in book.members.all() if one.rates),
    )


def open_round(
    book: Casebook,
    *,
    cells: tuple[AgendaCell, ...] | None = None,
    key: RoundKey | None = None,
    keep: Mapping[str, bytes] | None = None,
) -> OpenedRound:
    """Open the next round over the agenda of the one that was just released.

    With ``cells`` (of ``next_cells``) it asks for those of it only, and the results are not read
    again. Its returns are sealed to ``key``, whose kept half is in ``keep`` (see
    ``custody.open_round_with_sheet``). Raises ``StateError`` before the release, where nothing is
    on the agenda, and without a key where there is a custodian.
    """
    about = book.about
    _require_released(about)
    if cells is None:
        cells = next_cells(book)
    if key is None and about.custodian is not None:
        raise StateError(
            f"Round {about.round + 1} needs a custodian's sheet of its own: the lines that"
            f" {about.custodian.name} typed when round {about.round} was released must not open"
            " it. Choose a folder for the sheet."
        )
    number = about.round + 1
    if about.member:
        cells = FeedbackOf(book, cells, number).of(about.member, cells)
    change = book.agenda.begin(number, cells, key=key, keep=keep)
    return OpenedRound(number=number, at=change.at, cells=cells)
