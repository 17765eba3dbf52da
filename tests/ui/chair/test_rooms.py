"""The chair's rooms on a casebook that went the whole way."""

import json
import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView

from reviewer.errors import Cancelled
from reviewer.reports.paper import consolidated_pdf
from reviewer.summary import kinds
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from tests.ui.chair.panel import NAMES, issued_panel, released_panel
from ui.rooms.agreement.room import AgreementRoom
from ui.rooms.merge.room import MergeRoom
from ui.rooms.panel.room import PanelRoom
from ui.rooms.summary.room import SummaryRoom
from ui.widgets.heat import Sample

WAIT = 10_000  # milliseconds at most; every wait is for a signal or a condition


def summary_of(room, qtbot):
    got = []
    room.desk.ask(lambda book: consolidate(gather(book))).succeeded(got.append).run()
    qtbot.waitUntil(lambda: bool(got), timeout=WAIT)
    return got[0]


def test_the_summary_shows_what_the_numbers_say(qtbot, tmp_path, enter):
    room = enter(SummaryRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)
    summary = summary_of(room, qtbot)
    assert room.returned.figure == f"{len(NAMES)} of {len(NAMES)}"
    told = {label.text() for label in room.reliability.findChildren(QLabel)}
    assert "Reliability of round 1" in told  # whatever round the counts beside it are of
    systems = next(g for g in summary.groups if g.code == "SYS")
    assert systems.counted == 4
    assert room.groups.groups[0].count == f"4 of {systems.assessable} assessable"
    assert room.blocked.figure.startswith(str(sum(f.not_assessable for f in summary.factors)))


def test_each_of_the_eight_kinds_has_its_sign_word_and_count(qtbot, tmp_path, enter):
    room = enter(SummaryRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)
    summary = summary_of(room, qtbot)
    texts = {label.text() for label in room.kinds.findChildren(QLabel)}
    for kind, name in kinds.WORDS.items():
        assert f"{name} {summary.kinds[kind]}" in texts
    assert len(room.kinds.findChildren(Sample)) == len(kinds.WORDS)
    assert room.kinds.text == room.kinds.accessibleName()
    assert f"Of {len(summary.cells)} cells" in room.kinds.text


@pytest.mark.parametrize("kind", [SummaryRoom, AgreementRoom])
def test_a_mostly_blank_round_is_told_before_any_figure(kind, qtbot, tmp_path, enter):
    room = enter(kind, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.warning.text()), timeout=WAIT)
    assert room.warning.isVisible()
    assert room.warning.text().startswith("Most of this round is blank: 295 of 340 ratings")
    shown = [room.settled, room.blocked] if kind is SummaryRoom else [room.map]
    tops = [part.mapTo(room, QPoint(0, 0)).y() for part in shown]
    assert room.warning.mapTo(room, QPoint(0, 0)).y() < min(tops)


def test_nothing_on_the_agenda_is_not_called_agreement(qtbot, tmp_path, enter):
    """One panellist, four cases, most of it blank: no cell is settled, and none is said to be."""
    room = enter(AgreementRoom, released_panel(tmp_path, names=NAMES[:1]))
    qtbot.waitUntil(lambda: bool(room.overall._agenda.text()), timeout=WAIT)
    said = room.overall._agenda.text()
    assert said.startswith("Nothing is on the agenda. That does not mean that the panel agrees")
    assert "0 settled" in said


def test_a_group_opens_its_factors_by_keyboard(qtbot, tmp_path, enter):
    room = enter(SummaryRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)
    head = room.groups.groups[0]
    below = head.parentWidget().layout().itemAt(1).widget()
    assert below.isHidden()
    qtbot.keyClick(head, "\r")
    assert not below.isHidden()
    qtbot.keyClick(head, " ")
    assert below.isHidden()


def test_the_report_is_written_from_the_room(qtbot, tmp_path, enter):
    room = enter(SummaryRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)
    to = tmp_path / "report"
    to.mkdir()
    room.write_to(to)
    qtbot.waitUntil(lambda: "is written" in room.outcome.text, timeout=WAIT)
    assert "not encrypted" in room.outcome.text
    (data,), (paper,) = to.glob("summary-round-1-*.json"), to.glob("summary-round-1-*.pdf")
    assert json.loads(data.read_text(encoding="utf-8"))["members"]
    assert paper.read_bytes().startswith(b"%PDF")
    before = {path: path.stat().st_mtime_ns for path in to.iterdir()}
    room.write_to(to)
    qtbot.waitUntil(lambda: "already" in room.outcome.text, timeout=WAIT)
    assert {path: path.stat().st_mtime_ns for path in to.iterdir()} == before
    assert room.outcome.offer.text() == "Replace it"
    qtbot.waitUntil(room._write.isEnabled, timeout=WAIT)
    qtbot.mouseClick(room.outcome.offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is written" in room.outcome.text, timeout=WAIT)
    assert {path: path.stat().st_mtime_ns for path in to.iterdir()} != before
    assert before.keys() == set(to.iterdir())


def test_reading_goes_on_while_the_report_is_written(qtbot, tmp_path, enter, monkeypatch):
    room = enter(SummaryRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)
    to, answered, go = tmp_path / "report", [], threading.Event()
    to.mkdir()

    def paper(*given, **more):
        go.wait(WAIT / 1000)
        return consolidated_pdf(*given, **more)

    monkeypatch.setattr("reviewer.reports.write.consolidated_pdf", paper)
    room.write_to(to)
    qtbot.waitUntil(lambda: any("ratings" in path.name for path in to.iterdir()), timeout=WAIT)
    room.desk.ask(lambda book: len(book.cases.all())).succeeded(answered.append).run()
    qtbot.waitUntil(lambda: bool(answered), timeout=WAIT)
    assert not any(path.name.startswith("summary") for path in to.iterdir())
    go.set()
    qtbot.waitUntil(lambda: "is written" in room.outcome.text, timeout=WAIT)


def test_a_report_stopped_by_a_lock_leaves_nothing(qtbot, tmp_path, enter, monkeypatch):
    room = enter(SummaryRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)
    to, go = tmp_path / "report", threading.Event()
    to.mkdir()

    def paper(*given, **_more):  # it is past its last step when the casebook is locked
        go.wait(WAIT / 1000)
        return consolidated_pdf(*given)

    monkeypatch.setattr("reviewer.reports.write.consolidated_pdf", paper)
    room.write_to(to)
    qtbot.waitUntil(lambda: any("ratings" in path.name for path in to.iterdir()), timeout=WAIT)
    with qtbot.waitSignal(room.desk.locked, timeout=WAIT):
        room.desk.lock()
    go.set()
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    assert list(to.iterdir()) == []


def test_a_summary_is_stopped_and_made_again_when_asked(qtbot, tmp_path, enter, monkeypatch):
    """It is made beside the casebook's thread: cancelled there, the rooms say so and offer it."""
    asked = []

    def stopped(panel, **more):
        asked.append(threading.current_thread().name)
        if len(asked) == 1:
            raise Cancelled
        return consolidate(panel, **more)

    monkeypatch.setattr("ui.desk.consolidated.consolidate", stopped)
    room = enter(SummaryRoom, released_panel(tmp_path))
    assert room._layers.currentWidget() is room._refused
    assert not room.making.busy
    qtbot.mouseClick(room._problem.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert room.making.busy
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)
    assert [name.partition("_")[0] for name in asked] == ["long", "long"]


def test_a_report_that_cannot_be_written_is_told_in_place(qtbot, tmp_path, enter):
    room = enter(SummaryRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)
    taken = tmp_path / "file"
    taken.write_bytes(b"")
    room.write_to(taken)
    qtbot.waitUntil(lambda: not room.outcome.isHidden(), timeout=WAIT)
    assert "is written" not in room.outcome.text
    assert taken.read_bytes() == b""


def test_nothing_is_shown_before_the_release(qtbot, tmp_path, enter):
    path, _ = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    for kind in (SummaryRoom, AgreementRoom):
        room = enter(kind, path)
        assert room._layers.currentWidget() is room._empty
        room.desk.lock()
        qtbot.waitUntil(lambda room=room: room.desk.idle, timeout=WAIT)


def test_the_agreement_room_shows_every_case_and_factor(qtbot, tmp_path, enter):
    room = enter(AgreementRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: room.map.model().rowCount() == 4, timeout=WAIT)
    assert room.map.model().columnCount() >= 17


def test_the_panel_room_lists_who_was_issued_a_casebook(qtbot, tmp_path, enter):
    path, _ = issued_panel(tmp_path, names=NAMES[:3], cases=2)
    room = enter(PanelRoom, path)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    texts = " ".join(
        str(view.model().index(row, 0).data())
        for view in room.findChildren(QTableView)
        for row in range(view.model().rowCount())
    )
    assert all(name in texts for name in NAMES[:3])


def test_returns_dropped_on_the_merge_room_are_received(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    room = enter(MergeRoom, path)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    with qtbot.waitSignal(room.desk.changed, timeout=WAIT):
        room.take(returns)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    received = []
    room.desk.ask(lambda book: book.returns.received(1)).succeeded(received.extend).run()
    qtbot.waitUntil(lambda: len(received) == 2, timeout=WAIT)
