"""What is dropped is taken where it belongs, and told where it is not."""

import os
import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox

from reviewer.casebook.book import Casebook
from tests.books import PASSPHRASE, chair_book
from tests.ui.chair.panel import NAMES, issued_panel
from tests.ui.waiting import calm, shown
from ui.actions.dropping import _is_register
from ui.dialogs.choose_case import ChooseCaseDialog
from ui.dialogs.import_report import ImportReportDialog

WAIT = 20_000


def drop(window, *paths, urls=()):
    mime = QMimeData()
    mime.setUrls([*(QUrl.fromLocalFile(str(path)) for path in paths), *map(QUrl, urls)])
    window.dropEvent(
        QDropEvent(
            QPointF(20, 20),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def said(window):
    dialogs = [d for d in window.findChildren(QDialog) if d.isVisible()]
    return "\n".join(label.text() for d in dialogs for label in d.findChildren(QLabel))


def enter(qtbot, window, path, room):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room(room)
    calm(qtbot, window)


@pytest.fixture
def cases(qtbot, window, tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=3).close()
    enter(qtbot, window, path, "cases")
    return window


def write(folder, name, text="What was written.\n" * 9):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_a_register_dropped_on_cases_is_imported(qtbot, cases, tmp_path):
    drop(cases, write(tmp_path, "cases.csv", "reference,title\nC-1,First\n"))
    shown(qtbot, cases, ImportReportDialog)
    qtbot.waitUntil(lambda: len(cases.room._model.rows) == 4, timeout=WAIT)


def test_a_folder_with_its_register_is_imported_with_its_documents(qtbot, cases, tmp_path):
    folder = tmp_path / "shelf"
    write(folder, "cases.csv", "Reference;title;document\nC-1;First;letter.txt\n")
    write(folder, "letter.txt")
    drop(cases, folder)
    shown(qtbot, cases, ImportReportDialog)
    assert "1 case, 1 document, 1 page" in said(cases)
    qtbot.waitUntil(lambda: cases.desk.idle, timeout=WAIT)


def test_documents_and_folders_of_them_go_to_the_chosen_case(qtbot, cases, tmp_path):
    folder = tmp_path / "letters"
    write(folder, "one.txt")
    write(folder / "more", "two.txt", "Another letter.\n" * 9)
    cases.room.table.selectRow(1)
    drop(cases, folder, write(tmp_path, "three.txt", "A third letter.\n" * 9))
    dialog = shown(qtbot, cases, ChooseCaseDialog)
    assert dialog.windowTitle() == "Add 3 documents to 2010-02"
    dialog.accept()
    shown(qtbot, cases, ImportReportDialog)
    qtbot.waitUntil(lambda: cases.room._model.rows[1].documents == 4, timeout=WAIT)


def test_returns_and_folders_of_them_are_taken_anywhere_in_merge(qtbot, window, tmp_path):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    enter(qtbot, window, path, "merge")
    drop(window, returns[0].parent)
    qtbot.waitUntil(lambda: len(window.room._verdicts.verdicts) == 2, timeout=WAIT)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    drop(window, write(tmp_path, "letter.txt"))
    qtbot.waitUntil(lambda: len(window.room._verdicts.verdicts) == 3, timeout=WAIT)
    assert window.room._verdicts.verdicts[0].refused
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    empty = tmp_path / "empty"
    empty.mkdir()
    drop(window, empty)
    qtbot.waitUntil(lambda: "no return in that folder" in window.room._problem.sentence)


@pytest.mark.parametrize(
    "case",
    [
        ("cases", ("a.return",), "Returns are taken under Merge"),
        ("panel", ("letter.txt",), "taken under Cases"),
        ("cases", ("a.casebook", "b.casebook"), "one at a time"),
        ("cases", ("cases.csv", "letter.txt"), "register alone"),
        ("cases", (), "is a file on this computer"),
    ],
    ids=("return", "panel", "two", "mixed", "web"),
)
def test_what_cannot_be_taken_is_told(qtbot, cases, tmp_path, case):
    room, names, told = case
    cases.show_room(room)
    qtbot.waitUntil(lambda: cases.desk.idle, timeout=WAIT)
    drop(cases, *(write(tmp_path, name) for name in names), urls=("https://example.org/x.pdf",))
    shown(qtbot, cases, QMessageBox)
    assert told in said(cases)
    assert cases.desk.about is not None


def test_nothing_goes_into_a_casebook_that_is_not_open(qtbot, window, tmp_path):
    drop(window, write(tmp_path, "letter.txt"))
    shown(qtbot, window, QMessageBox)
    assert "Open a casebook first" in said(window)


def test_a_panellist_is_told_what_theirs_takes(qtbot, window, tmp_path):
    issued_panel(tmp_path, names=NAMES[:1], cases=1)
    (path,) = (tmp_path / "out").glob("*.casebook")
    with Casebook.open(path, PASSPHRASE) as own:
        assert own.about.kind == "panellist"
    enter(qtbot, window, path, "read")
    drop(window, write(tmp_path, "letter.txt"))
    shown(qtbot, window, QMessageBox)
    assert "takes updates from the chair" in said(window)


def test_several_registers_in_a_folder_are_named(qtbot, cases, tmp_path):
    folder = tmp_path / "shelf"
    for name in ("one.csv", "two.csv"):
        write(folder, name, "reference,title\nC-1,First\n")
    drop(cases, folder)
    shown(qtbot, cases, QMessageBox)
    assert "several registers in it: one.csv, two.csv" in said(cases)


def test_a_pipe_that_is_called_as_a_table_is_not_waited_for(tmp_path):
    pipe = tmp_path / "list.csv"
    os.mkfifo(pipe)
    found = []
    asking = threading.Thread(target=lambda: found.append(_is_register(pipe)), daemon=True)
    asking.start()
    asking.join(WAIT / 1000)
    assert found == [False]
