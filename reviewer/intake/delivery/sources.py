"""Where a delivery lies. Nothing outside its folder is read, and what is passed over is told."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reviewer.errors import DocumentError, InputError
from reviewer.files.read import open_file
from reviewer.intake import places
from reviewer.messages import plural, say
from reviewer.records.text import clean_line

MOST_FILES = 20_000
_HEAD = 64  # bytes
_DEEP = 24  # folders within one another
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_LONGEST = 1_000  # characters of a path
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

    def read(self, number: int) -> bytes:
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
        self.entries = tuple(found)
        self.notes = passed_over(self._aside)

    def read(self, number: int) -> bytes:
        """Return the bytes of one file. A link is not followed."""
        path = self._paths[number]
        if path.is_symlink():
            raise DocumentError(say("This is a link to another place, so it was not followed."))
        return places.contents(path)

    def _walk(self, folder: Path, depth: int) -> Iterator[tuple[Path, int]]:
        for entry in sorted(os.scandir(folder), key=lambda found: found.name):
            path = Path(entry.path)
            if is_litter(entry.name):
                self._aside.append(shown_path(path.relative_to(self._folder)))
            elif not entry.is_dir(follow_symlinks=False):
                yield path, entry.stat(follow_symlinks=False).st_size
            elif depth < _DEEP:
                yield from self._walk(path, depth + 1)
            else:
                self._aside.append(shown_path(path.relative_to(self._folder)) + "/")


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
    """Return a path within a delivery as it is shown and kept."""
    text = path.as_posix() if isinstance(path, Path) else path.replace("\\", "/")
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() or ord(c) > 0x9F else "\ufffd" for c in text)[:_LONGEST]


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
