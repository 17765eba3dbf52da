"""One thing that a person can do from anywhere."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One thing a person can do. ``needs_casebook`` = only while one is open.

    ``change`` is the kind of change that it makes (see ``casebook.roles``): where the role of the
    open casebook may not make it, it is not offered.
    """

    id: str
    words: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    needs_casebook: bool = False
    change: str = ""
