"""How long work tells of itself and is stopped."""

from typing import Protocol


class Progress(Protocol):
    """What a long piece of work reports to.

    ``step`` is called often (at least ten times a second where the work can be cut); it raises
    ``reviewer.errors.Cancelled`` when the person has asked to stop.
    """

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say that ``done`` of ``total`` parts are finished; ``what`` names the one at hand."""
        ...


class Quiet:
    """Progress that nobody watches."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Do nothing."""
