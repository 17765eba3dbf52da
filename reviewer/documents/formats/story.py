"""A text as paragraphs, tables, notes and page edges, whatever program wrote it.

The readers of RTF, OpenDocument and old Word files say here what they find; how it is set, and
how much of it there may be, is settled once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import groupby

from reviewer.documents import limits
from reviewer.documents.formats.typeset import Block, Drawn
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean, clean_line

NOTES = {"footnote": "Footnotes", "endnote": "End notes", "comment": "Comments"}
EDGES = {"header": "At the head of the pages", "footer": "At the foot of the pages"}
_BETWEEN = "  |  "  # the cells of a row


def style_of(name: str) -> str:
    """Return how a paragraph is set whose style is called ``name``, as Word or Writer name it.

    >>> style_of("Heading 1"), style_of("heading 4"), style_of("Text body")
    ('title', 'minor', 'body')
    """
    name = name.lower().replace(" ", "").replace("_20_", "")
    if name in {"title", "heading1"}:
        return "title"
    if name in {"subtitle", "heading2"}:
        return "heading"
    return "minor" if re.match("heading[1-9]?", name) else "body"


@dataclass(slots=True)
class Paragraph:
    """What was read of a paragraph: what is to be said of each part, and the part."""

    parts: list[tuple[str, str]] = field(default_factory=list)
    style: str = "body"
    mark: str = ""  # its number or bullet

    def text(self) -> str:
        """Return the words, those in brackets that carry a sign."""
        joined = (
            (said, "".join(part for _, part in group))
            for said, group in groupby(self.parts, key=lambda part: part[0])
        )
        text = "".join(
            f"[{said}: {text}]" if said and text.strip() else text for said, text in joined
        )
        return f"{self.mark} {text}" if self.mark and text.strip() else text


class Story:
    """One run of paragraphs and tables; a table within a cell becomes a part of the cell."""

    def __init__(self, take: Callable[[int], None]) -> None:
        self.blocks: list[Block] = []
        self.fresh = False  # the next paragraph begins a page
        self.paragraph = Paragraph()
        self._take = take
        self._pictures: list[Drawn] = []  # to be set below what is read now
        self._held: list[Paragraph] = []  # those that wait while one within them is read
        self._rows: list[list[str]] = []  # of each table that is open: the cells of its row
        self._cells: list[list[str]] = []  # of each: the paragraphs of its cell

    @property
    def depth(self) -> int:
        """How many tables are open."""
        return len(self._rows)

    def add(self, text: str, said: str = "") -> None:
        """Add text to the paragraph at hand. Raises ``Refused`` where there is too much."""
        if text:
            self._take(len(text))
            self.paragraph.parts.append((said, text))

    def end(self) -> None:
        """End the paragraph at hand."""
        done, self.paragraph = self.paragraph, Paragraph()
        text = clean(done.text())
        if self._cells:
            self._cells[-1].append(text.strip())
        elif text.strip():
            self._emit(text, done.style)
        self._set_pictures()

    def turn(self) -> None:
        """Begin a page here; within a table the page is not turned."""
        if not self._rows and not self._held:
            if self.waits():
                self.end()
            self.fresh = True

    def show(self, picture: Drawn) -> None:
        """Set a picture below the paragraph, or the row, at hand."""
        self._pictures.append(picture)

    def _set_pictures(self) -> None:
        if self._rows or self._held or not self._pictures:
            return
        if self.fresh:
            self._pictures[0] = replace(self._pictures[0], fresh=True)
            self.fresh = False
        self.blocks += self._pictures
        self._pictures.clear()

    def waits(self) -> bool:
        """Whether words of a paragraph wait to be ended."""
        return any(text.strip() for _, text in self.paragraph.parts)

    def begin_within(self) -> None:
        """Leave the paragraph at hand for those of a text box."""
        self._held.append(self.paragraph)
        self.paragraph = Paragraph()

    def end_within(self) -> None:
        """Return to the paragraph that was left."""
        if self.waits():
            self.end()
        if self._held:
            self.paragraph = self._held.pop()

    def begin_table(self) -> None:
        """Open a table, or one within the cell at hand."""
        self._take(1)
        self._rows.append([])
        self._cells.append([])

    def end_cell(self) -> None:
        """End the cell at hand."""
        if self._cells:
            self._rows[-1].append(" / ".join(text for text in self._cells[-1] if text))
            self._cells[-1] = []

    def end_row(self) -> None:
        """End the row at hand."""
        if not self._rows:
            return
        if any(self._cells[-1]):
            self.end_cell()
        self._cells[-1] = []
        row, self._rows[-1] = self._rows[-1], []
        if not any(row):
            return
        text = _BETWEEN.join(row)
        if len(self._cells) > 1:
            self._cells[-2].append(text)
        else:
            self._emit(text, "row")

    def end_table(self) -> None:
        """Close the table at hand."""
        if self._rows:
            self.end_row()
            self._rows.pop()
            self._cells.pop()
            self._set_pictures()

    def level(self, depth: int) -> None:
        """Open or close tables until ``depth`` of them are open."""
        while self.depth < depth:
            self.begin_table()
        while self.depth > depth:
            self.end_table()

    def close(self) -> list[Block]:
        """Return all blocks, having ended what was left open."""
        while self._held:
            self.end_within()
        if self.waits():
            self.end()
        while self._rows:
            self.end_table()
        self._set_pictures()
        return self.blocks

    def _emit(self, text: str, style: str) -> None:
        self.blocks.append(Block(text=text, style=style, fresh=self.fresh))
        self.fresh = False


@dataclass(slots=True)
class Note:
    """A note: what stands before its first words, which may be known only later, and its own."""

    title: str
    story: Story


class Paper:
    """A whole text: its main story, its notes by kind, what heads and foots its pages."""

    def __init__(self) -> None:
        self._size = 0
        self.main = self.story()
        self._notes: dict[str, list[Note]] = {kind: [] for kind in NOTES}
        self._edges: dict[str, list[Story]] = {edge: [] for edge in EDGES}

    def story(self) -> Story:
        """Return a new run of paragraphs, which counts into the size of the whole."""
        return Story(self._take)

    def _take(self, characters: int) -> None:
        self._size += characters
        if self._size > limits.SET_CHARACTERS:
            raise Refused("text")

    def note(self, kind: str, title: str, story: Story) -> Note:
        """Keep a note that was read; ``title`` stands before its first words."""
        made = Note(title=title, story=story)
        self._notes[kind].append(made)
        return made

    def edge(self, edge: str) -> Story:
        """Return the story of a new head (``header``) or foot (``footer``) of pages."""
        made = self.story()
        self._edges[edge].append(made)
        return made

    def blocks(self) -> list[Block]:
        """Return the text, then the notes, then what heads and foots the pages."""
        found = self.main.close()
        for kind, title in NOTES.items():
            notes = [block for note in self._notes[kind] for block in _set(note)]
            found = [*found, Block(text=title, style="minor"), *notes] if notes else found
        return [*found, *self._edge_blocks()]

    def _edge_blocks(self) -> list[Block]:
        """Return what heads and foots the pages, each wording once."""
        found: list[Block] = []
        for edge, title in EDGES.items():
            seen: dict[str, list[Block]] = {}
            for story in self._edges[edge]:
                blocks = story.close()
                text = "\n".join(block.text for block in blocks if block.text)
                pictures: list[Block] = [one for one in blocks if isinstance(one, Drawn)]
                if text.strip() or pictures:
                    seen.setdefault(text, pictures)
            for text, pictures in seen.items():
                found += [Block(text=title, style="minor"), Block(text=text, style="small")]
                found += pictures
        return found


def _set(note: Note) -> list[Block]:
    found = [
        block if isinstance(block, Drawn) else Block(text=block.text, style="small")
        for block in note.story.close()
    ]
    if not found or isinstance(found[0], Drawn):
        return [Block(text=note.title, style="small"), *found]
    return [Block(text=note.title + found[0].text, style="small"), *found[1:]]


def titled(label: str, *about: str) -> str:
    """Return what stands before a note: its number, and what is known of it.

    >>> titled("1"), titled("comment 2", "A. Writer", "", "2021-03-14")
    ('[1] ', '[comment 2] A. Writer, 2021-03-14: ')
    """
    who = ", ".join(part for part in map(clean_line, about) if part)
    return f"[{label}] {who}: " if who else f"[{label}] "
