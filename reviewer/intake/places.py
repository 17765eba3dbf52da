"""Where a register's documents may lie: in its own folder, and nowhere else.

A register may come from anybody; a path in it must not bring in a file that its author could
only guess at.
"""

import contextlib
import functools
import itertools
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.documents import limits
from reviewer.errors import DocumentError
from reviewer.files.read import NotAFileError, open_file
from reviewer.messages import say
from reviewer.records.large import PIECE, FileBytes, LargeFile

_DRIVE = re.compile(r"^[A-Za-z]:")
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{n}{d}" for n in ("com", "lpt") for d in "123456789"}
_LITTER = {"thumbs.db", "desktop.ini"}  # what Windows leaves in folders
_MOST = 5_000  # files in one case's folder
_JOINED = 20  # parts of a cell that may be one name
DEEP = 24  # folders within one another in it


def fault(untrusted: str) -> str:
    r"""Return what is wrong with a path as such, or "" where nothing is.

    >>> fault("reports/2024-0001.pdf"), fault("reports\\2024-0001.pdf")
    ('', '')
    >>> fault("../secret.pdf")
    'leaves the folder of the register'
    """
    path = untrusted.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path):
        return "is not given within the folder of the register"
    parts = path.split("/")
    if ".." in parts:
        return "leaves the folder of the register"
    if any(ord(c) < 32 or c == ":" for c in path):
        return "holds a character that no file name here may have"
    if any(part.rstrip(" .").split(".")[0].casefold() in _DEVICES for part in parts):
        return "is the name of a device"
    return ""


def within(folder: Path, untrusted: str) -> Path:
    """Return the file that a register's path names; raises ``DocumentError`` where it may not.

    A link that leads out of the folder is refused as the path would be.
    """
    wrong = fault(untrusted)
    if wrong:
        raise DocumentError(say("The path {wrong}.", wrong=wrong))
    return _kept(folder, _as_it_lies(folder, untrusted.replace("\\", "/")))


def named(folder: Path, cell: str) -> tuple[str, ...]:
    """Return the paths that a register's cell names, between semicolons or line breaks.

    A name may hold a semicolon, and a list commas: what lies in the folder decides.
    """
    found: list[str] = []
    for line in cell.splitlines():
        parts = line.split(";")
        while parts:
            most = next(
                (n for n in range(min(len(parts), _JOINED), 1, -1) if _lies(folder, parts[:n])), 1
            )
            found += _listed(folder, ";".join(parts[:most]).strip())
            parts = parts[most:]
    return tuple(name for name in found if name)


def _lies(folder: Path, parts: list[str]) -> bool:
    return all(part.strip() for part in parts) and _there(folder, ";".join(parts).strip())


def _listed(folder: Path, name: str) -> list[str]:
    """Return the names between commas where each lies there, and the whole does not."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1 or len(parts) > _JOINED or _there(folder, name):
        return [name]
    return parts if all(_there(folder, part) for part in parts) else [name]


def _there(folder: Path, name: str) -> bool:
    if not name or fault(name):
        return False
    try:
        return _as_it_lies(folder, name.replace("\\", "/")).is_file()
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Lying:
    """What lies in a folder: its files, folders too deep to be looked into, and how many more."""

    files: tuple[Path, ...] = ()
    deep: tuple[Path, ...] = ()
    more: int = 0
    aside: tuple[Path, ...] = ()  # what programs left there


def folder_of(folder: Path, reference: str) -> Lying:
    """Return what lies in the folder named by a case's reference, in order of name.

    A reference that cannot be a folder's name has none.
    """
    if fault(reference) or "/" in reference.replace("\\", "/") or reference.strip(" .") == "":
        return Lying()
    own = _as_it_lies(folder, reference)
    if not own.is_dir() or not own.resolve().is_relative_to(folder.resolve()):
        return Lying()
    return _lying(own)


def _lying(folder: Path) -> Lying:
    deep: list[Path] = []
    aside: list[Path] = []
    files = list(_files(folder, 0, deep, aside))
    return Lying(
        files=tuple(files[:_MOST]),
        deep=tuple(deep),
        more=max(0, len(files) - _MOST),
        aside=tuple(aside),
    )


def beside(folder: Path) -> list[Path]:
    """Return what lies in a folder, without what is hidden or left there by a system."""
    try:
        return [
            Path(entry.path)
            for entry in sorted(os.scandir(folder), key=lambda found: found.name)[:_MOST]
            if not _is_litter(entry.name)
        ]
    except OSError:
        return []


def files_in(folder: Path) -> list[Path]:
    """Return the files in a folder and the folders in it, as ``folder_of`` does.

    Raises ``DocumentError`` where it cannot be read, and where it holds more than is looked at.
    """
    try:
        lying = _lying(folder)
    except OSError as error:
        raise DocumentError(
            say(
                "The folder {name} could not be read ({reason}).",
                name=folder.name,
                reason=error.strerror or "disk error",
            )
        ) from error
    if lying.more or lying.deep:
        raise DocumentError(
            say(
                "The folder {name} holds more than {most:,} files, or folders in more than {deep}"
                " others. Bring it in as a delivery, which shows all that came.",
                name=folder.name,
                most=_MOST,
                deep=DEEP,
            )
        )
    return list(lying.files)


def contents(path: Path) -> FileBytes:
    """Return a document's bytes; of more than 256 MiB a file that is read a piece at a time.

    Raises ``DocumentError``, as reading of such a file does where it is gone or changed.
    """
    with _telling(), open_file(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size <= limits.MAX_BYTES:
            return stream.read(limits.MAX_BYTES + 1)
    return LargeFile(size, lambda number: _piece(path, number, size))


def _piece(path: Path, number: int, size: int) -> bytes:
    """Return a MiB of a large file, or what is left of it, as long as it is as large as it was."""
    with _telling(), open_file(path) as stream:
        now = os.fstat(stream.fileno()).st_size
        stream.seek(number * PIECE)
        untrusted = stream.read(PIECE)
    if now != size or len(untrusted) != min(PIECE, size - number * PIECE):
        raise DocumentError(say("The file changed while it was read. Import it again."))
    return untrusted


@contextlib.contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except NotAFileError:
        raise DocumentError(say("This is not a file.")) from None
    except FileNotFoundError as error:
        raise DocumentError(say("There is no such file.")) from error
    except (OSError, ValueError) as error:
        raise unread(error) from error


def unread(error: OSError | ValueError) -> DocumentError:
    """Return what is said of a file that is there and cannot be read."""
    reason = getattr(error, "strerror", None) or "its name cannot be used"
    return DocumentError(
        say(
            "The file could not be read ({reason}). Bring it in again when it can be.",
            reason=reason,
        )
    )


def _as_it_lies(folder: Path, path: str) -> Path:
    """Return where ``path`` lies in the folder, however its letters were composed there.

    Where no name is the same letter by letter, one is taken that alone differs by how its letters
    are composed, or else by capitals, as the computers that most files come from take it.
    """
    at = folder
    for part in path.split("/"):
        at = at / part if part in {"", "."} or _exists(at / part) else at / _like(at, part)
    return at


def _exists(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def _like(folder: Path, name: str) -> str:
    try:
        names = _names(folder, folder.stat().st_mtime_ns)
    except (OSError, ValueError):
        return name
    for key in (_composed(name), alike(name)):
        found = names.get(key, [])
        if len(found) == 1:
            return found[0]
    return name


@functools.lru_cache(maxsize=64)
def _names(folder: Path, changed: int) -> dict[str, list[str]]:  # noqa: ARG001 - asks anew
    """Return what lies in a folder, by names as they are composed and without capitals."""
    found: dict[str, list[str]] = {}
    for entry in itertools.islice(os.scandir(folder), _MOST):
        for key in {_composed(entry.name), alike(entry.name)}:
            found.setdefault(key, []).append(entry.name)
    return found


def alike(name: str) -> str:
    """Return what two names share that are one name on the computers most files come from."""
    return _composed(name).casefold()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _kept(folder: Path, path: Path) -> Path:
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise DocumentError(say("There is no such file.")) from error
    if not real.is_relative_to(folder.resolve()):
        raise DocumentError(say("The path leaves the folder of the register."))
    return real


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _LITTER


def _files(folder: Path, depth: int, deep: list[Path], aside: list[Path]) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda found: found.name):
        if _is_litter(entry.name):
            aside.append(Path(entry.path))
        elif not entry.is_dir(follow_symlinks=False):
            yield Path(entry.path)
        elif depth < DEEP:
            yield from _files(Path(entry.path), depth + 1, deep, aside)
        else:
            deep.append(Path(entry.path))
