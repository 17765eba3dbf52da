"""Notes on their way to the disk: what is read before they are there is shown with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from reviewer.records.ids import MarkId
from reviewer.records.own_marks import OwnMark


class Way(Enum):
    """How far a note has come."""

    SENT = auto()
    ENDED = auto()  # whatever is read from now on knows of it
    FAILED = auto()  # the desk may hold it, to be put later


@dataclass(slots=True)
class Sent:
    """The words of a note, and how far they have come."""

    words: str
    way: Way = Way.SENT

    def end(self, _change: object) -> None:
        """Know that they are in the casebook, or that the mark is gone."""
        self.way = Way.ENDED

    def fail(self, _error: Exception) -> None:
        """Know that the disk did not take them, or the casebook refused them."""
        self.way = Way.FAILED


class TypedNotes:
    """The last words that were sent for each mark, until they have been read back."""

    def __init__(self) -> None:
        self._sent: dict[MarkId, Sent] = {}

    def send(self, mark: OwnMark, words: str) -> Sent:
        """Remember the words that are sent for a mark; say to what comes back how they fared."""
        sent = self._sent[mark.id] = Sent(words)
        return sent

    def over(self, marks: Iterable[OwnMark]) -> tuple[OwnMark, ...]:
        """Return the marks, each with the words that were sent for it."""
        sent = self._sent
        return tuple(
            mark._replace(note=sent[mark.id].words) if mark.id in sent else mark for mark in marks
        )

    def read(self, marks: Iterable[OwnMark], *, held: bool) -> tuple[OwnMark, ...]:
        """Return marks that were just read, with what was not stored when they were.

        ``held``: the desk holds something that the disk did not take.
        """
        marks = tuple(marks)
        notes = {mark.id: mark.note for mark in marks if mark.id in self._sent}
        self._sent = {
            mark: sent
            for mark, sent in self._sent.items()
            if sent.way is Way.SENT
            or (sent.way is Way.FAILED and held and notes.get(mark) != sent.words)
        }
        return self.over(marks) if self._sent else marks
