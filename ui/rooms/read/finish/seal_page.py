"""The page before a seal: what goes, what is blank, what it means, and one act that is meant."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import later, plural, say
from reviewer.method.framework import Framework
from reviewer.rounds.readiness import Readiness
from ui import theme
from ui.rooms.read.finish.before_seal import BeforeSeal
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.filled import saved_as_typed
from ui.widgets.form import Form
from ui.widgets.rows import SideRow, SideRowDelegate, side_item
from ui.widgets.text import Label, restyle

WORD = "seal"
_WIDTH = 720  # of the page, at the drawn text size
_MOST_ROWS = 8  # of the list before it scrolls
_TARGET = int(Qt.ItemDataRole.UserRole) + 1
_GOES, _CHAIR_GOES = later("What goes to the chair"), later("What you would seal")
_MEANS = later(
    "After it nothing in round {round} changes, unless you open it again"
    " with a reason. You can do that until an update from the chair says"
    " that the round is released. This laptop cannot know it sooner: ask"
    " the chair before you open a round again whose return is with them."
)
_CHAIR_MEANS = later(
    "It stands here as your return, and the round can be released. After"
    " it nothing in round {round} changes, unless you open it again with a"
    " reason. You can do that until you release the round."
)
_BLANK_MEANS = later(
    "A blank says \u201cnobody has answered yet\u201d. It is not counted as a 0,"
    " nor as a missing record. If you want to say one of those, go back and rate it."
)
_ACT = later("Type the word seal here; then the button below can be pressed (with Tab and Space).")


class SealPage(QFrame):
    """Takes the room's whole place; ``seal_asked`` after the word was typed."""

    seal_asked = Signal()
    jump_asked = Signal(str, str)  # case id, factor code
    closed = Signal()

    def __init__(self, framework: Framework, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._names = {factor.code: factor.name for factor in framework.factors}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setAccessibleName(say("Before the seal"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(SPACE.XXL, SPACE.XL, SPACE.XXL, SPACE.XXL)
        inside = QWidget()
        inside.setMaximumWidth(round(_WIDTH * theme.scale()))
        row.addStretch(1)
        row.addWidget(inside, 20)
        row.addStretch(1)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.S)
        self._build_told()
        self._build_blanks()
        self._build_act()
        self._column.addStretch(1)
        self._area.setWidget(middle)
        whole.addWidget(self._area)

    def show_before(self, before: BeforeSeal) -> None:
        """Show what would go, and ask again for the word."""
        going, number = before.going, before.going.round
        self.title.setText(
            f"{going.blank_words}."
            if going.mostly_blank
            else say("Before you seal round {number}", number=number)
        )
        self.title.set_tone("warn" if going.mostly_blank else "")
        self.lead.setText(
            say(
                "You are about to seal round {number} like this. Is that what you mean?",
                number=number,
            )
            if going.mostly_blank
            else ""
        )
        self.lead.setVisible(going.mostly_blank)
        heading = say(_CHAIR_GOES if before.chair else _GOES)
        self.to_whom.setText(heading)
        self.to_whom.setAccessibleName(heading)
        self.goes.setText("\n".join(going.words()))
        self.blanks.setText(_blank_words(before.left, number, len(self._names)))
        self.blanks_mean.setVisible(bool(going.blank) and number == 1)
        self._show_blanks(before.left)
        self.whose.setText("\n".join(words for words in before.notes if words))
        self.whose.setVisible(bool(self.whose.text()))
        self.means.setText(
            (say(_CHAIR_MEANS) if before.chair else say(_MEANS)).format(round=number)
        )
        self.seal.setText(say("Seal round {number}", number=number))
        self.seal.setAccessibleName(say("Seal round {number}", number=number))
        self.word.clear()
        self._on_word("")
        self._area.verticalScrollBar().setValue(0)

    def take_focus(self) -> None:
        """Put the focus on the way back: nothing here is done by a key pressed once too often."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while a first one is being done."""
        self.word.setEnabled(not busy)
        self._on_word("" if busy else self.word.text())

    # ------------------------------------------------------------ private

    def _build_told(self) -> None:
        head = QHBoxLayout()
        self.title = Label("", size="title", wrap=True)
        head.addWidget(self.title, 1)
        self.back = button(say("Not yet"), self.closed.emit, tip="Esc")
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        self.lead = Label("", wrap=True)
        self._column.addWidget(self.lead)
        self._column.addSpacing(SPACE.S)
        self.to_whom = SectionHeading(say(_GOES))
        self._column.addWidget(self.to_whom)
        self.goes = Label("", wrap=True)
        self._column.addWidget(self.goes)
        self.whose = Label("", tone="secondary", wrap=True)
        self._column.addWidget(self.whose)

    def _build_blanks(self) -> None:
        self._column.addSpacing(SPACE.S)
        self._column.addWidget(SectionHeading(say("What is blank")))
        self.blanks = Label("", wrap=True)
        self.blanks_mean = Label(say(_BLANK_MEANS), tone="secondary", wrap=True)
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(SideRowDelegate(self.list))
        self.list.setAccessibleName(say("Cases with blank ratings; Enter opens one"))
        self.list.setMouseTracking(True)
        self.list.activated.connect(self._jump)
        for part in (self.blanks, self.blanks_mean, self.list):
            self._column.addWidget(part)

    def _build_act(self) -> None:
        self._column.addSpacing(SPACE.S)
        self._column.addWidget(SectionHeading(say("What sealing means")))
        self.means = Label("", wrap=True)
        self._column.addWidget(self.means)
        self._column.addSpacing(SPACE.S)
        form = Form()
        self.word = QLineEdit()
        saved_as_typed(self.word)
        self.word.setMaximumWidth(round(220 * theme.scale()))
        self.word.textChanged.connect(self._on_word)
        self.word.returnPressed.connect(self._on_enter)
        form.add(say("To seal, type: seal"), self.word, help_=say(_ACT))
        self._column.addWidget(form)
        self.seal = button(say("Seal the round"), self.seal_asked.emit, kind="primary")
        self.seal.setAutoDefault(False)  # Enter does not press it: one pressed too often is none
        self._column.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_blanks(self, left: Readiness) -> None:
        self.model.clear()
        for blanks in sorted(left.blanks, key=lambda blanks: blanks.reference):
            codes = blanks.factors
            every = len(codes) == len(self._names)
            names = ", ".join(self._names.get(code, code) for code in codes)
            row = SideRow(
                first=blanks.reference,
                second=say("Nothing is rated") if every else names,
                state=say("{count} blank", count=len(codes)),
            )
            self.model.appendRow(side_item(row, _TARGET, (blanks.case, codes[0])))
        self.list.setVisible(bool(left.blanks))
        rows = min(len(left.blanks), _MOST_ROWS)
        if rows:
            self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + 4)

    # ------------------------------------------------------------ slots

    def focusNextPrevChild(self, onward: bool) -> bool:  # noqa: FBT001 - Qt's own
        moved = super().focusNextPrevChild(onward)
        self._show_held()
        return moved

    def _show_held(self) -> None:
        """Bring the whole of what has the focus into sight, with room around it."""
        held = QApplication.focusWidget()
        if held is not None and self._area.isAncestorOf(held):
            self._area.ensureWidgetVisible(held, 0, SPACE.XXL)

    def _on_word(self, text: str) -> None:
        meant = text.strip().casefold() == WORD
        if self.seal.isEnabled() != meant:
            self.seal.setEnabled(meant)
            restyle(self.seal)

    def _on_enter(self) -> None:
        if self.seal.isEnabled():
            self.seal.setFocus(Qt.FocusReason.TabFocusReason)
            self._show_held()

    def _jump(self, index: QModelIndex) -> None:
        if index.isValid():
            case, factor = index.data(_TARGET)
            self.jump_asked.emit(case, factor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _blank_words(left: Readiness, number: int, factors: int) -> str:
    """Return what is blank as a sentence."""
    if not left.blanks:
        return say("Nothing: every rating that the round asks for is made.")
    none = sum(len(blanks.factors) == factors for blanks in left.blanks)
    words = say(
        "{blank_ratings:,} of {ratings}, in",
        blank_ratings=left.blank_ratings,
        ratings=plural("{count:,} rating", "{count:,} ratings", count=left.asked_ratings),
    )
    words += say(
        " {count:,} of {cases}.",
        count=len(left.blanks),
        cases=plural("{count:,} case", "{count:,} cases", count=left.cases),
    )
    if number > 1:
        return words + say(" Where you leave a blank, what you said before stands.")
    if none:
        words += plural(
            " {count:,} case has no rating at all.",
            " {count:,} cases have no rating at all.",
            count=none,
        )
    return words
