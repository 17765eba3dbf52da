"""Which backups there are, what each is said to be, and which are kept.

A backup is a casebook file of its own, still encrypted with the same key, beside a small manifest:
``NAME-20261123T140312000000Z.casebook`` and the same name with ``.json``. Making and opening one
is ``book.Casebook``'s business; this module knows names, manifests and the policy.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from reviewer.casebook.file import companions
from reviewer.errors import DamagedError
from reviewer.files.read import open_file
from reviewer.files.write import copy_whole, storage_error, sweep_folder, sync_folder, write_whole
from reviewer.records.text import clean_line

KEEP = 10  # the newest, whatever their age
KEEP_DAYS = 30  # and the newest of each day for so long
_STAMP = "%Y%m%dT%H%M%S%fZ"  # to the microsecond: two backups never share a name
_DATE = r"-(\d{8}T\d{12}Z)"
_NAME = re.compile(rf"{_DATE}\.casebook$")
_MAX_MANIFEST = 4096  # bytes
_MAX_NUMBER = 1 << 53
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a backup holds: ``seq`` and ``head`` are the journal's, the rest the file's."""

    casebook: str
    at: str
    seq: int
    head: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Backup:
    """One backup that was made and found whole."""

    path: Path
    manifest: Manifest


def folder_of(casebook: Path) -> Path:
    """Return where the backups of a casebook lie: beside it, under its own name."""
    return casebook.with_name(f"{casebook.stem}-backups")


def name_for(casebook: Path, at: dt.datetime) -> str:
    """Return the file name of a backup made at ``at`` (UTC)."""
    return f"{casebook.stem}-{at.strftime(_STAMP)}.casebook"


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write the manifest of the backup at ``path`` beside it."""
    text = json.dumps(asdict(manifest), indent=2, sort_keys=True) + "\n"
    write_whole(path.with_suffix(".json"), text.encode(), overwrite=True)


def sweep_manifests(folder: Path, casebook: Path) -> None:
    """Remove the half-written manifests that an interrupted backup left in ``folder``."""
    name = re.escape(casebook.stem) + _DATE
    sweep_folder(folder, rf"\.{name}\.json\.([0-9a-f]{{8}}){{1,2}}\.part")


def put_in_place(path: Path, source: Path) -> Path | None:
    """Put a copy of ``source`` in the place of ``path``; returns where the old file went, if any.

    A journal that lies beside the old file goes with it, so that it is not played into the new
    one. Raises ``StorageError``; the old file is then where it was, under its own name only.
    """
    try:
        aside = _aside_of(path) if path.exists() else None
        if aside is not None:
            keep_aside(path, aside)
    except OSError as error:
        raise storage_error(error, path) from error
    moved = companions.set_aside(path, aside)
    try:
        copy_whole(source, path, overwrite=True)
    except BaseException:
        with contextlib.suppress(OSError):
            if aside is not None and path.samefile(aside):
                for kept in moved:
                    kept.rename(path.with_name(path.name + kept.name.removeprefix(aside.name)))
                aside.unlink()
        raise
    return aside


def _aside_of(path: Path) -> Path:
    stamp = dt.datetime.now(dt.UTC).strftime(_STAMP)
    return path.with_name(f"{path.stem}.before-restore-{stamp}.casebook")


def keep_aside(path: Path, aside: Path) -> None:
    """Give the file ``path`` a second name, so that replacing it loses nothing at any moment."""
    try:
        os.link(path, aside)
    except OSError:  # a file system without links: a copy takes longer and does the same
        copy_whole(path, aside)
    sync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a closed file, as hexadecimal digits."""
    with open_file(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def backups_in(folder: Path) -> list[Backup]:
    """Return the backups in ``folder`` whose manifest can be read, newest first.

    Raises ``StorageError`` where the folder cannot be read.
    """
    found = []
    try:
        paths = list(folder.glob("*.casebook")) if folder.is_dir() else []
    except OSError as error:
        raise storage_error(error, folder) from error
    for path in paths:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            if _NAME.search(path.name):
                manifest = _read(path.with_suffix(".json"))
                found.append((_when(path), Backup(path=path, manifest=manifest)))
    return [backup for _, backup in sorted(found, key=lambda one: one[0], reverse=True)]


def check(backup: Backup) -> None:
    """Raise ``DamagedError`` where the file is not the one its manifest describes."""
    if sha256_of(backup.path) != backup.manifest.sha256:
        raise DamagedError(
            f"The backup {backup.path.name} is not what was written. Choose another one."
        )


def named_after(casebook: Path, folder: Path | None = None) -> list[Backup]:
    """Return the backups that bear the name of the file ``casebook``, newest first."""
    found = backups_in(folder or folder_of(casebook))
    return [backup for backup in found if bears_name_of(casebook, backup.path)]


def bears_name_of(casebook: Path, backup: Path) -> bool:
    """Whether the file ``backup`` is called as a backup of the file ``casebook`` is."""
    return re.fullmatch(re.escape(casebook.stem) + _NAME.pattern, backup.name) is not None


def sound_of(casebook: Path, folder: Path | None = None, *, most: int = 5) -> list[Backup]:
    """Return the newest backups of the file ``casebook`` that are what was written, newest first.

    Told by their names, since a damaged casebook cannot say which it is: see ``restore`` for the
    proof. At most ``most`` are read, each as a whole.
    """
    found: list[Backup] = []
    for backup in named_after(casebook, folder):
        if len(found) < most:
            with contextlib.suppress(OSError, DamagedError):
                check(backup)
                found.append(backup)
    return found


def superfluous(backups: Sequence[Backup], today: dt.date) -> list[Backup]:
    """Return those of ``backups`` (newest first) that the policy lets go of."""
    days: set[dt.date] = set()
    drop = []
    for place, backup in enumerate(backups):
        day = _when(backup.path).date()
        first_of_day = day not in days
        days.add(day)
        recent = (today - day).days < KEEP_DAYS
        if place >= KEEP and not (first_of_day and recent):
            drop.append(backup)
    return drop


def discard(backups: Sequence[Backup]) -> None:
    """Delete backups and their manifests; one that cannot be deleted now is left for later."""
    for backup in backups:
        with contextlib.suppress(OSError):
            backup.path.unlink(missing_ok=True)
            backup.path.with_suffix(".json").unlink(missing_ok=True)


def _when(path: Path) -> dt.datetime:
    match = _NAME.search(path.name)
    stamp = match.group(1) if match else "19700101T000000000000Z"
    return dt.datetime.strptime(stamp, _STAMP).replace(tzinfo=dt.UTC)


def _read(path: Path) -> Manifest:
    with open_file(path) as stream:
        untrusted = json.loads(stream.read(_MAX_MANIFEST))
    manifest = Manifest(
        casebook=str(untrusted["casebook"]),
        at=str(untrusted["at"]),
        seq=untrusted["seq"],
        head=str(untrusted["head"]),
        size=untrusted["size"],
        sha256=str(untrusted["sha256"]),
    )
    if len(untrusted) != len(asdict(manifest)) or not _is_one(manifest):
        raise ValueError(path.name)
    return manifest


def _is_one(untrusted: Manifest) -> bool:
    """Whether each fact is of its kind; what is shown to people holds no control characters."""
    numbers: tuple[object, ...] = (untrusted.seq, untrusted.size)
    return (
        all(isinstance(number, int) and 0 <= number <= _MAX_NUMBER for number in numbers)
        and _AT.fullmatch(untrusted.at) is not None
        and all(_HASH.fullmatch(text) for text in (untrusted.head, untrusted.sha256))
        and clean_line(untrusted.casebook) == untrusted.casebook
    )
