"""A killed program's journal, and the casebook's backup put in its place: in each way there is.

Nothing of the backup may be lost, whatever was killed where: every entry of its journal, its
cases, and each verdict. A stale journal may happen to hold all pages in which a newer whole state
differs from the backup; then that state goes on from the backup, and is taken (SECURITY 14).
"""

import os
import shutil

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import copying
from tests.faults.flows import BOOK, passphrase_of
from tests.faults.judge import left_over


def journals_in(work):
    """Return how many journals of the casebook lie there: one, or none."""
    journal = work / f"{BOOK}-journal"
    return int(journal.exists() and journal.stat().st_size > 0)


def judge(flow, seed, work, scratch):
    """Print ``tried WAY`` for each way, and ``lost WAY`` with why where the backup was lost."""
    passphrase = passphrase_of(flow)
    wanted, cases, checks = _state(_alone(seed / BOOK, scratch), passphrase)
    for way in (_by_hand, _renamed, _restored, _copied):
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(work, scratch)
        os.write(1, f"tried {way.__name__}\n".encode())
        try:
            where = way(scratch / BOOK, seed / BOOK, passphrase)
            found, *rest = _state(where, passphrase)
            whole = found[-len(wanted) :] == wanted and rest == [cases, checks]
            # In other folders the next run that writes or opens there sweeps.
            left = [name for name in left_over(scratch) if (scratch / name).exists()]
        except Exception as error:  # noqa: BLE001 - whatever it is, the backup is lost
            whole, found, left = False, f"{type(error).__name__}: {error}", []
        if not whole or left:
            os.write(1, f"lost {way.__name__} {found} {left}\n".encode())


def _alone(path, scratch):
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    return shutil.copy(path, scratch / BOOK)


def _state(path, passphrase):
    """Return the entries, newest first, how many cases there are, and each verdict."""
    with Casebook.open(path, passphrase) as book:
        entries = [
            entry.hash for entry in book.journal.tail(1_000_000) if entry.action != "migrate"
        ]
        return entries, len(book.cases.all()), [check.passed for check in book.verdicts()[:6]]


def _by_hand(path, backup, _passphrase):
    """The bytes are written over, as by many a program that copies."""
    path.write_bytes(backup.read_bytes())
    return path


def _renamed(path, backup, _passphrase):
    """The file is lost, and the backup takes its name."""
    path.unlink()
    shutil.copy(backup, path)
    return path


def _restored(path, backup, passphrase):
    """The file is damaged, and ``restore`` is used."""
    source = shutil.copy(backup, path.with_name(f"{path.stem}-20261123T140312000000Z.casebook"))
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    Casebook.restore(path, source, passphrase)
    source.unlink()
    return path


def _copied(path, backup, passphrase):
    """The file is lost, and ``copy`` brings the backup to where the journal lies."""
    elsewhere = path.parent / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(backup, elsewhere / BOOK)
    path.unlink()
    copying.copy_to(elsewhere / BOOK, path, passphrase)
    return path
