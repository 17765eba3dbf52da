"""What a person typed and the disk did not take: held in memory until it does.

A full disk or a pulled stick must not cost the last words, also when they are saved because the
casebook is being locked. So a change that failed for the disk's sake is held, and made again
before the next change, and after the next unlock. A change that the casebook itself refuses is
not held: nobody can ever make it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from reviewer.casebook.change import Change
from reviewer.errors import CasebookError, PassphraseError, ReviewerError
from reviewer.messages import say

if TYPE_CHECKING:
    from reviewer.casebook.book import Casebook

MakeChange = Callable[["Casebook"], Change | None]


class UnsavedChanges:
    """Changes by the id of their casebook; used by the casebook's thread and the window's."""

    def __init__(self) -> None:
        self._held: list[tuple[str, MakeChange]] = []
        self._guard = threading.Lock()
        self._reason = ""

    @property
    def reason(self) -> str:
        """Why the last one failed, as a sentence; empty where nothing is held."""
        with self._guard:
            return self._reason if self._held else ""

    def hold(self, casebook: str, change: MakeChange, error: Exception) -> None:
        """Hold ``change``, which failed by ``error``."""
        with self._guard:
            self._held.append((casebook, change))
            self._reason = str(error) if isinstance(error, ReviewerError) else ""
            self._reason = self._reason or say("The disk did not take it.")

    def waits(self, casebook: str) -> bool:
        """Whether anything of ``casebook`` is held."""
        with self._guard:
            return any(name == casebook for name, _change in self._held)

    def put(self, casebook: str, book: Casebook) -> Change | None:
        """Make what is held of ``casebook``, oldest first; return what changed.

        Raises what the first failure raises; that change stays held if it was the disk's fault,
        and is dropped where the casebook refuses it.
        """
        tables: frozenset[str] = frozenset()
        last: Change | None = None
        while (change := self._first(casebook)) is not None:
            try:
                made = change(book)
            except Exception as error:
                if not of_the_disk(error):
                    self._drop(casebook, change)
                raise
            self._drop(casebook, change)
            if made is not None:
                tables |= made.tables
                last = made
        return Change(tables=tables) if last is not None else None

    def forget(self) -> None:
        """Let go of everything: the person decided to."""
        with self._guard:
            self._held.clear()

    def _first(self, casebook: str) -> MakeChange | None:
        with self._guard:
            return next((change for name, change in self._held if name == casebook), None)

    def _drop(self, casebook: str, change: MakeChange) -> None:
        with self._guard:
            self._held.remove((casebook, change))


def of_the_disk(error: Exception) -> bool:
    """Whether the same change may well succeed later: the file or its disk was the trouble."""
    return isinstance(error, CasebookError | OSError)


def refused(error: Exception) -> bool:
    """Whether the casebook itself refused a change: nothing of it was ever to be kept."""
    return isinstance(error, ReviewerError) and not of_the_disk(error)


def require_own(book: Casebook, passphrase: str) -> None:
    """Raise ``PassphraseError`` unless ``passphrase`` opens the casebook now."""
    if not book.opens_with(passphrase):
        raise PassphraseError(
            say("That is not the passphrase this casebook opens with now. Nothing was changed.")
        )


def require_another(book: Casebook, passphrase: str) -> None:
    """Raise ``PassphraseError`` where ``passphrase`` is the one the casebook has."""
    if book.opens_with(passphrase):
        raise PassphraseError(say("That is the passphrase it has already. Choose another."))
