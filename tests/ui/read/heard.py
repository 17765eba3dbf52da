"""A recording with its transcript in a case, and a loudspeaker that only counts."""

import hashlib
import io
import threading
from dataclasses import replace
from typing import ClassVar

import numpy as np
import soundfile

from reviewer.casebook.book import Casebook
from reviewer.documents.outside.worker import Worker
from reviewer.records.cases import Document, Origin
from reviewer.records.ids import DocumentId, new_id
from tests.ui.read.inquiry import PASSPHRASE

RATE = 8_000
SECONDS = 40
SRT = b"""1
00:00:02,000 --> 00:00:05,000
CALLER: He is on the floor.

2
00:00:10,000 --> 00:00:14,000
POLICE: Is he breathing?

3
00:00:30,000 --> 00:00:34,000
CALLER: He has stopped.
"""


def recording():
    """Return forty seconds, loud in the ten that begin at ten."""
    wave = np.zeros(RATE * SECONDS, "f4")
    wave[RATE * 10 : RATE * 20] = 0.6 * np.sin(np.arange(RATE * 10) / 6)
    out = io.BytesIO()
    soundfile.write(out, wave, RATE, format="WAV")
    return out.getvalue()


def give_recording(path, *, reference="2010-09", note="", srt=SRT, raw=None, name="call.wav"):
    """Add the recording, and its transcript below it; returns both."""
    made = []
    with Worker() as worker, Casebook.open(path, PASSPHRASE) as book:
        case = next(one for one in book.cases.all() if one.reference == reference)
        for title, file, data in (
            ("Recording of the 999 call", name, raw or recording()),
            ("Transcript of the 999 call", "call.srt", srt),
        ):
            if data is None:
                continue
            reading = worker.read(data, file)
            one = Document(
                id=DocumentId(new_id()),
                case=case.id,
                title=title,
                file_name=file,
                media=reading.media,
                sha256=hashlib.sha256(data).hexdigest(),
                size=len(data),
                page_count=len(reading.pages),
                content_note=note if not made else "",
            )
            if made:
                one = replace(one, origin=Origin(parent=made[0].id, place=1, path=file))
            book.documents.add(one, data, reading)
            made.append(one)
    return made


class Counting:
    """A loudspeaker that hears all at once, or (``slow``) waits until it is let go on."""

    made: ClassVar = []

    def __init__(self, rate, channels, *, slow=False):
        self.heard, self.samples = 0, b""
        self.frame = 2 * channels
        self.stopped = self.finished = False
        self._gate = threading.Event()
        if not slow:
            self._gate.set()
        Counting.made.append(self)

    def play(self, samples):
        self._gate.wait(10)
        self.samples += samples
        self.heard = len(self.samples) // self.frame

    def finish(self):
        self.finished = True

    def stop(self):
        self.stopped = True
        self._gate.set()

    def close(self):
        self.stop()
