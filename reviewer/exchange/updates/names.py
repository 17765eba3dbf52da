"""Names in an update, and whose key the returns are sealed to."""

import re

from reviewer.crypto import strict
from reviewer.exchange.padding import LARGEST
from reviewer.exchange.signed import time_of
from reviewer.records.panel import LONGEST_NAME, Custodian, RoundKey
from reviewer.records.text import clean_line

_RECIPIENT = re.compile(r"age1[0-9a-z]{58}")
_MARK = re.compile(r"[0-9a-f]{4} [0-9a-f]{4}")
_LAYER = "changes"


def read_name(untrusted: object) -> str:
    """Return a name in one line; raises ``ReturnError`` (layer ``changes``)."""
    name = strict.text(untrusted, layer=_LAYER, at_most=LONGEST_NAME)
    if name != clean_line(name):
        strict.refuse(_LAYER, "has a name that is not one line")
    return name


def read_key(untrusted: object) -> RoundKey | None:
    """Return how returns are sealed, where the update says it; raises ``ReturnError``."""
    if untrusted == []:
        return None
    row = strict.row(untrusted, 3, layer=_LAYER)
    recipient = strict.text(row[0], layer=_LAYER, at_most=62)
    if not _RECIPIENT.fullmatch(recipient):
        strict.refuse(_LAYER, "has a key that is not one")
    room = strict.whole(row[1], 0, LARGEST, layer=_LAYER)
    if row[2] == []:
        return RoundKey(recipient=recipient, room=room)
    name, since, mark = strict.row(row[2], 3, layer=_LAYER)
    whose = Custodian(
        name=read_name(name),
        since=time_of(since, layer=_LAYER),
        recipient=recipient,
        mark=strict.text(mark, layer=_LAYER, at_most=9),
    )
    if not whose.name or not _MARK.fullmatch(whose.mark):
        strict.refuse(_LAYER, "has a sheet that nobody keeps")
    return RoundKey(recipient=recipient, custodian=whose, room=room)
