"""Two pages side by side: where each stands, which is read, and what keys and the mouse mean."""

import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt

from tests.ui.read.steps import calm, open_document, open_reference
from ui.reader.page.layout import GAP, MARGIN, Fit, Layout, Settings
from ui.settings import TWO_PAGES

A4, WIDE = (595.0, 842.0), (842.0, 595.0)
WINDOW = QSizeF(1000, 700)


def laid(*sizes, fit=Fit.WIDTH, turns=None, zoom=1.0):
    return Layout(sizes, Settings(two=True, fit=fit, zoom=zoom, turns=turns or {}), WINDOW)


def test_pages_stand_in_twos_and_the_last_where_it_would_have_one_beside_it():
    layout = laid(A4, A4, A4)
    one, two, three = (layout.rect(page) for page in (1, 2, 3))
    assert one.top() == two.top() == MARGIN
    assert two.left() == one.right() + GAP
    assert three.left() == one.left()
    assert three.top() == one.bottom() + GAP
    assert two.right() <= WINDOW.width() - MARGIN + 1
    assert two.right() - one.left() > WINDOW.width() - 3 * MARGIN
    assert layout.height == three.bottom() + MARGIN


def test_both_of_a_row_are_in_sight_however_high_each_is():
    layout = laid(WIDE, A4, A4)
    short, tall = layout.rect(1), layout.rect(2)
    assert short.bottom() < tall.bottom()
    below = (short.bottom() + tall.bottom()) / 2
    assert layout.between(below, below + 1) == range(1, 3)
    assert layout.nearest(below) == 1
    assert layout.nearest(below, 2) == 2
    assert layout.nearest(tall.bottom() + GAP, 2) == 3


def test_the_page_under_a_point_is_the_one_nearest_in_its_row():
    layout = laid(A4, A4, A4)
    for page in (1, 2, 3):
        assert layout.at(layout.rect(page).center()) == page
    assert layout.at(QPointF(0, layout.rect(1).top() + 5)) == 1
    assert layout.at(QPointF(999, layout.rect(2).top() + 5)) == 2
    assert laid().at(QPointF(0, 0)) == laid().nearest(0) == 0


def test_a_whole_row_fits_the_window_and_turned_pages_count_as_they_lie():
    layout = laid(A4, A4, fit=Fit.PAGE)
    assert layout.rect(1).height() <= WINDOW.height() - 2 * MARGIN + 1
    turned = laid(A4, A4, turns={1: 90})
    assert turned.rect(1).width() > turned.rect(1).height()
    assert turned.rect(2).right() <= WINDOW.width()
    assert laid(A4, A4, fit=Fit.FREE, zoom=2.0).width > WINDOW.width()


@pytest.fixture
def call(qtbot, room):
    room.resize(1440, 900)
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    return room


def test_the_action_shows_two_and_they_stay_for_the_next_document(qtbot, call):
    view = call.reader.view
    view.set_zoom(1.5)
    call.commands["two-pages"]()
    assert [part.number for part in view.parts()][:2] == [1, 2]
    assert view.settings.fit is Fit.WIDTH, "what was free has to fit again"
    assert call.settings.get(TWO_PAGES)
    open_document(qtbot, call, "Photograph")
    assert view.settings.two
    call.commands["two-pages"]()
    assert not view.settings.two
    assert not call.settings.get(TWO_PAGES)


def test_arrows_go_page_by_page_and_what_is_picked_lies_on_the_page_under_the_mouse(qtbot, call):
    view = call.reader.view
    call.commands["two-pages"]()
    qtbot.waitUntil(lambda: view.characters(2) is not None)
    view.setFocus()
    view.go_to(1)
    for key, page in ((Qt.Key.Key_Right, 2), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2)):
        qtbot.keyClick(view, key)
        assert view.page == page
    view._on_scrolled()
    assert view.page == 2, "it stands in the row that is read"
    box = view.characters(2).boxes(0, 3)[0]
    place = view._layout.place(2, box).translated(-view.offset()).center().toPoint()
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.selection.page == 2
    call.reader.view.mark_asked.emit()
    calm(qtbot, call)
    assert [mark.page for mark in call.judging.material.marks] == [2]
