"""The Merge room: verdicts, the release that cannot be undone, the ledger."""

from reviewer.exchange.merge_result import MergeResult
from reviewer.exchange.pack import issue
from reviewer.records.panel import ReturnStatus
from tests.books import PASSPHRASE, chair_book
from tests.ui.chair.panel import NAMES, issued_panel
from ui.rooms.merge.results_list import Verdicts
from ui.rooms.merge.room import MergeRoom

WAIT = 10_000


def take(room, qtbot, paths):
    room.take(paths)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)


def test_what_needs_attention_stands_first(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:3], cases=2)
    bad = tmp_path / "bad.return"
    bad.write_bytes(b"nothing of ours")
    room = enter(MergeRoom, path)
    take(room, qtbot, [returns[0], returns[0], bad])
    told = [v.standing for v in room._verdicts.verdicts]
    assert told == [ReturnStatus.REFUSED, ReturnStatus.RECEIVED, ReturnStatus.DUPLICATE]
    assert room._panel._figure.text() == "1 of 3 received"
    assert "1 needs attention" in room._verdicts._count.text()
    assert [row.state for row in room._panel._model.rows] == ["out", "out", "received"]


def test_two_hundred_verdicts_are_all_shown(qtbot):
    verdicts = Verdicts()
    qtbot.addWidget(verdicts)
    verdicts.add([verdict(n) for n in range(200)])
    qtbot.waitUntil(lambda: verdicts._rows.count() == 201, timeout=WAIT)
    verdicts.add([verdict(n) for n in range(1000, 1300)])
    qtbot.waitUntil(lambda: not verdicts._timer.isActive(), timeout=WAIT)
    assert verdicts._rows.count() == 401
    assert "P 1000" in verdicts._rows.itemAt(0).widget().accessibleName()


def verdict(n):
    sentence = f"Return 1 of P {n} was verified and kept sealed."
    return MergeResult(
        file=f"{n}.return", standing=ReturnStatus.RECEIVED, member="", sentence=sentence
    )


def test_the_release_asks_a_reason_for_each_who_is_out(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:3], cases=2)
    room = enter(MergeRoom, path)
    take(room, qtbot, returns[:2])
    room._ask_release()
    form = room.form
    form.send()
    assert "C. Three" in form.problem
    form._reasons["C. Three"].setText("Withdrew in week 2")
    form.send()
    assert "cannot be undone" in form.problem
    assert not room.desk.about.released
    form._sure.setChecked(True)
    form.send()
    qtbot.waitUntil(lambda: bool(room.desk.about.released) and room.desk.idle, timeout=WAIT)
    assert room._left.currentIndex() == 1
    assert "Released without C. Three: Withdrew in week 2." in room._balance.text()
    assert {line.member for line in room._model.rows} == set(NAMES[:2])
    assert room._panel._release.isHidden()
    assert room.outcome.offer.text() == "Print a receipt..."
    paper = tmp_path / "paper"
    paper.mkdir()
    room.print_receipt(paper)
    qtbot.waitUntil(lambda: "receipt was written" in room.outcome.text, timeout=WAIT)
    assert [path.suffix for path in paper.iterdir()] == [".pdf"]
    assert room.outcome.offer.isHidden()


def test_a_chair_who_rates_seals_before_anybody_can_be_left_out(qtbot, tmp_path, enter):
    path = tmp_path / "chair.casebook"
    with chair_book(path, cases=1) as book:
        issue(book, "B. Two", tmp_path / "out", passphrase=PASSPHRASE)
    room = enter(MergeRoom, path)
    room._ask_release()
    form = room.form
    assert list(form._reasons) == ["B. Two"]
    form._reasons["B. Two"].setText("Withdrew in week 2")
    form._sure.setChecked(True)
    form.send()
    assert form.problem.startswith("Seal your own round first")
    assert not room.desk.about.released


def test_the_release_is_the_one_action_only_once_all_are_in(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    room = enter(MergeRoom, path)
    assert not room._panel._release.isEnabled()
    take(room, qtbot, returns[:1])
    assert room._panel._release.property("kind") == ""
    take(room, qtbot, returns)
    assert room._panel._release.property("kind") == "primary"


def test_a_release_says_what_is_blank_and_unsupported_before_any_figure(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    room = enter(MergeRoom, path)
    take(room, qtbot, returns)
    room.release({})
    qtbot.waitUntil(lambda: bool(room.outcome.lines), timeout=WAIT)
    assert "Read this before any figure." in room.outcome.text
    said = room.outcome.lines.splitlines()
    assert said[0].startswith("Most of this round is blank: ")
    assert [line.split(":")[0] for line in said[1:]] == ["- A. One", "- B. Two"]
