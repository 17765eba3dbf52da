"""Making backups of an open casebook, and putting one in the place of a file."""

import contextlib
import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.casebook.engine import Database
from reviewer.casebook.file import backup as backups
from reviewer.casebook.file import (
    checking,
    companions,
    filelock,
    newest_seen,
    open_by,
    proof,
    settling,
)
from reviewer.casebook.file import connection as files
from reviewer.casebook.file.backup import Backup
from reviewer.casebook.file.checking import check_format, integrity, parts, refuse_damage
from reviewer.casebook.file.newest_seen import State
from reviewer.casebook.file.settling import Settled
from reviewer.casebook.schema import tables
from reviewer.crypto.keys import derive
from reviewer.errors import BusyError, CasebookError, DamagedError, InputError, StorageError
from reviewer.files.write import (
    copy_whole,
    drop_part,
    name_whole,
    part_of,
    require_room,
    storage_error,
    sweep,
)

_META = "SELECT key, value FROM meta"
_HEAD = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The open casebook that is copied: ``seq`` and ``head`` are its newest journal entry's."""

    path: Path
    connection: Any
    key: bytes | bytearray
    salt: bytes
    casebook: str
    seq: int
    head: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A backup that is written but not yet verified, and what it must turn out to be."""

    source: Source
    folder: Path
    part: Path
    at: dt.datetime


def begin(source: Source, folder: Path | None = None) -> Draft:
    """Write a copy into ``folder``, by default beside the casebook; ``finish`` makes it a backup.

    Runs on the casebook's thread and takes the time of reading the file once. Raises
    ``StorageError``; nothing is left of it then.
    """
    return _draft(
        source, folder, lambda part: files.copy_into(source.connection, source.path, part)
    )


def snapshot(source: Source, folder: Path | None = None) -> Draft | None:
    """As ``begin``, on any other thread; None where the system cannot do that.

    What is copied while the casebook changes is no state of it: ``finish`` refuses it.
    """
    if source.connection.raw is None:
        return None
    return _draft(source, folder, lambda part: files.copy_raw(source.connection, part))


def _draft(source: Source, folder: Path | None, write: Callable[[Path], None]) -> Draft:
    folder = folder or backups.folder_of(source.path)
    part = part_of(folder / source.path.name)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(folder / source.path.name)
        backups.sweep_manifests(folder, source.path)
        require_room(folder / source.path.name, source.path.stat().st_size)
        write(part)
    except BaseException as error:
        drop_part(part)
        if isinstance(error, OSError):
            raise storage_error(error, source.path) from error
        raise
    return Draft(source=source, folder=folder, part=part, at=dt.datetime.now(dt.UTC))


def finish(draft: Draft) -> Backup:
    """Verify what ``begin`` wrote, give it its name, and thin out older ones; on any thread.

    The copy is opened and checked whole before it gets its name. Raises ``StorageError``,
    ``DamagedError`` where the copy is not the same; nothing is left of it then.
    """
    source, folder, part = draft.source, draft.folder, draft.part
    path = folder / backups.name_for(source.path, draft.at)
    try:
        _check_copy(part, source)
        manifest = backups.Manifest(
            casebook=source.casebook,
            at=draft.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            seq=source.seq,
            head=source.head,
            size=part.stat().st_size,
            sha256=backups.sha256_of(part),
        )
        backups.write_manifest(path, manifest)  # first: without one a backup would be overlooked
        name_whole(part, path)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        drop_part(part)
        with contextlib.suppress(OSError):
            if not path.exists():
                path.with_suffix(".json").unlink(missing_ok=True)
    with contextlib.suppress(StorageError):  # the backup is made; too many of them can wait
        # Those of this file only: another casebook's, and a copy's of this one, may lie there too.
        known = [
            b
            for b in backups.named_after(source.path, folder)
            if b.manifest.casebook == source.casebook
        ]
        backups.discard(backups.superfluous(known, draft.at.date()))
    return Backup(path=path, manifest=manifest)


def restore(path: Path, source: Path, passphrase: str) -> Path | None:
    """Put the backup ``source`` in the place of ``path``; returns where the old file went.

    The old file is never deleted but renamed; None is returned where there was none. A backup of
    an older format is put in place as it is. This computer takes its state for the newest. Raises
    ``InputError`` where the old file is another casebook, and what ``identify`` raises for the
    backup.
    """
    wanted = identify(source, passphrase)
    _refuse_other(path, source, wanted.casebook, passphrase)
    aside = backups.put_in_place(path, source)
    newest_seen.Watermark(wanted.subject).accept(wanted.state)
    return aside


def copy_to(path: Path, target: Path, passphrase: str) -> Settled | None:
    """Copy the casebook at ``path`` to the new file ``target``, which is opened and checked.

    The casebook itself is only read and stays where it is; where a journal lies beside it the
    copy is put right, and that is returned. Raises ``InputError`` where the name is taken,
    ``StorageError``, ``DamagedError``, and what ``identify`` and ``settling`` raise.
    """
    files.check_name_free(target)
    interrupted = bool(companions.beside(path))
    there = None if interrupted else identify(path, passphrase)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, target) from error
    if interrupted:
        with open_by.told(path):
            return settling.copy_settled(path, target, settling.keys_of(passphrase))
    companions.set_aside(target)
    copy_whole(path, target)
    try:
        same = identify(target, passphrase) == there
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    if not same:
        target.unlink(missing_ok=True)
        raise BusyError(
            f"{path.name} was changed while it was copied, so the copy was thrown away. Close it"
            " where it is open, and try again."
        )
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Which casebook a file holds (``subject`` tells issued copies apart), and its state."""

    casebook: str
    subject: str
    state: State


def identify(path: Path, passphrase: str, *, check: bool = True) -> Identity:
    """Return which casebook a file holds, having run all checks on it or none.

    The file is only read, whatever its format, and no journal beside it is played. Raises
    ``NotACasebookError``, ``UnlockError``, ``BusyError``, ``NewerFormatError``, ``DamagedError``.
    """
    salt = files.read_salt(path)
    key = derive(passphrase, salt)
    with open_by.told(path):
        alone = not companions.beside(path)
        if not alone:  # is it a killed program's, or one's at work?
            with filelock.held(path, patience=files.BUSY_MS / 1000, reading=True):
                pass
        connection = files.connect(path, key, salt, as_it_is=not alone)
        try:
            if alone:
                files.reserve(connection, path)
            if check:
                refuse_damage(path, checking.examine(path, key, salt, as_it_is=not alone))
            version = check_format(path, connection)
            refuse_damage(path, [parts(path, connection, version)])
            with files.translate(path):
                meta = dict(connection.execute(_META).fetchall())
                return Identity(
                    casebook=meta["id"],
                    subject=newest_seen.subject_of(meta),
                    state=newest_seen.newest(connection),
                )
        finally:
            if alone:
                files.close(connection, path)
            connection.close()


def _refuse_other(path: Path, source: Path, wanted: str, passphrase: str) -> None:
    """Refuse to put one casebook in another's place.

    A file that is too damaged to say which it is must share its salt with the backup or have
    given it its name: else it may be whole, and only have another passphrase.
    """
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_file():
        files.read_salt(path)  # which says what it is instead
    try:
        found = identify(path, passphrase, check=False).casebook
    except BusyError:
        raise
    except CasebookError as error:
        if not (backups.bears_name_of(path, source) or _same_salt(path, source)):
            raise InputError(
                f"{path.name} does not open with this passphrase, and nothing shows that"
                f" {source.name} is a backup of it: it may be another casebook. Nothing was"
                " changed. To work with the backup, copy it to a name of its own and open that."
            ) from error
        return
    if found != wanted:
        raise InputError(
            f"That backup is of another casebook than {path.name}. Nothing was changed."
        )


def _same_salt(path: Path, source: Path) -> bool:
    with contextlib.suppress(CasebookError):
        return files.read_salt(path) == files.read_salt(source)
    return False


def _check_copy(copy: Path, source: Source) -> None:
    if files.read_salt(copy) != source.salt:
        raise DamagedError("The backup is not encrypted as it must be; it was thrown away.")
    refuse_damage(copy, integrity(copy, source.key, source.salt))
    connection = files.connect(copy, source.key, source.salt)
    try:
        check_format(copy, connection)
        files.lock(connection, copy)
        with files.translate(copy):
            found = tables(Database(connection, execute_plugins=False))
            refuse_damage(copy, proof.checks(connection, found))
            if connection.execute(_HEAD).fetchone() != (source.head,):
                raise DamagedError("The backup is not the newest state; it was thrown away.")
    finally:
        files.close(connection, copy)


def check_backup(backup: Backup, key: bytes | bytearray, salt: bytes) -> None:
    """Open a backup that lies there and run every check on it; it is only read.

    Raises ``UnlockError`` where it has another key, ``DamagedError``.
    """
    refuse_damage(backup.path, integrity(backup.path, key, salt, as_it_is=True))
    connection = files.connect(backup.path, key, salt, as_it_is=True)
    try:
        with files.translate(backup.path):
            found = tables(Database(connection, execute_plugins=False))
            refuse_damage(backup.path, proof.checks(connection, found))
            if connection.execute(_HEAD).fetchone() != (backup.manifest.head,):
                raise DamagedError(
                    f"The backup {backup.path.name} does not hold what its description says."
                )
    finally:
        connection.close()
