"""Which case is open is always said; keys reach the page from anywhere; the focus stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewer.errors import StorageError
from tests.ui.read.steps import calm, open_document, open_reference
from ui.reader.page.layout import Fit
from ui.rooms.read.cases.rows import CaseProgress
from ui.theme import Scheme
from ui.widgets.chip import EvidenceChip

CONTROL = Qt.KeyboardModifier.ControlModifier


def row_of(room, reference):
    rows = {row.id: row for row in room.cases._rows}
    case = next(row.id for row in room.cases._rows if row.row.first == reference)
    assert case in rows
    return room.cases.model.place(case)


def test_the_sheet_names_the_case_whose_ratings_it_shows(qtbot, room):
    for reference in ("2010-07", "2010-08"):
        open_reference(qtbot, room, reference)
        assert room.sheet.case.whole == reference
        assert room.sheet.title.whole == room.judging.material.case.title
        assert room.sheet.case.isVisible()


@pytest.mark.parametrize("how", ["words", "chip", "nothing"])
def test_the_open_case_is_painted_in_its_list_even_where_the_filter_hides_it(qtbot, room, how):
    open_reference(qtbot, room, "2010-07")
    if how == "chip":
        room.cases._filter_by(CaseProgress.SEALED)
    else:
        room.cases.filter.setText("ward" if how == "words" else "no such thing")
    index = row_of(room, "2010-07")
    assert index.isValid()
    assert room.cases.list.currentIndex() == index
    assert room.cases.list.viewport().rect().intersects(room.cases.list.visualRect(index))
    assert "outside the filter" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert room.cases.nothing.isVisible() == (how != "words")


def test_page_down_scrolls_the_page_whatever_has_the_focus(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.sheet.open_factor("SYS-CALL")
    bar = room.reader.view.verticalScrollBar()
    for held in (
        room.cases.list,
        room.cases.filter,
        room.tabs,
        room.reader.view,
        room.sheet.rows["SYS-CALL"],
        room.sheet.body.comment,
    ):
        held.setFocus()
        assert held.hasFocus(), held
        bar.setValue(0)
        qtbot.keyClick(held, Qt.Key.Key_PageDown)
        assert bar.value() > 0, held
        qtbot.keyClick(held, Qt.Key.Key_PageUp)
        assert bar.value() == 0, held
        assert room.judging.material.case.reference == "2010-07"


def test_control_and_plus_zoom_the_page_and_leave_the_text_as_it_is(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    row, view, text = (
        room.sheet.rows["SYS-CALL"],
        room.reader.view,
        QApplication.font().pixelSize(),
    )
    before = view.zoom
    qtbot.keyClick(row, Qt.Key.Key_Plus, CONTROL)
    assert view.zoom > before
    qtbot.keyClick(row, Qt.Key.Key_Minus, CONTROL)
    qtbot.keyClick(row, Qt.Key.Key_Minus, CONTROL)
    assert view.zoom < before
    qtbot.keyClick(row, Qt.Key.Key_0, CONTROL)
    assert view.settings.fit is Fit.WIDTH
    assert QApplication.font().pixelSize() == text


def test_enter_puts_the_caret_behind_what_is_written(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("SYS-CALL")
    room.sheet.body.comment.setPlainText("Two accounts agree.")
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], Qt.Key.Key_Return)
    qtbot.keyClicks(room.sheet.body.comment, " So")
    assert room.sheet.body.comment.toPlainText() == "Two accounts agree. So"


def test_detaching_evidence_leaves_the_focus_where_the_next_is_attached(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.sheet.open_factor("SYS-CALL")
    room.reader.view.select(1, 0, 12)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_E)
    calm(qtbot, room)
    chip = room.sheet.body.findChild(EvidenceChip)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    calm(qtbot, room)
    assert room.sheet.isAncestorOf(QApplication.focusWidget())


def test_not_saved_goes_when_all_is_saved(qtbot, room):
    told = []
    room.desk.saved.connect(lambda _when: told.append("saved"))
    room.desk.not_saved.connect(lambda: told.append("not saved"))
    full = [True]

    def change(book):
        if full[0]:
            raise StorageError("The disk is full.")
        del book

    room.desk.do(change).failed(lambda _error: None).run()
    calm(qtbot, room)
    assert told == ["not saved"]
    full[0] = False
    room.desk.do(change).run()
    qtbot.waitUntil(lambda: told == ["not saved", "saved"], timeout=5000)


def test_nothing_to_undo_is_not_called_unsaved(qtbot, room):
    told = []
    room.desk.not_saved.connect(lambda: told.append("not saved"))
    room.desk.do(lambda book: book.undo()).failed(lambda _error: None).run()
    calm(qtbot, room)
    assert told == []


def test_small_pages_stay_drawn_in_another_scheme(qtbot, room, light):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    small = room.reader.thumbnails
    qtbot.waitUntil(lambda: small._cache.get(small._wanted(1)) is not None)
    paper = small._wanted(1).paper
    light.set_scheme(Scheme.DARK)
    assert small._wanted(1).paper != paper
    assert small._cache.stand_in(small._wanted(1)) is not None
    qtbot.waitUntil(lambda: small._cache.get(small._wanted(1)) is not None, timeout=10_000)
