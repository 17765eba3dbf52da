"""Of no screen is a text cut, at no text size and width; every control has a name."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reviewer.assets import resource
from reviewer.method.framework import load
from tests.ui.cuts import look
from tests.ui.every_screen import NAMES, Found, measure
from ui.widgets.buttons import button
from ui.widgets.chip import EvidenceChip
from ui.widgets.rating import SegmentedRating
from ui.widgets.text import Elided, Label, set_tip

TOTAL = Found()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_and_everything_has_a_name(qapp, no_nested_loops_needed, name):
    found = measure(name)
    TOTAL.add(found)
    assert found.texts > 0
    assert found.cuts == []
    assert found.nameless == []


@pytest.mark.slow
def test_the_totals_are_told(capsys):
    with capsys.disabled():
        print(f"\n{TOTAL}")  # noqa: T201
    assert len(NAMES) > 60


@pytest.fixture
def no_nested_loops_needed():
    """The stage waits in a loop of its own, which is no dialog's."""


@pytest.fixture
def place(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(200, 300)
    return made


def shown(place, *parts):
    column = QVBoxLayout(place)
    for part in parts:
        column.addWidget(part)
    place.show()
    return look(place).cuts


def test_a_label_that_is_narrower_than_its_words_is_found(place):
    label = Label("Nobody can look up a passphrase")
    label.setFixedWidth(60)
    assert len(shown(place, label)) == 1


def test_a_box_s_sentence_that_lacks_a_line_is_found(place):
    label = Label("Reopen it first if there is something that you want to change " * 3, wrap=True)
    label.setFixedHeight(20)
    assert len(shown(place, label)) == 1


def test_a_button_that_something_lies_over_the_edge_of_is_found(place):
    made = button("Attach to Call handling and dispatch", parent=place)
    made.resize(made.sizeHint())
    made.move(-40, 10)
    place.show()
    assert len(look(place).cuts) == 1


def test_dots_with_a_tip_are_no_cut_and_without_one_they_are(place):
    whole = Elided("Restraint at home address, and what was written of it")
    whole.setFixedWidth(80)
    assert shown(place, whole) == []
    whole.setToolTip("")
    assert len(look(place).cuts) == 1


def test_the_rating_is_a_group_of_radio_buttons(qtbot):
    framework = load(resource("frameworks/commission.toml"))
    rating = SegmentedRating(framework.scale, framework.reasons, name="Rating of Use of force")
    qtbot.addWidget(rating)
    rating.show_rating(3, None)
    told = QAccessible.queryAccessibleInterface(rating)
    assert told.role() is QAccessible.Role.Grouping
    assert told.text(QAccessible.Text.Name) == "Rating of Use of force"
    points = [QAccessible.queryAccessibleInterface(made) for made in rating._points]
    assert {point.role() for point in points} == {QAccessible.Role.RadioButton}
    assert [point.state().checked for point in points] == [0, 0, 0, 1, 0]
    rating.show_rating(None, None)
    assert not any(point.state().checked for point in points)


def test_a_tip_is_read_as_plain_words_and_no_description_is_lost(qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    set_tip(label, "Cell < 2 & cell > 3")
    told = QAccessible.queryAccessibleInterface(label)
    assert told.text(QAccessible.Text.Description) == "Cell < 2 & cell > 3"
    chip = EvidenceChip("m", "CAD log p.2")
    qtbot.addWidget(chip)
    told = QAccessible.queryAccessibleInterface(chip)
    assert told.text(QAccessible.Text.Description).startswith("Press to jump")
