"""All cases: a row opens its case, and says how it stands once the round is sealed."""

import pytest
from PySide6.QtCore import Qt

from reviewer.casebook.book import Casebook
from tests.books import PASSPHRASE as ISSUED
from tests.ui.chair.panel import issued_panel
from tests.ui.test_window import unlock
from tests.ui.waiting import calm
from ui.theme import SPACE


def all_cases(window):
    window.show_room("all-cases")
    return window.room


def references(room):
    at = range(room._sorted.rowCount())
    return [room._sorted.index(row, 0).data() for row in at]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, None])
def test_enter_and_a_double_click_open_the_case_of_the_row(qtbot, window, panellist_file, key):
    unlock(qtbot, window, panellist_file)
    room = all_cases(window)
    calm(qtbot, window)
    index = room._sorted.index(6, 0)
    reference = index.data()
    room.table.setCurrentIndex(index)
    if key is None:
        place = room.table.visualRect(index).center()
        qtbot.mouseClick(room.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(room.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        qtbot.keyClick(room.table, key)
    calm(qtbot, window)
    assert window.room.judging.material.case.reference == reference


def test_the_first_visit_to_the_reading_room_opens_the_case_asked_for(
    qtbot, window, panellist_file
):
    unlock(qtbot, window, panellist_file)
    calm(qtbot, window)
    asked = all_cases(window)
    calm(qtbot, window)
    case = asked._sorted.index(9, 0).data()
    window._rooms.pop("read").deleteLater()
    asked.table.setCurrentIndex(asked._sorted.index(9, 0))
    qtbot.keyClick(asked.table, Qt.Key.Key_Return)
    calm(qtbot, window)
    assert window.room.judging.material.case.reference == case


def test_no_case_of_a_sealed_round_is_a_draft(qtbot, window, tmp_path):
    issued_panel(tmp_path, names=("A. One",), cases=3)
    path = next((tmp_path / "out").glob("*.casebook"))
    with Casebook.open(path, ISSUED) as book:
        assert book.about.sealed
    unlock(qtbot, window, path, ISSUED)
    room = all_cases(window)
    calm(qtbot, window)
    assert {line.state for line in room._model.rows} == {"Sealed"}


def test_what_is_said_of_a_case_stands_together_at_the_head_of_its_card(
    qtbot, window, panellist_file
):
    unlock(qtbot, window, panellist_file)
    card = all_cases(window).detail
    calm(qtbot, window)
    assert not card._area.isVisible()  # the register says no more of it
    told = [card._reference, card._title, card._heading]
    assert max(part.height() - part.sizeHint().height() for part in told) <= SPACE.S
    assert card._heading.geometry().bottom() < card.height() // 3
