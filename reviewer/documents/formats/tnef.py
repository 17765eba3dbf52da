"""winmail.dat in the worker: what Outlook packs a mail and its files into ([MS-OXTNEF])."""

import struct
import uuid
from collections.abc import Iterator

from reviewer.documents import limits
from reviewer.documents.formats import mapi
from reviewer.documents.formats.mail_paper import Attached, Paper
from reviewer.documents.formats.typeset import Block
from reviewer.documents.refusals import Refused

MARK = b"\x78\x9f\x3e\x22"
_MAIL, _FILE = 1, 2  # of which an attribute is
_PROPERTIES, _PEOPLE, _PAGE, _SUBJECT, _BODY, _SENT = (
    0x9003, 0x9004, 0x9007, 0x8004, 0x800C, 0x8005,
)  # fmt: skip
_BEGINS, _DATA, _NAME, _OF_FILE = 0x9002, 0x800F, 0x8010, 0x9005
_OBJECT, _UNICODE, _LETTERS, _BYTES, _SEVERAL = 0x0D, 0x1F, 0x1E, 0x102, 0x1000
_FIXED = {
    0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8,
    0x48: 16,
}  # fmt: skip
_MOST = 20_000  # properties of one thing
_DATA_OF_FILE = 0x3701


class _Stream:
    """Bytes from a place on. Raises ``struct.error`` beyond their end."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def number(self) -> int:
        (found,) = struct.unpack_from("<I", self.raw, self.at)
        self.at += 4
        return int(found)

    def take(self, size: int) -> bytes:
        if size > len(self.raw) - self.at:
            raise struct.error
        found = self.raw[self.at : self.at + size]
        self.at += size
        return found

    def padded(self, size: int) -> bytes:
        found = self.take(size)
        self.at += -size % 4
        return found


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a packed mail as paragraphs and sentences. Raises ``Refused``."""
    paper = read(untrusted)
    return paper.blocks, paper.notes()


def came_with(untrusted: bytes) -> tuple[dict[str, str], list[Attached]]:
    """Return what is written on a packed mail, and what was attached. Raises ``Refused``."""
    paper = read(untrusted)
    return paper.facts, paper.attached


def read(untrusted: bytes) -> Paper:
    """Return a packed mail on paper. Raises ``Refused``."""
    paper = Paper()
    mapi.show(paper, message(untrusted))
    return paper


def message(untrusted: bytes, depth: int = 0) -> mapi.Message:
    """Return the mail that is packed; one cut short is read as far as it goes.

    Raises ``Refused``.
    """
    if depth > limits.MAIL_DEPTH:
        raise Refused("mail-nested")
    if not untrusted.startswith(MARK):
        raise Refused("tnef-broken")
    found = _Found()
    for level, name, data in _attributes(untrusted):
        try:
            found.add(level, name, data, depth)
        except struct.error as error:
            if level == _MAIL:
                raise Refused("tnef-broken") from error
    items = list(found.items)
    return mapi.Message(found.own, found.people, lambda: iter(items), found.named)


def _attributes(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    at, count = 6, 0
    while at + 9 <= len(raw):
        level, name, _, size = struct.unpack_from("<BHHI", raw, at)
        count += 1
        if level not in {_MAIL, _FILE} or size > len(raw) - at or count > _MOST:
            return
        yield level, name, raw[at + 9 : at + 9 + size]
        at += 9 + size + 2


class _Found:
    """What was found so far of one packed mail."""

    def __init__(self) -> None:
        self.own = mapi.Properties()
        self.people: list[mapi.Properties] = []
        self.items: list[mapi.Item] = []
        self.named: dict[int, str] = {}

    def add(self, level: int, name: int, data: bytes, depth: int) -> None:
        """Add one attribute."""
        if level == _MAIL:
            self._of_mail(name, data)
        elif name == _BEGINS:
            self.items.append(mapi.Item(mapi.Properties(letters=self.own.letters)))
        elif self.items:
            self._of_file(self.items[-1], name, data, depth)

    def _of_mail(self, name: int, data: bytes) -> None:
        own = self.own
        if name == _PAGE and len(data) >= 4:
            number = int.from_bytes(data[:4], "little")
            own.numbers[0x3FFD] = data[:4] + bytes(4) if number else b""
            own.letters = mapi.code_page(own) if number else "cp1252"
        elif name in {_SUBJECT, _BODY}:
            which = mapi.SUBJECT if name == _SUBJECT else mapi.BODY
            own.raw_texts.setdefault(which, data.rstrip(b"\0"))
        elif name == _PROPERTIES:
            self._properties(_Stream(data), own)
        elif name == _PEOPLE:
            stream = _Stream(data)
            for _ in range(min(stream.number(), _MOST)):
                person = mapi.Properties(letters=own.letters)
                self._properties(stream, person)
                self.people.append(person)

    def _of_file(self, item: mapi.Item, name: int, data: bytes, depth: int) -> None:
        own = item.properties
        if name == _DATA:
            own.held[_DATA_OF_FILE] = lambda: data
        elif name == _NAME:
            own.raw_texts.setdefault(0x3704, data.rstrip(b"\0"))
        elif name == _OF_FILE:
            within = self._properties(_Stream(data), own)
            if within[16:20] == MARK:
                item.message = message(within[16:], depth + 1)
            elif within:
                item.drawn = _DATA_OF_FILE not in own.held

    def _properties(self, stream: _Stream, own: mapi.Properties) -> bytes:
        """Read one list of properties into ``own``; return the object in it, if there is one."""
        within = b""
        for _ in range(min(stream.number(), _MOST)):
            tag = stream.number()
            kind, which = tag & 0xFFFF, tag >> 16
            if which >= 0x8000:
                self._name(stream, which)
            for data in self._values(stream, kind):
                if kind & ~_SEVERAL == _OBJECT:
                    within = data if which == _DATA_OF_FILE else within
                else:
                    _put(own, which, kind & ~_SEVERAL, data)
        return within

    def _name(self, stream: _Stream, which: int) -> None:
        """Keep what a number from 0x8000 on stands for, where that is told."""
        group = str(uuid.UUID(bytes_le=stream.take(16)))
        key: int | str
        if stream.number() == 0:
            key = stream.number()
        else:
            key = stream.padded(stream.number()).decode("utf-16-le", "replace").rstrip("\0")
        if (group, key) in mapi.NAMED:
            self.named[which] = mapi.NAMED[group, key]

    def _values(self, stream: _Stream, kind: int) -> Iterator[bytes]:
        several = bool(kind & _SEVERAL)
        size = _FIXED.get(kind & ~_SEVERAL)
        if size is not None:
            for _ in range(stream.number() if several else 1):
                yield stream.take(size)
            return
        for _ in range(stream.number()):
            yield stream.padded(stream.number())


def _put(own: mapi.Properties, which: int, kind: int, data: bytes) -> None:
    if kind == _UNICODE:
        text = data.decode("utf-16-le", "replace").rstrip("\0")
        there = own.texts.get(which)
        own.texts[which] = f"{there}, {text}" if there else text
    elif kind == _LETTERS:
        own.raw_texts[which] = data.rstrip(b"\0")
    elif kind == _BYTES:
        own.held[which] = lambda: data
    elif kind in _FIXED:
        own.numbers[which] = data.ljust(8, b"\0")
