"""The cross of the window asks before it throws away what was begun, as Escape does."""

import pytest
from PySide6.QtWidgets import QMessageBox

from reviewer.casebook.book import Casebook
from tests.books import PASSPHRASE
from tests.ui.test_unsent import chairs, issuing, settled
from ui.widgets.filled import ASKS, ASKS_AT_THE_END, GO_ON, THROW_AWAY

WAIT = 10_000


def boxes(window):
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def answer(window, words):
    (box,) = boxes(window)
    next(one for one in box.buttons() if one.text() == words).click()


def filled_form(qtbot, window, tmp_path):
    chairs(qtbot, window, tmp_path)
    form = issuing(qtbot, window)
    qtbot.keyClicks(form._names, "E. Fourth")
    return form


def test_the_cross_asks_the_question_of_escape_by_the_name_of_the_form(qtbot, window, tmp_path):
    filled_form(qtbot, window, tmp_path)
    assert not window.close()
    (box,) = boxes(window)
    assert box.text().replace("\u200b", "") == ASKS_AT_THE_END.format(
        names="the form \u201cIssue casebooks\u201d"
    )
    assert ASKS.split(". ", 1)[1] == ASKS_AT_THE_END.split(". ", 1)[1], "one question"
    assert box.defaultButton() is box.escapeButton()
    assert box.defaultButton().text() == GO_ON
    assert not window.close()
    assert boxes(window) == [box], "asked once"
    assert window.desk.about is not None, "nothing is locked while it asks"


def test_who_goes_on_finds_all_as_it_was_and_is_asked_again(qtbot, window, tmp_path):
    form = filled_form(qtbot, window, tmp_path)
    assert not window.close()
    answer(window, GO_ON)
    qtbot.waitUntil(lambda: not boxes(window), timeout=WAIT)
    assert form.isVisible()
    assert form._names.toPlainText().endswith("E. Fourth")
    assert not window.close()
    answer(window, THROW_AWAY)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    assert window.desk.about is None


def test_a_form_in_a_room_behind_is_asked_about_and_comes_to_the_front(qtbot, window, tmp_path):
    form = filled_form(qtbot, window, tmp_path)
    window.show_room("cases")
    settled(qtbot, window)
    assert not window.close()
    answer(window, GO_ON)
    qtbot.waitUntil(form.isVisible, timeout=WAIT)


def test_a_reason_typed_for_a_document_is_asked_about(qtbot, window, tmp_path):
    room = chairs(qtbot, window, tmp_path)
    qtbot.waitUntil(lambda: room.detail.shown is not None, timeout=WAIT)
    room.detail.choose(0)
    room.detail.acts._begin_withdrawing()
    qtbot.keyClicks(room.detail.acts._why, "it shows a child")
    assert not window.close()


@pytest.mark.parametrize("form", [True, False], ids=("form", "no form"))
def test_where_nothing_was_filled_in_the_window_closes_at_once(qtbot, window, tmp_path, form):
    chairs(qtbot, window, tmp_path)
    if form:
        issuing(qtbot, window)
    assert window.close()
    assert not window.isVisible()


def test_a_lock_needs_no_answer_and_takes_the_question_with_it(qtbot, window, tmp_path):
    filled_form(qtbot, window, tmp_path)
    path = window.desk.path
    assert not window.close()
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.desk.lock()
    assert not boxes(window)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    settled(qtbot, window)
    form = issuing(qtbot, window)
    qtbot.keyClicks(form._names, "E. Fourth")
    assert not window.close()
    assert boxes(window), "and asks again"


def test_a_list_of_verdicts_that_cannot_be_put_away_holds_no_window_open(qtbot, window, tmp_path):
    chairs(qtbot, window, tmp_path)
    window.show_room("merge")
    settled(qtbot, window)
    window.room._told.setCurrentWidget(window.room._verdicts)
    assert window.room.unfinished
    assert window.close()


def test_words_of_a_list_that_can_be_kept_are_kept_and_not_asked_about(qtbot, window, tmp_path):
    chairs(qtbot, window, tmp_path)
    path = window.desk.path
    window.show_room("read")
    settled(qtbot, window)
    page = window.room.word_lists.page

    def typed(words):
        page.name.setText("Falls")
        page.name.setModified(True)
        page.words.setPlainText(words)
        page.words.document().setModified(True)

    typed("...")
    assert not window.close()
    assert "words of a list" in boxes(window)[0].text()
    answer(window, GO_ON)
    qtbot.waitUntil(lambda: not boxes(window), timeout=WAIT)
    typed("stairs")
    assert window.close()
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.terms.named("Falls").terms == ("stairs",)
