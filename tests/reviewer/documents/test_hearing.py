"""Recordings while they are heard: decoded in the worker, a piece at a time."""

import io
import os
import signal

import numpy as np
import pytest
import soundfile

from reviewer.documents import limits
from reviewer.documents.inside import hearing
from reviewer.documents.inside.pace import Pace
from reviewer.documents.outside.hearing import Sound
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import Refused
from reviewer.errors import DocumentError, EngineError
from tests.reviewer.documents.sounds import aac, m4a

RATE = 8_000


def tone(seconds, pitch=440, rate=RATE):
    return (0.5 * np.sin(np.arange(round(seconds * rate)) * 2 * np.pi * pitch / rate)).astype("f4")


def recording(wave, rate=RATE, how="WAV"):
    out = io.BytesIO()
    with soundfile.SoundFile(
        out, "w", rate, 1 if wave.ndim == 1 else wave.shape[1], format=how
    ) as file:
        file.write(wave)
    return out.getvalue()


def heard(raw):
    return hearing.Heard(lambda: io.BytesIO(raw))


def played(sound, speed=1.0, at=0):
    """Return all that is heard from a frame on, as numbers from -1 to 1."""
    parts = []
    while True:
        onward, body = sound(at, speed)
        parts.append(np.frombuffer(body, "<i2").astype("f4") / 32767)
        if onward == at:
            return np.concatenate(parts)
        at = onward


def pitch_of(wave, rate=RATE):
    return np.argmax(np.abs(np.fft.rfft(wave))) * rate / len(wave)


@pytest.mark.parametrize("how", ["WAV", "FLAC", "OGG", "MP3", "AIFF", "AU"])
def test_what_is_heard_is_what_was_recorded(worker, how):
    wave = tone(3)
    sound = worker.listen("one", recording(wave, how=how))
    assert (sound.heard_rate, sound.channels) == (RATE, 1)
    assert sound.seconds == pytest.approx(3, abs=0.1)
    got = played(lambda at, speed: worker.samples("one", at, speed))
    assert len(got) == sound.frames
    assert pitch_of(got) == pytest.approx(440, abs=2)
    assert np.abs(got).max() == pytest.approx(0.5, abs=0.1)


def test_it_begins_where_it_is_asked_to(worker):
    wave = np.concatenate([np.zeros(RATE, "f4"), tone(1)])
    worker.listen("one", recording(wave))
    _, body = worker.samples("one", RATE, 1.0)
    assert np.frombuffer(body, "<i2")[100:300].max() > 10_000
    _, body = worker.samples("one", 0, 1.0)
    assert not np.frombuffer(body, "<i2").any()


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.5, 2.0])
def test_faster_and_slower_it_is_as_high_as_it_was_spoken(speed):
    wave = tone(4, 300)
    got = played(heard(recording(wave)).samples, speed)
    assert len(got) / RATE == pytest.approx(4 / speed, abs=0.2)
    assert pitch_of(got) == pytest.approx(300, abs=3)
    middle = np.abs(got[RATE // 2 : -RATE // 2])
    assert middle.reshape(-1)[: len(middle) // 80 * 80].reshape(-1, 80).max(axis=1).min() > 0.4


def test_one_piece_or_many_are_heard_alike():
    wave = np.random.default_rng(4).normal(0, 0.1, (RATE, 2)).astype("f4")
    whole = Pace(1.5, RATE).feed(wave)
    pace = Pace(1.5, RATE)
    some = np.concatenate([pace.feed(part) for part in np.array_split(wave, 37)])
    assert np.allclose(whole[: len(some)], some, atol=1e-6)
    assert abs(len(whole) - len(some)) < 400


def test_two_channels_stay_apart_and_more_become_one():
    left = np.stack([tone(1), np.zeros(RATE, "f4")], axis=1)
    sound = heard(recording(left))
    assert sound.channels == 2
    got = np.frombuffer(sound.samples(0, 1.0)[1], "<i2").reshape(-1, 2)
    assert got[:, 0].any()
    assert not got[:, 1].any()
    many = heard(recording(np.stack([tone(1)] * 4, axis=1)))
    assert many.channels == 1
    assert len(many.samples(0, 1.0)[1]) == 2 * RATE // 4


def test_what_nobody_hears_is_not_played():
    fine = heard(recording(tone(1, rate=192_000), rate=192_000))
    assert fine.heard_rate == 48_000
    got = played(fine.samples)
    assert len(got) == 48_000
    assert pitch_of(got, 48_000) == pytest.approx(440, abs=2)


def test_its_loudness_says_where_it_is_loud(worker):
    wave = np.zeros(RATE * 10, "f4")
    wave[RATE * 4 : RATE * 5] = 0.5
    worker.listen("one", recording(wave))
    bars = worker.loudness("one", 0, len(wave), 100)
    assert [at for at, bar in enumerate(bars) if bar > 100] == list(range(40, 50))
    assert max(worker.loudness("one", RATE * 4, RATE, 10)) == 127
    assert worker.loudness("one", len(wave), RATE, 4) == bytes(4)


def test_drawing_its_loudness_does_not_move_what_is_heard():
    wave = tone(2)
    sound = heard(recording(wave, how="MP3"))
    onward, first = sound.samples(0, 1.0)
    sound.loudness(RATE, RATE, 10)
    _, second = sound.samples(onward, 1.0)
    again = heard(recording(wave, how="MP3"))
    assert again.samples(0, 1.0)[1] + again.samples(onward, 1.0)[1] == first + second


def test_numbers_that_are_none_are_silence_or_full():
    raw = io.BytesIO()
    with soundfile.SoundFile(raw, "w", RATE, 1, subtype="FLOAT", format="WAV") as file:
        file.write(np.array([np.nan, np.inf, -np.inf, 9.0], "f4"))
    got = np.frombuffer(heard(raw.getvalue()).samples(0, 1.0)[1], "<i2")
    assert list(got) == [0, 32767, -32767, 32767]
    assert heard(raw.getvalue()).loudness(0, 4, 1) == b"\xff"


@pytest.mark.parametrize("raw", [m4a(5_000), aac(20)], ids=["m4a", "aac"])
def test_aac_says_what_to_do(worker, raw):
    with pytest.raises(DocumentError, match="Save the original"):
        worker.listen("one", raw)


@pytest.mark.parametrize(
    "raw", [b"", b"RIFF" + bytes(60), b"\xff\xfb" * 400], ids=["empty", "riff", "frames"]
)
def test_what_is_no_recording_is_refused(worker, raw):
    with pytest.raises(DocumentError):
        worker.listen("one", raw)


def test_one_cut_short_is_heard_as_far_as_it_goes(worker):
    raw = recording(tone(4), how="FLAC")
    worker.listen("one", raw[: len(raw) // 2])
    with pytest.raises(DocumentError, match="damaged"):
        played(lambda at, speed: worker.samples("one", at, speed))
    assert worker.samples("one", 0, 1.0)[1]  # where it is whole


@pytest.mark.parametrize(
    ("what", "most"), [("MAX_RATE", 100), ("MAX_FRAMES", 10), ("MAX_CHANNELS", 0)]
)
def test_more_than_a_recording_has_is_refused(monkeypatch, what, most):
    monkeypatch.setattr(limits, what, most)
    with pytest.raises(Refused):
        heard(recording(tone(1)))


def test_a_process_that_ended_opens_it_again(worker):
    worker.listen("one", recording(tone(2)))
    first = worker.samples("one", 0, 1.0)
    os.kill(worker.process_id, signal.SIGKILL)
    worker._process._process.wait()
    assert worker.samples("one", 0, 1.0) == first


def test_one_that_is_forgotten_is_closed(worker):
    worker.listen("one", recording(tone(1)))
    worker.forget("one")
    with pytest.raises(EngineError, match="not open"):
        worker.samples("one", 0, 1.0)


def test_a_long_recording_is_sent_only_as_far_as_it_is_heard(monkeypatch):
    raw = recording(tone(600))
    asked = []
    with Worker() as alone:
        piece = alone._piece
        monkeypatch.setattr(alone, "_piece", lambda head: asked.append(1) or piece(head))
        alone.listen("one", raw)
        alone.samples("one", RATE * 300, 1.0)
    assert 0 < len(asked) * limits.PIECE < len(raw) / 10


@pytest.mark.parametrize(
    ("head", "body"),
    [({"next": -1}, b""), ({"next": 5}, b"x"), ({"next": True}, b"xx"), ({}, b"xx")],
    ids=["back", "half", "truth", "nothing"],
)
def test_a_process_that_lies_is_not_believed(worker, monkeypatch, head, body):
    worker.listen("one", recording(tone(1)))
    monkeypatch.setattr(worker, "_ask", lambda *_: (head, body))
    with pytest.raises(DocumentError):
        worker.samples("one", 0, 1.0)


def test_too_few_bars_are_not_believed(worker, monkeypatch):
    worker.listen("one", recording(tone(1)))
    monkeypatch.setattr(worker, "_ask", lambda *_: ({}, b"123"))
    with pytest.raises(DocumentError):
        worker.loudness("one", 0, RATE, 4)


def test_one_that_is_too_large_is_not_opened(worker, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    with pytest.raises(DocumentError):
        worker.listen("one", recording(tone(1)))


def test_a_recording_says_how_long_it_is():
    assert Sound(rate=8, frames=20, heard_rate=8, channels=1).seconds == 2.5
