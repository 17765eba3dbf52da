"""What a text file holds: every word of it."""

import re

from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.letters import letters

_PARTED = re.compile(r'"?sep=."?\s*', re.IGNORECASE)  # tells a program what parts the columns


def hold(raw: bytes) -> Held:
    """Return the words of a text, a line a piece."""
    return _said(letters(raw).splitlines())


def table(raw: bytes) -> Held:
    """Return the words of a table; a first line that says what parts its columns is none."""
    lines = letters(raw).splitlines()
    return _said(lines[1:] if lines and _PARTED.fullmatch(lines[0]) else lines)


def _said(lines: list[str]) -> Held:
    held = Held()
    for line in lines:
        held.say(line)
    return held
