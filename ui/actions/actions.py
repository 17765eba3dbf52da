"""What a person can do from anywhere: id, words, key, when it is possible, what it runs.

Rooms ask for an action by its id; menus and shortcuts are made from the same table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import About, NewCasebook
from reviewer.casebook.roles import may, role_of
from reviewer.exchange.custody import CustodianWish, create, sheet_path
from ui import errors, openings
from ui.actions.backing_up import BackingUp
from ui.actions.bringing import Bringing
from ui.actions.demonstration import Demonstration
from ui.actions.dropping import Dropping
from ui.actions.keeping import Keeping
from ui.actions.righting import Righting
from ui.actions.stepping import Stepping
from ui.actions.updating import Updating
from ui.desk import Desk
from ui.dialogs.custodian import SheetWrittenDialog
from ui.dialogs.help import HelpDialog
from ui.dialogs.new_casebook import NewCasebookDialog
from ui.dialogs.progress import ProgressDialog
from ui.dialogs.settings import SettingsDialog
from ui.printing import custodian_sheet
from ui.settings import SCHEME, TEXT_SCALE, Settings
from ui.theme import Scheme, Theme
from ui.widgets.files import CASEBOOKS, choose_file


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One thing a person can do. ``needs_casebook`` = only while one is open.

    ``change`` is the kind of change that it makes (see ``casebook.roles``): where the role of the
    open casebook may not make it, it is not offered.
    """

    id: str
    words: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    needs_casebook: bool = False
    change: str = ""


class Actions(QObject):
    """Runs the actions; the window says where things are shown."""

    path_chosen = Signal(object)  # Path of a casebook to unlock
    text_scaled = Signal(float)
    capture_changed = Signal()

    def __init__(self, desk: Desk, theme: Theme, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._theme = theme
        self._settings = settings
        self._window = window
        self.bringing = Bringing(desk, settings, window)
        self.righting = Righting(desk, window)
        self._demonstration = Demonstration(desk, window)
        self.keeping = Keeping(desk, settings, window)
        self.backing_up = BackingUp(desk, settings, self)
        self.updating = Updating(desk, window)
        self.stepping = Stepping(desk, window)
        self.dropping = Dropping(desk, window, self.bringing, self.updating)
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
            Action(id="open", words="Open a casebook...", run=self._open, keys=("Ctrl+O",)),
            Action(id="new", words="New casebook...", run=self._new, keys=("Ctrl+N",)),
            Action(id="demo", words="Try the demonstration", run=self._demonstration.open),
            Action(
                id="lock", words="Lock", run=self._desk.lock, keys=("Ctrl+L",), needs_casebook=True
            ),
            Action(
                id="change-passphrase",
                words="Change passphrase...",
                run=self.keeping.change,
                needs_casebook=True,
            ),
            Action(
                id="print-sheet",
                words="Print a recovery sheet...",
                run=self.keeping.print_sheet,
                needs_casebook=True,
            ),
            *self._steps(),
            *self._of_chair_and_panellist(),
            Action(
                id="larger",
                words="Larger text",
                run=size(1),
                keys=("Ctrl+>",),  # more names of one key are ambiguous: Qt then does nothing
            ),
            Action(
                id="smaller",
                words="Smaller text",
                run=size(-1),
                keys=("Ctrl+<",),
            ),
            Action(id="usual", words="Usual text size", run=size(0)),
            Action(id="settings", words="Look and privacy...", run=self._look, keys=("Ctrl+,",)),
            Action(id="help", words="Help", run=self._help, keys=("F1",)),
        )

    def _steps(self) -> tuple[Action, ...]:
        """Declare what takes work back and does it again."""
        undo, redo, show = self.stepping.undo, self.stepping.redo, self.stepping.show_list
        again = ("Ctrl+Shift+Z", "Ctrl+Y")
        return (
            Action(id="undo", words="Undo", run=undo, keys=("Ctrl+Z",), needs_casebook=True),
            Action(id="redo", words="Redo", run=redo, keys=again, needs_casebook=True),
            Action(
                id="steps", words="What I did...", run=show, keys=("Ctrl+H",), needs_casebook=True
            ),
        )

    def _of_chair_and_panellist(self) -> tuple[Action, ...]:
        """Return the actions that a role may or may not take."""
        return (
            Action(
                id="import-register",
                words="Import a register...",
                run=self.bringing.register,
                keys=("Ctrl+Shift+I",),
                needs_casebook=True,
                change="add cases",
            ),
            Action(
                id="import-documents",
                words="Add documents...",
                run=self.bringing.documents,
                needs_casebook=True,
                change="add documents",
            ),
            Action(
                id="correct-case",
                words="Correct the case...",
                run=self.righting.case,
                needs_casebook=True,
                change="describe case",
            ),
            Action(
                id="rename-member",
                words="Correct the name...",
                run=self.righting.name,
                needs_casebook=True,
                change="rename member",
            ),
            Action(
                id="remove-member",
                words="Take off the panel...",
                run=self.righting.removal,
                needs_casebook=True,
                change="remove member",
            ),
            Action(
                id="apply-update",
                words="Apply an update...",
                run=self.updating.ask,
                needs_casebook=True,
                change="apply update",
            ),
        )

    def _make(self, action: Action) -> QAction:
        made = QAction(action.words, self._window)
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

    def _open(self) -> None:
        choose_file(self._window, "Open a casebook", CASEBOOKS, self.path_chosen.emit)

    def _new(self) -> None:
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        dialog = NewCasebookDialog(self._window, Path(documents or Path.home()))
        dialog.chosen.connect(self._create)
        dialog.open()

    def _create(
        self, path: Path, passphrase: str, new: NewCasebook, wish: CustodianWish | None
    ) -> None:
        self._desk.lock()  # whatever is open is saved and put away first, and all dialogs with it
        self._desk.afterwards(lambda: self._make_casebook(path, passphrase, new, wish))

    def _make_casebook(
        self, path: Path, passphrase: str, new: NewCasebook, wish: CustodianWish | None
    ) -> None:
        if wish is None:
            job = openings.create(self._desk, path, passphrase, new)
        else:
            make = partial(create, wish=wish, draw=custodian_sheet)
            job = openings.create(self._desk, path, passphrase, new, make)
            job.succeeded(lambda about: self._tell_sheet(about, wish.folder))
        job.failed(lambda error: errors.show(self._window, error))
        ProgressDialog(self._window, "Making the casebook", job).open()
        job.run()

    def _tell_sheet(self, about: About, folder: Path) -> None:
        if about.custodian is not None:
            sheet = sheet_path(folder, about.custodian)
            SheetWrittenDialog(self._window, about.custodian.name, sheet).open()

    def _step_text(self, steps: int) -> None:
        self._theme.step_text(steps)
        self._settings.put(TEXT_SCALE, self._theme.text_scale)
        self.text_scaled.emit(self._theme.text_scale)

    def _look(self) -> None:
        dialog = SettingsDialog(self._window, self._settings, self._theme)
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
        HelpDialog(self._window, self.keys).open()
