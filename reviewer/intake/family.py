"""A file with all that came with it: each attachment a document of its own, below its parent.

A family is read whole before any of it is kept, so that it comes in together or not at all. What
cannot be shown is kept all the same, with a page that says why; what is in the case already is
named and not added twice.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from reviewer.documents import limits, refusals
from reviewer.documents.outside.unpacking import Folder
from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError, LockedError
from reviewer.intake.register import Row
from reviewer.intake.titles import title_of
from reviewer.messages import plural, say
from reviewer.progress import Progress
from reviewer.records.cases import Document, Origin, Reading
from reviewer.records.families import Embedded, Inside
from reviewer.records.ids import CaseId, DocumentId, new_id
from reviewer.records.large import FileBytes, LargeFile, known_sha256

Known = Callable[[str], Document | None]  # the document of the case with a SHA-256, or None
Item = tuple[Document, FileBytes, Reading]
_BEGINS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MARKS = b"\xef\xbb\xbf \t\r\n"


class Fate(StrEnum):
    """What became of a file that came with another."""

    ADDED = "added"
    HERE = "here already"
    KEPT = "kept, not shown"
    LEFT = "not brought in"


@dataclass(frozen=True, kw_only=True, slots=True)
class Relative:
    """One file that came with another; ``sentence`` says why where it is not simply added."""

    file: str
    fate: Fate
    sentence: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """What a file becomes: its own document first, then those that came with it."""

    items: tuple[Item, ...]
    relatives: tuple[Relative, ...] = ()
    sha256s: frozenset[str] = frozenset()  # of all that came, whether added or here already

    def called(self, within: str) -> "Family":
        """Return it with a word that tells the first document's title from another's."""
        if not within:
            return self
        (document, original, reading), *others = self.items
        named = replace(document, title=f"{document.title} ({within})")
        return replace(self, items=((named, original, reading), *others))


def read_family(
    worker: Worker,
    case: CaseId,
    row: Row,
    *,
    label: str,
    untrusted: FileBytes,
    known: Known,
    progress: Progress,
) -> Family:
    """Read a file and all that came with it; nothing is kept yet. Raises ``DocumentError``."""
    document, reading, inside = read_file(
        worker, case, row, label=label, untrusted=untrusted, progress=progress
    )
    reader = _Reader(worker, case, row, known, progress)
    reader.add(document, untrusted, reading, inside, 1)
    return Family(
        items=tuple(reader.items),
        relatives=tuple(reader.relatives),
        sha256s=frozenset(reader.came),
    )


def read_file(
    worker: Worker, case: CaseId, row: Row, *, label: str, untrusted: FileBytes, progress: Progress
) -> tuple[Document, Reading, Inside]:
    """Have the worker read one file; return the document it becomes and what came with it."""
    name = label.replace("\\", "/").rpartition("/")[2]
    reading, inside = worker.read_whole(untrusted, name, progress=progress)
    document = _document(case, row, name, untrusted, reading)
    path = label if "/" in label else ""
    origin = Origin(path=path, facts=inside.facts)
    return replace(document, date=inside.facts.get("day", ""), origin=origin), reading, inside


def kept_family(
    worker: Worker,
    case: CaseId,
    row: Row,
    *,
    label: str,
    untrusted: FileBytes,
    error: DocumentError,
) -> Family:
    """Return a file that cannot be shown as a document: its bytes, and a page that says why."""
    name, why = label.rpartition("/")[2], str(error)
    lines = (
        say("This file is kept, and not shown here."),
        why,
        _way_out(locked=isinstance(error, LockedError)),
    )
    reading = worker.stand_in(name, lines)
    note = say("The file cannot be shown: {why}", why=why)
    item = (
        _document(case, row, name, untrusted, reading),
        untrusted,
        replace(reading, notes=(note,)),
    )
    return Family(items=(item,))


def folder_of(worker: Worker, untrusted: FileBytes, name: str) -> Folder | None:
    """Return an archive or a mailbox, opened; None for every other file, and a large one.

    Raises ``DocumentError`` for an archive that cannot be opened.
    """
    if isinstance(untrusted, LargeFile):
        return None
    if not untrusted.startswith(_BEGINS) and not untrusted[:64].lstrip(_MARKS).startswith(
        b"From "
    ):
        return None
    folder = worker.folder(untrusted, name)
    return folder if folder.count or folder.aside else None


def aside(name: str, count: int) -> str:
    """Return the sentence on files that programs left in an archive."""
    return plural(
        "{count:,} file that a program left in {name} was passed over.",
        "{count:,} files that programs left in {name} were passed over.",
        count=count,
        name=name,
    )


class _Reader:
    """One family: what was read so far, and what became of each file."""

    def __init__(
        self, worker: Worker, case: CaseId, row: Row, known: Known, progress: Progress
    ) -> None:
        self._worker, self._case, self._row = worker, case, row
        self._known, self._progress = known, progress
        self._seen: dict[str, str] = {}  # titles by SHA-256
        self.came: set[str] = set()
        self._left = limits.FAMILY_BYTES
        self._over = 0
        self.items: list[Item] = []
        self.relatives: list[Relative] = []

    def add(
        self,
        document: Document,
        untrusted: FileBytes,
        reading: Reading,
        inside: Inside,
        depth: int,
    ) -> None:
        """Add a document, then those that came with it; their notes stand with the document."""
        at = len(self.items)
        self._seen[document.sha256] = document.title
        self.items.append((document, untrusted, reading))
        told: list[str] = []
        places = [0]
        for one in inside.files:
            told += self._one(document, one, places, depth)
        if self._over:
            told.append(
                plural(
                    "{count:,} more file that came with it is not brought in: together they are"
                    " more than a family may be. Save it from the original and import it.",
                    "{count:,} more files that came with it are not brought in: together they are"
                    " more than a family may be. Save them from the original and import them.",
                    count=self._over,
                )
            )
            self._over = 0
        if told:
            notes = (*reading.notes, *told)
            self.items[at] = (document, untrusted, replace(reading, notes=notes))

    def _one(self, parent: Document, one: Embedded, places: list[int], depth: int) -> list[str]:
        """Add one file of ``parent``; return what its reader must know."""
        self._left -= len(one.data)
        if self._left < 0 or len(self.items) >= limits.FAMILY_FILES:
            self._over += 1
            return []
        places[0] += 1
        if one.refused:
            return [self._told(one, Fate.LEFT, one.refused)]
        sha256 = hashlib.sha256(one.data).hexdigest()
        self.came.add(sha256)
        title = self._title_of(sha256)
        if title:
            sentence = say("It is in this case already, as {title}.", title=title)
            return [self._told(one, Fate.HERE, sentence)]
        try:
            if depth > limits.WITHIN_DEEP:
                raise refusals.refusal("within-deep")
            folder = folder_of(self._worker, one.data, one.name)
            if folder is not None:
                return self._files(parent, one, folder, places, depth)
            child, reading, inside = read_file(
                self._worker,
                self._case,
                self._row,
                label=one.name,
                untrusted=one.data,
                progress=self._progress,
            )
        except DocumentError as error:
            locked = isinstance(error, LockedError)
            return self._keep(parent, one, places[0], str(error), locked=locked)
        origin = replace(child.origin, parent=parent.id, place=places[0], path=one.path)
        self.relatives.append(Relative(file=one.path, fate=Fate.ADDED))
        self.add(replace(child, origin=origin), one.data, reading, inside, depth + 1)
        return []

    def _title_of(self, sha256: str) -> str:
        there = self._known(sha256)
        return there.title if there is not None else self._seen.get(sha256, "")

    def _files(
        self, parent: Document, one: Embedded, folder: Folder, places: list[int], depth: int
    ) -> list[str]:
        """Add every file of an archive as one that came with ``parent``."""
        told = [aside(one.path, folder.aside)] if folder.aside else []
        for inner in folder:
            within = replace(inner, place=(*one.place, one.name, *inner.place))
            told += self._one(parent, within, places, depth + 1)
        return told

    def _keep(
        self, parent: Document, one: Embedded, place: int, why: str, *, locked: bool
    ) -> list[str]:
        """Keep a file that cannot be shown, with a page that says why."""
        lines = (
            say(
                "This file came with {parent}. It is kept, and not shown here.",
                parent=parent.title,
            ),
            why,
            _way_out(locked=locked),
        )
        reading = self._worker.stand_in(one.name, lines)
        child = _document(self._case, self._row, one.name, one.data, reading)
        origin = Origin(parent=parent.id, place=place, path=one.path)
        note = say("The file cannot be shown: {why}", why=why)
        kept = replace(reading, notes=(note,))
        self._seen[child.sha256] = child.title
        self.items.append((replace(child, origin=origin), one.data, kept))
        return [self._told(one, Fate.KEPT, why)]

    def _told(self, one: Embedded, fate: Fate, sentence: str) -> str:
        self.relatives.append(Relative(file=one.path, fate=fate, sentence=sentence))
        if fate is Fate.KEPT:
            return say("{file} is kept and not shown: {why}", file=one.path, why=sentence)
        if fate is Fate.LEFT:
            return say("{file} is not brought in: {why}", file=one.path, why=sentence)
        return f"{one.path}: {sentence}"


def _way_out(*, locked: bool) -> str:
    """Return the sentence on how a file that is kept and not shown can be read all the same."""
    if locked:
        return say(
            "Where its password is known, whoever chairs can read it: in the Cases room, where"
            " it is chosen, or by reviewer unlock."
        )
    return say("Save the original to open it in the program that made it.")


def _document(
    case: CaseId, row: Row, name: str, untrusted: FileBytes, reading: Reading
) -> Document:
    return Document(
        id=DocumentId(new_id()),
        case=case,
        title=title_of(name),
        kind=row.kind,
        agency=row.agency,
        file_name=name,
        media=reading.media,
        sha256=known_sha256(untrusted),
        size=len(untrusted),
        page_count=len(reading.pages),
        content_note="; ".join(row.content_notes),
        text_source=reading.text_source,
    )
