"""What is dropped on the window: taken by the room in front, or told why it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reviewer.errors import DocumentError
from reviewer.files.read import open_file
from reviewer.messages import later, say
from ui import errors
from ui.desk.desk import Desk
from ui.late import folder_reader
from ui.rooms.room import DOCUMENTS, RETURN, RETURNS, Room

if TYPE_CHECKING:
    from ui.actions.bringing import Bringing
    from ui.actions.updating import Updating

CASEBOOK, UPDATE = ".casebook", ".update"
_TABLES = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".ods"})
_HEAD = 1 << 16  # bytes of a CSV file in which its first row is looked for
_ONE = later("Casebooks and updates are opened one at a time. Drop one of them alone.")
_NOTHING = later(
    "Nothing that was dropped is a file on this computer. Save it first, then drop it here."
)
_CLOSED = later(
    "Open a casebook first: that goes into one. A casebook itself can be dropped here."
)
_OWN = later("Your casebook takes updates from the chair (.update). Other files go to the chair.")
_RETURNS = later(
    "Returns are taken under Merge, in the chair's casebook. Go there and drop them again."
)
_CASES = later("Registers and documents are taken under Cases. Go there and drop them again.")
_MIXED = later(
    "That is a register and other files together. Drop the register alone, or the documents."
)
_EMPTY = later("There is no file in it that could be taken.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The files dropped, those of folders too; ``register`` is to be imported in their place."""

    files: list[Path]
    register: Path | None = None


class Dropping:
    """Sorts what is dropped by what it is and where it was dropped.

    ``bringing`` and ``updating`` are asked for when something is there for them: a casebook that
    is dropped on the first screen needs neither.
    """

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        bringing: Callable[[], Bringing],
        updating: Callable[[], Updating],
    ) -> None:
        self._desk = desk
        self._window = window
        self._bringing = bringing
        self._updating = updating
        self.front: Callable[[], Room | None] = lambda: None
        self.open: Callable[[Path], object] = lambda _path: None

    def take(self, paths: Sequence[Path]) -> None:
        """Take ``paths``, the local files and folders among what was dropped, or say why not."""
        kinds = {path.suffix.lower() for path in paths}
        if not paths:
            self._tell(say(_NOTHING))
        elif kinds & {CASEBOOK, UPDATE}:
            self._open_one(paths)
        elif self._desk.about is None:
            self._tell(say(_CLOSED))
        elif self._desk.about.kind != "chair":
            self._tell(say(_OWN))
        else:
            self._for_the_chair(paths, kinds)

    def _open_one(self, paths: Sequence[Path]) -> None:
        if len(paths) > 1:
            self._tell(say(_ONE))
        elif paths[0].suffix.lower() == UPDATE:
            self._updating().take(paths[0])
        else:
            self.open(paths[0])

    def _for_the_chair(self, paths: Sequence[Path], kinds: set[str]) -> None:
        room = self.front()
        takes = room.takes if room is not None else ""
        if room is not None and takes == RETURNS:
            room.take(list(paths))
        elif RETURN in kinds:
            self._tell(say(_RETURNS))
        elif takes != DOCUMENTS:
            self._tell(say(_CASES))
        elif len(paths) > 1 and kinds & _TABLES:
            self._tell(say(_MIXED))
        else:
            read = folder_reader()
            look = self._desk.elsewhere(lambda: _material(paths, read)).owner(self._window)
            look.succeeded(self._bring).failed(lambda e: errors.show(self._window, e)).run()

    def _bring(self, found: Found) -> None:
        if found.register is not None:
            self._bringing().import_register(found.register)
        elif found.files:
            self._bringing().offer(found.files)
        else:
            self._tell(say(_EMPTY))

    def _tell(self, sentence: str) -> None:
        errors.tell(self._window, sentence, title=say("Not taken"))


def _material(paths: Sequence[Path], files_in: Callable[[Path], list[Path]]) -> Found:
    """Return the register that is dropped, alone or in a folder, or every document.

    Raises ``DocumentError`` where a folder has several registers.
    """
    if len(paths) == 1 and paths[0].is_file() and paths[0].suffix.lower() in _TABLES:
        return Found(files=[], register=paths[0])
    files: list[Path] = []
    for path in paths:
        files += files_in(path) if path.is_dir() else [path]
    registers = _named([one for one in files if one.parent in paths and _is_register(one)])
    if len(registers) > 1:
        names = ", ".join(one.name for one in registers[:5])
        raise DocumentError(
            say("There are several registers in it: {names}. Drop the one alone.", names=names)
        )
    return Found(files=files, register=registers[0] if registers else None)


def _named(found: list[Path]) -> list[Path]:
    """Return the registers among tables: of several, spreadsheets must be called so."""
    if len(found) < 2:
        return found
    text = [one for one in found if one.suffix.lower() == ".csv"]
    return text or [one for one in found if "register" in one.stem.lower()]


def _is_register(path: Path) -> bool:
    """Return whether a file in a dropped folder is a register rather than a document."""
    if path.suffix.lower() != ".csv":
        return path.suffix.lower() in _TABLES
    try:
        with open_file(path) as stream:
            untrusted = stream.read(_HEAD)
    except OSError:
        return False
    head = untrusted.splitlines()[:1]
    return bool(head) and b"reference" in head[0].replace(b"\0", b"").lower()
