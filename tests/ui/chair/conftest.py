"""The chair's rooms over real casebooks: a desk, a room in front, closed at the end."""

import pytest

from tests.books import PASSPHRASE
from ui.desk import Desk
from ui.settings import Settings

WAIT = 10_000  # milliseconds at most; every wait is for a signal or a condition


@pytest.fixture
def enter(qtbot, tmp_path):
    """Open a casebook at a desk and enter one room over it; returns once it is at rest."""
    desks = []

    def open_and_enter(kind, path):
        desk = Desk()
        desks.append(desk)
        with qtbot.waitSignal(desk.opened, timeout=WAIT):
            desk.open(path, PASSPHRASE).run()
        room = kind(desk, Settings(tmp_path / "settings.ini"))
        qtbot.addWidget(room)
        room.resize(1366, 700)
        room.show()
        room.enter()
        qtbot.waitUntil(lambda: desk.idle, timeout=WAIT)
        return room

    yield open_and_enter
    for desk in desks:
        desk.close()
