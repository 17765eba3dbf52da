"""The case beside the table: its documents and what the register says of it."""

from tests.books import chair_book
from ui.rooms.cases.room import CasesRoom


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


def test_reading_afresh_keeps_the_chosen_case(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=3).close()
    room = enter(CasesRoom, path)
    room.table.selectRow(1)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=10_000)
    room._read()
    qtbot.waitUntil(lambda: room.desk.idle, timeout=10_000)
    assert room.detail.shown.case.reference == "2010-02"
