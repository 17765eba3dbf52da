"""How pages are looked at: zoomed to what is picked, under a band, with the lists away."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.read.steps import open_document, open_reference, select_with_mouse
from tests.ui.sample import panellist_casebook
from tests.ui.test_window import unlock
from tests.ui.waiting import calm as calm_window
from ui.reader.page.layout import Fit
from ui.reader.page.ruler import Ruler
from ui.rooms.read.room import ReadRoom
from ui.settings import NIGHT_PAGES, Settings
from ui.theme.paper import NIGHT, at_night, set_night

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def reading(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    return room


def test_what_is_picked_fills_the_window_and_stands_in_its_middle(qtbot, reading):
    view = reading.reader.view
    select_with_mouse(qtbot, reading, "Restrained by four officers and held")
    before = view.zoom
    reading.commands["fit-selection"]()
    rect, port = view.selection_rect(), view.viewport().rect()
    assert view.zoom > before * 1.3
    assert port.contains(rect)
    assert rect.width() > port.width() * 0.8 or view.zoom == pytest.approx(4.0)
    assert abs(rect.center().x() - port.center().x()) < 8
    assert abs(rect.center().y() - port.center().y()) < 8
    reading.commands["fit-page"]()
    assert view.settings.fit is Fit.PAGE


def test_a_word_is_not_drawn_larger_than_it_can_be_read(qtbot, reading):
    view = reading.reader.view
    start = view.characters(1).text.index("held")
    view.select(1, start, start + 1)
    reading.commands["fit-selection"]()
    assert view.zoom == pytest.approx(4.0)


def test_with_nothing_picked_it_is_said_how(reading):
    before = reading.reader.view.zoom
    reading.commands["fit-selection"]()
    assert reading.reader.foot.about.whole.startswith("Pick words or draw a box on the page")
    assert reading.reader.view.zoom == before


def test_the_band_follows_the_pointer_and_takes_no_press(qtbot, reading):
    view = reading.reader.view
    port = view.viewport()
    ruler = port.findChild(Ruler)
    assert ruler.isHidden()
    reading.commands["reading-band"]()
    assert ruler.isVisible()
    assert ruler.width() == port.width()
    qtbot.mouseMove(port, QPoint(200, 300))
    qtbot.waitUntil(lambda: abs(ruler.geometry().center().y() - 300) <= 1)
    qtbot.mouseMove(port, QPoint(200, 2))
    qtbot.waitUntil(lambda: ruler.geometry().top() == 0)
    where = ruler.geometry()
    view.verticalScrollBar().setValue(200)
    assert ruler.geometry() == where, "the page moves, the band stays"
    view.verticalScrollBar().setValue(0)
    select_with_mouse(qtbot, reading, "Restrained by four")
    assert view.selection.anchor.quote == "Restrained by four"
    picture = view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    band = ruler.geometry().center()
    inside = picture.pixelColor((QPointF(view.width() / 2, band.y()) * ratio).toPoint())
    assert inside != QColor("white")
    reading.resize(1200, 700)
    assert ruler.width() == view.viewport().width()
    reading.commands["reading-band"]()
    assert ruler.isHidden()


def test_lists_hide_and_the_focus_goes_to_the_pages(qtbot, reading):
    view, cases, sheet = reading.reader.view, reading.cases, reading._right
    told = []
    reading.tells.connect(told.append)
    cases.list.setFocus()
    wide = view.width()
    reading.commands["hide-cases"]()
    assert cases.isHidden()
    assert view.hasFocus()
    qtbot.waitUntil(lambda: view.width() > wide)
    reading.walking.to_work()
    reading.commands["hide-sheet"]()
    assert sheet.isHidden()
    assert view.hasFocus()
    assert told == [
        "The list of cases is hidden. F9 shows it again.",
        "The sheet is hidden. Shift+F9 shows it again.",
    ]
    qtbot.keyClick(view, Qt.Key.Key_F6)
    assert view.hasFocus(), "there is nowhere else to go"
    reading.commands["hide-cases"]()
    qtbot.keyClick(view, Qt.Key.Key_F6)
    assert cases.list.hasFocus()
    reading.commands["hide-cases"]()
    qtbot.keyClick(view, Qt.Key.Key_Slash)
    assert cases.isVisible()
    assert cases.filter.hasFocus()
    factor = reading.sheet.factor.code
    reading.arriving.go_to_factor(reading.judging.material.case.id, factor)
    assert sheet.isVisible(), "what needs the sheet shows it"


def test_band_and_list_are_on_this_computer_as_they_were_left(qtbot, reading, tmp_path):
    reading.commands["reading-band"]()
    reading.commands["hide-cases"]()
    made = ReadRoom(reading.desk, Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    assert made.cases.isHidden()
    assert made.reader.view.viewport().findChild(Ruler).isVisibleTo(made.reader.view)
    made.lists.turn_cases()
    assert made.cases.isVisible()
    made.renderer.close()


def test_where_nobody_rates_there_is_no_sheet_to_hide(qtbot, reading):
    told = []
    reading.tells.connect(told.append)
    reading.lists._rates = False
    reading.commands["hide-sheet"]()
    assert told == ["Nobody rates in this casebook, so it has no sheet."]
    assert reading._right.isVisible()


def test_the_foot_offers_them_and_asks_the_window(qtbot, reading):
    foot = reading.reader.foot
    foot._zoom_menu()
    menu = next(m for m in foot.findChildren(QMenu) if m.isVisible())
    asked = []
    foot.asked.connect(asked.append)
    for action in menu.actions():
        if "picked" in action.text() or "\tF" in action.text() or "Shift" in action.text():
            action.trigger()
    menu.close()
    assert asked == [
        "fit-selection",
        "outline",
        "night-pages",
        "reading-band",
        "hide-cases",
        "hide-sheet",
        "full-screen",
    ]


def test_the_window_s_keys_do_it_and_another_room_says_where(qtbot, window, tmp_path):
    unlock(qtbot, window, panellist_casebook(tmp_path))
    window.show_room("read")
    calm_window(qtbot, window)
    room = window.room
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert room.cases.isHidden()
    QTest.keyClick(window, Qt.Key.Key_F9, SHIFT)
    assert room._right.isHidden()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    window.show_room("all-cases")
    calm_window(qtbot, window)
    with qtbot.waitSignal(window.room.tells) as told:
        window.actions_.run("reading-band")
    assert told.args == ["That is done in Read, where the pages are."]
    window.actions_.run("forward")
    assert QApplication.focusWidget() is not None
    assert window._settings.geometry().isEmpty()
    window.actions_.run("full-screen")
    window.close()
    assert window._settings.geometry().isEmpty(), "it opens as a window the next time"


def test_a_page_that_another_room_asked_for_leads_back_to_it(qtbot, window, tmp_path):
    unlock(qtbot, window, panellist_casebook(tmp_path))
    window.show_room("read")
    calm_window(qtbot, window)
    read = window.room
    material = read.judging.material
    read.jumps.clear()
    window.show_room("all-cases")
    calm_window(qtbot, window)
    window._before = "all-cases"
    window.show_room("read")
    read.jumps.arrive()
    read._open(material.case.id, None)
    calm_window(qtbot, window)
    window.actions_.run("back")
    assert window.room is not read
    window.show_room("read")
    with qtbot.waitSignal(read.tells):
        window.actions_.run("back")
    with qtbot.waitSignal(read.tells) as told:
        window.actions_.run("forward")
    assert told.args == ["There is no page to go forward to."]


def test_dark_paper_is_taken_for_all_pages_and_kept_on_this_computer(qtbot, reading, tmp_path):
    view = reading.reader.view
    assert not at_night()
    try:
        reading.commands["night-pages"]()
        assert reading.settings.get(NIGHT_PAGES)
        qtbot.waitUntil(lambda: view._cache.get(view._bitmap(1)) is not None)
        image = view._cache.get(view._bitmap(1))
        assert image.pixelColor(5, 5).name() == NIGHT.lower()
        set_night(False)
        made = ReadRoom(reading.desk, Settings(tmp_path / "settings.ini"))
        qtbot.addWidget(made)
        assert at_night()
        made.renderer.close()
        reading.commands["night-pages"]()
        assert not at_night()
        assert not reading.settings.get(NIGHT_PAGES)
    finally:
        set_night(False)
