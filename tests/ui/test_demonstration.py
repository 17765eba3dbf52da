"""The demonstration: made whole or not at all, and opened without asking for its passphrase."""

import pytest
from PySide6.QtCore import QSize, Qt

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.casebook.file.demonstration import opens_demonstration
from reviewer.crypto.profiles import CHEAP
from reviewer.demo.build import build
from reviewer.demo.public import PASSPHRASE, READ_ME, public_passphrase
from reviewer.errors import Cancelled
from reviewer.method.framework import load
from ui import app
from ui.actions.demonstration import NAME, Demonstration, home
from ui.dialogs.progress import ProgressDialog


def small(to, _progress):
    to.mkdir()
    new = NewCasebook(
        title="Small", framework=load(resource("frameworks/commission.toml")), demonstration=True
    )
    Casebook.create(to / NAME, PASSPHRASE, new, profile=CHEAP).close()


def parts():
    return [path.name for path in home().parent.iterdir() if path.name.endswith(".part")]


def test_it_is_made_once_and_opened_again(qtbot, window):
    made = []

    def make(to, progress):
        made.append(to)
        small(to, progress)

    shown = Demonstration(window.desk, window, make)
    for _ in range(2):
        with qtbot.waitSignal(window.desk.opened, timeout=10000):
            shown.open()
        assert window.desk.about.demonstration
    assert len(made) == 1
    assert parts() == []


def test_stopped_half_way_nothing_is_left_and_it_can_be_tried_again(qtbot, window):
    def stopped(to, progress):
        small(to, progress)
        raise Cancelled

    Demonstration(window.desk, window, stopped).open()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=5000)
    qtbot.waitUntil(lambda: not window.findChildren(ProgressDialog), timeout=5000)
    assert parts() == []
    assert not home().exists()
    with qtbot.waitSignal(window.desk.opened, timeout=10000):
        Demonstration(window.desk, window, small).open()


@pytest.mark.nightly
def test_the_first_screen_makes_the_real_one(qtbot, window):
    def real(to, progress):
        return build(to, progress=progress, profile=CHEAP)

    with qtbot.waitSignal(window.desk.opened, timeout=180000):
        Demonstration(window.desk, window, real).open()
    assert window.desk.about.released


def test_its_unlock_page_says_the_public_passphrase_and_types_it(qtbot, window, tmp_path):
    small(tmp_path / "demo", None)
    path = tmp_path / "demo" / NAME
    path.with_name(READ_ME).write_text(f"Passphrase of all of them:\n    {PASSPHRASE}\n")
    window.show_unlock(path)
    room = window.room
    qtbot.waitUntil(room._type.isVisible, timeout=10_000)
    assert PASSPHRASE in room._public.text()
    qtbot.mouseClick(room._type, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.desk.opened, timeout=10_000):
        qtbot.keyClick(room._field, Qt.Key.Key_Return)


@pytest.mark.parametrize("why", ["another passphrase", "no note", "a real inquiry"])
def test_no_other_casebook_is_offered_it(qtbot, window, tmp_path, why):
    path = tmp_path / NAME
    new = NewCasebook(
        title="Small",
        framework=load(resource("frameworks/commission.toml")),
        demonstration=why != "a real inquiry",
    )
    words = "quite another one" if why == "another passphrase" else PASSPHRASE
    Casebook.create(path, words, new, profile=CHEAP).close()
    if why != "no note":
        path.with_name(READ_ME).write_text(PASSPHRASE)
    assert public_passphrase(path, opens_demonstration) == ""
    window.show_unlock(path)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=10_000)
    assert not window.room._type.isVisible()
    assert window.room._public.text() == ""


def test_the_first_window_fits_the_screen(qapp, tmp_path):
    made = app.build(qapp, tmp_path / "reviewer.ini", profile=CHEAP)
    try:
        free = made.screen().availableSize()
        frame = QSize(16, 48)  # as systems draw them
        assert (made.size() + frame).boundedTo(free) == made.size() + frame
    finally:
        made.close()
        made.deleteLater()
