"""What of a file is not on its pages stands where it is read, and the file can be saved out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox

from tests.ui.read.family import NOTES, give_family
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import calm, open_document, open_reference
from ui.rooms.cases.room import CasesRoom


@pytest.fixture
def passphrase():
    return PASSPHRASE


@pytest.fixture
def family(path):
    """The mail and its attachment, added before the room is opened."""
    return give_family(path)


def test_a_quiet_line_tells_and_opens_by_keys(qtbot, family, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Re: the hatch")
    notes = room.below.notes
    assert notes.isVisible()
    assert notes.line.text() == "2 things to know"
    assert "Re: the hatch" in notes.line.accessibleName()
    assert not notes.list.isVisible()
    qtbot.keyClick(room.reader.view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert notes.list.isVisible()
    assert notes.list.hasFocus()
    assert [label.text() for label in notes.list.findChildren(QLabel)] == list(NOTES)
    assert notes.list.accessibleDescription() == "\n".join(NOTES)
    qtbot.keyClick(notes.list, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not notes.list.isVisible()
    notes.line.setFocus()
    qtbot.keyClick(notes.line, Qt.Key.Key_Space)
    assert notes.list.isVisible()


def test_a_document_of_which_all_is_shown_has_no_line(qtbot, family, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Re: the hatch")
    room.below.notes.turn()
    open_document(qtbot, room, "999 call")
    assert not room.below.notes.isVisible()
    assert not room.below.notes.list.widget().findChildren(QLabel)
    room._let_go()
    assert room.below.notes.notes == ()


def test_an_attachment_stands_behind_its_mail_and_leads_back(qtbot, family, room):
    open_reference(qtbot, room, "2010-07")
    tabs = [room.tabs.tabText(at) for at in range(room.tabs.count())]
    at = next(at for at, text in enumerate(tabs) if text.startswith("Re: the hatch"))
    assert tabs[at + 1].startswith("\u21b3 Photo of the hatch")
    open_document(qtbot, room, "\u21b3 Photo of the hatch")
    notes = room.below.notes
    assert notes.came_with.whole == "Attached to Re: the hatch"
    assert not notes.line.isVisible()
    notes.came.setFocus()
    qtbot.keyClick(notes.came, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: room.reading.document == family[0].id)
    calm(qtbot, room)


def test_cases_shows_notes_and_families_and_marks_them(qtbot, family, path, enter):
    room = enter(CasesRoom, path)
    qtbot.waitUntil(lambda: room.detail.shown is not None)
    titles = [row.first for row in room.detail.documents]
    at = titles.index("Re: the hatch")
    assert titles[at + 1] == "\u21b3 Photo of the hatch"
    assert "2 things to know" in room.detail.documents[at].spoken
    assert "attached to Re: the hatch" in room.detail.documents[at + 1].spoken
    room.detail.choose(at)
    assert room.detail.file_notes.notes == NOTES
    room.detail.choose(at + 1)
    qtbot.mouseClick(room.detail.file_notes.came, Qt.MouseButton.LeftButton)
    assert room.chosen_document.id == family[0].id


def test_the_original_is_saved_out_from_the_pages(qtbot, family, path, window, tmp_path):
    with qtbot.waitSignal(window.desk.opened, timeout=20_000):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room("read")
    room = window.room
    qtbot.waitUntil(lambda: room.judging.material is not None, timeout=20_000)
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "\u21b3 Photo of the hatch")
    qtbot.mouseClick(room.reader.foot.original, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("/a_ b.pdf")
    dialog.reject()
    saved = tmp_path / "saved.pdf"
    window.actions_.saving.write(family[1], saved)
    qtbot.waitUntil(saved.exists, timeout=20_000)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=20_000)
    assert saved.read_bytes().endswith(b"Photo of the hatch")
    told = window.findChild(QMessageBox)
    assert "not encrypted" in told.informativeText()
    assert told.text() == "saved.pdf was written as it was brought in."
    told.close()
    told.deleteLater()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.actions.saving.is_unlocked", lambda *_: True)
        window.actions_.saving.write(family[1], saved)
        qtbot.waitUntil(lambda: any(map(_says_copy, window.findChildren(QMessageBox))))
    for told in window.findChildren(QMessageBox):
        told.close()


def _says_copy(told):
    return told.text().startswith("saved.pdf was written without its password")
