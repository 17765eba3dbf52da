"""Bring in: a delivery as a table, before any of it joins a case."""

import wave
import zipfile

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem

from reviewer.intake.delivery.assess import State
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.intake.test_locked import locked
from tests.ui.waiting import calm
from ui.models.table import ROW_ROLE
from ui.rooms.cases.bring_in.view import BringInView
from ui.settings import Settings

WAIT = 30_000


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "disclosure 3"
    for path, text in {
        "2010-01/police/custody.txt": "Custody record of the night",
        "2010-01/police/copy.txt": "Custody record of the night",
        "2010-02/trust/scan0007.txt": "Ward log",
        "2010-02/trust/scan0009.txt": "Ward log of the second night",
        "2010-03/old.wpd": "",
        "misc/note.txt": "A note",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


@pytest.fixture
def view(qtbot, desk, tmp_path, light):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=3).close()
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open(path, PASSPHRASE).run()
    made = BringInView(desk, Settings(tmp_path / "reviewer.ini"))
    made.resize(1366, 700)
    made.show()
    made.enter()
    rest(qtbot, made)
    yield made
    made.close()
    made.deleteLater()


def rest(qtbot, view):
    qtbot.waitUntil(lambda: view.desk.idle and not view._strip.busy, timeout=WAIT)
    calm(qtbot, view)


def arrive(qtbot, view, path):
    view.arrive(path)
    rest(qtbot, view)


def rows(view):
    shown = view.files.model
    found = [shown.index(at, 0).data(ROW_ROLE) for at in range(shown.rowCount())]
    return {row.item.path: row for row in found}


def choose(view, path):
    at = list(rows(view)).index(path)
    view.files.table.selectRow(at)


def documents(qtbot, view):
    found = []
    view.desk.ask(lambda book: book.documents.all()).succeeded(found.extend).run()
    rest(qtbot, view)
    return [one for one in found if one.title != "Custody record"]


def test_nothing_came_yet(view):
    assert view._layers.currentIndex() == 0
    assert not view._go.isVisible()


def test_a_folder_is_a_table_and_nothing_joins_a_case(qtbot, view, folder):
    arrive(qtbot, view, folder)
    assert {path: row.state for path, row in rows(view).items()} == {
        "2010-01/police/copy.txt": State.READY,
        "2010-01/police/custody.txt": State.LEFT_OUT,
        "2010-02/trust/scan0007.txt": State.READY,
        "2010-02/trust/scan0009.txt": State.READY,
        "2010-03/old.wpd": State.LEFT_OUT,
        "misc/note.txt": State.LOOK,
    }
    assert next(iter(rows(view))) == "misc/note.txt", "what somebody should look at comes first"
    assert view._head.note.startswith("disclosure 3 · 6 files · ")
    assert view._go.text() == "Bring in 3 files"
    assert view.files.filters.chips[State.LOOK].text() == "Look at these 1"
    assert documents(qtbot, view) == []


def test_the_chips_and_the_words_narrow_the_table(qtbot, view, folder):
    arrive(qtbot, view, folder)
    view.files.filters.chips[State.READY].click()
    assert len(rows(view)) == 3
    view.files.filters.words.setText("scan0009")
    assert list(rows(view)) == ["2010-02/trust/scan0009.txt"]


def test_a_case_narrows_the_table_and_the_chips_say_how_many_are_left(qtbot, view, folder):
    arrive(qtbot, view, folder)
    filters = view.files.filters
    offered = [filters.case.itemText(at) for at in range(filters.case.count())]
    assert offered == ["every case", "which case?", "2010-01", "2010-02", "2010-03"]
    filters.case.setCurrentIndex(offered.index("2010-02"))
    filters.case.activated.emit(offered.index("2010-02"))
    assert set(rows(view)) == {"2010-02/trust/scan0007.txt", "2010-02/trust/scan0009.txt"}
    assert filters.chips[None].text() == "All 2 of 6"
    assert filters.chips[State.READY].text() == "Ready 2 of 3"
    assert filters.chips[State.LOOK].text() == "Look at these 0 of 1"
    filters.case.setCurrentIndex(1)
    filters.case.activated.emit(1)
    assert set(rows(view)) == {"misc/note.txt"}
    choose(view, "misc/note.txt")
    view.card.case.setCurrentText("2010-03")
    view.card.only.click()
    rest(qtbot, view)
    assert filters.case.currentText() == "every case", "no file is left without a case"
    assert len(rows(view)) == 6
    assert filters.chips[None].text() == "All 6"


def test_a_persons_word_moves_the_row_at_once_and_is_taken_back(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "misc/note.txt")
    assert "Which case? No case is called “misc”." in view.card._know.text()
    view.card.case.setCurrentText("2010-03")
    view.card.kind.setText("Note")
    view.card.only.click()
    rest(qtbot, view)
    note = rows(view)["misc/note.txt"]
    assert (note.case, note.decision.value("kind"), note.state) == ("2010-03", "Note", State.READY)
    assert view.chosen.item.path == "misc/note.txt", "it stays the chosen one"
    assert view._go.text() == "Bring in 4 files"
    view._undo.click()
    rest(qtbot, view)
    assert rows(view)["misc/note.txt"].state is State.LOOK
    assert not view._undo.isEnabled()


def test_a_rule_is_made_from_a_file_for_all_called_like_it(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "2010-02/trust/scan0007.txt")
    assert view.card.rule.text() == "Rule for 2 like it"
    view.card.kind.setText("Ward log")
    view.card.rule.click()
    rest(qtbot, view)
    kinds = {path: row.decision.value("kind") for path, row in rows(view).items()}
    assert [path for path, kind in kinds.items() if kind == "Ward log"] == [
        "2010-02/trust/scan0007.txt",
        "2010-02/trust/scan0009.txt",
    ]
    first = view.rules.model.rows[0]
    assert first.first == "1  Called like “scan*.txt”"
    assert first.second.startswith("2 files · ")
    assert first.signs[0].words == "behind the chosen file"
    view._undo.click()
    rest(qtbot, view)
    assert rows(view)["2010-02/trust/scan0009.txt"].decision.value("kind") == ""


def test_x_leaves_out_and_takes_in(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "2010-02/trust/scan0007.txt")
    view.files.table.setFocus()
    QTest.keyClick(view.files.table, Qt.Key.Key_X)
    rest(qtbot, view)
    assert rows(view)["2010-02/trust/scan0007.txt"].state is State.LEFT_OUT
    view.files.table.setFocus()
    QTest.keyClick(view.files.table, Qt.Key.Key_X)
    rest(qtbot, view)
    assert rows(view)["2010-02/trust/scan0007.txt"].state is State.READY


def press(qtbot, view, key):
    view.files.table.setFocus()
    QTest.keyClick(view.files.table, key)
    rest(qtbot, view)


def test_what_is_said_of_a_file_moves_nothing_under_the_hand(qtbot, view, folder):
    arrive(qtbot, view, folder)
    before = list(rows(view))
    choose(view, "2010-02/trust/scan0007.txt")
    press(qtbot, view, Qt.Key.Key_X)
    assert list(rows(view)) == before
    assert view.chosen.item.path == "2010-02/trust/scan0007.txt"
    view.enter()
    rest(qtbot, view)
    assert list(rows(view)) != before, "in order again when somebody comes back"


def test_a_list_of_those_that_are_ready_is_gone_through_with_x(qtbot, view, folder):
    arrive(qtbot, view, folder)
    view.files.filters.chips[State.READY].click()
    _first, second, third = rows(view)
    choose(view, second)
    press(qtbot, view, Qt.Key.Key_X)
    assert view.chosen.item.path == third, "it has taken the place of the one that went"
    press(qtbot, view, Qt.Key.Key_X)
    assert list(rows(view)) == [_first]


def test_a_step_back_takes_the_last_correction_back_and_chooses_its_file(qtbot, view, folder):
    assert not view.step_back(), "nothing came: the step is the window's"
    arrive(qtbot, view, folder)
    choose(view, "2010-02/trust/scan0007.txt")
    press(qtbot, view, Qt.Key.Key_X)
    choose(view, "misc/note.txt")
    assert view.step_back()
    rest(qtbot, view)
    assert rows(view)["2010-02/trust/scan0007.txt"].state is State.READY
    assert view.chosen.item.path == "2010-02/trust/scan0007.txt"
    with qtbot.waitSignal(view.tells) as told:
        assert view.step_back()
    assert told.args == ["No correction was made since this delivery was shown or brought in."]


def test_what_is_left_out_for_a_reason_is_not_left_out_once_more(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "2010-01/police/custody.txt")
    assert not view.card.turn.isVisibleTo(view)
    with qtbot.waitSignal(view.tells) as told:
        press(qtbot, view, Qt.Key.Key_X)
    assert told.args == ["Left out. Same bytes as “2010-01/police/copy.txt”."]
    assert rows(view)["2010-01/police/custody.txt"].item.out is False


def test_r_asks_for_a_rule_and_makes_the_one_that_is_typed(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "2010-02/trust/scan0007.txt")
    press(qtbot, view, Qt.Key.Key_R)
    assert view.focusWidget() is view.card.kind
    view.card.kind.setText("Ward log")
    press(qtbot, view, Qt.Key.Key_R)
    assert rows(view)["2010-02/trust/scan0009.txt"].decision.value("kind") == "Ward log"
    choose(view, "misc/note.txt")
    press(qtbot, view, Qt.Key.Key_R)
    assert view.focusWidget() is view.files.table, "no other file is called like it"


def test_while_files_are_read_the_view_says_so_and_offers_nothing_else(qtbot, view, folder):
    view.arrive(folder)
    assert view._layers.currentWidget().accessibleName() == "Reading"
    assert not any(part.isEnabled() for part in (view._folder, view._archive, view._go))
    rest(qtbot, view)
    assert view._layers.currentIndex() == 1
    assert all(part.isEnabled() for part in (view._folder, view._archive, view._go))
    assert view.focusWidget() is view.files.table
    assert not view._undo.isEnabled()


def test_what_was_stopped_shows_what_had_come(qtbot, view, folder):
    view.arrive(folder)
    view._strip.cancel()
    rest(qtbot, view)
    assert view.outcome.text.startswith("Stopped. What is whole is kept")
    assert view._layers.currentWidget().accessibleName() != "Reading"
    assert view._folder.isEnabled()


def test_a_long_path_leaves_room_for_what_is_to_be_known(qtbot, view, tmp_path):
    path = tmp_path / "long" / "2010-01" / ("a folder of many words " * 4) / "letter.txt"
    path.parent.mkdir(parents=True)
    path.write_text("Dear Sirs")
    arrive(qtbot, view, tmp_path / "long")
    header = view.files.table.horizontalHeader()
    option = QStyleOptionViewItem()
    view.files.table.itemDelegateForColumn(1).initStyleOption(option, view.files.model.index(0, 1))
    assert header.sectionSize(1) <= 290
    assert option.textElideMode is Qt.TextElideMode.ElideMiddle
    assert not header.isSectionHidden(7)
    assert header.length() <= view.files.table.viewport().width(), "nothing to scroll sideways"


def test_recordings_are_counted_beside_pages(qtbot, view, tmp_path):
    folder = tmp_path / "calls" / "2010-01"
    folder.mkdir(parents=True)
    with wave.open(str(folder / "999 call.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(bytes(8_000))
    arrive(qtbot, view, folder.parent)
    assert " · 1 recording. Nothing joins" in view._head.note


def test_bring_in_lets_them_join_and_says_what_waits(qtbot, view, folder):
    arrive(qtbot, view, folder)
    view.files.table.setFocus()
    QTest.keyClick(view.files.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, view)
    assert sorted(one.title for one in documents(qtbot, view)) == ["copy", "scan0007", "scan0009"]
    assert view.outcome.text == (
        "3 documents joined their cases. 1 file waits for you to say whose case it is."
        " 2 files were left out: the table says why of each."
    )
    assert rows(view)["2010-02/trust/scan0007.txt"].state is State.BROUGHT_IN
    assert not view._go.isEnabled()
    choose(view, "2010-02/trust/scan0007.txt")
    assert not view.card.only.isVisible()


def test_a_zip_is_dropped(qtbot, view, folder, tmp_path):
    path = tmp_path / "police.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("2010-01/log.txt", "The log")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    view.dropEvent(
        QDropEvent(
            QPointF(20, 20),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    rest(qtbot, view)
    assert list(rows(view)) == ["2010-01/log.txt"]


def test_deliveries_are_chosen_among(qtbot, view, folder, tmp_path):
    arrive(qtbot, view, folder)
    other = tmp_path / "disclosure 4"
    (other / "2010-01").mkdir(parents=True)
    (other / "2010-01/log.txt").write_text("The log")
    arrive(qtbot, view, other)
    assert list(rows(view)) == ["2010-01/log.txt"]
    view.files.filters.deliveries.setCurrentIndex(0)
    view.files.filters.deliveries.activated.emit(0)
    rest(qtbot, view)
    assert len(rows(view)) == 6


def test_what_cannot_be_opened_is_told_in_place(qtbot, view, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sirs")
    arrive(qtbot, view, letter)
    assert view.outcome.text == "letter.txt is neither a folder nor an archive that opens."
    assert view._layers.currentIndex() == 0


def test_the_table_is_saved(qtbot, view, folder, tmp_path):
    arrive(qtbot, view, folder)
    view.save(tmp_path / "table.csv")
    rest(qtbot, view)
    text = (tmp_path / "table.csv").read_text("utf-8-sig")
    assert text.splitlines()[0].startswith('"path","case","agency","kind","date","state"')
    assert '"misc/note.txt"' in text


def test_a_delivery_says_who_sent_it_and_is_taken_back_with_a_reason(qtbot, view, folder):
    arrive(qtbot, view, folder)
    view.delivery.who.setText("Northmoor Police")
    view.delivery.received.setText("2026-05-03")
    view.delivery.keep.click()
    rest(qtbot, view)
    assert (view._shown.delivery.sender, view._shown.delivery.received) == (
        "Northmoor Police",
        "2026-05-03",
    )
    assert not view.delivery.back.isVisibleTo(view), "nothing of it has joined a case"
    view.join()
    rest(qtbot, view)
    view.delivery.back.click()
    rest(qtbot, view)
    assert view.outcome.text == "Say why the delivery is taken back: panellists read it."
    view.delivery.reason.setText("Sent in error")
    view.delivery.back.click()
    rest(qtbot, view)
    assert {one.reason for one in documents(qtbot, view)} == {"Sent in error"}
    assert rows(view)["2010-02/trust/scan0007.txt"].state is State.TAKEN_BACK
    assert view._go.text() == "Bring in 3 files"


def test_a_day_that_is_none_is_told_in_place(qtbot, view, folder):
    arrive(qtbot, view, folder)
    view.delivery.received.setText("3 May")
    view.delivery.keep.click()
    rest(qtbot, view)
    assert "not written as 2019-05-03" in view.outcome.text


def test_a_locked_document_is_opened_with_its_password(qtbot, view, tmp_path):
    folder = tmp_path / "disclosure 5" / "2010-01"
    folder.mkdir(parents=True)
    locked(folder / "ward obs.pdf", "x-ray")
    arrive(qtbot, view, folder.parent)
    (row,) = rows(view).values()
    assert row.state is State.LEFT_OUT
    assert view.card.password.isVisibleTo(view)
    view.card.password.setText("wrong")
    view.card.unlock.click()
    rest(qtbot, view)
    assert rows(view)["2010-01/ward obs.pdf"].state is State.LEFT_OUT
    view.card.password.setText("x-ray")
    view.card.unlock.click()
    rest(qtbot, view)
    assert rows(view)["2010-01/ward obs.pdf"].state in {State.READY, State.LOOK}
    assert not view.card.password.isVisibleTo(view)
    view.join()
    rest(qtbot, view)
    assert [one.title for one in documents(qtbot, view)] == ["ward obs"]


def test_space_looks_at_the_first_page_and_goes_back(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "2010-02/trust/scan0009.txt")
    press(qtbot, view, Qt.Key.Key_Space)
    assert view.glance.isVisible()
    assert not view.files.isVisible()
    assert view.card.isVisible(), "its case and kind can be said beside the page"
    assert view.glance.page.pixmap().width() >= view.glance.width_px - 1
    assert view.glance.area.accessibleDescription().startswith("Ward log of the second night")
    assert view.glance._told.text() == "The only page"
    view.card.kind.setText("Ward log")
    view.card.only.click()
    rest(qtbot, view)
    assert view.glance.isVisible(), "what is said of it does not take the page away"
    QTest.keyClick(view.glance.area, Qt.Key.Key_Space)
    assert view.files.isVisible()
    assert view.glance.page.pixmap().isNull(), "nothing of it is held"
    assert view.focusWidget() is view.files.table
    assert documents(qtbot, view) == [], "a look brings nothing in"


def test_a_page_that_cannot_be_drawn_says_why(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "2010-03/old.wpd")
    assert not view.card.look.isVisibleTo(view)
    press(qtbot, view, Qt.Key.Key_Space)
    assert view.glance.problem.text() == "This file is empty."
    QTest.keyClick(view.glance.area, Qt.Key.Key_Escape)
    assert view.files.isVisible()


def test_a_page_that_comes_too_late_is_shown_nowhere(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "2010-02/trust/scan0009.txt")
    view.card.look.click()
    view.glance.left.emit()
    rest(qtbot, view)
    assert view.glance.page.pixmap().isNull()
    assert view.files.isVisible()


def test_a_file_joins_its_case_under_a_content_note(qtbot, view, folder):
    arrive(qtbot, view, folder)
    choose(view, "2010-02/trust/scan0007.txt")
    view.card.note.setText("Describes a restraint")
    view.card.only.click()
    rest(qtbot, view)
    choose(view, "2010-02/trust/scan0009.txt")
    assert view.card.note.text() == ""
    choose(view, "2010-02/trust/scan0007.txt")
    assert view.card.note.text() == "Describes a restraint"
    view.join()
    rest(qtbot, view)
    notes = {one.title: one.content_note for one in documents(qtbot, view)}
    assert notes == {"scan0007": "Describes a restraint", "scan0009": "", "copy": ""}


def test_a_locked_document_is_brought_in_closed(qtbot, view, tmp_path):
    folder = tmp_path / "disclosure 5" / "2010-01"
    folder.mkdir(parents=True)
    locked(folder / "ward obs.pdf", "x-ray")
    arrive(qtbot, view, folder.parent)
    assert view._go.text() == "Bring in 0 files"
    view.card.closed.click()
    rest(qtbot, view)
    assert view.chosen.state is State.LOOK
    assert view.card.closed.text() == "Do not bring it in"
    assert view.chosen.know[0].startswith("It will be kept, and a page in its place says: ")
    view.step_back()
    rest(qtbot, view)
    assert view.chosen.state is State.LEFT_OUT
    view.card.closed.click()
    rest(qtbot, view)
    view.join()
    rest(qtbot, view)
    (kept,) = documents(qtbot, view)
    assert (kept.title, kept.page_count, kept.size) == (
        "ward obs",
        1,
        (folder / "ward obs.pdf").stat().st_size,
    )
    assert rows(view)["2010-01/ward obs.pdf"].state is State.BROUGHT_IN
    assert not view.card.closed.isVisibleTo(view)


def test_the_keys_are_in_the_table_as_soon_as_it_is_here(qtbot, view, folder):
    arrive(qtbot, view, folder)
    again = BringInView(view.desk, view.settings)
    qtbot.addWidget(again)
    again.show()
    again.enter()
    rest(qtbot, again)
    assert again.focusWidget() is again.files.table


def test_a_long_name_widens_no_card(qtbot, view, tmp_path):
    name = "clusterfuzz-testcase-minimized_POIXWPFFuzzer6733884933668864WITHOUTASEAM" * 2
    path = tmp_path / "long" / "2010-01" / f"{name}.txt"
    path.parent.mkdir(parents=True)
    path.write_text("Dear Sirs")
    (path.parent / f"{name}2.txt").write_text("Dear Sirs")
    arrive(qtbot, view, tmp_path / "long")
    for at in range(2):
        view.files.table.selectRow(at)
        assert view.card.minimumSizeHint().width() <= 320 - 2 * 8
        assert view.card._path.text().replace("\u200b", "") == view.chosen.item.path


def test_the_stroke_leads_from_the_table_to_the_filter(qtbot, view, folder):
    arrive(qtbot, view, folder)
    press(qtbot, view, Qt.Key.Key_Slash)
    assert view.focusWidget() is view.files.filters.words
    assert view.files.filters.words.text() == "", "it is a key there, and no word"
    QTest.keyClick(view.files.filters.words, Qt.Key.Key_Down)
    assert view.focusWidget() is view.files.table
