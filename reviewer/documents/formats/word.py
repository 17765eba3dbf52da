"""Word files (.docx) in the worker: text in reading order, and what of the file is not shown.

A package that makes HTML or a tree of the whole file would take its limits from the file; this
walk counts as it reads. Deleted, struck-out and hidden words are shown and marked as such:
leaving them out, or showing them as if they stood, would both change what a record says.
"""

from collections.abc import Iterator

from reviewer.documents.formats import drawing, numbering
from reviewer.documents.formats.inset import Inset, Insets
from reviewer.documents.formats.typeset import Block
from reviewer.documents.formats.word_looks import Looks
from reviewer.documents.formats.word_notes import Noted
from reviewer.documents.formats.word_package import Package
from reviewer.documents.formats.word_state import Left
from reviewer.documents.formats.word_text import Part
from reviewer.documents.formats.xml import Attributes, walk
from reviewer.documents.notes import listed, told
from reviewer.records.text import clean_line

_NAMED = 10  # files named in a note
_NOTES = (
    ("footnotes", "footnote", "Footnotes"),
    ("endnotes", "endnote", "End notes"),
    ("comments", "comment", "Comments"),
)
_DRAWN = {"diagramData": "diagrams", "chart": "charts", "chartEx": "charts"}


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a Word file's paragraphs and sentences about what is not shown.

    Raises ``Refused`` for what is broken, protected or a bomb.
    """
    word = _Word(Package(untrusted))
    return word.blocks(), word.notes()


class _Word:
    """A Word file, and what all its parts share: lists, the numbers of notes, what is left out."""

    def __init__(self, package: Package) -> None:
        self._package = package
        styles = package.part("styles")
        self._lists = numbering.read(package.part("numbering"), styles)
        self._looks = Looks(styles)
        self._main = package.read(package.main)
        self._noted = Noted(package.part("settings"), self._main)
        self._lefts: list[Left] = []
        self._shown: set[str] = set()  # diagrams and charts whose words are on the page
        self._insets = Insets(package.read)
        self._empty = True

    def blocks(self) -> list[Block]:
        """Return the text, then the notes, then what heads and foots the pages."""
        found = self._read(self._package.main, self._main)
        self._empty = not found
        for kind, element, title in _NOTES:
            notes = [
                block
                for name in self._package.parts(kind)
                for block in self._read(name, self._package.read(name), note=element)
            ]
            found += [Block(text=title, style="minor"), *notes] if notes else []
        drawn = drawing.blocks(self._package.read, self._package.names)
        return [*found, *self._edges(), *drawn]

    def _read(self, name: str, untrusted: bytes, *, note: str = "") -> list[Block]:
        relations = self._package.relations(name)
        part = Part(
            self._lists, relations, self._noted, self._words_at, self._insets.get,
            looks=self._looks, note=note,
        )  # fmt: skip
        part.read(untrusted)
        self._lefts.append(part.left)
        return part.blocks

    def _edges(self) -> list[Block]:
        """Return what heads and foots the pages, each wording once."""
        seen: dict[tuple[str, str], list[Block]] = {}
        for kind in ("footer", "header"):
            for name in self._package.parts(kind):
                found = self._read(name, self._package.read(name))
                text = "\n".join(block.text for block in found if block.text.strip())
                pictures: list[Block] = [block for block in found if isinstance(block, Inset)]
                if text or pictures:
                    seen.setdefault((kind, text), pictures)
        where = {"header": "At the head of the pages", "footer": "At the foot of the pages"}
        return [
            block
            for (kind, text), pictures in seen.items()
            for block in (
                Block(text=where[kind], style="minor"),
                Block(text=text, style="small"),
                *pictures,
            )
        ]

    def _words_at(self, name: str) -> list[str]:
        """Return the words of a diagram or chart, a line a paragraph."""
        if name not in self._package.names or name in self._shown:
            return []
        self._shown.add(name)
        lines: list[list[str]] = [[]]
        reading = False

        def start(element: str, _: Attributes) -> None:
            nonlocal reading
            if element in {"p", "pt"}:
                lines.append([])
            reading = element in {"t", "v"}

        def end(_: str) -> None:
            nonlocal reading
            reading = False

        def text(said: str) -> None:
            if reading:
                lines[-1].append(said)

        walk(self._package.read(name), start, end, text, broken="docx-broken", dtd="docx-dtd")
        return [line for parts in lines if (line := clean_line("".join(parts)))]

    def notes(self) -> list[str]:
        """Return sentences about what is not shown, or not as in Word."""
        found = [*self._of_files(), *self._of_words()]
        return ["The Word file has no text."] if self._empty and not found else found

    def _of_files(self) -> Iterator[str]:
        """Yield a sentence about each kind of thing within the file that is not shown."""
        names = self._package.names
        linked = [one.target for one in self._package.pointed("image") if one.outside]
        pictures = {one.target for one in self._package.pointed("image") if not one.outside}
        pictures |= {name for name in names if name.startswith("word/media/")}
        chunks = {one.target for one in self._package.pointed("aFChunk")}
        within = sum(name not in chunks for name in self._package.embedded())
        macros = sum("vbaProject" in name for name in names)
        pictures -= self._insets.shown
        if pictures:
            sentence = f"Pictures in the Word file that are not shown: {len(pictures)}."
            yield told(sentence, pictures=len(pictures))
        if linked:
            sentence = f"Pictures that lie in other files, not shown: {_listed(linked)}."
            yield told(sentence, pictures=len(linked))
        if within:
            sentence = f"Files embedded in the Word file, each a document of its own: {within}."
            yield told(sentence, attachments=within)
        if any(True for kind in _DRAWN for _ in self._package.pointed(kind)) or any(
            name.startswith("word/charts/") for name in names
        ):
            yield "Diagrams and charts are shown by their words and numbers only."
        if macros:
            yield told("Macros in the Word file were left out.", macros=macros)

    def _of_words(self) -> Iterator[str]:
        """Yield a sentence about what belongs among the words and is not there, or is marked."""
        others = [title for left in self._lefts for title in left.others]
        chunks = [title for left in self._lefts for title in left.chunks]
        if chunks:
            sentence = f"Parts of another format, each a document of its own: {_listed(chunks)}."
            yield told(sentence, parts=len(chunks))
        if others:
            titles = _listed(others)
            sentence = f"Chapters in other files, to be imported on their own: {titles}."
            yield told(sentence, parts=len(others))
        if any(left.tracked for left in self._lefts):
            yield "Tracked changes: what was put in and taken out is shown in brackets."
        named = {one for left in self._lefts for one in left.authors} | {""}
        if looks := sorted({one for left in self._lefts for one in left.looks} - named):
            yield f"Changes of how words and paragraphs look, not shown: by {_listed(looks)}."
        if any(left.prompts for left in self._lefts):
            yield "Fields that nobody filled in are shown with their prompt, in brackets."


def _listed(names: list[str]) -> str:
    return listed([clean_line(name)[:120] for name in names], _NAMED, "; ")
