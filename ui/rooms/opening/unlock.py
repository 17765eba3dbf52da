"""Unlock: the passphrase of one casebook, and honest words where it does not open."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from reviewer.demo.public import is_named, public_passphrase
from reviewer.errors import UnlockError
from reviewer.messages import later, say
from ui import errors
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.late import demonstration_opener
from ui.rooms.opening.rescue import WayOut
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.column import TextColumn
from ui.widgets.keyhint import KeyHint
from ui.widgets.passphrase import PassphraseField
from ui.widgets.picture import Picture
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Elided, Label

if TYPE_CHECKING:
    from reviewer.casebook.book import About

WIDTH = 460  # of the column, at the drawn text size
_NOTE = later(
    "A casebook that was issued to you opens the first time with the words"
    " on its printed slip, afterwards only with the passphrase you chose."
    " Nobody can look a passphrase up: if it is lost, only a recovery"
    " sheet printed from this casebook opens it."
)
_FREE_TRIES = 3  # wrong ones in a row before the next has to wait
_LONGEST_WAIT = 15  # seconds; it slows a hurried hand, the key derivation slows an attacker
_TRY = (
    later("Words on a slip are typed with one space between them and no capitals."),
    later("Show what you typed: another keyboard layout changes letters."),
    later(
        "If the passphrase is lost, use the recovery sheet that was printed from this casebook."
    ),
)


class UnlockRoom(QWidget):
    """Asks for the passphrase of ``path`` and opens it in the background."""

    wants = Signal(str)  # the id of an action: open, new, demo, help
    sheet_wanted = Signal(object)  # Path of the casebook to open with its recovery sheet

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._desk = desk
        self.way_out = WayOut(desk, settings)
        self.way_out.changed.connect(self._tell_wait)
        self._path: Path | None = None
        self._job: Job[About] | None = None
        self._open_words = ""  # the public passphrase, where this is the demonstration
        self._wrong = 0  # passphrases in a row that did not open this file
        self._wait = 0  # seconds until the next try
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
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
        if path != self._path:
            self._start_over()
        self._path = path
        self._title.set_text(path.name)
        self._where.setText(told)
        if not told:
            self._tell_where(path)
        self._problem.clear()
        self.way_out.look(path)
        if problem:
            self._problem.tell(problem)
        self._tell_wait()
        self._field.forget()
        self._field.setFocus()
        self._show_public("")
        self._desk.elsewhere(lambda: is_named(path)).owner(self).succeeded(
            lambda named: self._try_public(path) if named and path == self._path else None
        ).run()

    def wait_for(self, path: Path, job: Job[About], words: str) -> None:
        """Show that ``job`` opens ``path`` by itself: nothing is asked for, and nothing typed."""
        if self._job is not job:
            self.ask_for(path, told=words)
            self._job = job
            job.owner(self).progressed(self._show_progress).failed(self.show_failure)
            job.finished(self._finished)
            self._waiting(on=True)

    def start(self) -> None:
        """Open the casebook with what is typed."""
        if self._path is None or self.busy or self._wait:
            return
        self._problem.clear()
        self._waiting(on=True)
        self._job = (
            self.way_out.job(self._path, self._field.text())
            .owner(self)
            .progressed(self._show_progress)
            .succeeded(lambda _about: self._start_over())
            .failed(self.show_failure)
            .finished(self._finished)
        )
        self._field.forget()
        self._job.run()

    def show_failure(self, error: Exception) -> None:
        """Say why the casebook is not open, and the way out where it is damaged."""
        told = errors.words(error)
        details = told.details or (tuple(map(say, _TRY)) if isinstance(error, UnlockError) else ())
        wrong = isinstance(error, UnlockError) and self.way_out.plain
        self._problem.tell(
            told.sentence,
            details=details,
            action=say("Show the backups") if wrong else "",
            then=lambda: self.way_out.offer(error, asked=True),
        )
        self.way_out.offer(error)
        if isinstance(error, UnlockError):
            self._wrong += 1
            if self._wrong >= _FREE_TRIES:
                self._wait = min(2 ** (self._wrong - _FREE_TRIES), _LONGEST_WAIT)
                self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._field.forget()
        super().hideEvent(event)

    def _build_head(self, column: QVBoxLayout) -> None:
        self._title = Elided("", size="title")
        self._where = Label("", tone="secondary", wrap=True)
        column.addWidget(Picture("app", size=44, words="Reviewer"))
        column.addSpacing(SPACE.L)
        column.addWidget(self._title)
        column.addSpacing(SPACE.XS)
        column.addWidget(self._where)
        column.addSpacing(SPACE.XL)

    def _build_field(self, column: QVBoxLayout) -> None:
        self._field = PassphraseField()
        self._field.setObjectName("passphrase")
        self._field.setPlaceholderText(say("Passphrase"))
        self._field.returnPressed.connect(self.start)
        self._caps = Label(say("Caps Lock is on"), tone="warn")
        self._field.caps_lock.connect(self._caps.setVisible)
        self._caps.hide()
        self._problem = InlineProblem()
        self._public = Label("", tone="secondary", wrap=True)
        self._type = button(say("Type it for me"), self._type_public)
        for part in (self._public, self._type):
            part.hide()
        column.addWidget(self._field)
        column.addSpacing(SPACE.S)
        column.addWidget(self._caps)
        column.addWidget(self._problem)
        column.addWidget(self.way_out)
        column.addSpacing(SPACE.M)

    def _build_buttons(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        self._other = button(say("Other casebook..."), lambda: self.wants.emit("open"))
        self._unlock = button(say("Unlock"), self.start, kind="primary")
        self._sheet = button(say("Use the recovery sheet..."), self._use_sheet)
        row.addWidget(self._other)
        row.addWidget(self._sheet)
        row.addStretch(1)
        row.addWidget(self._unlock)
        column.addLayout(row)
        column.addSpacing(SPACE.L)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("Opening the casebook"))
        self._doing = Label("", tone="secondary", size="small")
        self._note = Label(say(_NOTE), tone="least", wrap=True)
        for part in (self._bar, self._doing, self._note):
            column.addWidget(part)
            column.addSpacing(SPACE.XS)
        column.addWidget(self._public)
        column.addSpacing(SPACE.XS)
        column.addWidget(self._type, 0, Qt.AlignmentFlag.AlignLeft)
        self._bar.hide()
        self._doing.hide()

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addStretch(1)
        for words, action in (
            (say("New casebook..."), "new"),
            (say("Try the demonstration"), "demo"),
            (say("Help"), "help"),
        ):
            row.addWidget(button(words, partial(self.wants.emit, action), kind="quiet"))
        row.addWidget(KeyHint("F1"))
        row.addStretch(1)
        return row

    def _waiting(self, *, on: bool) -> None:
        self._bar.setVisible(on)
        self._doing.setVisible(on)
        for part in (self._field, self._unlock, self._other, self._sheet):
            part.setEnabled(not on)
        self._tell_wait()

    def _show_progress(self, _done: int, _total: int, what: str) -> None:
        self._doing.setText(f"{what}..." if what else "")

    def _finished(self) -> None:
        self._job = None
        self._waiting(on=False)
        if self.isVisible():  # else the room that was opened has the keys
            self._field.setFocus()

    def _tell_where(self, path: Path) -> None:
        """Say when the file was last changed; a share that is gone lets nobody wait."""

        def told(where: str) -> None:
            if path == self._path:
                self._where.setText(where)

        self._desk.elsewhere(lambda: _where(path)).owner(self).succeeded(told).run()

    def _try_public(self, path: Path) -> None:
        opens = demonstration_opener()
        self._desk.elsewhere(lambda: public_passphrase(path, opens)).owner(self).succeeded(
            lambda words: self._show_public(words if path == self._path else "")
        ).run()

    def _show_public(self, words: str) -> None:
        """Say the passphrase of the demonstration, which guards nothing; of no other casebook."""
        self._open_words = words
        self._public.setText(
            say(
                "This is the demonstration. Its passphrase is public: \u201c{words}\u201d.",
                words=words,
            )
            if words
            else ""
        )
        for part in (self._public, self._type):
            part.setVisible(bool(words))

    def _type_public(self) -> None:
        self._field.setText(self._open_words)
        self._field.setFocus()

    def _use_sheet(self) -> None:
        if self._path is not None:
            self.sheet_wanted.emit(self._path)

    def _start_over(self) -> None:
        """Forget wrong tries: another file, or the right passphrase."""
        self._wrong = self._wait = 0
        self._second.stop()
        self._tell_wait()

    def _tick(self) -> None:
        self._wait = max(self._wait - 1, 0)
        if not self._wait:
            self._second.stop()
        self._tell_wait()

    def _tell_wait(self) -> None:
        """Show on the button how long the next try has to wait; nothing is ever locked out."""
        plain = self.way_out.plain
        self._sheet.setVisible(plain)
        told = bool(self._problem.sentence)  # says the same and more
        self._note.setVisible(plain and not self.busy and not told)
        words = self.way_out.words
        self._unlock.setText(
            say("{words} in {wait} s", words=words, wait=self._wait) if self._wait else words
        )
        self._unlock.setEnabled(not self.busy and not self._wait)


def _where(path: Path) -> str:
    try:
        changed = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return say("This file is not there any more.")
    return say(
        "Last changed {changed:%A} {day} {changed:%B at %H:%M}", changed=changed, day=changed.day
    )
