"""A new passphrase for a command: from a file, drawn, or asked for; judged before it is taken."""

import contextlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from reviewer.cli.console import read_passphrase
from reviewer.cli.options import FILE, Command
from reviewer.crypto.advice import require
from reviewer.crypto.words import new_passphrase
from reviewer.errors import InputError, PassphraseError
from reviewer.files.write import write_whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Fresh:
    """A new passphrase; ``advice`` is what would make it better, ``drawn_to`` where it lies."""

    passphrase: str
    advice: str
    drawn_to: Path | None = None

    @property
    def lines(self) -> list[str]:
        """What is told about it on the terminal."""
        told = [self.advice] if self.advice else []
        if self.drawn_to is not None:
            told.append(
                f"Six words were drawn and written to {self.drawn_to}. Write them down, keep them"
                " away from this computer, and delete that file."
            )
        return told

    @property
    def data(self) -> dict[str, str | None]:
        """The same for ``--json``."""
        drawn = None if self.drawn_to is None else str(self.drawn_to)
        return {"advice": self.advice, "drawn_to": drawn}


def draw_option(command: Command) -> Command:
    """Give a command ``--draw-passphrase-to``."""
    return click.option(
        "--draw-passphrase-to",
        "draw_to",
        type=FILE,
        help="Draw six words and write them into this new file, which only you may read.",
    )(command)


def fresh_passphrase(
    given: Path | None, draw_to: Path | None, *, option: str, context: Iterable[str]
) -> Fresh:
    """Return the new passphrase: of the file ``given``, drawn into ``draw_to``, or asked for.

    ``option`` is the name of the option for ``given``. At a terminal an empty answer draws six
    words and shows them. Raises ``PassphraseError`` for one that is too easy to guess.
    """
    if given is not None and draw_to is not None:
        raise InputError(f"Give either {option} or --draw-passphrase-to, not both.")
    if draw_to is not None:
        drawn = new_passphrase()
        write_whole(draw_to, f"{drawn}\n".encode())
        return Fresh(passphrase=drawn, advice="", drawn_to=draw_to)
    typed = _ask(option) if given is None else read_passphrase(given)
    return Fresh(passphrase=typed, advice=require(typed, context=context).sentence)


@contextlib.contextmanager
def drawn_for(fresh: Fresh) -> Iterator[None]:
    """Take a drawn passphrase's file away again where the casebook it is for was not made."""
    try:
        yield
    except BaseException:
        if fresh.drawn_to is not None:
            fresh.drawn_to.unlink(missing_ok=True)
        raise


def _ask(option: str) -> str:
    if not sys.stdin.isatty():
        raise PassphraseError(
            f"A new passphrase is needed: give {option} FILE, or --draw-passphrase-to FILE to have"
            " six words drawn."
        )
    typed: str = click.prompt(
        "New passphrase (leave it empty to have six words drawn)",
        hide_input=True,
        confirmation_prompt=True,
        default="",
        show_default=False,
        err=True,
    )
    if typed:
        return typed
    drawn = new_passphrase()
    click.echo(f"Write these six words down, away from this computer: {drawn}", err=True)
    return drawn
