"""The case beside the table: its documents and what the register says of it."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.books import case, chair_book, document
from ui.rooms.cases.detail import CaseDetail, CaseMaterial
from ui.rooms.cases.room import CasesRoom
from ui.widgets.whole import Whole


def test_the_chosen_case_stands_beside_the_table(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=3).close()
    room = enter(CasesRoom, path)
    assert room.detail.shown.case.reference == "2010-01"
    room.table.selectRow(2)
    qtbot.waitUntil(lambda: room.detail.shown.case.reference == "2010-03", timeout=10_000)
    (row,) = room.detail.documents
    assert row.first == "Custody record"
    assert row.second.startswith("2 pages · numbers 1 to 2 of the case")
    assert room.detail._area.isVisible()


def test_one_document_leaves_the_room_to_what_the_register_says(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=3).close()
    detail = enter(CasesRoom, path).detail
    qtbot.waitUntil(lambda: detail.shown is not None and detail._list.isVisible())
    row = detail._list.sizeHintForRow(0)
    assert row <= detail._list.maximumHeight() <= row + 12
    detail.choose(0)

    def high():
        return detail.acts.layout().totalHeightForWidth(300)

    buttons = high()
    assert buttons < 80, "the form that is not shown takes no room"
    detail.acts._begin_withdrawing()
    assert high() > buttons + 40


def test_nothing_is_said_of_a_case_before_it_was_read(qtbot):
    detail = CaseDetail(chair=True)
    qtbot.addWidget(detail)
    detail.show()
    told = [part.text() for part in detail.findChildren(QLabel) if part.isVisible()]
    assert [text for text in told if text] == [], "not even that it has no documents"
    assert not [part.text() for part in detail.findChildren(QPushButton) if part.isVisible()]
    of = case("2010-07")
    detail.show_case(CaseMaterial(case=of, documents=(document(of)[0],)))
    assert detail._heading.isVisible()
    assert detail._list.isVisible()
    assert detail.acts.isVisible()


def test_an_empty_room_asks_for_no_card(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=0).close()
    room = enter(CasesRoom, path)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=10_000)
    assert room._stack.currentIndex() == 1
    needs = room._stack.minimumSizeHint().height()
    assert needs < room.detail.minimumSizeHint().height() + 100
    assert needs <= room._stack.currentWidget().minimumSizeHint().height()


@pytest.mark.parametrize("size", range(9, 21))
def test_a_long_word_is_shown_to_the_foot_of_its_last_line(qtbot, size):
    words = Whole("Parliamentary" * 30, name="recipients")
    qtbot.addWidget(words)
    font = words.font()
    font.setPointSizeF(size + 0.3)
    words.setFont(font)
    words.resize(260, 40)
    words.show()
    laid = words.blockBoundingRect(words.document().lastBlock()).height()
    assert words.height() >= laid


def test_reading_afresh_keeps_the_chosen_case(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=3).close()
    room = enter(CasesRoom, path)
    room.table.selectRow(1)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=10_000)
    room._read()
    qtbot.waitUntil(lambda: room.desk.idle, timeout=10_000)
    assert room.detail.shown.case.reference == "2010-02"
