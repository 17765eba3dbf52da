"""What is found out of one file of a delivery by looking at it, before it joins any case."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError, LockedError
from reviewer.intake.delivery import likeness
from reviewer.intake.delivery.references import References
from reviewer.progress import Progress
from reviewer.records.cases import Reading
from reviewer.records.large import FileBytes

_ASKED = 2  # pages of which the references are looked for: a letter names its case at the top
_PAGE = 4_000  # characters of such a page


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """One file as it was found: ``worded`` of its ``pages`` have words that can be searched.

    ``refused`` says why it cannot be shown (``locked``: without its password), ``notes`` what of
    it is not shown, ``names`` are the cases that its first pages speak of, ``within`` is how many
    files came with it and become documents of their own; ``signature`` stands for its words
    (``likeness``).
    """

    media: str = ""
    pages: int = 0
    worded: int = 0
    notes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    refused: str = ""
    within: int = 0
    locked: bool = False
    signature: bytes = b""

    @property
    def text(self) -> str:
        """Where its words come from: ``native``, ``part``, ``none``; "" where it was not read."""
        if not self.pages:
            return ""
        if not self.worded:
            return "none"
        return "native" if self.worded == self.pages else "part"

    def as_data(self) -> dict[str, Any]:
        """Return all but the signature as JSON-ready data."""
        data = asdict(self)
        del data["signature"]
        return data


def from_data(data: Mapping[str, Any], signature: bytes) -> Facts:
    """Return the facts that ``as_data`` made."""
    lists = {name: tuple(data[name]) for name in ("notes", "names")}
    return Facts(**{**data, **lists, "signature": signature})


def look_at(
    worker: Worker, untrusted: FileBytes, name: str, references: References, progress: Progress
) -> tuple[Facts, list[str]]:
    """Have the worker read one file; return what is found, and its words for comparing."""
    try:
        reading = worker.read(untrusted, name, progress=progress)
    except DocumentError as error:
        return refusal_of(error), []
    words = likeness.own_words(reading.media, [page.text for page in reading.pages])
    return facts_of(reading, words, references), words


def refusal_of(error: DocumentError) -> Facts:
    """Return what is known of a file that cannot be shown."""
    return Facts(refused=str(error), locked=isinstance(error, LockedError))


def facts_of(reading: Reading, words: Sequence[str], references: References) -> Facts:
    """Return what a reading says of its file."""
    texts = [page.text for page in reading.pages]
    names = references.spoken_of("\n".join(text[:_PAGE] for text in texts[:_ASKED]))
    return Facts(
        media=reading.media,
        pages=len(texts),
        worded=sum(bool(text.strip()) for text in texts) if reading.text_source != "none" else 0,
        notes=reading.notes,
        names=tuple(names),
        signature=likeness.signature(words),
    )
