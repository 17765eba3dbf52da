"""A casebook: created, opened, closed. The way in for every floor above."""

import contextlib
import hmac
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Self

from reviewer.casebook import inspection, schema
from reviewer.casebook.about import About, about_of, framework_of
from reviewer.casebook.change import Change
from reviewer.casebook.contents import Contents
from reviewer.casebook.creation import NewCasebook, PackInfo, make
from reviewer.casebook.file import (
    checking,
    copying,
    migration,
    newest_seen,
    open_by,
    recovery,
    settling,
    swapped,
)
from reviewer.casebook.file import connection as files
from reviewer.casebook.file.backup import Backup
from reviewer.casebook.file.checking import (
    check_format,
    integrity,
    refuse_damage,
)
from reviewer.casebook.file.newest_seen import Older
from reviewer.casebook.file.proof import Check
from reviewer.casebook.file.recovery import Recovery
from reviewer.casebook.file.selftest import require_sound
from reviewer.casebook.file.settling import Settled
from reviewer.casebook.roles import role_of
from reviewer.casebook.stores.steps import Steps
from reviewer.crypto.keys import derive, new_salt
from reviewer.crypto.profiles import Profile, default_profile
from reviewer.crypto.receipt import Receipt
from reviewer.crypto.recovery import RawKey
from reviewer.errors import CasebookError, DamagedError
from reviewer.files.write import sweep
from reviewer.progress import Progress, Quiet

__all__ = ["About", "Casebook", "Change", "Check", "NewCasebook", "PackInfo"]


class Casebook(Contents):
    """One open casebook file. Belongs to the thread that opened it."""

    def __init__(self, path: Path, connection: Any, key: bytes | bytearray, salt: bytes) -> None:  # noqa: ANN401 - the driver has no types
        self.path = path
        self._key = key
        self._salt = salt
        super().__init__(path, connection)
        self._writer.in_place = self._in_place
        self.older: Older | None = None  # set where this computer has seen a newer state
        self.settled: Settled | None = None  # what opening it did about a journal beside it
        self._mark: newest_seen.Watermark | None = None
        self._verdict: list[Check] = []
        meta = self._meta()
        self._framework = framework_of(connection, meta["framework"])
        self.steps = Steps(connection, self._framework, self.journal, self.ratings)
        self._writer.actor = meta["member"] or meta["chair"]
        self._writer.role = role_of(meta["kind"], meta["member"])

    @classmethod
    def create(
        cls, path: Path, passphrase: str, new: NewCasebook, *, profile: Profile | None = None
    ) -> Self:
        """Make a new casebook at ``path`` and open it.

        It is made under a part name and renamed when it is whole. Raises ``InputError`` where the
        name is taken, ``PassphraseError``, ``StorageError``, and ``EngineError`` where a part of
        the program does not work as it must.
        """
        require_sound()
        files.check_name_free(path)
        salt = new_salt(profile or default_profile())
        key = derive(passphrase, salt)
        make(path, key, salt, new)
        book = cls._open(path, key, salt)
        if new.kind != "chair":  # whoever issues it fills it; from its next opening it is theirs
            book._writer.role = None  # noqa: SLF001 - a book of this very class
        return book

    @classmethod
    def open(
        cls, path: Path, passphrase: str, *, progress: Progress | None = None, check: bool = True
    ) -> Self:
        """Open a casebook: unlock, check the whole file, take the lock.

        A file over ``checking.LARGE`` bytes is opened before it is checked (see
        ``finish_checks``). Nothing is written to a file that fails a check. One of an older format
        is kept under another name and replaced (see ``migration``). ``older`` tells afterwards
        whether this computer has seen a newer state, ``settled`` what became of a journal that
        lay beside the file. Raises ``NotACasebookError``, ``UnlockError``, ``BusyError``,
        ``NewerFormatError``, ``DamagedError``, and what ``settling.settle`` does.
        """
        progress = progress or Quiet()
        progress.step(0, 2, "Deriving the key")
        with open_by.told(path):
            key, salt, settled = settling.unlock(path, passphrase)
        book = cls.open_with(path, key, salt, progress=progress, check=check)
        book.settled = settled
        return book

    @classmethod
    def open_with(
        cls,
        path: Path,
        key: bytes | bytearray,
        salt: bytes,
        *,
        progress: Progress | None = None,
        check: bool = True,
    ) -> Self:
        """Open a casebook with its raw key: what ``open`` does once the key is derived."""
        progress = progress or Quiet()
        progress.step(1, 2, "Opening" if checking.is_large(path) else "Checking the file")
        with open_by.told(path):
            version = checking.version_of(path, key, salt)
        if version < schema.FORMAT:
            progress.step(1, 2, "Bringing it to this version's format")
            migration.migrate(path, key, salt)
            check = False  # the new file passed every one of them
        with open_by.told(path), checking.told_how_far(path, key, salt):
            return cls._open(path, key, salt, check=check)

    @classmethod
    def check_sheet(cls, path: Path, sheet: RawKey) -> Settled | None:
        """Raise ``RecoveryError`` unless ``sheet`` opens the casebook at ``path`` as it is now.

        Returns what had to be settled first: see ``settling``.
        """
        with open_by.told(path):
            return settling.unlock_with(path, sheet)

    @classmethod
    def recover(
        cls, path: Path, sheet: RawKey, passphrase: str, *, progress: Progress | None = None
    ) -> Self:
        """Open a casebook with what its recovery sheet says, and give it a new passphrase.

        Raises ``RecoveryError`` where the sheet is another file's or was printed before the last
        change of passphrase, and what ``open`` raises.
        """
        settled = cls.check_sheet(path, sheet)
        book = cls.open_with(path, sheet.key, sheet.salt, progress=progress)
        book.settled = settled
        try:
            book.rekey(passphrase, how=recovery.BY_SHEET)
        except BaseException:
            book.close()
            raise
        return book

    @property
    def recovery(self) -> Recovery:
        """The recovery sheet of this casebook as it is keyed now."""
        raw = RawKey(key=bytes(self._key), salt=self._salt)
        return Recovery(self._connection, self._writer, raw)

    def opens_with(self, passphrase: str) -> bool:
        """Say whether ``passphrase`` is the one this casebook opens with now."""
        return hmac.compare_digest(bytes(derive(passphrase, self._salt)), bytes(self._key))

    @property
    def checked(self) -> bool:
        """Whether every check has passed; a large casebook opens before them."""
        return self._writer.before is None

    def finish_checks(self) -> None:
        """Run the checks that opening a large casebook left for later.

        Called before the first change, return or report: until then the file is only read, each
        page authenticated as it is. Raises ``DamagedError`` each time where one fails.
        """
        if not self.checked:
            self.take_verdict(self._verdict or self.examination()(Quiet()))

    def examination(self) -> Callable[[Progress], list[Check]]:
        """Return the checks that opening left for later, to be run on any thread.

        They end in ``take_verdict``, on this one; the casebook can be read meanwhile.
        """
        return partial(checking.examine, self.path, bytes(self._key), self._salt)

    def take_verdict(self, checks: list[Check]) -> None:
        """Let changes in where all of ``checks`` passed; raises ``DamagedError`` where not."""
        self._verdict = checks
        with checking.told_how_far(self.path, self._key, self._salt):
            refuse_damage(self.path, checks)
        with open_by.told(self.path):
            files.lock(self._connection, self.path)
        self._writer.before = None
        self._note(last=True)

    def accept_older(self) -> None:
        """Take the file's state for the newest here, once every check passed: it was chosen."""
        self.finish_checks()
        if self.older is not None and self._mark is not None:
            self._mark.accept(newest_seen.newest(self._connection))
            self.older = None

    @classmethod
    def inspect(cls, path: Path, passphrase: str) -> tuple[list[Check], Self | None]:
        """Open a file that may be damaged, whatever its format, to be looked at only.

        Returns its verdicts and None where it cannot be opened, else no verdict and the casebook:
        see ``inspection``. Raises what ``open`` does but ``DamagedError``.
        """
        with open_by.told(path):
            try:
                key, salt, settled = settling.unlock(path, passphrase)
            except DamagedError as error:
                return [Check(name="interrupted", passed=False, sentence=str(error))], None
            checks = integrity(path, key, salt)
        if not all(check.passed for check in checks):
            return checks, None
        book = cls._open(path, key, salt, remember=False)
        book.settled = settled
        return [], book

    @classmethod
    def verify(cls, path: Path, passphrase: str) -> list[Check]:
        """Run every check on a file and return all verdicts, good and bad.

        Raises what ``inspect`` does.
        """
        checks, book = cls.inspect(path, passphrase)
        if book is None:
            return checks
        with book:
            return book.verdicts()

    def verdicts(self, progress: Progress | None = None) -> list[Check]:
        """Run every check on the open casebook and on the backups beside it; changes nothing."""
        found = inspection.examine(self.source(), self._tables, progress or Quiet())
        mark = self._mark or newest_seen.Watermark(newest_seen.subject_of(self._meta()))
        return [*found, inspection.against(self.older or mark.compare(self._connection))]

    @classmethod
    def _open(
        cls,
        path: Path,
        key: bytes | bytearray,
        salt: bytes,
        *,
        check: bool = False,
        remember: bool = True,
    ) -> Self:
        later = check and checking.is_large(path)
        connection = files.connect(path, key, salt, raw=True)
        with contextlib.ExitStack() as undo:
            undo.callback(connection.close)
            files.reserve(connection, path)
            open_by.take(path)
            undo.callback(open_by.release, path)
            if check and not later:
                refuse_damage(path, integrity(path, key, salt))
            version = check_format(path, connection)
            refuse_damage(path, [checking.parts(path, connection, version)])
            sweep(path)
            try:
                with files.translate(path):
                    book = cls(path, connection, key, salt)
                    if check and not later:
                        refuse_damage(path, book.journal.checks())
                    if remember:
                        book._remember()
            except (LookupError, TypeError, ValueError) as error:  # its own facts cannot be read
                raise checking.damaged(path, "It does not say what it is.") from error
            if later:
                book._writer.before = book.finish_checks
            else:
                files.lock(connection, path)
                book._note(last=True)
            undo.pop_all()
        return book

    def _remember(self) -> None:
        """Compare with what this computer has seen, and go on remembering until it is closed."""
        self._mark = newest_seen.Watermark(newest_seen.subject_of(self._meta()))
        self.older = self._mark.compare(self._connection)
        self._writer.after = self._note

    def _note(self, *, last: bool = False) -> None:
        if self._mark is not None and self.checked:
            with contextlib.suppress(CasebookError), files.translate(self.path):
                self._mark.note(self._connection, last=last)

    def __enter__(self) -> Self:
        """Return the open casebook."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it, whatever happened."""
        self.close()

    def close(self) -> None:
        """Close the file and let go of the lock.

        Raises ``ClosedError`` where the file was swapped since the last change: see ``swapped``.
        """
        self._note(last=True)
        open_by.release(self.path)
        try:
            if self._writer.wrote:
                self._in_place(True)
        finally:
            files.close(self._connection, self.path)

    def _in_place(self, made: bool) -> None:  # noqa: FBT001 - called by the writer
        if self._connection.file is not None:  # it is None once it was closed
            swapped.refuse(self._connection, self.path, made=made)

    @property
    def about(self) -> About:
        """What this casebook is, read afresh."""
        meta = self._meta()
        number = int(meta["round"])
        own = self.returns.own(number)
        key = self.custody.of_round(number)
        return about_of(
            meta,
            self._framework,
            sealed=own.at if own is not None and not own.reopened else "",
            released=self.rounds.released(number),
            results=self.agenda.latest_released(),
            custodian=None if key is None else key.custodian,
        )

    @property
    def receipt(self) -> Receipt:
        """The receipt of the state that the casebook is in."""
        return inspection.receipt_of(self.about, self.journal.tail(1)[0])

    def undo(self, seq: int | None = None, *, after: int = 0) -> Change | None:
        """Take back one step of work, or the newest; None where there is none: see ``Steps``."""
        return self.steps.undo(seq, after=after)

    def redo(self, seq: int | None = None, *, after: int = 0) -> Change | None:
        """Do again one step, or the one taken back last; None where there is none."""
        return self.steps.redo(seq, after=after)

    def rekey(self, passphrase: str, *, how: str = "") -> Change:
        """Encrypt the whole file anew under another passphrase; ``how`` goes into the journal.

        The file keeps its salt: the engine journals page 1 with the *new* salt, so that a crash
        half-way would roll back to the old key under a salt that no longer leads to it (found by
        tests/faults). Older copies and backups still open with the old passphrase.
        """
        self.finish_checks()
        self._in_place(False)
        key = derive(passphrase, self._salt)
        files.rekey(self._connection, self.path, key, self._salt)
        self._key = key
        change = self._writer.change(recovery.CHANGED, subject=how)
        with recovery.key_changed(self.path), change as tx:
            tx.put("meta", {"key": "must_change_passphrase", "value": "0"})
        return tx.result

    def backup(self, folder: Path | None = None) -> Backup:
        """Write a verified copy into ``folder`` (by default beside the casebook) and thin out.

        See ``copying.begin`` and ``copying.finish``.
        """
        self.finish_checks()
        return copying.finish(copying.begin(self.source(), folder))

    def source(self) -> copying.Source:
        """Return what a backup is made of: the state of now."""
        newest = self.journal.tail(1)[0]
        return copying.Source(
            path=self.path,
            connection=self._connection,
            key=bytes(self._key),
            salt=self._salt,
            casebook=self.about.id,
            seq=newest.seq,
            head=newest.hash,
        )

    @classmethod
    def restore(cls, path: Path, source: Path, passphrase: str) -> Path | None:
        """Put the backup ``source`` in the place of ``path``: see ``copying.restore``."""
        return copying.restore(path, source, passphrase)

    def _meta(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT key, value FROM meta").fetchall())
