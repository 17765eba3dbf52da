"""Panels made once a session, copied for each test; a desk and a room, or a whole window."""

import shutil

import pytest
from PySide6.QtWidgets import QDialog

from reviewer.crypto.profiles import CHEAP
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.updates.story import bring_changes, inquiry, released, second_round
from ui.desk import Desk
from ui.settings import Settings

WAIT = 10_000  # milliseconds at most; every wait is for a signal or a condition


@pytest.fixture(scope="session")
def changed_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("changed")
    path, paths = inquiry(folder)
    bring_changes(folder, path)
    return folder, path, paths


@pytest.fixture(scope="session")
def released_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("released")
    return folder, *released(folder)


@pytest.fixture(scope="session")
def second_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("second")
    return folder, *second_round(folder)


def _copied(once, to):
    folder, path, paths = once
    shutil.copytree(folder, to, dirs_exist_ok=True)
    moved = {name: to / one.relative_to(folder) for name, one in paths.items()}
    return to / path.relative_to(folder), moved


@pytest.fixture
def changed(changed_once, tmp_path):
    """A chair with late, corrected and withdrawn documents, and who has their casebook."""
    return _copied(changed_once, tmp_path)


@pytest.fixture
def after_release(released_once, tmp_path):
    """A chair whose round 1 is released."""
    return _copied(released_once, tmp_path)


@pytest.fixture
def round_2(second_once, tmp_path):
    """A chair in round 2, and panellists who have it."""
    return _copied(second_once, tmp_path)


@pytest.fixture
def enter(qtbot, qapp, tmp_path):
    """Open a casebook at a desk and enter one room over it; returns once it is at rest."""
    desks = []

    def open_and_enter(kind, path):
        desk = Desk(profile=CHEAP)
        desks.append(desk)
        with qtbot.waitSignal(desk.opened, timeout=WAIT):
            desk.open(path, PASSPHRASE).run()
        room = kind(desk, Settings(tmp_path / "settings.ini"))
        qtbot.addWidget(room)
        room.resize(1366, 760)
        room.show()
        room.enter()
        qtbot.waitUntil(lambda: desk.idle, timeout=WAIT)
        return room

    yield open_and_enter
    for desk in desks:
        desk.close()


@pytest.fixture
def dialog(qtbot):
    """Wait for the one dialog of a kind that is open over a window."""

    def wait(window, kind):
        def shown():
            return [d for d in window.findChildren(kind) if d.isVisible()]

        qtbot.waitUntil(lambda: len(shown()) == 1, timeout=WAIT)
        found = shown()[0]
        assert isinstance(found, QDialog)
        return found

    return wait
