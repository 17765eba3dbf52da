"""Everything that can be checked of a casebook while it is open, a verdict a matter."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reviewer.casebook import schema
from reviewer.casebook.about import About
from reviewer.casebook.file import backup as backups
from reviewer.casebook.file import checking, companions, copying, proof
from reviewer.casebook.file.backup import Backup
from reviewer.casebook.file.copying import Source
from reviewer.casebook.file.newest_seen import Older
from reviewer.casebook.file.proof import Check
from reviewer.casebook.schema import Table
from reviewer.casebook.stores.determinations import unlike_journal
from reviewer.casebook.stores.file_pieces import unused
from reviewer.casebook.stores.journal import Entry
from reviewer.crypto.receipt import Receipt, receipt_for
from reviewer.errors import CasebookError, DamagedError, StorageError, UnlockError
from reviewer.progress import Progress
from reviewer.records.large import PIECE
from reviewer.records.text import clean_line, counted

_TIMES = "SELECT seq, at FROM journal ORDER BY seq"
_HASH_AT = "SELECT hash FROM journal WHERE seq = ?"
_LEDGER, _LEDGER_CHECK = "document_ledger", "ledger"
_LOST = """
SELECT thing, sum(held - shown - named) FROM document_ledger WHERE held > shown + named
GROUP BY thing ORDER BY thing
"""
_LOSING = "SELECT count(DISTINCT document) FROM document_ledger WHERE held > shown + named"
_FIRST_LOSING = """
SELECT document.title, inquiry_case.reference FROM document_ledger
JOIN document ON document.id = document_ledger.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE held > shown + named ORDER BY document.position LIMIT 1
"""
_DETERMINED = "determination"
_REFERENCE = "SELECT reference FROM inquiry_case WHERE id = :case"
_PIECES = "file_piece"
_IN_PIECES = """
SELECT document.title, inquiry_case.reference, sha256, size FROM document
JOIN document_file ON document_file.document = document.id
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE size > 0 AND length(original) = 0 ORDER BY document.position
"""
_WAITING = """
SELECT path, number, sha256, max(size) FROM delivery_file
JOIN delivery ON delivery.id = delivery_file.delivery
WHERE state IN ('staged', 'left out') AND sha256 IN (SELECT sha256 FROM file_piece)
    AND sha256 NOT IN (SELECT sha256 FROM staged_file)
GROUP BY sha256 ORDER BY number, position
"""
_HELD = "SELECT sum(length(content)) FROM file_piece WHERE sha256 = :sha256"
_CONTENT = "SELECT number, content FROM file_piece WHERE sha256 = :sha256 ORDER BY number"
_SHOWN = 60  # characters of a title
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_AHEAD = dt.timedelta(days=1)  # of the clock here, before a claimed time is worth a remark

Connection = Any  # sqlcipher3 has no types


def examine(source: Source, tables: Mapping[str, Table], progress: Progress) -> Iterator[Check]:
    """Yield a verdict on each part of an open casebook and on the backups beside it."""
    connection = source.connection
    version = checking.check_format(source.path, connection)
    work: tuple[tuple[str, Callable[[], list[Check]]], ...] = (
        ("pages", lambda: [checking.pages(connection)]),
        ("tables", lambda: [format_of(version), checking.parts(source.path, connection, version)]),
        ("structure", lambda: [checking.structure(connection)]),
        ("journal", lambda: [proof.chain(connection), times(connection)]),
        ("digest", lambda: [proof.state(connection, tables)]),
        ("decisions", lambda: determined(connection) if _DETERMINED in tables else []),
        ("search", lambda: [checking.search(connection)]),
        ("ledger", lambda: [ledger(connection)] if _LEDGER in tables else []),
        (
            "originals",
            lambda: [
                check
                for part in (originals, waiting, cut_off)
                if _PIECES in tables
                for check in part(connection)
            ],
        ),
        ("backups", lambda: list(_backups(source))),
    )
    for done, (what, checks) in enumerate(work):
        progress.step(done, len(work), f"Checking the {what}")
        yield from checks()
    progress.step(len(work), len(work))


def against(older: Older | None) -> Check:
    """Return whether this computer has seen a newer state than the file's, or another history."""
    if older is not None:
        return Check(name="seen", passed=False, sentence=older.sentence)
    told = "This computer has seen no newer state of it."
    return Check(name="seen", passed=True, sentence=told)


def format_of(version: int) -> Check:
    """Return which format the file has; an older one is worth a remark."""
    if version == schema.FORMAT:
        return Check(name="format", passed=True, sentence=f"Format {version}, the newest.")
    return Check(
        name="format",
        passed=True,
        remark=True,
        sentence=f"Format {version}. It is brought to format {schema.FORMAT} when it is next"
        " opened to work in, and the old file is kept.",
    )


def times(connection: Connection) -> Check:
    """Return what can be said of the claimed times; the order of the journal is its numbers."""
    backwards, strange, last = [], [], ""
    limit = (dt.datetime.now(dt.UTC) + _AHEAD).strftime(_TIME)
    for seq, at in connection.execute(_TIMES):
        if not _is_time(at) or at > limit:
            strange.append(seq)
        elif at < last:
            backwards.append(seq)
        else:
            last = at
    told = [
        f"{what} at {counted(len(found), 'entry', 'entries')}, first at {found[0]}"
        for what, found in (
            ("run backwards", backwards),
            ("are no times or lie in the future", strange),
        )
        if found
    ]
    if not told:
        return Check(name="times", passed=True, sentence="The claimed times run forwards.")
    return Check(
        name="times",
        passed=True,
        remark=True,
        sentence=f"The claimed times {' and '.join(told)}: a clock was wrong or was set."
        " The order of the journal does not rest on them.",
    )


def determined(connection: Connection) -> list[Check]:
    """Return whether what the panel determined is what the journal says, if it did anything."""
    unlike = unlike_journal(connection)
    if not unlike:
        return []
    case, factor = unlike[0]
    row = connection.execute(_REFERENCE, {"case": case}).fetchone()
    where = clean_line(row[0] if row else case)[:_SHOWN]
    return [
        Check(
            name="determinations",
            passed=False,
            sentence=f"What the panel determined of {counted(len(unlike), 'cell')} is not what the"
            f" journal says, first of {where}, {clean_line(factor)[:_SHOWN]}. Go back to a"
            " backup.",
        )
    ]


def ledger(connection: Connection) -> Check:
    """Return whether all that the files hold is on their pages or named in a note."""
    lost = connection.execute(_LOST).fetchall()
    if not lost:
        sentence = "What was counted in the files is on their pages or named in a note."
        return Check(name=_LEDGER_CHECK, passed=True, sentence=sentence)
    (documents,) = connection.execute(_LOSING).fetchone()
    things = ", ".join(f"{count:,} {thing}" for thing, count in lost)
    which, where = connection.execute(_FIRST_LOSING).fetchone()
    return Check(
        name=_LEDGER_CHECK,
        passed=True,
        remark=True,
        sentence=f"{counted(documents, 'document')} {'holds' if documents == 1 else 'hold'} more"
        f" than can be read here ({things}), first {clean_line(which)[:_SHOWN]} of case"
        f" {clean_line(where)[:_SHOWN]}. Read their notes, and look into the originals.",
    )


def originals(connection: Connection) -> list[Check]:
    """Return whether the files that are kept in pieces are what was brought in, if there are any.

    No more than a MiB of one is held.
    """
    found = connection.execute(_IN_PIECES).fetchall()
    whole: dict[tuple[str, int], bool] = {}
    for title, reference, sha256, size in found:
        if (sha256, size) not in whole:
            whole[sha256, size] = _is_whole(connection, sha256, size)
        if not whole[sha256, size]:
            return [
                Check(
                    name="originals",
                    passed=False,
                    sentence=f"The original of {clean_line(title)[:_SHOWN]} of case"
                    f" {clean_line(reference)[:_SHOWN]} is not what was brought in, or not all"
                    " of it is here. Go back to a backup, or bring the file in again.",
                )
            ]
    sentence = (
        f"{counted(len(found), 'large original is', 'large originals are')} here as brought in."
    )
    return [Check(name="originals", passed=True, sentence=sentence)] if found else []


def waiting(connection: Connection) -> list[Check]:
    """Return whether what waits in a delivery in pieces is what came, if anything does."""
    found = connection.execute(_WAITING).fetchall()
    for path, number, sha256, size in found:
        if not _is_whole(connection, sha256, size):
            return [
                Check(
                    name="originals",
                    passed=False,
                    sentence=f"{clean_line(path)[-_SHOWN:]}, which waits in delivery {number}, is"
                    " not what came, or not all of it is here. Go back to a backup, or bring the"
                    " file in again.",
                )
            ]
    files = counted(
        len(found),
        "large file that waits in a delivery is",
        "large files that wait in a delivery are",
    )
    sentence = f"{files} here as brought in."
    return [Check(name="originals", passed=True, sentence=sentence)] if found else []


def cut_off(connection: Connection) -> list[Check]:
    """Return how much is here of files that never came whole, if anything."""
    files = unused(connection)
    held = sum(connection.execute(_HELD, {"sha256": one}).fetchone()[0] for one in files)
    sentence = (
        f"{counted(-(-held // PIECE), 'MiB is', 'MiB are')} here of a file whose import was"
        " stopped, and nothing shows it. It goes on where it ended when the same file is imported"
        " next; the end of any other import lets go of it."
    )
    return [Check(name="originals", passed=True, remark=True, sentence=sentence)] if held else []


def _is_whole(connection: Connection, sha256: str, size: int) -> bool:
    read, held = hashlib.sha256(), 0
    for at, (number, content) in enumerate(connection.execute(_CONTENT, {"sha256": sha256})):
        if number != at or not content or len(content) != min(PIECE, size - held):
            return False  # it is read by number, so it has none between and none after
        read.update(content)
        held += len(content)
    return held == size and read.hexdigest() == sha256


def _is_time(at: str) -> bool:
    try:
        dt.datetime.strptime(at, _TIME).replace(tzinfo=dt.UTC)
    except ValueError:
        return False
    return True


def _backups(source: Source) -> Iterator[Check]:
    folder = backups.folder_of(source.path)
    try:
        found = backups.backups_in(folder)
    except StorageError:
        yield _bad(f"The folder {folder.name} of its backups cannot be read.")
        return
    unknown = len(list(folder.glob("*.casebook"))) - len(found) if folder.is_dir() else 0
    if unknown:
        yield _bad(f"{unknown} of the files beside it have no description that can be read.")
    wrong = [bad for backup in found if (bad := _fault(source, backup))]
    for sentence in wrong:
        yield _bad(sentence)
    if found and not wrong:
        yield _newest(source, found[0], len(found))
    for backup in found:
        row = source.connection.execute(_HASH_AT, (backup.manifest.seq,)).fetchone()
        if row != (backup.manifest.head,) and backup.manifest.casebook == source.casebook:
            yield Check(
                name="backups",
                passed=True,
                remark=True,
                sentence=f"This file does not go on from the backup {backup.path.name}"
                f" ({counted(backup.manifest.seq, 'entry', 'entries')}): an older state was put in"
                " its place since.",
            )
            return
    if not found and not unknown:
        yield Check(
            name="backups",
            passed=True,
            remark=True,
            sentence="There is no backup beside it. Make one, and keep another elsewhere.",
        )


def _fault(source: Source, backup: Backup) -> str:
    beside = companions.beside(backup.path)
    if beside:
        return (
            f"{beside[0].name} lies beside the backup {backup.path.name}, which is whole without"
            " it: other software could spoil the backup with it. Move it away."
        )
    try:
        backups.check(backup)
    except DamagedError as error:
        return str(error)
    except OSError as error:
        return f"The backup {backup.path.name} could not be read: {error.strerror}."
    if backup.manifest.casebook != source.casebook:
        return f"The backup {backup.path.name} says that it is of another casebook."
    return ""


def _newest(source: Source, backup: Backup, count: int) -> Check:
    """Open the newest backup, with every check."""
    whole = f"{count} of {count} are what was written; the newest was opened and checked."
    try:
        copying.check_backup(backup, source.key, source.salt)
    except UnlockError:
        return Check(
            name="backups",
            passed=True,
            remark=True,
            sentence=f"{count} of {count} are what was written. The newest opens with an earlier"
            " passphrase only: make a new one.",
        )
    except CasebookError as error:
        return _bad(str(error))
    return Check(name="backups", passed=True, sentence=whole)


def _bad(sentence: str) -> Check:
    return Check(name="backups", passed=False, sentence=sentence)


def receipt_of(about: About, newest: Entry) -> Receipt:
    """Return the receipt of the state whose newest journal entry is ``newest``."""
    return receipt_for(
        casebook=about.id,
        kind=about.kind,
        member=about.member,
        seq=newest.seq,
        head=newest.hash,
    )
