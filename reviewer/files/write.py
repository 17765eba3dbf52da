"""The one way a file for people is written: whole and checked, or not at all."""

import contextlib
import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, BinaryIO, cast

from reviewer.errors import InputError, StorageError
from reviewer.files import in_use
from reviewer.files.read import open_file

Fill = Callable[[BinaryIO], object]
"""Writes a file's content, piece by piece."""
_AT_ONCE = 1 << 18  # characters that are held before they are written
_SLACK = 16 << 20  # free space that must remain beside the file itself
_BACK_OFF = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)  # seconds; antivirus programs hold new files briefly
_PART = r"([0-9a-f]{8}){1,2}\.part"  # how every part file ends, see part_of; older ones had 8
_ANY_PART = re.compile(r"\..+\.([0-9a-f]{4})([0-9a-f]{8})[0-9a-f]{4}\.part(-journal|-wal|-shm)?")
_OLD_PART = re.compile(r"\..+\.[0-9a-f]{8}\.part(-journal|-wal|-shm)?")
_OF_A_SET = re.compile(r"\.(.+)\.[0-9a-f]{8}\.(?:new|old)")
_STALE = 24 * 3600  # seconds after its last write, nobody is at a part any more
_HERE = hashlib.blake2b(platform.node().encode(), digest_size=2).hexdigest()  # this computer
_HELD = {5, 32, 33}  # Windows: access denied, sharing violation, lock violation


def write_whole(path: Path, data: bytes, *, overwrite: bool = False) -> Path:
    """Write ``data`` to ``path``: a part file beside it, synced, read back, then renamed.

    Returns ``path``. Raises ``InputError`` when the name is taken and ``overwrite`` is not set,
    ``StorageError`` when the disk is full, gone or lies; no file with the final name is left then.
    """
    return write_stream(path, lambda out: out.write(data), size=len(data), overwrite=overwrite)


def write_stream(
    path: Path,
    fill: Fill,
    *,
    size: int,
    overwrite: bool = False,
) -> Path:
    """Write what ``fill`` writes, about ``size`` bytes, as ``write_whole`` does; never in memory.

    Raises what ``fill`` raises, and what ``write_whole`` raises.
    """
    write_hashed(path, fill, size=size, overwrite=overwrite)
    return path


def write_hashed(path: Path, fill: Fill, *, size: int = 0, overwrite: bool = False) -> str:
    """Write what ``fill`` writes as ``write_stream`` does; return its SHA-256 in hexadecimal.

    Where nobody knows how much it will be, ``size`` stays 0, and a full disk is met on the way.
    """
    if not overwrite and os.path.lexists(path):
        raise InputError(f"{path.name} already exists there, so nothing was written.")
    if path.exists() and not path.is_file():
        raise InputError(
            f"{path.name} is a folder, a pipe or a device, so nothing was written. Name a file."
        )
    if in_use.is_in_use(in_use.id_at(path)):
        raise InputError(
            f"{path.name} is the casebook that is open here, so nothing was written. Choose"
            " another folder or name."
        )
    sweep(path)
    part = part_of(path)
    try:
        written = _write(part, fill, size)
        if _digest(part) != written:
            raise StorageError(
                f"The copy of {path.name} could not be verified: the disk returned something"
                " else than was written. Use another disk or stick."
            )
        name_whole(part, path)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return written.hex()


def write_text(out: IO[bytes], pieces: Iterable[str]) -> None:
    """Write text as UTF-8, a piece at once; half a character becomes a question mark."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _AT_ONCE:
            out.write("".join(held).encode("utf-8", "replace"))
            held, size = [], 0
    out.write("".join(held).encode("utf-8", "replace"))


def copy_whole(source: Path, path: Path, *, overwrite: bool = False) -> Path:
    """Copy a closed file to ``path`` as ``write_whole`` writes one, with room to spare.

    Raises what ``write_whole`` and ``require_room`` raise.
    """
    try:
        with open_file(source) as stream:
            size = os.fstat(stream.fileno()).st_size
            require_room(path, size)
            return write_stream(
                path, lambda out: shutil.copyfileobj(stream, out), size=size, overwrite=overwrite
            )
    except OSError as error:
        raise storage_error(error, path) from error


def require_room(path: Path, size: int) -> None:
    """Raise ``StorageError`` unless a file of ``size`` bytes fits at ``path`` with room to spare.

    Wanted are a tenth more and 16 MiB: a disk that is filled to the brim breaks other programs,
    and the next change of the casebook.
    """
    wanted = size + size // 10 + _SLACK
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise storage_error(error, path) from error
    if free < wanted:
        raise StorageError(
            f"There is not enough room on the disk for {path.name}: {wanted / 1e6:,.0f} MB are"
            f" wanted and {free / 1e6:,.0f} MB are free. Nothing was written; free some space or"
            " choose another folder."
        )


def part_of(path: Path) -> Path:
    """Return the name under which ``path`` is written before it is whole.

    It tells who writes it (2 bytes for the computer, 4 for the process, 2 at random): so that
    whoever comes next knows whether somebody still does.
    """
    token = f"{_HERE}{os.getpid() & 0xFFFF_FFFF:08x}{secrets.token_hex(2)}"
    return path.with_name(f".{path.name}.{token}.part")


def whole_name(path: Path) -> str:
    """Return the name that a part file will have, for sentences; other names as they are.

    >>> whole_name(Path(".inquiry.casebook.0a4ea8ea.part")), whole_name(Path("apart.pdf"))
    ('inquiry.casebook', 'apart.pdf')
    >>> whole_name(Path(".summary.pdf.0a4ea8ea.new"))  # of a set, see outset
    'summary.pdf'
    """
    if one_of_a_set := _OF_A_SET.fullmatch(path.name):
        return one_of_a_set[1]
    if not path.name.endswith(".part"):
        return path.name
    return re.sub(r"(\.([0-9a-f]{8}){1,2})?\.part", "", path.name).lstrip(".")


def name_whole(part: Path, path: Path) -> None:
    """Give the part file, whole and synced, its final name. Raises ``StorageError``."""
    try:
        _replace(part, path)
        sync_folder(path.parent)
        path.stat()  # a stick pulled by now has left an empty folder that syncs without complaint
    except OSError as error:
        raise storage_error(error, path) from error


def drop_part(part: Path) -> None:
    """Remove a part file and its journal; what cannot go now goes at the next ``sweep``."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            part.with_name(part.name + suffix).unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Remove what interrupted writes left in the folder of ``path``: our own part files only.

    Those of ``path`` itself that this process left, and everybody's whose program is gone.
    """
    sweep_folder(path.parent, re.escape(f".{path.name}.") + _PART)


def sweep_folder(folder: Path, pattern: str) -> None:
    """Remove part files that nobody is writing, and those of ours whose names match ``pattern``.

    Part files and journals of such files go with them; what cannot be removed now is left.
    """
    ours = re.compile(rf"({pattern}|\.{pattern}\.{_PART})(-journal|-wal|-shm)?")
    with contextlib.suppress(OSError):
        for found in folder.iterdir():
            with contextlib.suppress(OSError):
                if _is_left(found, mine=ours.fullmatch(found.name) is not None):
                    found.unlink(missing_ok=True)


def _is_left(found: Path, *, mine: bool) -> bool:
    """Whether a file is a part that nobody is writing; ``mine``: not by this process either."""
    match = _ANY_PART.fullmatch(found.name)
    if match is None:
        return mine or (_OLD_PART.fullmatch(found.name) is not None and _is_stale(found))
    pid = int(match[2], 16)
    if match[1] == _HERE and pid == os.getpid():
        return mine
    return _is_stale(found) or (match[1] == _HERE and not is_running(pid))


def _is_stale(found: Path) -> bool:
    return time.time() - found.lstat().st_mtime > _STALE


def is_running(pid: int) -> bool:
    """Whether a process of that number is there; where the system cannot be asked, yes."""
    if os.name == "nt":
        return True  # there is no harmless question to ask of it there
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def storage_error(error: OSError, path: Path) -> StorageError:
    """Return the sentence for what the disk refused while ``path`` was being written."""
    name = whole_name(path)
    if getattr(error, "winerror", None) in _HELD - {5}:
        return StorageError(
            f"Another program, perhaps a virus scanner, holds {name}. Nothing changed; try again"
            " in a moment."
        )
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StorageError(
            f"There is not enough room on the disk for {name}. Nothing was written;"
            " free some space and try again."
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.EEXIST}:  # or a file is in its way
        return StorageError(f"The folder for {name} is not there. Nothing was written.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StorageError(
            f"{name} may not be written there. Choose a folder of yours; nothing changed."
        )
    return StorageError(
        f"{name} could not be written ({error.strerror or 'disk error'}). Nothing changed."
    )


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable where the system can (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Hashed:
    """A file that is written, and the hash of what was given to it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write ``data``."""
        self.sha256.update(data)
        return self._stream.write(data)

    def flush(self) -> None:
        """Pass on what the stream holds back."""
        self._stream.flush()


def _write(part: Path, fill: Fill, size: int) -> bytes:
    """Write and sync a part file; returns the SHA-256 of what was given."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, 0o600)
    with os.fdopen(handle, "wb") as stream:
        if hasattr(os, "statvfs"):
            room = os.statvfs(part.parent)
            if room.f_bavail * room.f_frsize < size * 1.1 + min(_SLACK, size):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        hashed = _Hashed(stream)
        fill(cast("BinaryIO", hashed))
        stream.flush()
        os.fsync(stream.fileno())
    return hashed.sha256.digest()


def _digest(part: Path) -> bytes:
    with part.open("rb") as stream:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(stream, "sha256").digest()


def _replace(part: Path, path: Path) -> None:
    for wait in _BACK_OFF:
        try:
            part.replace(path)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(wait)
        else:
            return
    part.replace(path)
