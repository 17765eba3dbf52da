"""What plays samples on each system: its own sound, without a library of ours.

Each takes 16-bit numbers in the order of this computer, and waits while it has enough of them.
"""

import ctypes
import queue
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

BUFFERED = 0.12  # seconds that a device has ahead


class NoSound(Exception):  # noqa: N818 - becomes a sentence in the window
    """This computer does not play anything now."""


class Device(Protocol):
    """One that plays; ``heard`` is how many frames came out of it so far."""

    heard: int

    def play(self, samples: bytes) -> None:
        """Play whole frames after those of before. Raises ``NoSound``."""
        ...

    def finish(self) -> None:
        """Wait until all of it was heard."""
        ...


class Alsa:
    """Linux: whatever the system's own sound is, by the library that all programs find there."""

    def __init__(self, rate: int, channels: int, library: Any = None) -> None:  # noqa: ANN401
        self.heard = self._written = 0
        self._frame = 2 * channels
        try:
            self._alsa = library or ctypes.CDLL("libasound.so.2")
        except OSError as error:
            raise NoSound from error
        self._alsa.snd_pcm_writei.restype = ctypes.c_long
        self._device = ctypes.c_void_p()
        if self._alsa.snd_pcm_open(ctypes.byref(self._device), b"default", 0, 0) < 0:
            raise NoSound
        # 16 bits, lower byte first; interleaved; let it be turned into what the device can
        ahead = round(BUFFERED * 1_000_000)
        if self._alsa.snd_pcm_set_params(self._device, 2, 3, channels, rate, 1, ahead) < 0:
            raise NoSound

    def play(self, samples: bytes) -> None:
        """Play them; after a gap in which nothing came the device is made ready again."""
        rest = samples
        while rest:
            done = self._alsa.snd_pcm_writei(
                self._device, rest, ctypes.c_ulong(len(rest) // self._frame)
            )
            if done < 0:
                if self._alsa.snd_pcm_recover(self._device, int(done), 1) < 0:
                    raise NoSound
                continue
            self._written += done
            rest = rest[done * self._frame :]
        ahead = ctypes.c_long()
        known = self._alsa.snd_pcm_delay(self._device, ctypes.byref(ahead)) >= 0
        self.heard = max(self.heard, self._written - (max(0, ahead.value) if known else 0))

    def finish(self) -> None:
        """Wait for the last of it."""
        self._alsa.snd_pcm_drain(self._device)
        self.heard = self._written


class _Wave(ctypes.Structure):
    _fields_ = (
        ("format", ctypes.c_uint16), ("channels", ctypes.c_uint16), ("rate", ctypes.c_uint32),
        ("bytes", ctypes.c_uint32), ("frame", ctypes.c_uint16), ("bits", ctypes.c_uint16),
        ("extra", ctypes.c_uint16),
    )  # fmt: skip


class _Header(ctypes.Structure):
    _fields_ = (
        ("data", ctypes.c_char_p), ("length", ctypes.c_uint32), ("recorded", ctypes.c_uint32),
        ("user", ctypes.c_size_t), ("flags", ctypes.c_uint32), ("loops", ctypes.c_uint32),
        ("next", ctypes.c_void_p), ("reserved", ctypes.c_size_t),
    )  # fmt: skip


_DONE = 1  # WHDR_DONE
_MAPPER = 0xFFFFFFFF  # WAVE_MAPPER: whatever the person chose, in whatever form it wants


class WaveOut:
    """Windows: waveOut, which every version of it has."""

    def __init__(self, rate: int, channels: int, library: Any = None) -> None:  # noqa: ANN401
        self.heard = 0
        self._frame = 2 * channels
        self._most = max(1, round(BUFFERED * rate)) * self._frame
        self._ahead: list[_Header] = []
        self._winmm = library or ctypes.WinDLL("winmm")  # type: ignore[attr-defined,unused-ignore]
        self._device = ctypes.c_void_p()
        wave = _Wave(1, channels, rate, rate * self._frame, self._frame, 16, 0)
        self._call("waveOutOpen", ctypes.byref(self._device), _MAPPER, ctypes.byref(wave), 0, 0, 0)

    def play(self, samples: bytes) -> None:
        """Hand them over; what was heard is let go of."""
        header = _Header(data=samples, length=len(samples))
        self._with("waveOutPrepareHeader", header)
        self._ahead.append(header)
        self._with("waveOutWrite", header)
        self._wait(self._most)

    def finish(self) -> None:
        """Wait until nothing is ahead."""
        self._wait(0)

    def _wait(self, most: int) -> None:
        """Wait until no more than ``most`` bytes are ahead."""
        while self._ahead:
            if self._ahead[0].flags & _DONE:
                done = self._ahead.pop(0)
                self._with("waveOutUnprepareHeader", done)
                self.heard += done.length // self._frame
            elif sum(one.length for one in self._ahead) > most:
                time.sleep(0.005)
            else:
                return

    def _with(self, name: str, header: _Header) -> None:
        self._call(name, self._device, ctypes.byref(header), ctypes.sizeof(header))

    def _call(self, name: str, *arguments: object) -> None:
        if getattr(self._winmm, name)(*arguments):
            raise NoSound


class _Stream(ctypes.Structure):
    _fields_ = (
        ("rate", ctypes.c_double), ("format", ctypes.c_uint32), ("flags", ctypes.c_uint32),
        ("packet", ctypes.c_uint32), ("frames", ctypes.c_uint32), ("frame", ctypes.c_uint32),
        ("channels", ctypes.c_uint32), ("bits", ctypes.c_uint32), ("reserved", ctypes.c_uint32),
    )  # fmt: skip


class _Buffer(ctypes.Structure):
    _fields_ = (
        ("capacity", ctypes.c_uint32), ("data", ctypes.c_void_p), ("length", ctypes.c_uint32),
        ("user", ctypes.c_void_p),
    )  # fmt: skip


_Filled = ctypes.POINTER(_Buffer)
_Emptied = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, _Filled)
_BUFFERS = 3
_PLAIN = 0x6C70636D  # 'lpcm'
_SIGNED_PACKED = 4 | 8


class AudioQueue:
    """macOS: an audio queue, which gives each buffer back once it was heard."""

    def __init__(self, rate: int, channels: int, library: Any = None) -> None:  # noqa: ANN401
        self.heard = 0
        self._frame = 2 * channels
        self._kit = library or ctypes.CDLL(
            "/System/Library/Frameworks/AudioToolbox.framework/AudioToolbox"
        )
        self._free: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._emptied = _Emptied(lambda _user, _queue, buffer: self._free.put(buffer))
        stream = _Stream(
            rate, _PLAIN, _SIGNED_PACKED, self._frame, 1, self._frame, channels, 16, 0
        )
        self._queue = ctypes.c_void_p()
        self._call(
            "AudioQueueNewOutput", ctypes.byref(stream), self._emptied, None, None, None, 0,
            ctypes.byref(self._queue),
        )  # fmt: skip
        self._room = max(1, round(rate * BUFFERED / _BUFFERS)) * self._frame
        for _ in range(_BUFFERS):
            buffer = _Filled()
            room = ctypes.c_uint32(self._room)
            self._call("AudioQueueAllocateBuffer", self._queue, room, ctypes.byref(buffer))
            self._free.put(buffer)
        self._lent = 0
        self._begun = False

    def play(self, samples: bytes) -> None:
        """Put them into buffers as these come back."""
        for begin in range(0, len(samples), self._room):
            part = samples[begin : begin + self._room]
            buffer = self._free.get()
            self.heard += buffer.contents.length // self._frame if self._lent >= _BUFFERS else 0
            ctypes.memmove(buffer.contents.data, part, len(part))
            buffer.contents.length = len(part)
            self._call("AudioQueueEnqueueBuffer", self._queue, buffer, 0, None)
            self._lent += 1
            if not self._begun:
                self._begun = True
                self._call("AudioQueueStart", self._queue, None)

    def finish(self) -> None:
        """Take all buffers back."""
        for _ in range(_BUFFERS):
            buffer = self._free.get()
            self.heard += buffer.contents.length // self._frame

    def _call(self, name: str, *arguments: object) -> None:
        if getattr(self._kit, name)(*arguments):
            raise NoSound


def open_device(rate: int, channels: int, platform: str = sys.platform) -> Device:
    """Return what plays on this system. Raises ``NoSound``."""
    kinds: dict[str, Callable[[int, int], Device]]
    kinds = {"linux": Alsa, "win32": WaveOut, "darwin": AudioQueue}
    try:
        return kinds[platform](rate, channels)
    except (KeyError, OSError, AttributeError) as error:
        raise NoSound from error
