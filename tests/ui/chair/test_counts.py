"""One of anything is told in the singular, in every room of the smallest inquiry there is."""

import re

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.ui.chair.panel import NAMES, released_panel
from tests.ui.waiting import calm
from ui.rooms.agreement.room import AgreementRoom
from ui.rooms.cases.room import CasesRoom
from ui.rooms.merge.room import MergeRoom
from ui.rooms.panel.room import PanelRoom
from ui.rooms.read.room import ReadRoom
from ui.rooms.safekeeping.room import SafekeepingRoom
from ui.rooms.summary.room import SummaryRoom
from ui.widgets.text import Elided

ONE_OF_MANY = re.compile(
    r"\b1 (cases|cells|changes|comments|documents|entries|factors|files|marks|members|pages"
    r"|panellists|ratings|records|returns|rounds|scores|updates|have|are|who rate)\b"
)
ROOMS = (
    AgreementRoom,
    CasesRoom,
    MergeRoom,
    PanelRoom,
    ReadRoom,
    SafekeepingRoom,
    SummaryRoom,
)


@pytest.mark.parametrize("kind", ROOMS)
def test_no_room_speaks_of_one_as_of_many(qtbot, tmp_path, enter, kind):
    room = enter(kind, released_panel(tmp_path, names=NAMES[:1], cases=1))
    calm(qtbot, room)
    said = [text for part in room.findChildren(QWidget) for text in words_of(part)]
    assert len(said) > 10
    assert [text for text in said if ONE_OF_MANY.search(text)] == []


def words_of(part):
    yield part.accessibleName()
    if isinstance(part, Elided):
        yield part.whole
    elif isinstance(part, (QLabel, QAbstractButton)):
        yield part.text()
