"""What the hands do on a page beside the plain way: keys, edges, cursors, the menu, going back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.reader.test_reader import build, drag, point_of
from ui.reader.page.layout import Fit
from ui.reader.shown import ShownMark

__all__ = ["build"]

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("key", "signal"),
    [(Qt.Key.Key_M, "mark_asked"), (Qt.Key.Key_N, "note_asked"), (Qt.Key.Key_E, "attach_asked")],
)
def test_a_letter_asks_for_what_it_means(qtbot, build, key, signal):
    view = build().view
    with qtbot.waitSignal(getattr(view, signal)):
        qtbot.keyClick(view, key)


def test_the_keys_turn_the_page_and_change_its_size(qtbot, build):
    view = build().view
    for key, page in (
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, 3),
        (Qt.Key.Key_Home, 1),
    ):
        qtbot.keyClick(view, key)
        assert view.page == page
    before = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > before
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(before, rel=0.2)
    qtbot.keyClick(view, Qt.Key.Key_9)
    assert view.settings.fit is Fit.PAGE
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.settings.fit is Fit.WIDTH


def test_shift_and_the_arrows_stretch_a_selection_forth_and_back(qtbot, build):
    view = build().view
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right, CONTROL | SHIFT)
    long = view.selection.anchor.quote
    qtbot.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert view.selection.anchor.quote == long[:-1]
    qtbot.keyClick(view, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert view.selection.anchor.quote.split() == long.split()[:-1]
    qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    below = view.selection.anchor.quote
    qtbot.keyClick(view, Qt.Key.Key_Up, SHIFT)
    assert len(view.selection.anchor.quote) < len(below)


def test_all_words_of_the_page_are_picked_and_their_copy_is_asked_for(qtbot, build):
    view = build().view
    view.go_to(2)
    qtbot.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert view.selection.page == 2
    assert view.selection.anchor.quote.endswith("eyes open.")
    with qtbot.waitSignal(view.copy_asked) as told:
        qtbot.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert told.args == [view.selection.anchor.quote]


def test_nothing_is_copied_where_nothing_is_picked(qtbot, build):
    view = build().view
    asked = []
    view.copy_asked.connect(asked.append)
    qtbot.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert not asked


def test_alt_draws_a_box_on_a_page_with_words_and_a_tiny_one_is_none(qtbot, build):
    view = build().view
    alt = Qt.KeyboardModifier.AltModifier
    drag(qtbot, view.viewport(), QPoint(200, 150), QPoint(420, 260), alt)
    assert view.selection.anchor.kind == "area"
    assert view.selection_rect() is not None
    drag(qtbot, view.viewport(), QPoint(200, 150), QPoint(201, 151), alt)
    assert view.selection is None


def test_whole_words_follow_the_mouse_after_a_double_click_both_ways(qtbot, build):
    reader = build()
    view, text = reader.view, reader.view.characters(1).text
    port = view.viewport()
    at = point_of(reader, 1, text.index("four") + 1)
    before = point_of(reader, 1, text.index("Restrained") + 2)
    after = point_of(reader, 1, text.index("officers and") + 3)
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(port, after)
    assert view.selection.anchor.quote == "four officers"
    qtbot.mouseMove(port, before)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=before)
    assert view.selection.anchor.quote == "Restrained by four"


def test_a_selection_that_reaches_an_edge_takes_the_page_along(qtbot, build):
    view = build().view
    view.set_zoom(2.5)
    view.verticalScrollBar().setValue(600)
    port = view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(port, QPoint(220, port.height() - 2))
    below = view.verticalScrollBar().value()
    assert below > 600
    qtbot.mouseMove(port, QPoint(220, 1))
    assert view.verticalScrollBar().value() < below
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(220, 1))


def test_the_cursor_says_what_a_press_would_do(qtbot, build):
    reader = build()
    view, port = reader.view, reader.view.viewport()
    text = view.characters(1)
    start = text.text.index("Restrained")
    mark = ShownMark(
        id="m1",
        page=1,
        boxes=text.boxes(start, start + 10),
        colour="#B5532A",
        attached=True,
        tip="Restraint: seven minutes",
    )
    reader.set_marks([mark])
    qtbot.mouseMove(port, point_of(reader, 1, start + 3))
    assert port.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert "Restraint: seven minutes" in port.toolTip()
    qtbot.mouseMove(port, point_of(reader, 1, text.text.index("frightened") + 2))
    assert port.cursor().shape() == Qt.CursorShape.IBeamCursor
    assert not port.toolTip()
    qtbot.mouseMove(port, QPoint(port.width() // 2, port.height() - 10))
    assert port.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_the_cursor_over_a_scan_is_a_cross(qtbot, build):
    view = build(words=False).view
    qtbot.mouseMove(view.viewport(), QPoint(400, 300))
    qtbot.mouseMove(view.viewport(), QPoint(402, 300))
    assert view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor


@pytest.mark.parametrize("picked", [True, False])
def test_the_menu_offers_what_can_be_done_with_what_is_picked(qtbot, build, picked):
    view = build().view
    if picked:
        view.select(1, 0, 14)
    at = QPoint(200, 150)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    menu = next(m for m in view.findChildren(QMenu) if m.isVisible())
    offered = {a.text().split("\t")[0]: a for a in menu.actions() if a.text()}
    copies = [
        "Copy the words", "Copy with citation", "Correct the reading...",
        "Add an event to the chronology...",
    ]  # fmt: skip
    ways = ["Back to where you were", "Forward again"]
    look = "Look at the page that is cited"
    marks = ["Mark", "Note", "Attach to the factor in focus"]
    assert list(offered) == [*marks, *copies, look, *ways]
    always = {look, *ways}
    assert {a.isEnabled() for name, a in offered.items() if name not in always} == {picked}
    with qtbot.waitSignal(view.peek_asked):
        offered[look].trigger()
    for name, by in zip(ways, (-1, 1), strict=True):
        with qtbot.waitSignal(view.step_asked) as told:
            offered[name].trigger()
        assert told.args == [by]
    if picked:
        with qtbot.waitSignal(view.copy_asked) as told:
            offered["Copy the words"].trigger()
        assert told.args == ["CUSTODY RECORD"]
    menu.close()


def test_where_nothing_may_be_marked_the_menu_only_copies(build):
    view = build().view
    view.marking = False
    at = QPoint(200, 150)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    menu = next(m for m in view.findChildren(QMenu) if m.isVisible())
    offered = [a.text().split("\t")[0] for a in menu.actions() if a.text()]
    copies = [
        "Copy the words", "Copy with citation", "Correct the reading...",
        "Add an event to the chronology...",
    ]  # fmt: skip
    ways = ["Look at the page that is cited", "Back to where you were", "Forward again"]
    assert offered == [*copies, *ways]
    menu.close()


def test_a_place_that_was_left_is_found_again(build):
    view = build().view
    view.set_zoom(1.8)
    view.go_to(2)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 300)
    place = view.place()
    view.set_fit(Fit.PAGE)
    view.go_to(1)
    view.go_back_to(place)
    assert view.page == place.page
    assert view.zoom == pytest.approx(1.8)
    assert view.place().offset == pytest.approx(place.offset, abs=0.02)
