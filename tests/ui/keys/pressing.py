"""Presses keys on whatever takes the focus, and notes every exception that comes of it.

``python -m tests.ui.keys.pressing [--seed N] [--every] [screen ...]`` prints what was pressed.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")

import argparse
import contextlib
import itertools
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from reviewer.crypto.profiles import CHEAP
from reviewer.errors import Cancelled, ReviewerError
from tests.ui.shots import SCREENS, Stage
from ui import app, errors

_KEYS = Qt.Key
LETTERS = [Qt.Key(code) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)]
DIGITS = [Qt.Key(code) for code in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)]
FUNCTIONS = [Qt.Key(code) for code in range(Qt.Key.Key_F1, Qt.Key.Key_F12 + 1)]
WAYS = [
    _KEYS.Key_Return,
    _KEYS.Key_Enter,
    _KEYS.Key_Space,
    _KEYS.Key_Tab,
    _KEYS.Key_Backtab,
    _KEYS.Key_Escape,
    _KEYS.Key_Left,
    _KEYS.Key_Right,
    _KEYS.Key_Up,
    _KEYS.Key_Down,
    _KEYS.Key_Home,
    _KEYS.Key_End,
    _KEYS.Key_PageUp,
    _KEYS.Key_PageDown,
    _KEYS.Key_Delete,
    _KEYS.Key_Backspace,
    _KEYS.Key_Insert,
    _KEYS.Key_Menu,
    _KEYS.Key_Slash,
    _KEYS.Key_Plus,
    _KEYS.Key_Minus,
    _KEYS.Key_Comma,
]
_M = Qt.KeyboardModifier
MODIFIERS = [
    _M.NoModifier,
    _M.ShiftModifier,
    _M.ControlModifier,
    _M.AltModifier,
    _M.ControlModifier | _M.ShiftModifier,
]
Press = tuple[Qt.Key, Qt.KeyboardModifier]
EVERY: list[Press] = list(itertools.product([*LETTERS, *DIGITS, *FUNCTIONS, *WAYS], MODIFIERS))
PATIENCE_S = 5.0  # for a job that a key began


@dataclass(kw_only=True)
class Tally:
    """What was pressed, and what came of it."""

    keys: int = 0
    focuses: int = 0
    rebuilt: int = 0
    faults: list[str] = field(default_factory=list)
    at: str = ""

    def __str__(self) -> str:
        return f"{self.keys} keys on {self.focuses} focuses, {len(self.faults)} exceptions"

    def note(self, error: BaseException) -> None:
        """Keep where an exception came from, and after which key."""
        frames = traceback.extract_tb(error.__traceback__)
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        said = str(error).rsplit("(): ", 1)[-1]  # Qt tells every filter on the way
        self.faults.append(f"{self.at}: {type(error).__name__} at {where}: {said}")


@contextlib.contextmanager
def watched(tally: Tally) -> Iterator[None]:
    """Note exceptions out of slots, and those that a person would be shown as our mistake."""
    hook, show = sys.excepthook, errors.show

    def on_show(parent: QWidget, error: Exception, **rest: str) -> None:
        if not isinstance(error, ReviewerError | Cancelled):
            tally.note(error)
        show(parent, error, **rest)

    sys.excepthook = lambda _kind, error, _trace: tally.note(error)
    errors.show = on_show
    try:
        yield
    finally:
        sys.excepthook, errors.show = hook, show


class Keyboard:
    """One screen, built as often as a key takes it away."""

    def __init__(self, name: str, tally: Tally) -> None:
        self._name = name
        self._tally = tally
        self._folder = tempfile.TemporaryDirectory()
        self._count = 0
        self.stage: Stage = self._build()

    def focuses(self) -> list[str]:
        """Return the names of all places that take the focus by Tab or by a click."""
        return list(self._places())

    def press(self, place: str, press: Press) -> None:
        """Press one key with the focus on ``place``; nothing where the screen has it no more."""
        widget = self._reach(place)
        if widget is None:
            return
        key, modifiers = press
        held = modifiers.value
        self._tally.at = f"{self._name}, {place}, {held:#x} {key.name}"
        self._tally.keys += 1
        try:
            QTest.keyClick(widget, key, modifiers)  # shortcuts come first, as from the keyboard
            _turn()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self._tally.note(error)

    def calm(self) -> None:
        """Wait for what the keys began, but not for a pause that is meant (wrong passphrases)."""
        end = time.monotonic() + PATIENCE_S
        while not self.stage.desk.idle and time.monotonic() < end:
            _turn(10)

    def close(self) -> None:
        """Put the screen away."""
        self._away()
        self._folder.cleanup()

    # ------------------------------------------------------------ private

    def _build(self) -> Stage:
        self._count += 1
        folder = Path(self._folder.name) / str(self._count)
        folder.mkdir()
        application = app.application_()
        window = app.build(application, folder / "settings.ini", profile=CHEAP)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        stage = Stage(window=window, look=window.look, folder=folder)
        SCREENS[self._name](stage)
        stage.settle()
        return stage

    def _away(self) -> None:
        window = self.stage.window
        self._close_boxes()
        window._last.ask_nothing()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _close_boxes(self) -> None:
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog | QMenu) and top.isVisible():
                top.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _front(self) -> QWidget:
        """The window, or the dialog over it."""
        dialogs = [d for d in self.stage.window.findChildren(QDialog) if d.isVisible()]
        return dialogs[-1] if dialogs else self.stage.window

    def _places(self) -> dict[str, QWidget]:
        front = self._front()
        found: dict[str, QWidget] = {}
        for widget in front.findChildren(QWidget):
            if (
                widget.isVisible()
                and widget.isEnabled()
                and widget.window() is front
                and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            ):
                found.setdefault(_path(widget, front), widget)
        return found

    def _reach(self, place: str) -> QWidget | None:
        """Give ``place`` the focus, over a fresh screen where the old one lost it."""
        widget = self._focused(place)
        if widget is None:
            self._tally.rebuilt += 1
            self.calm()
            self._away()
            self.stage = self._build()
            widget = self._focused(place)
        return widget

    def _focused(self, place: str) -> QWidget | None:
        if QApplication.activePopupWidget() is not None:
            self._close_boxes()
        widget = self._places().get(place)
        if widget is None:
            return None
        widget.window().activateWindow()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(20):  # a window becomes the active one in its own time
            if not shiboken6.isValid(widget) or not widget.isVisible():
                return None
            if widget.hasFocus() or widget.focusProxy() is not None:
                break
            _turn(1)
        return widget


def _path(widget: QWidget, top: QWidget) -> str:
    """Name a widget by its way down from the top, so that a fresh screen has it too."""
    parts = []
    step: QWidget | None = widget
    while step is not None and step is not top:
        parent = step.parentWidget()
        kin = [c for c in parent.children() if type(c) is type(step)] if parent else [step]
        parts.append(f"{type(step).__name__}{kin.index(step) if len(kin) > 1 else ''}")
        step = parent
    name = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(top).__name__}/" + "/".join(reversed(parts)) + f" [{str(name)[:40]}]"


def _turn(milliseconds: int = 0) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def press_all(
    name: str,
    tally: Tally,
    *,
    presses: Sequence[Press] = EVERY,
    most: int = 0,
    choice: random.Random | None = None,
) -> None:
    """Press keys on every focus of a screen: all of them, or ``most`` of them drawn by lot."""
    board = Keyboard(name, tally)
    try:
        places = board.focuses()
        tally.focuses += len(places)
        pairs = [(place, press) for place in places for press in presses]
        if choice is not None:
            pairs = choice.sample(pairs, min(most, len(pairs)))
            pairs.sort(key=lambda pair: places.index(pair[0]))
        for number, (place, press) in enumerate(pairs, 1):
            board.press(place, press)
            if number % 25 == 0:
                board.calm()
        board.calm()
    finally:
        board.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=60, help="keys a screen, drawn by lot")
    parser.add_argument("--every", action="store_true", help="every key on every focus")
    parser.add_argument("screens", nargs="*", metavar="screen", help="default: all")
    asked = parser.parse_args()
    qInstallMessageHandler(lambda *_message: None)
    app.application_()
    tally = Tally()
    choice = None if asked.every else random.Random(asked.seed)  # noqa: S311 - draws keys
    with watched(tally):
        for name in asked.screens or SCREENS:
            began, before = time.monotonic(), tally.keys
            press_all(name, tally, most=asked.most, choice=choice)
            spent = time.monotonic() - began
            print(f"{name}: {tally.keys - before} keys, {spent:.1f} s", flush=True)  # noqa: T201
    for fault in tally.faults:
        print(fault)  # noqa: T201
    print(tally, f"({tally.rebuilt} screens built again)")  # noqa: T201


if __name__ == "__main__":
    main()
