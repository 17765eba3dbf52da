"""Writes a picture of every screen: ``python -m tests.ui.shots --to DIR [screen ...]``.

Real widgets on a real casebook (with the tests' cheap key), light and dark, at the sizes that
laptops have. A new screen is one line in ``SCREENS``: a name and a function that gets the
``Stage`` and brings the screen to the front.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange.keyring import enrol
from tests.ui.chair.bring_in_shots import BRING_IN_SCREENS
from tests.ui.chair.meeting_shots import MEETING_SCREENS
from tests.ui.chair.records_shots import RECORD_SCREENS
from tests.ui.chair.shots import CHAIR_SCREENS
from tests.ui.chair.work_shots import WORK_SCREENS
from tests.ui.checking import SCREENS as CHECKING_SCREENS
from tests.ui.chronology.screens import CHRONOLOGY_SCREENS
from tests.ui.custody_screens import CUSTODY_SCREENS
from tests.ui.gallery import gallery
from tests.ui.keeping import KEEPING_SCREENS
from tests.ui.opening_screens import OPENING_SCREENS
from tests.ui.read.screens import READ_SCREENS
from tests.ui.sample import PASSPHRASE, chair_casebook, issued_casebook, panellist_casebook
from tests.ui.updates.screens import UPDATE_SCREENS
from ui import app, theme
from ui.main_window import MainWindow
from ui.settings import TEXT_SCALE, Settings
from ui.theme import Scheme, Theme

SIZES = ((1366, 768), (1440, 900))
LARGE = ((1920, 1080),)
PATIENCE_S = 30.0


@dataclass(kw_only=True)
class Stage:
    """One window with its parts, and the casebooks to open in it."""

    window: MainWindow
    look: Theme
    folder: Path

    @property
    def desk(self):
        return self.window.desk

    def settle(self) -> None:
        """Wait until no job is left and everything is painted."""
        loop = QEventLoop()
        end = time.monotonic() + PATIENCE_S
        calm = 0

        def look() -> None:
            nonlocal calm
            calm = calm + 1 if self.desk.idle else 0
            if calm >= 4:
                loop.quit()
            elif time.monotonic() > end:
                raise SystemExit("a screen did not come to rest")

        timer = QTimer()
        timer.setInterval(25)
        timer.timeout.connect(look)
        timer.start()
        loop.exec()

    def open(self, path: Path) -> None:
        """Open a casebook and wait for its first room."""
        self.desk.open(path, PASSPHRASE).run()
        self.settle()

    def action(self, ident: str) -> None:
        """Run one of the window's actions and wait."""
        self.window.actions_.run(ident)
        self.settle()


def welcome(stage: Stage) -> None:
    stage.window.show_welcome()


def unlock(stage: Stage) -> None:
    stage.window.show_unlock(chair_casebook(stage.folder))


def unlock_wrong(stage: Stage, times: int = 1) -> None:
    unlock(stage)
    room = stage.window.room
    for _ in range(times):
        room.findChild(QWidget, "passphrase").setText("not the one")
        room.start()
        stage.settle()


def unlock_waits(stage: Stage) -> None:
    unlock_wrong(stage, times=4)


def locked(stage: Stage) -> None:
    stage.open(chair_casebook(stage.folder))
    stage.action("lock")


def first_unlock_own(stage: Stage) -> None:
    first_unlock(stage)
    choice = stage.window._first.choice
    choice._own.setChecked(True)
    choice._field.setText("northmoor2026")


def first_unlock(stage: Stage) -> None:
    stage.open(issued_casebook(stage.folder))


def chair_cases(stage: Stage) -> None:
    stage.open(chair_casebook(stage.folder))
    stage.window.show_room("cases")


def empty_cases(stage: Stage) -> None:
    stage.open(chair_casebook(stage.folder, cases=0))
    stage.window.show_room("cases")


def panellist_cases(stage: Stage) -> None:
    stage.open(panellist_casebook(stage.folder))
    stage.window.show_room("all-cases")


def safekeeping(stage: Stage) -> None:
    stage.open(chair_casebook(stage.folder))
    stage.window.show_room("safekeeping")


def safekeeping_panellist(stage: Stage) -> None:
    path = panellist_casebook(stage.folder)
    with Casebook.open(path, PASSPHRASE) as book:
        enrol(book)
    stage.open(path)
    stage.window.show_room("safekeeping")


def new_casebook(stage: Stage) -> None:
    stage.window.show_welcome()
    stage.action("new")


def pieces(stage: Stage) -> None:
    page = gallery()
    stage.window._stack.addWidget(page)
    stage.window._stack.setCurrentWidget(page)


def look_and_privacy(stage: Stage) -> None:
    stage.window.show_welcome()
    stage.action("settings")


def help_(stage: Stage) -> None:
    stage.window.show_welcome()
    stage.action("help")


SCREENS: dict[str, Callable[[Stage], None]] = {
    "welcome": welcome,
    "unlock": unlock,
    "unlock-wrong": unlock_wrong,
    "unlock-waits": unlock_waits,
    "locked": locked,
    "first-unlock": first_unlock,
    "first-unlock-own": first_unlock_own,
    "cases-chair": chair_cases,
    "cases-empty": empty_cases,
    "cases-panellist": panellist_cases,
    "safekeeping": safekeeping,
    "safekeeping-panellist": safekeeping_panellist,
    "new-casebook": new_casebook,
    "pieces": pieces,
    "settings": look_and_privacy,
    "help": help_,
    **READ_SCREENS,
    **CHRONOLOGY_SCREENS,
    **UPDATE_SCREENS,
    **CHAIR_SCREENS,
    **KEEPING_SCREENS,
    **OPENING_SCREENS,
    **CHECKING_SCREENS,
    **CUSTODY_SCREENS,
    **WORK_SCREENS,
    **RECORD_SCREENS,
    **BRING_IN_SCREENS,
    **MEETING_SCREENS,
}


def shoot(
    name: str, to: Path, scheme: Scheme, size: tuple[int, int], *, text: float = 1.0
) -> Path:
    """Write one screen once; return where."""
    application = app.application_()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.ini")
        settings.put(TEXT_SCALE, text)
        window = app.build(application, Path(folder) / "settings.ini", profile=CHEAP)
        window.look.set_scheme(scheme)
        window.resize(*size)
        window.show()
        stage = Stage(window=window, look=window.look, folder=Path(folder))
        SCREENS[name](stage)
        stage.settle()
        suffix = "" if text == 1.0 else f"-text{text:.2f}"
        path = to / f"{name}-{scheme}-{size[0]}x{size[1]}{suffix}.png"
        grab(window).save(str(path))
        for dialog in window.findChildren(QDialog):
            dialog.close()
        window._last.ask_nothing()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return path


def grab(window: MainWindow):
    """Grab the window with the dialogs over it, as a person sees them."""
    picture = window.grab()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            place = window.rect().center() - dialog.rect().center()
            over = dialog.grab()
            painter = veiled(picture)
            painter.drawPixmap(place, over)
            painter.end()
    return picture


def veiled(picture: QPixmap) -> QPainter:
    """Return a painter over ``picture``, dimmed as behind a dialog."""
    painter = QPainter(picture)
    veil = QColor(theme.tokens().ink)
    veil.setAlpha(60)
    painter.fillRect(picture.rect(), veil)
    return painter


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--large", action="store_true", help="also 1920 x 1080")
    parser.add_argument("--text", type=float, default=1.0, help="text size, 1.0 as drawn")
    parser.add_argument("screens", nargs="*", metavar="screen", help="default: all")
    qInstallMessageHandler(lambda *_message: None)  # the offscreen plugin remarks on every dialog
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    sizes = SIZES + (LARGE if asked.large else ())
    for name in asked.screens or SCREENS:
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            for size in sizes:
                print(shoot(name, asked.to, scheme, size, text=asked.text).name)  # noqa: T201


if __name__ == "__main__":
    main()
