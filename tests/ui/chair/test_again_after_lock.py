"""What a release opened is there again after a lock, in the room one was in."""

import pytest

from tests.books import PASSPHRASE
from tests.ui.chair.panel import released_panel

WAIT = 20_000


@pytest.mark.parametrize("ident", ["summary", "agreement"])
def test_the_figures_come_back(qtbot, window, enter_room, tmp_path, ident):
    path = released_panel(tmp_path)
    room = enter_room(path, ident)
    qtbot.waitUntil(lambda: room._layers.currentWidget() is room.page, timeout=WAIT)
    window.desk.lock()
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    qtbot.waitUntil(lambda: window.room is not None and window.desk.idle, timeout=WAIT)
    again = window.room
    qtbot.waitUntil(lambda: again._layers.currentWidget() is again.page, timeout=WAIT)
