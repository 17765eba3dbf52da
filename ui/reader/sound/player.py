"""One thread that plays a recording: decoded by the worker, heard by a process of its own.

Nothing here waits for it: what is wanted is said, what happens is told by signals.
"""

import contextlib
import threading
from bisect import bisect_right
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal

from reviewer.computer.speaking.devices import NoSound
from reviewer.documents.outside.hearing import Sound
from reviewer.errors import ReviewerError
from reviewer.messages import say
from reviewer.records.large import FileBytes

BARS = 1_200  # of the whole wave
_STEP = 5.0  # seconds of it that are drawn at once: what is heard meanwhile lies ahead


class Decoder(Protocol):
    """What the player needs of ``reviewer.documents.outside.worker.Worker``."""

    def listen(self, key: str, recording: FileBytes) -> Sound:
        """Open a recording."""
        ...

    def samples(self, key: str, at: int, speed: float = 1.0) -> tuple[int, bytes]:
        """Return a little of it, and the frame that it goes on from."""
        ...

    def loudness(self, key: str, begin: int, count: int, bars: int) -> bytes:
        """Return how loud each part of it is."""
        ...

    def abandon(self) -> None:
        """End what decodes, from another thread."""
        ...


class Speaks(Protocol):
    """What plays: ``reviewer.computer.speaking.speaker.Speaker``."""

    heard: int

    def play(self, samples: bytes) -> None:
        """Play samples after those of before."""
        ...

    def finish(self) -> None:
        """Wait until all of it was heard."""
        ...

    def stop(self) -> None:
        """Be silent now."""
        ...

    def close(self) -> None:
        """Be silent and let go of all of it."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Playing:
    """What is to be heard: from ``at`` on, at ``speed``; ``loop`` again and again. In seconds."""

    at: float
    speed: float = 1.0
    loop: tuple[float, float] | None = None


class _Task(NamedTuple):
    """What is played: ``turn`` is the number of the wish."""

    key: str
    sound: Sound
    wanted: Playing
    turn: int


class _Run:
    """What one thread plays, from ``open`` to ``close``; the next thread has its own."""

    def __init__(self) -> None:
        self.decoder: Decoder | None = None
        self.speaker: Speaks | None = None
        self.sound: Sound | None = None
        self.drawn = 0  # frames whose loudness is known
        self.over = False  # nobody waits for it any more

    @property
    def undrawn(self) -> bool:
        """Whether something of its wave is still to be drawn."""
        return self.sound is not None and self.drawn < self.sound.frames


class _Heard:
    """Which frame of the recording is heard, by how many have come out of the computer."""

    def __init__(self) -> None:
        self._out, self._in = [0], [0]
        self._rates = [0.0]

    def add(self, begin: int, end: int, made: int) -> None:
        """Say that so many frames were ``made`` of those from ``begin`` to ``end``."""
        self._in[-1] = begin
        self._rates[-1] = (end - begin) / made if made else 0.0
        self._out.append(self._out[-1] + made)
        self._in.append(end)
        self._rates.append(0.0)

    def frame(self, heard: int) -> float:
        """Return the frame of the recording that is heard after ``heard`` frames."""
        at = max(0, bisect_right(self._out, heard) - 1)
        return self._in[at] + (heard - self._out[at]) * self._rates[at]


class Player(QObject):
    """Plays one recording at a time; ``close`` before letting go."""

    opened = Signal(str, object)  # key, its Sound
    drawn = Signal(str, int, bytes)  # key, the first bar, bars from 0 to 255
    moved = Signal(str, float)  # key, seconds
    ended = Signal(str)  # it was heard to its end
    silent = Signal(str)  # nothing can be heard here, in a sentence
    failed = Signal(str, str)  # key, sentence

    def __init__(
        self,
        decoder: Callable[[], AbstractContextManager[Decoder]],
        speaker: Callable[[int, int], Speaks],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._decoder, self._new_speaker = decoder, speaker
        self._gate = threading.Condition()
        self._run: _Run | None = None  # of the thread that serves
        self._key = ""
        self._recording: FileBytes | None = None  # not opened yet
        self._wanted: Playing | None = None
        self._turn = 0  # grows with all that is wanted anew

    def open(self, key: str, recording: FileBytes) -> None:
        """Open a recording; nothing is heard until ``play``."""
        with self._gate:
            self._want(None)
            self._key, self._recording = key, recording
            if self._run is None:
                self._run = _Run()
                threading.Thread(target=self._serve, args=(self._run,), daemon=True).start()
            self._run.sound = None
            self._gate.notify()

    def play(self, wanted: Playing) -> None:
        """Let something be heard instead of what is heard now."""
        with self._gate:
            if self._key:
                self._want(wanted)
                self._gate.notify()

    def pause(self) -> None:
        """Be silent now."""
        with self._gate:
            self._want(None)

    def close(self) -> None:
        """Be silent, let go of the recording, end its processes; the thread ends by itself."""
        with self._gate:
            self._want(None)
            run, self._run = self._run, None
            self._key, self._recording = "", None
            if run is not None:
                run.over = True
                if run.decoder is not None:
                    run.decoder.abandon()
            self._gate.notify_all()

    # ------------------------------------------------------------ the thread

    def _want(self, wanted: Playing | None) -> None:
        self._wanted, self._turn = wanted, self._turn + 1
        if self._run is not None and self._run.speaker is not None:
            self._run.speaker.stop()

    def _serve(self, run: _Run) -> None:
        try:
            with self._decoder() as decoder:
                run.decoder = decoder
                while self._once(decoder, run):
                    pass
        except ReviewerError as error:  # the process itself did not start
            sentence = str(error)
            self._emit(run, lambda: self.failed.emit(self._key, sentence))

    def _once(self, decoder: Decoder, run: _Run) -> bool:
        """Do what is most urgent; return whether to go on."""
        with self._gate:
            while not run.over and not self._wanting(run):
                self._gate.wait()
            if run.over:
                return False
            key, recording, self._recording = self._key, self._recording, None
            wanted, turn = self._wanted, self._turn
        try:
            if recording is not None:
                self._listen(decoder, run, key, recording)
            elif wanted is not None:
                self._play(decoder, run, key, wanted, turn)
            else:
                self._draw(decoder, run, key)
        except ReviewerError as error:
            sentence = str(error)
            self._let_be(turn)
            run.drawn = run.sound.frames if run.sound is not None else 0
            self._emit(run, lambda: self.failed.emit(key, sentence))
        return True

    def _listen(self, decoder: Decoder, run: _Run, key: str, recording: FileBytes) -> None:
        sound = decoder.listen(key, recording)
        with self._gate:
            if run.over or key != self._key:  # another one is open by now
                return
            run.sound, run.drawn = sound, 0
        self._emit(run, lambda: self.opened.emit(key, sound))

    def _wanting(self, run: _Run) -> bool:
        return bool(self._recording is not None or self._wanted or run.undrawn)

    def _draw(self, decoder: Decoder, run: _Run, key: str) -> None:
        """Draw the next part of the wave: whole bars, about ``_STEP`` seconds."""
        sound = run.sound
        if sound is None or not run.undrawn:
            return
        first = round(run.drawn / sound.frames * BARS)
        some = max(1, round(_STEP / max(sound.seconds, 1e-9) * BARS))
        last = min(BARS, first + some)
        begin, end = (sound.frames * bar // BARS for bar in (first, last))
        bars = decoder.loudness(key, begin, max(1, end - begin), last - first)
        with self._gate:
            if sound is not run.sound:
                return
            run.drawn = end if last < BARS else sound.frames
        self._emit(run, lambda: self.drawn.emit(key, first, bars))

    def _play(self, decoder: Decoder, run: _Run, key: str, wanted: Playing, turn: int) -> None:
        sound = run.sound
        if sound is None:
            self._let_be(turn)
            return
        try:
            speaker = self._new_speaker(sound.heard_rate, sound.channels)
        except NoSound:
            self._say_silent(run, turn)
            return
        with self._gate:
            run.speaker = speaker
        gone = False
        try:
            self._stream(decoder, _Task(key, sound, wanted, turn), run, speaker)
        except NoSound:
            gone = turn == self._turn
        finally:
            with self._gate:
                run.speaker = None
            speaker.close()
        if gone:
            self._say_silent(run, turn)

    def _stream(self, decoder: Decoder, task: _Task, run: _Run, speaker: Speaks) -> None:
        """Hand on what is decoded until it ends or another thing is wanted."""
        key, sound, wanted = task.key, task.sound, task.wanted
        heard, frame = _Heard(), 2 * sound.channels
        loop = wanted.loop or (0.0, 0.0)
        first, last = (round(seconds * sound.rate) for seconds in loop)
        at = min(round(wanted.at * sound.rate), sound.frames)
        while task.turn == self._turn:
            onward, body = decoder.samples(key, at, wanted.speed)
            if onward == at and at <= first:  # nothing to go round in
                last = 0
            if onward == at and not last:
                speaker.finish()
                self._tell(run, key, sound.frames / sound.rate)
                self._let_be(task.turn)
                self._emit(run, lambda: self.ended.emit(key))
                return
            heard.add(at, onward, len(body) // frame)
            if body:
                speaker.play(body)
            at = first if last and (onward >= last or onward == at) else onward
            self._tell(run, key, heard.frame(speaker.heard) / sound.rate)
            if sound.seconds <= BARS * _STEP:  # else a bar takes longer than what lies ahead
                self._draw(decoder, run, key)

    def _tell(self, run: _Run, key: str, seconds: float) -> None:
        self._emit(run, lambda: self.moved.emit(key, seconds))

    def _let_be(self, turn: int) -> None:
        with self._gate:
            if turn == self._turn:
                self._wanted = None

    def _say_silent(self, run: _Run, turn: int) -> None:
        self._let_be(turn)
        sentence = say(
            "This computer plays no sound now. Look whether a loudspeaker or headphones are"
            " connected and turned on, then press Play again. The wave, the transcript and the"
            " marks work without."
        )
        self._emit(run, lambda: self.silent.emit(sentence))

    def _emit(self, run: _Run, emit: Callable[[], None]) -> None:
        """Tell the window, unless it went or asked for something else meanwhile."""
        with contextlib.suppress(RuntimeError):
            if not run.over:
                emit()
