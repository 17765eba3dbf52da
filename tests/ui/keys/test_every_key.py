"""No key on any focus of any screen ends in an exception: a part by lot, all of them nightly."""

import random

import pytest
from PySide6.QtCore import Qt

from tests.ui.keys.pressing import EVERY, Tally, press_all, watched
from tests.ui.shots import SCREENS
from ui.rooms.read.finish.panel import LeftPanel

SEED = 20261129
SAMPLED = ("read", "read-left", "read-sealed", "cases-panellist", "settings")
_MOST = 30  # keys a screen in make test


def pressed(name, **how):
    tally = Tally()
    with watched(tally):
        press_all(name, tally, **how)
    return tally


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLED)
def test_keys_drawn_by_lot_raise_nothing(qapp, name):
    choice = random.Random(f"{SEED} {name}")  # noqa: S311 - draws keys
    tally = pressed(name, most=_MOST, choice=choice)
    assert tally.keys >= _MOST // 2
    assert tally.faults == []


@pytest.mark.nightly
@pytest.mark.parametrize("name", SCREENS)
def test_every_key_on_every_focus_raises_nothing(qapp, name):
    tally = pressed(name)
    assert tally.keys + tally.focuses >= len(EVERY)
    assert tally.faults == []


@pytest.mark.slow
def test_an_exception_out_of_a_key_is_counted(qapp, monkeypatch):
    """The measure measures: a row that breaks on Enter is found."""

    def broken(_self, _index):
        raise TypeError("cannot unpack")

    monkeypatch.setattr(LeftPanel, "_jump", broken)
    tally = Tally()
    with watched(tally):
        press_all(
            "read-left", tally, presses=[(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)]
        )
    assert any("TypeError" in fault for fault in tally.faults)
