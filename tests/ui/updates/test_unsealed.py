"""The window names unsealed work before an update closes it, and sends it as late after."""

import shutil

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from reviewer.casebook.book import Casebook
from reviewer.exchange.late import waiting
from reviewer.exchange.merge import receive
from tests.reviewer.exchange.panel import PASSPHRASE
from tests.reviewer.exchange.test_again import Story, first
from tests.ui.waiting import WAIT, shown
from ui.actions.sending_late import SendLateDialog
from ui.actions.updating import Updating
from ui.desk.desk import Desk
from ui.dialogs.update import UpdateDialog

__all__ = ["first"]  # a fixture


@pytest.fixture
def third(first, tmp_path):
    """Bo has rated in round 2 and not sealed; the update of round 3 lies there."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    with story.chair:
        story.open_to_all()
        update = story.close_over("Bo")
    return tmp_path, update


def test_unsealed_work_wants_a_tick_and_is_sent_as_late(qtbot, third):
    folder, update = third
    desk = Desk()
    try:
        with qtbot.waitSignal(desk.opened, timeout=WAIT):
            desk.open(folder / "Bo.casebook", PASSPHRASE).run()
        window = QWidget()
        qtbot.addWidget(window)
        updating = Updating(desk, window)
        updating.take(update)
        before = shown(qtbot, window, UpdateDialog)
        told = "\n".join(label.text() for label in before.findChildren(QLabel))
        assert "Round 2 is not sealed here: 1 rating." in told
        before.accept()
        assert before.problem.sentence == "Tick the box: this closes round 2, which is not sealed."
        qtbot.waitUntil(lambda: desk.idle, timeout=WAIT)
        assert desk.about.round == 2
        before.sure.setChecked(True)
        before.accept()
        qtbot.waitUntil(lambda: desk.idle and desk.about.round == 3, timeout=WAIT)
        done = shown(qtbot, window, UpdateDialog)
        qtbot.waitUntil(lambda: "is applied" in done.windowTitle(), timeout=WAIT)
        done.reject()
        offered = shown(qtbot, window, SendLateDialog)
        offered.reject()
        updating.late.send(2, folder)
        qtbot.waitUntil(lambda: desk.idle and bool(list(folder.glob("round-2-*"))), timeout=WAIT)
    finally:
        desk.close()
    with Casebook.open(folder / "chair.casebook", PASSPHRASE) as chair:
        newest = max(folder.glob("round-2-*.return"), key=lambda path: path.stat().st_mtime)
        receive(chair, [newest])
        assert [(one.member.name, one.received.round) for one in waiting(chair)] == [("Bo", 2)]
