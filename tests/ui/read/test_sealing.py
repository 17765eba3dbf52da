"""Before a seal: what goes is said first, no key pressed too often seals, and it can be undone."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ui.read.steps import calm, open_reference, ratings, seal_it, stored


def before_sealing(qtbot, room):
    room._show_left()
    calm(qtbot, room)
    qtbot.mouseClick(room.left.seal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(room.before.isVisible, timeout=10_000)
    calm(qtbot, room)
    return room.before


def rate(qtbot, room, reference, factor, key):
    open_reference(qtbot, room, reference)
    room.sheet.open_factor(factor)
    qtbot.keyClick(room.sheet.rows[factor], key)
    calm(qtbot, room)


def seal_and_wait(qtbot, room):
    room._show_left()
    calm(qtbot, room)
    seal_it(qtbot, room)
    qtbot.waitUntil(lambda: bool(room.desk.about.sealed), timeout=10_000)
    calm(qtbot, room)


def sealed_counts(book):
    """How many ratings and comments the newest seal put into the return, as it noted them."""
    counts = json.loads(book.journal.noted("seal")["1.1"]["counts"])
    return counts["ratings"], counts["comments"]


def test_a_mostly_blank_round_says_so_first_and_large(qtbot, room):
    rate(qtbot, room, "2010-07", "IND-FORCE", "1")
    page = before_sealing(qtbot, room)
    assert page.title.text() == "50 of 51 ratings are blank."
    assert page.title.property("level") == "title"
    assert "1 of 51 ratings, in 1 of 3 cases" in page.goes.text()
    assert "2 cases have no rating at all" in page.blanks.text()
    assert page.model.rowCount() == 3


def test_a_round_that_is_rated_is_not_called_blank(qtbot, room):
    for reference in ("2010-07", "2010-08"):
        open_reference(qtbot, room, reference)
        for factor in room.sheet.rows:
            room.sheet.open_factor(factor)
            qtbot.keyClick(room.sheet.rows[factor], "0")
    calm(qtbot, room)
    page = before_sealing(qtbot, room)
    assert page.title.text() == "Before you seal round 1"
    assert page.to_whom.accessibleName() == "What you would seal", "the chair sends it to nobody"
    assert "until you release" in page.means.text()
    assert "34 of 51 ratings, in 2 of 3 cases" in page.goes.text()
    assert "17 of 51 ratings, in 1 of 3 cases. 1 case has no rating" in page.blanks.text()


def test_no_key_acts_behind_the_page(qtbot, room):
    """What PgDown scrolls is the page itself; nothing that is not seen moves or changes."""
    open_reference(qtbot, room, "2010-07")
    room.resize(1024, 400)
    page = before_sealing(qtbot, room)
    bars = [part.verticalScrollBar() for part in (page._area, room.reader.view)]
    (here, behind), case = [bar.value() for bar in bars], room.judging.material.case
    middle, control = room._middle.currentWidget(), Qt.KeyboardModifier.ControlModifier
    for key, held in (
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_F, control),
        (Qt.Key.Key_F, control | Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_PageDown, control),
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(room.window().focusWidget(), key, held)
        calm(qtbot, room)
    assert bars[0].maximum() > 0
    assert bars[0].value() > here
    assert bars[1].value() == behind
    assert room.judging.material.case == case
    assert room._middle.currentWidget() is middle
    assert not room.reader.find_bar.isVisibleTo(room.reader)
    assert page.isAncestorOf(room.window().focusWidget())
    qtbot.keyClick(page.word, Qt.Key.Key_PageDown)
    qtbot.keyClick(page.word, Qt.Key.Key_PageUp)
    qtbot.keyClick(page.word, Qt.Key.Key_PageUp)
    assert bars[0].value() == here


def test_a_case_opened_from_another_room_is_not_behind_the_page(qtbot, room):
    page = before_sealing(qtbot, room)
    room.take_focus()
    assert page.back.hasFocus(), "what comes back to this room comes to the page"
    open_reference(qtbot, room, "2010-08")
    assert room.reader.isVisible() or room.empty.isVisible()
    assert not page.isVisible()


KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@pytest.mark.parametrize("key", KEYS)
def test_no_key_pressed_again_and_again_seals(qtbot, room, key):
    """L, then the same key without looking, wherever the focus goes."""
    open_reference(qtbot, room, "2010-07")
    qtbot.keyClick(room.sheet.rows[room.sheet.factor.code], "l")
    calm(qtbot, room)
    for _ in range(12):
        qtbot.keyClick(room.window().focusWidget() or room, key)
        calm(qtbot, room)
    assert not room.desk.about.sealed


def test_neither_enter_on_the_button_nor_a_wrong_word_seals(qtbot, room):
    page = before_sealing(qtbot, room)
    assert page.back.hasFocus()
    assert not page.seal.isEnabled()
    qtbot.keyClicks(page.word, "se al")
    assert not page.seal.isEnabled()
    page.word.clear()
    qtbot.keyClicks(page.word, " Seal")
    qtbot.keyClick(page.word, Qt.Key.Key_Return)
    assert page.seal.hasFocus()
    qtbot.keyClick(page.seal, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert not room.desk.about.sealed
    qtbot.keyClick(page.seal, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(room.desk.about.sealed), timeout=10_000)
    calm(qtbot, room)
    assert not page.isVisible()
    assert room.left.isVisible()


def test_the_word_is_asked_for_again_each_time(qtbot, room):
    page = before_sealing(qtbot, room)
    qtbot.keyClicks(page.word, "seal")
    qtbot.keyClick(page.word, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert room.left.isVisible()
    page = before_sealing(qtbot, room)
    assert page.word.text() == ""
    assert not page.seal.isEnabled()


def test_a_blank_case_opens_from_the_page(qtbot, room):
    page = before_sealing(qtbot, room)
    at = next(n for n in range(3) if page.model.item(n).text() == "2010-08")
    page.list.setCurrentIndex(page.model.index(at, 0))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert room.judging.material.case.reference == "2010-08"
    assert room.sheet.isVisible()


def test_what_is_said_to_go_is_what_goes(qtbot, room):
    rate(qtbot, room, "2010-07", "IND-FORCE", "1")
    rate(qtbot, room, "2010-08", "SYS-CALL", "u")
    room.sheet.body.comment.setPlainText("Nobody wrote it down.")
    room.settle()
    calm(qtbot, room)
    page = before_sealing(qtbot, room)
    said = page.goes.text().splitlines()
    qtbot.keyClick(page.word, Qt.Key.Key_Escape)
    seal_and_wait(qtbot, room)
    rated, comments = stored(qtbot, room, sealed_counts)
    assert (rated, comments) == (2, 1)
    assert said == [f"{rated} of 51 ratings, in 2 of 3 cases", f"{comments} comment"]


def test_a_sealed_round_is_opened_again_with_a_reason_and_sealed_anew(qtbot, room):
    rate(qtbot, room, "2010-07", "IND-FORCE", "1")
    seal_and_wait(qtbot, room)
    again = room.left.reopening
    assert again.isVisible()
    qtbot.mouseClick(again.open, Qt.MouseButton.LeftButton)
    qtbot.keyClick(again.reason, Qt.Key.Key_Return)
    assert again.problem.isVisible()
    assert room.desk.about.sealed
    qtbot.keyClicks(again.reason, "I sealed too early")
    qtbot.keyClick(again.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not room.desk.about.sealed, timeout=10_000)
    calm(qtbot, room)
    assert "open again" in room.left.problem.sentence
    room._show_sheet()
    rate(qtbot, room, "2010-07", "IND-FORCE", "0")
    assert ratings(qtbot, room)["IND-FORCE"].value == 0
    seal_and_wait(qtbot, room)
    assert stored(qtbot, room, lambda b: b.returns.own(1)).seq == 2


def test_the_button_on_what_is_left_seals_nothing(qtbot, room):
    room._show_left()
    calm(qtbot, room)
    words = [b.text() for b in room.left.findChildren(QPushButton) if b.isVisible()]
    assert not any(word.startswith("Seal") for word in words)


def test_sealing_makes_no_case_read_or_begun(qtbot, room):
    rate(qtbot, room, "2010-07", "IND-FORCE", "1")
    before = room.cases.foot.whole
    assert before.startswith("1 of 3 begun")
    seal_and_wait(qtbot, room)
    assert room.cases.foot.whole == before
