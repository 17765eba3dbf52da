"""Updates and the next round through the window: written, dropped, applied, rated again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.updates.story import APART, NAMES, update_for
from tests.ui.waiting import WAIT, calm, shown
from ui.actions.updating import Updating
from ui.dialogs.update import UpdateDialog
from ui.rooms.cases.lines import NOT_ASKED
from ui.rooms.cases.room import CasesRoom
from ui.rooms.panel.room import PanelRoom
from ui.rooms.read.room import ReadRoom

pytestmark = pytest.mark.slow


def words(widget):
    """Everything that a widget says in labels."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def open_case(qtbot, room, reference):
    case = next(row.id for row in room.cases._rows if row.row.first == reference)
    room.open_case(case)
    qtbot.waitUntil(lambda: room.judging.material and room.judging.material.case.id == case)
    calm(qtbot, room)
    return case


def signs(room, reference):
    row = next(row.row for row in room.cases._rows if row.row.first == reference)
    return [sign.text for sign in row.signs]


def test_an_update_is_shown_before_it_is_applied_and_flags_what_it_changed(
    qtbot, enter, changed, tmp_path
):
    path, paths = changed
    update = update_for(tmp_path, path, NAMES[0])
    room = enter(ReadRoom, paths[NAMES[0]])
    open_case(qtbot, room, "2010-08")
    window = QWidget()
    qtbot.addWidget(window)
    updating = Updating(room.desk, window)
    updating.take(update)
    before = shown(qtbot, window, UpdateDialog)
    assert "1 new document, 1 corrected document, 1 withdrawn document." in words(before)
    assert "page 4 was missing" in words(before)
    calm(qtbot, room)
    assert signs(room, "2010-07") == []
    before.accept()
    done = shown(qtbot, window, UpdateDialog)
    qtbot.waitUntil(lambda: "is applied" in done.windowTitle(), timeout=WAIT)
    done.reject()
    calm(qtbot, room)
    assert "NEW" in signs(room, "2010-07")
    open_case(qtbot, room, "2010-07")
    assert "Changed since you opened this case" in room.below.news.sentence
    calm(qtbot, room)
    qtbot.waitUntil(lambda: "NEW" not in signs(room, "2010-07"), timeout=WAIT)
    tabs = [room.tabs.tabText(n) for n in range(room.tabs.count())]
    assert [text.split("  ")[0] for text in tabs] == [
        "999 call",
        "Statement of the sister",
        "Custody record",
        "Replaced: Custody record",
    ]


def test_a_refused_update_is_said_and_nothing_is_applied(qtbot, enter, changed, tmp_path):
    path, paths = changed
    update = update_for(tmp_path, path, NAMES[1])
    room = enter(ReadRoom, paths[NAMES[0]])
    window = QWidget()
    qtbot.addWidget(window)
    updating = Updating(room.desk, window)
    updating.take(update)
    qtbot.waitUntil(lambda: "was not sealed for this casebook" in words(window), timeout=WAIT)
    calm(qtbot, room)
    assert [d for d in window.findChildren(UpdateDialog) if d.isVisible()] == []
    assert signs(room, "2010-07") == []
    found = []
    room.desk.ask(lambda book: book.updates.applied()).succeeded(found.append).run()
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    assert found == [[]]


def test_the_chair_writes_updates_for_those_who_are_ticked(qtbot, enter, changed, tmp_path):
    path, _ = changed
    room = enter(PanelRoom, path)
    room.ask_to_update()
    calm(qtbot, room)
    form = room._updating
    assert form.chosen == list(NAMES)
    assert "1 new document, 1 corrected, 1 withdrawn" in words(form).replace("\n", " ")
    form._boxes[2][0].setChecked(False)
    (tmp_path / "written").mkdir()
    form.send_to(tmp_path / "written")
    qtbot.waitUntil(lambda: not room._strip.busy, timeout=WAIT)
    calm(qtbot, room)
    assert "2 updates are written" in room.outcome.text
    assert len(list((tmp_path / "written").glob("*.update"))) == 2


def test_a_document_is_withdrawn_with_a_reason_only_and_can_be_shown_again(qtbot, enter, changed):
    path, _ = changed
    room = enter(CasesRoom, path)
    detail = room.detail
    detail.choose(1)  # the 999 call
    acts = detail.acts
    acts._begin_withdrawing()
    acts.send()
    assert "few words why" in acts._problem.sentence
    acts._why.setText("it belongs to another case")
    qtbot.keyClick(acts._why, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert [sign.text for sign in detail.documents[1].signs] == ["WITHDRAWN"]
    detail.choose(1)
    acts._reinstate()
    calm(qtbot, room)
    assert detail.documents[1].signs == ()


def test_the_next_round_is_opened_deliberately_and_keeps_the_results(qtbot, window, after_release):
    path, _ = after_release
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room("merge")
    room = window.room
    part = room._panel._next
    qtbot.waitUntil(lambda: part._go.isVisible() and part._go.width() > 20, timeout=WAIT)
    assert "would ask for 4 ratings in 2 cases again" in words(part)
    where = part._go.mapTo(window, part._go.rect().center())
    qtbot.mouseClick(part._go, Qt.MouseButton.LeftButton)
    form = room._opening
    qtbot.waitUntil(form.isVisible, timeout=WAIT)
    under = window.childAt(where)
    qtbot.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(window, where))
    calm(qtbot, room)
    assert room.desk.about.round == 1, "a double click opened a round"
    for _ in range(3):
        form._go.click()
    calm(qtbot, room)
    assert room.desk.about.round == 1
    assert "Tick the box" in form.problem
    assert form._each.text() == "4 of 4 ratings, in 2 cases. Each panellist gets 4."
    form.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert form._each.text() == "3 of 4 ratings, in 2 cases. Each panellist gets 3."
    form._sure.setChecked(True)
    form._go.click()
    qtbot.waitUntil(lambda: room.desk.about.round == 2, timeout=WAIT)
    calm(qtbot, room)
    assert "Round 2 is open over 3 ratings in 2 cases" in room.outcome.text
    window.show_room("agreement")
    agreement = window.room
    qtbot.waitUntil(lambda: agreement._shown is not None, timeout=WAIT)
    assert agreement._shown.panel.round == 1


def test_round_2_shows_what_is_asked_with_the_others_beside(qtbot, enter, round_2):
    _, paths = round_2
    room = enter(ReadRoom, paths[NAMES[0]])
    case = open_case(qtbot, room, "2010-07")
    sheet = room.sheet
    visible = {code for code, row in sheet.rows.items() if row.isVisibleTo(sheet)}
    assert visible == set(APART)
    assert not sheet.closing.isVisibleTo(sheet)
    sheet.open_factor("IND-FORCE")
    earlier = sheet.body.earlier
    assert earlier.own.text().startswith("You said: 0 Not present")
    assert earlier.dots.accessibleName() == "0: 0, 1: 0, 2: 0, 3: 2, 4: 1"
    assert earlier.pages.text() == "Pages cited: Custody record p.1 (3 times)"
    qtbot.keyClick(sheet.rows["IND-FORCE"], "3")
    calm(qtbot, room)
    assert sheet.body.needs.text() == "Needs a reason for the change"
    sheet.body.comment.setPlainText("I had overlooked the length of it")
    sheet.flush()
    calm(qtbot, room)
    assert sheet.body.needs.text() == ""
    found = []
    member = room.desk.about.member
    for number in (1, 2):
        read = room.desk.ask(lambda book, n=number: book.ratings.of(member, case, n))
        read.succeeded(found.append).run()
    qtbot.waitUntil(lambda: len(found) == 2, timeout=WAIT)
    first, again = (ratings["IND-FORCE"] for ratings in found)
    assert (first.value, again.value) == (0, 3)
    assert again.evidence == first.evidence


def test_what_is_left_of_round_2_counts_only_what_is_asked(qtbot, enter, round_2):
    _, paths = round_2
    room = enter(ReadRoom, paths[NAMES[1]])
    room._show_left()
    calm(qtbot, room)
    assert room.left.summary.text() == (
        "0 of 4 ratings are made again. The others stand as they were."
    )
    assert room.left.seal.isEnabled()


def test_a_mark_of_round_1_can_be_attached_again_and_not_changed(qtbot, enter, round_2):
    _, paths = round_2
    room = enter(ReadRoom, paths[NAMES[0]])
    open_case(qtbot, room, "2010-07")
    room.sheet.open_factor("IND-FORCE")
    mark = room.judging.material.marks[0]
    room.acts.show_card(mark.id, room.rect())
    assert room.card.title.text() == "Mark on page 1 of an earlier round"
    assert room.card.note.isReadOnly()
    assert not room.card.delete.isVisibleTo(room.card)
    assert room.card.attach.isVisibleTo(room.card)
    room.card.attach.click()
    calm(qtbot, room)
    assert room.judging.material.ratings["IND-FORCE"].evidence == (mark.id,)


def test_a_case_that_nothing_is_asked_of_shows_no_factor(qtbot, enter, round_2):
    _, paths = round_2
    room = enter(ReadRoom, paths[NAMES[0]])
    assert "2010-09" not in [row.row.first for row in room.cases._rows]
    found = []
    room.desk.ask(lambda book: book.cases.by_reference("2010-09").id).succeeded(found.append).run()
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    room.open_case(found[0])  # as a search would
    qtbot.waitUntil(lambda: room.judging.material.case.id == found[0], timeout=WAIT)
    calm(qtbot, room)
    assert not any(row.isVisibleTo(room.sheet) for row in room.sheet.rows.values())
    room.sheet.take_focus()
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], Qt.Key.Key_Down)
    assert room.sheet.counts.whole == "This round asks for no rating of this case"


def test_a_case_that_round_2_asks_nothing_of_is_said_to_be_that(qtbot, enter, round_2):
    _, paths = round_2
    room = enter(ReadRoom, paths[NAMES[0]])
    open_case(qtbot, room, "2010-07")
    assert room.sheet.counts.whole.startswith("0 of ")
    room.sheet.set_case({}, {}, None, again=())
    assert room.sheet.counts.whole == "This round asks for no rating of this case"
    cases = enter(CasesRoom, paths[NAMES[1]])
    calm(qtbot, cases)
    states = {(line.factors > 0, line.state) for line in cases._model.rows}
    assert states == {(True, "To read"), (False, NOT_ASKED)}


def test_the_open_case_goes_on_with_what_a_new_round_asks(qtbot, enter, round_2):
    _, paths = round_2
    room = enter(ReadRoom, paths[NAMES[0]])
    open_case(qtbot, room, "2010-07")
    sheet = room.sheet
    asked = tuple(sheet._again.values())
    other = next(code for code in sheet.rows if code not in sheet._again)
    sheet.set_case({}, {}, None)  # as in the round before
    sheet.open_factor(other)
    room.window().focusWidget().clearFocus()  # a dialog has it
    sheet.set_case({}, {}, None, again=asked, fresh=False)  # the update came while it was open
    assert sheet.factor.code in {one.factor for one in asked}
    assert sheet.body.isVisibleTo(sheet)
