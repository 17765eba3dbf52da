"""The form of one decision: what, why, who dissents. One half typed is kept by its cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from reviewer.messages import later, say
from reviewer.method.framework import Framework
from reviewer.records.determinations import Dissent, Ruling
from reviewer.rounds.determining import ToDecide
from ui import theme
from ui.rooms.agreement.meeting.choice import Chosen, RulingChoice
from ui.rooms.agreement.meeting.dissent import DissentRow
from ui.rooms.agreement.meeting.sitting import Place
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.filled import Filling, saved_as_typed
from ui.widgets.keyhint import KeyHint
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label

SETTLE = "Ctrl+Return"
_CHOOSE = later(
    "Choose first what is decided: a point of the scale, the median as it is, not assessable or"
    " not relevant."
)
_CHOOSE_REOPEN = later("Choose Reopen first: what was decided stands until it is reopened.")
_REASON = later("Why; it is printed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What was chosen and typed of a cell, and decides nothing yet."""

    chosen: Chosen | None = None
    reason: str = ""
    dissents: tuple[Dissent, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether a person typed or chose anything."""
        return self != Draft()


class _Reason(QPlainTextEdit):
    """A field of three lines; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("Reason"))
        self.setPlaceholderText(say(_REASON))
        self.setTabChangesFocus(True)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhMultiLine
        )
        saved_as_typed(self)  # the form itself tells of it
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(260, 2 * QFontMetrics(theme.font()).lineSpacing() + 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())


class DecideForm(Card):
    """``settles`` asks to keep what was filled in; ``changed`` tells that something was."""

    settles = Signal()
    changed = Signal()

    def __init__(self, framework: Framework, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._framework = framework
        self._names: tuple[str, ...] = ()
        self._reopens = False  # nothing else can be done with the cell
        self._rows: list[DissentRow] = []
        self.setAccessibleName(say("Determination"))
        self.problem = InlineProblem()
        self.body.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(SPACE.M)
        left = QVBoxLayout()
        left.setSpacing(SPACE.XS)
        left.addWidget(Label(say("Determination"), size="section"))
        self.choice = RulingChoice(framework)
        left.addWidget(self.choice)
        left.addStretch(1)
        row.addLayout(left, 3)
        self.reason = _Reason()
        row.addWidget(self.reason, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self._dissents = QVBoxLayout()
        self._dissents.setSpacing(SPACE.XS)
        self.body.addLayout(self._dissents)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.S)
        self.add = button(say("Add a dissent"), self.add_dissent, kind="quiet")
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(KeyHint("Ctrl+Enter"))
        self.settle = button(say("Settle and next"), self.settles.emit, kind="primary")
        foot.addWidget(self.settle)
        self.body.addLayout(foot)
        self.choice.chosen.connect(self._on_chosen)
        self.choice.left.connect(self.reason.setFocus)
        self.reason.textChanged.connect(self.changed)

    @property
    def draft(self) -> Draft:
        """What is filled in."""
        return Draft(
            chosen=self.choice.current,
            reason=self.reason.toPlainText(),
            dissents=tuple(row.dissent for row in self._rows),
        )

    @property
    def lacking(self) -> str:
        """What the form itself lacks, in a sentence, or ""; all else is the casebook's to say."""
        if self.choice.current is not None:
            return ""
        return say(_CHOOSE_REOPEN if self._reopens else _CHOOSE)

    @property
    def wanted(self) -> ToDecide:
        """What is to be decided; something is chosen."""
        draft = self.draft
        if draft.chosen is None:
            raise RuntimeError("nothing is chosen")
        return ToDecide(
            what=draft.chosen.what,
            value=draft.chosen.value,
            reason=draft.reason,
            dissents=draft.dissents,
        )

    def show_draft(
        self,
        draft: Draft,
        possible: frozenset[Ruling],
        median: float | None,
        names: Sequence[str],
    ) -> None:
        """Show what can be decided of a cell, and what was typed of it before."""
        self._names = tuple(names)
        self._reopens = possible == {Ruling.REOPENED}
        self.setVisible(bool(possible))
        self.problem.clear()
        self.blockSignals(True)
        self.choice.offer(possible, median)
        self.choice.choose(draft.chosen)
        if draft.reason != self.reason.toPlainText():
            self.reason.setPlainText(draft.reason)
        if draft.dissents != tuple(row.dissent for row in self._rows):
            for row in tuple(self._rows):
                self._take_out(row)
            for dissent in draft.dissents:
                self._add_row().show_dissent(dissent)
        self.blockSignals(False)
        self._tell_action()

    def begin_reopening(self) -> None:
        """Choose that what was decided is reopened, where that can be."""
        self.choice.choose(Chosen(what=Ruling.REOPENED))
        self._on_chosen()

    def add_dissent(self) -> None:
        """Ask for one more dissent."""
        self._add_row().begin()
        self.changed.emit()

    def refuse(self, sentence: str, details: tuple[str, ...] = ()) -> None:
        """Say what stands in the way."""
        self.problem.tell(sentence, details=details)

    def _add_row(self) -> DissentRow:
        row = DissentRow(self._framework, self._names)
        row.removed.connect(lambda: self._remove(row))
        row.typed.connect(self.changed)
        self._rows.append(row)
        self._dissents.addWidget(row)
        return row

    def _remove(self, row: DissentRow) -> None:
        self._take_out(row)
        self.add.setFocus()
        self.changed.emit()

    def _take_out(self, row: DissentRow) -> None:
        self._rows.remove(row)
        self._dissents.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_chosen(self) -> None:
        self.problem.clear()
        self._tell_action()
        self.changed.emit()

    def _tell_action(self) -> None:
        reopens = self._reopens or (
            self.choice.current is not None and self.choice.current.what is Ruling.REOPENED
        )
        words = say("Reopen") if reopens else say("Settle and next")
        self.settle.setText(words)
        self.settle.setAccessibleName(words)


class Drafts(QWidget, Filling):
    """Half-typed decisions by their cell, until they are settled or the casebook is locked."""

    called = later("a decision that was begun and not settled")
    behind = True

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: dict[Place, Draft] = {}
        self.hide()

    @property
    def filled(self) -> bool:
        return bool(self._held)

    def of(self, cell: Place) -> Draft:
        """Return what was begun of a cell."""
        return self._held.get(cell, Draft())

    def hold(self, cell: Place, draft: Draft) -> None:
        """Hold what is typed of a cell; nothing typed is nothing held."""
        if draft.begun:
            self._held[cell] = draft
        else:
            self._held.pop(cell, None)

    def forget(self) -> None:
        """Hold nothing any more."""
        self._held.clear()
