"""Transcripts with times (.srt, .vtt) in the worker: who says what, and when."""

import html
import re

from reviewer.documents import encoding
from reviewer.documents.formats.typeset import Block
from reviewer.records.text import clean

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
CUE = re.compile(rf"[ \t]*({_TIME})[ \t]*-->[ \t]*({_TIME})(.*)")
SRT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\d+[ \t]*\r?\n[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2},\d{1,3}[ \t]*-->"
)
VTT = re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|\Z)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s+([^<>]{0,200})>")
_TAG = re.compile(
    r"</?(?:[biuc]|v|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<[\d:.]+>|\{\\[^{}]*\}", re.IGNORECASE
)


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a transcript, its times before the words. Raises ``Refused``."""
    text, guessed = encoding.decode(untrusted)
    found = [Block(text="Transcript", style="title")]
    lines = clean(text).split("\n")
    for at, line in enumerate(lines):
        cue = CUE.fullmatch(line)
        if cue:
            found.append(Block(text=f"{_short(cue[1])} - {_short(cue[2])}", style="small"))
        elif not (line.strip().isdigit() and at + 1 < len(lines) and CUE.match(lines[at + 1])):
            found += _said(line)
    return found, [encoding.GUESSED] if guessed else []


def _said(line: str) -> list[Block]:
    words = html.unescape(_TAG.sub("", _VOICE.sub(r"\1: ", line))).strip()
    return [Block(text=words, style="lines")] if words else []


def _short(time: str) -> str:
    """Return a time without its thousandths.

    >>> _short("00:01:02,500"), _short("01:02.500")
    ('00:01:02', '00:01:02')
    """
    whole = re.split("[.,]", time)[0]
    return whole if whole.count(":") == 2 else f"00:{whole}"
