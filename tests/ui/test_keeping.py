"""Passphrase and recovery sheet in the window, as a person goes through them."""

import stat

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import location
from reviewer.crypto.recovery import read_sheet
from reviewer.errors import UnlockError
from reviewer.reports.slips.recovery import write_sheet
from tests.reviewer.reports import pdfs
from tests.ui.sample import PASSPHRASE
from ui.dialogs.change_passphrase import ChangePassphraseDialog
from ui.dialogs.print_sheet import PrintSheetDialog
from ui.dialogs.recover import RecoverDialog
from ui.rooms.safekeeping.passphrase import PassphraseCard
from ui.widgets.passphrase import PassphraseField

WAIT = 10_000
NEW = "lanterns over the estuary at dusk"


def opened(qtbot, window, path, passphrase=PASSPHRASE):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, passphrase).run()
    window.show_room("safekeeping")
    card = next(c for c in window.room.cards if isinstance(c, PassphraseCard))
    settled(qtbot, window)
    return card


def settled(qtbot, window):
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)


def dialog_of(window, kind, action):
    window.actions_.run(action)
    return window.findChild(kind)


def own(choice, passphrase=NEW):
    choice._own.setChecked(True)
    choice._field.setText(passphrase)
    choice._again.setText(passphrase)


@pytest.fixture
def sheets(tmp_path):
    folder = tmp_path / "sheets"
    folder.mkdir()
    return folder


@pytest.fixture
def sheet(chair_file, sheets):
    """The lines of a sheet printed from the chair's casebook."""
    with Casebook.open(chair_file, PASSPHRASE) as book:
        pdf = write_sheet(book, sheets)
    return read_sheet(pdfs.texts(pdf.read_bytes())[0]).lines


def test_a_sheet_is_printed_and_its_file_goes_again(qtbot, window, chair_file, sheets):
    card = opened(qtbot, window, chair_file)
    assert "Not printed yet" in card.sheet.text()
    dialog = dialog_of(window, PrintSheetDialog, "print-sheet")
    dialog.accept()
    assert "Choose a folder" in dialog.problem.sentence
    dialog.take_folder(sheets)
    dialog.passphrase.setText("not the one")
    dialog.accept()
    qtbot.waitUntil(lambda: "not the passphrase" in dialog.problem.sentence, timeout=WAIT)
    assert not list(sheets.iterdir())
    dialog.passphrase.setText(PASSPHRASE)
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.written is not None and not dialog._busy, timeout=WAIT)
    (pdf,) = sheets.iterdir()
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600
    assert "another building" in dialog._keep.text()
    assert dialog.passphrase.text() == ""
    dialog.accept()
    assert not pdf.exists()
    qtbot.waitUntil(lambda: "It opens this casebook" in card.sheet.text(), timeout=WAIT)


def test_a_sheet_is_not_written_beside_the_casebook(qtbot, window, chair_file):
    opened(qtbot, window, chair_file)
    dialog = dialog_of(window, PrintSheetDialog, "print-sheet")
    dialog.take_folder(chair_file.parent)
    dialog.passphrase.setText(PASSPHRASE)
    dialog.accept()
    qtbot.waitUntil(lambda: "must not lie beside" in dialog.problem.sentence, timeout=WAIT)
    assert not list(chair_file.parent.glob("*.pdf"))


@pytest.mark.parametrize("whose", ["chair_file", "panellist_file"])
def test_the_passphrase_is_changed_once_the_old_one_is_right(qtbot, window, request, whose):
    path = request.getfixturevalue(whose)
    card = opened(qtbot, window, path)
    dialog = dialog_of(window, ChangePassphraseDialog, "change-passphrase")
    own(dialog.choice)
    dialog.accept()
    assert "passphrase the casebook has now" in dialog.problem.sentence
    dialog.old.setText("not the one")
    dialog.accept()
    qtbot.waitUntil(lambda: "not the passphrase" in dialog.problem.sentence, timeout=WAIT)
    dialog.old.setText(PASSPHRASE)
    own(dialog.choice, PASSPHRASE)
    dialog.accept()
    qtbot.waitUntil(lambda: "has already" in dialog.problem.sentence, timeout=WAIT)
    own(dialog.choice)
    dialog.accept()
    qtbot.waitUntil(lambda: dialog._changed and not dialog._busy, timeout=WAIT)
    assert "still open with the old passphrase" in dialog._after.text()
    assert (dialog.old.text(), dialog.choice._field.text()) == ("", "")
    qtbot.waitUntil(lambda: card.passphrase.text().startswith("Changed"), timeout=WAIT)
    with qtbot.waitSignal(window.desk.locked):
        window.actions_.run("lock")
    Casebook.open(path, NEW).close()
    with pytest.raises(UnlockError):
        Casebook.open(path, PASSPHRASE)


def test_a_change_that_the_disk_refused_ends_at_the_unlock_screen(
    qtbot, window, chair_file, monkeypatch
):
    """The engine calls it done; the journal that is still there says that it is not."""
    opened(qtbot, window, chair_file)
    dialog = dialog_of(window, ChangePassphraseDialog, "change-passphrase")
    dialog.old.setText(PASSPHRASE)
    own(dialog.choice)
    monkeypatch.setattr("reviewer.casebook.file.connection._rollback_waits", lambda _path: True)
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        dialog.accept()
    monkeypatch.undo()
    box = window.findChild(QMessageBox)
    assert "the old one holds" in box.text()
    box.close()
    assert window.room is window._unlock


def test_after_a_change_a_backup_and_a_sheet_are_offered(qtbot, window, chair_file, sheet):
    card = opened(qtbot, window, chair_file)
    assert "It opens this casebook" in card.sheet.text()
    dialog = dialog_of(window, ChangePassphraseDialog, "change-passphrase")
    dialog.old.setText(PASSPHRASE)
    own(dialog.choice)
    dialog.accept()
    qtbot.waitUntil(lambda: dialog._changed and not dialog._busy, timeout=WAIT)
    qtbot.waitUntil(lambda: "no longer opens this casebook" in card.sheet.text(), timeout=WAIT)
    dialog._backup.click()
    qtbot.waitUntil(lambda: "found whole" in dialog._sheet.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: not dialog._busy, timeout=WAIT)
    (backup,) = chair_file.with_name("Northmoor Inquiry-backups").glob("*.casebook")
    Casebook.open(backup, NEW).close()
    dialog.accept()
    assert window.findChild(PrintSheetDialog) is not None


def test_a_lost_passphrase_the_sheet_and_a_new_one(qtbot, window, chair_file, sheet):
    window.show_unlock(chair_file)
    window.room._sheet.click()
    dialog = window.findChild(RecoverDialog)
    fields = dialog.entry._fields
    swapped = sheet[2][0:3] + sheet[2][5] + " " + sheet[2][3] + sheet[2][6:]
    other = "1" if sheet[2].startswith("0") else "0"
    wrong = swapped if swapped != sheet[2] else other + sheet[2][1:]
    for field, line in zip(fields, [*sheet[:2], wrong, *sheet[3:]], strict=True):
        field.setText(line)
    own(dialog.choice)
    dialog.accept()
    assert dialog.problem.sentence.startswith("Line 3 is not as printed")
    fields[2].setText(sheet[2].lower().replace("0", "o"))
    assert dialog.entry.whole
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        dialog.accept()
    qtbot.waitUntil(lambda: window.findChild(RecoverDialog) is None, timeout=WAIT)
    with qtbot.waitSignal(window.desk.locked):
        window.actions_.run("lock")
    Casebook.open(chair_file, NEW).close()


def test_what_was_typed_stays_where_the_sheet_does_not_open_the_casebook(
    qtbot, window, panellist_file, sheet, monkeypatch
):
    window.show_unlock(panellist_file)
    window.room._sheet.click()
    dialog = window.findChild(RecoverDialog)
    for field, line in zip(dialog.entry._fields, sheet, strict=True):
        field.setText(line)
    own(dialog.choice)
    stick = location.Place(kind=location.Kind.REMOVABLE, system="vfat")
    with monkeypatch.context() as away:
        away.setattr(location, "place_of", lambda _path: stick)
        dialog.accept()
        qtbot.waitUntil(lambda: "taken out" in dialog.problem.sentence, timeout=WAIT)
        qtbot.waitUntil(lambda: not dialog._busy, timeout=WAIT)
    dialog.accept()
    qtbot.waitUntil(lambda: "from another casebook" in dialog.problem.sentence, timeout=WAIT)
    qtbot.waitUntil(lambda: not dialog._busy, timeout=WAIT)
    assert dialog.isVisible()
    assert dialog.entry.whole
    assert window.desk.about is None
    dialog.reject()
    assert dialog.entry.text.strip() == "", "nothing of the key stays in the fields"


def test_the_cursor_goes_on_to_the_next_line_by_itself(qtbot, window, chair_file, sheet):
    window.show_unlock(chair_file)
    window.room._sheet.click()
    entry = window.findChild(RecoverDialog).entry
    entry._fields[0].setFocus()
    qtbot.keyClicks(entry._fields[0], sheet[0])
    assert entry.window().focusWidget() is entry._fields[1]
    assert entry.problem == "Line 2 is not whole yet."


def test_wrong_tries_are_slowed_down_and_never_locked_out(qtbot, window, chair_file):
    window.show_unlock(chair_file)
    room = window.room
    field = room.findChild(PassphraseField, "passphrase")
    waits = []
    for _ in range(8):
        field.setText("not the one")
        room.start()
        settled(qtbot, window)
        qtbot.waitUntil(lambda: not room.busy, timeout=WAIT)
        room._second.stop()  # the test's own clock
        waits.append(room._wait)
        assert room._unlock.isEnabled() == (room._wait == 0)
        if room._wait:
            assert room._unlock.text() == f"Unlock in {room._wait} s"
            field.setText(PASSPHRASE)
            room.start()
            assert not room.busy, "it waits, even with the right one"
        while room._wait:
            room._tick()
    assert waits == [0, 0, 1, 2, 4, 8, 15, 15]
    field.setText(PASSPHRASE)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        room.start()
    assert room._wrong == 0


def test_another_casebook_is_not_made_to_wait(qtbot, window, chair_file, panellist_file):
    window.show_unlock(chair_file)
    room = window.room
    for _ in range(3):
        room.findChild(PassphraseField, "passphrase").setText("not the one")
        room.start()
        settled(qtbot, window)
    qtbot.waitUntil(lambda: room._wait > 0, timeout=WAIT)
    window.show_unlock(panellist_file)
    assert (room._wait, room._unlock.text()) == (0, "Unlock")


def test_a_passphrase_field_gives_nothing_away(qtbot, window):
    """No reveal left on, no clipboard, no undo, no text for assistive programs, no suggestions."""
    field = PassphraseField()
    qtbot.addWidget(field)
    field.show()
    clipboard = QApplication.clipboard()
    clipboard.setText("mine")
    qtbot.keyClicks(field, "amber otter")
    field.selectAll()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X):
        qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    field.copy()
    field.cut()
    assert clipboard.text() == "mine"
    seen = QAccessible.queryAccessibleInterface(field)
    for part in QAccessible.Text:
        assert "amber" not in seen.text(part)
    for hint in ("ImhSensitiveData", "ImhNoPredictiveText", "ImhHiddenText"):
        assert field.inputMethodHints() & Qt.InputMethodHint[hint]
    assert field.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    assert not field.dragEnabled()
    assert field.completer() is None
    field._show.setChecked(True)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    field.forget()
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field._show.setChecked(True)
    assert not field.isUndoAvailable()
    field.undo()
    field.redo()
    assert field.text() == ""
    field.hide()
    assert field.echoMode() is QLineEdit.EchoMode.Password, "no reveal is left on"


def test_locking_leaves_no_passphrase_in_any_field(qtbot, window, chair_file):
    opened(qtbot, window, chair_file)
    dialog = dialog_of(window, ChangePassphraseDialog, "change-passphrase")
    dialog.old.setText(PASSPHRASE)
    own(dialog.choice)
    fields = [dialog.old, dialog.choice._field, dialog.choice._again]
    for field in fields:
        field._show.setChecked(True)
    left = []
    dialog.finished.connect(lambda _result: left.extend((f.text(), f.echoMode()) for f in fields))
    with qtbot.waitSignal(window.desk.locked):
        window.actions_.run("lock")
    assert left == [("", QLineEdit.EchoMode.Password)] * 3
