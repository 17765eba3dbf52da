"""The box as a tool in sight: by mouse over words as well, and by keys."""

from PySide6.QtCore import QPoint, Qt

from tests.ui.read.steps import calm, point_of

LEFT = Qt.MouseButton.LeftButton


def drag(qtbot, room, words):
    """Drag the mouse over words, and a little below them; return where it ended."""
    port, text = room.reader.view.viewport(), room.reader.view.characters(1).text
    start = text.index(words)
    one, two = point_of(room, 1, start), point_of(room, 1, start + len(words)) + QPoint(0, 12)
    qtbot.mousePress(port, LEFT, pos=one)
    qtbot.mouseMove(port, (one + two) / 2)
    qtbot.mouseMove(port, two)
    qtbot.mouseRelease(port, LEFT, pos=two)


def test_with_the_tool_the_mouse_draws_one_box_over_words_and_m_marks_it(qtbot, call):
    reader, tool = call.reader, call.reader.foot.box
    assert tool.isVisible()
    qtbot.mouseClick(tool, LEFT)
    assert tool.isChecked()
    assert reader.foot.about.whole.startswith("Drag over the page")
    qtbot.mouseMove(reader.view.viewport(), point_of(call, 1, 40))
    qtbot.waitUntil(lambda: reader.view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor)
    drag(qtbot, call, "four officers")
    assert reader.view.selection.anchor.kind == "area"
    assert reader.bar.isVisible()
    assert not tool.isChecked(), "one box, then words are picked again"
    reader.view.setFocus()
    qtbot.keyClick(reader.view, Qt.Key.Key_M)
    calm(qtbot, call)
    assert [mark.anchor.kind for mark in call.judging.material.marks] == ["area"]
    drag(qtbot, call, "face down")
    assert reader.view.selection.anchor.kind == "text"


def test_escape_leaves_the_tool_and_from_the_keys_it_begins_a_box_that_arrows_move(qtbot, call):
    reader, tool = call.reader, call.reader.foot.box
    qtbot.mouseClick(tool, LEFT)
    reader.view.setFocus()
    qtbot.keyClick(reader.view, Qt.Key.Key_Escape)
    assert not tool.isChecked()
    assert not reader.view.boxing
    tool.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tool, Qt.Key.Key_Space)
    assert reader.view.hasFocus()
    assert not tool.isChecked()
    before = reader.view.selection.anchor.boxes[0]
    qtbot.keyClick(reader.view, Qt.Key.Key_Right)
    assert reader.view.selection.anchor.boxes[0].left > before.left
    assert reader.foot.about.whole.startswith("Arrows move the box")
    reader.view.clear_selection()
    call.reader.box_tool.begin()
    assert reader.view.selection.anchor.kind == "area"


def test_where_nobody_marks_there_is_no_tool(qtbot, call):
    call.reader.view.marking = False
    call.reader.view.go_to(2)
    assert not call.reader.foot.box.isVisible()
    call.reader.box_tool.begin()
    assert call.reader.view.selection is None
