"""Where a delivery lies. Nothing outside its folder is read, and what is passed over is told."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from reviewer.errors import DocumentError, InputError
from reviewer.files.read import open_file
from reviewer.intake import places
from reviewer.messages import plural, say
from reviewer.records.large import FileBytes
from reviewer.records.text import BIDI, clean_line

MOST_FILES = 20_000
_HEAD = 64  # bytes
_DEEP = 24  # folders within one another
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_LONGEST = 1_000  # characters of a path
_CUT = "/.../"  # for what is left out of one
_TOLD = 6  # names in one sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One file of a delivery: its path within it, as it was delivered, parted by slashes."""

    path: str
    size: int
    head: bytes = b""  # its first bytes: whether it may hold others


class Source(Protocol):
    """What was delivered: what it is called, its files in order, and what was passed over."""

    name: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]

    def read(self, number: int) -> FileBytes:
        """Return the bytes of one file, by its place. Raises ``DocumentError``."""
        ...


class Folder:
    """A folder with all the folders in it."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError(say("There is no folder {name} there.", name=folder.name))
        self.name = clean_line(folder.resolve().name) or "delivery"
        self._folder = folder
        self._aside: list[str] = []
        self._paths: list[Path] = []
        self._shut: dict[Path, str] = {}  # folders that may not be read, and why
        found: list[Entry] = []
        try:
            for path, size in self._walk(folder, 0):
                if len(found) >= MOST_FILES:
                    raise InputError(
                        say(
                            "This delivery has more than {most:,} files. Bring it in in parts.",
                            most=MOST_FILES,
                        )
                    )
                self._paths.append(path)
                shown = shown_path(path.relative_to(folder))
                found.append(Entry(path=shown, size=size, head=_head(path)))
        except OSError as error:
            raise InputError(
                say(
                    "The folder {name} could not be read ({reason}).",
                    name=folder.name,
                    reason=error.strerror or say("disk error"),
                )
            ) from error
        self.entries = told_apart(found)
        self.notes = passed_over(self._aside)

    def read(self, number: int) -> FileBytes:
        """Return the bytes of one file. A link is not followed."""
        try:
            return self._contents(self._paths[number])
        except OSError as error:  # a disk that fails when it is asked what lies there
            raise places.unread(error) from error

    def _contents(self, path: Path) -> FileBytes:
        if path.is_symlink():
            raise DocumentError(say("This is a link to another place, so it was not followed."))
        if path in self._shut:
            raise DocumentError(
                say(
                    "This folder could not be read ({reason}), so nothing of it has come. Bring"
                    " the same folder in again when it can be.",
                    reason=self._shut[path],
                )
            )
        if path.is_dir():
            raise DocumentError(
                say(
                    "This folder lies within more than {most} others, so it was not looked into."
                    " Bring it in on its own.",
                    most=_DEEP,
                )
            )
        if not os.path.lexists(path):
            raise DocumentError(
                say(
                    "This file was in the folder when it was listed, and is not there now. Bring"
                    " the same folder in again."
                )
            )
        return places.contents(path)

    def _walk(self, folder: Path, depth: int) -> Iterator[tuple[Path, int]]:
        try:
            found = sorted(os.scandir(folder), key=lambda found: found.name)
        except PermissionError as error:
            if not depth:
                raise
            self._shut[folder] = error.strerror or say("disk error")
            yield folder, 0
            return
        for entry in found:
            path = Path(entry.path)
            if is_litter(entry.name):
                self._aside.append(shown_path(path.relative_to(self._folder)))
            elif not entry.is_dir(follow_symlinks=False):
                yield path, entry.stat(follow_symlinks=False).st_size
            elif depth < _DEEP:
                yield from self._walk(path, depth + 1)
            else:
                yield path, 0  # as a file that cannot be read: nothing is passed over unsaid


def _head(path: Path) -> bytes:
    """Return the first bytes of a file; none where it cannot be read: that is told later."""
    if path.is_symlink():
        return b""
    try:
        with open_file(path) as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""


def is_litter(name: str) -> bool:
    """Whether a program left this beside documents: nobody wrote it."""
    return name.startswith((".", "~$")) or name.casefold() in _LITTER or name == "__MACOSX"


def shown_path(path: Path | str) -> str:
    """Return a path within a delivery as it is shown and kept.

    What is not seen as it stands becomes a sign that is: control characters, and those that turn
    the letters after them round. Of a path that is too long the middle is left out.

    >>> shown_path("A1/invoice\u202etxt.exe") == "A1/invoice\ufffdtxt.exe"
    True
    """
    text = path.as_posix() if isinstance(path, Path) else path.replace("\\", "/")
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = "".join(
        c if (c.isprintable() or ord(c) > 0x9F) and ord(c) not in BIDI else "\ufffd" for c in text
    )
    if len(text) <= _LONGEST:
        return text
    half = (_LONGEST - len(_CUT)) // 2
    return text[:half] + _CUT + text[-half:]


def told_apart(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries, each under a path of its own: an archive may have one name twice.

    >>> [one.path for one in told_apart([Entry(path="a.txt", size=1)] * 3)]
    ['a.txt', 'a (2).txt', 'a (3).txt']
    """
    seen: set[str] = set()
    made: list[Entry] = []
    latest: dict[str, int] = {}
    for entry in entries:
        path, folder, name = entry.path, *entry.path.rpartition("/")[::2]
        stem, dot, ending = name.rpartition(".")
        if not stem:
            stem, dot, ending = name, "", ""
        while path in seen:
            number = latest[entry.path] = latest.get(entry.path, 1) + 1
            numbered = f"{stem} ({number}){dot}{ending}"
            path = f"{folder}/{numbered}" if folder else numbered
        seen.add(path)
        made.append(entry if path == entry.path else replace(entry, path=path))
    return tuple(made)


def passed_over(names: list[str]) -> tuple[str, ...]:
    """Return the sentence on what was passed over, if anything was."""
    if not names:
        return ()
    told = ", ".join(names[:_TOLD]) + (", ..." if len(names) > _TOLD else "")
    return (
        plural(
            "{count:,} file that a program left there was passed over: {names}.",
            "{count:,} files that programs left there were passed over: {names}.",
            count=len(names),
            names=told,
        ),
    )
