"""The numbers and bullets that Word puts before paragraphs; they are not in the text itself."""

import re
from dataclasses import dataclass, field

from reviewer.documents.formats import symbols
from reviewer.documents.formats.number_words import in_english
from reviewer.documents.formats.xml import OFF, Attributes, walk

_BULLET = "•"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_STYLES = 50  # styles that stand on each other


@dataclass(slots=True)
class Level:
    """One level of a list: its kind (Word's name for it) and what stands about the number."""

    kind: str = "decimal"
    pattern: str = ""
    first: int = 1
    face: str = ""
    style: str = ""
    restarts: bool = True
    plain: bool = False  # every number in it as a decimal


@dataclass(slots=True)
class ParagraphStyle:
    """What a style of the file says of numbers; ``name`` is Word's own, whatever the language."""

    name: str = ""
    parent: str = ""
    number: str = ""
    depth: int | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of one Word file and how far each has counted."""

    lists: dict[str, str] = field(default_factory=dict)  # list -> its pattern
    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, ParagraphStyle] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)  # pattern -> the style that has the list
    own: dict[tuple[str, int], Level] = field(default_factory=dict)  # a list's own levels
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # where a list begins anew
    begun: set[tuple[str, int]] = field(default_factory=set)
    known: dict[str, tuple[str, int]] = field(default_factory=dict)  # of styles asked before

    def mark(self, number: str, depth: int) -> str:
        """Return what stands before the next paragraph of list ``number`` at ``depth``."""
        pattern = self._pattern(number)
        level = self._level(number, pattern, depth)
        if level is None:
            return _BULLET
        if level.kind == "bullet":
            return _bullet(level)
        if level.kind == "none":
            return ""
        at = (pattern, depth)
        if (number, depth) in self.starts and (number, depth) not in self.begun:
            self.counts[at] = self.starts[number, depth] - 1
        self.begun.add((number, depth))
        self.counts[at] = self.counts.get(at, level.first - 1) + 1
        for other in [key for key in self.counts if key[0] == pattern and key[1] > depth]:
            deeper = self._level(number, pattern, other[1])
            if deeper is None or deeper.restarts:
                del self.counts[other]
        return _PLACE.sub(
            lambda found: self._shown(number, pattern, int(found[1]) - 1, level), level.pattern
        )

    def of_style(self, style: str) -> tuple[str, int]:
        """Return the list and the depth that a style gives its paragraphs; no list: empty."""
        if style not in self.known:
            self.known[style] = self._of_style(style)
        return self.known[style]

    def _of_style(self, style: str) -> tuple[str, int]:
        number, depth, at = "", None, style
        chain: list[str] = []
        while (found := self.styles.get(at)) is not None and len(chain) < _MOST_STYLES:
            chain.append(at)
            number = number or found.number
            depth = found.depth if depth is None else depth
            at = found.parent
        if depth is None and number:
            pattern = self._pattern(number)
            named = (
                at
                for (p, at), level in self.levels.items()
                if p == pattern and level.style in chain
            )
            depth = next(named, 0)
        return number, depth or 0

    def name_of(self, style: str) -> str:
        """Return what Word itself calls a style, without blanks, in small letters."""
        found = self.styles.get(style)
        return (found.name if found is not None and found.name else style).lower().replace(" ", "")

    def _pattern(self, number: str) -> str:
        pattern = self.lists.get(number, "")
        if pattern in self.links:  # a pattern that points at a style that has a list of its own
            other = self.styles.get(self.links[pattern], ParagraphStyle()).number
            return self.lists.get(other, pattern)
        return pattern

    def _level(self, number: str, pattern: str, depth: int) -> Level | None:
        return self.own.get((number, depth)) or self.levels.get((pattern, depth))

    def _shown(self, number: str, pattern: str, depth: int, of: Level) -> str:
        level = self._level(number, pattern, depth) or Level()
        count = self.counts.get((pattern, depth), level.first)
        return written(count, "decimal" if of.plain else level.kind)


def read(untrusted: bytes, untrusted_styles: bytes = b"") -> Numbering:
    """Return the lists and the styles that a Word file declares. Raises ``Refused``."""
    found = Numbering()
    if untrusted:
        lists = _Lists(found)
        walk(
            untrusted, lists.start, lists.end, lambda _: None,
            broken="docx-broken", dtd="docx-dtd",
        )  # fmt: skip
    if untrusted_styles:
        _read_styles(untrusted_styles, found)
    return found


class _Lists:
    """Reads the part that declares lists."""

    def __init__(self, found: Numbering) -> None:
        self._found = found
        self._abstract = self._number = ""
        self._at = 0
        self._level: Level | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._abstract, self._number = attributes.get("abstractNumId", ""), ""
        elif name == "num":
            self._number = attributes.get("numId", "")
        elif name == "abstractNumId":
            self._found.lists[self._number] = value
        elif name == "numStyleLink":
            self._found.links[self._abstract] = value
        elif name in {"lvl", "lvlOverride"}:
            self._begin(name, whole(attributes.get("ilvl", "")))
        elif name == "startOverride":
            self._found.starts[self._number, self._at] = whole(value)
        elif self._level is not None:
            _describe(self._level, name, value, attributes)

    def _begin(self, name: str, at: int) -> None:
        self._at = at
        if name == "lvl":
            self._level = Level()
            into = self._found.own if self._number else self._found.levels
            into[self._number or self._abstract, at] = self._level

    def end(self, name: str) -> None:
        if name == "lvl" and self._level is not None:
            if self._number:
                self._found.starts.setdefault((self._number, self._at), self._level.first)
            self._level = None


def _read_styles(untrusted: bytes, found: Numbering) -> None:
    style = ParagraphStyle()

    def start(name: str, attributes: Attributes) -> None:
        nonlocal style
        value = attributes.get("val", "")
        if name == "style":
            style = found.styles.setdefault(attributes.get("styleId", ""), ParagraphStyle())
        elif name == "name":
            style.name = value
        elif name == "basedOn":
            style.parent = value
        elif name == "numId":
            style.number = value
        elif name == "ilvl":
            style.depth = whole(value)

    walk(untrusted, start, lambda _: None, lambda _: None, broken="docx-broken", dtd="docx-dtd")


def _describe(level: Level, name: str, value: str, attributes: Attributes) -> None:
    if name == "numFmt":
        level.kind = value
    elif name == "lvlText":
        level.pattern = value[:40]
    elif name == "start":
        level.first = whole(value)
    elif name == "pStyle":
        level.style = value
    elif name == "lvlRestart":
        level.restarts = value != "0"
    elif name == "isLgl":
        level.plain = value not in OFF
    elif name == "rFonts":
        level.face = attributes.get("ascii", "")


def _bullet(level: Level) -> str:
    """Return a bullet; a box or a tick stays one, for a list of them is a form."""
    if symbols.is_symbols(level.face) and (sign := symbols.signs(level.pattern, level.face)):
        return sign if sign in symbols.TICKS else _BULLET
    return level.pattern if level.pattern in symbols.TICKS else _BULLET


def whole(text: str, otherwise: int = 0) -> int:
    """Return a whole number of at most five digits, or ``otherwise`` for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


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
    if kind in {"ordinal", "cardinalText", "ordinalText"}:
        return in_english(count, kind)
    return {"decimalZero": f"{count:02}", "numberInDash": f"- {count} -"}.get(kind, str(count))
