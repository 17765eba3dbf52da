"""A word of a scan that was misread: corrected beside its picture, found, told, taken back."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from reviewer.casebook.book import Casebook
from reviewer.errors import StateError
from tests.ui.read.inquiry import PASSPHRASE, make_inquiry
from tests.ui.read.scanned import RIGHT, WRONG, give_scan, read_page
from tests.ui.read.steps import (
    calm,
    open_document,
    open_reference,
    select_with_mouse,
    stored,
)
from ui.actions.righting import Righting
from ui.dialogs.misread import MisreadDialog
from ui.rooms.read.pages import misread


@pytest.fixture
def path(tmp_path, template):
    made = make_inquiry(tmp_path)
    give_scan(made)
    return made


@pytest.fixture
def reading(qtbot, room, desk):
    righting = Righting(desk, room)
    room.corrects.connect(lambda asked: righting.reading(asked))  # noqa: PLW0108 - it is held so
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Typed statement")
    return room


def asked(qtbot, room):
    dialogs = lambda: [d for d in room.findChildren(MisreadDialog) if d.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: bool(dialogs()))
    (dialog,) = dialogs()
    qtbot.waitUntil(lambda: not dialog.picture.pixmap().isNull(), timeout=10_000)
    return dialog


def ask(qtbot, room, words=WRONG):
    select_with_mouse(qtbot, room, words)
    assert room.reader.bar.isVisible()
    qtbot.mouseClick(room.reader.bar.correct, Qt.MouseButton.LeftButton)
    return asked(qtbot, room)


def keep(qtbot, room, dialog, typed):
    dialog.says.setText(typed)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not [d for d in room.findChildren(MisreadDialog) if d.isVisible()])
    calm(qtbot, room)


def corrections(qtbot, room):
    document = room.reading.document
    return stored(qtbot, room, lambda book: book.scans.corrections(document))


def found(qtbot, room, words):
    hits = stored(qtbot, room, lambda book: book.search(words))
    return [hit.page for hit in hits if hit.document == room.reading.document]


def told(room):
    return room.reader.foot.about.whole


def test_a_misread_word_is_asked_for_beside_its_picture_and_found_once_it_is_kept(qtbot, reading):
    room = reading
    assert "scan, some words misread" in told(room)
    dialog = ask(qtbot, room)
    assert dialog.says.text() == WRONG
    assert dialog.read.text() == WRONG
    picture = dialog.picture.pixmap()
    assert 40 < picture.deviceIndependentSize().width() < dialog.room + 2
    keep(qtbot, room, dialog, RIGHT)
    (kept,) = corrections(qtbot, room)
    assert (kept.misread, kept.typed, kept.page) == (WRONG, RIGHT, 1)
    assert found(qtbot, room, RIGHT) == found(qtbot, room, WRONG) == [1]
    assert "1 reading corrected" in told(room)
    painted = [one.mark for one in room.reader.view._parts(1).marks]
    assert [one.tip for one in painted] == [f"Read as “{WRONG}”, corrected to “{RIGHT}”"]
    assert painted[0].boxes
    assert "mark" not in told(room)


def test_the_words_in_the_find_bar_are_those_of_now(qtbot, reading):
    room = reading
    room.reader.find_words("frightened")
    room.reader._ask_find("frightened")
    calm(qtbot, room)
    assert room.reader._found == []
    room.reader._end_find()
    room.reader.find_bar.hide()
    keep(qtbot, room, ask(qtbot, room), RIGHT)
    room.reader._ask_find("frightened")
    qtbot.waitUntil(lambda: bool(room.reader._found), timeout=10_000)
    assert room.reader.view._places(room.reader._found[0])  # where the misread word stands


def test_it_is_taken_back_like_any_step_and_by_typing_anew(qtbot, reading):
    room = reading
    before = room.reader.view.characters(1).text
    keep(qtbot, room, ask(qtbot, room), "frightend")
    qtbot.waitUntil(lambda: room.reader.view.characters(1).text.endswith("frightend"))
    where = room.reader.view._parts(1).marks[0].rects[0].center().toPoint()
    qtbot.mouseClick(room.reader.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    again = asked(qtbot, room)
    assert again.says.text() == "frightend"
    assert again.read.text() == WRONG
    keep(qtbot, room, again, RIGHT)
    assert [one.typed for one in corrections(qtbot, room)] == [RIGHT]
    for typed in ("frightend", None):
        done = []
        room.desk.do(lambda book: book.undo()).succeeded(done.append).run()
        qtbot.waitUntil(lambda: bool(done), timeout=10_000)  # noqa: B023 - asked in this turn
        assert [one.typed for one in corrections(qtbot, room)] == ([typed] if typed else [])
    qtbot.waitUntil(lambda: room.reader.view.characters(1).text == before)
    assert room.reader.view._parts(1).marks == ()
    assert "corrected" not in told(room)


def test_what_was_typed_is_taken_away_in_the_dialog(qtbot, reading):
    room = reading
    keep(qtbot, room, ask(qtbot, room), RIGHT)
    start = room.reader.view.characters(1).text.rindex(RIGHT)
    room.reader.view.select(1, start, start + len(RIGHT))  # as find selects it
    QTest.keyClick(room.reader.view, Qt.Key.Key_W)
    dialog = asked(qtbot, room)
    assert (dialog.read.text(), dialog.says.text()) == (WRONG, RIGHT)
    (away,) = [b for b in dialog.findChildren(type(dialog.go)) if "Take away" in b.text()]
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: corrections(qtbot, room) == [])


def test_nothing_is_kept_where_nothing_else_was_typed(qtbot, reading):
    room = reading
    dialog = ask(qtbot, room)
    for typed in (WRONG, "   "):
        dialog.says.setText(typed)
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        assert dialog.problem.sentence == "Type what the page says."
    dialog.reject()
    assert corrections(qtbot, room) == []


def test_a_refusal_is_said_in_the_dialog(qtbot, reading, monkeypatch):
    room = reading
    dialog = ask(qtbot, room)
    monkeypatch.setattr("reviewer.casebook.stores.scans.ScannedPages.correct", refused)
    dialog.says.setText(RIGHT)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Not now." in dialog.problem.sentence)
    dialog.reject()


def test_why_words_cannot_be_corrected_is_said_at_the_foot(qtbot, reading):
    room = reading
    room.reader.view.setFocus()
    QTest.keyClick(room.reader.view, Qt.Key.Key_W)
    assert told(room).startswith("Pick the word on the page first")
    open_document(qtbot, room, "999 call")
    select_with_mouse(qtbot, room, RIGHT)
    assert room.reader.bar.mark.isVisible()
    assert not room.reader.bar.correct.isVisible()  # its words are from the file
    QTest.keyClick(room.reader.view, Qt.Key.Key_W)
    assert "from its file" in told(room)
    assert not room.findChildren(MisreadDialog)


def test_a_scan_is_never_called_from_its_file_while_its_readings_are_on_their_way(
    qtbot, reading, monkeypatch
):
    room = reading
    own = room.reading.misread
    select_with_mouse(qtbot, room, WRONG)
    with monkeypatch.context() as patch:
        patch.setattr(misread, "read_readings", refused)
        own.show_document(room.reading.document)
        calm(qtbot, room)
        QTest.keyClick(room.reader.view, Qt.Key.Key_W)
        assert told(room).startswith("How this page was read is still being looked up")
        calm(qtbot, room)
    QTest.keyClick(room.reader.view, Qt.Key.Key_W)  # looks once more, after a failure
    calm(qtbot, room)
    QTest.keyClick(room.reader.view, Qt.Key.Key_W)
    asked(qtbot, room).reject()


def refused(*_args):
    raise StateError("Not now.")


def test_a_page_that_is_read_meanwhile_has_its_words_at_once(qtbot, reading):
    room = reading
    document = room.reading.document
    room.reader.view.go_to(2)
    qtbot.waitUntil(lambda: room.reader.view.characters(2) is not None)
    assert not room.reader.view.has_text(2)
    room.desk.do(lambda book: read_page(book, document, 2)).run()
    qtbot.waitUntil(lambda: room.reader.view.has_text(2), timeout=10_000)


def test_words_that_were_picked_over_what_was_typed_end_where_the_page_ends(qtbot, reading):
    room = reading
    keep(qtbot, room, ask(qtbot, room), RIGHT)
    view = room.reader.view
    qtbot.waitUntil(lambda: view.characters(1).text.endswith(RIGHT))
    text = view.characters(1).text
    last = text.rindex("open.")
    view.select(1, last, len(text))
    QTest.keyClick(view, Qt.Key.Key_W)
    dialog = asked(qtbot, room)
    assert dialog.read.text() == "open."
    dialog.reject()
    view.select(1, text.rindex(RIGHT) - 1, len(text) - 2)  # a part of what was typed: all of it
    view.select(1, text.rindex(RIGHT) + 1, len(text) - 2)
    QTest.keyClick(view, Qt.Key.Key_W)
    assert asked(qtbot, room).read.text() == WRONG


def test_a_chair_who_rates_nothing_corrects_and_is_offered_no_mark(qtbot, reading):
    room = reading
    room.reader.view.marking = False
    open_document(qtbot, room, "999 call")
    assert not room.reader.view.marking  # another document changes nothing about that
    open_document(qtbot, room, "Typed statement")
    select_with_mouse(qtbot, room, WRONG)
    bar = room.reader.bar
    qtbot.waitUntil(bar.isVisible)
    assert (bar.mark.isVisible(), bar.note.isVisible(), bar.attach.isVisible()) == (False,) * 3
    assert bar.correct.isVisible()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_words_of_a_page_that_lies_on_its_side_are_shown_upright(turn):
    wide, high = (595, 842) if turn % 180 == 0 else (842, 595)
    across, down = (0.2, 0.02) if turn % 180 == 0 else (0.02, 0.2)
    box = SimpleNamespace(left=0.4, top=0.4, right=0.4 + across, bottom=0.4 + down)
    words = misread._Words(boxes=(box,), size=(wide, high), turn=turn)
    page = QImage(words.page_width(400, 1.0), 10, QImage.Format.Format_RGB32)
    page = page.scaled(page.width(), round(page.width() * high / wide))
    cut = words.cut(page)
    assert cut.width() > 2 * cut.height()
    assert cut.width() <= 402


def test_what_was_typed_on_the_command_line_is_shown(qtbot, request, path):
    with Casebook.open(path, PASSPHRASE) as book:
        made = next(one for one in book.documents.all() if one.title == "Typed statement")
        start = book.documents.page(made.id, 1).text.index(WRONG)
        book.scans.correct(made.id, 1, start, start + len(WRONG), RIGHT)
    room = request.getfixturevalue("room")
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Typed statement")
    qtbot.waitUntil(lambda: len(room.reader.view._parts(1).marks) == 1)
