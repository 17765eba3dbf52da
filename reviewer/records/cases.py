"""Cases, their documents, and the pages those became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.scans import Correction, PageReading


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One case before the panel. ``attributes`` are the register's other columns, as text."""

    id: CaseId
    reference: str
    title: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    content_notes: tuple[str, ...] = ()


class DocumentState(StrEnum):
    """Whether a document still stands. One that does not is kept, with every mark in it."""

    CURRENT = ""
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a document came from, where it did not come by itself.

    ``parent`` is the document that it was attached to ("" for none) and ``place`` its place there,
    from 1; ``path`` is its name with its folders as it was delivered; ``facts`` are what was
    written on it, each as one text, such as ``from``, ``to``, ``cc``, ``bcc``, ``date``,
    ``subject``, ``message id``.
    """

    parent: str = ""
    place: int = 0
    path: str = ""
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One document of a case, without its bytes.

    ``page_count`` is at least 1; ``text_source`` is ``native`` where the file had text and
    ``none`` where it is a picture without text (a scan). Where ``state`` says that it no longer
    stands, ``changed`` is since when (RFC 3339, UTC), ``reason`` why, and ``replaced_by`` the
    corrected document ("" for one that was withdrawn). ``origin`` says what it came with.
    ``bundle`` is the number of its first page among those of its case, 0 where it has none.
    """

    id: DocumentId
    case: CaseId
    title: str
    kind: str = ""
    agency: str = ""
    date: str = ""
    file_name: str = ""
    media: str
    sha256: str
    size: int
    page_count: int
    content_note: str = ""
    text_source: str = "native"
    state: DocumentState = DocumentState.CURRENT
    replaced_by: str = ""
    changed: str = ""
    reason: str = ""
    origin: Origin = field(default_factory=Origin)
    bundle: int = field(default=0, compare=False)

    @property
    def current(self) -> bool:
        """Whether it still stands, neither replaced nor withdrawn."""
        return self.state is DocumentState.CURRENT


def end_of(document: Document, everything: Mapping[DocumentId, Document]) -> DocumentId | None:
    """Return what stands in its place in the end: a correction may itself be corrected."""
    end, seen = document, {document.id}
    while end.replaced_by and DocumentId(end.replaced_by) not in seen:
        end = everything[DocumentId(end.replaced_by)]
        seen.add(end.id)
    return None if end is document else end.id


def go_round(replaced_by: Mapping[DocumentId, DocumentId]) -> bool:
    """Whether documents take each other's place in a circle: nobody could say which one stands.

    >>> one, two = DocumentId("1"), DocumentId("2")
    >>> go_round({one: two, two: one}), go_round({one: two})
    (True, False)
    """
    ends: set[DocumentId] = set()  # those from which the way is known to end
    for start in replaced_by:
        way, at = [start], replaced_by[start]
        while at in replaced_by and at not in ends:
            if len(way) > len(replaced_by):
                return True
            way.append(at)
            at = replaced_by[at]
        ends.update(way)
    return False


def families(documents: Sequence[Document]) -> list[Document]:
    """Return ``documents`` in their order, but what was attached below what it was attached to.

    Where that was corrected it stands below the correction; where it is not among them, or a false
    circle leads round, it stands where it stood.
    """
    there = {document.id: document for document in documents}
    below: dict[DocumentId, list[Document]] = {}
    first: list[Document] = []
    for document in documents:
        parent = there.get(DocumentId(document.origin.parent))
        if parent is None:
            first.append(document)
            continue
        seen = {parent.id}
        while parent.replaced_by in there and parent.replaced_by not in seen:
            parent = there[DocumentId(parent.replaced_by)]
            seen.add(parent.id)
        below.setdefault(parent.id, []).append(document)
    found: list[Document] = []
    left = first[::-1]
    while left:
        document = left.pop()
        found.append(document)
        children = below.pop(document.id, [])
        left += sorted(children, key=lambda one: one.origin.place)[::-1]
    placed = {one.id for one in found}
    return found + [one for one in documents if one.id not in placed]


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle in page units: 0-1 from the left and from the top of the page as shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PageText:
    """The text of one page; ``boxes`` packs one box a character (see ``reviewer.documents``).

    ``boxes`` is 4 little-endian uint16 a character (left, top, right, bottom, each 0-65535 of
    the page as shown), ``len(text) * 8`` bytes, or empty where positions are not known.
    ``width`` and ``height`` are in points (1/72 inch) of the page as shown.
    """

    number: int
    text: str
    boxes: bytes
    width: float
    height: float


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerLine:
    """How much of one ``thing`` (``words``, ``pictures``, ``attachments``, ...) went where.

    ``held`` is how many the file holds by a second reading of it, ``shown`` how many of them are
    on the pages, ``named`` how many a note stands for; ``missing`` are some of those in neither.
    """

    thing: str
    held: int
    shown: int
    named: int
    missing: tuple[str, ...] = ()

    @property
    def lost(self) -> int:
        """How many are neither on the pages nor named."""
        return max(0, self.held - self.shown - self.named)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the worker made of one document that came from outside.

    ``rendition`` is the PDF that is shown in place of the original (a Word file, a mail, a text,
    a picture); empty where the original is itself the PDF shown. ``notes`` are sentences about
    what is not shown (attachments, macros), ``ledger`` counts it, a line for each thing.
    ``scans`` are the pages that are pictures of words, ``corrections`` what was typed for theirs.
    ``previews`` are small JPEGs of pages that take long to draw, by their numbers.
    ``opened`` is the file without its password, where it was locked and opened; it is not kept.
    """

    media: str
    pages: tuple[PageText, ...]
    rendition: bytes = b""
    text_source: str = "native"
    notes: tuple[str, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    scans: tuple[PageReading, ...] = ()
    corrections: tuple[Correction, ...] = ()
    previews: Mapping[int, bytes] = field(default_factory=dict, hash=False, repr=False)
    opened: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseHits:
    """How many pages of one case a search found.

    ``pages`` can be read now; ``covered`` more lie in documents with a content note that nobody
    has opened here: of those nothing is shown. ``beside`` texts were found that stand on no page.
    """

    case: CaseId
    reference: str
    title: str
    pages: int
    covered: int
    beside: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One page that a search found; ``snippet`` encloses matches in U+0002 and U+0003."""

    case: CaseId
    reference: str
    document: DocumentId
    title: str
    page: int
    snippet: str
