"""The reader as a person uses it: mouse, keys, find, cover, zoom."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from reviewer.pagetext.find import find
from tests.ui.reader.pages import Engine, make_pdf, page_text
from ui.reader.page.layout import Fit
from ui.reader.page.renderer import Renderer
from ui.reader.reader import Reader
from ui.reader.shown import Found, Shown, ShownMark

SIZES = ((595.0, 842.0),) * 3


class Desk:
    """Stands where the room stands: answers the reader from the PDF itself."""

    def __init__(self, reader, pdf):
        self.reader, self.pdf = reader, pdf
        reader.text_wanted.connect(lambda key, n: reader.set_text(key, page_text(pdf, n)))
        reader.find_wanted.connect(self.find)

    def find(self, key, words):
        found = [
            Found(page=n, start=a, end=b)
            for n in range(1, 4)
            for a, b in find(page_text(self.pdf, n).text, words)
        ]
        self.reader.set_found(key, found)


@pytest.fixture
def build(qtbot):
    made = []

    def make(*, words=True, covered=False, note=""):
        renderer = Renderer(Engine)
        reader = Reader(renderer)
        qtbot.addWidget(reader)
        reader.resize(900, 700)
        pdf = make_pdf(3, words=words)
        reader.desk = Desk(reader, pdf)
        renderer.open("d", pdf)
        made.append(renderer)
        with qtbot.waitExposed(reader):
            reader.show()
        shown = Shown(key="d", title="Custody record", sizes=SIZES, note=note)
        if covered:
            reader.open(shown, covered=True)
            return reader
        reader.open(shown)
        # Not waitSignal: pages that the thread draws after the first would still be on their way
        # to a blocker that is gone.
        qtbot.waitUntil(lambda: len(reader.view._cache) > 0)
        return reader

    yield make
    for renderer in made:
        renderer.close()


def point_of(reader, page, offset):
    view = reader.view
    box = view.characters(page).boxes(offset, offset + 1)[0]
    rect = view._layout.place(page, box).translated(-view.offset())
    return QPoint(round(rect.left() + 1), round(rect.center().y()))


def drag(qtbot, widget, start, end, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, modifier, start)
    qtbot.mouseMove(widget, (start + end) / 2)
    qtbot.mouseMove(widget, end)
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, modifier, end)


def test_words_are_selected_with_the_mouse_and_the_bar_offers_what_can_be_done(qtbot, build):
    reader = build()
    text = reader.view.characters(1).text
    start, end = text.index("Restrained"), text.index(" and held")
    drag(qtbot, reader.view.viewport(), point_of(reader, 1, start), point_of(reader, 1, end))
    assert reader.view.selection.anchor.quote == "Restrained by four officers"
    assert reader.bar.isVisible()
    reader.set_factor("Use of force and restraint")
    assert reader.bar.attach.text() == "Attach to Use of force and restraint"
    with qtbot.waitSignal(reader.view.attach_asked):
        qtbot.keyClick(reader.view, Qt.Key.Key_E)
    with qtbot.waitSignal(reader.view.mark_asked):
        qtbot.mouseClick(reader.bar.mark, Qt.MouseButton.LeftButton)


def test_a_double_click_takes_the_word_a_third_click_the_line(qtbot, build):
    reader = build()
    view = reader.view
    at = point_of(reader, 1, view.characters(1).text.index("frightened") + 3)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.selection.anchor.quote == "frightened"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.selection.anchor.quote.startswith("Appeared frightened, answering")


def test_the_selection_stays_while_scrolling_zooming_and_marking(qtbot, build):
    reader = build()
    reader.view.select(1, 0, 14)
    reader.view.set_zoom(1.7)
    reader.view.verticalScrollBar().setValue(900)
    reader.view.set_marks([])
    assert reader.view.selection.anchor.quote == "CUSTODY RECORD"


def test_words_are_selected_with_the_keyboard_alone(qtbot, build):
    reader = build()
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        qtbot.keyClick(reader.view, Qt.Key.Key_Right, control_shift)
    assert reader.view.selection.anchor.quote == "CUSTODY RECORD,"
    qtbot.keyClick(reader.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert "21:47" in reader.view.selection.anchor.quote
    qtbot.keyClick(reader.view, Qt.Key.Key_Escape)
    assert reader.view.selection is None


def test_on_a_scan_the_mouse_draws_a_box(qtbot, build):
    reader = build(words=False)
    drag(qtbot, reader.view.viewport(), QPoint(300, 200), QPoint(500, 330))
    anchor = reader.view.selection.anchor
    assert anchor.kind == "area"
    assert anchor.quote == ""
    assert 0 < anchor.boxes[0].left < anchor.boxes[0].right < 1
    assert "picture without text" in reader.foot.about.whole


def test_find_shows_all_places_steps_round_and_leaves_the_words_selected(qtbot, build):
    reader = build()
    reader.find_bar.open_bar()
    with qtbot.waitSignal(reader.find_wanted):
        qtbot.keyClicks(reader.find_bar.field, "four OFFICERS")
    assert reader.find_bar.count.text() == "1 of 3"
    qtbot.keyClick(reader.find_bar.field, Qt.Key.Key_Return)
    assert reader.view.page == 2
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(reader.find_bar.field, Qt.Key.Key_Return, shift)
    qtbot.keyClick(reader.find_bar.field, Qt.Key.Key_Return, shift)
    assert reader.find_bar.count.text() == "3 of 3"
    qtbot.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    assert reader.view.selection.anchor.quote == "four officers"
    assert reader.view.selection.page == 3


def test_what_is_not_there_is_said(qtbot, build):
    reader = build()
    with qtbot.waitSignal(reader.find_wanted):
        reader.find_words("zebra")
    assert reader.find_bar.count.text() == "Not found"


def test_a_covered_document_shows_nothing_until_the_reader_wants_to(qtbot, build):
    reader = build(covered=True, note="Describes a restraint in detail.")
    assert reader.covered
    assert reader.view.page_count == 0
    assert reader.cover.note.text() == "Describes a restraint in detail."
    with qtbot.waitSignal(reader.uncovered):
        qtbot.mouseClick(reader.cover.show_button, Qt.MouseButton.LeftButton)
    assert not reader.covered
    assert reader.view.page_count == 3


def test_zoom_fits_turns_and_follows_the_wheel(qtbot, build):
    reader = build()
    wide = reader.view.zoom
    with qtbot.waitSignal(reader.view.zoom_changed):
        reader.view.set_fit(Fit.PAGE)
    assert reader.view.zoom < wide
    assert reader.foot.zoom.text().startswith("Fit page")
    before = reader.view.zoom
    wheel = QWheelEvent(
        QPointF(300, 300), QPointF(300, 300), QPoint(0, 0), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(reader.view.viewport(), wheel)
    assert reader.view.zoom == pytest.approx(before * 1.1)
    reader.view.turn()
    assert reader.view._layout.rect(1).width() > reader.view._layout.rect(1).height()


def test_the_page_number_goes_there(qtbot, build):
    reader = build()
    reader.foot.page.setFocus()
    reader.foot.page.selectAll()
    qtbot.keyClicks(reader.foot.page, "3")
    qtbot.keyClick(reader.foot.page, Qt.Key.Key_Return)
    assert reader.view.page == 3
    qtbot.keyClick(reader.view, Qt.Key.Key_Left)
    assert reader.view.page == 2
    assert reader.foot.page.text() == "2"


def test_a_click_on_a_mark_tells_which(qtbot, build):
    reader = build()
    text = reader.view.characters(1)
    start = text.text.index("Restrained")
    boxes = text.boxes(start, start + 20)
    mark = ShownMark(id="m1", page=1, boxes=boxes, colour="#B5532A", attached=True, noted=True)
    page = ShownMark(id="m2", page=1, boxes=(), colour="#2E7D6B", attached=False)
    reader.set_marks([mark, page])
    assert reader.foot.about.whole == "2 marks on this page"
    with qtbot.waitSignal(reader.view.mark_pressed) as told:
        at = point_of(reader, 1, start + 3)
        qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args[0] == "m1"
    reader.view.grab()
    reader.view.show_mark("m1")
    assert reader.view.chosen_mark == "m1"


def test_prefetched_neighbours_turn_within_a_frame(qtbot, build):
    reader = build()
    qtbot.waitUntil(lambda: reader.view._renderer.pending() == 0)
    qtbot.waitUntil(lambda: len(reader.view._cache) >= 3)
    reader.view.go_to(2)
    assert reader.view.parts()[0].image is not None


def test_copying_is_asked_for_never_done(qtbot, build):
    reader = build()
    reader.view.select(1, 0, 14)
    with qtbot.waitSignal(reader.view.copy_asked) as told:
        qtbot.keyClick(reader.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["CUSTODY RECORD"]


def test_a_page_begins_at_its_top_where_the_small_ones_have_just_gone(qtbot, build):
    reader = build()
    assert reader.thumbnails.isVisible()
    reader.open(Shown(key="d", title="Letter", sizes=SIZES[:1]))
    assert not reader.thumbnails.isVisible(), "one page has no small ones: it grows wider"
    qtbot.waitUntil(lambda: reader.view.width() > reader.width() - 20)
    top = reader.view._layout.rect(1).top()
    assert reader.view.verticalScrollBar().value() == pytest.approx(top, abs=2)
