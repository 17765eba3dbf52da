"""A sentence over the foot of a window: as wide as its words, and over no button."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.widgets.said import Said

LONG = "No rating, comment, mark or typed word was changed since this casebook was opened."


@pytest.fixture
def over(qtbot, light):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def said(over):
    return Said(over, [("Redo", "Ctrl+Shift+Z", int), ("What I did", "Ctrl+H", int)])


def test_it_is_as_wide_as_its_words_and_what_it_offers(said):
    said.offer(LONG, first=True)
    metrics = said._words.fontMetrics()
    assert said._words.height() < 2.5 * metrics.lineSpacing(), "two lines at most"
    with_both = said.width()
    said.offer(LONG, first=False)
    assert said.width() < with_both
    assert said._words.width() >= min(metrics.horizontalAdvance(LONG), 560)
    said.say("Kept.")
    assert said.width() < 250


def test_it_lies_over_no_button_and_no_field(over, said):
    said.say(LONG)
    low = said.geometry()
    foot = QPushButton("Keep these words", over)
    foot.setGeometry(low.left() + 20, low.top() - 10, 200, 40)
    field = QLineEdit(over)
    field.setGeometry(low.left() + 20, low.top() - 60, 200, 40)
    for part in (foot, field):
        part.show()
    said.say(LONG)
    assert not said.geometry().intersects(foot.geometry().united(field.geometry()))
    assert said.geometry().bottom() < field.geometry().top()
    foot.setGeometry(QRect(0, 0, 1366, 768))  # nowhere is free: the foot is as good as any
    said.say(LONG)
    assert said.geometry() == low
    foot.hide()
    field.hide()
    said.say(LONG)
    assert said.geometry() == low
