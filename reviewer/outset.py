"""Several files that belong together are written all or none.

Each file is first written, synced and read back beside its place. Then a list of the set is
written: while it is there, the next run takes the set back. Older files of the same names are
moved aside, the new ones take their names, and the list goes: from here on the set stands, and
what was moved aside goes too. Whatever fails or is killed before, the older files come back, all
of them.
"""

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import ReviewerError, StorageError, TakenError
from reviewer.outfile import name_whole, sync_folder, write_whole

_HEX = "[0-9a-f]{8}"
_PART = r"\.([0-9a-f]{8}){1,2}\.part"  # see outfile.part_of
_LIST = re.compile(rf"\.reviewer-set\.({_HEX})")
_LEFT = re.compile(rf"\.{{1,2}}.+\.{_HEX}\.(new|old)({_PART})?|\.\.reviewer-set\.{_HEX}{_PART}")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """One file of a set: its final name, and its names beside it while the set is written."""

    path: Path
    new: Path
    old: Path
    older: bool

    @classmethod
    def of(cls, path: Path, token: str, *, older: bool) -> "_Place":
        beside = f".{path.name}.{token}"
        new, old = path.with_name(f"{beside}.new"), path.with_name(f"{beside}.old")
        return cls(path=path, new=new, old=old, older=older)


def write_set(folder: Path, files: Mapping[str, bytes], *, replace: bool = False) -> list[Path]:
    """Write ``files`` (data by name) into ``folder``, all or none; returns their paths.

    Raises ``TakenError`` naming what is taken where it may not be replaced, and ``StorageError``;
    the folder then holds what it held before.
    """
    if not folder.is_dir():
        raise StorageError(f"The folder {folder.name} is not there. Choose one that is.")
    mend(folder)
    older = taken(folder, files)
    if older and not replace:
        raise TakenError(
            f"{older[0]} already exists there, so nothing was written.",
            details=[f"{name} already exists." for name in older],
        )
    token = secrets.token_hex(4)
    places = [_Place.of(folder / name, token, older=name in older) for name in files]
    listed = folder / f".reviewer-set.{token}"
    try:
        for place, data in zip(places, files.values(), strict=True):
            write_whole(place.new, data)
        write_whole(listed, _list_of(places))
        _move(places)
        listed.unlink()
    except BaseException:
        with contextlib.suppress(OSError):
            _take_back(listed, places)
        raise
    with contextlib.suppress(OSError):  # the set stands; what cannot go now goes at the next run
        sync_folder(folder)
        for place in places:
            place.old.unlink(missing_ok=True)
    return [place.path for place in places]


def taken(folder: Path, names: Iterable[str]) -> list[str]:
    """Return which of ``names`` exist in ``folder``."""
    return [name for name in names if os.path.lexists(folder / name)]


def mend(folder: Path) -> None:
    """Take back every set that a run was killed over in ``folder``, and sweep what it left.

    What the disk refuses now is left for the next run.
    """
    with contextlib.suppress(OSError):
        for listed in sorted(folder.iterdir()):
            match = _LIST.fullmatch(listed.name)
            places = _read(listed, match[1]) if match else []
            if places:
                _take_back(listed, places)
        for left in folder.iterdir():
            if _LEFT.fullmatch(left.name):
                left.unlink(missing_ok=True)


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


def _take_back(listed: Path, places: list[_Place]) -> None:
    """Give every older file its name again, and remove what is new; the list goes last.

    Where there is no list, nothing has moved yet.
    """
    if listed.exists():
        for place in places:
            if place.old.exists():
                place.old.replace(place.path)
            elif not place.older and not place.new.exists():
                place.path.unlink(missing_ok=True)
    for place in places:
        place.new.unlink(missing_ok=True)
    sync_folder(listed.parent)
    listed.unlink(missing_ok=True)


def _list_of(places: list[_Place]) -> bytes:
    return json.dumps({place.path.name: place.older for place in places}).encode()


def _read(listed: Path, token: str) -> list[_Place]:
    """Return the set of a list of ours; nothing for one that is not."""
    try:
        names = dict(json.loads(listed.read_bytes()))
    except (ValueError, TypeError):
        return []
    if any(Path(str(name)).name != name for name in names):
        return []
    return [
        _Place.of(listed.with_name(name), token, older=bool(old)) for name, old in names.items()
    ]
