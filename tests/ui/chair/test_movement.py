"""Movement: what a later round and decisions moved, in the order of the panel, unpraised."""

from PySide6.QtWidgets import QPushButton

from reviewer.summary.consolidate import consolidate
from reviewer.summary.moves import moves
from tests.reviewer.summary.build import cell_panel
from tests.reviewer.summary.example import NAMES, example_panel
from tests.reviewer.summary.test_determined import decided
from tests.ui.chair.meeting_shots import rated_again
from ui.rooms.agreement.movement import MovementView
from ui.widgets.moves import PairedDots, PartsBar, TwoWayBar
from ui.widgets.text import Elided

WAIT = 20_000


def shown(qtbot, desk, panel):
    summary = consolidate(panel, resamples=1)
    view = MovementView(desk)
    qtbot.addWidget(view)
    view.resize(1366, 650)
    view.show()
    view.show_summary(summary)
    view.show_summary(summary)  # counted once
    qtbot.waitUntil(lambda: desk.idle, timeout=WAIT)
    qtbot.wait(1)
    return view, summary, moves(summary.panel, summary.cells, summary.factors)


def test_every_number_is_that_of_the_figures(qtbot, desk):
    view, summary, found = shown(qtbot, desk, rated_again())
    texts = view.texts
    whole = found.all
    assert f"{whole.given:,} ratings given again" in texts
    assert f"{whole.stood:,} stood" in texts
    assert f"{whole.towards:,} towards the median before" in texts
    assert f"{whole.away:,} away from it" in texts
    blank = whole.asked - whole.given
    assert f"of {whole.asked:,} asked for; {blank:,} left blank or not returned" in texts
    told = next(text for text in texts if "Reliability remains round 1's" in text)
    assert told.startswith(f"{found.asked:,} cells were asked for again, privately.")
    before = sum(one.open_before for one in found.factors)
    assert f"{before} \u2192 {len(summary.agenda)}" in texts
    assert len(view.findChildren(PairedDots)) == len(found.factors)
    (bar,) = view.findChildren(PartsBar)
    assert f"stood: {whole.stood:,}" in bar.accessibleName()


def test_who_did_not_return_is_named_with_the_round_that_stands_and_has_no_bar(qtbot, desk):
    view, summary, _ = shown(qtbot, desk, rated_again())
    assert "did not return: round 1 stands" in view.texts
    assert len(view.findChildren(TwoWayBar)) == len(summary.panel.members)  # ten, and all together
    names = [label.whole for label in view.findChildren(Elided) if label.whole in NAMES]
    assert names == list(NAMES)  # never by how far they moved


def test_with_one_round_only_what_was_determined_is_told(qtbot, desk):
    view, _, _ = shown(qtbot, desk, decided(example_panel(cases=2), value=3))
    assert not view.findChildren(TwoWayBar)  # nothing was given again
    assert any("1 cell is determined" in text for text in view.texts)


def test_before_a_later_round_and_a_decision_there_is_nothing_to_show(qtbot, desk):
    view, _, _ = shown(qtbot, desk, cell_panel("0044"))
    assert view._layers.currentWidget() is view._empty
    assert view.texts == []


def test_the_agenda_is_one_press_away(qtbot, desk):
    view, _, _ = shown(qtbot, desk, decided(cell_panel("0044", "0044"), value=3))
    assert any(text.startswith("No later round is released.") for text in view.texts)
    with qtbot.waitSignal(view.wants_agenda, timeout=WAIT):
        view.findChild(QPushButton).click()


def test_a_lock_lets_go_of_every_word(qtbot, desk):
    view, _, _ = shown(qtbot, desk, decided(cell_panel("0044"), value=3))
    assert view.texts
    view.forget()
    assert view.texts == []


def test_of_a_large_panel_nobody_is_listed(qtbot, desk):
    view, summary, _ = shown(qtbot, desk, rated_again(cases=2, members=41))
    assert len(summary.panel.members) == 41
    assert len(view.findChildren(TwoWayBar)) == 1
    assert "More than 40 panellists are not listed here." in view.texts
