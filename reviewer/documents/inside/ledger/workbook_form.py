"""What a sheet asks of who fills it in, counted: prompts, choices, boxes and their ticks.

The drawn part is read by its letters alone: programs write it so that no reader of XML takes it.
"""

import html
import re

from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.words import words

DRAWN = re.compile(r"(?i)\.vml$")
_ASKED = {
    "dataValidation": ("promptTitle", "prompt", "errorTitle", "error"),
    "hyperlink": ("tooltip",),
}
_SHAPE = re.compile(r"<v:(shape|rect)\b.*?</v:\1>", re.DOTALL)
_KIND = re.compile(r"ObjectType\s*=\s*[\"'](\w+)")
_STATE = re.compile(r"<x:Checked>\s*(\d*)\s*</x:Checked>")
_BOX = re.compile(r"<v:textbox\b.*?</v:textbox>", re.DOTALL)
_TAG = re.compile("<[^>]*>")
_NO_CONTROL = {"", "Note", "Pict"}


def asked(name: str, values: dict[str, str], held: Held) -> None:
    """Take the words that an element of a sheet keeps for who fills it in."""
    for key in _ASKED.get(name, ()):
        held.say_once(values.get(key, "").replace("_x000a_", " "))


def choices(formula: str, held: Held) -> None:
    """Take what may be chosen, where it is written out and not a range of cells."""
    if formula.strip().startswith('"'):
        held.say_once(formula)


def drawn(raw: bytes, held: Held) -> None:
    """Take the captions of boxes and buttons, and whether each box is ticked."""
    there = {tuple(piece) for piece in held.pieces}
    text = raw.decode("utf-8", "replace")
    for shape in _SHAPE.finditer(text):
        found = _KIND.search(shape[0])
        kind = found[1] if found else ""
        if kind in _NO_CONTROL:
            continue
        caption = html.unescape(_TAG.sub("", " ".join(_BOX.findall(shape[0]))))
        if tuple(words(caption)) not in there:
            held.say(caption)
        if kind in {"Checkbox", "Radio"}:
            state = _STATE.search(shape[0])
            held.say("ticked" if state is not None and state[1] != "0" else "empty")
