"""A look at the first page of a file that is staged, before it joins any case."""

from dataclasses import dataclass
from functools import partial

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps
from reviewer.documents.media import MEDIA
from reviewer.documents.outside.untrusted import Bitmap
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError
from reviewer.intake.delivery.stored import bytes_of
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.deliveries import Delivery

_KEY = "a glance"
_MOST = 2_000  # characters of the page's words


@dataclass(frozen=True, kw_only=True, slots=True)
class Glance:
    """The first of ``pages`` as pixels, and what its words begin with."""

    picture: Bitmap
    pages: int
    words: str


def first_page(
    steps: Steps,
    worker: Worker,
    delivery: Delivery,
    path: str,
    progress: Progress,
    *,
    width_px: int,
) -> Glance:
    """Draw the first page of the file at ``path``, ``width_px`` pixels wide; nothing is kept.

    Raises ``DocumentError`` with a sentence where it cannot be shown, ``InputError`` where its
    bytes are not here.
    """
    digest = steps(partial(_digest, delivery, path))
    untrusted = bytes_of(steps, digest) if digest else None
    if untrusted is None:
        raise InputError(say("The bytes of that file are not here."))
    reading = worker.read(untrusted, path.rpartition("/")[2], progress=progress)
    pdf = reading.rendition or (untrusted if reading.media == MEDIA["pdf"] else b"")
    worker.open(_KEY, pdf)
    try:
        picture = worker.render(_KEY, 1, width_px)
    finally:
        worker.forget(_KEY)
    return Glance(picture=picture, pages=len(reading.pages), words=reading.pages[0].text[:_MOST])


def _digest(delivery: Delivery, path: str, book: Casebook) -> str:
    files = book.deliveries.files(delivery.id)
    return next((one.sha256 for one in files if one.path == path), "")
