"""Several files that belong together are written all or none.

Each file is first written, synced and read back beside its place, one after the other, so that
none need be in memory. Then a list of the set is written: while it is there, the next run takes
the set back. Older files of the same names are moved aside, the new ones take their names, and the
list goes: from here on the set stands, and what was moved aside goes too. Whatever fails or is
killed before, the older files come back, all of them. The list says what each new file holds: it
can be made by anybody who may write there, and a person may have changed a file meanwhile, so only
what is as we wrote it is taken back.
"""

import contextlib
import dataclasses
import hashlib
import json
import os
import re
import secrets
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import ReviewerError, StorageError, TakenError
from reviewer.files.read import open_file
from reviewer.files.write import (
    Fill,
    name_whole,
    storage_error,
    sync_folder,
    write_hashed,
    write_whole,
)

if sys.platform != "win32":
    import fcntl

_MOST = 1 << 20  # bytes of a list
_HEX = "[0-9a-f]{8}"
_PART = r"\.([0-9a-f]{8}){1,2}\.part"  # see files.write.part_of
_LIST = re.compile(rf"\.reviewer-set\.({_HEX})")
_LEFT = re.compile(rf"\.{{1,2}}.+\.{_HEX}\.(new|old)({_PART})?|\.\.reviewer-set\.{_HEX}{_PART}")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """One file of a set: its final name, and its names beside it while the set is written."""

    path: Path
    new: Path
    old: Path
    older: bool
    sha256: str  # of the new file

    @classmethod
    def of(cls, path: Path, token: str, *, older: bool, sha256: str) -> "_Place":
        beside = f".{path.name}.{token}"
        new, old = path.with_name(f"{beside}.new"), path.with_name(f"{beside}.old")
        return cls(path=path, new=new, old=old, older=older, sha256=sha256)

    @property
    def moved(self) -> bool:
        """Whether the new file took its name, and the older one still lies aside."""
        return not self.new.exists() and self.path.exists() and self.older == self.old.exists()

    @property
    def ours(self) -> bool:
        """Whether what has the final name is what we wrote."""
        try:
            with open_file(self.path) as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


def write_set(folder: Path, files: Mapping[str, bytes], *, replace: bool = False) -> list[Path]:
    """Write ``files`` (data by name) into ``folder``, all or none; returns their paths.

    Raises what ``new_set`` raises.
    """
    with new_set(folder, files, replace=replace) as made:
        for name, data in files.items():
            made.add(name, _whole(data))
    return made.paths


def _whole(data: bytes) -> Fill:
    return lambda out: out.write(data)


class FileSet:
    """A set that is being written: each file lies whole beside its place until all are there."""

    def __init__(self, folder: Path, older: Iterable[str], token: str) -> None:
        self._folder, self._older, self._token = folder, frozenset(older), token
        self.places: list[_Place] = []
        self._listed = folder / f".reviewer-set.{token}"
        self._stands = False
        self._written: set[tuple[int, int] | None] = set()

    @property
    def paths(self) -> list[Path]:
        """Return where the files are when the set stands."""
        return [place.path for place in self.places]

    @property
    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of each file by its name."""
        return {place.path.name: place.sha256 for place in self.places}

    def add(self, name: str, fill: Fill, *, check: Callable[[Path], object] | None = None) -> None:
        """Write one more file; ``check`` reads it before it is one of the set.

        Raises ``StorageError``, and what ``fill`` and ``check`` raise; the set is without it then.
        """
        older = name in self._older
        place = _Place.of(self._folder / name, self._token, older=older, sha256="")
        try:
            place = dataclasses.replace(place, sha256=write_hashed(place.new, fill))
            if check is not None:
                check(place.new)
        except BaseException:
            place.new.unlink(missing_ok=True)
            raise
        self.places.append(place)

    def stand(self, noted: Callable[[], object] = lambda: None) -> None:
        """Let all files take their names; the end of ``new_set`` does where nobody did before.

        ``noted`` writes down that they are there. Where it fails the set does not stand: what is
        refused can be asked for again. Raises ``StorageError``, and what ``noted`` raises.
        """
        if not self._stands:
            write_whole(self._listed, _list_of(self.places))
            self._written = {_identity(place.new) for place in self.places} - {None}
            _move(self.places)
            noted()
            self._stands = True
            with contextlib.suppress(OSError):  # the next run removes it, and finishes
                self._listed.unlink()

    def end(self) -> None:
        """Remove what was moved aside for a set that stands; take back one that does not."""
        if not self._stands:
            with contextlib.suppress(OSError):
                _take_back(self._listed, self.places, self._written)
        elif not self._listed.exists():
            _finish(self._folder, self.places)


@contextlib.contextmanager
def new_set(folder: Path, names: Iterable[str], *, replace: bool = False) -> Iterator[FileSet]:
    """Give a set to add files to, of ``names``; when the block ends, they take their names.

    All or none: where the block or the disk fails, the folder holds what it held before. Raises
    ``TakenError`` naming what is taken where it may not be replaced, and ``StorageError``.
    """
    if not folder.is_dir():
        raise StorageError(f"The folder {folder.name} is not there. Choose one that is.")
    with _alone(folder) as alone:
        if not alone:
            raise StorageError(
                f"Another Reviewer is writing into the folder {folder.name} now, so nothing was"
                " written. Try again in a moment."
            )
        _mend(folder)
        older = taken(folder, names)
        if older and not replace:
            raise TakenError(
                f"{older[0]} already exists there, so nothing was written.",
                details=[f"{name} already exists." for name in older],
            )
        token = secrets.token_hex(4)
        made = FileSet(folder, older, token)
        try:
            yield made
            made.stand()
        except OSError as error:
            raise storage_error(error, folder / f".reviewer-set.{token}") from error
        finally:
            made.end()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Say whether no other run writes a set into ``folder``, and keep others from it meanwhile.

    Where the system knows no such lock (Windows, some shares) nobody is kept from it.
    """
    if sys.platform == "win32":
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        except OSError:
            pass
        yield True
    finally:
        os.close(handle)


def taken(folder: Path, names: Iterable[str]) -> list[str]:
    """Return which of ``names`` exist in ``folder``."""
    return [name for name in names if os.path.lexists(folder / name)]


def mend(folder: Path) -> None:
    """Take back every set that a run was killed over in ``folder``, and sweep what it left.

    What the disk refuses now is left for the next run.
    """
    with contextlib.suppress(OSError), _alone(folder) as alone:
        if alone:
            _mend(folder)


def _mend(folder: Path) -> None:
    unread = []
    with contextlib.suppress(OSError):
        for listed in sorted(folder.iterdir()):
            if (match := _LIST.fullmatch(listed.name)) is None:
                continue
            places = _read(listed, match[1])
            if places and all(place.moved for place in places):
                listed.unlink()
                _finish(folder, places)
            elif places:
                _take_back(listed, places)
            else:  # nobody knows what the files of this set are to become
                unread.append(match[1])
        for left in folder.iterdir():
            match = _LEFT.fullmatch(left.name)
            if match and not any(f".{token}." in left.name for token in unread):
                left.unlink(missing_ok=True)


def _finish(folder: Path, places: list[_Place]) -> None:
    """Remove what was moved aside for a set that stands; at the next run what cannot go now."""
    with contextlib.suppress(OSError):
        sync_folder(folder)
        for place in places:
            place.old.unlink(missing_ok=True)


def _move(places: list[_Place]) -> None:
    """Move what is older aside, then give every new file its name."""
    for place in places:
        if place.older:
            try:
                name_whole(place.path, place.old)
            except ReviewerError as error:
                raise StorageError(
                    f"{place.path.name} could not be replaced: another program may have it open."
                    " Nothing was written, and every older file stays as it was. Close it there,"
                    " or choose another folder."
                ) from error
    for place in places:
        name_whole(place.new, place.path)


def _take_back(
    listed: Path, places: list[_Place], written: Collection[tuple[int, int] | None] = ()
) -> None:
    """Give every older file its name again, and remove what is new; the list goes last.

    What this run has ``written`` is known without opening it, which a full disk may refuse.
    Where there is no list, nothing has moved yet, or the folder itself was swapped meanwhile: what
    was moved aside in the other one goes back.
    """
    there = listed.exists()
    for place in places:
        ours = there and (_identity(place.path) in written or place.ours)
        if place.old.exists() and (ours or not os.path.lexists(place.path)):
            place.old.replace(place.path)
        elif ours and not place.older and not place.new.exists():
            place.path.unlink(missing_ok=True)
    for place in places:
        place.new.unlink(missing_ok=True)
    sync_folder(listed.parent)
    listed.unlink(missing_ok=True)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _list_of(places: list[_Place]) -> bytes:
    return json.dumps({place.path.name: [place.older, place.sha256] for place in places}).encode()


def _read(listed: Path, token: str) -> list[_Place]:
    """Return the set of a list of ours; nothing for one that is not."""
    try:
        with open_file(listed) as stream:
            names = dict(json.loads(stream.read(_MOST)))
        if any(Path(str(name)).name != name for name in names):
            return []
        return [
            _Place.of(listed.with_name(name), token, older=bool(older), sha256=str(sha256))
            for name, (older, sha256) in names.items()
        ]
    except (OSError, ValueError, TypeError, RecursionError):
        return []
