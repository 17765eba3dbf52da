"""Recordings as documents: how long, how loud when; and their transcripts."""

import io

import numpy as np
import pytest
import soundfile

from reviewer.documents import limits
from reviewer.documents.formats import adts, sound, subtitles
from reviewer.documents.inside import sniff
from reviewer.documents.refusals import Refused
from tests.reviewer.documents.sounds import aac, m4a


def recording(wave, rate=8_000, how="WAV", **tags):
    out = io.BytesIO()
    with soundfile.SoundFile(out, "w", rate, wave.ndim, format=how) as file:
        for name, value in tags.items():
            setattr(file, name, value)
        file.write(wave)
    return out.getvalue()


def shown(raw):
    blocks, notes = sound.blocks(raw)
    return "\n".join(block.text for block in blocks), notes, blocks


def test_it_says_how_long_it_is_and_that_its_words_are_not_here():
    wave = np.zeros((8_000 * 75, 2), "float32")
    text, notes, _ = shown(recording(wave, title="Call 12", artist="Control room"))
    assert "Length: 0:01:15\nChannels: 2\nSamples a second: 8,000" in text
    assert "Title: Call 12\nArtist: Control room" in text
    assert "what is said in it is not on this page" in notes[0]


def test_its_loudness_is_drawn_where_it_is_loud():
    wave = np.zeros(80_000, "float32")
    wave[40_000:44_000] = 0.5
    blocks = shown(recording(wave))[2]
    (drawn,) = [one for one in blocks if isinstance(one, sound.Loudness)]
    loud = [at for at, peak in enumerate(drawn.peaks) if peak > 0.4]
    assert loud == list(range(200, 220))
    assert len(drawn.peaks) == 400


def test_a_recording_that_takes_too_long_says_how_far_it_was_measured(monkeypatch):
    monkeypatch.setattr(limits, "LISTEN_SECONDS", -1.0)
    _, notes, blocks = shown(recording(np.zeros(8_000, "float32")))
    assert "for the first 0:00:00 of 0:00:01" in notes[1]
    assert not any(isinstance(one, sound.Loudness) for one in blocks)


def test_the_same_recording_gives_the_same_page(worker):
    raw = recording(np.sin(np.arange(9_000) / 20).astype("float32"), how="FLAC")
    first, second = (worker.read(raw, "a.flac") for _ in range(2))
    assert first.rendition == second.rendition
    assert first.media == "audio/flac"
    assert "Recording" in first.pages[0].text


def test_mpeg_4_sound_says_its_length_and_that_it_is_not_decoded():
    text, notes, _ = shown(m4a(95_000, title="Interview"))
    assert "Length: 0:01:35" in text
    assert "Title: Interview" in text
    assert "cannot be decoded here" in notes[1]


@pytest.mark.parametrize("before", [b"", b"ID3\4\0\0\0\0\1\2" + bytes(130)])
def test_aac_without_a_container_says_its_length(before):
    data = before + aac(2_154) + aac(2_154, rate=7, blocks=2)
    assert sniff.kind(data, "a.bin") == "aac"
    text, notes, _ = shown(data)
    assert "Length: 0:04:10" in text
    assert "cannot be decoded here" in notes[1]
    assert len(notes) == 2


def test_aac_whose_end_is_missing_says_so():
    assert "At its end 60 bytes are no sound" in shown(aac(50) + aac(1)[:60])[1][2]


@pytest.mark.parametrize(
    "data",
    [
        aac(1)[:-1], aac(3, rate=13), aac(1, size=7)[:6], aac(1) + b"\xff\xf1 and words",
        b"ID3" + aac(1),
    ],
)  # fmt: skip
def test_what_only_begins_like_aac_is_none(data):
    assert not adts.begins(data)
    if not data.startswith(aac(1)):
        with pytest.raises(Refused, match="sound-broken"):
            adts.seconds(data)


def test_a_recording_with_pictures_is_refused_with_a_way_out():
    with pytest.raises(Refused, match="video"):
        sniff.kind(m4a(1_000, video=True), "a.mp4")


@pytest.mark.parametrize("raw", [b"RIFF\x10\0\0\0WAVEfmt ", b"fLaC", b"OggS", b".snd", b"ID3"])
def test_a_broken_recording_is_refused(raw):
    with pytest.raises(Refused, match="sound-broken"):
        sound.blocks(raw)


SRT = b"""\xef\xbb\xbf1\r
00:00:01,000 --> 00:00:03,500\r
<i>Police,</i> which service &amp; where?\r
2010\r
\r
2\r
00:01:02,000 --> 00:01:04,000 X1:40\r
He is on the bridge.\r
"""
VTT = b"""WEBVTT - Call 12

NOTE kept by the control room

cue-1
00:01.000 --> 00:03.500 align:start
<v Operator>Which <c.loud>service</c>?
"""


def said(raw):
    blocks, _ = subtitles.blocks(raw)
    return [block.text for block in blocks[1:]]


def test_a_transcript_has_its_times_before_its_words():
    assert sniff.kind(SRT, "a.txt") == "srt"
    assert said(SRT) == [
        "00:00:01 - 00:00:03",
        "Police, which service & where?",
        "2010",
        "00:01:02 - 00:01:04",
        "He is on the bridge.",
    ]


def test_a_transcript_names_who_speaks_and_loses_no_line():
    assert sniff.kind(VTT, "a.txt") == "vtt"
    assert said(VTT) == [
        "WEBVTT - Call 12",
        "NOTE kept by the control room",
        "cue-1",
        "00:00:01 - 00:00:03",
        "Operator: Which service?",
    ]
