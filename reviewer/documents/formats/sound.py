"""Recordings in the worker: how long, in which form, and how loud when; never what is said.

They are decoded to be measured, a piece at a time. What is said comes with a transcript.
"""

import io
import time
from dataclasses import dataclass

import numpy as np
import soundfile
from reportlab.lib.colors import HexColor

from reviewer.documents import limits
from reviewer.documents.formats import adts, mp4
from reviewer.documents.formats.typeset import Block, Drawn, Setter
from reviewer.documents.notes import UNHEARD
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean_line

_TAGS = ("title", "artist", "album", "date", "comment", "copyright", "software")
_PIECE = 1 << 18  # frames decoded at once
_BARS = 400  # of loudness in one row
_ROW_SECONDS = 600.0
_ROWS = 12
_HIGH, _APART, _SIDE = 34.0, 16.0, 68.0  # points
_WIDE = 459.0
_MOST_FRAMES = 1 << 36
_UNDECODED = (
    "Its sound cannot be decoded here (AAC), so its loudness is not drawn. Save the original to"
    " hear it."
)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was measured: ``peaks`` are from 0 to 1, each as long as the others."""

    seconds: float
    lines: list[str]
    peaks: list[float]
    measured: float  # seconds that the peaks stand for


@dataclass(frozen=True, kw_only=True, slots=True)
class Loudness(Drawn):
    """The loudness of a recording, a row for each part of it."""

    peaks: tuple[float, ...]
    seconds: float

    def draw(self, setter: Setter) -> None:
        """Draw a row for every ten minutes, or twelve rows for what is longer than two hours."""
        rows = max(1, min(_ROWS, -int(-self.seconds // _ROW_SECONDS)))
        count = -(-len(self.peaks) // rows)
        for row in range(rows):
            some = self.peaks[row * count : (row + 1) * count]
            begins = self.seconds * row / rows
            if setter.y - _HIGH - _APART < 80:
                setter.turn()
            self._row(setter, some, count, (begins, begins + self.seconds / rows))

    def _row(
        self, setter: Setter, peaks: tuple[float, ...], count: int, span: tuple[float, float]
    ) -> None:
        canvas = setter.canvas
        middle = setter.y - _HIGH / 2
        canvas.setStrokeColor(HexColor(0x1F4E79))
        step = _WIDE / count
        canvas.setLineWidth(max(0.3, step * 0.7))
        for at, peak in enumerate(peaks):
            x = _SIDE + (at + 0.5) * step
            half = max(0.25, peak * _HIGH / 2)
            canvas.line(x, middle - half, x, middle + half)
        canvas.setFont("sans", 7)
        below = setter.y - _HIGH - 8
        canvas.drawString(_SIDE, below, length(span[0]))
        canvas.drawRightString(_SIDE + _WIDE, below, length(span[1]))
        canvas.setStrokeColor(HexColor(0))
        setter.y -= _HIGH + _APART


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return what a recording is, and how loud when. Raises ``Refused``."""
    if mp4.is_mp4(untrusted):
        found = mp4.read(untrusted)
        lines = ["Kind: MPEG-4 sound (.m4a)", f"Length: {length(found.seconds)}"]
        lines += [f"{name}: {value}" for name, value in found.tags]
        return _page(lines, []), [UNHEARD, _UNDECODED]
    if adts.begins(untrusted):
        seconds, rest = adts.seconds(untrusted)
        lines = ["Kind: AAC sound (.aac)", f"Length: {length(seconds)}"]
        cut = [f"At its end {rest:,} bytes are no sound: it may be cut short."] if rest else []
        return _page(lines, []), [UNHEARD, _UNDECODED, *cut]
    heard = _hear(untrusted)
    notes = [UNHEARD]
    if heard.measured < heard.seconds * 0.99:
        notes.append(
            f"It is long: its loudness is drawn for the first {length(heard.measured)} of"
            f" {length(heard.seconds)}."
        )
    drawn: list[Block] = []
    if heard.peaks:
        drawn = [
            Block(text="Loudness", style="minor"),
            Loudness(text="", peaks=tuple(heard.peaks), seconds=heard.measured),
        ]
    return _page(heard.lines, drawn), notes


def length(seconds: float) -> str:
    """Return a time as hours, minutes and seconds.

    >>> length(3725.6), length(59.4)
    ('1:02:06', '0:00:59')
    """
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _page(lines: list[str], drawn: list[Block]) -> list[Block]:
    return [
        Block(text="Recording", style="title"),
        *(Block(text=line, style="header") for line in lines),
        *drawn,
    ]


def _hear(untrusted: bytes) -> _Heard:
    try:
        with soundfile.SoundFile(io.BytesIO(untrusted)) as sound:
            frames, rate = int(sound.frames), int(sound.samplerate)
            if rate <= 0 or not 0 <= frames < _MOST_FRAMES:
                raise Refused("sound-broken")
            lines = [
                f"Kind: {sound.format_info}, {sound.subtype_info}",
                f"Length: {length(frames / rate)}",
                f"Channels: {sound.channels}",
                f"Samples a second: {rate:,}",
            ]
            for tag in _TAGS:
                value = clean_line(str(getattr(sound, tag, "") or ""))[:500]
                if value:
                    lines.append(f"{tag.capitalize()}: {value}")
            peaks, measured = _peaks(sound, frames)
    except soundfile.SoundFileError as error:
        raise Refused("sound-broken") from error
    except (RuntimeError, ValueError, TypeError, OSError) as error:
        raise Refused("sound-broken") from error
    return _Heard(frames / rate, lines, peaks, measured / rate)


def _peaks(sound: soundfile.SoundFile, frames: int) -> tuple[list[float], int]:
    """Return the loudest moment of each part, and how many frames were measured."""
    rows = max(1, min(_ROWS, int(frames / max(1, sound.samplerate) / _ROW_SECONDS) + 1))
    each = max(1, frames // (_BARS * rows))
    peaks: list[float] = []
    held, filled, measured = 0.0, 0, 0
    latest = time.monotonic() + limits.LISTEN_SECONDS
    while time.monotonic() < latest:
        piece = sound.read(max(1, _PIECE // sound.channels), dtype="float32", always_2d=True)
        if not len(piece):
            break
        loud = np.nan_to_num(np.abs(piece).max(axis=1), nan=0.0, posinf=1.0)
        measured += len(loud)
        at = 0
        while at < len(loud):
            some = loud[at : at + each - filled]
            held, filled = max(held, float(some.max())), filled + len(some)
            at += len(some)
            if filled == each:
                peaks.append(min(1.0, held))
                held, filled = 0.0, 0
    if filled:
        peaks.append(min(1.0, held))
    return peaks[: 2 * _BARS * rows], measured
