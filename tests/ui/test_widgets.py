"""The pieces: what they tell, their keys, their accessible names."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from reviewer.assets import resource
from reviewer.method.framework import load
from reviewer.records.judgement import Reason
from ui.widgets.buttons import button
from ui.widgets.charts import BoundedBar, IntervalDot, Stack, StackedDots
from ui.widgets.chip import EvidenceChip
from ui.widgets.flow import Flow
from ui.widgets.heat import HeatCell, paint_heat
from ui.widgets.keyhint import KeyHint
from ui.widgets.passphrase import PassphraseField
from ui.widgets.passphrase_choice import PassphraseChoice
from ui.widgets.problem import InlineProblem
from ui.widgets.rating import SegmentedRating
from ui.widgets.rows import RowRole, SideRow, SideRowDelegate, Sign
from ui.widgets.switcher import Switcher
from ui.widgets.text import Elided
from ui.widgets.tick import Tick


@pytest.fixture
def rating(qtbot, light):
    framework = load(resource("frameworks/commission.toml"))
    made = SegmentedRating(framework.scale, framework.reasons, name="Use of force")
    qtbot.addWidget(made)
    made.show()
    made.told = []
    made.value_picked.connect(made.told.append)
    made.reason_picked.connect(made.told.append)
    made.cleared.connect(lambda: made.told.append("cleared"))
    return made


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (Qt.Key.Key_0, 0),
        (Qt.Key.Key_4, 4),
        (Qt.Key.Key_M, Reason.MISSING),
        (Qt.Key.Key_U, Reason.UNCLEAR),
        (Qt.Key.Key_X, Reason.NOT_RELEVANT),
        (Qt.Key.Key_O, Reason.OUTSIDE),
        (Qt.Key.Key_R, Reason.RECUSED),
        (Qt.Key.Key_Delete, "cleared"),
    ],
    ids=str,
)
def test_each_key_tells_one_judgement(qtbot, rating, key, told):
    qtbot.keyClick(rating, key)
    assert rating.told == [told]


@pytest.mark.parametrize("key", [Qt.Key.Key_5, Qt.Key.Key_9, Qt.Key.Key_Z], ids=str)
def test_other_keys_tell_nothing(qtbot, rating, key):
    qtbot.keyClick(rating, key)
    assert rating.told == []


def test_a_key_with_control_belongs_to_the_window(qtbot, rating):
    qtbot.keyClick(rating, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert rating.told == []


def test_pressing_the_same_point_again_takes_it_back(qtbot, rating):
    rating.show_rating(3, None)
    three = rating.findChildren(type(rating._points[0]))[3]
    qtbot.mouseClick(three, Qt.MouseButton.LeftButton)
    assert rating.told == ["cleared"]
    assert three.isChecked(), "only what is stored is shown"


def test_a_reason_and_a_point_never_show_at_once(rating):
    rating.show_rating(2, None)
    assert [made.isChecked() for made in rating._points] == [False, False, True, False, False]
    rating.show_rating(None, Reason.MISSING, "ward log")
    assert not any(made.isChecked() for made in rating._points)
    assert rating.reason_field.text() == "Record missing: ward log"


def test_arrows_walk_along_the_points_to_the_reasons(qtbot, rating):
    rating._points[0].setFocus()
    for _ in range(5):
        qtbot.keyClick(rating.focusWidget(), Qt.Key.Key_Right)
    assert rating.reason_field.hasFocus()
    assert rating.told == []


def test_points_are_named_by_their_words(rating):
    assert rating._points[4].accessibleName() == "4, Strong evidence it contributed"


def test_evidence_chip_jumps_and_detaches(qtbot, light):
    chip = EvidenceChip("mark-1", 'Custody record p.3 "held face down"')
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.jumped) as jumped:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(chip.removed) as removed:
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert jumped.args == removed.args == ["mark-1"]


def test_switcher_tells_by_pointer_and_by_arrows(qtbot, light):
    made = Switcher()
    qtbot.addWidget(made)
    made.set_choices([("read", "Read and score"), ("cases", "All cases")])
    made.choose("read")
    made.show()
    told = []
    made.chosen.connect(told.append)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert told == ["cases", "read"]
    assert made.current == "read"


def test_switcher_forgets_old_rooms(qtbot, light):
    made = Switcher()
    qtbot.addWidget(made)
    made.set_choices([("a", "A"), ("b", "B")])
    made.choose("b")
    made.set_choices([("c", "C")])
    assert made.current == ""


def test_problem_tells_and_acts(qtbot, light):
    made = InlineProblem()
    qtbot.addWidget(made)
    assert made.isHidden()
    acted = []
    made.tell(
        "The file is gone.",
        details=("one",),
        action="Choose another",
        then=lambda: acted.append(1),
    )
    made._action.click()
    assert acted == [1]
    assert made.accessibleName() == made.sentence == "The file is gone."
    made.clear()
    assert made.isHidden()


def test_key_hints_keep_the_plus_key(qtbot, light):
    for key, shown in (("Ctrl++", "Ctrl +"), ("Ctrl+Shift+Z", "Ctrl Shift Z"), ("F1", "F1")):
        made = KeyHint(key)
        qtbot.addWidget(made)
        assert made.text() == shown


def test_a_long_welsh_word_is_cut_with_dots_and_whole_in_the_tip(qtbot, light):
    word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    made = Elided(word)
    qtbot.addWidget(made)
    made.resize(90, 20)
    made.show()
    assert word in made.toolTip()
    assert made.accessibleName() == word
    assert made.minimumSizeHint().width() < 90


def test_charts_tell_their_numbers_in_words(qtbot, light):
    dot, dots, bar = IntervalDot(), StackedDots(), BoundedBar()
    for widget in (dot, dots, bar):
        qtbot.addWidget(widget)
    dot.set_value(0.61, 0.55, 0.66)
    dots.set_stacks((Stack(words="0", count=3, index=0), Stack(words="n/a", count=1)), 5)
    bar.set_value(0.5, 0.4, 0.7, group="SYS")
    assert dot.accessibleName() == "0.61, interval 0.55 to 0.66"
    assert dots.accessibleName() == "0: 3, n/a: 1"
    assert bar.accessibleName() == "50%, from 40% to 70%"
    dot.set_value(None, None, None)
    assert dot.accessibleName() == "no value"
    for widget in (dot, dots, bar):
        assert not widget.grab().isNull()


def painted(cell):
    picture = QImage(60, 34, QImage.Format.Format_RGB32)
    picture.fill(QColor("#FBFAF7"))
    painter = QPainter(picture)
    paint_heat(painter, QRectF(0, 0, 60, 34), cell, 5)
    painter.end()
    return picture


def test_heat_cells_differ_by_more_than_colour(light):
    kinds = [
        HeatCell(words="2", index=2),
        HeatCell(words="2", index=2, outline="disagreement"),
        HeatCell(words="2", index=2, outline="undecided"),
        HeatCell(words="n/a", hatched=True),
    ]
    greys = [painted(kind).convertToFormat(QImage.Format.Format_Grayscale8) for kind in kinds]
    assert len({bytes(grey.constBits()) for grey in greys}) == len(kinds)


def test_side_row_is_painted_and_spoken(qtbot, light):
    row = SideRow(
        first="2010-07",
        second="Restraint at home address",
        state="9 of 23",
        share=9 / 23,
        signs=(Sign(text="!", words="content note", tone="warn"),),
    )
    assert row.spoken == "2010-07, Restraint at home address, 9 of 23, content note"
    model = QStandardItemModel()
    item = QStandardItem()
    item.setData(row, RowRole.ROW)
    model.appendRow(item)
    view = QListView()
    qtbot.addWidget(view)
    view.setItemDelegate(SideRowDelegate(view))
    view.setModel(model)
    view.resize(255, 80)
    view.setCurrentIndex(model.index(0, 0))
    empty = QImage(view.size(), QImage.Format.Format_RGB32)
    assert view.grab().toImage() != empty
    assert view.sizeHintForRow(0) >= 40


def test_caps_lock_is_noticed_by_its_letters(qtbot, light):
    field = PassphraseField()
    qtbot.addWidget(field)
    told = []
    field.caps_lock.connect(told.append)
    qtbot.keyClicks(field, "a")
    assert told == []
    qtbot.keyClicks(field, "B")  # a capital without Shift
    assert told == [True]
    qtbot.keyClicks(field, "c")
    assert told == [True, False]


def test_the_passphrase_stays_hidden_and_is_not_learnt(qtbot, light):
    field = PassphraseField()
    qtbot.addWidget(field)
    assert field.echoMode() is PassphraseField.EchoMode.Password
    hints = field.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText
    field.setText("amber otter")
    field.selectAll()
    field.copy()
    assert "amber" not in field.displayText()


def test_drawn_words_count_only_once_they_are_written_down(qtbot, light):
    choice = PassphraseChoice()
    qtbot.addWidget(choice)
    assert choice.passphrase == ""
    assert choice.problem
    choice.written.setChecked(True)
    first = choice.passphrase
    assert len(first.split()) == 6
    choice._draw()
    assert choice.passphrase == "", "other words must be written down anew"


def test_an_own_passphrase_must_be_strong_and_typed_twice(qtbot, light):
    choice = PassphraseChoice()
    qtbot.addWidget(choice)
    choice._own.setChecked(True)
    choice._field.setText("inquiry2012")
    choice._again.setText("inquiry2012")
    assert choice.passphrase == ""
    choice._field.setText("violet harbour ninety teaspoons")
    assert choice.problem == "The two are not the same."
    choice._again.setText("violet harbour ninety teaspoons")
    assert choice.passphrase == "violet harbour ninety teaspoons"


def test_what_is_said_of_an_own_passphrase_knows_the_inquiry(qtbot, light):
    choice = PassphraseChoice()
    qtbot.addWidget(choice)
    choice.set_context(["Northmoor Inquiry", "Chloe Ashdown"])
    choice._own.setChecked(True)
    choice._field.setText("Northmoor Inquiry Ashdown")
    assert choice.problem.startswith("Too easy to guess. It holds words of this inquiry.")
    assert choice._advice.text() == choice.problem


def test_a_choice_that_is_cleared_keeps_nothing(qtbot, light):
    choice = PassphraseChoice()
    qtbot.addWidget(choice)
    choice._own.setChecked(True)
    choice._field.setText("violet harbour ninety teaspoons")
    choice._again.setText("violet harbour ninety teaspoons")
    choice.clear()
    assert (choice._field.text(), choice._words.text(), choice._last) == ("", "", None)
    choice.draw()
    assert choice.passphrase == "", "other words must be written down anew"
    choice.written.setChecked(True)
    assert len(choice.passphrase.split()) == 6


def test_a_sentence_to_tick_breaks_where_room_ends_and_is_spoken_whole(qtbot):
    words = "I have read this, and the round shall be opened"
    tick = Tick(words)
    qtbot.addWidget(tick)
    tick.resize(tick.sizeHint())
    tick.show()
    assert tick.text() == words
    one_line = tick.sizeHint().height()
    tick.resize(160, tick.height())
    assert tick.text().replace("\n", " ") == words
    assert "\n" in tick.text()
    assert tick.sizeHint().height() > one_line
    assert tick.accessibleName() == words


def test_a_flow_can_stand_at_the_right(qtbot):
    part = QWidget()
    qtbot.addWidget(part)
    flow = Flow(part, space=6, end=True)
    made = [button("Correct..."), button("Withdraw...")]
    for each in made:
        flow.addWidget(each)
    part.resize(400, 40)
    part.show()
    assert made[1].geometry().right() == 399
    assert made[0].y() == made[1].y()
    part.resize(made[1].width() + 4, 100)
    flow.activate()
    assert made[1].y() > made[0].y()
