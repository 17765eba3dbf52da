"""What a cell rests on: each rating with its reason, and the marked pages, one press away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.messages import later, say
from reviewer.method.framework import Framework
from reviewer.records.judgement import Mark
from reviewer.summary.ground import Cited, Ground, Said
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card, SectionHeading
from ui.widgets.chip import Chip, EvidenceChip
from ui.widgets.text import Elided, Label

_NONE = later("Nobody has rated this yet.")
_NO_PAGE = later("No page was shown for it.")


class GroundPage(QWidget):
    """Shown in the map's place; ``shown`` asks for a page, ``left`` for the map again."""

    shown = Signal(object)  # Mark
    left = Signal()

    def __init__(self, framework: Framework, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framework = framework
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        column.setSpacing(SPACE.M)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(SPACE.XS)
        self._title = Elided("", size="title")
        self._factor = Elided("", tone="secondary")
        words.addWidget(self._title)
        words.addWidget(self._factor)
        row.addLayout(words, 1)
        self.back = button(say("Back to the map"), self.left.emit, tip="Esc")
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self._area = QScrollArea()
        self._area.setAccessibleName(say("What a cell rests on"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(self._area, 1)

    def show_ground(self, ground: Ground) -> None:
        """Show what a cell rests on; the first page that was shown takes the focus."""
        case = ground.case
        self._title.set_text(case.reference + (f" \u00b7 {case.title}" if case.title else ""))
        self._factor.set_text(
            next(f for f in self._framework.factors if f.code == ground.factor).name
        )
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE.S, 0)
        column.setSpacing(SPACE.M)
        if not ground.said:
            column.addWidget(Label(say(_NONE), tone="secondary"))
        shown = 0
        for said in ground.said:
            if said.round != shown:
                shown = said.round
                column.addWidget(SectionHeading(say("Round {shown}", shown=shown)))
            column.addWidget(self._build(said))
        column.addStretch(1)
        self._area.setWidget(inside)  # the one before goes with its text
        inside.show()
        self._focus_first()

    def take_focus(self) -> None:
        """Put the focus on the first page that was shown, or on the way back."""
        held = QApplication.focusWidget()
        if held is None or not self.isAncestorOf(held):
            self._focus_first()

    def forget(self) -> None:
        """Hold no text any more."""
        self._title.set_text("")
        self._area.setWidget(QWidget())

    def _focus_first(self) -> None:
        chips = self._area.findChildren(EvidenceChip)
        (chips[0] if chips else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, said: Said) -> QWidget:
        card = Card()
        rating = said.rating
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addWidget(Label(said.member.name, size="strong"), 0)
        row.addWidget(Chip(_value(said, self._framework)))
        if rating.confidence is not None:
            row.addWidget(
                Label(
                    say("confidence {confidence}", confidence=rating.confidence.value),
                    tone="secondary",
                )
            )
        if said.late:
            row.addWidget(Chip(say("late"), tone="warn"))
        row.addStretch(1)
        card.body.addLayout(row)
        for text in (
            rating.comment,
            rating.record and say("Missing: {record}", record=rating.record),
        ):
            if text:
                card.body.addWidget(Label(text, wrap=True))
        for cited in said.cited:
            self._add_cited(card, cited)
        if not said.cited and rating.value is not None:
            card.body.addWidget(Label(say(_NO_PAGE), tone="least"))
        return card

    def _add_cited(self, card: Card, cited: Cited) -> None:
        card.body.addWidget(self._chip(cited), 0, Qt.AlignmentFlag.AlignLeft)
        quote = " ".join(cited.mark.anchor.quote.split())
        if quote:
            card.body.addWidget(Label(f"\u201c{quote}\u201d", tone="secondary", wrap=True))
        if cited.mark.note.strip():
            card.body.addWidget(Label(cited.mark.note, wrap=True))

    def _chip(self, cited: Cited) -> EvidenceChip:
        mark: Mark = cited.mark
        chip = EvidenceChip(mark.id, cited.place)
        chip.setAutoDefault(True)  # Enter, which opened the cell, opens the page too
        chip.setAccessibleDescription(say("Press to read the page."))
        chip.jumped.connect(lambda _id: self.shown.emit(mark))
        return chip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _value(said: Said, framework: Framework) -> str:
    rating = said.rating
    if rating.reason is not None:
        return framework.words(rating.reason).label
    label = next(point.label for point in framework.scale if point.value == rating.value)
    return f"{rating.value} \u00b7 {label}"
