"""Word files of the old kind (.doc, 97 to 2003) in the worker: text, and what is not shown."""

import struct
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from reviewer.documents.formats import embedded
from reviewer.documents.formats.doc_file import Doc, plc, properties
from reviewer.documents.formats.doc_text import Reader
from reviewer.documents.formats.numbering import written
from reviewer.documents.formats.story import Paper, Story, titled
from reviewer.documents.formats.typeset import Block
from reviewer.documents.notes import told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean_line


class _Kind(NamedTuple):
    """A kind of note: its story, its tables of references and of texts, how it is numbered."""

    name: str
    story: str
    refers: int
    texts: int
    size: int  # bytes of a reference
    form: str
    word: str


_NOTES = (
    _Kind("footnote", "footnotes", 2, 3, 2, "decimal", ""),
    _Kind("endnote", "endnotes", 46, 47, 2, "lowerRoman", "end note "),
    _Kind("comment", "comments", 4, 5, 30, "decimal", "comment "),
)
_HEADS = ("header", "header", "footer", "footer", "header", "footer")
_BREAK = 0x3009  # how a section begins
_ON_THE_SAME_PAGE = {0, 1}
_SEPARATORS = 6  # texts before the heads and feet, which stand above notes
_SMALLEST = 40  # twips, of which a point has 20
_ABOUT = 200  # characters of what a comment is about


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return the paragraphs of a file and sentences about what is not shown.

    Raises ``Refused`` for what is broken, protected or older than Word 97.
    """
    try:
        word = _Word(Doc(untrusted))
        found = word.blocks()
    except (Refused, MemoryError):
        raise
    except Exception as error:  # the reader of compound files raises a dozen kinds over odd ones
        raise Refused("doc-broken") from error
    notes = word.notes()
    if total := word.embedded:
        taken = min(total, len(embedded.of_old_word(untrusted)[1]))
        notes += embedded.sentences(total, taken)
    return found, (notes if found or notes else ["The file has no text."])


class _Word:
    """A file and the stories in it."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._paper = Paper()
        self._reader = Reader(doc, self._paper)
        self._reader.sections = _sections(doc)
        self._labels: dict[int, str] = {}  # what stands at a position in the text
        self._boxes: dict[int, tuple[int, int]] = {}  # of each shape: its words
        self._shapes: dict[int, int] = {}  # which shape hangs at a position
        self._sizes: dict[int, tuple[float, float]] = {}
        self._reader.marks = lambda at: self._labels.get(at, "")
        self._reader.drawn = self._drawn

    def blocks(self) -> list[Block]:
        """Return the text, then the notes, then what heads and foots the pages."""
        doc = self._doc
        notes = [(kind, self._references(kind)) for kind in _NOTES]
        self._hang("main", 40, 56, "boxes")
        self._hang("edges", 41, 58, "edge boxes")
        self._read(self._paper.main, "main", 0, doc.lengths["main"])
        self._edges()
        for kind, found in notes:
            for title, first, last in found:
                made = self._paper.story()
                self._read(made, kind.story, first, last)
                self._paper.note(kind.name, title, made)
        self._left_over()
        return self._paper.blocks()

    def _read(self, story: Story, name: str, first: int, last: int) -> None:
        start, length = self._doc.starts[name], self._doc.lengths[name]
        last = min(last, length)
        if 0 <= first < last:
            self._reader.read(story, start + first, start + last)

    # ------------------------------------------------------------ notes
    def _references(self, kind: _Kind) -> list[tuple[str, int, int]]:
        """Return the notes of one kind: what stands before each, and where its words are."""
        doc, comment = self._doc, kind.name == "comment"
        about = self._commented() if comment else {}
        people = _people(doc.part(36)) if comment else []
        places = plc(doc.part(kind.texts), 0).positions
        found: list[tuple[str, int, int]] = []
        at = 1
        referred = doc.plc(kind.refers, kind.size)
        for number, own in enumerate(referred.data[: max(0, len(places) - 1)]):
            label = "its own sign"
            if comment or own != b"\0\0":
                label = written(at, kind.form)
                at += 1
                self._labels[referred.positions[number]] = f"[{kind.word}{label}]"
            who = _who(own, people) if comment else ""
            said = about.get(own[26:30], "")
            title = titled(label, who, f"on “{said}”" if said else "")
            found.append((title, places[number], places[number + 1]))
        return found

    def _commented(self) -> dict[bytes, str]:
        """Return the words that comments are about, by the mark that each carries."""
        doc = self._doc
        starts, ends = doc.plc(42, 4), plc(doc.part(43), 0).positions
        table = doc.part(37)
        found: dict[bytes, str] = {}
        for number, own in enumerate(starts.data):
            mark = table[6 + 12 * number + 4 : 6 + 12 * number + 8]
            last = int.from_bytes(own[:2], "little")
            if len(mark) == 4 and last < len(ends):
                words = doc.text[starts.positions[number] : ends[last]][:_ABOUT]
                words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
                found[mark] = clean_line(words.replace("\r", " "))
        return found

    # ------------------------------------------------------------ heads, feet and text boxes
    def _edges(self) -> None:
        places = plc(self._doc.part(11), 0).positions
        for number in range(_SEPARATORS, len(places) - 1):
            first, last = places[number], places[number + 1]
            if first < last:
                edge = _HEADS[(number - _SEPARATORS) % len(_HEADS)]
                self._read(self._paper.edge(edge), "edges", first, last)

    def _hang(self, story: str, shapes: int, texts: int, boxes: str) -> None:
        """Learn which shape hangs at which position, and what words are in it."""
        doc = self._doc
        hung = doc.plc(shapes, 26)
        for at, own in zip(hung.positions, hung.data, strict=False):
            shape, left, top, right, bottom = struct.unpack_from("<I4i", own)
            self._shapes[doc.starts[story] + at] = shape
            if right - left > _SMALLEST < bottom - top:
                self._sizes[shape] = (right - left) / 20, (bottom - top) / 20
        held = doc.plc(texts, 22)
        start = doc.starts[boxes]
        for number, own in enumerate(held.data):
            first, last = held.positions[number], held.positions[number + 1]
            if first < last <= doc.lengths[boxes]:
                shape = int.from_bytes(own[14:18], "little")
                self._boxes.setdefault(shape, (start + first, start + last))

    def _drawn(self, story: Story, at: int) -> bool:
        """Put what hangs at a position by its paragraph: a text box before, a picture below."""
        shape = self._shapes.get(at, -1)
        for said in self._reader.pictures.said.pop(shape, ()):
            story.add(said, "")
        words = self._boxes.pop(shape, None)
        if words is None:
            name = self._reader.pictures.of_shape(shape)
            return bool(name) and self._reader.show(story, name, self._sizes.get(shape))
        made = self._paper.story()
        self._reader.read(made, *words)
        for block in made.close():
            story.begin_within()
            story.paragraph.parts.append(("", block.text))
            story.end_within()
        return True

    def _left_over(self) -> None:
        """Show the text boxes that hang nowhere that we know: those within groups.

        So with what is written in other drawings there.
        """
        story = self._paper.main
        for words in list(self._boxes.values()):
            self._reader.read(story, *words)
        for text in chain.from_iterable(self._reader.pictures.said.values()):
            story.begin_within()
            story.paragraph.parts.append(("", text))
            story.end_within()

    @property
    def embedded(self) -> int:
        """How many files are embedded in the text."""
        return self._reader.left.embedded

    def notes(self) -> list[str]:
        """Return sentences about what is not shown, or not as in Word."""
        left = self._reader.left
        pictures = left.pictures + left.drawings
        macros = any(name.startswith("Macros/") for name in self._doc.names)
        said: Sequence[tuple[bool, str]] = (
            (
                pictures > 0,
                told(
                    f"Pictures in the Word file that are not shown: {pictures}.", pictures=pictures
                ),
            ),
            (macros, told("Macros in the Word file were left out.", macros=1)),
            (
                left.tracked,
                "Tracked changes: what was put in and taken out is shown in brackets.",
            ),
        )
        return [sentence for yes, sentence in said if yes]


def _sections(doc: Doc) -> dict[int, bool]:
    """Return where each section begins, and whether on a page of its own."""
    table = doc.plc(6, 12)
    found: dict[int, bool] = {}
    for at, own in zip(table.positions, table.data, strict=False):
        place = int.from_bytes(own[2:6], "little")
        said = properties(doc.section(place))
        found[at] = said.get(_BREAK, b"\x02")[0] not in _ON_THE_SAME_PAGE
    return found


def _people(untrusted: bytes) -> list[str]:
    """Return the names of those who commented."""
    found: list[str] = []
    at = 0
    while at + 2 <= len(untrusted):
        (length,) = struct.unpack_from("<H", untrusted, at)
        text = untrusted[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
        found.append(clean_line(text)[:80])
        at += 2 + 2 * length
    return found


def _who(own: bytes, people: list[str]) -> str:
    at = int.from_bytes(own[20:22], "little")
    if at < len(people):
        return people[at]
    length = min(9, int.from_bytes(own[:2], "little"))
    return clean_line(own[2 : 2 + 2 * length].decode("utf-16-le", "replace"))
