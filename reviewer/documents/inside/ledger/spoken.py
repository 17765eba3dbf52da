"""What a recording, or the transcript of one, holds: words only in the second."""

import html
import re

from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.letters import letters

_SPEAKER = re.compile(r"<v[^\s<>]{0,90} ([^<>]{0,300})>")
_TAG = re.compile(
    r"</?[a-zA-Z][\w.-]{0,90}>|<(?:lang|font) [^<>\s]{1,90}>|<font [^<>]{1,300}>|<[\d:.]+>"
    r"|\{(?:\\[a-zA-Z0-9&]{1,12}(?:\([-\d., ]*\))?)+\}"
)
_WHEN = re.compile(r"[\d:.,]+\s{0,9}-->\s{0,9}[\d:.,]+")
_SET = re.compile(r"\b[a-zA-Z]\w{0,9}:\S+")


def recording(_: bytes) -> Held:
    """Return what a recording holds that is written: nothing."""
    return Held()


def transcript(raw: bytes) -> Held:
    """Return the words of a transcript, without its times and the numbers of its parts."""
    held = Held()
    lines = letters(raw).splitlines()
    before, last = "", ""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        said = _SET.sub("", _WHEN.sub("", line)) if "-->" in line else line
        bare = line.strip()
        if bare.isdecimal() and "-->" in after and (not before or bare == _next(last)):
            last = bare
        else:
            held.say(html.unescape(_TAG.sub("", _SPEAKER.sub(r"\1 ", said))))
        before = bare
    return held


def _next(number: str) -> str:
    return str(int(number) + 1) if number and len(number) < 10 else ""
