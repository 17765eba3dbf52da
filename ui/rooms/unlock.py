"""Unlock: the passphrase of one casebook, and honest words where it does not open."""

import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from reviewer.casebook.book import About
from reviewer.errors import UnlockError
from ui import errors
from ui.desk import Desk
from ui.operations import Job
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.column import TextColumn
from ui.widgets.keyhint import KeyHint
from ui.widgets.passphrase import PassphraseField
from ui.widgets.picture import Picture
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Elided, Label

WIDTH = 460  # of the column, at the drawn text size
_NOTE = (
    "The passphrase came on a printed slip, separately from the file. It cannot be recovered by"
    " anyone; your chair holds a sealed recovery sheet."
)
_TRY = (
    "Words on a slip are typed with one space between them and no capitals.",
    "Show what you typed: another keyboard layout changes letters.",
)


class UnlockRoom(QWidget):
    """Asks for the passphrase of ``path`` and opens it in the background."""

    wants = Signal(str)  # the id of an action: open, new, demo, help

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._desk = desk
        self._path: Path | None = None
        self._job: Job[About] | None = None
        page = QVBoxLayout(self)
        page.setContentsMargins(SPACE.XXL, SPACE.XXL, SPACE.XXL, SPACE.L)
        page.addStretch(5)
        column = TextColumn(WIDTH)
        page.addLayout(column.centred())
        page.addStretch(6)
        page.addLayout(self._build_foot())
        inside = column.inside
        self._build_head(inside)
        self._build_field(inside)
        self._build_buttons(inside)

    @property
    def busy(self) -> bool:
        """Whether it is opening a casebook."""
        return self._job is not None

    def ask_for(self, path: Path, *, told: str = "", problem: str = "") -> None:
        """Ask for the passphrase of ``path``, which was open until now where ``told`` says so."""
        self._path = path
        self._title.set_text(path.name)
        self._where.set_text(told or _where(path))
        self._problem.clear()
        if problem:
            self._problem.tell(problem)
        self._field.clear()
        self._field.hide_text()
        self._field.setFocus()

    def start(self) -> None:
        """Open the casebook with what is typed."""
        if self._path is None or self.busy:
            return
        self._problem.clear()
        self._waiting(on=True)
        self._job = (
            self._desk.open(self._path, self._field.text())
            .owner(self)
            .progressed(self._show_progress)
            .failed(self._failed)
            .finished(self._finished)
        )
        self._field.clear()
        self._job.run()

    def hideEvent(self, event: QHideEvent) -> None:
        self._field.clear()
        super().hideEvent(event)

    def _build_head(self, column: QVBoxLayout) -> None:
        self._title = Elided("", size="title")
        self._where = Elided("", tone="secondary")
        column.addWidget(Picture("app", size=44, words="Reviewer"))
        column.addSpacing(SPACE.L)
        column.addWidget(self._title)
        column.addSpacing(SPACE.XS)
        column.addWidget(self._where)
        column.addSpacing(SPACE.XL)

    def _build_field(self, column: QVBoxLayout) -> None:
        self._field = PassphraseField()
        self._field.setObjectName("passphrase")
        self._field.setPlaceholderText("Passphrase")
        self._field.returnPressed.connect(self.start)
        self._caps = Label("Caps Lock is on", tone="warn")
        self._field.caps_lock.connect(self._caps.setVisible)
        self._caps.hide()
        self._problem = InlineProblem()
        column.addWidget(self._field)
        column.addSpacing(SPACE.S)
        column.addWidget(self._caps)
        column.addWidget(self._problem)
        column.addSpacing(SPACE.M)

    def _build_buttons(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self._other = button("Other casebook...", lambda: self.wants.emit("open"))
        self._unlock = button("Unlock", self.start, kind="primary")
        row.addWidget(self._other)
        row.addStretch(1)
        row.addWidget(self._unlock)
        column.addLayout(row)
        column.addSpacing(SPACE.L)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Opening the casebook")
        self._doing = Label("", tone="secondary", size="small")
        self._note = Label(_NOTE, tone="least", wrap=True)
        for part in (self._bar, self._doing, self._note):
            column.addWidget(part)
            column.addSpacing(SPACE.XS)
        self._bar.hide()
        self._doing.hide()

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addStretch(1)
        for words, action in (
            ("New casebook...", "new"),
            ("Try the demonstration", "demo"),
            ("Help", "help"),
        ):
            row.addWidget(button(words, partial(self.wants.emit, action), kind="quiet"))
        row.addWidget(KeyHint("F1"))
        row.addStretch(1)
        return row

    def _waiting(self, *, on: bool) -> None:
        self._bar.setVisible(on)
        self._doing.setVisible(on)
        self._note.setVisible(not on)
        for part in (self._field, self._unlock, self._other):
            part.setEnabled(not on)

    def _show_progress(self, _done: int, _total: int, what: str) -> None:
        self._doing.setText(f"{what}..." if what else "")

    def _failed(self, error: Exception) -> None:
        told = errors.words(error)
        details = told.details or (_TRY if isinstance(error, UnlockError) else ())
        self._problem.tell(told.sentence, details=details)

    def _finished(self) -> None:
        self._job = None
        self._waiting(on=False)
        self._field.setFocus()


def _where(path: Path) -> str:
    try:
        changed = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return "This file is not there any more."
    return f"On this computer · last changed {changed:%A} {changed.day} {changed:%B at %H:%M}"
