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
_NUMBER = re.compile(r"[ \t]*(\d{1,9})[ \t]*", re.ASCII)
_SETTING = re.compile(r"(?:vertical|line|position|size|align|region):\S+|[XY][12]:\d+")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,80})?[ \t]{1,9}([^<>]{1,200})>")
_TAG = re.compile(
    r"</?(?:[biucv]|ruby|rt|lang|font)(?:\.[^\s<>]{1,80})?>|<lang[ \t][\w-]{1,30}>"
    r"|<font[ \t](?:color|face|size)[ \t]?=[^<>]{0,200}>|<[\d:.]{1,20}>"
    r"|\{(?:\\(?:an?\d{1,2}|[bius][01]?|fs\d{1,3}|r|q\d|[1-4]?c(?:&H[0-9A-F]{1,8}&)?"
    r"|(?:pos|move|org|fade?)\([-\d., ]{1,60}\)))+\}",
    re.IGNORECASE,
)


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a transcript, its times before the words. Raises ``Refused``.

    A number before a time counts the parts where it stands apart or goes on counting; else it was
    said.
    """
    text, guessed = encoding.decode(untrusted)
    found = [Block(text="Transcript", style="title")]
    lines = clean(text).split("\n")
    apart, count = True, -1
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        cue, number = CUE.fullmatch(line), _NUMBER.fullmatch(line)
        if cue:
            found.append(Block(text=f"{_short(cue[1])} - {_short(cue[2])}", style="small"))
            found += _said(_SETTING.sub("", cue[3]))
        elif number and CUE.match(after) and (apart or int(number[1]) == count + 1):
            count = int(number[1])
        else:
            found += _said(line)
        apart = not line.strip()
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
