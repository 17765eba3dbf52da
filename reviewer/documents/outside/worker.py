"""Our side of the worker process: what it may cost, and what of its answers is believed.

One ``Worker`` belongs to one thread. A worker that overruns, dies or lies is killed; the next
request starts another one, so that one bad document never spoils the next.
"""

import contextlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Any, Self

from reviewer.documents import limits, refusals
from reviewer.documents.counted import sentences
from reviewer.documents.grid import Grid
from reviewer.documents.media import KEPT, MEDIA
from reviewer.documents.outside import untrusted as checks
from reviewer.documents.outside.codebooks import Codebooks
from reviewer.documents.outside.hearing import Hearing
from reviewer.documents.outside.opening import Opening
from reviewer.documents.outside.previewing import Made, Previewing
from reviewer.documents.outside.running import Running
from reviewer.documents.outside.scanning import scanned
from reviewer.documents.outside.spawn import Shared, worker_command
from reviewer.documents.outside.unpacking import Unpacking, as_sent
from reviewer.documents.outside.untrusted import Bitmap, Lie, Pictured
from reviewer.documents.outside.untrusted_contents import contents
from reviewer.documents.outside.untrusted_grid import grids
from reviewer.documents.reach import Reach, unopened
from reviewer.errors import DocumentError, EngineError
from reviewer.progress import Progress, Quiet
from reviewer.records.cases import LedgerLine, PageText, Reading
from reviewer.records.contents import Contents
from reviewer.records.families import Inside
from reviewer.records.large import FileBytes, LargeFile
from reviewer.records.scans import PageReading

_IMAGE = b"/Subtype /Image"  # as it stands in a PDF that the worker set
_LABELS = -1  # in place of a page: its labels are asked for
_READING = "\0reading"  # a key that no caller uses


class Worker(Opening, Hearing, Previewing, Unpacking, Codebooks):
    """The worker process, started at the first request.

    With ``confined_only`` nothing is opened where the process can still reach what it should not:
    ``DocumentError`` is raised instead. ``passwords`` are tried on documents that are locked.
    """

    def __init__(
        self,
        command: list[str] | None = None,
        *,
        confined_only: bool = False,
        passwords: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._command = command or worker_command()
        self._passwords = list(passwords)
        self._confined_only = confined_only
        self._shared = Shared()
        self._process: Running | None = None
        self._abandoned = False
        self._reach: tuple[Reach, ...] = ()
        self._sent: set[str] = set()
        self._unlabelled: set[tuple[str, int]] = set()  # documents by key and size
        self._bad: dict[tuple[str, int], str] = {}  # pages that killed a worker are not retried

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and give its memory back."""
        self._stop()
        self._files.clear()
        self._shared.close()

    def abandon(self) -> None:
        """End the process from another thread, for good: what is asked afterwards is refused."""
        self._abandoned = True
        if (process := self._process) is not None:
            process.kill()

    def render(self, key: str, page: int, width_px: int) -> Bitmap:
        """Return a picture of ``page`` (from 1), ``width_px`` wide (less for a very tall page).

        Raises ``DocumentError`` where the page cannot be drawn within its time and memory.
        """
        width_px = max(1, min(width_px, limits.MAX_PIXELS))
        head = {"do": "render", "key": key, "page": page, "width": width_px}
        answer, body = self._page(key, page, head, 0 if self._shared.used else limits.SHARED)
        with self._believed(page):
            width, height, stride = checks.bitmap(answer)
            data = self._shared.copy(stride * height) if self._shared.used else body
            if len(data) != stride * height:
                raise Lie("pixels")
        return Bitmap(width=width, height=height, stride=stride, data=data)

    def text(self, key: str, page: int) -> PageText:
        """Return the text of ``page`` (from 1) with a box a character."""
        return self._text(key, page)[0]

    def _text(self, key: str, page: int) -> tuple[PageText, bool]:
        """Return the text of a page, and whether it takes long to draw."""
        most = limits.MAX_PAGE_CHARACTERS * 12
        answer, body = self._page(key, page, {"do": "text", "key": key, "page": page}, most)
        with self._believed(page):
            return checks.page_text(answer, body, page), checks.costly(answer)

    def scan(self, key: str, page: int) -> Pictured:
        """Return how much of ``page`` (from 1) is a picture, and how fine that is."""
        answer, _ = self._page(key, page, {"do": "scan", "key": key, "page": page}, 0)
        with self._believed(page):
            return checks.pictured(answer)

    def contents(self, key: str) -> Contents:
        """Return the outline and the page labels of a document, or raise ``DocumentError``.

        Labels that kill the process, or cost too much, are none; they are not asked for again.
        """
        found = self._contents(key, 0, {"do": "outline", "key": key})
        file = key, len(self._files[key])
        if file in self._unlabelled:
            return found
        try:
            named = self._contents(key, _LABELS, {"do": "outline", "key": key, "labels": True})
        except DocumentError:
            self._unlabelled.add(file)
            return found
        return replace(found, labels=named.labels)

    def _contents(self, key: str, page: int, head: Mapping[str, object]) -> Contents:
        answer, body = self._page(key, page, head, limits.MAX_TEXT)
        with self._believed():
            return contents(body, checks.whole(answer, "pages", 1, limits.MAX_PAGES))

    def forget(self, key: str) -> None:
        """Close what is open under ``key``; nothing happens where nothing is."""
        self._drop(key)
        if key in self._sent and self._process is not None:
            self._sent.discard(key)
            with contextlib.suppress(DocumentError):
                self._ask({"do": "forget", "key": key}, b"", limits.PAGE_SECONDS, 0)

    def read(
        self, untrusted: FileBytes, name: str, *, progress: Progress | None = None
    ) -> Reading:
        """Return what a document from outside says: pages, text, and a PDF to show in its place.

        ``name`` is its file name, a hint only. Raises ``DocumentError`` with a sentence that says
        why it cannot be shown and what to bring instead; ``Cancelled`` through ``progress``.
        """
        return self.read_whole(untrusted, name, progress=progress, whole=False)[0]

    def read_whole(
        self,
        untrusted: FileBytes,
        name: str,
        *,
        progress: Progress | None = None,
        whole: bool = True,
    ) -> tuple[Reading, Inside]:
        """Do as ``read``; take out the files that came with it and what is written on it too.

        Previews are made only here: ``read`` is to look at a file, not to keep it. Of a large
        file only what is asked for is sent, and what it holds is not counted.
        """
        progress = progress or Quiet()
        untrusted = as_sent(untrusted)
        self._files[_READING] = untrusted
        if isinstance(untrusted, LargeFile):
            self._in_pieces.add(_READING)
        given, sent = self._given(_READING, untrusted)
        head = {**given, "do": "prepare", "key": _READING, "name": name[-200:]}
        head["passwords"] = self._passwords
        prepare = partial(self._ask, head, sent, limits.DOCUMENT_SECONDS, limits.PREPARED)
        answer, body = prepare()
        with self._believed():
            media = checks.media(answer)
            rendition, opened = checks.prepared(answer, body, media, locked=self._passwords)
            count = checks.whole(answer, "pages", 1, limits.MAX_PAGES)
            picture = checks.whole(answer, "picture", 0, 1)
            notes = checks.notes(answer)
            named = checks.named(answer)
        self._sent.add(_READING)
        self._files[_READING] = rendition or untrusted
        try:
            inside = self._inside(_READING, prepare) if whole else Inside()
            made = Made(self, _READING)
            pages = self._pages(count, progress, made if whole else None)
            scans = scanned(pages, media, lambda page: self.scan(_READING, page))
        finally:
            self.forget(_READING)
        bare = bool(picture) or not any(page.text.strip() for page in pages)
        source = "none" if bare else "native"
        if media == MEDIA["pdf"]:
            opened = rendition  # it was locked
        read = opened or untrusted
        drawn = rendition.count(_IMAGE) if read is not rendition else 0
        ledger = self._count(read, media, pages, notes, named, drawn=drawn)
        notes = (*notes, *checks.wordless(pages, scans)) if source == "native" else notes
        reading = Reading(
            media=media,
            pages=pages,
            rendition=rendition,
            text_source=source,
            notes=(*notes, *(sentences(ledger) if isinstance(read, bytes) else ())),
            ledger=ledger or (),
            previews=made.previews,
            scans=tuple(PageReading(number=number) for number in scans),
            opened=opened,
        )
        return reading, inside

    def stand_in(self, title: str, lines: Sequence[str]) -> Reading:
        """Return a page with these words, for a file that is kept and cannot be shown."""
        head = {"do": "kept", "key": _READING, "title": title, "lines": list(lines)}
        answer, body = self._ask(head, b"", limits.DOCUMENT_SECONDS, limits.MAX_RENDITION)
        with self._believed():
            count = checks.whole(answer, "pages", 1, limits.MAX_PAGES)
            rendition = checks.rendition(body, KEPT)
        self._sent.add(_READING)
        self._files[_READING] = rendition
        try:
            pages = self._pages(count, Quiet())
        finally:
            self.forget(_READING)
        return Reading(media=KEPT, pages=pages, rendition=rendition)

    def _count(
        self,
        untrusted: FileBytes,
        media: str,
        pages: Sequence[PageText],
        notes: Sequence[str],
        named: Mapping[str, int],
        *,
        drawn: int,
    ) -> tuple[LedgerLine, ...] | None:
        """Return the ledger of what was read; None where it could not be made, or is too large.

        Whatever becomes of the count, the document is there: it was read before.
        """
        if isinstance(untrusted, LargeFile):
            return None
        texts = "\0".join(page.text for page in pages).encode("utf-8", "replace")
        head: dict[str, object] = {"do": "count", "media": media, "size": len(untrusted)}
        head |= {"notes": notes, "named": named, "drawn": drawn}
        try:
            answer, _ = self._ask(head, b"".join((untrusted, texts)), limits.COUNT_SECONDS, 0)
            with self._believed():
                return checks.ledger(answer)
        except DocumentError:
            return None

    def sheets(self, untrusted: bytes) -> list[Grid]:
        """Return the cells of every sheet of a spreadsheet, as text. Raises ``DocumentError``.

        A formula comes as its last result, never as what it would give now.
        """
        if len(untrusted) > limits.MAX_BYTES:
            raise refusals.refusal("large")
        _, body = self._ask({"do": "sheets"}, untrusted, limits.DOCUMENT_SECONDS, limits.MAX_TEXT)
        with self._believed():
            return grids(body)

    def privileges(self) -> dict[str, Any]:
        """Return what the worker says it still holds (for tests and for the about page)."""
        answer, _ = self._ask({"do": "report"}, b"", limits.PAGE_SECONDS, 0)
        return answer

    def probe(self) -> tuple[Reach, ...]:
        """Start the process where it is not, and return what it may still reach."""
        return self._alive().reach

    @property
    def reach(self) -> tuple[Reach, ...]:
        """What the process may still reach that it should not; nothing before it was started."""
        return self._reach

    @property
    def process_id(self) -> int | None:
        """The process at work now, or None."""
        return None if self._process is None else self._process.number

    def _pages(
        self, count: int, progress: Progress, made: Made | None = None
    ) -> tuple[PageText, ...]:
        """Return the text of every page; previews of those that take long to draw are made."""
        pages: list[PageText] = []
        total, latest = 0, time.monotonic() + limits.READ_SECONDS
        for number in range(1, count + 1):
            progress.step(number - 1, count, f"page {number} of {count}")
            page, costly = self._text(_READING, number)
            pages.append(page)
            if costly and made is not None:
                made.add(number)
            total += len(pages[-1].text)
            if total > limits.MAX_TEXT:
                raise refusals.refusal("text")
            if time.monotonic() > latest + (made.seconds if made else 0):
                raise refusals.refusal("time")
        return tuple(pages)

    def _page(
        self, key: str, page: int, head: Mapping[str, object], most: int
    ) -> tuple[dict[str, Any], bytes]:
        if (key, page) in self._bad:
            raise refusals.refusal(self._bad[key, page], page)
        if key not in self._files:
            raise EngineError("A page was asked for of a document that is not open.")
        failed = _PageFailed("page-crash")
        for _ in range(2):  # a worker that died idle is not the page's fault: try once more
            self._alive()
            if key not in self._sent:
                self._open(key, self._files[key])
            try:
                seconds = limits.LABELS_SECONDS if page == _LABELS else limits.PAGE_SECONDS
                return self._ask(head, b"", seconds, most, page)
            except _PageFailed as error:
                failed = error
                if failed.code != "page-crash":
                    break
        self._bad[key, page] = failed.code
        raise refusals.refusal(failed.code, page) from failed

    def _ask(
        self, head: Mapping[str, object], body: bytes, seconds: float, most: int, page: int = 0
    ) -> tuple[dict[str, Any], bytes]:
        """Send one request and return its answer; a refusal raises ``DocumentError``."""
        running = self._alive()
        prefix = "page-" if page else ""
        try:
            answer, blob = running.ask(head, body, seconds, most)
        except TimeoutError:
            raise self._failed(f"{prefix}time", page) from None
        except EOFError:
            raise self._failed(f"{prefix}crash", page) from None
        except Lie:
            raise self._failed("lies", page) from None
        except BaseException:  # a piece did not come, and it waits for one
            self._stop()
            raise
        code = answer.get("refused")
        if code is None:
            return answer, blob
        number = answer.get("page")
        if not isinstance(code, str) or type(number) is not int:
            raise self._failed("lies", page)
        raise refusals.refusal(code, page or max(0, min(number, limits.MAX_PAGES)))

    def _failed(self, code: str, page: int) -> Exception:
        self._stop()
        return _PageFailed(code) if page else refusals.refusal(code)

    @contextlib.contextmanager
    def _believed(self, page: int = 0) -> Any:  # noqa: ANN401 - a context manager of nothing
        try:
            yield
        except Lie as lie:
            self._stop()
            raise refusals.refusal("lies", page) from lie

    def _alive(self) -> Running:
        if self._process is not None and self._process.gone:
            self._stop()
        if self._process is None and not self._abandoned:
            self._process = Running(self._command, self._shared, self._piece)
            self._reach = self._process.reach
        if self._process is None or self._abandoned:
            self._stop()
            raise EngineError("A document was asked for that nobody waits for any more.")
        if self._confined_only and self._process.reach:
            raise DocumentError(unopened(self._process.reach))
        return self._process

    def _stop(self) -> None:
        self._sent.clear()
        if self._process is not None:
            self._process.stop()
            self._process = None


class _PageFailed(Exception):  # noqa: N818 - becomes a DocumentError one floor up
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
