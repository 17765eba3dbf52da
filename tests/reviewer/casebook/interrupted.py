"""Casebooks whose program was killed in the middle of a change, as it happens."""

import os
import shutil
import signal

from reviewer.casebook.book import Casebook
from tests.books import PASSPHRASE, sql_of

BLOT = " written over and over"


def interrupt(path, passphrase=PASSPHRASE, *, rekey=""):
    """Kill a program half-way through a change of ``path``; a journal is left beside it."""
    child = os.fork()
    if child == 0:
        book = Casebook.open(path, passphrase)
        sql_of(book).execute("PRAGMA cache_size=5")  # so that pages reach the file early
        with book._writer.change("interrupted"):
            sql_of(book).execute("UPDATE inquiry_case SET title = title || ?", (BLOT,))
            sql_of(book).execute("UPDATE page SET text = text || ?", (BLOT,))
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert journal_of(path).stat().st_size > 0


def journal_of(path):
    return path.with_name(f"{path.name}-journal")


def lay_beside(path, journal):
    """Put another file's journal beside ``path``."""
    shutil.copy(journal, journal_of(path))


def kept(path):
    """Return the names that settling left in the folder of ``path``."""
    return sorted(p.name for p in path.parent.iterdir() if ".interrupted-" in p.name)
