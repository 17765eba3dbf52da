"""Merge keeps every round: a late return is told and opened with a reason, ledgers stay."""

import os

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from reviewer.casebook.book import Casebook
from reviewer.exchange.late import open_late, waiting
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.rounds.agenda import open_round
from tests.books import PASSPHRASE
from tests.ui.chair.panel import NAMES, forked_panel, issued_panel
from ui.rooms.agreement.room import AgreementRoom
from ui.rooms.merge.fork import ForkForm
from ui.rooms.merge.room import MergeRoom
from ui.rooms.panel.room import PanelRoom
from ui.rooms.summary.room import SummaryRoom
from ui.widgets.text import Elided

WAIT = 10_000
CONFLICTS = (
    "Returns of A. One contradict one another. Choose which of them counts: then it can be opened"
    " as late."
)


def _rest(room, qtbot):
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)


def _released(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:3], cases=2)
    room = enter(MergeRoom, path)
    room.take(returns[:2])
    _rest(room, qtbot)
    room.release({"C. Three": "on leave"})
    qtbot.waitUntil(lambda: bool(room.desk.about.released) and room.desk.idle, timeout=WAIT)
    return room, returns


def _picture(room, name):
    folder = os.environ.get("REVIEWER_SHOTS")
    if folder:
        room.grab().save(f"{folder}/{name}.png")


def test_a_return_that_was_here_and_left_out_is_not_said_to_have_come_late(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:3], cases=2)
    room = enter(MergeRoom, path)
    room.take(returns)
    _rest(room, qtbot)
    room.release({"C. Three": "a conflict of interest"})
    qtbot.waitUntil(lambda: bool(room.desk.about.released) and room.desk.idle, timeout=WAIT)
    told = room._late_told.sentence
    assert "A return of C. Three is here that was not opened with those of round 1" in told
    assert "came after" not in told


def test_a_late_return_is_told_and_opened_with_a_reason(qtbot, tmp_path, enter):
    room, returns = _released(qtbot, tmp_path, enter)
    door = room._drop.findChild(QPushButton)
    assert door.isVisible(), "what comes late can be chosen, not only dragged"
    assert door.isEnabled()
    room.take([returns[2]])
    _rest(room, qtbot)
    assert "came after that round was released" in room.outcome.text
    told = room._late_told
    assert not told.isHidden()
    _picture(room, "late-told")
    room._ask_late(room._stands.late[0])
    _picture(room, "late-form")
    form = room.late
    form.send()
    assert "Say in a few words" in form.problem
    form.reason.setText("The post was slow")
    form.send()
    assert "cannot be undone" in form.problem
    form.sure.setChecked(True)
    form.send()
    qtbot.waitUntil(lambda: room.desk.idle and told.isHidden(), timeout=WAIT)
    assert {line.member for line in room._model.rows} == set(NAMES[:3])
    states = {row.first: row.state for row in room._stands.rows}
    assert states == {"A. One": "received", "B. Two": "received", "C. Three": "late"}
    assert "Opened late: C. Three" in room._balance.text()
    assert "The post was slow" in room._balance.text()
    _picture(room, "late-opened")


def test_returns_that_conflict_keep_no_other_late_one_from_being_opened(qtbot, tmp_path, enter):
    path, returns = forked_panel(tmp_path)
    room = enter(MergeRoom, path)
    room.take(returns[:3])
    _rest(room, qtbot)
    room.release({"A. One": "returns that conflict", "C. Three": "on leave"})
    qtbot.waitUntil(lambda: bool(room.desk.about.released) and room.desk.idle, timeout=WAIT)
    room.take(returns[3:])
    _rest(room, qtbot)
    notice = room._late_told
    assert "A return of C. Three is here" in notice.sentence
    assert notice._details.text() == f"A. One, round 1, is waiting too. {CONFLICTS}"
    _open_offered(room, qtbot)
    assert "A return of A. One is here" in notice.sentence
    assert notice._details.text() == CONFLICTS
    assert notice._action.text() == "Choose which counts..."
    notice._action.click()
    fork = room._side.currentWidget().findChild(ForkForm)
    assert "until the round is released" not in _words(fork)
    fork._buttons[0][0].click()
    fork.send()
    _rest(room, qtbot)
    assert "A return of A. One is here" in notice.sentence
    _open_offered(room, qtbot)
    assert notice.isHidden()


def _words(part):
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def _open_offered(room, qtbot):
    """Do what the notice offers, and give what the form asks for."""
    assert room._late_told._action.text() == "Open it as late..."
    room._late_told._action.click()
    room.late.reason.setText("The post was slow")
    room.late.sure.setChecked(True)
    room.late.send()
    _rest(room, qtbot)


def test_every_round_keeps_its_ledger_when_the_next_one_opens(qtbot, tmp_path, enter):
    room, _ = _released(qtbot, tmp_path, enter)
    room.desk.work(lambda book, _progress: open_round(book), changes=True).run()
    qtbot.waitUntil(lambda: room.desk.idle and room.desk.about.round == 2, timeout=WAIT)
    _rest(room, qtbot)
    assert [room.which.itemText(at) for at in range(room.which.count())] == [
        "Round 2: returns",
        "Round 1: ledger",
    ]
    assert room._left.currentIndex() == 0
    room.which.setCurrentIndex(1)
    assert room._left.currentIndex() == 1
    assert room._balance.text().startswith("Round 1. ")
    assert "Released without C. Three: on leave." in room._balance.text()
    _picture(room, "earlier-ledger")


@pytest.fixture(scope="module")
def with_a_late_one(tmp_path_factory):
    """A round of three that was released, the third return opened after it."""
    path, returns = issued_panel(tmp_path_factory.mktemp("late"), names=NAMES[:3], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns[:2])
        release(book, without={"C. Three": "on leave"})
        receive(book, returns[2:])
        (waits,) = waiting(book)
        open_late(book, waits.received.sha256, reason="The post was slow")
    return path


def _told(room, qtbot):
    _rest(room, qtbot)
    labels = [one for one in room.findChildren(QLabel) if one.isVisibleTo(room)]
    said = [one.whole if isinstance(one, Elided) else one.text() for one in labels]
    return "\n".join(said).replace("\u200b", "")


@pytest.mark.parametrize("kind", [PanelRoom, SummaryRoom, AgreementRoom])
def test_where_returns_are_counted_late_ones_are_told(qtbot, enter, with_a_late_one, kind):
    room = enter(kind, with_a_late_one)
    qtbot.waitUntil(lambda: "3 of 3" in _told(room, qtbot), timeout=WAIT)
    told = _told(room, qtbot)
    _picture(room, f"late-{kind.__name__}")
    assert "1 of them late" in told
    if kind is PanelRoom:
        assert [p.returned.endswith("opened late") for p in room._model.rows] == [
            p.name == "C. Three" for p in room._model.rows
        ]
