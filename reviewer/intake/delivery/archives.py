"""Deliveries that come as an archive, or hold some: their files are files of the delivery."""

from pathlib import Path

from reviewer.documents import limits
from reviewer.documents.outside.unpacking import Folder as Opened
from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError, InputError
from reviewer.intake import places
from reviewer.intake.delivery.sources import (
    MOST_FILES,
    Entry,
    Folder,
    Source,
    shown_path,
    told_apart,
)
from reviewer.intake.family import aside, folder_of
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.large import FileBytes, LargeFile, sha256_of
from reviewer.records.text import clean_line

_DEEP = 3  # archives within one another that are looked into
_DOCUMENTS = (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp", ".epub")


def source_of(path: Path, worker: Worker, progress: Progress) -> Source:
    """Return what was delivered at ``path``: a folder, a ZIP or a mailbox, archives looked into.

    Raises ``InputError`` for anything else.
    """
    source: Source
    if path.is_dir():
        source = Folder(path)
    else:
        source = opened = Unpacked(_Alone(path), worker, progress)
        if not opened.opened:
            raise InputError(
                say("{name} is neither a folder nor an archive that opens.", name=path.name)
            )
    for _ in range(_DEEP):
        inner = Unpacked(source, worker, progress)
        if not inner.opened:
            break
        source = inner
    return source


class _Alone:
    """One file, to be looked into."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            data = places.contents(path)
        except DocumentError as error:
            raise InputError(f"{path.name}: {error}") from error
        if isinstance(data, LargeFile):
            raise InputError(
                say(
                    "{name} is larger than {most} MiB. Unpack it and bring the folder in.",
                    name=path.name,
                    most=limits.MAX_BYTES >> 20,
                )
            )
        self._data = data
        self.name = clean_line(path.name)
        self.entries: tuple[Entry, ...] = (
            Entry(path="", size=len(self._data), head=self._data[:64]),
        )
        self.notes: tuple[str, ...] = (
            say("SHA-256 of {name}: {sum}", name=self.name, sum=sha256_of(self._data)),
        )

    def read(self, number: int) -> bytes:  # noqa: ARG002 - there is one
        """Return its bytes."""
        return self._data


class Unpacked:
    """A delivery in which every archive stands for the files in it; ``opened`` is how many."""

    def __init__(self, source: Source, worker: Worker, progress: Progress) -> None:
        self._source, self._worker = source, worker
        self._open: tuple[int, Opened] | None = None
        self._where: list[tuple[int, int]] = []  # file of the source, and place within it or -1
        self.name = source.name
        self.opened = 0
        entries: list[Entry] = []
        notes = list(source.notes)
        for number, entry in enumerate(source.entries):
            progress.step(number, len(source.entries), entry.path)
            folder = self._folder(number, entry)
            if folder is None:
                entries.append(entry)
                self._where.append((number, -1))
                continue
            self.opened += 1
            found = self._entries(number, entry, folder)
            entries += found
            name = entry.path or source.name
            if folder.aside:
                notes.append(aside(name, folder.aside))
            if not found:
                notes.append(say("{name} holds no files.", name=name))
            if len(entries) > MOST_FILES:
                raise InputError(
                    say(
                        "This delivery has more than {most:,} files. Bring it in in parts.",
                        most=MOST_FILES,
                    )
                )
        self.entries = told_apart(entries)
        self.notes = tuple(notes)

    def read(self, number: int) -> FileBytes:
        """Return the bytes of one file. Raises ``DocumentError``."""
        outer, place = self._where[number]
        if place < 0:
            return self._source.read(outer)
        if self._open is None or self._open[0] != outer:
            entry = self._source.entries[outer]
            folder = self._folder(outer, entry)
            if folder is None:
                raise DocumentError(say("There is no such file."))
            self._hold(outer, folder)
        return self._held().take(place).bytes()

    def _folder(self, number: int, entry: Entry) -> Opened | None:
        """Return an archive, opened; None for a file, and for an archive that does not open."""
        if entry.path.lower().endswith(_DOCUMENTS) or not may_hold(entry.head):
            return None
        try:
            return folder_of(self._worker, self._source.read(number), entry.path)
        except DocumentError:
            return None  # it is told where the file itself is read

    def _entries(self, number: int, entry: Entry, folder: Opened) -> list[Entry]:
        self._hold(number, folder)
        found = []
        for place in range(folder.count):
            one = folder.take(place)
            path = shown_path(f"{entry.path}/{one.path}" if entry.path else one.path)
            found.append(Entry(path=path, size=len(one.data), head=one.data[:64]))
            self._where.append((number, place))
        return found

    def _hold(self, number: int, folder: Opened) -> None:
        """Keep one archive open at a time."""
        if self._open is not None:
            self._open[1].close()
        self._open = (number, folder)

    def _held(self) -> Opened:
        if self._open is None:
            raise DocumentError(say("There is no such file."))
        return self._open[1]


def may_hold(head: bytes) -> bool:
    """Whether a file that begins so may be an archive or a mailbox."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) or head.lstrip(
        b"\xef\xbb\xbf \t\r\n"
    ).startswith(b"From ")
