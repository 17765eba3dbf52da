"""What becomes of a casebook beside which a journal lies (SECURITY 14).

The journal may be its own, left by a program that was killed: then the file may be half-way
through a change and the journal takes it back. Or it is another state's, left lying when a backup
was put in the file's place: then playing it destroys the file. Nothing outside tells which. So
both are judged on a copy: the file as it is, and the file with the journal played into it. The one
that passes every check and holds more of the chain is taken, at a tie the file. Neither is thrown
away: what was not taken is kept under another name.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reviewer.casebook.file import checking, companions, filelock, handles, open_by, recovery
from reviewer.casebook.file import connection as files
from reviewer.casebook.file.location import place_of
from reviewer.crypto.keys import derive
from reviewer.crypto.recovery import RawKey
from reviewer.errors import (
    CasebookError,
    DamagedError,
    NewerFormatError,
    NotACasebookError,
    PlaceError,
    RecoveryError,
    StorageError,
    UnlockError,
)
from reviewer.files.read import open_file
from reviewer.files.write import (
    drop_part,
    name_whole,
    part_of,
    require_room,
    storage_error,
    sweep,
    sync_folder,
)

_SUPER = bytes.fromhex("d9d505f920a163d7")  # ends a journal that names another file to delete
_CHAIN = "SELECT hash FROM journal ORDER BY seq"

KeyFor = Callable[[bytes], bytes | bytearray]  # the key that goes with a file's salt


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What was done, for a person; ``kept`` are the files that can be deleted one day."""

    taken_back: bool
    sentence: str
    kept: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _State:
    """One of the two states: its chain's hashes, or why it cannot be taken."""

    chain: tuple[str, ...] = ()
    searched: bool = False  # whether the search index is whole, too: it stands outside the digest
    refused: CasebookError | None = None

    @property
    def worth(self) -> int:
        """How far it can be taken: 0 not at all, 1 with its index to be made anew, 2 as it is."""
        return 0 if self.refused else 1 + self.searched


@dataclass(frozen=True, kw_only=True, slots=True)
class _Verdict:
    played: bool  # whether the state with the journal is taken
    seq: int
    before: int = 0  # the newest entry of the file as it was, where that was whole, too


def keys_of(passphrase: str) -> KeyFor:
    """Return the keys that ``passphrase`` gives; each is derived once."""
    known: dict[bytes, bytearray] = {}

    def key_for(salt: bytes) -> bytearray:
        if salt not in known:
            known[salt] = derive(passphrase, salt)
        return known[salt]

    return key_for


def unlock(path: Path, passphrase: str) -> tuple[bytes | bytearray, bytes, Settled | None]:
    """Return a casebook's key and salt, and what ``settle`` did first; raises what it does."""
    sweep(path)
    key_for = keys_of(passphrase)
    settled = settle(path, key_for)
    salt = files.read_salt(path)
    return key_for(salt), salt, settled


def unlock_with(path: Path, sheet: RawKey) -> Settled | None:
    """Settle with a recovery sheet, and refuse one that does not open the file as it is then.

    Raises ``RecoveryError``, and what ``settle`` raises but ``UnlockError``.
    """

    def key_for(salt: bytes) -> bytes:
        recovery.refuse_other(path, sheet, salt)
        return sheet.key

    try:
        settled = settle(path, key_for)
        key_for(files.read_salt(path))
        files.connect(path, sheet.key, sheet.salt).close()
    except UnlockError as error:
        raise recovery.outdated(path) from error
    return settled


def settle(path: Path, key_for: KeyFor) -> Settled | None:
    """Leave no journal beside ``path``; returns what was done, None where none lay there.

    ``path`` is at every moment a whole file: the old one, or the one with the change taken back.
    Raises ``BusyError`` where somebody has the file open, ``PlaceError`` on a stick or a share,
    ``StorageError`` where there is no room for the copy, ``UnlockError`` and ``DamagedError``
    where neither state opens or is whole; nothing is touched then.
    """
    if not companions.beside(path) or path.is_symlink() or not path.is_file():
        return None
    with contextlib.ExitStack() as stack:
        held = filelock.held(path, patience=files.BUSY_MS / 1000)
        handle = stack.enter_context(held)
        found = companions.beside(path)
        if not found:
            return None
        open_by.take(path)
        stack.callback(open_by.release, path)
        _refuse_place(path)
        sweep(path)
        companions.forget_links(path)
        part = part_of(path)
        stack.callback(drop_part, part)
        verdict = _judge(path, handle, found, part, key_for)
        old = companions.kept_name(path)
        if verdict.played:
            _keep(path, old, handle)
        if os.name == "nt":  # an open file cannot be replaced there
            stack.close()
        return _take(path, part, old, verdict)


def copy_settled(path: Path, target: Path, key_for: KeyFor) -> Settled:
    """Copy ``path``, beside which a journal lies, to ``target``: the state that ``settle`` takes.

    ``path`` and what lies beside it are only read. Raises what ``settle`` raises but
    ``PlaceError``, and ``InputError`` where the name was taken meanwhile.
    """
    sweep(target)
    part = part_of(target)
    with filelock.held(path, patience=files.BUSY_MS / 1000, reading=True) as handle:
        try:
            verdict = _judge(path, handle, companions.beside(path), part, key_for)
            if not verdict.played:
                drop_part(part)
                handles.copy(handle, part)
            companions.set_aside(target)
            files.check_name_free(target)
            name_whole(part, target)
        except OSError as error:
            raise storage_error(error, target) from error
        finally:
            drop_part(part)
    return Settled(
        taken_back=verdict.played,
        sentence=f"A change to {path.name} was interrupted, and a journal lies beside it. The copy"
        f" is the state of change {verdict.seq}, which is whole; the original was only read.",
        kept=(),
    )


def _refuse_place(path: Path) -> None:
    if place_of(path) is not None:
        raise PlaceError(
            f"A change to {path.name} was interrupted, and it lies where that cannot be put right"
            " safely: on a stick or a share. Copy it to this computer (reviewer copy), which puts"
            " the copy right, and work in the copy. Nothing was touched."
        )


def _judge(path: Path, handle: int, found: list[Path], part: Path, key_for: KeyFor) -> _Verdict:
    """Copy the file to ``part``, judge it as it is and then with the journal played into it.

    ``part`` holds the latter afterwards.
    """
    size = os.fstat(handle).st_size
    require_room(part, size + sum(one.lstat().st_size for one in found))
    try:
        before = handles.copy(handle, part)
        plain = _state(part, key_for)
        played = _State(refused=NotACasebookError("Nothing there can be played."))
        if _bring(found, part):
            files.play(part)
            _leave_torn_pages(path, part, key_for)
            played = _state(part, key_for)
            handles.sync(part)
        if plain.refused and played.refused:
            after = handles.digest(handle)
            raise _neither(path, found, plain.refused, played.refused, same=after == before)
    except OSError as error:
        raise storage_error(error, path) from error
    more = plain.worth == played.worth and _goes_on(plain.chain, played.chain)
    if played.worth > plain.worth or more:
        return _Verdict(played=True, seq=len(played.chain), before=len(plain.chain))
    return _Verdict(played=False, seq=len(plain.chain))


def _leave_torn_pages(path: Path, part: Path, key_for: KeyFor) -> None:
    """Write the played state anew where all that cannot be read of it are pages that none uses.

    A change takes free pages without keeping them in its journal, since nothing stood on them. Cut
    off in the middle of writing one, it is free again and torn: no row is lost, and the check of
    every page would refuse the file all the same.
    """
    whole = part_of(path)
    try:
        salt = files.read_salt(part)
        connect = partial(files.connect, part, key_for(salt), salt)
        if files.integrity(connect, "pages") or not files.integrity(connect, "structure"):
            return
        require_room(whole, part.stat().st_size)
        with contextlib.closing(connect()) as connection, files.translate(part):
            files.copy_into(connection, part, whole)
        whole.replace(part)
    except StorageError:
        raise
    except CasebookError:
        return  # judged as it is
    finally:
        drop_part(whole)


def _goes_on(chain: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether ``other`` is more of the history that ``chain`` is part of."""
    return len(other) > len(chain) and other[: len(chain)] == chain


def _state(part: Path, key_for: KeyFor) -> _State:
    """Judge a copy by every check, and its search index: a half-made change may lack only that.

    A disk that fails is no verdict: raises ``StorageError``.
    """
    try:
        salt = files.read_salt(part)
        key = key_for(salt)
        checking.refuse_damage(part, checking.examine(part, key, salt))
        with contextlib.closing(files.connect(part, key, salt)) as read, files.translate(part):
            searched = checking.search(read).passed
            chain = tuple(row[0] for row in read.execute(_CHAIN))
    except StorageError:
        raise
    except RecoveryError as error:
        return _State(refused=UnlockError(str(error)))
    except CasebookError as error:
        return _State(refused=error)
    except (ArithmeticError, LookupError, TypeError, ValueError):  # pages of two states, mixed
        return _State(refused=checking.damaged(part, "Its rows cannot be read."))
    return _State(chain=chain, searched=searched)


def _bring(found: list[Path], part: Path) -> bool:
    """Copy what lies beside the file to beside ``part``; says whether any of it can be played.

    A journal that names a further file is left: the engine would delete that file.
    """
    brought = False
    for companion in found:
        suffix = next(one for one in companions.SUFFIXES if companion.name.endswith(one))
        copy = part.with_name(part.name + suffix)
        if suffix == "-shm" or companion.is_symlink() or not companion.is_file():
            continue
        with open_file(companion) as stream, copy.open("xb") as out:
            shutil.copyfileobj(stream, out)
        with copy.open("rb") as stream:
            stream.seek(-min(len(_SUPER), copy.stat().st_size), os.SEEK_END)
            names_another = stream.read() == _SUPER
        if names_another:
            copy.unlink()
        brought = brought or not names_another
    return brought


def _take(path: Path, part: Path, old: Path, verdict: _Verdict) -> Settled:
    """Put the state that was taken in place, and what lay beside it under another name.

    In this order, each step durable before the next: a kill between two of them leaves what this
    module begins with, or a whole file alone.
    """
    earlier = companions.without_journal(path, old)
    more = "".join(f" {name} is the file as an earlier try found it." for name in earlier)
    if verdict.played:
        with filelock.held_while_named(part), _told_late(path, part, old, verdict):
            name_whole(part, path)
            moved = companions.set_aside(path, old)
        return Settled(
            taken_back=True,
            sentence=f"{_why_played(path, verdict)} The file as it was is kept as {old.name}, with"
            f" the journal beside it; both can be deleted once nothing is missing.{more}",
            kept=(old.name, *(one.name for one in moved), *earlier),
        )
    names = [one.name for one in companions.set_aside(path, old)]
    return Settled(
        taken_back=False,
        sentence=f"Beside {path.name} lay a journal of an interrupted change, its own or of a file"
        f" that was there before. The casebook is whole without it (change {verdict.seq}), so it"
        f" was not played. It is kept as {', '.join(names)} and can be deleted.{more}",
        kept=(*names, *earlier),
    )


@contextlib.contextmanager
def _told_late(path: Path, part: Path, old: Path, verdict: _Verdict) -> Iterator[None]:
    """Say what did change where the disk refuses once the whole file has its name."""
    try:
        yield
    except StorageError as error:
        if os.path.lexists(part):
            raise
        raise StorageError(
            f"{_why_played(path, verdict)} Then the disk reported an error. Open it again: that"
            f" goes on from here. The file as it was is kept as {old.name}."
        ) from error


def _why_played(path: Path, verdict: _Verdict) -> str:
    if 0 < verdict.before < verdict.seq:
        return (
            f"{path.name} ended with change {verdict.before}, and the journal beside it holds more"
            f" of the same history, so the state of change {verdict.seq} was taken."
        )
    return (
        f"The last change to {path.name} was interrupted before it was whole, so it was taken"
        f" back: the casebook ends with change {verdict.seq}."
    )


def _keep(path: Path, old: Path, handle: int) -> None:
    """Give the file a second name, or a copy by the handle that holds the lock.

    Another handle, once closed, would drop it.
    """
    part = part_of(old)
    try:
        try:
            os.link(path, old)
        except OSError:
            handles.copy(handle, part)
            part.rename(old)
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        drop_part(part)


def _neither(
    path: Path,
    found: list[Path],
    plain: CasebookError,
    played: CasebookError,
    *,
    same: bool,
) -> CasebookError:
    """Return the refusal where neither state can be taken."""
    for error in (plain, played):
        if isinstance(error, NewerFormatError):
            return error
    if isinstance(plain, UnlockError | NotACasebookError) and isinstance(
        played, UnlockError | NotACasebookError
    ):
        return plain
    untouched = " Nothing was written to it." if same else ""
    if isinstance(plain, UnlockError) or isinstance(played, UnlockError):
        return DamagedError(
            f"{path.name} cannot be opened with this passphrase as it is: a change of it was"
            " interrupted, perhaps of its passphrase, so try the passphrase from before (or the"
            f" new one) first.{untouched} If none opens it, keep the file and {found[0].name}, and"
            " restore the last good backup."
        )
    return DamagedError(
        f"{path.name} is damaged, and the journal beside it does not mend it.{untouched} Keep both"
        f" (the other is {found[0].name}), and restore the last good backup."
    )
