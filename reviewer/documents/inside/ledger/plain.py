"""What a text file holds: every word of it."""

from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.letters import letters


def hold(raw: bytes) -> Held:
    """Return the words of a text, a line a piece."""
    held = Held()
    for line in letters(raw).splitlines():
        held.say(line)
    return held
