"""What the register says is missing stands among the documents, and is offered as a reason."""

from PySide6.QtCore import Qt

from reviewer.casebook.book import Change
from reviewer.record_requests.dealings import add_record, answer, ask
from reviewer.records.requests import Status
from tests.ui.read.steps import calm, open_reference, ratings
from ui.rooms.read.pages.head import Missing
from ui.rooms.read.pages.tabs import MOST_MISSING

DAY = "2026-03-02"
WRITTEN = Change(tables=frozenset({"record_request", "request_step"}))


def register(qtbot, room, *kinds, status=None):
    """Put records of the case 2010-07 into the register, asked for and perhaps answered."""

    def work(book):
        case = next(one for one in book.cases.all() if one.reference == "2010-07")
        for kind in kinds:
            made = ask(book, add_record(book, case, kind, "Trust"), on=DAY, today=DAY)
            if status is not None:
                answer(book, made, status, on=DAY, today=DAY)
        return WRITTEN

    with qtbot.waitSignal(room.desk.changed):
        room.desk.do(work).run()
    calm(qtbot, room)


def tabs(room):
    return [room.tabs.tabText(n) for n in range(room.tabs.count())]


def test_a_record_that_is_missing_stands_dashed_among_the_documents(qtbot, room):
    register(qtbot, room, "Ward log", status=Status.NOT_LOCATED)
    open_reference(qtbot, room, "2010-07")
    assert tabs(room)[-1] == "Ward log: not located"
    last = room.tabs.count() - 1
    assert not room.tabs.isTabEnabled(last)
    assert room.tabs.accessibleTabName(last) == (
        "Ward log, Trust, record R-0001: not located. The answer came on 2026-03-02."
    )
    spoken = {row.row.first: row.row.spoken for row in room.cases._rows}
    assert "record missing: Ward log" in spoken["2010-07"]
    assert "record missing" not in spoken["2010-08"]


def test_news_of_the_open_case_is_shown_without_opening_it_again(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    register(qtbot, room, "Ward log")
    assert tabs(room)[-1] == "Ward log: asked for"


def test_many_that_are_missing_are_counted_and_none_is_left_out(qtbot, room):
    register(qtbot, room, *(f"Kind {n}" for n in range(MOST_MISSING + 3)))
    open_reference(qtbot, room, "2010-07")
    last = room.tabs.count() - 1
    assert tabs(room)[-1] == "3 more missing"
    assert f"Kind {MOST_MISSING + 2}" in room.tabs.accessibleTabName(last)


def test_how_many_are_missing_is_always_in_sight_and_lists_them(qtbot, room):
    register(qtbot, room, "Ward log", "Q & A", status=Status.REFUSED)
    open_reference(qtbot, room, "2010-08")
    chip = room.findChild(Missing)
    assert not chip.isVisible()
    open_reference(qtbot, room, "2010-07")
    assert chip.isVisible()
    assert chip.text() == "2 missing"
    assert chip.accessibleName() == "2 records missing"
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(chip.list.isVisible)
    assert [one.text() for one in chip.list.actions()] == [
        "Ward log, Trust, record R-0001: refused. The answer came on 2026-03-02.",
        "Q && A, Trust, record R-0002: refused. The answer came on 2026-03-02.",
    ]
    chip.list.close()
    register(qtbot, room, "Diary", status=Status.PARTIAL)
    assert chip.text() == "3 missing or in part"
    assert chip.accessibleName() == "3 records missing or here only in part"


def test_a_missing_record_is_named_by_its_chip_with_the_keyboard(qtbot, room):
    register(qtbot, room, "Ward log", "Video")
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("SYS-CALL")
    body = room.sheet.body
    assert not body.lacking.isVisible()
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], "m")
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], Qt.Key.Key_Return)
    assert body.lacking.isVisible()
    assert body.record.hasFocus()
    qtbot.keyClick(body.record, Qt.Key.Key_Tab)
    chip = room.focusWidget()
    assert chip.accessibleName() == "Missing is: Ward log"
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    calm(qtbot, room)
    assert body.record.text() == "Ward log"
    assert body.record.hasFocus()
    assert not body.lacking.isVisible()
    assert ratings(qtbot, room)["SYS-CALL"].record == "Ward log"
    assert tabs(room).count("Ward log: asked for") == 1
    assert "Ward log missing" not in tabs(room)


def test_a_record_that_has_come_is_no_longer_called_missing_where_a_rating_names_it(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("SYS-CALL")
    body = room.sheet.body
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], "m")
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], Qt.Key.Key_Return)
    qtbot.keyClicks(body.record, "ward log")
    qtbot.keyClick(body.record, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].record == "ward log"
    assert "ward log missing" in tabs(room)
    register(qtbot, room, "Ward log", status=Status.COMPLETE)
    assert not any("ward log" in words.lower() for words in tabs(room))
    spoken = {row.row.first: row.row.spoken for row in room.cases._rows}
    assert "record missing" not in spoken["2010-07"]
