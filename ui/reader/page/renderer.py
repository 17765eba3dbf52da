"""One thread that draws pages: what is wanted now is drawn first, what is no longer wanted never.

The thread owns the engine (the worker process of ``reviewer.documents``), so nobody else talks to
it while a window is open, except through ``borrow``.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from reviewer.documents.limits import WHOLE
from reviewer.errors import ReviewerError
from reviewer.records.contents import Contents
from reviewer.records.large import FileBytes, LargeFile
from ui.reader.page.bitmaps import Drawn, on_paper, picture_of
from ui.reader.page.cache import Wanted
from ui.reader.page.previews import Previews

KEEP_OPEN = 4  # documents that stay open in the engine: going back and forth costs nothing
KEEP_BYTES = 64 << 20  # of all of them; the one that is read is kept whatever its size


class Engine(Protocol):
    """What the renderer needs of ``reviewer.documents.outside.worker.Worker``."""

    def open(self, key: str, pdf: FileBytes) -> int:
        """Open a document and return its number of pages."""
        ...

    def open_in_pieces(self, key: str, pdf: FileBytes) -> int:
        """Do as ``open``, and read of it only what is drawn."""
        ...

    def render(self, key: str, page: int, width_px: int) -> Drawn:
        """Draw one page (from 1), ``width_px`` device pixels wide."""
        ...

    def forget(self, key: str) -> None:
        """Close a document."""
        ...

    def contents(self, key: str) -> Contents:
        """Return the outline of a document and the labels of its pages."""
        ...

    def picture(self, preview: bytes, across: int = 0) -> Drawn:
        """Return the pixels of a preview, fewer where so many ``across`` are enough."""
        ...


EngineMaker = Callable[[], AbstractContextManager[Engine]]


class Renderer(QObject):
    """Draws pages in a thread of its own; ``close`` before letting go."""

    ready = Signal(object, QImage)  # Wanted, the page
    described = Signal(str, object)  # document key, its Contents
    failed = Signal(str, int, str)  # document key, page (0: the whole document), sentence

    def __init__(self, engine: EngineMaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.previews = Previews(engine, self)
        self._gate = threading.Condition()
        self._queues: dict[str, list[Wanted]] = {}
        self._papers: OrderedDict[str, FileBytes] = OrderedDict()
        self._counts: dict[str, int] = {}  # pages of each
        self._known: set[str] = set()
        self._broken: set[str] = set()
        self._closing = False
        self._thread: threading.Thread | None = None

    def open(self, key: str, pdf: FileBytes, pages: int = 0) -> None:
        """Give the bytes of a document of so many pages (0: it is not known).

        They stay in memory while it is among the last few.
        """
        with self._gate:
            self._papers[key] = pdf
            self._counts[key] = pages
            self._papers.move_to_end(key)
            self._broken.discard(key)
            while len(self._papers) > KEEP_OPEN or (
                len(self._papers) > 1 and sum(map(_held, self._papers.values())) > KEEP_BYTES
            ):
                self._papers.popitem(last=False)
            self._gate.notify()

    def has(self, key: str) -> bool:
        """Whether the bytes of ``key`` are still here."""
        with self._gate:
            return key in self._papers

    def want(self, who: str, wanted: Sequence[Wanted]) -> None:
        """Say what ``who`` wants now, most urgent first; all that ``who`` wanted before is off.

        Names that sort lower are served first.
        """
        with self._gate:
            self._queues[who] = list(wanted)
            if self._thread is None and not self._closing and wanted:
                self._thread = threading.Thread(target=self._run, name="pages", daemon=True)
                self._thread.start()
            self._gate.notify()

    def describe(self, key: str) -> None:
        """Read the outline and the page labels of ``key``, after the pages: ``described``."""
        self.want("9 contents", [Wanted(key=key, page=0, width=0)] if key else ())

    def pending(self) -> int:
        """Return how many bitmaps still wait to be drawn: none of what cannot be opened."""
        with self._gate:
            wishes = [wanted for queue in self._queues.values() for wanted in queue]
            return sum(wanted.key not in self._broken for wanted in wishes)

    def close(self) -> None:
        """Stop the thread and the engine and let go of all bytes; waits for the page at hand.

        What is wanted afterwards starts them anew.
        """
        self.previews.close()
        with self._gate:
            self._closing = True
            self._queues.clear()
            self._papers.clear()
            self._counts.clear()
            self._gate.notify()
        if self._thread is not None:
            self._thread.join()
        with self._gate:
            self._thread, self._closing = None, False
            self._known.clear()
            self._broken.clear()

    def _run(self) -> None:
        try:
            with self._engine() as engine:
                while (job := self._next()) is not None:
                    self._draw(engine, *job)
        except ReviewerError as error:
            self._tell("", 0, str(error))

    def _next(self) -> tuple[Wanted, FileBytes] | None:
        with self._gate:
            while not self._closing:
                job = self._take()
                if job is not None:
                    return job
                self._gate.wait()
            return None

    def _take(self) -> tuple[Wanted, FileBytes] | None:
        for who in sorted(self._queues):
            queue = self._queues[who]
            for index, wanted in enumerate(queue):
                if wanted.key in self._papers and wanted.key not in self._broken:
                    del queue[index]
                    return wanted, self._papers[wanted.key]
        return None

    def _draw(self, engine: Engine, wanted: Wanted, pdf: FileBytes) -> None:
        try:
            self._make_known(engine, wanted.key, pdf)
        except ReviewerError as error:
            with self._gate:
                self._broken.add(wanted.key)
            self._tell(wanted.key, 0, str(error))
            return
        if not wanted.page:
            self._describe(engine, wanted.key)
            return
        try:
            drawn = engine.render(wanted.key, wanted.page, wanted.width)
        except ReviewerError as error:
            self._known.clear()  # the engine may have been killed and begun anew
            self._tell(wanted.key, wanted.page, str(error))
            return
        image = on_paper(picture_of(drawn), wanted.turn, wanted.paper)
        self._send(lambda: self.ready.emit(wanted, image))

    def _describe(self, engine: Engine, key: str) -> None:
        """Read what a document says of its own order: nothing, where that cannot be read."""
        try:
            contents = engine.contents(key)
        except ReviewerError:
            self._known.clear()  # the engine may have been killed and begun anew
            contents = Contents()
        self._send(lambda: self.described.emit(key, contents))

    def _make_known(self, engine: Engine, key: str, pdf: FileBytes) -> None:
        if key in self._known:
            return
        fewer = True
        if len(pdf) > WHOLE and (pages := self._counts.get(key, 0)):
            fewer = engine.open_in_pieces(key, pdf) < pages  # than there are: they are counted
        if fewer:
            engine.open(key, pdf)
        self._known.add(key)
        with self._gate:
            held = {key, *self._papers}  # it may have been let go of while it was opened
            gone = self._known - held
        for old in gone:
            engine.forget(old)
            self._known.discard(old)

    def _tell(self, key: str, page: int, sentence: str) -> None:
        self._send(lambda: self.failed.emit(key, page, sentence))

    def _send(self, emit: Callable[[], None]) -> None:
        """Tell the window; where it went meanwhile nobody wants a page, and the thread ends."""
        try:
            if not self._closing:
                emit()
        except RuntimeError:  # Qt has taken this object away; no slot runs in this thread
            self._closing = True


def _held(file: FileBytes) -> int:
    """Return how many bytes of a file are in memory."""
    return 0 if isinstance(file, LargeFile) else len(file)
