"""Outlook messages (.msg) in the worker: properties out of a compound file ([MS-OXMSG]).

What a mail says is put together in ``mapi``; here is only where it lies.
"""

import io
import struct
import uuid
from collections.abc import Iterator

import olefile

from reviewer.documents import limits
from reviewer.documents.formats import mail, mapi
from reviewer.documents.formats.mail_paper import Attached, Paper
from reviewer.documents.formats.typeset import Block
from reviewer.documents.refusals import Refused

_PROPERTIES = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_WITHIN = "__substg1.0_3701000D"
_HEAD, _HEAD_WITHIN, _HEAD_PART = 32, 24, 8
_UNICODE, _LETTERS, _BYTES, _SEVERAL = 0x001F, 0x001E, 0x0102, 0x1000
_MOST = limits.UNPACKED  # bytes of one stream
Path = tuple[str, ...]


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a message as paragraphs and sentences about what is not shown. Raises ``Refused``."""
    paper = read(untrusted)
    return paper.blocks, paper.notes()


def came_with(untrusted: bytes) -> tuple[dict[str, str], list[Attached]]:
    """Return what is written on a message, and what was attached. Raises ``Refused``."""
    paper = read(untrusted)
    return paper.facts, paper.attached


def read(untrusted: bytes) -> Paper:
    """Return a message and the messages within it on paper. Raises ``Refused``."""
    paper = Paper()
    try:
        mapi.show(paper, _File(untrusted).message((), _HEAD, 0), opened=mail.show_sealed)
    except RecursionError as error:
        raise Refused("mail-nested") from error
    except (Refused, MemoryError):
        raise
    except Exception as error:  # the reader of compound files raises a dozen kinds over odd ones
        raise Refused("msg-broken") from error
    return paper


class _File:
    """A compound file: folders and the streams in them."""

    def __init__(self, untrusted: bytes) -> None:
        self._ole = olefile.OleFileIO(io.BytesIO(untrusted))
        self._below: dict[Path, list[str]] = {}
        for entry in self._ole.listdir(streams=True, storages=True):
            self._below.setdefault(tuple(entry[:-1]), []).append(entry[-1])
        self._names = self._named()

    def message(self, path: Path, head: int, depth: int) -> mapi.Message:
        """Return the message whose parts lie in the folder ``path``."""
        if depth > limits.MAIL_DEPTH:
            raise Refused("mail-nested")
        own = self._properties(path, head)
        own.letters = mapi.code_page(own)
        parts = sorted(self._below.get(path, ()))
        people = [
            self._properties((*path, name), _HEAD_PART, own.letters)
            for name in parts
            if name.startswith("__recip")
        ]
        attached = [name for name in parts if name.startswith("__attach")]

        def items() -> Iterator[mapi.Item]:
            for name in attached:
                yield self._item((*path, name), own.letters, depth)

        return mapi.Message(own, people, items, self._names)

    def _item(self, path: Path, letters: str, depth: int) -> mapi.Item:
        own = self._properties(path, _HEAD_PART, letters)
        within = (*path, _WITHIN)
        if _PROPERTIES in self._below.get(within, ()):
            return mapi.Item(own, self.message(within, _HEAD_WITHIN, depth + 1))
        return mapi.Item(own, drawn=within in self._below)

    def _properties(self, path: Path, head: int, letters: str = "cp1252") -> mapi.Properties:
        found = mapi.Properties(letters=letters)
        names = self._below.get(path, ())
        if _PROPERTIES in names:
            raw = self._stream((*path, _PROPERTIES))[head:]
            for at in range(0, len(raw) - 15, 16):
                tag = int.from_bytes(raw[at : at + 4], "little")
                found.numbers[tag >> 16] = raw[at + 8 : at + 16]
        several: dict[int, list[str]] = {}
        for name in sorted(names):
            kind = _tag(name)
            if kind is None:
                continue
            self._put(found, kind, (*path, name))
            if kind & 0xFFFF == _SEVERAL | _UNICODE and "-" in name:
                text = self._stream((*path, name)).decode("utf-16-le", "replace")
                several.setdefault(kind >> 16, []).append(text.rstrip("\0"))
        found.texts.update({one: ", ".join(texts) for one, texts in several.items()})
        return found

    def _put(self, found: mapi.Properties, tag: int, path: Path) -> None:
        which, kind = tag >> 16, tag & 0xFFFF
        if kind == _UNICODE:
            found.texts[which] = self._stream(path).decode("utf-16-le", "replace")
        elif kind == _LETTERS:
            found.raw_texts[which] = self._stream(path)
        elif kind == _BYTES:
            found.held[which] = lambda: self._stream(path)

    def _stream(self, path: Path) -> bytes:
        with self._ole.openstream(list(path)) as stream:
            data: bytes = stream.read(_MOST + 1)
        if len(data) > _MOST:
            raise Refused("mail-large")
        return data

    def _named(self) -> dict[int, str]:
        """Return which numbers from 0x8000 on stand for what ``mapi.NAMED`` tells."""
        if _NAMES not in self._below.get((), ()):
            return {}
        sets = self._stream((_NAMES, "__substg1.0_00020102"))
        entries = self._stream((_NAMES, "__substg1.0_00030102"))
        words = self._stream((_NAMES, "__substg1.0_00040102"))
        found = {}
        for at in range(0, len(entries) - 7, 8):
            which, kind = struct.unpack_from("<II", entries, at)
            key = (_set(sets, kind >> 1 & 0x7FFF), _word(words, which) if kind & 1 else which)
            if key in mapi.NAMED:
                found[0x8000 + (kind >> 16)] = mapi.NAMED[key]
        return found


def _tag(name: str) -> int | None:
    """Return property and kind that the name of a stream states; a list's parts have more."""
    head = name[:12].lower()
    if head != "__substg1.0_" or len(name) < 20:
        return None
    try:
        return int(name[12:20], 16)
    except ValueError:
        return None


def _set(sets: bytes, which: int) -> str:
    if which == 2:
        return "00020329-0000-0000-c000-000000000046"
    raw = sets[16 * (which - 3) : 16 * (which - 2)] if which > 2 else b""
    return str(uuid.UUID(bytes_le=raw)) if len(raw) == 16 else ""


def _word(words: bytes, at: int) -> str:
    size = int.from_bytes(words[at : at + 4], "little")
    return words[at + 4 : at + 4 + min(size, 512)].decode("utf-16-le", "replace")
