"""Small pictures of pages that take long to draw, shown until those are drawn.

They come as JPEGs from the casebook and are decoded by a worker process of their own, which never
waits for a page that is drawn; so what is in sight has a picture within a frame, wherever the
reader jumps. Of every page a very small one is made first, and stays: it stands there while the
machine is too busy for more.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from reviewer.errors import DocumentError, ReviewerError
from ui.reader.page.bitmaps import Drawn, on_paper, picture_of
from ui.reader.page.cache import Wanted
from ui.reader.page.held import Held
from ui.reader.page.smalls import Smalls

AT_ONCE = 24  # previews that are brought in one go: about 1 MiB
MOST_BYTES = 16 << 20  # of JPEGs that are held
MOST_PIXELS = 32 << 20  # bytes of pictures that are held: about 60 grey pages
PATIENCE = 0.02  # seconds that one painting of the window waits for what is being decoded
LONGER = 0.06  # where there is nothing else to show
_FRAME = 0.032
_IN_SIGHT = 12  # pages that are kept turned and on their paper


class Decoder(Protocol):
    """What is needed of ``reviewer.documents.outside.worker.Worker``."""

    def picture(self, preview: bytes, across: int = 0) -> Drawn:
        """Return the pixels of a preview, fewer where so many ``across`` are enough."""
        ...


Job = tuple[str, int, bytes, int]  # document, page, its JPEG, how many pixels across (0: all)
DecoderMaker = Callable[[], AbstractContextManager[Decoder]]


class Previews(QObject):
    """The previews of one document at a time; ``close`` before letting go."""

    came = Signal()  # one more can be painted
    lacking = Signal()  # a page that was to have one has none: it is to be drawn
    _made = Signal()  # a very small one: more JPEGs may be asked for
    wanted = Signal(str, list)  # document key, pages whose JPEGs are to be given with ``take``

    def __init__(self, decoder: DecoderMaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decoder = decoder
        self._gate = threading.Condition()
        self._key = ""
        self._there: frozenset[int] = frozenset()
        self._files: Held[bytes] = Held(MOST_BYTES)
        self._pictures: Held[QImage] = Held(MOST_PIXELS)
        self._smalls = Smalls()
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
        self._made.connect(self._bring)

    def open(self, key: str, pages: Collection[int], first: Mapping[int, bytes]) -> None:
        """Begin with the document ``key``: which pages have a preview, and the first of them."""
        with self._gate:
            if key != self._key:
                self._forget()
            self._key, self._there = key, frozenset(pages)
            self._smalls.begin(self._there)
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
            if mine:
                self._smalls.go(mine[0])
            for page in reversed(mine):  # what is wanted most is thrown out last
                self._pictures.get(page)
            self._room[who] = self._pictures.most - sum(map(self._pictures.size_of, mine))
            self._queues[who] = [page for page in mine if page not in self._pictures]
            self._gate.notify_all()
        self._bring()

    def show_small(self, key: str, pages: Iterable[int]) -> None:
        """Say which very small pages are shown now: those are made before others."""
        with self._gate:
            self._smalls.show(page for page in pages if key == self._key and page in self._there)
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
            image = image or self._smalls.held.get(wanted.page)
        if image is None:
            return None
        held, image = image, on_paper(image, wanted.turn, wanted.paper)
        if sharp and image is not held:
            if len(self._finished) > _IN_SIGHT:
                self._finished.clear()
            self._finished[wanted] = image
        return image

    def small(self, wanted: Wanted) -> QImage | None:
        """Return the preview of a page for the strip of small pages, or None."""
        with self._gate:
            image = self._smalls.held.get(wanted.page) if wanted.key == self._key else None
        return on_paper(image, wanted.turn, wanted.paper) if image is not None else None

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
        for held in (self._files, self._pictures, self._smalls):
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
                self._smalls.arrived(page)
            if self._thread is None and self._there and not self._closing:
                self._thread = threading.Thread(target=self._run, name="previews", daemon=True)
                self._thread.start()
            self._gate.notify_all()
        self._bring()

    def _bring(self) -> None:
        """Ask for JPEGs, one lot at a time: what is wanted now, then for the small ones."""
        with self._gate:
            if self._bringing:
                return
            gone = self._without
            queued = [page for who in sorted(self._queues) for page in self._queues[who]]
            lot = [page for page in queued if page not in self._files and page not in gone]
            lot = list(dict.fromkeys(lot))[:AT_ONCE] or self._smalls.lot(AT_ONCE, gone)
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
        patience = PATIENCE if page in self._smalls.held else LONGER
        if now - self._frame > _FRAME:
            self._frame = now
        self._queues[""] = [page]
        self._gate.notify_all()
        self._gate.wait_for(
            lambda: page in self._pictures or page in self._without,
            max(0.0, self._frame + patience - now),
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

    def _next(self) -> Job | None:
        with self._gate:
            while not self._closing:
                job = self._job("") or self._small_job() or self._job(*sorted(self._queues))
                if job is not None:
                    return job
                self._gate.wait()
            return None

    def _small_job(self) -> Job | None:
        found = self._smalls.next(self._files, self._without)
        return (self._key, *found, self._smalls.across) if found is not None else None

    def _job(self, *names: str) -> Job | None:
        """Take what is wanted most off its queues, so that one wish is one decoding.

        Who has as many pictures as can be held gets no more: each would throw out one of its own.
        """
        for who in names:
            room = self._room.get(who)
            if room is not None and room < self._weight:
                continue
            for page in self._queues.get(who, ()):
                preview = self._files.get(page)
                if preview is not None and self._lacks(page):
                    for queue in self._queues.values():
                        queue[:] = [other for other in queue if other != page]
                    self._served = who
                    return self._key, page, preview, 0
        return None

    def _lacks(self, page: int) -> bool:
        return page not in self._pictures and page not in self._without

    def _decode(self, decoder: Decoder, key: str, page: int, preview: bytes, across: int) -> None:
        try:
            image = picture_of(decoder.picture(preview, across))
        except DocumentError:
            image = None
        with self._gate:
            self._ready = True
            seen = not across or self._smalls.shows(page)
            if key == self._key:
                seen = seen or any(page in queue for queue in self._queues.values())
                self._take(page, image, whole=not across)
            self._gate.notify_all()
        self._tell(lacks=image is None, seen=seen)

    def _take(self, page: int, image: QImage | None, *, whole: bool) -> None:
        """Hold what was decoded of a page: nothing where it is broken."""
        if image is None:
            self._without.add(page)
            return
        if page not in self._smalls.held:
            self._smalls.put(page, image)
        if whole:
            self._weight = image.sizeInBytes()
            if self._served in self._room:
                self._room[self._served] -= self._weight
            self._pictures.put(page, image)

    def _tell(self, *, lacks: bool, seen: bool = True) -> None:
        try:
            if not self._closing:
                self._made.emit()
                if lacks or seen:
                    (self.lacking if lacks else self.came).emit()
        except RuntimeError:  # Qt has taken this object away; the thread ends
            self._closing = True
