"""Every screen at every text size and width: ``python -m tests.ui.every_screen [screen ...]``.

Prints each text that is cut, each control without a name, and the totals.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog

from reviewer.crypto.profiles import CHEAP
from tests.pseudo import forgotten, spoken
from tests.ui.cuts import Cut, look
from tests.ui.shots import SCREENS, Stage
from tests.ui.spoken import Nameless, nameless
from ui import app
from ui.settings import TEXT_SCALE, Settings
from ui.theme import Scheme

TEXTS = (1.0, 2.0)  # the drawn size, and twice that: part of make test
BETWEEN = (1.5,)  # what make long looks at as well
SIZES = ((1024, 768), (1366, 768), (1440, 900))
NAMES = tuple(name for name in SCREENS if name != "pieces")  # a gallery, and no screen


@dataclass(kw_only=True)
class Found:
    """What was found on one screen."""

    texts: int = 0
    controls: int = 0
    cuts: list[str] = field(default_factory=list)
    nameless: list[Nameless] = field(default_factory=list)
    english: list[str] = field(default_factory=list)  # what the catalogue has, and was not said

    def add(self, other: "Found") -> None:
        self.texts += other.texts
        self.controls += other.controls
        self.cuts += other.cuts
        self.nameless += other.nameless

    def __str__(self) -> str:
        return (
            f"{len(self.cuts)} cut of {self.texts} texts looked at;"
            f" {len(self.nameless)} without a name of {self.controls} controls"
        )


def measure(name: str, texts: tuple[float, ...] = (*TEXTS, *BETWEEN)) -> Found:
    """Show the screen ``name`` at each of these text sizes, at each width, and measure it."""
    found = Found()
    for text in texts:
        with staged(text) as stage:
            SCREENS[name](stage)
            for size in SIZES:
                stage.window.resize(*size)
                stage.settle()
                where = f"{name}, text {text:.0%}, {size[0]} x {size[1]}"
                _measure(stage, size, where, found)
            if text == 1.0:
                for top in _tops(stage):
                    count, without = nameless(top)
                    found.controls += count
                    found.nameless += without
    return found


def measure_in_pseudo(name: str) -> Found:
    """Show the screen in the language that nobody speaks: what is cut, what stayed English."""
    found, size = Found(), (1440, 900)
    with spoken(), staged(1.0) as stage:
        SCREENS[name](stage)
        stage.window.resize(*size)
        stage.settle()
        for top in _tops(stage):
            looked = look(top)
            found.texts += looked.texts
            found.cuts += [f"{name}: {cut}" for cut in looked.cuts]
            found.english += [f"{name}: {text}" for text in looked.words if forgotten(text)]
    return found


@contextmanager
def staged(text: float) -> Iterator[Stage]:
    """Hand out a window with text of ``text`` times the drawn size, on the smallest screen."""
    application = app.application_()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.ini")
        settings.put(TEXT_SCALE, text)
        window = app.build(application, Path(folder) / "settings.ini", profile=CHEAP)
        window.look.set_scheme(Scheme.LIGHT)
        window.resize(*SIZES[0])
        window.show()
        try:
            yield Stage(window=window, look=window.look, folder=Path(folder))
        finally:
            for dialog in window.findChildren(QDialog):
                dialog.close()
            window._last.ask_nothing()
            window.close()
            window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _measure(stage: Stage, size: tuple[int, int], where: str, found: Found) -> None:
    for top in _tops(stage):
        looked = look(top)
        found.texts += looked.texts
        found.cuts += [f"{where}: {cut}" for cut in looked.cuts]
        if top.width() > size[0] or top.height() > size[1]:
            wide = Cut(where=type(top).__name__, text="the whole window", lacks=(0, 0))
            found.cuts.append(f"{where}: {wide} of {top.width()} x {top.height()}")


def _tops(stage: Stage) -> list:
    over = [d for d in stage.window.findChildren(QDialog) if d.isVisible()]
    return [stage.window, *over]


def main() -> None:
    qInstallMessageHandler(lambda *_message: None)
    total = Found()
    for name in sys.argv[1:] or NAMES:
        found = measure(name)
        for line in (*found.cuts, *found.nameless):
            print(line)  # noqa: T201
        print(f"{name}: {found}", flush=True)  # noqa: T201
        total.add(found)
    print(f"all: {total}")  # noqa: T201


if __name__ == "__main__":
    main()
