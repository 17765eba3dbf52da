"""What a person can do from anywhere: id, words, key, when it is possible, what it runs.

Rooms ask for an action by its id; menus and shortcuts are made from the same table.
"""

# ruff: noqa: PLW0108 - what an action runs is made when it is first run, not when it is declared
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from reviewer.casebook.roles import may, role_of
from reviewer.messages import say
from ui.actions.action import Action
from ui.actions.meeting import of_meeting
from ui.actions.parts import Parts
from ui.actions.reading import of_reading
from ui.desk.desk import Desk
from ui.rooms.room import Room
from ui.settings import SCHEME, TEXT_SCALE, Settings
from ui.theme import Scheme, Theme
from ui.widgets.files import CASEBOOKS, choose_file


class Actions(Parts):
    """Runs the actions; the window says where things are shown."""

    path_chosen = Signal(object)  # Path of a casebook to unlock
    text_scaled = Signal(float)
    capture_changed = Signal()

    def __init__(self, desk: Desk, theme: Theme, settings: Settings, window: QWidget) -> None:
        super().__init__(desk, settings, window)
        self._theme = theme
        self._table = {action.id: action for action in self._declared()}
        self._made = {action.id: self._make(action) for action in self._table.values()}
        desk.opened.connect(lambda _about: self._refresh())
        desk.locked.connect(self._refresh)
        self._refresh()

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Every key and what it does, for the help page: none that the role may not use."""
        return tuple(
            (a.keys[0], a.words.rstrip("."))
            for a in self._table.values()
            if a.keys and self._is_allowed(a)
        )

    def run(self, ident: str) -> None:
        """Run the action called ``ident``, where it is possible now."""
        made = self._made.get(ident)
        if made is not None and made.isEnabled():
            made.trigger()

    def add(self, action: Action) -> None:
        """Add an action from outside this table."""
        self._table[action.id] = action
        self._made[action.id] = self._make(action)
        self._refresh()

    def _declared(self) -> tuple[Action, ...]:
        def size(steps: int) -> Callable[[], None]:
            return lambda: self._step_text(steps)

        return (
            Action(id="open", words=say("Open a casebook..."), run=self._open, keys=("Ctrl+O",)),
            Action(
                id="new",
                words=say("New casebook..."),
                run=lambda: self.making.ask(),
                keys=("Ctrl+N",),
            ),
            Action(
                id="demo",
                words=say("Try the demonstration"),
                run=lambda: self.demonstration.open(),
            ),
            Action(
                id="lock",
                words=say("Lock"),
                run=self._desk.lock,
                keys=("Ctrl+L",),
                needs_casebook=True,
            ),
            Action(
                id="change-passphrase",
                words=say("Change passphrase..."),
                run=lambda: self.keeping.change(),
                needs_casebook=True,
            ),
            Action(
                id="print-sheet",
                words=say("Print a recovery sheet..."),
                run=lambda: self.keeping.print_sheet(),
                needs_casebook=True,
            ),
            *self._steps(),
            *of_reading(
                self._in_front, lambda: self.back(), lambda: self.to_pages(), self._window
            ),
            *self._of_chair_and_panellist(),
            *self._of_care(),
            Action(
                id="larger",
                words=say("Larger text"),
                run=size(1),
                keys=("Ctrl+>",),  # more names of one key are ambiguous: Qt then does nothing
            ),
            Action(
                id="smaller",
                words=say("Smaller text"),
                run=size(-1),
                keys=("Ctrl+<",),
            ),
            Action(id="usual", words=say("Usual text size"), run=size(0)),
            Action(
                id="settings", words=say("Look and privacy..."), run=self._look, keys=("Ctrl+,",)
            ),
            Action(id="help", words=say("Help"), run=self._help, keys=("F1",)),
        )

    def _steps(self) -> tuple[Action, ...]:
        """Declare what takes work back and does it again, and what saves out."""
        again = ("Ctrl+Shift+Z", "Ctrl+Y")
        return (
            Action(
                id="undo",
                words=say("Undo"),
                run=self._undo,
                keys=("Ctrl+Z",),
                needs_casebook=True,
            ),
            Action(
                id="redo",
                words=say("Redo"),
                run=lambda: self.stepping.redo(),
                keys=again,
                needs_casebook=True,
            ),
            Action(
                id="steps",
                words=say("What I did..."),
                run=lambda: self.stepping.show_list(),
                keys=("Ctrl+H",),
                needs_casebook=True,
            ),
            Action(
                id="save-original",
                words=say("Save the original..."),
                run=lambda: self.saving.original(),
                keys=("Ctrl+Shift+S",),
                needs_casebook=True,
            ),
        )

    def _of_chair_and_panellist(self) -> tuple[Action, ...]:
        """Return the actions that a role may or may not take."""
        return (
            Action(
                id="import-register",
                words=say("Import a register..."),
                run=lambda: self.bringing.register(),
                keys=("Ctrl+Shift+I",),
                needs_casebook=True,
                change="add cases",
            ),
            Action(
                id="import-documents",
                words=say("Add documents..."),
                run=lambda: self.bringing.documents(),
                needs_casebook=True,
                change="add documents",
            ),
            Action(
                id="correct-case",
                words=say("Correct the case..."),
                run=lambda: self.righting.case(),
                needs_casebook=True,
                change="describe case",
            ),
            Action(
                id="rename-member",
                words=say("Correct the name..."),
                run=lambda: self.righting.name(),
                needs_casebook=True,
                change="rename member",
            ),
            Action(
                id="remove-member",
                words=say("Take off the panel..."),
                run=lambda: self.righting.removal(),
                needs_casebook=True,
                change="remove member",
            ),
            Action(
                id="apply-update",
                words=say("Apply an update..."),
                run=lambda: self.updating.ask(),
                needs_casebook=True,
                change="apply update",
            ),
            *of_meeting(self._in_front),
        )

    def _of_care(self) -> tuple[Action, ...]:
        """Return what is there for whoever reads."""
        return (
            Action(
                id="care",
                words=say("Care: breaks, somebody to talk to, finish for today..."),
                run=lambda: self.caring.show(),
                keys=("Ctrl+Shift+H",),
            ),
            Action(
                id="recuse",
                words=say("Step back from the whole case..."),
                run=lambda: self.caring.step_back(),
                keys=("Ctrl+Shift+X",),
                needs_casebook=True,
                change="rate",
            ),
        )

    def _make(self, action: Action) -> QAction:
        made = QAction(action.words, self._window)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.triggered.connect(lambda _checked=False: action.run())
        self._window.addAction(made)
        return made

    def _refresh(self) -> None:
        for ident, action in self._table.items():
            possible = self._desk.about is not None or not action.needs_casebook
            self._made[ident].setEnabled(possible and self._is_allowed(action))

    def _is_allowed(self, action: Action) -> bool:
        """Whether the role of the open casebook may do it; without one nobody is kept from it."""
        about = self._desk.about
        return about is None or may(action.change, role_of(about.kind, about.member))

    def _in_front(self) -> Room | None:
        return self.front()

    def _undo(self) -> None:
        room = self.front()
        if room is None or not room.step_back():
            self.stepping.undo()

    def _open(self) -> None:
        choose_file(self._window, say("Open a casebook"), CASEBOOKS, self.path_chosen.emit)

    def _step_text(self, steps: int) -> None:
        self._theme.step_text(steps)
        self._settings.put(TEXT_SCALE, self._theme.text_scale)
        self.text_scaled.emit(self._theme.text_scale)

    def _look(self) -> None:
        dialog = self.settings_dialog(self._theme)
        dialog.look_changed.connect(self._dress)
        dialog.capture_changed.connect(self.capture_changed)
        dialog.open()

    def _dress(self, scheme: Scheme, text_scale: float) -> None:
        self._settings.put(SCHEME, scheme)
        self._settings.put(TEXT_SCALE, text_scale)
        if scheme is not self._theme.scheme:
            self._theme.set_scheme(scheme)
        if text_scale != self._theme.text_scale:
            self._theme.set_text_scale(text_scale)
            self.text_scaled.emit(text_scale)

    def _help(self) -> None:
        self.help_dialog(self.keys).open()
