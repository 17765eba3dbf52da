"""The process that plays: samples come in, and how many were heard goes out.

Started as ``reviewer --speaker RATE CHANNELS``. It gets no key, no casebook and no file: what it
plays comes over a pipe, and stopping is ending it. A fault of the system's sound ends only it.
"""

import contextlib
import sys
from collections.abc import Callable
from typing import BinaryIO

from reviewer.computer.hardening import harden
from reviewer.computer.speaking.devices import Device, NoSound, open_device

SILENT = 3  # how it ends where there is no sound
BYTES = 8  # of each number of frames that goes out
_PART = 0.04  # seconds


def main(arguments: list[str], open_: Callable[[int, int], Device] = open_device) -> int:
    """Play what comes in until it ends; ``arguments`` is what follows ``--speaker``."""
    harden()
    rate, channels = int(arguments[0]), int(arguments[1])
    with contextlib.suppress(BrokenPipeError):
        try:
            device = open_(rate, channels)
            speak(device, rate, 2 * channels, sys.stdin.buffer, sys.stdout.buffer)
        except NoSound:
            return SILENT
    return 0


def speak(device: Device, rate: int, frame: int, samples: BinaryIO, answers: BinaryIO) -> None:
    """Play ``samples`` of ``frame`` bytes and answer with how many were heard by now."""
    size = max(1, round(rate * _PART)) * frame
    while part := samples.read(size):
        device.play(part[: len(part) // frame * frame])
        _tell(answers, device.heard)
    device.finish()
    _tell(answers, device.heard)


def _tell(answers: BinaryIO, heard: int) -> None:
    answers.write(heard.to_bytes(BYTES, "big"))
    answers.flush()
