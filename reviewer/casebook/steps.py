"""Long work that takes one step at a time on an open casebook, so that others get in between."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from reviewer.casebook.book import Casebook

T = TypeVar("T")


class Steps(Protocol):
    """Does one step on the casebook, on the thread that owns it, and waits for what comes of it.

    Between two steps anything may have changed: a step finds out for itself what is so.
    """

    def __call__(self, step: Callable[[Casebook], T]) -> T:
        """Return what ``step`` returns. Raises what it raises, and ``Cancelled``."""
        ...


def at_once(book: Casebook) -> Steps:
    """Return steps that are done where they are asked for."""

    def do(step: Callable[[Casebook], T]) -> T:
        return step(book)

    return do
