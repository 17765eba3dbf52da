"""The styles of an OpenDocument text: of words, pages and lists (ODF 1.3, part 3)."""

from dataclasses import dataclass, field

from reviewer.documents.formats import symbols
from reviewer.documents.formats.numbering import whole, written
from reviewer.documents.formats.story import style_of
from reviewer.documents.formats.xml import Attributes

_BULLET = "•"
_DEEPEST = 50  # styles that stand on each other
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OUTLINE = ""  # the list that headings count in


@dataclass(slots=True)
class Style:
    """What one style says; empty where it leaves that to the style it stands on."""

    name: str = ""
    parent: str = ""
    struck: str = ""
    hidden: str = ""
    face: str = ""
    before: bool = False  # a page begins before it
    after: bool = False


@dataclass(slots=True)
class _Level:
    kind: str = ""  # empty: no number
    prefix: str = ""
    suffix: str = ""
    first: int = 1
    shown: int = 1  # how many levels stand in the number
    bullet: str = ""
    face: str = ""


@dataclass(slots=True)
class Styles:
    """All styles known so far, by family and name; those read later stand before earlier ones."""

    styles: dict[tuple[str, str], Style] = field(default_factory=dict)
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    faces: dict[str, str] = field(default_factory=dict)
    _style: Style | None = None
    _list: str | None = None
    _level: _Level | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """Take an element where it says something of a style."""
        if name == "font-face":
            family = attributes.get("font-family", "").strip("'\" ")
            self.faces[attributes.get("name", "")] = family
        elif name == "style":
            self._begin(attributes)
        elif name in {"list-style", "outline-style"}:
            self._list = attributes.get("name", "") if name == "list-style" else _OUTLINE
        elif name.startswith(("list-level-style", "outline-level-style")):
            self._begin_level(attributes)
        elif name == "text-properties":
            self._words(attributes)
        elif name == "paragraph-properties" and self._style is not None:
            self._style.before |= attributes.get("break-before") == "page"
            self._style.after |= attributes.get("break-after") == "page"

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "style":
            self._style = None
        elif name in {"list-style", "outline-style"}:
            self._list = None
        elif name.startswith(("list-level-style", "outline-level-style")):
            self._level = None

    def _begin(self, attributes: Attributes) -> None:
        name = attributes.get("name", "")
        self._style = self.styles[attributes.get("family", ""), name] = Style(
            name=attributes.get("display-name", "") or name,
            parent=attributes.get("parent-style-name", ""),
            before=bool(attributes.get("master-page-name")),
        )

    def _begin_level(self, attributes: Attributes) -> None:
        if self._list is None:
            return
        form = attributes.get("num-format", "")
        self._level = self.levels[self._list, whole(attributes.get("level", ""), 1)] = _Level(
            kind=_KINDS.get(form, "decimal") if form else "",
            prefix=attributes.get("num-prefix", "")[:40],
            suffix=attributes.get("num-suffix", "")[:40],
            first=whole(attributes.get("start-value", ""), 1),
            shown=whole(attributes.get("display-levels", ""), 1),
            bullet=attributes.get("bullet-char", "")[:4],
        )

    def _words(self, attributes: Attributes) -> None:
        face = attributes.get("font-family", "").strip("'\" ")
        named = attributes.get("font-name", "")
        face = face or self.faces.get(named, named)
        if self._level is not None:
            self._level.face = face
        elif self._style is not None:
            line = attributes.get("text-line-through-style", "")
            line = line or attributes.get("text-line-through-type", "")
            self._style.struck = line or self._style.struck
            self._style.hidden = attributes.get("display", "") or self._style.hidden
            self._style.face = face or self._style.face

    # ------------------------------------------------------------ what is asked of them
    def chain(self, family: str, name: str) -> list[Style]:
        """Return a style and those that it stands on."""
        found: list[Style] = []
        while (style := self.styles.get((family, name))) and len(found) < _DEEPEST:
            found.append(style)
            name = style.parent
        return found

    def looks(self, family: str, name: str) -> dict[str, str]:
        """Return what a style says of its words: struck out, hidden; empty where it says not."""
        chain = self.chain(family, name)
        struck = next((style.struck for style in chain if style.struck), "")
        hidden = next((style.hidden for style in chain if style.hidden), "")
        found = {"struck out": "" if struck == "none" else struck} if struck else {}
        return found | ({"hidden": "x" if hidden == "none" else ""} if hidden else {})

    def face(self, family: str, name: str) -> str:
        """Return the face of a style; empty where none is named."""
        return next((style.face for style in self.chain(family, name) if style.face), "")

    def set_as(self, name: str) -> str:
        """Return how a paragraph of a style is set."""
        named = (style_of(style.name) for style in self.chain("paragraph", name))
        return next((style for style in named if style != "body"), "body")


@dataclass(slots=True)
class Counts:
    """How far the lists of a text have counted."""

    styles: Styles
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def begin(self, name: str) -> None:
        """Begin a list anew."""
        for key in [key for key in self._counts if key[0] == name]:
            del self._counts[key]

    def mark(self, name: str, depth: int, first: int | None = None) -> str:
        """Return what stands before the next item of a list."""
        level = self.styles.levels.get((name, depth))
        if level is None:
            return _BULLET if name else ""
        if level.bullet:
            return _bullet(level)
        if not level.kind:
            return ""
        before = level.first - 1 if first is None else first - 1
        known = self._counts.get((name, depth), before) if first is None else before
        self._counts[name, depth] = known + 1
        for key in [key for key in self._counts if key[0] == name and key[1] > depth]:
            del self._counts[key]
        return self._number(name, depth, level)

    def _number(self, name: str, depth: int, level: _Level) -> str:
        parts = []
        for at in range(max(1, depth - level.shown + 1), depth + 1):
            of = self.styles.levels.get((name, at), _Level())
            if of.kind:
                parts.append(written(self._counts.get((name, at), of.first), of.kind))
        return f"{level.prefix}{'.'.join(parts)}{level.suffix}"


def _bullet(level: _Level) -> str:
    """Return a bullet; a box or a tick stays one."""
    sign = level.bullet
    if symbols.is_symbols(level.face):
        sign = symbols.signs(sign, level.face)
    sign = sign.translate(symbols.OF_NO_FACE)
    return sign if sign in symbols.TICKS else _BULLET
