"""Small pictures of pages that take long to draw, shown until those are drawn.

They come as JPEGs from the casebook and are decoded by a worker process of their own, which never
waits for a page that is drawn; so what is in sight has a picture within a frame, wherever the
reader jumps.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from reviewer.errors import DocumentError, ReviewerError
from ui.reader.page.bitmaps import Drawn, on_paper, picture_of
from ui.reader.page.cache import Wanted

AT_ONCE = 24  # previews that are brought in one go: about 1 MiB
MOST_BYTES = 64 << 20  # of JPEGs that are held
MOST_PIXELS = 32 << 20  # bytes of pictures that are held: about 60 grey pages
MOST_SMALL = 16 << 20  # bytes of those for the strip of small pages
SMALL = 112  # pixels across
PATIENCE = 0.02  # seconds that one painting of the window waits for what is being decoded
_FRAME = 0.032
_IN_SIGHT = 12  # pages that are kept turned and on their paper


class Decoder(Protocol):
    """What is needed of ``reviewer.documents.outside.worker.Worker``."""

    def picture(self, preview: bytes) -> Drawn:
        """Return the pixels of a preview."""
        ...


DecoderMaker = Callable[[], AbstractContextManager[Decoder]]


class _Held:
    """What is held of pages, up to a number of bytes; what came first goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[int, tuple[QImage | bytes, int]] = OrderedDict()

    def __contains__(self, page: int) -> bool:
        return page in self._kept

    def get(self, page: int) -> QImage | bytes | None:
        kept = self._kept.get(page)
        if kept is None:
            return None
        self._kept.move_to_end(page)
        return kept[0]

    def size_of(self, page: int) -> int:
        kept = self._kept.get(page)
        return kept[1] if kept is not None else 0

    def put(self, page: int, one: QImage | bytes) -> None:
        size = len(one) if isinstance(one, bytes) else one.sizeInBytes()
        self.size += size - self.size_of(page)
        self._kept[page] = one, size
        while self.size > self.most and len(self._kept) > 1:
            self.size -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        self._kept.clear()
        self.size = 0


class Previews(QObject):
    """The previews of one document at a time; ``close`` before letting go."""

    came = Signal()  # one more can be painted
    lacking = Signal()  # a page that was to have one has none: it is to be drawn
    wanted = Signal(str, list)  # document key, pages whose JPEGs are to be given with ``take``

    def __init__(self, decoder: DecoderMaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decoder = decoder
        self._gate = threading.Condition()
        self._key = ""
        self._there: frozenset[int] = frozenset()
        self._files, self._pictures = _Held(MOST_BYTES), _Held(MOST_PIXELS)
        self._small = _Held(MOST_SMALL)
        self._queues: dict[str, list[int]] = {}
        self._room: dict[str, int] = {}  # bytes of pictures that each may still have made
        self._served = ""  # whose wish is being decoded
        self._weight = 0  # bytes of the picture that was made last
        self._without: set[int] = set()  # that could not be had or not be decoded
        self._finished: dict[Wanted, QImage] = {}  # of those in sight, turned and on their paper
        self._bringing = False  # a lot is on its way
        self._frame = 0.0
        self._ready = self._closing = False
        self._thread: threading.Thread | None = None

    def open(self, key: str, pages: Collection[int], first: Mapping[int, bytes]) -> None:
        """Begin with the document ``key``: which pages have a preview, and the first of them."""
        with self._gate:
            if key != self._key:
                self._forget()
            self._key, self._there = key, frozenset(pages)
        self._keep(first)

    def covers(self, key: str, page: int) -> bool:
        """Whether ``page`` has a preview, here or on its way."""
        with self._gate:
            return key == self._key and page in self._there and page not in self._without

    def take(self, key: str, asked: Collection[int], previews: Mapping[int, bytes]) -> None:
        """Take the JPEGs of pages that ``wanted`` asked for, as far as there are any."""
        if key == self._key:
            self._bringing = False
            with self._gate:
                lacks = set(asked) - previews.keys()
                self._without |= lacks
            self._keep(previews)
            if lacks:
                self.lacking.emit()

    def want(self, who: str, key: str, pages: Iterable[int]) -> None:
        """Say what ``who`` wants now, most urgent first; all that it wanted before is off."""
        with self._gate:
            mine = [page for page in pages if page in self._there] if key == self._key else []
            for page in reversed(mine):  # what is wanted most is thrown out last
                self._pictures.get(page)
            self._room[who] = self._pictures.most - sum(map(self._pictures.size_of, mine))
            self._queues[who] = [page for page in mine if page not in self._pictures]
            self._gate.notify_all()
        self._bring()

    def picture(self, wanted: Wanted) -> QImage | None:
        """Return the preview of a page, turned and on its paper, or None.

        What is being decoded is waited for, as long as a person does not notice.
        """
        with self._gate:
            if wanted.key != self._key or wanted.page not in self._there:
                return None
            if wanted in self._finished:
                return self._finished[wanted]
            self._await(wanted.page)
            image = self._pictures.get(wanted.page)
            sharp = image is not None
            image = image if sharp else self._small.get(wanted.page)
        if not isinstance(image, QImage):
            return None
        image = on_paper(image, wanted.turn, wanted.paper)
        if sharp:
            if len(self._finished) > _IN_SIGHT:
                self._finished.clear()
            self._finished[wanted] = image
        return image

    def small(self, wanted: Wanted) -> QImage | None:
        """Return the preview of a page for the strip of small pages, or None."""
        with self._gate:
            image = self._small.get(wanted.page) if wanted.key == self._key else None
        return on_paper(image, wanted.turn, wanted.paper) if isinstance(image, QImage) else None

    def close(self) -> None:
        """Stop the thread and the process, and hold nothing; what comes afterwards starts anew."""
        with self._gate:
            self._closing = True
            self._forget()
            self._gate.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()
        self._thread, self._closing, self._ready = None, False, False

    # ------------------------------------------------------------ private

    def _forget(self) -> None:
        self._key, self._there = "", frozenset()
        for held in (self._files, self._pictures, self._small):
            held.clear()
        self._queues.clear()
        self._room.clear()
        self._weight = 0
        self._without.clear()
        self._finished.clear()
        self._bringing = False

    def _keep(self, previews: Mapping[int, bytes]) -> None:
        with self._gate:
            for page, preview in previews.items():
                if page not in self._files:
                    self._files.put(page, preview)
            if self._thread is None and self._there and not self._closing:
                self._thread = threading.Thread(target=self._run, name="previews", daemon=True)
                self._thread.start()
            self._gate.notify_all()
        self._bring()

    def _bring(self) -> None:
        """Ask for JPEGs, one lot at a time: what is wanted now, then all others in their order."""
        with self._gate:
            if self._bringing:
                return
            gone = self._without
            queued = [page for who in sorted(self._queues) for page in self._queues[who]]
            lot = [page for page in queued if page not in self._files and page not in gone]
            if not lot and self._files.size < self._files.most * 7 // 8:
                lot = [page for page in sorted(self._there - gone) if page not in self._files]
            lot = list(dict.fromkeys(lot))[:AT_ONCE]
            if not lot:
                return
            key = self._key
            self._bringing = True
        self.wanted.emit(key, lot)

    def _await(self, page: int) -> None:
        """Let a page that is in sight be decoded first, and wait for it a little."""
        if page in self._pictures or page not in self._files or not self._ready:
            return
        now = time.monotonic()
        if now - self._frame > _FRAME:
            self._frame = now
        self._queues[""] = [page]
        self._gate.notify_all()
        self._gate.wait_for(
            lambda: page in self._pictures or page in self._without,
            max(0.0, self._frame + PATIENCE - now),
        )

    def _run(self) -> None:
        try:
            with self._decoder() as decoder:
                while (job := self._next()) is not None:
                    self._decode(decoder, *job)
        except ReviewerError:  # pages are drawn all the same
            with self._gate:
                self._ready, self._there = False, frozenset()
                self._thread = None  # the next document tries anew
            self._tell(lacks=True)

    def _next(self) -> tuple[str, int, bytes] | None:
        with self._gate:
            while not self._closing:
                job = self._job()
                if job is not None:
                    return job
                self._gate.wait()
            return None

    def _job(self) -> tuple[str, int, bytes] | None:
        """Take what is wanted most off its queues, so that one wish is one decoding.

        Who has as many pictures as can be held gets no more: each would throw out one of its own.
        """
        for who in sorted(self._queues):
            room = self._room.get(who)
            if room is not None and room < self._weight:
                continue
            for page in self._queues[who]:
                preview = self._files.get(page)
                if isinstance(preview, bytes) and self._lacks(page):
                    for queue in self._queues.values():
                        queue[:] = [other for other in queue if other != page]
                    self._served = who
                    return self._key, page, preview
        return None

    def _lacks(self, page: int) -> bool:
        return page not in self._pictures and page not in self._without

    def _decode(self, decoder: Decoder, key: str, page: int, preview: bytes) -> None:
        image = small = None
        try:
            image = picture_of(decoder.picture(preview))
        except DocumentError:
            pass
        else:
            small = image.scaledToWidth(SMALL, Qt.TransformationMode.SmoothTransformation)
            small = small.convertToFormat(image.format())
        with self._gate:
            self._ready = True
            if key == self._key:
                if image is None or small is None:
                    self._without.add(page)
                else:
                    self._weight = image.sizeInBytes()
                    if self._served in self._room:
                        self._room[self._served] -= self._weight
                    self._pictures.put(page, image)
                    self._small.put(page, small)
            self._gate.notify_all()
        self._tell(lacks=image is None)

    def _tell(self, *, lacks: bool) -> None:
        try:
            if not self._closing:
                (self.lacking if lacks else self.came).emit()
        except RuntimeError:  # Qt has taken this object away; the thread ends
            self._closing = True
