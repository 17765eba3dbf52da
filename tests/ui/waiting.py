"""Waiting for what the window does by itself: its work, and the dialogs that it opens."""

WAIT = 20_000  # milliseconds at most; every wait is for a signal or a condition
_TURNS = 3  # what has come back asks for more, and that for more again


def calm(qtbot, over):
    """Wait until what was asked of the desk of ``over`` came back, and what that asked for."""
    for _ in range(_TURNS):
        back = []
        over.desk.afterwards(lambda back=back: back.append(True))
        qtbot.waitUntil(lambda back=back: bool(back) and over.desk.idle, timeout=WAIT)


def shown(qtbot, over, kind):
    """Wait for the one dialog of a kind that is open in the window of ``over``; return it."""

    def found():
        return [one for one in over.window().findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1, timeout=WAIT)
    return found()[0]
