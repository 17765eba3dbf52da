"""The agenda of a meeting: settled and reopened by keys alone, by the casebook's rules."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewer.records.determinations import Ruling
from reviewer.rounds.determining import ToDecide, determine, put
from tests.books import PASSPHRASE
from tests.ui.chair.meeting_shots import REASON, decided_panel
from tests.ui.chair.panel import NAMES, released_panel
from ui.desk.consolidated import Consolidated
from ui.rooms.agreement.meeting.form import Draft
from ui.rooms.agreement.room import AGENDA, MAP, MOVEMENT, AgreementRoom
from ui.widgets.filled import unsent_in

WAIT = 20_000
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def agenda(qtbot, tmp_path, enter):
    """The agenda of a released panel of four cases, all apart on the second factor."""
    return opened(enter, qtbot, released_panel(tmp_path))


def opened(enter, qtbot, path):
    room = enter(AgreementRoom, path)
    qtbot.waitUntil(lambda: room.map.cells.summary is not None, timeout=WAIT)
    room.window().activateWindow()
    room.show_view(AGENDA)
    return room


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key wherever the focus is, as a person does."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def write(qtbot, words):
    qtbot.keyClicks(QApplication.focusWidget(), words)


def at_rest(qtbot, room):
    made = Consolidated.of(room.desk)
    qtbot.waitUntil(
        lambda: room.desk.idle and not made.recounts and made.job is None, timeout=WAIT
    )


def kept(room, qtbot):
    got = []
    room.desk.ask(lambda book: book.determinations.all()).succeeded(got.append).run()
    qtbot.waitUntil(lambda: bool(got), timeout=WAIT)
    return [one for history in got[0].values() for one in history]


def test_a_dozen_cells_are_settled_by_keys_alone(qtbot, tmp_path, enter):
    room = opened(enter, qtbot, released_panel(tmp_path, cases=12))
    view = room.agenda
    assert view.count.text() == "12 cells"
    order = [view._sitting.cell(place) for place in view._sitting.places]
    assert QApplication.focusWidget() is view.list
    for number in range(12):
        press(qtbot, [Qt.Key.Key_3, Qt.Key.Key_L, Qt.Key.Key_A, Qt.Key.Key_R][number % 4])
        press(qtbot, Qt.Key.Key_Return)  # on to the reason
        assert QApplication.focusWidget() is view.form.reason
        write(qtbot, f"Because {number}")
        press(qtbot, Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: view.form.reason.toPlainText() == "", timeout=WAIT)
        qtbot.waitUntil(lambda: not view._busy, timeout=WAIT)
    at_rest(qtbot, room)
    made = kept(room, qtbot)
    assert len(made) == 12
    summary = room.map.cells.summary
    ids = [case.id for case in summary.panel.cases]
    by_case = {one.case: one for one in made}
    for number, cell in enumerate(order):
        one = by_case[ids[cell.case]]
        what = [Ruling.POINT, Ruling.MEDIAN, Ruling.NOT_ASSESSABLE, Ruling.NOT_RELEVANT]
        assert (one.what, one.reason) == (what[number % 4], f"Because {number}")
    assert (summary.kinds["determined"], summary.agenda) == (12, ())
    assert "12 of 12 settled here, 0 to go" in view.progress.text()
    assert [row.state for row in view._model.rows] == ["\u2713"] * 12  # none moved away


def test_the_wall_tells_the_spread_the_reasons_and_why_without_names(agenda):
    page = agenda.agenda.page
    shown = page.text + " ".join(
        label.text() for label in page.findChildren(type(page._why)) if label.text()
    )
    assert "On the agenda: Disagreement." in shown
    assert "In force: 0, the median of 5 scores; nothing was determined." in shown
    assert "Custody record p.1 (cited by 5)" in shown
    assert "Clear." in shown
    assert "3 of 5" in shown
    assert not any(name in shown for name in NAMES)


def test_what_is_lacking_is_said_and_nothing_is_kept(agenda, qtbot):
    view = agenda.agenda
    view.settle()
    assert view.form.problem.sentence.startswith("Choose first what is decided")
    press(qtbot, Qt.Key.Key_2)
    view.settle()
    qtbot.waitUntil(lambda: "Give the reason" in view.form.problem.sentence, timeout=WAIT)
    assert kept(agenda, qtbot) == []
    assert view.form.choice.current.value == 2  # what was chosen stays


def test_dissent_is_kept_with_a_name_only_where_it_is_wished(agenda, qtbot):
    view = agenda.agenda
    press(qtbot, Qt.Key.Key_4)
    view.form.reason.setPlainText("Talked over.")
    view.form.add_dissent()
    view.form.add_dissent()
    named, unnamed = view.form._rows
    named._who.setCurrentIndex(named._who.findData(NAMES[1]))
    named._instead.setCurrentIndex(named._instead.findData("0"))
    named._words.setText("It was brief.")
    unnamed._words.setText("Nobody asked.")
    view.settle()
    at_rest(qtbot, agenda)
    (one,) = kept(agenda, qtbot)
    assert [(part.name, part.instead, part.words) for part in one.dissents] == [
        (NAMES[1], "0", "It was brief."),
        ("", "", "Nobody asked."),
    ]
    assert view.form._rows == []  # the next cell begins empty


def test_a_dissent_without_words_is_refused_by_the_casebook(agenda, qtbot):
    view = agenda.agenda
    press(qtbot, Qt.Key.Key_4)
    view.form.reason.setPlainText("Talked over.")
    view.form.add_dissent()
    view.settle()
    qtbot.waitUntil(lambda: "own words" in view.form.problem.sentence, timeout=WAIT)
    view.form._rows[0]._remove.click()
    view.settle()
    at_rest(qtbot, agenda)
    assert len(kept(agenda, qtbot)) == 1


def test_undo_asks_why_it_is_reopened_and_all_of_it_stays_told(agenda, qtbot):
    view = agenda.agenda
    assert not agenda.step_back()  # nothing was settled here: a step like any other's
    first = view._current
    press(qtbot, Qt.Key.Key_3)
    view.form.reason.setPlainText("So.")
    view.settle()
    at_rest(qtbot, agenda)
    assert view._current != first
    assert agenda.step_back()
    assert view._current == first
    assert view.form.settle.text() == "Reopen"
    assert QApplication.focusWidget() is view.form.reason
    write(qtbot, "The video came.")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    at_rest(qtbot, agenda)
    assert [one.what for one in kept(agenda, qtbot)] == [Ruling.POINT, Ruling.REOPENED]
    cell = view._sitting.cell(first)
    assert "reopened" in cell.flags
    assert Ruling.POINT in {one.what for one in view.form.choice.offered}
    shown = " ".join(label.text() for label in view.page.findChildren(type(view.page._why)))
    assert "So." in shown
    assert "The video came." in shown


def test_what_is_half_typed_stays_with_its_cell_and_is_named_by_a_lock(agenda, qtbot):
    view = agenda.agenda
    first = view._current
    press(qtbot, Qt.Key.Key_3)
    view.form.reason.setPlainText("Half a rea")
    assert unsent_in(agenda) == ["a decision that was begun and not settled"]
    view.list.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert view._current != first
    assert view.form.draft.reason == ""
    assert [bool(row.signs) for row in view._model.rows][:2] == [True, False]
    agenda.show_view(MAP)
    assert unsent_in(agenda)  # also behind the map
    agenda.show_view(AGENDA)
    view._show(first)
    assert (view.form.draft.reason, view.form.draft.chosen.value) == ("Half a rea", 3)
    agenda.desk.lock()
    assert unsent_in(agenda) == []
    qtbot.waitUntil(lambda: agenda.desk.idle, timeout=WAIT)


def test_what_stands_can_only_be_reopened_until_something_came(qtbot, tmp_path, enter):
    room = opened(enter, qtbot, decided_panel(tmp_path))
    view = room.agenda
    room.show_view(MAP)
    cell = next(one for one in room.map.cells.summary.cells if one.determined)
    room.map.setCurrentIndex(room.map.cells.index_of(cell))
    room.map.setFocus()
    press(qtbot, Qt.Key.Key_D)
    assert room.bar.current == AGENDA
    assert {one.what for one in view.form.choice.offered} == {Ruling.REOPENED}
    view.settle()
    assert view.form.problem.sentence.startswith("Choose Reopen first")
    assert f"In force: 3, as the panel determined. {REASON}" in view.page.text
    shown = [label.text() for label in view.page.findChildren(type(view.page._why))]
    assert any("would have said 4" in words and "Nobody asked him." in words for words in shown)
    assert view._sitting.places[0].factor == room.map.cells.summary.panel.framework.codes[1]


def test_a_cell_that_another_window_decided_is_refused_and_told(agenda, qtbot):
    """The casebook's rule, not the form's: it was decided between the look and the key."""
    view = agenda.agenda
    summary = agenda.map.cells.summary
    reference = summary.panel.cases[view.current.case].reference
    factor = summary.panel.framework.codes[view.current.factor]
    press(qtbot, Qt.Key.Key_3)
    view.form.reason.setPlainText("So.")
    done = []
    job = agenda.desk.ask(
        lambda book: determine(
            book, reference, factor, ToDecide(what=Ruling.MEDIAN, reason="Before you.")
        )
    )
    job.succeeded(done.append).run()
    view.settle()
    qtbot.waitUntil(lambda: "Reopen it first" in view.form.problem.sentence, timeout=WAIT)
    assert view.form.draft.reason == "So."


def test_why_narrows_the_list_and_put_off_comes_last(agenda, qtbot):
    view = agenda.agenda
    first = view._current
    press(qtbot, Qt.Key.Key_P)
    assert view._sitting.places[-1] == first
    assert view._current != first
    assert view._model.rows[-1].state == "put off"
    assert [view.why.itemText(at) for at in range(view.why.count())] == [
        "Every reason (4)",
        "Disagreement (4)",
    ]
    view.why.setCurrentIndex(1)
    assert len(view._model.rows) == 4


def test_the_ratings_with_names_are_one_key_away_and_lead_back(agenda, qtbot):
    press(qtbot, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: agenda._front.currentWidget() is agenda.ground, timeout=WAIT)
    press(qtbot, Qt.Key.Key_Escape)
    assert agenda._front.currentWidget() is agenda.agenda
    assert QApplication.focusWidget() is agenda.agenda.list


def test_an_agenda_with_nothing_on_it_says_so_and_claims_no_agreement(qtbot, tmp_path, enter):
    room = opened(enter, qtbot, released_panel(tmp_path, names=NAMES[:1]))
    assert "That does not mean that the panel agrees" in room.agenda._empty._words.text()
    assert room.agenda._layers.currentIndex() == 1
    room.agenda.settle()
    room.agenda.put_off()
    assert kept(room, qtbot) == []


def test_agreement_is_not_drawn_again_for_a_decision(agenda, qtbot, monkeypatch):
    known = agenda.map.cells.summary.agreement
    monkeypatch.setattr("reviewer.summary.consolidate.agreement_of", lambda *_a, **_k: 1 / 0)
    press(qtbot, Qt.Key.Key_3)
    agenda.agenda.form.reason.setPlainText("So.")
    agenda.agenda.settle()
    assert agenda._layers.currentWidget() is agenda.page  # never a waiting page in between
    at_rest(qtbot, agenda)
    summary = agenda.map.cells.summary
    assert summary.kinds["determined"] == 1
    assert summary.agreement is known


def test_the_map_keeps_its_rows_and_the_chosen_cell_over_a_decision(agenda, qtbot):
    agenda.map.setCurrentIndex(agenda.map.cells.index(2, 3))
    chosen = agenda.map.current
    heads = [agenda.map.cells.headerData(row, Qt.Orientation.Vertical) for row in range(4)]
    press(qtbot, Qt.Key.Key_3)
    agenda.agenda.form.reason.setPlainText("So.")
    agenda.agenda.settle()
    at_rest(qtbot, agenda)
    now = [agenda.map.cells.headerData(row, Qt.Orientation.Vertical) for row in range(4)]
    assert now == heads
    assert (agenda.map.current.case, agenda.map.current.factor) == (chosen.case, chosen.factor)


def test_the_actions_lead_to_the_agenda_from_anywhere_in_the_room(qtbot, window, tmp_path):
    path = released_panel(tmp_path)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room("cases")
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    window.actions_.run("agenda")  # told where it is done
    window.show_room("agreement")
    qtbot.waitUntil(lambda: window.room.map.cells.summary is not None, timeout=WAIT)
    window.actions_.run("determine")
    assert window.room.bar.current == AGENDA
    window.actions_.run("settle")
    assert window.room.agenda.form.problem.sentence
    window.actions_.run("map")
    assert window.room.bar.current == MAP
    assert ("Ctrl+Shift+A", "Agreement: the agenda, worst first") in window.actions_.keys


def test_ctrl_tab_goes_from_view_to_view(agenda, qtbot):
    press(qtbot, Qt.Key.Key_Tab, CONTROL)
    assert agenda.bar.current == MOVEMENT
    qtbot.waitUntil(lambda: agenda.desk.idle, timeout=WAIT)
    assert agenda._front.currentWidget() is agenda.movement
    agenda.take_focus()
    press(qtbot, Qt.Key.Key_Tab, CONTROL)
    assert agenda.bar.current == MAP
    agenda.take_focus()
    assert QApplication.focusWidget() is agenda.map


def test_a_decision_is_shown_in_the_movement_that_is_in_front(agenda, qtbot):
    agenda.show_view(MOVEMENT)
    qtbot.waitUntil(lambda: agenda.desk.idle, timeout=WAIT)
    assert agenda.movement.texts == []
    summary = agenda.map.cells.summary
    wanted = ToDecide(what=Ruling.MEDIAN, reason="Talked over.")
    factor = summary.panel.framework.codes[1]
    reference = summary.panel.cases[0].reference
    agenda.desk.do(lambda book: put(book, reference, factor, wanted)).run()
    qtbot.waitUntil(lambda: bool(agenda.movement.texts), timeout=WAIT)
    assert any("1 cell is determined." in text for text in agenda.movement.texts)


def test_a_cell_that_nobody_was_asked_offers_no_form(agenda):
    view = agenda.agenda
    view.form.show_draft(Draft(), frozenset(), None, [])
    assert view.form.isHidden()
    view.settle()
    assert view.form.problem.sentence == ""
