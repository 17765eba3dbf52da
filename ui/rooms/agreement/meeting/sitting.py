"""Which cells a meeting goes through, in which order: worst first, and none moves under the hand.

What is settled stays where it was, ticked; what is put off goes to the end; what comes onto the
agenda meanwhile stands before that.
"""

from typing import NamedTuple

from reviewer.summary.shapes import Cell, Summary


class Place(NamedTuple):
    """One cell by the id of its case and the code of its factor."""

    case: str
    factor: str


class Sitting:
    """The cells of the agenda, and those that were settled from it."""

    def __init__(self) -> None:
        self._order: list[Place] = []
        self._put_off: list[Place] = []
        self._settled: list[Place] = []
        self._uncounted: set[Place] = set()  # decided since the cells were counted
        self._cells: dict[Place, Cell] = {}

    @property
    def places(self) -> tuple[Place, ...]:
        """Every cell in its order."""
        return tuple(self._order)

    @property
    def open(self) -> tuple[Place, ...]:
        """Those that are still to be settled."""
        return tuple(one for one in self._order if self._waits(one))

    @property
    def last(self) -> Place | None:
        """What was settled last, and is not open again."""
        decided = [one for one in self._settled if self._cells[one].determined]
        return decided[-1] if decided else None

    def take(self, summary: Summary) -> None:
        """Take what the agenda is now; the order of what stands on it already stays."""
        self._uncounted.clear()
        codes = summary.panel.framework.codes
        ids = [case.id for case in summary.panel.cases]
        self._cells = {Place(ids[cell.case], codes[cell.factor]): cell for cell in summary.cells}
        agenda = [Place(ids[item.case], codes[item.factor]) for item in summary.agenda]
        self._order = [one for one in self._order if one in self._cells]
        known = set(self._order)
        self._order += [one for one in agenda if one not in known]
        self._put_off = [one for one in self._put_off if one in self._cells]
        self._last_to_end()

    def sort(self, summary: Summary) -> None:
        """Begin with what was settled here, then worst first."""
        self._order = list(dict.fromkeys(self._settled))
        self.take(summary)

    def add(self, place: Place) -> None:
        """Put a cell first that is not on the agenda, where it is not here yet."""
        if place not in self._order and place in self._cells:
            self._order.insert(0, place)

    def cell(self, place: Place) -> Cell:
        """Return the cell at ``place``, which is one of ``places``."""
        return self._cells[place]

    def settle(self, place: Place) -> None:
        """Note that ``place`` was decided just now."""
        self._settled = [*(one for one in self._settled if one != place), place]
        self._uncounted.add(place)
        self._put_off = [one for one in self._put_off if one != place]

    def put_off(self, place: Place) -> None:
        """Let ``place`` come last."""
        self._put_off = [*(one for one in self._put_off if one != place), place]
        self._last_to_end()

    def is_put_off(self, place: Place) -> bool:
        """Say whether ``place`` was put off."""
        return place in self._put_off

    def after(self, place: Place, among: tuple[Place, ...]) -> Place | None:
        """Return the next of ``among`` to be settled after ``place``, round the end, or None."""
        waiting = [one for one in among if one != place and self._waits(one)]
        at = self._order.index(place) if place in self._order else -1
        later = [one for one in waiting if self._order.index(one) > at]
        return next(iter(later or waiting), None)

    def _waits(self, place: Place) -> bool:
        """Whether it is on the agenda, and was not decided since that was counted."""
        return bool(self._cells[place].flags) and place not in self._uncounted

    def _last_to_end(self) -> None:
        self._order = [
            *(one for one in self._order if one not in self._put_off),
            *(one for one in self._put_off if one in self._cells),
        ]
