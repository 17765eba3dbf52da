"""What is told stands in sight, whole, and takes the keys from nobody."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.sample import PASSPHRASE
from ui import errors, theme
from ui.dialogs.new_casebook import NewCasebookDialog

LONG = "The file that was there is now called by another name, and you find it beside this one. "


@pytest.fixture
def new(window):
    window.resize(1366, 768)
    window.actions_.run("new")
    return window.findChild(NewCasebookDialog)


def test_what_is_missing_from_a_long_form_is_told_over_its_foot(qtbot, new):
    new._title.setText("Northmoor")
    new._rates.setChecked(True)
    new.accept()
    qtbot.waitUntil(new.problem.isVisible)

    def in_sight():
        low = new.problem.mapTo(new, new.problem.rect().bottomLeft()).y()
        assert new._area.geometry().bottom() < low < new.go.y()

    qtbot.waitUntil(in_sight)


@pytest.mark.parametrize("times", [1, 4])
def test_a_box_shows_every_line_of_its_sentence(qtbot, window, times):
    box = errors.tell(window, LONG * times, details=(LONG, LONG))
    qtbot.waitUntil(box.isVisible)
    for name in ("qt_msgbox_label", "qt_msgbox_informativelabel"):
        label = box.findChild(QLabel, name)
        assert label.height() >= label.heightForWidth(label.width()) > theme.scale() * 20
        assert label.width() <= 460
    box.close()


def test_after_unlocking_the_keys_go_to_the_room(qtbot, window, chair_file):
    window.show_unlock(chair_file)
    field = window._unlock._field
    field.setText(PASSPHRASE)
    with qtbot.waitSignal(window.desk.opened):
        window._unlock.start()
    qtbot.waitUntil(lambda: window.desk.idle and not window._unlock.busy)
    assert window.room.isAncestorOf(window.focusWidget())
