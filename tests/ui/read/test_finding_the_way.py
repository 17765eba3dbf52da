"""Case list, tabs, search, cover, what is left: finding the way without the mouse if need be."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit

from reviewer.records.steps import Where
from reviewer.rounds.readiness import Readiness
from tests.books import framework
from tests.ui.read.steps import calm, open_document, open_reference, ratings, seal_it, stored
from ui.rooms.read.cases.model import CaseModel
from ui.rooms.read.cases.rows import CaseProgress
from ui.rooms.read.finish.panel import LeftPanel


def references(room):
    rows = {row.id: row.row.first for row in room.cases._rows}
    return [rows[case] for case in room.cases.shown]


def test_the_model_keeps_qt_s_rules(qtbot, qtmodeltester, room):
    qtmodeltester.check(room.cases.model)
    model = CaseModel()
    tester = QAbstractItemModelTester(model)
    model.set_rows(room.cases._rows)
    model.set_rows(list(reversed(room.cases._rows)))
    model.set_rows([])
    assert tester.model() is model


def test_the_filter_narrows_by_words_and_by_state(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], "/")
    assert room.cases.filter.hasFocus()
    qtbot.keyClicks(room.cases.filter, "ward")
    assert sorted(references(room)) == ["2010-07", "2010-08"]  # the open one is always painted
    qtbot.keyClick(room.cases.filter, Qt.Key.Key_Escape)
    assert len(references(room)) == 3
    qtbot.keyClicks(room.cases.filter, "nothing like it")
    assert room.cases.nothing.isVisible()
    assert references(room) == ["2010-07"]
    room.cases.filter.clear()
    open_reference(qtbot, room, "2010-08")
    room.sheet.take_focus()
    qtbot.keyClick(room.sheet.rows[room.sheet.factor.code], "0")
    calm(qtbot, room)
    assert room.cases._chips[CaseProgress.DRAFT].text() == "Draft 1"
    assert room.cases.foot.whole == "1 of 3 begun \u00b7 your own order"
    qtbot.mouseClick(room.cases._chips[CaseProgress.DRAFT], Qt.MouseButton.LeftButton)
    assert references(room) == ["2010-08"]


def test_rows_tell_notes_missing_records_and_states(qtbot, room):
    spoken = {row.row.first: row.row.spoken for row in room.cases._rows}
    assert "content note: Describes a restraint in detail." in spoken["2010-07"]
    assert "no documents" in spoken["2010-09"]
    assert all("To read" in words for words in spoken.values())


def test_the_list_opens_cases_by_keyboard_and_stays_where_it_is(qtbot, room):
    first, second = room.cases.shown[:2]
    room.open_case(first)
    calm(qtbot, room)
    room.cases.list.setFocus()
    with qtbot.waitSignal(room.cases.case_chosen) as told:
        qtbot.keyClick(room.cases.list, Qt.Key.Key_Down)
        qtbot.keyClick(room.cases.list, Qt.Key.Key_Return)
    assert told.args == [second]
    calm(qtbot, room)
    assert room.judging.material.case.id == second
    assert room.cases.list.hasFocus()
    qtbot.keyClick(room, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    calm(qtbot, room)
    assert room.judging.material.case.id == first


def test_a_covered_document_is_remembered_once_it_was_shown(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Custody record")
    assert room.reader.covered
    assert room.reader.cover.note.text() == "Describes a restraint in detail."
    room.sheet.open_factor("SYS-CALL")
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], Qt.Key.Key_E)
    assert room.judging.material.marks == ()
    qtbot.mouseClick(room.reader.cover.show_button, Qt.MouseButton.LeftButton)
    calm(qtbot, room)
    document = room.reading.document
    assert stored(qtbot, room, lambda b: b.reading.of(document).uncovered)
    open_document(qtbot, room, "999 call")
    open_document(qtbot, room, "Custody record")
    assert not room.reader.covered


def test_each_document_opens_where_it_was_left(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.reader.view.go_to(3)
    open_document(qtbot, room, "Photograph")
    assert room.reader.view.page == 1
    open_document(qtbot, room, "999 call")
    assert room.reader.view.page == 3
    open_reference(qtbot, room, "2010-08")
    open_reference(qtbot, room, "2010-07")
    assert (room.reader.document.title, room.reader.view.page) == ("999 call", 3)


def test_words_are_found_in_the_document(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    qtbot.keyClick(room.reader.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert room.reader.find_bar.field.hasFocus()
    qtbot.keyClicks(room.reader.find_bar.field, "four officers")
    qtbot.waitUntil(lambda: room.reader.find_bar.count.text() == "1 of 3")


def test_a_document_is_read_once_for_all_finds_and_its_text_is_let_go_at_the_lock(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    lookup = room.reading._lookup
    room.reader.find_words("four officers")
    qtbot.waitUntil(lambda: room.reader.find_bar.count.text() == "1 of 3")
    pages = lookup._pages
    assert "four officers" in pages[0].text
    room.reader.find_words("zebra")
    qtbot.waitUntil(lambda: room.reader.find_bar.count.text() == "Not found")
    assert lookup._pages is pages
    room.reading.close()
    assert lookup._pages == ()


def test_words_are_found_in_everything_and_enter_opens_the_page(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], Qt.Key.Key_F, modifiers)
    qtbot.keyClicks(room.results.field, '"Nursing notes of"')
    qtbot.keyClick(room.results.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.results.model.rowCount() == 4)  # the case, its three pages
    assert room.results.count.text() == "3 pages in 1 case"
    qtbot.keyClick(room.results.list, Qt.Key.Key_Down)
    qtbot.keyClick(room.results.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.judging.material.case.reference == "2010-08")
    calm(qtbot, room)
    qtbot.waitUntil(lambda: room.reader.find_bar.count.text() != "")
    assert room.reader.view.page == 2
    assert room.reader.find_bar.count.text() == "2 of 3"


def test_a_case_without_documents_says_so_and_can_be_rated(qtbot, room):
    open_reference(qtbot, room, "2010-09")
    assert room.empty.isVisible()
    qtbot.keyClick(room.sheet.rows[room.sheet.factor.code], "m")
    calm(qtbot, room)
    assert len(ratings(qtbot, room, "2010-09")) == 1


def test_what_is_left_is_named_and_jumps_there(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("IND-FORCE")
    qtbot.keyClick(room.sheet.rows["IND-FORCE"], "3")
    open_reference(qtbot, room, "2010-08")
    qtbot.keyClick(room.sheet.rows[room.sheet.factor.code], "l")
    qtbot.waitUntil(lambda: room.left.model.rowCount() == 4)
    assert "50 blank in 3 cases" in room.left.summary.text()
    assert not room.left.seal.isEnabled()
    first = room.left.model.index(0, 0)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "2010-07, Use of force and restraint, needs a comment and a page"
    )
    room.left.list.setCurrentIndex(first)
    qtbot.keyClick(room.left.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.judging.material.case.reference == "2010-07")
    calm(qtbot, room)
    assert room.sheet.factor.code == "IND-FORCE"
    assert room.sheet.rows["IND-FORCE"].hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_what_is_left_with_nothing_chosen_does_nothing(qtbot, room, key):
    open_reference(qtbot, room, "2010-08")
    qtbot.keyClick(room.sheet.rows[room.sheet.factor.code], "l")
    qtbot.keyClick(room.left.list, key)
    calm(qtbot, room)
    assert room.left.isVisible()


def test_sealing_is_refused_with_every_row_named(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("IND-FORCE")
    qtbot.keyClick(room.sheet.rows["IND-FORCE"], "3")
    room._show_left()
    calm(qtbot, room)
    room.ending.seal()
    qtbot.waitUntil(room.left.problem.isVisible)
    assert "not sealed" in room.left.problem.sentence
    assert "2010-07, IND-FORCE" in room.left.problem._details.text()
    assert not room.desk.about.sealed


def test_a_sealed_round_is_read_only_and_its_return_is_written(qtbot, room, tmp_path):
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("IND-FORCE")
    qtbot.keyClick(room.sheet.rows["IND-FORCE"], "1")
    room._show_left()
    calm(qtbot, room)
    assert "50 blank ratings stay blank" in room.left.hint.text()
    seal_it(qtbot, room)
    qtbot.waitUntil(lambda: bool(room.desk.about.sealed), timeout=10_000)
    calm(qtbot, room)
    assert "Round 1 is sealed" in room.sheet.notice.sentence
    room._show_sheet()
    qtbot.keyClick(room.sheet.rows["IND-FORCE"], "4")
    calm(qtbot, room)
    assert ratings(qtbot, room)["IND-FORCE"].value == 1
    assert all(row.stand is CaseProgress.SEALED for row in room.cases._rows)
    out = tmp_path / "out"
    out.mkdir()
    room._show_left()
    calm(qtbot, room)
    assert not room.left.send.isVisible()  # a chair's own round was received when it was sealed
    room.ending.write_to(out)
    qtbot.waitUntil(room.left.problem.isVisible)
    calm(qtbot, room)
    assert [p.suffix for p in out.iterdir()] == [".return"]
    assert next(out.iterdir()).name in room.left.problem.sentence
    assert room.left.receipt.isVisible()
    room.ending.print_receipt(out)
    qtbot.waitUntil(lambda: "receipt" in room.left.problem.sentence, timeout=10_000)
    calm(qtbot, room)
    assert sorted(p.suffix for p in out.iterdir()) == [".pdf", ".return"]


def test_the_focus_goes_round_and_every_control_has_a_name(qtbot, room):
    open_reference(qtbot, room, "2010-08")
    room.sheet.take_focus()
    qtbot.keyClick(room, Qt.Key.Key_F6)
    assert room.cases.list.hasFocus()
    qtbot.keyClick(room, Qt.Key.Key_F6)
    assert room.reader.view.hasFocus()
    qtbot.keyClick(room, Qt.Key.Key_F6)
    assert room.sheet.rows[room.sheet.factor.code].hasFocus()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    nameless = [
        type(w).__name__
        for kind in kinds
        for w in room.findChildren(kind)
        if not (w.accessibleName() or getattr(w, "text", str)()) and w.isVisibleTo(room)
    ]
    assert nameless == []


@pytest.mark.parametrize("size", [(1366, 640), (960, 560)])
@pytest.mark.parametrize("reference", ["2010-07", "2010-08", "2010-09"])
def test_a_small_window_still_shows_page_and_sheet(qtbot, room, size, reference):
    """Whatever is open: which case comes first is drawn, and tabs want room, too."""
    open_reference(qtbot, room, reference)
    room.resize(*size)
    calm(qtbot, room)
    assert room.reader.view.viewport().width() > 250
    area = room.sheet.area
    assert area.width() >= area.minimumWidth() >= 280  # what the points need
    assert room.grab().width() == size[0]


def test_a_panellist_sees_the_key_words_and_returns_once_the_round_is_sealed(qtbot):
    panel = LeftPanel(framework())
    qtbot.addWidget(panel)
    left = Readiness(cases=1, asked_ratings=17, blanks=(), lacking=())
    for sealed, chair, shown in ((False, False, False), (True, True, False), (True, False, True)):
        panel.show_left(left, 1, sealed=sealed, chair=chair, words="six words of the key")
        assert panel.key.isHidden() != shown
        assert panel.send.isHidden() != shown
    assert panel.words.text() == "six words of the key"


def test_enter_in_the_filter_opens_the_first_case_that_passes(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    wanted = next(row for row in room.cases._rows if row.row.first != "2010-07")
    room.cases.focus_filter()
    qtbot.keyClicks(room.cases.filter, wanted.row.first)
    qtbot.keyClick(room.cases.filter, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert room.judging.material.case.reference == wanted.row.first
    assert room.cases.list.hasFocus()


def test_what_is_left_shows_where_the_focus_is(qtbot, room):
    room.sheet.left_asked.emit()
    calm(qtbot, room)
    qtbot.waitUntil(room.left.list.hasFocus)
    assert room.left.list.currentIndex().row() == 0


def test_a_place_in_a_document_comes_before_what_was_searched(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    case, document = room.judging.material.case, room.judging.material.documents[0]
    room._find_everywhere("ward")
    calm(qtbot, room)
    assert room.results.isVisible()
    room.go_to(Where(case=case.id, document=document.id, page=1))
    calm(qtbot, room)
    assert room.reader.isVisible()
    assert not room.results.isVisible()


def test_the_page_of_word_lists_is_on_the_way_round(qtbot, room):
    page = room.word_lists.page
    room.word_lists.show()
    for _ in range(4):
        room.walking.next_part()
        if page.isAncestorOf(QApplication.focusWidget()):
            break
    assert page.isAncestorOf(QApplication.focusWidget())
    room.walking.next_part()
    assert room.sheet.isAncestorOf(QApplication.focusWidget())


def test_the_keys_of_a_page_move_through_the_words_that_are_typed(qtbot, room):
    page = room.word_lists.page
    room.word_lists.show()
    page.words.setPlainText("\n".join(f"word{n}" for n in range(500)))
    page.words.setFocus()
    qtbot.keyClick(page.words, Qt.Key.Key_PageDown)
    assert page.words.textCursor().position() > 0
    qtbot.keyClick(page.words, Qt.Key.Key_PageUp)
    assert page.words.textCursor().position() == 0
    page.name.setFocus()
    qtbot.keyClick(page.name, Qt.Key.Key_PageDown)
    assert page.words.verticalScrollBar().value() > 0
    page.lists.setFocus()
    assert page.bar is page.lists.verticalScrollBar()
    page.words.document().setModified(False)
