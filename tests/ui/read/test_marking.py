"""From words on a page to evidence in the casebook, and back to the page."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from reviewer.cli.main import run
from reviewer.errors import StateError
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import (
    calm,
    open_document,
    open_reference,
    point_of,
    ratings,
    select_with_mouse,
    stored,
)
from ui.widgets.chip import EvidenceChip

QUOTE = "Restrained by four officers and held face down"


def ready(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.sheet.open_factor("IND-FORCE")


def chips(room):
    return [c for c in room.sheet.body.findChildren(EvidenceChip) if not c.isHidden()]


def test_words_selected_with_the_mouse_become_evidence_in_the_casebook(qtbot, room):
    ready(qtbot, room)
    select_with_mouse(qtbot, room, QUOTE)
    assert room.reader.bar.attach.text() == "Attach to Use of force"
    qtbot.mouseClick(room.reader.bar.attach, Qt.MouseButton.LeftButton)
    calm(qtbot, room)
    rating = ratings(qtbot, room)["IND-FORCE"]
    marks = stored(qtbot, room, lambda b: b.marks.of_member(b.about.member))
    assert [m.id for m in marks] == list(rating.evidence)
    assert marks[0].anchor.quote == QUOTE
    assert marks[0].page == 1
    assert len(chips(room)) == 1
    assert chips(room)[0].accessibleName().startswith("Evidence: 999 call p.1")
    assert room.reader.view._marks[1][0].attached


def test_a_mark_of_the_command_line_is_painted_like_one_selected_in_the_window(
    qtbot, request, path, tmp_path
):
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    given = ("--case", "2010-07", "--document", "999 call", "--page", "1", "--quote", QUOTE)
    assert run(["mark", str(path), *given, "--passphrase-file", str(secret)]) == 0
    room = request.getfixturevalue("room")
    ready(qtbot, room)
    painted = room.reader.view._parts(1).marks
    assert [len(mark.rects) for mark in painted] == [1]
    select_with_mouse(qtbot, room, QUOTE)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_M)
    calm(qtbot, room)
    one, other = stored(qtbot, room, lambda b: b.marks.of_member(b.about.member))
    assert one.anchor == other.anchor


def test_a_mark_is_dotted_until_it_is_attached_and_its_card_does_that(qtbot, room):
    ready(qtbot, room)
    select_with_mouse(qtbot, room, QUOTE)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_M)
    calm(qtbot, room)
    shown = room.reader.view._marks[1][0]
    assert not shown.attached
    assert room.reader.view.selection is None
    at = point_of(room, 1, room.reader.view.characters(1).text.index(QUOTE) + 4)
    qtbot.mouseClick(room.reader.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert room.card.isVisible()
    qtbot.mouseClick(room.card.attach, Qt.MouseButton.LeftButton)
    calm(qtbot, room)
    assert room.reader.view._marks[1][0].attached
    assert ratings(qtbot, room)["IND-FORCE"].evidence == (shown.id,)


def test_a_note_is_kept_and_delete_takes_the_mark_and_the_evidence(qtbot, room):
    ready(qtbot, room)
    select_with_mouse(qtbot, room, QUOTE)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_N)
    assert room.card.isVisible()
    qtbot.keyClicks(room.card.note, "Who held the head?")
    qtbot.keyClick(room.card.note, Qt.Key.Key_Escape)
    calm(qtbot, room)
    mark = stored(qtbot, room, lambda b: b.marks.of_member(b.about.member))[0]
    assert mark.note == "Who held the head?"
    room.acts.attach_mark(mark.id)
    room.acts.show_card(mark.id, QRect(200, 200, 4, 4))
    qtbot.mouseClick(room.card.delete, Qt.MouseButton.LeftButton)
    calm(qtbot, room)
    assert ratings(qtbot, room)["IND-FORCE"].evidence == ()
    assert room.reader.view._marks == {}


def test_undo_takes_mark_and_evidence_back_in_one_step_and_redo_brings_them(qtbot, room):
    ready(qtbot, room)
    select_with_mouse(qtbot, room, QUOTE)
    room.sheet.take_focus()
    qtbot.keyClick(room.sheet.rows["IND-FORCE"], Qt.Key.Key_E)
    calm(qtbot, room)
    assert len(chips(room)) == 1
    room.desk.do(lambda book: book.undo()).run()
    qtbot.waitUntil(lambda: room.judging.material.marks == ())
    assert chips(room) == []
    room.desk.do(lambda book: book.redo()).run()
    qtbot.waitUntil(lambda: len(chips(room)) == 1)


def test_a_chip_jumps_to_its_page_and_delete_detaches(qtbot, room):
    ready(qtbot, room)
    room.reader.view.go_to(3)
    qtbot.waitUntil(lambda: room.reader.view.characters(3) is not None)
    text = room.reader.view.characters(3).text
    start = text.index("Appeared")
    room.reader.view.select(3, start, start + 8)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_E)
    calm(qtbot, room)
    open_document(qtbot, room, "Photograph")
    with qtbot.waitSignal(room.reading.opened):
        qtbot.mouseClick(chips(room)[0], Qt.MouseButton.LeftButton)
    assert room.reader.document.title == "999 call"
    assert room.reader.view.page == 3
    qtbot.keyClick(chips(room)[0], Qt.Key.Key_Delete)
    calm(qtbot, room)
    assert chips(room) == []
    assert len(room.judging.material.marks) == 1


def test_on_a_scan_a_box_is_evidence_and_without_one_the_whole_page(qtbot, room):
    ready(qtbot, room)
    open_document(qtbot, room, "Photograph")
    port = room.reader.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(port, QPoint(380, 260))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(380, 260))
    qtbot.keyClick(room.reader.view, Qt.Key.Key_E)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_E)
    calm(qtbot, room)
    kinds = {m.anchor.kind for m in room.judging.material.marks}
    assert kinds == {"area", "page"}
    assert len(ratings(qtbot, room)["IND-FORCE"].evidence) == 2


def test_without_a_selection_the_reader_is_told_what_to_do(qtbot, room):
    ready(qtbot, room)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_E)
    assert room.reader.foot.about.whole.startswith("Pick the words on the page first")
    assert room.judging.material.marks == ()


def test_what_is_copied_asks_history_tools_to_leave_it_alone(qtbot, room):
    ready(qtbot, room)
    room.reader.view.select(1, 0, 14)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "CUSTODY RECORD"
    assert QApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")


def test_a_change_that_the_casebook_refuses_is_told_and_taken_back(qtbot, room, monkeypatch):
    ready(qtbot, room)

    def refuse(*_args, **_kwargs):
        raise StateError("Round 1 is sealed, so nothing in it can change.")

    stored(qtbot, room, lambda b: (monkeypatch.setattr(b.ratings, "put", refuse), 1))
    told = []
    room.judging.failed.disconnect()
    room.judging.failed.connect(told.append)
    qtbot.keyClick(room.sheet.rows["IND-FORCE"], "3")
    qtbot.waitUntil(lambda: bool(told))
    calm(qtbot, room)
    assert room.judging.material.ratings == {}
    assert room.sheet.rows["IND-FORCE"].accessibleName().endswith("not rated")


def test_a_mark_just_made_is_in_hand_until_the_pages_move(qtbot, room):
    ready(qtbot, room)
    select_with_mouse(qtbot, room, QUOTE)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_M)
    calm(qtbot, room)
    (mark,) = room.judging.material.marks
    assert room.reader.view.chosen_mark == mark.id
    room.reader.view.verticalScrollBar().setValue(40)
    assert not room.reader.view.chosen_mark
    qtbot.keyClick(room.reader.view, Qt.Key.Key_E)
    calm(qtbot, room)
    assert chips(room) == []
