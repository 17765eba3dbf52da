"""Below the documents of a case: correct one, withdraw it, show it again, move it. Chair only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import later, say
from reviewer.records.cases import Case, Document, DocumentState
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.text import clean_line
from ui.rooms.cases.document_password import DocumentPassword
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import DOCUMENTS, choose_file
from ui.widgets.filled import ASKS, THROW_AWAY, Filling
from ui.widgets.flow import Flow
from ui.widgets.problem import InlineProblem
from ui.widgets.roomy import OneOf
from ui.widgets.text import Label, set_tip

_CORRECT = later("{new} takes the place of {old}. The old version is kept, with every mark in it.")
_WITHDRAW = later("{old} is no longer shown. It is kept, with every mark in it.")
_WITHDRAW_ALL = later(
    "{old} is no longer shown, nor is what came with it. All is kept, with every mark in it."
)
_MOVE = later("{old} goes to another case. Nobody else has it yet.")
_READ = later("Why? Each panellist reads this")
_KEPT = later("Why? The journal keeps it")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A form that was begun for a document before another one was chosen."""

    lead: str
    go: str
    file: Path | None
    moves: bool
    to: CaseId | None
    why: str


class DocumentActs(QWidget, Filling):
    """Tells what shall be done with the chosen document, once there is a reason.

    A reason that was typed stays with its document until it is sent or thrown away.
    """

    called = later("a reason that you wrote for a document")
    corrected = Signal(object, object, str)  # Document, Path of the corrected file, reason
    withdrawn = Signal(object, str)  # Document, reason
    reinstated = Signal(object)  # Document
    moved = Signal(object, object, str)  # Document, Case, reason
    refused = Signal(str)  # why what was asked for cannot be done, with the way out

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._stays = ""
        self._leads = False
        self._file: Path | None = None
        self._moves = False
        self._lead_of = ""
        self._drafts: dict[DocumentId, _Draft] = {}
        self._stack = OneOf(self._build_buttons(), self._build_form())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.password = DocumentPassword()
        column.addWidget(self.password)
        self.set_document(None)

    @property
    def document(self) -> Document | None:
        """The document that is chosen."""
        return self._document

    @property
    def filled(self) -> bool:
        self._put_by()
        return bool(self._drafts)

    def set_cases(self, others: Sequence[Case]) -> None:
        """Take the cases that a document could be moved to."""
        if [self._to.itemData(place) for place in range(self._to.count())] == list(others):
            return
        self._put_by()
        self._to.clear()
        for case in others:
            self._to.addItem(f"{case.reference}  {case.title}", case)
        self._to.setCurrentIndex(-1)

    def set_document(
        self, document: Document | None, *, stays: str = "", leads: bool = False
    ) -> None:
        """Take the document that is chosen in the list, or None.

        ``stays``: why it cannot move; ``leads``: whether others came with it.
        """
        self._leads = leads
        same = document is not None and document == self._document
        if not same:
            self._put_by()
        self._document, self._stays = document, stays
        self.password.set_document(document)
        current = document is not None and document.current
        self._correct.setEnabled(current)
        self._withdraw.setEnabled(current)
        self._move.setEnabled(current and self._to.count() > 0)
        again = document is not None and document.state is DocumentState.WITHDRAWN
        self._again.setVisible(again)
        self._correct.setVisible(not again)
        self._withdraw.setVisible(not again)
        self._move.setVisible(not again)
        if not same:
            self._take_up()

    def begin_correcting(self, document: Document, path: Path) -> None:
        """Take the corrected file of ``document``, and ask why."""
        if document == self._document:
            self._file = path
            self._ask(say(_CORRECT), say("Replace it"))
        else:
            self.refused.emit(
                say(
                    "{title} is not chosen any more, so nothing was replaced.",
                    title=document.title,
                )
            )

    def _build_buttons(self) -> QWidget:
        part = QWidget()
        row = Flow(part, space=SPACE.S, end=True)
        self._correct = button(say("Correct..."), self._ask_file)
        self._withdraw = button(say("Withdraw..."), self._begin_withdrawing)
        self._move = button(say("Move..."), self._begin_moving)
        self._again = button(say("Show again"), self._reinstate)
        for made in (self._move, self._correct, self._withdraw, self._again):
            row.addWidget(made)
        return part

    def _build_form(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self._lead = Label("", tone="secondary", wrap=True)
        self._to = QComboBox()
        self._to.setPlaceholderText(say("To which case?"))
        self._to.setAccessibleName(say("To which case"))
        self._to.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._to.setMinimumContentsLength(12)
        self._why = QLineEdit()
        self._why.setMaxLength(400)
        self._why.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._why.returnPressed.connect(self.send)
        self._problem = InlineProblem()
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addStretch(1)
        row.addWidget(button(say("Cancel"), self._shut))
        self._go = button(say("Withdraw it"), self.send, kind="primary")
        row.addWidget(self._go)
        for widget in (self._lead, self._to, self._why, self._problem):
            column.addWidget(widget)
        column.addLayout(row)
        return part

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or self._stack.currentIndex() == 0:
            super().keyPressEvent(event)
        elif self._why.text().strip():
            self._problem.tell(say(ASKS), action=say(THROW_AWAY), then=self._shut, notice=True)
        else:
            self._shut()

    def send(self) -> None:
        """Tell what shall be done, or that the reason is missing."""
        why = clean_line(self._why.text())
        if self._document is None:
            return
        to = self._to.currentData() if self._moves else None
        if self._moves and not isinstance(to, Case):
            self._problem.tell(say("Choose the case that it belongs to."))
            self._to.setFocus()
            return
        if not why:
            self._problem.tell(say("Say in a few words why."))
            self._why.setFocus()
            return
        document, file = self._document, self._file
        self._shut()
        if to is not None:
            self.moved.emit(document, to, why)
        elif file is not None:
            self.corrected.emit(document, file, why)
        else:
            self.withdrawn.emit(document, why)

    def _ask_file(self) -> None:
        old = self._document
        if old is not None:
            choose_file(
                self,
                say("The corrected {title}", title=old.title),
                DOCUMENTS,
                lambda path: self.begin_correcting(old, path),
            )

    def _begin_withdrawing(self) -> None:
        self._file = None
        self._ask(say(_WITHDRAW_ALL if self._leads else _WITHDRAW), say("Withdraw it"))

    def _begin_moving(self) -> None:
        self._file = None
        if self._stays:
            self.refused.emit(self._stays)
            return
        self._to.setCurrentIndex(-1)
        self._ask(say(_MOVE), say("Move it"), moves=True)

    def _ask(self, lead: str, go: str, *, moves: bool = False, focus: bool = True) -> None:
        if self._document is None:
            return
        self._moves, self._lead_of = moves, lead
        self._to.setVisible(moves)
        self._why.setPlaceholderText(say(_KEPT) if moves else say(_READ))
        set_tip(self._why, self._why.placeholderText())
        self._why.setAccessibleName(say(_KEPT) if moves else say(_READ))
        new = self._file.name if self._file is not None else ""
        self._lead.setText(lead.format(old=self._document.title, new=new))
        self._go.setText(go)
        self._go.setAccessibleName(go)
        self._why.clear()
        self._problem.clear()
        self._stack.setCurrentIndex(1)
        if focus:
            (self._to if moves else self._why).setFocus()

    def _reinstate(self) -> None:
        if self._document is not None:
            self.reinstated.emit(self._document)

    def _put_by(self) -> None:
        """Keep the reason that stands typed for the document."""
        if self._document is None or self._stack.currentIndex() == 0:
            return
        to = self._to.currentData()
        kept = self._drafts.pop(self._document.id, None)
        why = self._why.text()
        if why.strip():
            self._drafts[self._document.id] = _Draft(
                lead=self._lead_of,
                go=self._go.text(),
                file=self._file,
                moves=self._moves,
                to=to.id if isinstance(to, Case) else kept.to if kept else None,
                why=why,
            )

    def _take_up(self) -> None:
        """Show the form that was begun for the document, or none."""
        document = self._document
        draft = self._drafts.get(document.id) if document is not None else None
        if draft is None or document is None or not document.current:
            self._shut()
            return
        self._file = draft.file
        self._ask(draft.lead, draft.go, moves=draft.moves, focus=False)
        ids = [self._to.itemData(place).id for place in range(self._to.count())]
        self._to.setCurrentIndex(ids.index(draft.to) if draft.to in ids else -1)
        self._why.setText(draft.why)

    def _shut(self) -> None:
        if self._document is not None:
            self._drafts.pop(self._document.id, None)
        self._file = None
        self._why.clear()
        self._stack.setCurrentIndex(0)
