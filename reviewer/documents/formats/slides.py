"""Presentations (.pptx) in the worker: a page a slide, with its notes and comments below it.

A slide is not drawn as it was laid out: its words, tables and pictures stand one below the other.
"""

import re
from collections.abc import Iterator

from reviewer.documents.formats import drawing, embedded
from reviewer.documents.formats.inset import Insets
from reviewer.documents.formats.slides_text import Left, Part
from reviewer.documents.formats.story import Paper, Story
from reviewer.documents.formats.typeset import Block
from reviewer.documents.formats.word_package import Package
from reviewer.documents.formats.xml import Attributes, walk
from reviewer.documents.notes import listed, told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean_line

_MAIN = "ppt/presentation.xml"
_NAMED = 10  # files named in a note
_NOT_NOTES = frozenset({"sldImg", "sldNum", "hdr", "ftr", "dt"})
_DRAWN = {"p", "pt"}


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return the slides as paragraphs and sentences about what is not shown.

    Raises ``Refused`` for what is broken, protected or a bomb.
    """
    show = _Show(Package(untrusted, code="pptx", main=_MAIN))
    found = show.blocks()
    return found, list(show.notes())


class _Show:
    """A presentation, and what all its slides share."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._paper = Paper()
        self._left = Left()
        self._insets = Insets(package.read)
        self._authors = _authors(package)
        self._hidden: list[int] = []
        self._shared: dict[str, None] = {}  # masters and layouts of the slides

    def blocks(self) -> list[Block]:
        """Return every slide in the order in which it is shown, then what all of them share."""
        slides = list(self._slides())
        for number, name in enumerate(slides, 1):
            self._slide(number, name)
        if not slides:
            raise Refused("pptx-broken")
        drawn = drawing.blocks(self._package.read, self._package.names)
        return [*self._paper.blocks(), *self._of_several(), *drawn]

    def _of_several(self) -> list[Block]:
        """Return what stands on several slides, each wording once."""
        shared: dict[str, list[Block]] = {}
        for name in self._shared:
            story = self._paper.story()
            self._read(story, name, own_only=True)
            found = story.close()
            if found:
                shared.setdefault("\n".join(block.text for block in found), found)
        title = Block(text="On several slides", style="minor")
        return [title, *(block for found in shared.values() for block in found)] if shared else []

    def _slides(self) -> Iterator[str]:
        package = self._package
        order: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            if name == "sldId" and (number := attributes.get("id", "")):
                order.append(number)

        walk(
            package.read(package.main), start, lambda _: None, lambda _: None,
            broken="pptx-broken", dtd="pptx-broken",
        )  # fmt: skip
        pointed = (package.of_main[number] for number in order if number in package.of_main)
        listed_ones = [one.target for one in pointed if one.kind == "slide"]
        others = sorted(  # that the list does not name, or names in a way that is not known
            (one.target for one in package.of_main.values() if one.kind == "slide"),
            key=lambda name: (len(name), name),
        )
        yield from (
            name for name in dict.fromkeys([*listed_ones, *others]) if name in package.names
        )

    def _slide(self, number: int, name: str) -> None:
        story = self._paper.main
        story.turn()
        story.paragraph.style = "minor"
        story.add(f"Slide {number}")
        heading = story.paragraph
        story.paragraph = type(heading)()
        own = self._paper.story()
        part = self._read(own, name)
        if part.hidden:
            self._hidden.append(number)
            heading.parts.append(("", " (hidden: not shown when the slides are)"))
        story.paragraph = heading
        story.end()
        story.blocks += own.close()
        relations = self._package.relations(name).values()
        for one in relations:
            if one.kind == "notesSlide" and one.target in self._package.names:
                self._notes_of(one.target)
            elif one.kind == "comments" and one.target in self._package.names:
                self._comments_of(one.target)
            elif one.kind == "slideLayout" and one.target in self._package.names:
                self._shares(one.target)

    def _shares(self, layout: str) -> None:
        for one in self._package.relations(layout).values():
            if one.kind == "slideMaster" and one.target in self._package.names:
                self._shared[one.target] = None
        self._shared[layout] = None

    def _read(self, story: Story, name: str, *, own_only: bool = False) -> Part:
        part = Part(
            story, self._package.relations(name), self._left, self._insets.get, self._words_at,
            own_only=own_only,
        )  # fmt: skip
        part.read(self._package.read(name))
        return part

    def _notes_of(self, name: str) -> None:
        story = self._paper.story()
        part = Part(
            story, self._package.relations(name), self._left, self._insets.get, self._words_at,
            skipped=_NOT_NOTES,
        )  # fmt: skip
        part.read(self._package.read(name))
        self._below("Notes of the speaker", story)

    def _below(self, title: str, story: Story) -> None:
        found = story.close()
        if found:
            main = self._paper.main
            main.blocks.append(Block(text=title, style="minor"))
            main.blocks += [
                Block(text=block.text, style="small") if block.text else block for block in found
            ]

    def _comments_of(self, name: str) -> None:
        """Read comments of either kind: who wrote them, when, and their words."""
        story = self._paper.story()
        reading = False

        def start(element: str, attributes: Attributes) -> None:
            nonlocal reading
            if element in {"cm", "reply"}:
                story.end()
                who = self._authors.get(attributes.get("authorId", ""), "")
                when = (attributes.get("dt") or attributes.get("created") or "")[:10]
                about = ", ".join(one for one in (who, clean_line(when)) if one)
                story.add(f"{about}: " if about else "")
            reading = element in {"t", "text"}

        def end(_: str) -> None:
            nonlocal reading
            reading = False

        def text(said: str) -> None:
            if reading:
                story.add(said)

        walk(self._package.read(name), start, end, text, broken="pptx-broken", dtd="pptx-broken")
        story.end()
        self._below("Comments", story)

    def _words_at(self, name: str) -> list[str]:
        """Return the words of a diagram or chart, a line a paragraph."""
        if name not in self._package.names:
            return []
        lines: list[list[str]] = [[]]
        reading = False

        def start(element: str, _: Attributes) -> None:
            nonlocal reading
            if element in _DRAWN:
                lines.append([])
            reading = element in {"t", "v"}

        def end(_: str) -> None:
            nonlocal reading
            reading = False

        def text(said: str) -> None:
            if reading:
                lines[-1].append(said)

        walk(self._package.read(name), start, end, text, broken="pptx-broken", dtd="pptx-broken")
        return [line for parts in lines if (line := clean_line("".join(parts)))]

    def notes(self) -> Iterator[str]:
        """Yield sentences about what is not shown, or not as it was seen."""
        names, left = self._package.names, self._left
        yield "These are slides; their words and pictures are shown, not how they were laid out."
        if self._hidden:
            yield f"Slides that are hidden in the presentation: {listed(self._hidden, _NAMED)}."
        pictures = {
            name for name in names if re.match(r"ppt/media/.*\.(?!mp|m4|wav|wm[av]|av|mo)", name)
        }
        if lost := (pictures | left.pictures) - self._insets.shown:
            sentence = f"Pictures of the slides that are not shown: {len(lost)}."
            yield told(sentence, pictures=len(lost))
        if left.linked:
            targets = listed([clean_line(one)[:120] for one in left.linked], _NAMED, "; ")
            yield told(
                f"Pictures that lie in other files, not shown: {targets}.",
                pictures=len(left.linked),
            )
        if left.films:
            yield f"Films and sounds of the slides that are not played: {left.films}."
        within = len(self._package.embedded())
        yield from embedded.sentences(within, within)
        if left.drawn:
            yield "Diagrams and charts are shown by their words and numbers only."
        if macros := sum("vbaProject" in name for name in names):
            yield told("Macros in the slides were left out.", macros=macros)


def _authors(package: Package) -> dict[str, str]:
    """Return the names of those who commented, by their numbers."""
    found: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name in {"cmAuthor", "author"}:
            found[attributes.get("id", "")] = clean_line(attributes.get("name", ""))[:80]

    for one in package.of_main.values():
        if one.kind in {"commentAuthors", "authors"} and one.target in package.names:
            walk(
                package.read(one.target), start, lambda _: None, lambda _: None,
                broken="pptx-broken", dtd="pptx-broken",
            )  # fmt: skip
    return found
