"""The numbers and bullets that Word puts before paragraphs; they are not in the text itself."""

import re
from dataclasses import dataclass, field

from reviewer.documents.formats.xml import Attributes, walk

_BULLET = "•"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(slots=True)
class _Level:
    kind: str = "decimal"
    pattern: str = ""
    first: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of one Word file and how far each has counted."""

    lists: dict[str, str] = field(default_factory=dict)  # list -> its pattern
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def mark(self, number: str, depth: int) -> str:
        """Return what stands before the next paragraph of list ``number`` at ``depth``."""
        pattern = self.lists.get(number, "")
        level = self.levels.get((pattern, depth))
        if level is None or level.kind == "bullet":
            return _BULLET
        if level.kind == "none":
            return ""
        at = (pattern, depth)
        self.counts[at] = self.counts.get(at, level.first - 1) + 1
        for other in [key for key in self.counts if key[0] == pattern and key[1] > depth]:
            del self.counts[other]
        return _PLACE.sub(lambda found: self._shown(pattern, int(found[1]) - 1), level.pattern)

    def _shown(self, pattern: str, depth: int) -> str:
        level = self.levels.get((pattern, depth), _Level())
        return written(self.counts.get((pattern, depth), level.first), level.kind)


def read(untrusted: bytes) -> Numbering:
    """Return the lists that ``word/numbering.xml`` declares. Raises ``Refused``."""
    found = Numbering()
    abstract = number = ""
    at = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal abstract, number, at
        value = attributes.get("val", "")
        if name == "abstractNum":
            abstract = attributes.get("abstractNumId", "")
        elif name == "num":
            number = attributes.get("numId", "")
        elif name == "abstractNumId":
            found.lists[number] = value
        elif name == "lvl":
            at = _whole(attributes.get("ilvl", ""))
            found.levels[abstract, at] = _Level()
        elif (level := found.levels.get((abstract, at))) is not None:
            _describe(level, name, value)

    walk(untrusted, start, lambda _: None, lambda _: None, broken="docx-broken", dtd="docx-dtd")
    return found


def _describe(level: _Level, name: str, value: str) -> None:
    if name == "numFmt":
        level.kind = value
    elif name == "lvlText":
        level.pattern = value[:40]
    elif name == "start":
        level.first = _whole(value)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def written(count: int, kind: str) -> str:
    """Return a number as a list of ``kind`` (Word's name for it) shows it."""
    if kind in {"lowerLetter", "upperLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min(9, 1 + (count - 1) // 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (count // value)
            count %= value
        return roman.upper() if kind == "upperRoman" else roman
    return str(count)
