"""The demonstration: made whole or not at all, and opened without asking for its passphrase."""

import pytest

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.keys import CHEAP
from reviewer.demo.build import PASSPHRASE, build
from reviewer.errors import Cancelled
from reviewer.method.framework import load
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
