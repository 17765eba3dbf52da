"""What a recording, or the transcript of one, holds: words only in the second."""

import html
import re

from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.letters import letters

_SPEAKER = re.compile(r"<v[^\s<>]*\s+([^<>]*)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}")


def recording(_: bytes) -> Held:
    """Return what a recording holds that is written: nothing."""
    return Held()


def transcript(raw: bytes) -> Held:
    """Return the words of a transcript, without its times and the numbers of its parts."""
    held = Held()
    lines = letters(raw).splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if "-->" not in line and not (line.strip().isdigit() and "-->" in after):
            held.say(html.unescape(_TAG.sub("", _SPEAKER.sub(r"\1 ", line))))
    return held
