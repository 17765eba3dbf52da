"""Below a document that is kept because it is locked: where its password is typed. Chair only."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.casebook.steps import Steps
from reviewer.documents.media import KEPT
from reviewer.documents.outside.worker import Worker
from reviewer.intake import bring_unlocked
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.cases import Document
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.passphrase import PassphraseField

_MAY_BE_LOCKED = (
    *(".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".doc", ".xls"),
    *(".dotx", ".dotm", ".xltx", ".xltm", ".ppsx", ".xlsb", ".dot", ".xlt"),
)


def reading(
    document: Document, password: str, *, confined_only: bool
) -> Callable[[Steps, Progress], Document]:
    """Return the work of reading a document with its password."""

    def work(steps: Steps, progress: Progress) -> Document:
        with Worker(confined_only=confined_only, passwords=(password,)) as worker:
            return bring_unlocked(steps, worker, document, progress)

    return work


class DocumentPassword(QWidget):
    """Tells the password that was typed for the document that is chosen; it is kept nowhere.

    Who takes it empties the field: while other work runs it is not taken, and stays.
    """

    unlocking = Signal(object, str)  # Document, password

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self.password = PassphraseField(say("Password of this document"))
        self.password.show_button.setAccessibleName(say("Show the password"))
        self.password.returnPressed.connect(self._unlock)
        self.unlock = button(say("Open with this password"), self._unlock)
        self.password.setPlaceholderText(say("Password of this document"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        column.addWidget(self.password)
        column.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignRight)
        self.set_document(None)

    def set_document(self, document: Document | None) -> None:
        """Take the document that is chosen in the list; what was typed for another is gone."""
        if document != self._document:
            self.password.forget()
        self._document = document
        kept = document if document is not None and document.current else None
        self.setVisible(
            kept is not None
            and kept.media == KEPT
            and kept.file_name.lower().endswith(_MAY_BE_LOCKED)
        )

    def _unlock(self) -> None:
        password = self.password.text()
        if self._document is not None and password:
            self.unlocking.emit(self._document, password)
