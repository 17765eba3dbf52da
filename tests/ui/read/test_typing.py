"""Letters on a row: one is an act, several are words, and nothing acts where the focus is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from reviewer.records.judgement import Confidence, Reason
from tests.ui.read.steps import calm, open_reference, ratings, stored
from ui.rooms.read.sheet.typing import PAUSE, Kind, Run, Took

D, R, C, E, L, O = (  # noqa: E741 - as in the table of what follows what
    Kind.DIGIT, Kind.REASON, Kind.CONFIDENCE, Kind.ATTACH, Kind.LEFT, Kind.OTHER,
)  # fmt: skip
WORDS = (
    "missing", "more", "recorded", "room", "rough", "unclear", "under", "over", "occurred", "call",
    "custody", "could", "x-ray", "every", "evidence", "later", "left", "the sister was told",
    "moor", "murmur", "He was restrained at 22:06 for 7 minutes", "2 officers", "4 men",
    "Record 3 is gone",
)  # fmt: skip


@pytest.fixture
def sheet(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("SYS-CALL")
    return room.sheet


def row(sheet):
    return sheet.rows[sheet.factor.code]


@pytest.mark.parametrize(
    ("kinds", "took"),
    [
        ((D, C, C), (Took.FIRST, Took.ACTS, Took.ACTS)),
        ((D, D, E), (Took.FIRST, Took.ACTS, Took.ACTS)),
        ((R, C), (Took.FIRST, Took.ACTS)),
        ((R, R, D), (Took.FIRST, Took.WORDS, Took.NOTHING)),
        ((C, R), (Took.FIRST, Took.WORDS)),
        ((O, D, R), (Took.NOTHING, Took.WORDS, Took.NOTHING)),
        ((L, O), (Took.FIRST, Took.WORDS)),
    ],
)
def test_what_may_follow_what(kinds, took):
    run = Run()
    assert tuple(run.take(kind, 10 + n * 0.2) for n, kind in enumerate(kinds)) == took


def test_after_a_pause_a_letter_is_an_act_again():
    run = Run()
    assert run.take(R, 10) is Took.FIRST
    assert run.take(R, 10 + PAUSE + 0.01) is Took.FIRST
    assert run.take(R, 10.9) is Took.WORDS
    assert run.take(D, 11.0) is Took.NOTHING
    run.end()
    assert run.take(D, 11.1) is Took.FIRST


@pytest.mark.parametrize("words", WORDS)
def test_words_typed_on_a_row_rate_nothing_and_name_no_record(qtbot, room, sheet, words):
    with qtbot.waitSignal(room.tells) as told:
        qtbot.keyClicks(row(sheet), words)
    calm(qtbot, room)
    assert ratings(qtbot, room) == {}
    assert sheet.isVisible()
    assert not sheet.body.record.isVisible()
    assert "Those were words" in told.args[0]
    assert row(sheet).hasFocus()


def test_words_leave_the_rating_that_stood_there(qtbot, room, sheet):
    for key in ("3", "c"):
        qtbot.keyClick(row(sheet), key)
    calm(qtbot, room)
    sheet._run.end()
    qtbot.keyClicks(row(sheet), "2 calls were made")
    calm(qtbot, room)
    rating = ratings(qtbot, room)["SYS-CALL"]
    assert (rating.value, rating.confidence, rating.reason) == (3, Confidence.LOW, None)


@pytest.mark.parametrize("words", ["the sister was told", "2 calls were made", "room"])
def test_words_after_a_pause_take_no_earlier_rating_back(qtbot, room, sheet, words):
    qtbot.keyClick(row(sheet), "3")
    calm(qtbot, room)
    sheet._run._at -= PAUSE  # as after a pause, on either clock
    sheet._run._at -= PAUSE
    qtbot.keyClicks(row(sheet), words)
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].value == 3


def test_each_key_is_undone_by_one_key(qtbot, room, sheet):
    for key in ("3", "c", "c"):
        qtbot.keyClick(row(sheet), key)
    calm(qtbot, room)
    seen = []
    for _ in range(3):
        room.desk.do(lambda book: book.undo()).run()
        calm(qtbot, room)
        rating = ratings(qtbot, room).get("SYS-CALL")
        seen.append((rating.value, rating.confidence) if rating else None)
    assert seen == [(3, Confidence.LOW), (3, None), None]


def test_a_key_is_stored_by_itself_soon(qtbot, room, sheet):
    with qtbot.waitSignal(sheet.rating_edited, timeout=2_000):
        qtbot.keyClick(row(sheet), "4")


def test_a_key_held_down_acts_once(qtbot, room, sheet):

    for repeated in (False, True, True):
        press = QKeyEvent(
            QKeyEvent.Type.KeyPress, Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier, "c", repeated
        )
        QApplication.sendEvent(row(sheet), press)
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].confidence is Confidence.LOW


@pytest.mark.parametrize("key", ["m", "3", "c", "e", "l", Qt.Key.Key_Delete, Qt.Key.Key_Return])
def test_letters_act_only_where_the_focus_is_seen(qtbot, room, sheet, key):
    qtbot.keyClick(row(sheet), "1")
    calm(qtbot, room)
    chip = sheet.body._levels[Confidence.HIGH]
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    qtbot.keyClick(chip, key)
    calm(qtbot, room)
    rating = ratings(qtbot, room)["SYS-CALL"]
    assert (rating.value, rating.reason, rating.record) == (1, None, "")
    assert sheet.isVisible()
    assert chip.hasFocus()


def test_on_the_scale_itself_digits_and_letters_act(qtbot, room, sheet):
    point = sheet.body.scale._points[0]
    point.setFocus()
    qtbot.waitUntil(point.hasFocus)
    qtbot.keyClick(point, "u")
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].reason is Reason.UNCLEAR


@pytest.mark.parametrize("key", ["u", "2", Qt.Key.Key_Delete])
def test_the_record_s_name_goes_when_the_reason_changes(qtbot, room, sheet, key):
    qtbot.keyClick(row(sheet), "m")
    qtbot.keyClick(row(sheet), Qt.Key.Key_Return)
    qtbot.keyClicks(sheet.body.record, "CAD log")
    qtbot.keyClick(sheet.body.record, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].record == "CAD log"
    sheet.take_focus()
    qtbot.keyClick(row(sheet), key)
    calm(qtbot, room)
    held = ratings(qtbot, room).get("SYS-CALL")
    assert held is None or held.record == ""
    sheet._run.end()
    qtbot.keyClick(row(sheet), "m")
    calm(qtbot, room)
    assert sheet.body.record.text() == ""
    assert ratings(qtbot, room)["SYS-CALL"].record == ""


def test_no_record_is_kept_beside_another_reason(qtbot, room, sheet):
    """The casebook holds to it, wherever a rating comes from."""

    def put(book):
        about = book.about
        case = book.cases.by_reference("2010-07").id
        rating = sheet._rating("SYS-CALL")
        made = type(rating)(factor="SYS-CALL", reason=Reason.UNCLEAR, record="CAD log")
        book.ratings.put(about.member, case, 1, made)
        return book.ratings.of(about.member, case, 1)["SYS-CALL"].record or "none"

    assert stored(qtbot, room, put) == "none"


def test_what_a_key_did_goes_to_the_case_it_was_pressed_in(qtbot, room, sheet):
    qtbot.keyClick(row(sheet), "4")
    open_reference(qtbot, room, "2010-08")
    assert ratings(qtbot, room, "2010-07")["SYS-CALL"].value == 4
    assert ratings(qtbot, room, "2010-08") == {}


def test_escape_in_a_part_of_the_row_leads_to_the_row_and_its_ring_follows(qtbot, room, sheet):
    sheet.take_focus()
    qtbot.keyClick(row(sheet), "m")
    calm(qtbot, room)
    sheet.body.write()
    for part in (sheet.body.record, next(iter(sheet.body._levels.values()))):
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is row(sheet)
    sheet.body.record.setFocus()
    painted = row(sheet).grab().toImage()
    room.reader.view.setFocus()
    assert row(sheet).grab().toImage() != painted
    sheet.take_focus()
    qtbot.keyClick(row(sheet), Qt.Key.Key_Escape)
    reader = room.reader
    pages = reader.cover.show_button if reader.covered else reader.view
    assert QApplication.focusWidget() is pages


def test_the_sentence_about_words_names_the_field_that_enter_goes_to(qtbot, room, sheet):
    told = []
    sheet.said.connect(told.append)
    sheet.take_focus()
    qtbot.keyClicks(row(sheet), "custody")
    sheet._run.end()
    qtbot.keyClick(row(sheet), "m")
    calm(qtbot, room)
    sheet._run.end()
    qtbot.keyClicks(row(sheet), "custody")
    assert [one.rsplit(" in the ", 1)[1] for one in told] == ["comment.", "name of the record."]
