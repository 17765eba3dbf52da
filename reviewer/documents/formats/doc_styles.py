"""Styles and lists of a Word file of the old kind ([MS-DOC] 2.9.271 and 2.9.131)."""

import struct
from dataclasses import dataclass, field

from reviewer.documents.formats.doc_file import Doc, Properties, properties
from reviewer.documents.formats.numbering import Level, Numbering

_HEADINGS = range(1, 10)
_TITLE, _SUBTITLE = 62, 74
_FIRST_BYTES = 10  # of a style, before its name
_KINDS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    22: "decimalZero", 23: "bullet", 255: "none",
}  # fmt: skip
_LIST, _LEVEL, _ENTRY = 28, 28, 16
_LEVELS = 9
_MOST = 5_000  # lists of a document
LEVEL, NUMBER = 0x260A, 0x460B
_DEEPEST = 50  # styles that stand on each other


@dataclass(slots=True)
class _Style:
    kind: int = 0  # Word's own number of it
    base: int = 0xFFF
    paragraph: Properties = field(default_factory=dict)
    words: Properties = field(default_factory=dict)


class Styles:
    """What the styles of a file say of paragraphs and their words."""

    def __init__(self, doc: Doc) -> None:
        table = doc.part(1)
        head, count, first = struct.unpack_from("<HHH", table, 0) if len(table) > 6 else (0, 0, 10)
        at = 2 + head
        self._styles: list[_Style] = []
        for _ in range(min(count, 0xFFF)):
            size = int.from_bytes(table[at : at + 2], "little")
            own = table[at + 2 : at + 2 + size]
            self._styles.append(_read(own, first) if len(own) > _FIRST_BYTES else _Style())
            at += 2 + size + size % 2

    def _chain(self, number: int) -> list[_Style]:
        found: list[_Style] = []
        while number < len(self._styles) and len(found) < _DEEPEST:
            found.append(self._styles[number])
            number = found[-1].base
        return found

    def set_as(self, number: int) -> str:
        """Return how a paragraph of a style is set."""
        for style in self._chain(number):
            if style.kind in {1, _TITLE}:
                return "title"
            if style.kind in {2, _SUBTITLE}:
                return "heading"
            if style.kind in _HEADINGS:
                return "minor"
        return "body"

    def paragraph(self, number: int) -> Properties:
        """Return what a style says of its paragraphs."""
        return self._joined([style.paragraph for style in self._chain(number)])

    def words(self, number: int) -> Properties:
        """Return what a style says of its words."""
        return self._joined([style.words for style in self._chain(number)])

    @staticmethod
    def _joined(chain: list[Properties]) -> Properties:
        found: Properties = {}
        for said in reversed(chain):
            found |= said
        return found


def _read(untrusted: bytes, first: int) -> _Style:
    kind, base = struct.unpack_from("<HH", untrusted, 0)
    made = _Style(kind=kind & 0xFFF, base=base >> 4)
    at = max(first, _FIRST_BYTES)
    at += 2 * int.from_bytes(untrusted[at : at + 2], "little") + 4
    for what in ("paragraph", "words") if base & 0xF == 1 else ("words",):
        size = int.from_bytes(untrusted[at : at + 2], "little")
        own = untrusted[at + 2 : at + 2 + size]
        setattr(made, what, properties(own[2:] if what == "paragraph" else own))
        at += 2 + size + size % 2
    return made


def lists(doc: Doc) -> Numbering:
    """Return the lists of a file; each paragraph names its list by its place among them."""
    found = Numbering()
    table = doc.behind(73)
    count = int.from_bytes(table[:2], "little")
    if not 0 < count <= _MOST:
        return found
    at = 2 + _LIST * count
    for number in range(count):
        own = table[2 + _LIST * number : 2 + _LIST * (number + 1)]
        if len(own) < _LIST:
            break
        pattern = own[:4].hex()
        for depth in range(1 if own[26] & 1 else _LEVELS):
            level, at = _level(table, at)
            found.levels[pattern, depth] = level
    _overrides(doc, found)
    return found


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """Return one level of a list, and where the next begins."""
    head = table[at : at + _LEVEL]
    if len(head) < _LEVEL:
        return Level(), len(table)
    paragraph, words, restarts = head[25], head[24], head[5] & 8 == 0
    at += _LEVEL + paragraph
    said = properties(table[at : at + words])
    at += words
    length = int.from_bytes(table[at : at + 2], "little")
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(c) + 1}" if ord(c) < _LEVELS else c for c in text[:40])
    level = Level(
        kind=_KINDS.get(head[4], "decimal"),
        pattern=pattern,
        first=min(99_999, int.from_bytes(head[:4], "little")),
        restarts=restarts,
        plain=bool(head[5] & 4),
        face=said.get(0x4A4F, b"").hex(),
    )
    return level, at + 2 + 2 * length


def _overrides(doc: Doc, found: Numbering) -> None:
    table = doc.part(74)
    count = min(_MOST, int.from_bytes(table[:4], "little"))
    at = 4 + _ENTRY * count
    for number in range(count):
        own = table[4 + _ENTRY * number : 4 + _ENTRY * (number + 1)]
        if len(own) < _ENTRY:
            return
        name = str(number + 1)
        found.lists[name] = own[:4].hex()
        at += 4
        for _ in range(own[12]):
            first, flags = struct.unpack_from("<II", table[at : at + 8].ljust(8, b"\0"))
            at += 8
            depth = flags & 0xF
            if flags & 0x20:
                level, at = _level(table, at)
                found.own[name, depth] = level
                first = level.first
            if flags & 0x30:
                found.starts[name, depth] = min(99_999, first)
