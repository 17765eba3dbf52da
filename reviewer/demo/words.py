"""The hand-written material, and how a sentence is told for one case.

``[calm|quiet]`` is a choice made once, ``{word}`` a fact of the case, ``{+12}`` the time twelve
minutes after the first contact and ``{10~40}`` how long it was between two such times.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

from reviewer.assets import resource

INVENTED = "INVENTED DEMONSTRATION: no real person, place or event"

_CHOICE = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")
_TIME = re.compile(r"\{\+(-?\d+)\}")
_SPAN = re.compile(r"\{(-?\d+)~(-?\d+)\}")
_WORD = re.compile(r"\{([A-Za-z_]+)\}")
_OPEN_QUOTE = re.compile(r"(^|[\s(\u2018\u201c])'")


@cache
def material(name: str) -> Mapping[str, Any]:
    """Return one of the TOML files in ``resources/demo``."""
    return tomllib.loads(resource(f"demo/{name}.toml").read_text("utf-8"))


class Clock:
    """The time of a case: minutes after the first contact, as a time of day or a length."""

    def __init__(self, start: int, stretch: float) -> None:
        self._start = start  # minutes after midnight on the day of the case
        self._stretch = stretch  # no two cases run at the same pace

    def minute(self, offset: int) -> int:
        """Return minutes after midnight of the first day; may be negative."""
        return self._start + round(offset * self._stretch)

    def time(self, offset: int) -> str:
        """Return the time of day as ``21:47``."""
        return time_of_day(self.minute(offset))

    def between(self, first: int, last: int) -> str:
        """Return a length of time in words: ``41 minutes`` or ``about 3 hours``."""
        minutes = abs(self.minute(last) - self.minute(first))
        return f"{minutes} minutes" if minutes < 100 else f"about {round(minutes / 60)} hours"


def time_of_day(minute: int) -> str:
    """Return ``21:47`` for 1307, whatever the day."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def tell(text: str, facts: Mapping[str, str], clock: Clock, rng: Random) -> str:
    """Return ``text`` for one case, with its choices made and typographic quotes."""
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda m: rng.choice(m.group(1).split("|")), text, count=1)
    text = _TIME.sub(lambda m: clock.time(int(m.group(1))), text)
    text = _SPAN.sub(lambda m: clock.between(int(m.group(1)), int(m.group(2))), text)
    text = _WORD.sub(lambda m: facts[m.group(1)], text)
    text = text.replace("..", ".")  # initials end in a full stop, and so may a sentence
    return _OPEN_QUOTE.sub("\\1\u2018", text).replace("'", "\u2019")


def first_sentence(text: str) -> str:
    """Return the first sentence of at least four words; all of it where there is only one."""
    for match in re.finditer(r"[.?!]\u2019?(?= )", text):
        if text[: match.end()].count(" ") >= 3:
            return text[: match.end()]
    return text
