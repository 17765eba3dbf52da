"""Text out of scanned pages: those that wait are drawn, read by a process a core, and kept.

Each page is one transaction. Stopped or cut off at any point, what was read is there and the rest
still waits; reading again begins where it stopped.
"""

import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, fields, replace

from reviewer.casebook.steps import Steps, shown_by
from reviewer.casebook.writer import now
from reviewer.documents.outside.recogniser import Recogniser, ScannedText
from reviewer.documents.outside.scanning import drawn_for_reading, without_typed
from reviewer.documents.outside.untrusted import Bitmap
from reviewer.documents.outside.worker import Worker
from reviewer.documents.reach import weakness
from reviewer.errors import DocumentError
from reviewer.progress import Progress
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.scans import PageReading, PageState, Quality, Scans, WaitingPage, quality_of

_KEY = "scan"
_LOOK = 0.2  # seconds between two looks whether the work was stopped
MakeRecogniser = Callable[[], Recogniser]


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanReport:
    """What was read now: pages by how well, in how many seconds, by what."""

    read: Scans
    seconds: float
    engine: str
    weakness: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drawn:
    page: WaitingPage
    picture: Bitmap
    dots: int


def processors() -> int:
    """Return how many scans may be read at a time here: one for each core that we may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def read_scans(
    steps: Steps,
    worker: Worker,
    progress: Progress,
    *,
    case: CaseId | None = None,
    at_once: int = 0,
    make: MakeRecogniser = Recogniser,
) -> ScanReport:
    """Read every page that waits (of one case), and return what came of it.

    ``at_once`` pages at a time, or as many as there are cores. Raises ``EngineError`` where
    nothing reads scans here, and ``Cancelled``: what was read by then is kept.
    """
    begun = time.monotonic()
    with contextlib.ExitStack() as ends:
        pool = _Pool(at_once or processors(), make)
        ends.callback(pool.close)
        work = _Work(steps, worker, progress, pool)
        work.read(case)
        return ScanReport(
            read=work.read_now,
            seconds=time.monotonic() - begun,
            engine=pool.engine,
            weakness=weakness(pool.reach),
        )


class _Pool:
    """So many processes that read, each used by one thread at a time."""

    def __init__(self, size: int, make: MakeRecogniser) -> None:
        self.size = size
        self._all = [make() for _ in range(size)]
        first = self._all[0]
        self.engine, self.reach = first.engine, first.reach
        self._free: queue.SimpleQueue[Recogniser] = queue.SimpleQueue()
        for one in self._all:
            self._free.put(one)
        self._stopped = threading.Event()
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="scans")

    def read(self, drawn: _Drawn) -> Future[ScannedText]:
        """Begin to read one page."""
        return self._threads.submit(self._read, drawn)

    def close(self) -> None:
        """End every read, also those under way."""
        self._stopped.set()
        for one in self._all:
            one.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for one in self._all:  # started again in between
            one.close()

    def _read(self, drawn: _Drawn) -> ScannedText:
        recogniser = self._free.get()
        try:
            if self._stopped.is_set():
                raise DocumentError("")
            return recogniser.read(drawn.picture, drawn.dots, drawn.page.number)
        finally:
            self._free.put(recogniser)


class _Work:
    """One run over what waits."""

    def __init__(self, steps: Steps, worker: Worker, progress: Progress, pool: _Pool) -> None:
        self._steps = steps
        self._worker = worker
        self._progress = progress
        self._pool = pool
        self._open: DocumentId | None = None
        self._under_way: dict[Future[ScannedText], WaitingPage] = {}
        self._done = 0
        self._total = 0
        self.read_now = Scans()

    def read(self, case: CaseId | None) -> None:
        """Read what waits, and what has come to wait meanwhile."""
        seen: set[tuple[DocumentId, int]] = set()
        while True:
            waiting = [
                page
                for page in self._steps(lambda book: book.scans.waiting(case=case))
                if (page.document, page.number) not in seen
            ]
            if not waiting:
                break
            seen |= {(page.document, page.number) for page in waiting}
            self._total += len(waiting)
            for drawn in self._drawn(waiting):
                self._under_way[self._pool.read(drawn)] = drawn.page
                while len(self._under_way) > self._pool.size:
                    self._take()
            while self._under_way:
                self._take()
        self._progress.step(self._done, self._total)

    def _drawn(self, waiting: list[WaitingPage]) -> Iterator[_Drawn]:
        for page in waiting:
            self._tell(page)
            try:
                yield self._draw(page)
            except DocumentError as error:
                self._keep(page, PageState.FAILED, reason=str(error))

    def _draw(self, page: WaitingPage) -> _Drawn:
        if self._open != page.document:
            self._open = None
            self._worker.open(_KEY, shown_by(self._steps, page.document))
            self._open = page.document
        text = self._steps(lambda book: book.documents.page(page.document, page.number))
        wide, dots = drawn_for_reading(text, self._worker.scan(_KEY, page.number))
        picture = without_typed(self._worker.render(_KEY, page.number, wide), text)
        return _Drawn(page=page, picture=picture, dots=dots)

    def _take(self) -> None:
        """Keep what has been read by now; look now and then whether the work was stopped."""
        done, _ = wait(self._under_way, timeout=_LOOK, return_when=FIRST_COMPLETED)
        for future in done:
            page = self._under_way.pop(future)
            try:
                found = future.result()
            except DocumentError as error:
                self._keep(page, PageState.FAILED, reason=str(error))
                continue
            state = PageState.READ if found.text else PageState.EMPTY
            self._keep(page, state, found)
        if self._under_way:
            self._tell(next(iter(self._under_way.values())))

    def _keep(
        self,
        page: WaitingPage,
        state: PageState,
        found: ScannedText | None = None,
        reason: str = "",
    ) -> None:
        quality = quality_of(found.sure) if found and found.text else Quality.UNKNOWN
        reading = PageReading(
            number=page.number,
            state=state,
            quality=quality,
            sure=found.sure if found and found.text else 0,
            turn=found.turn if found and found.text else 0,
            engine=self._pool.engine,
            at=now(),
            reason=reason,
        )
        text, boxes = (found.text, found.boxes) if found else ("", b"")
        kept = self._steps(lambda book: book.scans.keep(page.document, reading, text, boxes))
        self._done += 1
        if kept is not None:
            name = quality.value if state is PageState.READ else state.value
            had: int = getattr(self.read_now, name)
            self.read_now = replace(
                self.read_now, pages=self.read_now.pages + 1, **{name: had + 1}
            )

    def _tell(self, page: WaitingPage) -> None:
        what = f"{page.reference}: {page.title}, page {page.number}"
        self._progress.step(self._done, self._total, what)


def sum_of(counts: Iterable[Scans]) -> Scans:
    """Return the counts of several documents together."""
    every = list(counts)
    names = [field.name for field in fields(Scans)]
    return Scans(**{name: sum(getattr(one, name) for one in every) for name in names})
