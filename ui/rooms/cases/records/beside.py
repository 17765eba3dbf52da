"""What stands beside the matrix: the cards of the chosen record, or the form that is open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from reviewer.messages import say
from reviewer.method.framework import Framework
from ui import theme
from ui.rooms.cases.records.card import RecordCard
from ui.rooms.cases.records.forms import AddForm, EntryForm, LettersForm, TemplatesForm
from ui.rooms.cases.records.side import CostCard, LettersCard, WordsCard
from ui.theme import SPACE

_SIDE = 340  # pixels at the drawn text size
_MOST_GROWN = 1.4  # times that it grows with large text: the matrix needs room too


class Beside(QStackedWidget):
    """The cards first, then the forms."""

    def __init__(self, framework: Framework, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(round(_SIDE * min(theme.scale(), _MOST_GROWN)))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.L)
        self.card, self.cost = RecordCard(), CostCard(framework)
        self.words, self.due = WordsCard(), LettersCard()
        for part in (self.card, self.cost, self.words, self.due):
            column.addWidget(part)
        column.addStretch(1)
        self.cards = QScrollArea()
        self.cards.setWidgetResizable(True)
        self.cards.setFrameShape(QFrame.Shape.NoFrame)
        self.cards.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards.setAccessibleName(say("The chosen record, and letters"))
        self.cards.setWidget(inside)
        self.addWidget(self.cards)
        self.entry, self.adding = EntryForm(), AddForm()
        self.templates, self.letters = TemplatesForm(), LettersForm()
        self.forms = (self.entry, self.adding, self.templates, self.letters)
        for form in self.forms:
            self.addWidget(form)
