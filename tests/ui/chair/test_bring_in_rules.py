"""Rules made in Bring in: for files that are called alike, and for a folder answered once."""

import pytest
from PySide6.QtCore import Qt

from reviewer.intake.delivery.assess import State
from tests.ui.chair.test_bring_in import (  # noqa: F401 - fixtures
    arrive,
    choose,
    press,
    rest,
    rows,
    view,
)
from ui.rooms.cases.bring_in.lines import WAITING

WAIT = 30_000
FILES = {
    "misc/box 4/letter.txt": "A letter",
    "misc/box 4/log.txt": "A log of the night",
    "misc/box 4/2010-02/known.txt": "One whose folder says its case",
    "misc/alone.txt": "One that lies alone",
    "2010-01/police/custody.txt": "Custody record",
}


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "disclosure 3"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def pick(view, reference):  # noqa: F811
    at = view.card.case.findData(reference)
    view.card.case.setCurrentIndex(at)
    view.card.case.activated.emit(at)


def cases(view):  # noqa: F811
    return {path: row.case for path, row in rows(view).items()}


@pytest.mark.parametrize("how", ["button", "key"])
def test_a_folder_that_no_case_is_called_after_is_answered_once(qtbot, view, folder, how):  # noqa: F811
    arrive(qtbot, view, folder)
    choose(view, "misc/box 4/letter.txt")
    assert view.card.folder.text() == "Rule for 2 in its folder"
    pick(view, "2010-03")
    if how == "button":
        view.card.folder.click()
    else:
        view.files.table.setFocus()
        press(qtbot, view, Qt.Key.Key_R)
    rest(qtbot, view)
    assert cases(view) == {
        "misc/box 4/letter.txt": "2010-03",
        "misc/box 4/log.txt": "2010-03",
        "misc/box 4/2010-02/known.txt": "2010-02",  # has its own, and keeps it
        "misc/alone.txt": "",
        "2010-01/police/custody.txt": "2010-01",
    }
    names = [one.first for one in view.rules.model.rows]
    assert any("Folder \u201cbox 4\u201d" in name for name in names)
    view.undo()
    rest(qtbot, view)
    assert cases(view)["misc/box 4/log.txt"] == ""


def test_a_rule_of_a_folder_goes_before_the_others_where_they_said_a_case(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    choose(view, "misc/box 4/letter.txt")
    pick(view, "2010-03")
    view.card.folder.click()
    rest(qtbot, view)
    choose(view, "misc/box 4/log.txt")
    assert view.card.folder.text() == "Rule for 3 in its folder"
    pick(view, "2010-01")
    view.card.folder.click()
    rest(qtbot, view)
    assert {case for path, case in cases(view).items() if "box 4" in path} == {"2010-01"}


def test_a_rule_with_nothing_said_asks_for_it(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    choose(view, "misc/box 4/letter.txt")
    view.card.folder.click()
    assert view.focusWidget() is view.card.case


def test_a_key_for_a_rule_that_would_be_for_one_file_says_so(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    choose(view, "2010-01/police/custody.txt")
    assert not view.card.folder.isVisible()
    view.files.table.setFocus()
    with qtbot.waitSignal(view.tells, timeout=WAIT) as told:
        press(qtbot, view, Qt.Key.Key_R)
    assert told.args[0].startswith("No other file is called like this one")


def test_the_day_is_seen_on_the_smallest_screen(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    row = rows(view)["2010-01/police/custody.txt"]
    view.say_of(row, {"date": "2019-05-03", "agency": "Northmoor police", "kind": "Custody"})
    rest(qtbot, view)
    model, table = view.files.model, view.files.table
    heads = {
        model.headerData(at, Qt.Orientation.Horizontal): at for at in range(model.columnCount())
    }
    assert not table.isColumnHidden(heads["Date"])
    assert table.columnViewportPosition(heads["Date"]) < table.viewport().width()


def test_while_files_come_the_chips_say_that_they_are_not_read(qtbot, view, folder):  # noqa: F811
    seen = []
    show = view._show_part

    def watch(shown):
        show(shown)
        chips = view.files.filters.chips
        seen.append((chips[WAITING].text(), chips[State.READY].text(), view._head.note))

    view._came_in_part.disconnect()
    view._came_in_part.connect(watch)
    arrive(qtbot, view, folder)
    assert seen[0][:2] == ("Not read yet 5", "Ready 0")
    assert "5 not read yet" in seen[0][2]
    assert not view.files.filters.chips[WAITING].isVisible()
