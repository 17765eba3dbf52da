"""The order in which Tab goes through a form."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_ROW = 8  # pixels by which the middles of parts in one row may differ


def tab_stops(top: QWidget, inside: QWidget) -> list[QWidget]:
    """Return the parts of ``inside`` that Tab comes to, as it comes to them in ``top`` now."""
    stops = [
        part
        for part in inside.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.window() is top.window()
    ]
    places: dict[QWidget, int] = {}
    here = top.nextInFocusChain()
    while here is not None and here is not top:
        places[here] = len(places)
        here = here.nextInFocusChain()
    return sorted(stops, key=lambda part: places.get(part, len(places)))


def go_through(stops: Sequence[QWidget]) -> None:
    """Let Tab go from each of ``stops`` to the next."""
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def as_they_stand(inside: QWidget, stops: Sequence[QWidget]) -> list[QWidget]:
    """Return ``stops`` as they are read in ``inside``: row after row, from the left."""

    def place(part: QWidget) -> tuple[int, int]:
        middle = part.mapTo(inside, part.rect().center())
        return round(middle.y() / _ROW), middle.x()

    return sorted(stops, key=place)
