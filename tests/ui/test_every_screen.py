"""Of no screen is a text cut, at no text size and width; every control has a name."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.assets import resource
from reviewer.method.framework import load
from tests.ui.cuts import look
from tests.ui.every_screen import BETWEEN, NAMES, TEXTS, Found, measure, measure_in_pseudo
from ui.widgets.buttons import button
from ui.widgets.chip import EvidenceChip
from ui.widgets.rating import SegmentedRating
from ui.widgets.text import Elided, Label, set_tip

TOTAL = Found()
WAITING = (  # not looked at in that language yet, or cut in it: this list only shrinks
    "unlock",
    "unlock-wrong",
    "unlock-waits",
    "locked",
    "first-unlock",
    "cases-chair",
    "panel-updates",
    "cases-withdraw",
    "cases-corrected",
    "merge-next",
    "merge-open-round",
    "panel-changed",
    "summary",
    "summary-open",
    "summary-written",
    "sheet-outdated",
    "sheet-print",
    "sheet-printed",
    "passphrase-change",
    "passphrase-changed",
    "new-casebook-alone",
    "released-custodian",
    "cases-move",
    "cases-add",
    "cases-dropped",
    "cases-no-match",
    "escape-asks",
    "case-correct",
    "member-card",
    "member-name",
    "member-remove",
    "panel-issued",
    "merge-released",
    "merge-fork-choosing",
    "merge-fork-chosen",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_and_everything_has_a_name(qapp, no_nested_loops_needed, name):
    found = measure(name, TEXTS)
    TOTAL.add(found)
    assert found.texts > 0
    assert found.cuts == []
    assert found.nameless == []


@pytest.mark.nightly
@pytest.mark.usefixtures("qapp", "no_nested_loops_needed")
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_at_the_text_size_between(name):
    found = measure(name, BETWEEN)
    assert found.texts > 0
    assert found.cuts == []


@pytest.mark.slow
@pytest.mark.usefixtures("qapp", "no_nested_loops_needed")
@pytest.mark.parametrize("name", [name for name in NAMES if name not in WAITING])
def test_in_a_longer_language_nothing_is_cut_and_nothing_stays_english(name):
    found = measure_in_pseudo(name)
    assert found.texts > 0
    assert found.english == []
    assert found.cuts == []


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


LONG = "Nobody can look up a passphrase that was lost"


def _line(text="", hint="", *, fixed=False):
    made = QLineEdit(text, placeholderText=hint)
    made.setReadOnly(fixed)
    return made


def _combo():
    made = QComboBox()
    made.addItem(LONG)
    made.setMinimumContentsLength(1)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _tabs():
    made = QTabBar()
    made.setUsesScrollButtons(False)
    made.setElideMode(Qt.TextElideMode.ElideRight)
    made.addTab(LONG)
    made.addTab(LONG[::-1])
    return made


def _table(head, cell):
    made = QTableWidget(1, 1)
    made.setHorizontalHeaderLabels([head])
    made.verticalHeader().hide()
    made.setItem(0, 0, QTableWidgetItem(cell))
    made.horizontalHeader().setStretchLastSection(True)
    return made


def _list():
    made = QListWidget()
    made.addItem(LONG)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setUniformItemSizes(True)
    made.setGridSize(QSize(60, 30))
    return made


class Painted(QWidget):
    """Paints its own text, as ours do."""

    def paintEvent(self, _event):  # noqa: N802 - Qt's name
        QPainter(self).drawText(self.rect(), 0, LONG)


Painted.__module__ = "ui.of_a_test"
KINDS = {
    "a box to tick": lambda: QCheckBox(LONG),
    "one of several": lambda: QRadioButton(LONG),
    "what is said in an empty field": lambda: _line(hint=LONG),
    "a field that is only read": lambda: _line(LONG, fixed=True),
    "what is said in an empty text": lambda: QPlainTextEdit(placeholderText=LONG * 9),
    "what is chosen": _combo,
    "tabs": _tabs,
    "the head of a column": lambda: _table(LONG, "x"),
    "a cell": lambda: _table("x", LONG),
    "a line of a list": _list,
    "what is painted": Painted,
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_that_is_too_small_is_found_and_one_with_room_is_not(place, kind):
    made = KINDS[kind]()
    made.setFixedSize(90, 60)
    assert shown(place, made)
    made.setFixedSize(1500, 200)
    if isinstance(made, QListWidget):
        made.setGridSize(QSize(1400, 30))
    place.resize(1600, 300)
    place.layout().activate()
    assert look(place).cuts == []


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
