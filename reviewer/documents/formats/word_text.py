"""One XML part of a Word file as paragraphs (WordprocessingML, ECMA-376 part 1, chapter 17).

A word carries the sign of what Word shows by colour, line or face: who put it in or took it out,
struck out, hidden, the prompt of a field that nobody filled in.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from reviewer.documents import limits
from reviewer.documents.formats import symbols, word_state
from reviewer.documents.formats.inset import Inset
from reviewer.documents.formats.numbering import Numbering, whole
from reviewer.documents.formats.story import style_of
from reviewer.documents.formats.typeset import Block
from reviewer.documents.formats.word_fields import Fields
from reviewer.documents.formats.word_looks import LOOKS, Looks
from reviewer.documents.formats.word_notes import NOTED, Noted
from reviewer.documents.formats.word_package import Relation
from reviewer.documents.formats.word_state import Left, Paragraph, Table, author_of, by, size_of
from reviewer.documents.formats.xml import OFF, Attributes, walk
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean, clean_line

_TEXTS = {"t", "delText"}
_SHAPES = ("docPr", "cNvPr", "shape", "rect", "roundrect", "oval", "group")
_BEGUN = ("p", "tbl", "tr", "trPr", "tc", "r", "AlternateContent", "sdt")


class Part:
    """Reads one part; ``note`` names the element that holds one note of several.

    ``words_at`` returns the words of a diagram or chart that the part points at, ``picture_at`` a
    picture of a size in points, or None where it cannot be drawn.
    """

    def __init__(
        self,
        lists: Numbering,
        relations: Mapping[str, Relation],
        noted: Noted,
        words_at: Callable[[str], list[str]],
        picture_at: Callable[[str, tuple[float, float] | None], Inset | None],
        *,
        looks: Looks,
        note: str = "",
    ) -> None:
        self.blocks: list[Block] = []
        self.left = Left()
        self._lists, self._relations, self._noted, self._looks = lists, relations, noted, looks
        self._words_at, self._picture_at = words_at, picture_at
        self._pictures: list[Inset] = []  # to be set below what is read now
        self._extent: tuple[float, float] | None = None
        self._note, self._prefix = note, ""
        self._paragraphs: list[Paragraph] = []
        self._tables: list[Table] = []
        self._skip = 0
        self._changes: list[str] = []
        self._prompts: list[bool] = []  # of each field that holds a prompt or an answer
        self._links: list[tuple[str, int]] = []
        self._forms: list[int] = []  # how much was read before each choice between two forms
        self._run: list[str] = []
        self._face = ""
        self._said = ""  # the words that stand for a picture
        self._in_text = False
        self._marks: list[bool] = []  # within what is said of the sign that ends a paragraph
        self._fields = Fields()
        self._fresh = False
        self._size = 0
        self._take_in(noted)

    def _take_in(self, noted: Noted) -> None:
        """Say what is done where an element begins and ends."""
        self._open: dict[str, list[Any]] = by([*word_state.CHANGES], self._changes) | {
            "sdt": self._prompts,
            "pPr": self._marks,
            "AlternateContent": self._forms,
        }
        self._ends: dict[str, Callable[[str], None]] = by(
            ["ffData", "instrText", "delInstrText"],
            lambda name: self._add(self._fields.end_of(name)),
        ) | {
            "p": lambda _: self._finish(self._paragraphs.pop()),
            "hyperlink": lambda _: self._end_link(),
        }
        self._ends |= by(["drawing", "pict", "object"], lambda _: self._describe(""))
        self._anywhere = (
            by([*_BEGUN, *_TEXTS], self._begin)
            | by([*word_state.CHANGES], self._change)
            | by([*word_state.CELLS], self._cell)
            | by(["tblCaption", "tblDescription"], self._of_table)
            | by(["altChunk", "subDoc"], self._another)
            | by(["showingPlcHdr"], self._prompt)
        )
        self._within = (
            by([*word_state.GLUE, "sym"], self._letter)
            | by([*LOOKS, "rFonts", "rStyle"], self._look)
            | by([*NOTED], lambda name, attributes: self._add(noted.mark(name, attributes)))
            | by(["hyperlink"], self._begin_link)
            | by(["pPr"], lambda *_: self._marks.append(True))
            | by(["pStyle", "numId", "ilvl"], self._of_paragraph)
            | by(["br", "lastRenderedPageBreak"], self._break)
            | by(["pageBreakBefore", "sectPr", "type"], self._page)
            | by([*_SHAPES, "blip", "imagedata", "textpath", "extent"], self._picture)
            | by(["relIds", "chart"], self._drawn)
        )

    def read(self, untrusted: bytes) -> None:
        """Read the part. Raises ``Refused``."""
        walk(untrusted, self._start, self._end, self._text, broken="docx-broken", dtd="docx-dtd")
        self._set_pictures()

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._skip or name in word_state.SKIPPED or self._is_second_form(name):
            self._skip += 1
            if name in word_state.SKIPPED:
                self.left.looks.append(author_of(attributes))
        elif name == self._note:
            self._prefix = self._noted.title(self._note, attributes)
        elif name in self._anywhere:
            self._anywhere[name](name, attributes)
        elif self._paragraphs and name in self._within:
            self._within[name](name, attributes)
        elif self._paragraphs and self._fields.takes(name, attributes):
            self._add(self._fields.said())

    def _is_second_form(self, name: str) -> bool:
        """Whether this is the form for older programs of what was read already."""
        return name == "Fallback" and bool(self._forms) and self._size > self._forms[-1]

    def _end(self, name: str) -> None:
        if self._skip:
            self._skip -= 1
        elif name in _TEXTS:
            self._in_text = False
        elif stack := self._open.get(name):
            stack.pop()
        elif self._paragraphs and name in self._ends:
            self._ends[name](name)
        elif self._tables:
            self._end_of_table(name, self._tables[-1])

    def _end_of_table(self, name: str, table: Table) -> None:
        if name == "tc":
            text = " / ".join(text for text in table.cell if text.strip())
            table.cells.append(
                f"[cell {table.cell_change}: {text}]" if table.cell_change else text
            )
        elif name == "trPr":
            table.begins = False
        elif name == "tr":
            if any(table.cells):
                row = "  |  ".join(table.cells)
                self._emit(f"[row {table.change}: {row}]" if table.change else row, "row")
            self._set_pictures()
        elif name == "tbl":
            self._tables.pop()

    def _text(self, text: str) -> None:
        if self._skip or not self._paragraphs:
            return
        if self._fields.reading:
            self._fields.add(text)
        elif self._in_text:
            if symbols.is_symbols(self._face):
                text = symbols.signs(text, self._face)
            self._add(text)

    def _add(self, text: str) -> None:
        """Add text to the paragraph at hand, with what is to be said of it."""
        if not text:
            return
        self._size += len(text)
        if self._size > limits.SET_CHARACTERS:
            raise Refused("text")
        said = [*self._changes, *dict.fromkeys(self._run)]
        if any(self._prompts):
            said.append("prompt")
            self.left.prompts = True
        self.left.tracked |= bool(self._changes)
        self._paragraphs[-1].parts.append((", ".join(said), text))
        self._noted.heard(text)

    def _begin(self, name: str, _: Attributes) -> None:
        if name == "p":
            self._paragraphs.append(Paragraph())
        elif name == "tbl":
            self._tables.append(Table())
        elif name in {"tr", "tc", "trPr"}:
            self._begin_of_table(name)
        elif name == "r":
            look = self._looks.of(self._paragraphs[-1].style if self._paragraphs else "")
            self._run, self._face = [*look.said], look.face
        elif name == "AlternateContent":
            self._forms.append(self._size)
        elif name == "sdt":
            self._prompts.append(False)
        else:
            self._in_text = True

    def _begin_of_table(self, name: str) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        if name == "trPr":
            table.begins = True
        elif name == "tr":
            table.cells, table.change = [], ""
        else:
            table.cell, table.cell_change = [], ""

    def _change(self, name: str, attributes: Attributes) -> None:
        author = author_of(attributes)
        (self.left.looks.append if self._marks else self.left.authors.add)(author)
        self._changes.append(word_state.CHANGES[name] + (f" by {author}" if author else ""))
        if self._tables and self._tables[-1].begins:
            self._tables[-1].change, self.left.tracked = self._changes[-1], True

    def _cell(self, name: str, attributes: Attributes) -> None:
        """Say who put in or took out a cell of a row that stays."""
        if self._tables:
            author = author_of(attributes)
            self._tables[-1].cell_change = word_state.CELLS[name] + (
                f" by {author}" if author else ""
            )
            self.left.authors.add(author)
            self.left.tracked = True

    def _of_table(self, _: str, attributes: Attributes) -> None:
        """Say in words what stands for a table; of one within another, above the outer one."""
        if said := clean_line(attributes.get("val", "")):
            self.blocks.append(Block(text=f"[table: {said}]", style="small"))

    def _prompt(self, _: str, attributes: Attributes) -> None:
        if self._prompts:
            self._prompts[-1] = attributes.get("val") not in OFF

    def _letter(self, name: str, attributes: Attributes) -> None:
        if name == "sym":
            self._add(symbols.of_code(attributes.get("char", ""), attributes.get("font", "")))
        elif not (name == "tab" and "pos" in attributes):
            self._add(word_state.GLUE[name])

    def _look(self, name: str, attributes: Attributes) -> None:
        if name == "rFonts":
            self._face = attributes.get("ascii", "") or attributes.get("hAnsi", "") or self._face
        elif name == "rStyle":
            look = self._looks.of(attributes.get("val", ""))
            self._run += look.said
            self._face = look.face or self._face
        elif attributes.get("val", "") not in OFF:
            self._run.append(LOOKS[name])
        else:  # what the style says does not hold here
            self._run = [said for said in self._run if said != LOOKS[name]]

    def _of_paragraph(self, name: str, attributes: Attributes) -> None:
        paragraph, value = self._paragraphs[-1], attributes.get("val", "")
        if name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.number = value
        else:
            paragraph.depth = whole(value)

    def _break(self, name: str, attributes: Attributes) -> None:
        if name == "br" and attributes.get("type") != "page":
            self._add("\n")
        else:
            self._turn()

    def _page(self, name: str, attributes: Attributes) -> None:
        """Take what begins a page before or behind the paragraph."""
        paragraph, value = self._paragraphs[-1], attributes.get("val", "")
        if name == "pageBreakBefore":
            self._fresh |= value not in OFF
        elif name == "sectPr":
            paragraph.ends = True
        elif value in {"continuous", "nextColumn"}:
            paragraph.ends = False

    def _picture(self, name: str, attributes: Attributes) -> None:
        """Say in words what is a picture or a sign across the page."""
        if name in _SHAPES:
            given = (attributes.get(one, "") for one in ("alt", "descr", "title"))
            said = clean_line(", ".join(dict.fromkeys(one for one in given if one)))
            if said not in {"", self._said}:  # a picture drawn by itself has them twice
                self._describe(said)
        elif name == "textpath":
            self._add(f"[across the page: {clean_line(attributes.get('string', ''))}]")
        elif name == "extent":
            self._extent = size_of(attributes)
        else:
            self._draw(attributes, self._said or clean_line(attributes.get("title", "")))
            self._said, self._extent = "", None

    def _describe(self, said: str) -> None:
        """Keep the words that stand for what is drawn next; say those of what was no picture."""
        if self._said:
            self._add(f"[drawing: {self._said}]")
        self._said = said

    def _draw(self, attributes: Attributes, said: str) -> None:
        """Keep a picture to be set below its paragraph, or say that it is not shown."""
        found = self._relations.get(attributes.get("embed", "") or attributes.get("id", ""))
        inside = found is not None and not found.outside
        drawn = self._picture_at(found.target, self._extent) if found and inside else None
        if drawn is not None:
            self._pictures.append(drawn)
        if said or drawn is None:
            self._add(f"[picture: {said or 'not shown'}]")

    def _set_pictures(self) -> None:
        """Set the pictures of what was read; what begins a page begins it with the first."""
        if self._pictures and self._fresh:
            self._pictures[0] = replace(self._pictures[0], fresh=True)
            self._fresh = False
        self.blocks += self._pictures
        self._pictures.clear()

    def _drawn(self, name: str, attributes: Attributes) -> None:
        """Say the words of a diagram or a chart."""
        found = self._relations.get(attributes.get("dm" if name == "relIds" else "id", ""))
        words = self._words_at(found.target) if found is not None else []
        self._add("\n".join(["[diagram]" if name == "relIds" else "[chart]", *words]))

    def _turn(self) -> None:
        """Begin a page here, within a paragraph where need be; a table stays as it is."""
        paragraph = self._paragraphs[-1]
        if self._tables or self._note or len(self._paragraphs) > 1:
            self._fresh = self._fresh or bool(self._tables)
            return
        if any(text.strip() for _, text in paragraph.parts):
            self._finish(paragraph)
            paragraph.parts.clear()
            paragraph.number, paragraph.style = "0", ""
        self._fresh = True

    def _begin_link(self, _: str, attributes: Attributes) -> None:
        found = self._relations.get(attributes.get("id", ""))
        target = found.target if found is not None and found.outside else ""
        self._links.append((target, len(self._paragraphs[-1].parts)))

    def _end_link(self) -> None:
        if not self._links:
            return
        target, start = self._links.pop()
        said = "".join(text for _, text in self._paragraphs[-1].parts[start:])
        if target and target.removeprefix("mailto:") not in said:
            self._add(f" <{clean_line(target)}>")

    def _another(self, name: str, attributes: Attributes) -> None:
        """Say that a part of another format, or another document, belongs here."""
        found = self._relations.get(attributes.get("id", ""))
        title = clean_line(found.target if found is not None else "")[:120] or "without a name"
        title = title.rpartition("/")[2] if name == "altChunk" else title
        (self.left.chunks if name == "altChunk" else self.left.others).append(title)
        self._emit(f"[another document belongs here: {title}]", "body")

    def _finish(self, paragraph: Paragraph) -> None:
        text = "".join(
            f"[{said}: {joined}]" if said else joined
            for said, joined in (
                (said, "".join(part for _, part in group))
                for said, group in groupby(paragraph.parts, key=lambda part: part[0])
            )
        ).replace("\xad", "")
        text, style = self._numbered(paragraph, text)
        if self._note:
            if not text.strip():
                return
            text, self._prefix, style = self._prefix + text, "", "small"
        self._emit(text, style)
        if not self._tables:
            self._set_pictures()
        self._fresh |= paragraph.ends

    def _numbered(self, paragraph: Paragraph, text: str) -> tuple[str, str]:
        """Return a paragraph's text behind its number, and the style it is set in."""
        name = self._lists.name_of(paragraph.style)
        style = style_of(name)
        number, depth = self._lists.of_style(paragraph.style)
        number = paragraph.number or number
        depth = depth if paragraph.depth is None else paragraph.depth
        listed = number not in {"", "0"} or (not number and name.startswith("listbullet"))
        if not text.strip() or not listed:
            return text, style
        mark = self._lists.mark(number, depth)
        return (f"{mark} {text}" if mark else text), ("item" if style == "body" else style)

    def _emit(self, text: str, style: str) -> None:
        text = clean(text)
        if style != "row" and self._tables:
            self._tables[-1].cell.append(text.strip())
        elif style == "row" and len(self._tables) > 1:
            self._tables[-2].cell.append(text)
        elif text.strip():
            self.blocks.append(Block(text=text, style=style, fresh=self._fresh))
            self._fresh = False
