"""Which letters the score sheet takes for itself, out of the way of the framework's reasons."""

from dataclasses import dataclass

from reviewer.method.framework import Framework
from ui.rooms.read.sheet.typing import Kind

ATTACH = "e"  # no framework may use it for a reason


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetKeys:
    """The letters for confidence and for what is left, lower case."""

    confidence: str
    left: str


def keys_for(framework: Framework) -> SheetKeys:
    """Return the sheet's letters: C and L, or the next that no reason of the framework uses."""
    taken = {words.key for words in framework.reasons} | {ATTACH}
    confidence = next(letter for letter in "cfkjqzvy" if letter not in taken)
    left = next(letter for letter in "lwgtbhsi" if letter not in taken | {confidence})
    return SheetKeys(confidence=confidence, left=left)


def kinds_of(framework: Framework) -> dict[str, Kind]:
    """Return what each letter and digit is on a row of the sheet; the rest is ``Kind.OTHER``."""
    keys = keys_for(framework)
    return {
        **dict.fromkeys(map(str, framework.values), Kind.DIGIT),
        **dict.fromkeys((words.key for words in framework.reasons), Kind.REASON),
        keys.confidence: Kind.CONFIDENCE,
        keys.left: Kind.LEFT,
        ATTACH: Kind.ATTACH,
    }
