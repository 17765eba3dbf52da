"""What every room is, so that the window can place it without knowing it."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desk.desk import Desk
from ui.settings import Settings
from ui.widgets.buttons import STOPS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from reviewer.method.framework import Framework
    from reviewer.records.cases import Document
    from reviewer.records.ids import CaseId
    from reviewer.records.judgement import Mark
    from reviewer.records.panel import Member
    from reviewer.records.steps import Where
    from reviewer.rounds.allocation import Cell


RETURN = ".return"  # how the name of a sealed return ends
RETURNS, DOCUMENTS = "returns", "documents"  # what a room may take that is dropped on it


class Jumps(Protocol):
    """Where a reader jumped from, and the way back."""

    @property
    def travelled(self) -> bool:
        """Whether there was a jump since the reader came here from another room."""
        ...

    def step(self, by: int) -> None:
        """Go one jump back (``by`` under 0) or forward."""
        ...


class Room(QWidget):
    """One room: built when it is first entered, thrown away when the casebook is locked."""

    wants = Signal(str)  # the id of an action, for what a room cannot do by itself
    reads = Signal(str, object)  # the id of a case and a Mark of its, to be read where it is
    tells = Signal(str)  # a sentence to lie over the window's foot for a while
    asks = Signal(object)  # cells (frozenset) that the next round is to ask for again
    corrects = Signal(object)  # a Misreading: words of a scan, to be asked for over the room
    begins_event = Signal(object)  # an Event that a page tells of, to be asked about over the room
    opens = Signal(str)  # the id of a case, to be opened where cases are read

    jumps: Jumps | None = None  # where this room reads cases
    commands: Mapping[str, Callable[[], object]] = MappingProxyType({})  # by ids of actions
    takes = ""  # RETURNS where it has a ``take``, DOCUMENTS where those and a register go to it

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.settings = settings
        self.pages: Callable[[], Room | None] = lambda: None  # the room of pages, once entered
        self.setProperty("surface", "page")

    @property
    def framework(self) -> Framework:
        """The framework of the open casebook; a room is built only while one is."""
        if self.desk.about is None:
            raise RuntimeError("a room is built only while a casebook is open")
        return self.desk.about.framework

    @property
    def unfinished(self) -> str:
        """What is shown here and is in no casebook yet, in a few words, or ""."""
        return ""

    @property
    def chosen_case(self) -> CaseId | None:
        """The case that is chosen here: what is asked for by ``wants`` is about it."""
        return None

    @property
    def case_read(self) -> CaseId | None:
        """The case whose pages are read here."""
        return None

    @property
    def chosen_document(self) -> Document | None:
        """The document that is chosen or read here."""
        return None

    @property
    def chosen_member(self) -> Member | None:
        """The member who is chosen here."""
        return None

    def take(self, paths: list[Path]) -> None:
        """Take returns that were dropped here, where this room takes them."""

    def tell(self, sentence: str, *, warn: bool = False) -> None:
        """Say what came of something that was asked for here; with ``warn`` it was not done."""

    def enter(self) -> None:
        """Come to the front; read afresh what may have changed, and take the focus."""

    def ask_next(self, cells: Collection[Cell] = ()) -> None:
        """Show what the next round would ask for, ``cells`` alone chosen, where it is opened."""

    def open_case(self, case: str) -> None:
        """Show a case, where this room reads cases."""

    def show_mark(self, case: str, mark: Mark) -> None:
        """Show the page of somebody's mark, where this room reads cases."""

    def take_focus(self) -> None:
        """Take the focus that a part of the room had which is gone: to the first that takes it."""
        for child in self.findChildren(QWidget):
            takes = child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(self)
            if takes and not child.property(STOPS):  # Enter, pressed once more, stops nothing
                child.setFocus(Qt.FocusReason.OtherFocusReason)
                if child.hasFocus():
                    return

    def go_to(self, where: Where) -> None:
        """Show what stands at a place, where this room reads cases."""

    def step_back(self) -> bool:
        """Take back what was done here last; False where that is a step like any other's."""
        return False

    def settle(self) -> None:
        """Put what is typed but not yet saved into the casebook; called before it is locked."""
