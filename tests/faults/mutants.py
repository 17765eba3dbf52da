"""The program made worse on purpose: a harness that does not notice guards nothing.

A process is told by FAULTS_MUTANT which one it is.
"""

import os
from pathlib import Path

from reviewer.casebook.file import companions, settling
from reviewer.files import write as outfile
from tests.books import sql_of

ENGINES = {
    "synchronous=OFF": ("synchronous=OFF",),
    "DELETE and OFF": ("synchronous=OFF", "journal_mode=DELETE"),
}


def apply(name):
    """Become the mutant ``name``; "" is the program as it is."""
    if name == "renames before syncing":
        outfile._write = _unsynced(outfile._write)
    elif name == "plays any journal":
        settling.settle = lambda _path, _key_for: None
        companions.beside = lambda _path: []
    elif name == "leaves its part file":
        outfile.Path.unlink = _forgetful(Path.unlink)


def weaken(book):
    """Set the engine of an open casebook as the mutant has it."""
    for pragma in ENGINES.get(os.environ.get("FAULTS_MUTANT", ""), ()):
        sql_of(book).execute(f"PRAGMA {pragma}")


def _unsynced(real):
    def write(part, fill, size):
        synced, outfile.os = outfile.os, _Lazy(outfile.os)
        try:
            return real(part, fill, size)
        finally:
            outfile.os = synced

    return write


class _Lazy:
    """The operating system, but for syncing."""

    def __init__(self, real):
        self._real = real

    def __getattr__(self, name):
        return (lambda _file: None) if name == "fsync" else getattr(self._real, name)


def _forgetful(real):
    def unlink(self, *, missing_ok=False):
        if not self.name.endswith(".part"):
            real(self, missing_ok=missing_ok)

    return unlink
