"""A file and what came with it: a mail and its attachments, an archive and its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewer.errors import DocumentError


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """A file within another: ``place`` are the folders or mails it lay in, outermost first.

    Where it could not be taken out, ``refused`` is the sentence that says why and ``data`` empty.
    """

    name: str
    place: tuple[str, ...] = ()
    data: bytes = b""
    refused: str = ""

    def bytes(self) -> bytes:
        """Return what it holds. Raises ``DocumentError`` where it could not be taken out."""
        if self.refused:
            raise DocumentError(self.refused)
        return self.data

    @property
    def path(self) -> str:
        """Its name with its folders, as it was delivered."""
        return "/".join((*self.place, self.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class Inside:
    """What came with a file, and what is written on it (see ``Origin.facts``)."""

    facts: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Embedded, ...] = ()
