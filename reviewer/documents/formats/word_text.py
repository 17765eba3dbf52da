"""One XML part of a Word file as paragraphs (WordprocessingML, ECMA-376 part 1, chapter 17)."""

import re
from dataclasses import dataclass, field

from reviewer.documents import limits
from reviewer.documents.formats.numbering import Numbering
from reviewer.documents.formats.typeset import SYMBOLS, Block
from reviewer.documents.formats.xml import Attributes, walk
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_OFF = {"0", "false", "off"}
_MARKS = {"deleted": "deleted", "struck": "struck out", "hidden": "hidden"}
_TWICE = re.compile(r"\](\s*)\[(deleted|struck out|hidden): ")
_SKIPPED = {"Fallback", "instrText", "delInstrText", "rPrChange", "pPrChange"}
_GLUE = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    style: str = ""
    number: str = ""
    depth: int = 0


@dataclass(slots=True)
class _Table:
    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


class Part:
    """Reads one part; ``note`` names the element that holds one note of several."""

    def __init__(self, lists: Numbering, *, note: str = "") -> None:
        self.blocks: list[Block] = []
        self.tracked = False
        self.chunks = 0
        self._lists = lists
        self._note = note
        self._prefix = ""
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._skip = 0
        self._deleted = 0
        self._run: set[str] = set()
        self._in_text = False
        self._size = 0

    def read(self, untrusted: bytes) -> None:
        """Read the part. Raises ``Refused``."""
        walk(
            untrusted,
            self._start,
            self._end,
            self._text,
            broken="docx-broken",
            dtd="docx-dtd",
        )

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._skip or name in _SKIPPED:
            self._skip += 1
            return
        if name == self._note:
            self._begin_note(attributes)
        elif name in {"p", "tbl", "tr", "tc", "r"}:
            self._begin(name)
        elif name in {"t", "delText"}:
            self._in_text = True
        elif name in {"del", "ins", "moveFrom"}:
            self.tracked = True
            self._deleted += name != "ins"
        elif self._paragraphs:
            self._inside(name, attributes)
        elif name == "altChunk":
            self.chunks += 1

    def _end(self, name: str) -> None:
        if self._skip:
            self._skip -= 1
        elif name in {"t", "delText"}:
            self._in_text = False
        elif name in {"del", "moveFrom"}:
            self._deleted -= 1
        elif name == "p" and self._paragraphs:
            self._finish(self._paragraphs.pop())
        elif self._tables:
            self._end_of_table(name, self._tables[-1])

    def _end_of_table(self, name: str, table: _Table) -> None:
        if name == "tc":
            table.cells.append(" / ".join(text for text in table.cell if text.strip()))
        elif name == "tr" and any(table.cells):
            self._emit("  |  ".join(table.cells), "row")
        elif name == "tbl":
            self._tables.pop()

    def _text(self, text: str) -> None:
        if not self._in_text or self._skip or not self._paragraphs:
            return
        self._size += len(text)
        if self._size > limits.SET_CHARACTERS:
            raise Refused("text")
        kind = "deleted" if self._deleted else next(iter(sorted(self._run)), "")
        self._paragraphs[-1].parts.append(f"[{_MARKS[kind]}: {text}]" if kind else text)

    def _begin(self, name: str) -> None:
        if name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "tbl":
            self._tables.append(_Table())
        elif name == "tr" and self._tables:
            self._tables[-1].cells = []
        elif name == "tc" and self._tables:
            self._tables[-1].cell = []
        elif name == "r":
            self._run = set()

    def _inside(self, name: str, attributes: Attributes) -> None:
        """Take what stands in a paragraph besides text."""
        paragraph = self._paragraphs[-1]
        value = attributes.get("val", "")
        if name in _GLUE and not (name == "tab" and "pos" in attributes):
            paragraph.parts.append(_GLUE[name])
        elif name == "pStyle":
            paragraph.style = value.lower()
        elif name == "numId":
            paragraph.number = value
        elif name == "ilvl":
            paragraph.depth = int(value) if value.isascii() and value.isdigit() else 0
        elif name in {"strike", "dstrike", "vanish"} and value not in _OFF:
            self._run.add("hidden" if name == "vanish" else "struck")
        elif name == "sym":
            paragraph.parts.append(_symbol(attributes.get("char", "")))
        elif name.endswith("Reference"):
            self._refer(paragraph, name, attributes.get("id", ""))

    def _refer(self, paragraph: _Paragraph, name: str, number: str) -> None:
        kinds = {"footnoteReference": "", "endnoteReference": "end note ", "commentReference": ""}
        if name in kinds and number.isascii() and number.isdigit():
            word = "comment " if name == "commentReference" else kinds[name]
            paragraph.parts.append(f"[{word}{number}]")

    def _begin_note(self, attributes: Attributes) -> None:
        number = attributes.get("id", "")[:12]
        author = attributes.get("author", "")[:80]
        self._prefix = f"[{number}] {author}: " if author else f"[{number}] "
        if attributes.get("type", "normal") != "normal":  # the rule above the notes
            self._prefix = ""

    def _finish(self, paragraph: _Paragraph) -> None:
        text = _TWICE.sub(r"\1", "".join(paragraph.parts)) if paragraph.parts else ""
        style = _style(paragraph.style)
        if text.strip() and (paragraph.number not in {"", "0"} or "list" in paragraph.style):
            mark = self._lists.mark(paragraph.number, paragraph.depth)
            text = f"{mark} {text}" if mark else text
            style = "item" if style == "body" else style
        if self._note:
            if not text.strip():
                return
            text, self._prefix, style = self._prefix + text, "", "small"
        self._emit(text, style)

    def _emit(self, text: str, style: str) -> None:
        text = clean(text)
        if style != "row" and self._tables:
            self._tables[-1].cell.append(text.strip())
        elif style == "row" and len(self._tables) > 1:
            self._tables[-2].cell.append(text)
        elif text.strip():
            self.blocks.append(Block(text=text, style=style))


def _style(name: str) -> str:
    if name in {"title", "heading1"}:
        return "title"
    if name in {"subtitle", "heading2"}:
        return "heading"
    return "minor" if name.startswith("heading") else "body"


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return SYMBOLS.get(number, "□" if 0xE000 <= number <= 0xF8FF or number < 32 else "")
