"""Our side of the process that reads scans: what it may cost, and what of its answers is believed.

One ``Recogniser`` belongs to one thread. A process that overruns, dies or lies is killed; the
next page starts another one. It is given pixels that the worker drew, and is believed for text
and boxes only.
"""

import re
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from reviewer.documents import limits, refusals
from reviewer.documents.frames import pack
from reviewer.documents.outside import untrusted as checks
from reviewer.documents.outside.channel import Channel
from reviewer.documents.outside.engine import Engine, find_engine, no_engine
from reviewer.documents.outside.running import received
from reviewer.documents.outside.spawn import end, start, worker_command
from reviewer.documents.outside.untrusted import Bitmap, Lie
from reviewer.documents.outside.windows_job import Job
from reviewer.documents.reach import Reach, unopened
from reviewer.errors import DocumentError, EngineError

_ENGINE = re.compile(r"Tesseract [0-9.]{1,20}")
_TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannedText:
    """What a scanned page says; boxes as ``PageText`` packs them, ``sure`` 0 to 100.

    Turned clockwise by ``turn`` degrees its lines are level.
    """

    text: str
    boxes: bytes
    sure: int
    turn: int


class Recogniser:
    """The process that reads scans, started at the first page.

    With ``confined_only`` nothing is read where the process can still reach what it should not.
    """

    def __init__(
        self,
        engine: Engine | None = None,
        *,
        command: list[str] | None = None,
        confined_only: bool = False,
    ) -> None:
        self._engine = engine
        self._command = command
        self._confined_only = confined_only
        self._running: _Running | None = None

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
        """End the process; called from another thread this ends a read that is under way."""
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    @property
    def engine(self) -> str:
        """Which program reads; it is started where it is not. Raises ``EngineError``."""
        return self._alive().engine

    @property
    def reach(self) -> tuple[Reach, ...]:
        """What the process may still reach that it should not."""
        return self._alive().reach

    @property
    def process_id(self) -> int | None:
        """The process at work now, or None."""
        return None if self._running is None else self._running.number

    def read(self, page: Bitmap, dots: int, number: int = 0) -> ScannedText:
        """Return what is written on a page as drawn, ``dots`` an inch.

        Raises ``DocumentError`` where it could not be read in its time and memory, ``EngineError``
        where there is nothing that reads scans.
        """
        running = self._alive()
        head = {"width": page.width, "height": page.height, "dots": dots}
        try:
            answer, body = running.ask(head, page.data)
            if answer.get("refused") == "memory":
                raise refusals.refusal("scan-memory", number)
            return _text(answer, body)
        except TimeoutError:
            code = "scan-time"
        except EOFError:
            code = "scan-crash"
        except Lie:
            code = "scan-lies"
        self.close()
        raise refusals.refusal(code, number)

    def _alive(self) -> "_Running":
        if self._running is not None and self._running.gone:
            self.close()
        if self._running is None:
            self._running = _Running(self._asked())
        if self._confined_only and self._running.reach:
            raise DocumentError(unopened(self._running.reach))
        return self._running

    def _asked(self) -> list[str]:
        if self._command is not None:
            return self._command
        engine = self._engine or find_engine()
        if engine is None:
            raise EngineError(no_engine())
        return [*worker_command("--recogniser"), *engine.arguments]


class _Running:
    """One process, from its start to its end."""

    def __init__(self, command: list[str]) -> None:
        self._process = start(command, kind=limits.RECOGNISING)
        self._job = Job(self._process, processes=2)
        self._channel = Channel(self._process)
        self.number = self._process.pid
        self.reach: tuple[Reach, ...] = tuple(Reach)
        self.engine = ""
        try:
            answer, _ = received(self._channel, time.monotonic() + limits.START_SECONDS, 0)
            if answer.get("ready") is True:
                self.reach = checks.reach(answer)
                told = answer.get("engine")
                self.engine = told if isinstance(told, str) and _ENGINE.fullmatch(told) else ""
        except (TimeoutError, EOFError, Lie):
            self.engine = ""
        if not self.engine:
            self.stop()
            raise EngineError(no_engine())

    @property
    def gone(self) -> bool:
        return self._process.poll() is not None

    def ask(self, head: dict[str, int], pixels: bytes) -> tuple[dict[str, Any], bytes]:
        """Send one page and return the answer; raises TimeoutError, EOFError or Lie."""
        deadline = time.monotonic() + limits.SCAN_SECONDS
        self._channel.send(pack(head, len(pixels)), deadline)
        self._channel.send(pixels, deadline)
        return received(self._channel, deadline, limits.MAX_PAGE_CHARACTERS * 12)

    def stop(self) -> None:
        end(self._process)
        self._job.close()


def _text(untrusted: dict[str, Any], body: bytes) -> ScannedText:
    """Return the text of a page and its boxes, having looked at both. Raises ``Lie``."""
    text, boxes = checks.boxed(untrusted, body)
    turn = checks.whole(untrusted, "turn", 0, 270)
    if turn not in _TURNS:
        raise Lie("turn")
    sure = checks.whole(untrusted, "sure", 0, 100)
    return ScannedText(text=text, boxes=boxes, sure=sure, turn=turn)
