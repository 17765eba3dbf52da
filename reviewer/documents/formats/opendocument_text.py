"""Paragraphs, lists and tables of an OpenDocument text (ODF 1.3, part 3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reviewer.documents.formats import symbols
from reviewer.documents.formats.numbering import whole
from reviewer.documents.formats.opendocument_styles import Counts, Styles
from reviewer.documents.formats.story import Paper
from reviewer.documents.formats.xml import Attributes, walk
from reviewer.records.text import clean_line

_BLANKS = re.compile(r"[ \t\r\n]+")
_REPEATED = 50  # cells that one stands for

Close = Callable[[], object] | None
Start = Callable[[Attributes], Close]


@dataclass(slots=True)
class Left:
    """What of a text is not on its pages, or is there otherwise than as it was seen."""

    pictures: set[str] = field(default_factory=set)
    within: int = 0  # pictures that lie in the text itself
    linked: list[str] = field(default_factory=list)
    objects: int = 0
    drawn: bool = False
    others: list[str] = field(default_factory=list)
    tracked: bool = False
    prompts: bool = False


@dataclass(slots=True)
class _List:
    style: str
    depth: int
    first: int | None = None
    waits: bool = False  # the next paragraph carries the mark of its item


class Text:
    """Reads the words of a part; ``starts`` says what is done where an element begins.

    What that returns is done where the element ends.
    """

    def __init__(self) -> None:
        self.paper = Paper()
        self.left = Left()
        self.styles = Styles()
        self.story = self.paper.main
        self.inside = [False]  # whether a paragraph is open, of each story and shape
        self.silent = 0  # elements whose words are none of the page's
        self.changes: dict[str, str] = {}  # what is open: its id, and what is said of it
        self.open: list[tuple[str, Close]] = []
        self.sink: list[str] | None = None  # where words go that are of no paragraph
        self._counts = Counts(self.styles)
        self._space = True  # the last character was a blank
        self._looks: list[dict[str, str]] = [{}]
        self._faces = [""]
        self._lists: list[_List] = []
        self.starts: dict[str, Start] = {
            "p": self._paragraph,
            "h": self._paragraph,
            "span": self._span,
            "s": lambda at: self.put(" " * min(200, whole(at.get("c", ""), 1))),
            "tab": lambda _: self.put("\t"),
            "line-break": lambda _: self.put("\n"),
            "soft-page-break": lambda _: self.story.turn(),
            "a": self._link,
            "list": self._list,
            "list-item": self._item,
            "table": self._table,
            "table-row": lambda _: self.story.end_row,
            "table-cell": self._cell,
            "covered-table-cell": self._cell,
        }

    def read(self, untrusted: bytes) -> None:
        """Read one part: its styles, then its words. Raises ``Refused``."""
        walk(untrusted, self._start, self._end, self._text, broken="odt-broken", dtd="odt-broken")

    def _start(self, name: str, attributes: Attributes) -> None:
        self.styles.start(name, attributes)
        start = self.starts.get(name)
        self.open.append((name, start(attributes) if start is not None else None))

    def _end(self, name: str) -> None:
        self.styles.end(name)
        _, close = self.open.pop()
        if close is not None:
            close()

    def _text(self, text: str) -> None:
        if self.sink is not None:
            self.sink.append(text)
        elif self.inside[-1] and not self.silent:
            text = _BLANKS.sub(" ", text)
            if self._space:
                text = text.lstrip(" ")
            if text:
                if symbols.is_symbols(self._faces[-1]):
                    text = symbols.signs(text, self._faces[-1])
                self.put(text)
                self._space = text[-1] == " "

    def put(self, text: str) -> None:
        """Add text as it is to the paragraph at hand, with what is to be said of it."""
        if self.silent or not text:
            return
        said = [
            *self.changes.values(),
            *(look for look, is_so in self._looks[-1].items() if is_so),
        ]
        self.left.tracked |= bool(self.changes)
        self.left.prompts |= "prompt" in said
        self._space = False
        self.story.add(text, ", ".join(dict.fromkeys(said)))
        self.heard(text)
        if not self.inside[-1]:
            self.story.end()

    def heard(self, text: str) -> None:
        """Take note of words that were written."""

    def said(self, look: str) -> Close:
        """Say ``look`` of the words of an element."""
        self._looks.append({**self._looks[-1], look: "x"})
        return self._looks.pop

    # ------------------------------------------------------------ paragraphs
    def _paragraph(self, attributes: Attributes) -> Close:
        name = attributes.get("style-name", "")
        chain = self.styles.chain("paragraph", name)
        if any(style.before for style in chain[:1]):
            self.story.turn()
        style = self.styles.set_as(name)
        level = whole(attributes.get("outline-level", ""))
        if level and style == "body":
            style = {1: "title", 2: "heading"}.get(level, "minor")
        mark = self._mark(level)
        self._looks.append(self._looks[-1] | self.styles.looks("paragraph", name))
        self._faces.append(self.styles.face("paragraph", name))
        self.inside.append(True)
        self._space = True

        def close() -> None:
            self.inside.pop()
            self._looks.pop()
            self._faces.pop()
            self.story.paragraph.mark = mark
            self.story.paragraph.style = "item" if mark and style == "body" else style
            self.story.end()
            if any(style.after for style in chain[:1]):
                self.story.turn()

        return close

    def _mark(self, level: int) -> str:
        """Return the number or bullet that stands before a paragraph."""
        at = self._lists[-1] if self._lists else None
        if at is not None and at.waits:
            at.waits = False
            return self._counts.mark(at.style, at.depth, at.first)
        return self._counts.mark("", level) if level and at is None else ""

    def _span(self, attributes: Attributes) -> Close:
        name = attributes.get("style-name", "")
        self._looks.append(self._looks[-1] | self.styles.looks("text", name))
        self._faces.append(self.styles.face("text", name) or self._faces[-1])

        def close() -> None:
            self._looks.pop()
            self._faces.pop()

        return close

    def _link(self, attributes: Attributes) -> Close:
        target = clean_line(attributes.get("href", ""))
        start = len(self.story.paragraph.parts)

        def close() -> None:
            said = "".join(text for _, text in self.story.paragraph.parts[start:])
            away = bool(target) and not target.startswith("#")
            if away and target.removeprefix("mailto:") not in said:
                self.put(f" <{target}>")

        return close

    # ------------------------------------------------------------ lists
    def _list(self, attributes: Attributes) -> Close:
        above = self._lists[-1] if self._lists else None
        style = attributes.get("style-name", "") or (above.style if above else "")
        depth = above.depth + 1 if above else 1
        goes_on = attributes.get("continue-numbering") == "true" or "continue-list" in attributes
        if above is None and not goes_on:
            self._counts.begin(style)
        self._lists.append(_List(style=style, depth=depth))
        return self._lists.pop

    def _item(self, attributes: Attributes) -> Close:
        if not self._lists:
            return None
        at = self._lists[-1]
        at.waits = True
        at.first = whole(attributes["start-value"], 1) if "start-value" in attributes else None
        return lambda: setattr(at, "waits", False)

    # ------------------------------------------------------------ tables
    def _table(self, _: Attributes) -> Close:
        self.story.begin_table()
        self.inside.append(False)
        lists, self._lists = self._lists, []

        def close() -> None:
            self.story.end_table()
            self.inside.pop()
            self._lists = lists

        return close

    def _cell(self, attributes: Attributes) -> Close:
        times = whole(attributes.get("number-columns-repeated", ""), 1)

        def close() -> None:
            for _ in range(max(1, min(times, _REPEATED))):
                self.story.end_cell()

        return close
