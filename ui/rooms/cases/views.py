"""The views of the chair's Cases room: the cases themselves, and what stands beside them.

A new view is a Room in a module of its own, one function here that imports it, and a line in
``VIEWS``. It is built when it is first shown; the room passes on what it wants and tells.
"""

# ruff: noqa: PLC0415 - a view is imported when it is built
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.messages import later, say
from ui.rooms.room import Room
from ui.widgets.view_bar import ViewBar, step_by_keys

CASES = "cases"


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One view: its id, its title in the bar, and how it is built in the room that holds it."""

    id: str
    title: str
    build: Callable[[Room], Room]


def _bring_in(room: Room) -> Room:
    from ui.rooms.cases.bring_in import view

    return view.BringInView(room.desk, room.settings, room)


def _records(room: Room) -> Room:
    from ui.rooms.cases.records import view

    return view.RecordsView(room.desk, room.settings, room)


VIEWS: tuple[View, ...] = (
    View(id="bring-in", title=later("Bring in"), build=_bring_in),
    View(id="records", title=later("Records"), build=_records),
)


class Views(QWidget):
    """The bar, and under it ``first`` (the cases) or one of ``VIEWS``."""

    def __init__(self, room: Room, first: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self._build = {view.id: view.build for view in VIEWS}
        self._made: dict[str, Room] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        titles = [(view.id, say(view.title)) for view in VIEWS]
        self.bar = ViewBar([(CASES, say("Cases")), *titles])
        self.bar.chosen.connect(self.show_view)
        column.addWidget(self.bar)
        self._column = column  # not a stack: it would ask for the room of pages nobody sees
        self._first = first
        column.addWidget(first, 1)
        step_by_keys(self.bar, room)

    @property
    def front(self) -> Room | None:
        """The view in front; None where that is the cases themselves."""
        return self._made.get(self.bar.current)

    @property
    def made(self) -> tuple[Room, ...]:
        """The views that were shown so far."""
        return tuple(self._made.values())

    def show_view(self, ident: str) -> None:
        """Bring a view to the front, and let it begin."""
        self.bar.choose(ident)
        if ident != CASES and ident not in self._made:
            self._made[ident] = self._placed(self._build[ident](self._room))
        front = self._made.get(ident, self._first)
        for page in (self._first, *self._made.values()):
            if page is not front:
                page.hide()
        front.show()
        self._room.enter()

    def _placed(self, view: Room) -> Room:
        view.wants.connect(self._room.wants)
        view.reads.connect(self._room.reads)
        view.tells.connect(self._room.tells)
        view.opens.connect(self._room.opens)
        view.asks.connect(self._room.asks)
        self._column.addWidget(view, 1)
        return view
