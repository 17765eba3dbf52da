"""Fields tell input methods to forget, and no text leaves by drag: every room and dialog."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
)

from tests.ui.sample import PASSPHRASE, chair_casebook
from tests.ui.test_window import unlock
from ui.widgets.discreet import SENSITIVE
from ui.widgets.text import Label


@pytest.fixture
def walked(qtbot, window, tmp_path):
    """The window with every room of a chair who rates, and every dialog, shown once."""
    unlock(qtbot, window, chair_casebook(tmp_path, rates=True), PASSPHRASE)
    for entry in window._entries:
        window.show_room(entry.id)
        qtbot.waitUntil(lambda: window.desk.idle, timeout=10_000)
    for action in ("help", "settings", "new"):
        window.actions_.run(action)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=10_000)
    return window


def shown(window, *kinds):
    """Every widget of these kinds that has ever been shown."""
    seen = {widget for kind in kinds for widget in window.findChildren(kind)}
    return [w for w in seen if w.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)]


def test_no_field_lets_an_input_method_learn(walked):
    fields = shown(walked, QLineEdit, QPlainTextEdit, QTextEdit)
    fields = [field for field in fields if not field.isReadOnly()]
    assert len(fields) > 8
    talkative = [
        field.accessibleName() or type(field).__name__
        for field in fields
        if field.inputMethodHints() & SENSITIVE != SENSITIVE
    ]
    assert talkative == []


def test_no_list_and_no_field_can_be_dragged_from(walked):
    views = shown(walked, QAbstractItemView, QLineEdit)
    assert len(views) > 8
    assert [type(view).__name__ for view in views if view.dragEnabled()] == []


class Watch(QPlainTextEdit):
    """Counts what a drag would carry."""

    drags = 0

    def createMimeDataFromSelection(self):  # noqa: N802 - Qt's name
        self.drags += 1
        return super().createMimeDataFromSelection()


def drag_from(qtbot, target, start):
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 8):
        qtbot.mouseMove(target, start + QPoint(6 * step, 0))
        QApplication.sendPostedEvents()
    qtbot.mouseRelease(target, Qt.MouseButton.LeftButton, pos=start + QPoint(48, 0))


def test_a_press_on_selected_text_begins_no_drag(qtbot, window):
    field = Watch(window)
    field.setPlainText("He was held face down for seven minutes.")
    field.resize(400, 80)
    field.show()
    field.selectAll()
    start = field.cursorRect().topLeft() - QPoint(60, -6)
    drag_from(qtbot, field.viewport(), start)
    assert field.drags == 0
    assert field.textCursor().selectedText() != field.toPlainText(), "the press let it go"


def test_a_press_on_a_selected_label_begins_no_drag(qtbot, window):
    label = Label("He was held face down for seven minutes.", parent=window)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.resize(400, 40)
    label.show()
    label.setSelection(0, 20)
    qtbot.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(10, 20))
    assert not label.hasSelectedText()
    qtbot.mouseRelease(label, Qt.MouseButton.LeftButton, pos=QPoint(10, 20))
    assert isinstance(label, QLabel)


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("kind", [QComboBox, QSpinBox], ids=["box", "number"])
def test_the_wheel_is_passed_on_and_changes_no_field_that_it_passes_over(qtbot, kind):
    field = kind()
    qtbot.addWidget(field)
    if isinstance(field, QComboBox):
        field.addItems(["C-1", "C-2", "which?"])
        field.setCurrentIndex(1)
        read = field.currentIndex
    else:
        field.setValue(1)
        read = field.value
    field.show()
    field.setFocus()
    middle = QPointF(field.rect().center())
    for turn in (-120, 120, 120):
        event = QWheelEvent(
            middle,
            field.mapToGlobal(middle),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
        assert not event.isAccepted(), "what it stands in gets it"
    assert read() == 1
