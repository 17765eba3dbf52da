"""The line above the pages: what changed in this case, and which version of a document it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from reviewer.records.cases import Document, DocumentState
from reviewer.records.ids import CaseId, DocumentId
from ui.desk.desk import Desk
from ui.rooms.read.queries import CaseMaterial
from ui.widgets.problem import InlineProblem


class News(InlineProblem):
    """Tells once what an update changed in a case, and remembers that it was told."""

    understood = Signal()  # what is to be known of the document has room again

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(band=True, parent=parent)
        self._desk = desk
        self._told: CaseId | None = None  # whose changes stand there
        self._seen: tuple[CaseId, tuple[str, ...]] | None = None  # told already, in this sitting

    def show_case(self, material: CaseMaterial) -> None:
        """Say what changed since the case was opened last, and that it has been seen now."""
        if not material.changed:
            if self._told != material.case.id:
                self.clear()
            return
        case = material.case.id
        if self._seen == (case, material.changed):
            return
        self._told, self._seen = case, (case, material.changed)
        self.tell(
            say("Changed since you opened this case:"),
            details=material.changed,
            notice=True,
            action=say("Understood"),
            then=self._understand,
        )
        if not self._desk.checking:
            self._desk.do(lambda book: book.updates.seen(case)).owner(self).run()

    def show_document(self, material: CaseMaterial | None, document: DocumentId) -> None:
        """Say where a document is not the one that stands."""
        found = material.document(document) if material is not None else None
        if found is None or self._told == found.case:
            return
        if found.state is DocumentState.REPLACED:
            self.tell(
                say(
                    "This is the version before the correction of {changed}. Your marks on"
                    " it stay.",
                    changed=found.changed[:10],
                ),
                details=(say("Why it was replaced: {reason}", reason=found.reason),),
                notice=True,
            )
        else:
            self.clear()

    def withdrawn(self, document: Document) -> bool:
        """Say that a document is not shown any more, where it was withdrawn."""
        if document.state is not DocumentState.WITHDRAWN:
            return False
        self._told = document.case  # the document that is shown instead clears it not
        self.tell(
            say(
                "{title} was withdrawn on {changed}, so its pages are not shown. Your"
                " mark is kept.",
                title=document.title,
                changed=document.changed[:10],
            ),
            details=(document.reason,) if document.reason else (),
            notice=True,
            action=say("Understood"),
            then=self._understand,
        )
        return True

    def clear(self) -> None:
        """Tell nothing any more."""
        self._told = None
        super().clear()

    def _understand(self) -> None:
        self.clear()
        self.understood.emit()
