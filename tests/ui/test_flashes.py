"""Nothing flashes: no part of a screen is a window of its own before it gets its place."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.every_screen import staged
from tests.ui.flashes import Flashes
from tests.ui.shots import SCREENS
from ui.widgets.roomy import Bounded
from ui.widgets.text import Label

SHOWN = (
    "new-casebook",
    "cases-chair",
    "bring-in-empty",
    "records",
    "read-without-scoring",
    "help",
)


@pytest.fixture
def flashes(qapp):
    made = Flashes()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def test_what_is_shown_before_it_has_a_place_is_caught(qtbot, flashes):
    holder, words = QWidget(), Label("One sentence")
    qtbot.addWidget(holder)
    words.setVisible(True)
    QVBoxLayout(holder).addWidget(words)
    assert flashes.seen == ["Label One sentence"]


@pytest.mark.parametrize("name", SHOWN)
def test_a_screen_comes_in_one_piece(qtbot, flashes, name):
    with staged(1.0) as stage:
        SCREENS[name](stage)
        stage.settle()
    assert flashes.seen == []


def test_a_place_that_scrolls_waits_for_its_holder(qtbot, flashes):
    holder, inside = QWidget(), Label("Something to know")
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(Bounded(inside))
    holder.show()
    assert inside.isVisible()
    assert flashes.seen == []
