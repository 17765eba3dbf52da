"""What a file holds, as the second reading finds it."""

from dataclasses import dataclass, field

from reviewer.documents import limits
from reviewer.documents.inside.ledger.words import words


class TooMuch(Exception):  # noqa: N818 - an answer: the count ends here
    """The file holds more than is counted."""


@dataclass(slots=True)
class Held:
    """Words in their order, each piece by itself, and how many of each other thing."""

    pieces: list[list[str]] = field(default_factory=list)
    since_1904: bool = False
    things: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)  # of the things: those seen on the pages
    links: dict[str, None] = field(default_factory=dict)
    numbers: list[tuple[str, str, bool]] = field(default_factory=list)  # of cells; their formats
    headers: list[tuple[str, str]] = field(default_factory=list)
    _once: set[tuple[str, ...]] = field(default_factory=set)
    _known: dict[str, str] = field(default_factory=dict)
    _size: int = 0

    def say(self, text: str) -> None:
        """Take a piece of text that stands in the file."""
        self.take(words(text))

    def take(self, found: list[str]) -> None:
        """Take words that stand in the file one after the other."""
        self._size += len(found)
        if self._size > limits.COUNTED_WORDS:
            raise TooMuch
        if found:
            known = self._known.setdefault
            self.pieces.append([known(word, word) for word in found])

    def say_once(self, text: str) -> None:
        """Take a text that may stand many times in the file, and need be shown only once."""
        found = words(text)
        if tuple(found) not in self._once:
            self._once.add(tuple(found))
            self.take(found)

    def add(self, thing: str, count: int = 1) -> None:
        """Take things that are no words."""
        if count:
            self.things[thing] = self.things.get(thing, 0) + count

    def number(self, text: str, code: str, *, timed: bool) -> None:
        """Take the number of a cell and its format; ``timed`` where it is shown as a moment."""
        self._size += 1
        if self._size > limits.COUNTED_WORDS:
            raise TooMuch
        self.numbers.append((text, code, timed))

    def link(self, target: str) -> None:
        """Take where something leads to."""
        if words(target):
            self.links[target.strip()] = None
