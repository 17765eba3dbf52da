"""A file and what came with it: a mail and its attachments, an archive and its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.errors import DocumentError, LockedError
from reviewer.records.cases import Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """A file within another: ``place`` are the folders or mails it lay in, outermost first.

    Where it could not be taken out, ``refused`` is the sentence that says why and ``data`` empty;
    ``locked``: it may be with a password.
    """

    name: str
    place: tuple[str, ...] = ()
    data: bytes = b""
    refused: str = ""
    locked: bool = False

    def bytes(self) -> bytes:
        """Return what it holds. Raises ``DocumentError`` where it could not be taken out.

        ``LockedError`` is one of them.
        """
        if self.locked:
            raise LockedError(self.refused)
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


def came_with(document: Document, documents: Sequence[Document]) -> list[Document]:
    """Return what came with ``document``, or with what it took the place of, and with those."""
    line = with_earlier(document, documents)
    found: list[Document] = []
    for parent in line:
        children = [one for one in documents if one.origin.parent == parent.id]
        known = {one.id for one in (*line, *found)}
        found += [one for one in children if one.id not in known]
        line += [one for one in children if one.id not in known]
    return found


def with_earlier(document: Document, documents: Sequence[Document]) -> list[Document]:
    """Return ``document`` and every earlier version that it took the place of in the end."""
    found = [document]
    for later in found:
        known = {one.id for one in found}
        earlier = (one for one in documents if one.replaced_by == later.id)
        found += [one for one in earlier if one.id not in known]
    return found
