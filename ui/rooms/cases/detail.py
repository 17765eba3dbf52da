"""One case beside the table: what the register says of it, and its documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.casebook.book import Casebook
from reviewer.errors import StateError
from reviewer.intake import why_they_stay
from reviewer.intake.transcripts import as_they_stand
from reviewer.messages import later, plural, say
from reviewer.records.cases import Case, Document, DocumentState, families
from reviewer.records.families import came_with
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.scans import Scans
from ui import theme
from ui.rooms.cases.document_actions import DocumentActs
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card, SectionHeading
from ui.widgets.file_notes import FileNotes
from ui.widgets.rows import SideRow, Sign
from ui.widgets.side_list import SideModel, side_list
from ui.widgets.text import Label, has_long_word
from ui.widgets.whole import Whole

WIDTH = 330  # pixels at the drawn text size
_AT_MOST = 60  # documents whose rows are measured: no screen is higher
_NO_DOCUMENTS = later("None yet.")


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseMaterial:
    """A case with its documents, as the casebook holds them, and what is not on their pages.

    For the chair also ``others``, the cases a document could be moved to, and why some stay.
    """

    case: Case
    documents: tuple[Document, ...]
    notes: Mapping[DocumentId, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[Case, ...] = ()
    stays: Mapping[DocumentId, str] = field(default_factory=dict)
    scans: Mapping[DocumentId, Scans] = field(default_factory=dict)


def read_case(book: Casebook, case: CaseId, *, chair: bool = False) -> CaseMaterial:
    """Read one case; runs on the casebook's thread. Raises ``StateError`` where it is gone."""
    found = book.cases.get(case)
    if found is None:
        raise StateError(say("That case is not in this casebook any more."))
    documents = tuple(families(book.documents.of(case)))
    notes = as_they_stand(book.documents.notes_of(case), documents)
    scans = book.scans.counts(case=case)
    if not chair:
        return CaseMaterial(case=found, documents=documents, notes=notes, scans=scans)
    return CaseMaterial(
        case=found,
        documents=documents,
        notes=notes,
        scans=scans,
        others=tuple(other for other in book.cases.all() if other.id != case),
        stays=why_they_stay(book, found, documents),
    )


class CaseDetail(Card):
    """Shows one case at a time; tells ``righting`` where what is said of it shall be corrected."""

    righting = Signal()
    saving = Signal()  # the original of the chosen document

    def __init__(self, *, chair: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._chair = chair
        self.setAccessibleName(say("The chosen case"))
        self.setFixedWidth(round(WIDTH * theme.scale()))
        self._shown: CaseMaterial | None = None
        self._reference = Label("", size="heading", wrap=True)
        self._right = button(say("Correct..."), self.righting.emit, kind="quiet")
        self._title = Label("", wrap=True)
        self._notes = Label("", tone="warn", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._reference, 1)
        head.addWidget(self._right, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        for part in (self._title, self._notes):
            self.body.addWidget(part)
        self.body.addSpacing(SPACE.XS)
        self._heading = SectionHeading(say("Documents"))
        self.body.addWidget(self._heading)
        self._none = Label(say(_NO_DOCUMENTS), tone="secondary", wrap=True)
        self.body.addWidget(self._none)
        self._model = SideModel(self)
        self._list = side_list(self._model, say("Documents of the case"))
        self.body.addWidget(self._list, 3)
        self.file_notes = FileNotes()
        self.file_notes.parent_asked.connect(self._choose_parent)
        self.body.addWidget(self.file_notes)
        self._save = button(say("Save the original..."), self.saving.emit, kind="quiet")
        self.body.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self.acts = DocumentActs()
        self.body.addWidget(self.acts)
        self._list.selectionModel().currentChanged.connect(lambda _n, _o: self._choose())
        self._register = SectionHeading(say("From the register"))
        self.body.addWidget(self._register)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(say("What the register says of the case"))
        self.body.addWidget(self._area, 2)
        self._rest = QWidget()  # takes the room that the list of documents needs not
        self.body.addWidget(self._rest, 1)
        self._say_nothing()

    @property
    def shown(self) -> CaseMaterial | None:
        """What is shown."""
        return self._shown

    @property
    def chosen(self) -> Document | None:
        """The document that is chosen in the list."""
        place = self._list.currentIndex().row()
        shown = self._shown.documents if self._shown is not None else ()
        return shown[place] if 0 <= place < len(shown) else None

    @property
    def documents(self) -> tuple[SideRow, ...]:
        """The documents as listed."""
        return self._model.rows

    def show_case(self, material: CaseMaterial) -> None:
        """Show ``material``."""
        self._shown = material
        case, documents = material.case, material.documents
        self._reference.setText(case.reference)
        self._heading.show()
        self._right.setVisible(self._chair)
        self._right.setAccessibleName(say("Correct case {reference}", reference=case.reference))
        self._title.setText(case.title)
        self._title.setVisible(bool(case.title))
        self._notes.setText(say("Content note: {notes}", notes="; ".join(case.content_notes)))
        self._notes.setVisible(bool(case.content_notes))
        stand = [document for document in documents if document.current]
        pages = sum(document.page_count for document in stand)
        self._heading.setText(
            say("Documents: {count:,}, pages: {pages:,}", count=len(stand), pages=pages)
            if documents
            else say("Documents")
        )
        ids = [document.id for document in documents]
        kept = self.acts.document
        titles = {document.id: document.title for document in documents}
        rows = [
            _row(one, titles, material.notes.get(one.id, ()), material.scans.get(one.id, Scans()))
            for one in documents
        ]
        self._model.set_rows(rows)
        self.acts.set_cases(material.others)
        self.acts.setVisible(self._chair and bool(documents))
        if kept is not None and kept.id in ids:
            self.choose(ids.index(kept.id))
        self._choose()
        self._fit_list()
        self._list.setVisible(bool(documents))
        self._none.setVisible(not documents)
        self._register.setVisible(bool(case.attributes))
        self._area.setVisible(bool(case.attributes))
        self._area.setWidget(_attributes(case))
        self._rest.setVisible(not case.attributes)

    def _say_nothing(self) -> None:
        """Say nothing of a case before it was read: not even that it has no documents."""
        about = (self._right, self._heading, self._none, self._list, self._save, self._register)
        for part in (*about, self.acts, self._area):
            part.hide()

    def choose(self, place: int) -> None:
        """Choose the document at ``place`` in the list."""
        self._list.setCurrentIndex(self._model.index(place))

    def _fit_list(self) -> None:
        """Let a few documents take no more room than they need: the register has the rest."""
        rows = min(self._model.rowCount(), _AT_MOST)
        high = sum(self._list.sizeHintForRow(row) for row in range(rows))
        self._list.setMaximumHeight(high + 2 * self._list.frameWidth() + 2)

    def _choose(self) -> None:
        chosen = self.chosen
        stays = self._shown.stays.get(chosen.id, "") if self._shown and chosen else ""
        documents = self._shown.documents if self._shown else ()
        leads = chosen is not None and bool(came_with(chosen, documents))
        self.acts.set_document(chosen, stays=stays, leads=leads)
        kept = chosen is not None and chosen.state is not DocumentState.WITHDRAWN
        self._save.setVisible(kept)
        if chosen is None or self._shown is None:
            self.file_notes.show_notes("", ())
            return
        parent = self._place_of(chosen.origin.parent)
        came = self._shown.documents[parent].title if parent is not None else ""
        notes = self._shown.notes.get(chosen.id, ())
        self.file_notes.show_notes(chosen.title, notes, came_with=came)

    def _place_of(self, document: str) -> int | None:
        shown = self._shown.documents if self._shown is not None else ()
        return next((place for place, one in enumerate(shown) if one.id == document), None)

    def _choose_parent(self) -> None:
        place = self._place_of(self.chosen.origin.parent) if self.chosen is not None else None
        if place is not None:
            self.choose(place)
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)


def _attributes(case: Case) -> QWidget:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, SPACE.XS, 0)
    column.setSpacing(1)
    for name, value in case.attributes.items():
        column.addWidget(Label(name, tone="secondary", size="small", wrap=True))
        column.addWidget(_value(name, value))
        column.addSpacing(SPACE.S)
    column.addStretch(1)
    return inside


def said_of_scans(document: Document, scans: Scans) -> str:
    """Return what search can find of a document's scanned pages; "" where it has none."""
    if not scans.scanned:
        if document.text_source == "none":
            return say("a picture without text: it cannot be searched")
        return ""
    waits, well, part, badly, bare, failed = (
        scans.waiting,
        scans.good,
        scans.check,
        scans.poor,
        scans.empty,
        scans.failed,
    )
    told = (
        plural("{count:,} page waits to be read", "{count:,} pages wait to be read", count=waits),
        plural("{count:,} page read well", "{count:,} pages read well", count=well),
        plural("{count:,} page read in part", "{count:,} pages read in part", count=part),
        plural(
            "{count:,} page read badly: search misses words",
            "{count:,} pages read badly: search misses words",
            count=badly,
        ),
        plural("{count:,} page without words", "{count:,} pages without words", count=bare),
        plural(
            "{count:,} page that could not be read",
            "{count:,} pages that could not be read",
            count=failed,
        ),
    )
    counts = (waits, well, part, badly, bare, failed)
    return ", ".join(words for words, count in zip(told, counts, strict=True) if count)


def _value(name: str, value: str) -> QWidget:
    told = f"{name}: {value}"
    if has_long_word(value):
        return Whole(value, name=told)
    words = Label(value or "\u2013", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setAccessibleName(told)
    return words


def _row(
    document: Document, titles: Mapping[DocumentId, str], notes: Sequence[str], scans: Scans
) -> SideRow:
    pages = plural("{count:,} page", "{count:,} pages", count=document.page_count)
    signs = []
    if not document.current:
        told = say(
            "{state} on {changed}: {reason}",
            state=document.state.value,
            changed=document.changed[:10],
            reason=document.reason,
        )
        signs.append(Sign(text=document.state.value.upper(), words=told, tone="warn"))
    scan = said_of_scans(document, scans)
    if scan:
        warns = bool(scans.check + scans.poor + scans.failed)
        signs.append(Sign(text=say("SCAN"), words=scan, tone="warn" if warns else ""))
    if document.content_note:
        signs.append(
            Sign(
                text="!",
                words=say("content note: {content_note}", content_note=document.content_note),
                tone="warn",
            )
        )
    if notes:
        told = plural("{count:,} thing to know", "{count:,} things to know", count=len(notes))
        signs.append(Sign(text="i", words=told))
    parent = titles.get(DocumentId(document.origin.parent), "")
    came = say("attached to {title}", title=parent) if parent else ""
    return SideRow(
        first=f"\u21b3 {document.title}" if parent else document.title,
        second=" · ".join(
            part
            for part in (
                came,
                pages,
                _numbers(document),
                document.kind,
                document.agency,
                document.date,
            )
            if part
        ),
        signs=tuple(signs),
    )


def _numbers(document: Document) -> str:
    """Return the numbers of its pages among those of the case, by which they are cited."""
    first = document.bundle
    if not first:
        return ""
    last = first + document.page_count - 1
    if first == last:
        return say("number {first:,} of the case", first=first)
    return say("numbers {first:,} to {last:,} of the case", first=first, last=last)
