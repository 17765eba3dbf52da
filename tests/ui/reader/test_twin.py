"""The words of the page for a screen reader and a caret, and what is done on it by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest

from reviewer.records.cases import Box
from tests.ui.reader.pages import LINES
from tests.ui.reader.test_reader import build
from ui.reader.page.by_key import turned
from ui.reader.shown import ShownMark
from ui.reader.twin_text import TwinText
from ui.widgets import announce

__all__ = ["build"]

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def reader(build, qtbot):
    made = build()
    made.activateWindow()
    made.twin.turn()
    qtbot.waitUntil(made.twin.hasFocus)
    return made


def text_of(widget):
    """Return what a screen reader is given: the text interface's words and its caret."""
    told = QAccessible.queryAccessibleInterface(widget)
    assert told.state().readOnly
    return told.textInterface()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("a\U0001f600b\u2028c", "a\U0001f600b\nc"),
        ("\x00x\ufdd0y\ufffc\ud800", " x y  "),
        ("", ""),
    ],
)
def test_every_character_keeps_its_place(qtbot, text, shown):
    twin = TwinText(text)
    assert twin.shown == shown
    units = len(shown.encode("utf-16-le")) // 2
    assert twin.position(len(text)) == units
    for offset, character in enumerate(text):
        if text[offset : offset + 2] != "\r\n":
            assert twin.offset(twin.position(offset)) == offset, character


def test_a_screen_reader_reads_the_page_in_view(reader):
    words = text_of(reader.twin)
    whole = words.text(0, words.characterCount())
    assert [line for line in LINES if line not in whole] == []
    told = QAccessible.queryAccessibleInterface(reader.twin)
    assert told.text(QAccessible.Text.Name) == "Words of page 1 of 3"
    assert "M marks them" in told.text(QAccessible.Text.Description)
    assert "W corrects" in told.text(QAccessible.Text.Description)


def test_what_is_picked_in_the_words_is_picked_on_the_page_and_marked(qtbot, reader):
    reader.twin.place(1, reader.view.characters(1).text.index("Appeared"))
    assert text_of(reader.twin).cursorPosition() == reader.twin.words.index("Appeared")
    for _ in range(2):
        qtbot.keyClick(reader.twin, Qt.Key.Key_Right, CONTROL | SHIFT)
    picked = reader.view.selection
    assert (picked.page, picked.anchor.quote) == (1, "Appeared frightened")
    assert picked.anchor.boxes
    for key, signal in (
        (Qt.Key.Key_M, "mark_asked"),
        (Qt.Key.Key_N, "note_asked"),
        (Qt.Key.Key_E, "attach_asked"),
        (Qt.Key.Key_W, "correct_asked"),
    ):
        with qtbot.waitSignal(getattr(reader.view, signal)):
            qtbot.keyClick(reader.twin, key)
    with qtbot.waitSignal(reader.view.copy_asked) as copied:
        qtbot.keyClick(reader.twin, Qt.Key.Key_C, CONTROL)
    assert copied.args == ["Appeared frightened"]
    qtbot.keyClick(reader.twin, Qt.Key.Key_Escape)
    assert reader.view.selection is None
    assert not reader.twin.textCursor().hasSelection()


def test_what_is_picked_on_the_page_is_picked_in_the_words(reader):
    text = reader.view.characters(1).text
    at = text.index("Restrained")
    reader.view.select(1, at, at + 10)
    assert reader.twin.textCursor().selectedText() == "Restrained"
    reader.view.clear_selection()
    assert not reader.twin.textCursor().hasSelection()


def test_the_words_lead_from_page_to_page(qtbot, reader):
    twin, view = reader.twin, reader.view
    qtbot.keyClick(twin, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "page 2" in twin.words)
    assert view.page == 2
    twin.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(twin, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "page 3" in twin.words)
    assert twin.textCursor().atStart()
    qtbot.keyClick(twin, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: "page 2" in twin.words)
    assert twin.textCursor().atEnd()
    qtbot.keyClick(twin, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: "page 1" in twin.words)
    twin.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(twin, Qt.Key.Key_Up)
    qtbot.keyClick(twin, Qt.Key.Key_PageUp)
    assert view.page == 1


def test_within_a_page_the_arrows_move_the_caret(qtbot, reader):
    reader.twin.place(1, 0)
    qtbot.keyClick(reader.twin, Qt.Key.Key_Down)
    assert reader.view.page == 1
    assert reader.twin.textCursor().blockNumber() == 1


def test_the_words_are_closed_by_the_key_that_opened_them(qtbot, reader):
    reader.take_keys()
    assert reader.twin.hasFocus()
    qtbot.keyClick(reader.twin, Qt.Key.Key_Escape)
    assert reader.view.hasFocus()
    reader.twin.turn()
    assert reader.twin.hasFocus()
    reader.twin.turn()
    assert reader.twin.isHidden()
    assert reader.view.hasFocus()


def test_a_page_without_text_says_so(qtbot, build):
    reader = build(words=False)
    reader.twin.turn()
    assert reader.twin.words == "A picture without text. M marks all of it, B draws a box."
    reader.twin.selectAll()
    assert reader.view.selection is None
    reader.open(reader.document, covered=True)
    assert not reader.twin.words
    reader.take_keys()
    assert reader.focusWidget() is reader.cover.show_button


def test_words_that_nobody_sees_are_not_laid_out(qtbot, build):
    reader = build()
    twin, view = reader.twin, reader.view
    at = view.characters(1).text.index("Appeared")
    twin.place(1, at)
    twin.turn()
    assert twin.textCursor().position() == twin.words.index("Appeared")
    qtbot.waitUntil(twin.hasFocus)
    twin.turn()
    view.go_to(2)
    qtbot.waitUntil(lambda: not twin.words)
    twin.turn()
    assert "page 2" in twin.words


def test_nothing_of_a_document_that_is_closed_stays_in_the_words(reader):
    reader.close_document()
    assert not reader.twin.words
    assert reader.twin.accessibleName() == "Words of the page"


def test_a_box_is_drawn_moved_and_sized_by_keys(qtbot, reader, heard):
    view = reader.view
    qtbot.keyClick(reader.twin, Qt.Key.Key_B)
    first = view.selection.anchor.boxes[0]
    assert view.selection.anchor.kind == "area"
    assert view.hasFocus()
    assert heard[-1].startswith("Box on page 1: 40 % from the left")
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down, CONTROL)
    moved = view.selection.anchor.boxes[0]
    assert moved.left == pytest.approx(first.left + 0.02)
    assert moved.top == pytest.approx(first.top + 0.002)
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_Up, SHIFT | CONTROL)
    sized = view.selection.anchor.boxes[0]
    assert (sized.left, sized.top) == (moved.left, moved.top)
    assert sized.right == pytest.approx(moved.right + 0.02)
    assert sized.bottom == pytest.approx(moved.bottom - 0.002)
    with qtbot.waitSignal(view.mark_asked):
        qtbot.keyClick(view, Qt.Key.Key_M)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection is None
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.page == 2  # without a box an arrow turns the page


def test_a_box_never_leaves_its_page(qtbot, reader):
    view = reader.view
    reader.twin.turn()
    qtbot.keyClick(view, Qt.Key.Key_B)
    for key, held in (
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, SHIFT),
        (Qt.Key.Key_Up, SHIFT),
    ):
        for _ in range(60):
            QTest.keyClick(view, key, held)
    box = view.selection.anchor.boxes[0]
    assert (box.left, box.top) == (0.0, 0.0)
    assert 0 < box.right < 0.01
    assert 0 < box.bottom < 0.01


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_on_a_turned_page_the_box_moves_as_it_is_seen(qtbot, build, degrees):
    reader = build()
    view = reader.view
    view.turn(degrees)
    qtbot.keyClick(view, Qt.Key.Key_B)
    before = view.selection_rect()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    after = view.selection_rect()
    assert after.left() > before.left()
    assert abs(after.top() - before.top()) <= 1
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    wider = view.selection_rect()
    assert wider.right() > after.right()
    assert abs(wider.left() - after.left()) <= 1


def test_turning_a_box_on_and_back_is_where_it_was():
    box = Box(left=0.1, top=0.2, right=0.4, bottom=0.7)
    for degrees in (0, 90, 180, 270):
        back = turned(turned(box, degrees), -degrees)
        assert (back.left, back.top) == pytest.approx((box.left, box.top))
        assert (back.right, back.bottom) == pytest.approx((box.right, box.bottom))


def test_a_reader_who_may_not_mark_draws_no_box(qtbot, build):
    reader = build()
    reader.view.marking = False
    qtbot.keyClick(reader.view, Qt.Key.Key_B)
    reader.twin.turn()
    qtbot.keyClick(reader.twin, Qt.Key.Key_B)
    assert reader.view.selection is None


def test_enter_opens_the_mark_in_hand(qtbot, build):
    reader = build()
    boxes = (Box(left=0.1, top=0.1, right=0.4, bottom=0.12),)
    plain = {"colour": "#aa0000", "attached": True}
    marks = [
        ShownMark(id="later", page=2, boxes=(), **plain),
        ShownMark(id="first", page=1, boxes=boxes, **plain),
    ]
    reader.set_marks(marks)
    assert [mark.id for mark in reader.marks] == ["first", "later"]
    qtbot.keyClick(reader.view, Qt.Key.Key_Return)  # none is in hand: nothing is opened
    for ident in ("first", "later"):
        reader.view.show_mark(ident)
        with qtbot.waitSignal(reader.view.mark_pressed) as opened:
            qtbot.keyClick(reader.view, Qt.Key.Key_Return)
        assert opened.args[0] == ident
        assert opened.args[1].isValid()


def test_how_much_was_found_is_said(qtbot, build, heard):
    reader = build()
    reader.find_words("officers")
    qtbot.waitUntil(lambda: "1 of 6" in heard)
    reader.find_words("nowhere")
    qtbot.waitUntil(lambda: "Not found" in heard)


def test_nothing_is_said_of_what_cannot_be_seen(qtbot, build, heard):
    reader = build()
    announce.announce(reader.twin, "hidden")
    announce.announce(reader.view, "")
    assert heard == []
