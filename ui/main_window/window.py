"""The one window: marking, header, and the room that is in front."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from reviewer.messages import say
from ui import errors, theme
from ui.actions import Actions
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.main_window.focus import FocusGuard
from ui.main_window.header import Header
from ui.main_window.idle import IdleWatch, warning
from ui.main_window.memory import give_back
from ui.main_window.older import OlderBanner
from ui.main_window.putting_away import (
    LastQuestions,
    close_all_but,
    keep_all,
    locked_words,
    unfinished,
)
from ui.main_window.session import SessionWatch
from ui.main_window.unbacked import UnbackedNotice
from ui.main_window.warming import Warming
from ui.rooms.catalogue import Entry, first_unlock, rooms_for, unlock
from ui.rooms.opening.welcome import WelcomeRoom
from ui.rooms.room import Room
from ui.settings import LOCK_MINUTES, Settings
from ui.theme import Theme
from ui.widgets.banner import MarkingBanner
from ui.widgets.clipboard import ClipboardKeeper
from ui.widgets.files import local_files
from ui.widgets.problem import InlineProblem
from ui.widgets.roomy import Roomy
from ui.widgets.said import Said

if TYPE_CHECKING:
    from reviewer.casebook.book import About
    from reviewer.records.judgement import Mark
    from reviewer.records.steps import Where
    from ui.rooms.opening.first_unlock import FirstUnlockRoom
    from ui.rooms.opening.unlock import UnlockRoom

SMALLEST = QSize(960, 620)
DRAWN = QSize(1440, 900)
_FRAME = QSize(16, 48)  # what the system draws around a window, at most

_READING = "read"  # the room in which cases are read


class MainWindow(QMainWindow):
    """Places the rooms; what a person does is in ``Actions``, the casebook at the ``Desk``."""

    def __init__(self, desk: Desk, look: Theme, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Reviewer")
        self.setWindowIcon(QIcon(theme.pixmap("app", size=64)))
        self.setMinimumSize(SMALLEST.boundedTo(self._first_size()))
        self.setAcceptDrops(True)
        self._desk = desk
        self._look = look
        self._settings = settings
        self._next: Path | None = None
        self._entries: tuple[Entry, ...] = ()
        self._rooms: dict[str, Room] = {}
        self.actions_ = Actions(desk, look, settings, self)
        self._build()
        self._idle = IdleWatch(
            lambda: settings.get(LOCK_MINUTES) * 60, hidden=self._out_of_sight, parent=self
        )
        self._session = SessionWatch(self)
        self._clipboard = ClipboardKeeper(self)
        FocusGuard(lambda: self.room, self)
        self._replacing: tuple[Job[About], str] | None = None  # what opens by itself
        self._left: tuple[Path | None, str] = (None, "")  # where one was when it was locked
        self._unfinished: tuple[str, ...] = ()  # what was begun then and not sent
        self._before = ""  # the room that a page was asked for in
        self._last = LastQuestions(self, lambda: self._rooms, self.show_room)
        self._connect()
        self.show_welcome()
        if not self.restoreGeometry(settings.geometry()):
            self.resize(self._first_size())

    @property
    def desk(self) -> Desk:
        """The open casebook."""
        return self._desk

    @property
    def look(self) -> Theme:
        """The one that dresses the application."""
        return self._look

    @property
    def room(self) -> QWidget | None:
        """What is in front."""
        return self._stack.currentWidget()

    @cached_property
    def _unlock(self) -> UnlockRoom:
        """What asks for a passphrase; made when it is first shown."""
        made = unlock(self._desk, self._settings)
        made.wants.connect(self.actions_.run)
        made.sheet_wanted.connect(self.actions_.recover)
        self._desk.damaged.connect(made.show_failure)
        self._stack.addWidget(made)
        Warming(self)
        return made

    @cached_property
    def _first(self) -> FirstUnlockRoom:
        """What asks for a passphrase of one's own; made when it is first shown."""
        made = first_unlock(self._desk)
        made.locked.connect(self._desk.lock)
        made.done.connect(self._enter)
        self._stack.addWidget(made)
        return made

    def show_welcome(self) -> None:
        """Come to the first screen."""
        self._welcome.show_recent(self._settings.recent)
        self._front(self._welcome)
        self._welcome.enter()

    def show_unlock(self, path: Path) -> None:
        """Ask for the passphrase of ``path``; what is open is locked first."""
        if self._unlock.busy:
            return
        self._next = path
        self._desk.lock()
        self._ask_again()

    def show_room(self, ident: str) -> None:
        """Bring the room ``ident`` to the front, building it where it is not there yet."""
        entry = next((e for e in self._entries if e.id == ident), None)
        if entry is None:
            return
        room = self._rooms.get(ident)
        if room is None:
            room = entry.build(self._desk, self._settings, self._stack)
            room.wants.connect(self.actions_.run)
            room.opens.connect(self.open_case)
            room.tells.connect(self._said.say)
            room.reads.connect(self.show_mark)
            room.asks.connect(self.ask_next)
            room.corrects.connect(self.actions_.correct_reading)
            room.begins_event.connect(self.actions_.note_event)
            room.pages = partial(self._rooms.get, _READING)
            self._rooms[ident] = room
            self._stack.addWidget(room)
        self._front(room)
        self.header.switcher.choose(ident)
        room.enter()

    def open_case(self, case: str) -> None:
        """Bring a case to the front where this casebook's cases are read."""
        self.show_room(_READING)
        if _READING in self._rooms:
            self._rooms[_READING].open_case(case)

    def ask_next(self, cells: object) -> None:
        """Bring the page that opens the next round to the front, with these cells chosen."""
        self.show_room("merge")
        self._rooms["merge"].ask_next(cells)  # type: ignore[arg-type]  # what a room told

    def show_mark(self, case: str, mark: Mark) -> None:
        """Bring the page of a mark to the front; ``back`` returns to where it was asked for."""
        before = self.header.switcher.current
        self.show_room(_READING)
        if _READING in self._rooms:
            self._before = before
            self._rooms[_READING].show_mark(case, mark)

    def back(self) -> None:
        """Take the last jump back; the first one led here from the room before."""
        room = self._room_in_front()
        jumps = room.jumps if room is not None else None
        if jumps is not None and (jumps.travelled or not self._before):
            jumps.step(-1)
        else:
            before, self._before = self._before, ""
            self.show_room(before)

    def _build(self) -> None:
        ground = QWidget(self)
        ground.setProperty("surface", "page")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._banner = MarkingBanner()
        self.header = Header()
        self.header.hide()
        self._notice = InlineProblem(band=True)
        self._stack = QStackedWidget()
        self._older = OlderBanner(self._desk)
        self._unbacked = UnbackedNotice(lambda: self.show_room("safekeeping"))
        for part in (self._banner, self.header):
            column.addWidget(part)
        column.addWidget(Roomy(self._stack), 1)
        for notice in (self._older, self._unbacked, self._notice):
            column.addWidget(notice)  # below: what comes moves nothing that is being pressed
        self.setCentralWidget(ground)
        self._build_said()
        self._welcome = WelcomeRoom()
        self._stack.addWidget(self._welcome)

    def _build_said(self) -> None:
        """Build what lies over the rooms: it tells, and moves nothing."""
        run = self.actions_.run
        self._said = Said(
            self,
            (
                (say("Redo"), "Ctrl+Shift+Z", lambda: run("redo")),
                (say("What I did"), "Ctrl+H", lambda: run("steps")),
            ),
        )
        self.actions_.begun.connect(self._keep_typed)
        self.actions_.told.connect(self._said.offer)
        self.actions_.went.connect(self._go_to)

    def _keep_typed(self) -> None:
        for room in self._rooms.values():
            room.settle()

    def _go_to(self, where: Where) -> None:
        if self.room is not self._rooms.get(_READING):  # it would read every case again
            self.show_room(_READING)
        if _READING in self._rooms:
            self._rooms[_READING].go_to(where)

    def _connect(self) -> None:
        self.actions_.front = self._room_in_front
        self.actions_.unlock = self.show_unlock
        self.actions_.back = self.back
        self.actions_.to_pages = partial(self.show_room, _READING)
        self._welcome.wants.connect(self.actions_.run)
        self._welcome.chosen.connect(self.show_unlock)
        self.header.wants.connect(self.actions_.run)
        self.header.chosen.connect(self.show_room)
        self.actions_.path_chosen.connect(self.show_unlock)
        self._desk.opened.connect(self._opened)
        self._desk.about_changed.connect(self._about_changed)
        self._desk.replacing.connect(self._replace)
        self._desk.locking.connect(self._settle)
        self._desk.locked.connect(self._locked)
        self.header.heed(self._desk)
        self._desk.backed_up.connect(lambda _backup: self._unbacked.clear())
        self._desk.told.connect(lambda sentence: errors.tell(self, sentence))
        self.actions_.not_backed_up.connect(self._unbacked.tell_failure)
        self._desk.failed.connect(lambda error: errors.show(self, error))
        self._idle.warned.connect(self._warn)
        self._idle.stirred.connect(self._notice.clear)
        self._idle.expired.connect(self._desk.leave)
        self._session.left.connect(self._desk.leave)
        self._clipboard.failed.connect(self._notice.tell)

    def _room_in_front(self) -> Room | None:
        return self.room if isinstance(self.room, Room) else None

    def _front(self, page: QWidget) -> None:
        inside = isinstance(page, Room)
        self.header.setVisible(inside)
        self._stack.setCurrentWidget(page)

    def _opened(self, about: About) -> None:
        if self._desk.path is not None:
            self._settings.remember(self._desk.path)
        self._banner.show_marking(about.marking, demonstration=about.demonstration)
        self._next = None
        self._last.begin_afresh()
        self._drop_rooms()
        self._idle.start()
        self._session.start()
        if about.must_change_passphrase:
            self._front(self._first)
        else:
            self._enter()

    def _enter(self) -> None:
        about = self._desk.about
        if about is None:
            return
        self._entries = rooms_for(about)
        rooms = [(entry.id, say(entry.title)) for entry in self._entries]
        short = {entry.id: say(entry.short) for entry in self._entries}
        self.header.show_about(about, rooms, short)
        if self._desk.checking:
            self.header.status.checking()
        self._older.look()
        if about.member and about.kind != "chair":
            ask = self._desk.ask(lambda book: book.members.get(about.member))
            ask.owner(self).succeeded(self.header.name_member).run()
        path, left = self._left
        known = [entry.id for entry in self._entries]
        if known:
            self.show_room(left if path == self._desk.path and left in known else known[0])

    def _about_changed(self, about: About) -> None:
        self.header.tell(about)
        self._banner.show_marking(about.marking, demonstration=about.demonstration)

    def _settle(self) -> None:
        """Take everything out of sight at once; closing the casebook may take a moment."""
        keep_all(self, self._rooms.values())
        self._left = (self._desk.path, self.header.switcher.current)
        self._unfinished = unfinished(self, self._rooms.values())
        self._ask_again(say("Locking. What you typed is being saved."))
        close_all_but(self)
        self._said.clear()
        self._clipboard.clear()

    def _replace(self, job: Job[About], words: str) -> None:
        """Show while it is locked that it opens by itself, and forget that when it has ended."""
        self._replacing = (job, words)

        def ended() -> None:
            self._replacing = None

        job.finished(ended)

    def _locked(self) -> None:
        """Let go of every widget that holds text of the casebook."""
        self._idle.stop()
        self._notice.clear()
        self._older.clear()
        self._unbacked.clear()
        close_all_but(self)
        self._drop_rooms()
        self.header.forget()
        self._banner.show_marking("")
        self._ask_again(locked_words(self._unfinished, self._desk.cut_short))
        QTimer.singleShot(0, self, give_back)

    def _drop_rooms(self) -> None:
        for room in self._rooms.values():
            self._stack.removeWidget(room)
            room.hide()
            room.deleteLater()
        self._rooms = {}
        self._entries = ()
        self._before = ""

    def _ask_again(self, told: str = "") -> None:
        """Ask for the passphrase of the casebook to open next, or of the one just locked."""
        path, problem = self._next or self._desk.path, ""
        if self._desk.unkept:
            told = told and say("Locked. Your last words are not in the casebook yet.")
            problem = say(
                "{unkept} Reviewer holds what you typed last and saves it when you"
                " unlock this casebook again. Put the disk right first, and do not"
                " close Reviewer until then.",
                unkept=self._desk.unkept,
            )
        if path is not None and self._replacing is not None and not problem:
            self._front(self._unlock)
            self._unlock.wait_for(path, *self._replacing)
        elif path is not None:
            self._front(self._unlock)
            self._unlock.ask_for(path, told="" if self._next else told, problem=problem)

    def _warn(self, seconds: int) -> None:
        self._notice.tell(warning(seconds), notice=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.actions_.dropping.take(local_files(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.isFullScreen():
            self._settings.keep_geometry(self.saveGeometry())
        last, desk = self._last, self._desk
        if last.of_what_was_begun() or last.of_what_was_not_saved(
            desk.put_away(), desk.forget_unkept
        ):
            event.ignore()
            return
        self._idle.stop()
        self._session.stop()
        self._clipboard.clear()
        self._desk.close()
        super().closeEvent(event)

    def _first_size(self) -> QSize:
        """Return the size to begin with: as drawn, and within the screen with its frame."""
        return self.screen().availableSize().boundedTo(DRAWN + _FRAME) - _FRAME

    def _out_of_sight(self) -> bool:
        return self.isMinimized() or not self.isVisible()
