"""What the actions run, each part imported and made when it is first wanted.

The window offers every action before a casebook is open, and must not wait for what they need.
"""

# ruff: noqa: PLC0415 - that is what this module is for
from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.desk.desk import Desk
from ui.rooms.room import Room
from ui.settings import SUPPORT, Settings
from ui.theme import Theme

if TYPE_CHECKING:
    from reviewer.casebook.book import About
    from reviewer.records.events import Event
    from reviewer.records.ids import CaseId
    from ui.actions.backing_up import BackingUp
    from ui.actions.breaks import Breaks
    from ui.actions.bringing import Bringing
    from ui.actions.caring import Caring
    from ui.actions.demonstration import Demonstration
    from ui.actions.dropping import Dropping
    from ui.actions.keeping import Keeping
    from ui.actions.making import Making
    from ui.actions.noting import Noting
    from ui.actions.righting import Righting
    from ui.actions.saving import Saving
    from ui.actions.stepping import Stepping
    from ui.actions.updating import Updating
    from ui.dialogs.help import HelpDialog
    from ui.dialogs.settings import SettingsDialog
    from ui.reader.readings import Misreading


class Parts(QObject):
    """Makes each part once; the window says what is in front, and how a casebook is unlocked.

    What watches over an open casebook is made as the first one is opened, and told of each.
    """

    begun = Signal()  # a step is taken back or done again: what is typed is to be saved first
    went = Signal(object)  # Where: what was taken back or done again is to be seen there
    told = Signal(str, bool)  # what was taken back or done again, and whether Redo can follow
    not_backed_up = Signal(object)  # an exception: why a backup could not be made

    def __init__(self, desk: Desk, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._settings = settings
        self._window = window
        self.front: Callable[[], Room | None] = lambda: None
        self.back: Callable[[], object] = lambda: None
        self.to_pages: Callable[[], object] = lambda: None
        self.unlock: Callable[[Path], object] = lambda _path: None
        desk.opened.connect(self._watch)

    @cached_property
    def backing_up(self) -> BackingUp:
        """Backups that nobody has to think of."""
        from ui.actions import backing_up

        made = backing_up.BackingUp(self._desk, self._settings, self)
        made.failed.connect(self.not_backed_up)
        return made

    @cached_property
    def bringing(self) -> Bringing:
        """Registers and documents."""
        from ui.actions import bringing

        made = bringing.Bringing(self._desk, self._settings, self._window)
        made.chosen_case = self._chosen_case
        return made

    @cached_property
    def breaks(self) -> Breaks:
        """The reminder of breaks."""
        from ui.actions import breaks

        made = breaks.Breaks(self._settings, self)
        made.due.connect(self._remind)
        self._desk.locked.connect(made.stop)
        return made

    @cached_property
    def caring(self) -> Caring:
        """Care for whoever reads."""
        from ui.actions import caring

        made = caring.Caring(self._desk, self._settings, self.breaks, self._window)
        made.front = self.front
        return made

    @cached_property
    def demonstration(self) -> Demonstration:
        """The invented inquiry."""
        from ui.actions import demonstration

        return demonstration.Demonstration(self._desk, self._window)

    @cached_property
    def dropping(self) -> Dropping:
        """What is dropped on the window."""
        from ui.actions import dropping

        made = dropping.Dropping(
            self._desk, self._window, lambda: self.bringing, lambda: self.updating
        )
        made.front, made.open = self.front, self.unlock
        return made

    @cached_property
    def keeping(self) -> Keeping:
        """Passphrase and recovery sheet."""
        from ui.actions import keeping

        return keeping.Keeping(self._desk, self._settings, self._window)

    @cached_property
    def making(self) -> Making:
        """New casebooks."""
        from ui.actions import making

        return making.Making(self._desk, self._window)

    @cached_property
    def noting(self) -> Noting:
        """Events of the chronology, from the pages."""
        from ui.actions import noting

        return noting.Noting(self._desk, self._window)

    @cached_property
    def righting(self) -> Righting:
        """What is said of cases and members."""
        from ui.actions import righting

        made = righting.Righting(self._desk, self._window)
        made.front = self.front
        return made

    @cached_property
    def saving(self) -> Saving:
        """Originals, saved out."""
        from ui.actions import saving

        made = saving.Saving(self._desk, self._window)
        made.front = self.front
        return made

    @cached_property
    def stepping(self) -> Stepping:
        """Steps taken back and done again."""
        from ui.actions import stepping

        made = stepping.Stepping(self._desk, self._window)
        made.begun.connect(self.begun)
        made.went.connect(self.went)
        made.told.connect(self.told)
        return made

    @cached_property
    def updating(self) -> Updating:
        """Updates from the chair."""
        from ui.actions import updating

        return updating.Updating(self._desk, self._window)

    def recover(self, path: Path) -> None:
        """Ask for the lines of the recovery sheet of ``path``."""
        self.keeping.recover(path)

    def correct_reading(self, asked: Misreading) -> None:
        """Ask what a page says where its words were misread."""
        self.righting.reading(asked)

    def note_event(self, event: Event) -> None:
        """Ask about an event that a page of the room in front tells of."""
        room = self.front()
        if room is not None:
            self.noting.event(room, event)

    def help_dialog(self, keys: tuple[tuple[str, str], ...]) -> HelpDialog:
        """Make the help page."""
        from ui.dialogs import help as pages

        return pages.HelpDialog(self._window, keys, self._settings.get(SUPPORT))

    def settings_dialog(self, look: Theme) -> SettingsDialog:
        """Make the page of settings."""
        from ui.dialogs import settings

        return settings.SettingsDialog(self._window, self._settings, look)

    def _watch(self, about: About) -> None:
        self.stepping.begin(about)
        self.backing_up.begin(about)
        self.breaks.begin()

    def _remind(self, sentence: str) -> None:
        room = self.front()
        if room is not None:
            room.tells.emit(sentence)

    def _chosen_case(self) -> CaseId | None:
        room = self.front()
        return room.chosen_case if room is not None else None
