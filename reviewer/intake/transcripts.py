"""A recording and its transcript: two files of one name, the second below the first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from reviewer.casebook.book import Casebook
from reviewer.documents.media import MEDIA, SOUNDS, TRANSCRIPTS
from reviewer.documents.notes import UNHEARD, WRITTEN_DOWN
from reviewer.intake.family import Item
from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId
from reviewer.records.text import look_alike

_SOUNDS = frozenset(MEDIA[kind] for kind in SOUNDS)
_TRANSCRIPTS = frozenset(MEDIA[kind] for kind in TRANSCRIPTS)


def add_with_transcripts(
    book: Casebook, items: Sequence[Item], add: Callable[[Sequence[Item]], object]
) -> list[Item]:
    """Let ``add`` add the documents of a file, a transcript below its recording; return them."""
    placed = _below_recordings(book, items)
    add(placed)
    _take_transcripts(book, placed[0][0])
    return placed


def written_down(documents: Iterable[Document]) -> set[DocumentId]:
    """Return the recordings below which a transcript stands."""
    return {
        DocumentId(one.origin.parent)
        for one in documents
        if one.current and one.origin.parent and one.media in _TRANSCRIPTS
    }


def as_they_stand(
    notes: Mapping[DocumentId, tuple[str, ...]], documents: Iterable[Document]
) -> dict[DocumentId, tuple[str, ...]]:
    """Return the notes of documents as they hold now: no transcript is asked for that is there."""
    here = written_down(documents)
    return {
        document: tuple(
            WRITTEN_DOWN if note == UNHEARD and document in here else note for note in kept
        )
        for document, kept in notes.items()
    }


def _below_recordings(book: Casebook, items: Sequence[Item]) -> list[Item]:
    """Return the documents of a file, not added yet; a transcript stands below its recording."""
    (first, original, reading), *others = items
    if first.media not in _TRANSCRIPTS or first.origin.parent:
        return list(items)
    found = _of_one_name(book, first, _SOUNDS)
    if len(found) != 1:
        return list(items)
    place = 1 + sum(one.origin.parent == found[0].id for one in book.documents.of(first.case))
    origin = replace(first.origin, parent=found[0].id, place=place)
    return [(replace(first, origin=origin), original, reading), *others]


def _take_transcripts(book: Casebook, recording: Document) -> None:
    """Let the transcripts that came before a recording stand below it."""
    if recording.media not in _SOUNDS or len(_of_one_name(book, recording, _SOUNDS)) != 1:
        return
    found = [one for one in _of_one_name(book, recording, _TRANSCRIPTS) if not one.origin.parent]
    if found:
        book.documents.put_below([DocumentId(one.id) for one in found], recording.id)


def _of_one_name(book: Casebook, document: Document, media: frozenset[str]) -> list[Document]:
    """Return what lies in the folder of a document under its name, in one of some forms."""
    return [
        one
        for one in book.documents.of(document.case)
        if one.media in media and one.current and _name(one) == _name(document)
    ]


def _name(document: Document) -> tuple[str, str]:
    folder = document.origin.path.rpartition("/")[0]
    return folder, look_alike(document.file_name.rpartition(".")[0])
