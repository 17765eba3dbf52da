"""A case, a name, a register put right in the window; somebody who never returned taken off."""

import pytest
from PySide6.QtWidgets import QLabel

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from tests.books import PASSPHRASE, chair_book
from tests.ui.chair.panel import NAMES, issued_panel
from tests.ui.waiting import calm, shown
from ui.actions.bringing import Bringing
from ui.actions.righting import Righting
from ui.dialogs.case import CaseDialog
from ui.dialogs.import_report import ImportReportDialog
from ui.dialogs.member import RemoveDialog, RenameDialog
from ui.models.table import ROW_ROLE
from ui.rooms.cases.room import CasesRoom
from ui.rooms.panel.room import PanelRoom
from ui.settings import Settings

WAIT = 10_000


def righting(room):
    """The actions of a window in which ``room`` is in front."""
    made = Righting(room.desk, room)
    made.front = lambda: room
    return made


def choose(room, name):
    """Choose a member in the table."""
    rows = range(room._sorted.rowCount())
    names = [room._sorted.index(row, 0).data(ROW_ROLE).member.name for row in rows]
    room.table.selectRow(names.index(name))


def person(room, name):
    return next(one for one in room._people if one.member.name == name)


@pytest.fixture
def panel(tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns[:1])
    return enter(PanelRoom, path)


def test_a_case_is_corrected_and_what_cannot_be_stays_in_the_dialog(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=3).close()
    room = enter(CasesRoom, path)
    room.table.selectRow(1)
    calm(qtbot, room)
    with qtbot.waitSignal(room.wants) as wanted:
        room.detail._right.click()
    assert wanted.args == ["correct-case"]
    righting(room).case()
    said = []  # nobody has a casebook yet, so no update is asked for
    room.tells.connect(said.append)
    dialog = shown(qtbot, room, CaseDialog)
    assert dialog.windowTitle() == "Correct case 2010-02"
    dialog.accept()
    assert "Nothing was changed" in dialog.problem.sentence
    dialog.reference.setText("2010-03")
    dialog.accept()
    qtbot.waitUntil(lambda: "There is a case 2010-03 already" in dialog.problem.sentence)
    dialog.reference.setText("2010-2b")
    dialog.attributes["year"].setText("2011")
    dialog.new_name.setText("borough")
    dialog.new_text.setText("Northmoor")
    dialog.accept()
    qtbot.waitUntil(lambda: said == ["Case 2010-2b is corrected."], timeout=WAIT)
    calm(qtbot, room)
    case = room.detail.shown.case
    assert case.reference == "2010-2b"
    assert dict(case.attributes) == {"year": "2011", "borough": "Northmoor"}


def test_a_members_name_is_corrected(qtbot, panel):
    choose(panel, NAMES[0])
    righting(panel).name()
    dialog = shown(qtbot, panel, RenameDialog)
    dialog.name.setText(NAMES[1])
    dialog.accept()
    qtbot.waitUntil(lambda: "already a member" in dialog.problem.sentence, timeout=WAIT)
    dialog.name.setText("Alix One")
    dialog.accept()
    qtbot.waitUntil(lambda: "A. One is called Alix One now" in panel.outcome.text, timeout=WAIT)
    calm(qtbot, panel)
    assert person(panel, "Alix One")


def test_who_never_returned_is_taken_off_deliberately(qtbot, panel):
    choose(panel, NAMES[1])
    with qtbot.waitSignal(panel.wants) as wanted:
        panel._card._off.click()
    assert wanted.args == ["remove-member"]
    righting(panel).removal()
    dialog = shown(qtbot, panel, RemoveDialog)
    dialog.accept()
    assert "Tick the box" in dialog.problem.sentence
    dialog.sure.setChecked(True)
    dialog.accept()
    qtbot.waitUntil(lambda: "not on the panel any more" in panel.outcome.text, timeout=WAIT)
    calm(qtbot, panel)
    assert [one.member.name for one in panel._people if one.member.rates] == [NAMES[0]]


def test_who_returned_stays_and_the_window_says_the_way_out(qtbot, panel):
    choose(panel, NAMES[0])
    righting(panel).removal()
    qtbot.waitUntil(lambda: "The release can leave them out" in panel.outcome.text, timeout=WAIT)
    assert not [d for d in panel.window().findChildren(RemoveDialog) if d.isVisible()]


def test_a_corrected_register_offers_its_differences(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=2).close()
    register = tmp_path / "cases.csv"
    register.write_text("reference,title,year\n2010-01,At the hostel,2010\n", "utf-8")
    room = enter(CasesRoom, path)
    bringing = Bringing(room.desk, Settings(tmp_path / "s.ini"), room)
    bringing.import_register(register)
    dialog = shown(qtbot, room, ImportReportDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Here: Call from hostel, evening. In the register: At the hostel." in said
    assert dialog.go.text() == "Take the register's words"
    calm(qtbot, room)
    assert room._model.rows[0].title == "Call from hostel, evening"
    dialog.accept()
    qtbot.waitUntil(lambda: room._model.rows[0].title == "At the hostel", timeout=WAIT)
    calm(qtbot, room)
