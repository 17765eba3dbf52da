"""Notes, comments, changes, frames and forms of an OpenDocument text (ODF 1.3, part 3).

Deleted words stand at the head of the file; they are put back where they stood, with their sign.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from reviewer.documents.formats.inset import Inset
from reviewer.documents.formats.opendocument_form import Controls
from reviewer.documents.formats.opendocument_text import Close, Start, Text
from reviewer.documents.formats.story import Note, Story, titled
from reviewer.documents.formats.xml import Attributes
from reviewer.records.text import clean_line

_ABOUT = 200  # characters of what a comment is about
_LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,6})?)(cm|mm|in|pt|pc)")
_UNITS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0}
_OPEN = 100  # comments about the same words
_SHORT = 4_000  # characters of a description
_SHAPES = (
    "frame", "custom-shape", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path",
    "regular-polygon", "connector", "caption", "measure", "g",
)  # fmt: skip
_HEADS = {
    **dict.fromkeys(("header", "header-left", "header-first"), "header"),
    **dict.fromkeys(("footer", "footer-left", "footer-first"), "footer"),
}
_MARKS = ("alphabetical-index-mark", "toc-mark", "user-index-mark")


@dataclass(slots=True)
class _Shape:
    """A frame or shape that is open: what is said of it, and what is in it that is no words."""

    said: dict[str, str] = field(default_factory=dict)
    size: tuple[float, float] | None = None
    picture: bool = False
    drawn: Inset | None = None
    words: list[str] = field(default_factory=list)


class Reader(Text):
    """Reads the parts of one text.

    ``names`` are the members of the file; ``words_at`` returns the words of an object in it,
    ``picture_at`` a picture of a size in points, or None where it cannot be drawn.
    """

    def __init__(
        self,
        names: frozenset[str],
        words_at: Callable[[str], list[str]],
        picture_at: Callable[[str, tuple[float, float] | None], Inset | None],
    ) -> None:
        super().__init__()
        self._names, self._words_at, self._picture_at = names, words_at, picture_at
        self._shapes: list[_Shape] = []
        self._who: dict[str, str] = {}  # who changed or commented, and when
        self._region = ""
        self._changed: dict[str, tuple[str, str]] = {}  # how, and the words that were taken out
        self._comments = 0
        self._about: dict[str, tuple[Note, list[str]]] = {}
        self._controls = Controls()
        self.starts |= self._more()

    def _more(self) -> dict[str, Start]:
        return {
            "section": self._section,
            "section-source": self._another,
            "note": self._note,
            "note-citation": lambda _: self._taken(partial(self._who.__setitem__, "label")),
            "annotation": self._annotation,
            "annotation-end": self._annotation_end,
            "creator": partial(self._person, "creator"),
            "date": partial(self._person, "date"),
            "changed-region": self._changed_region,
            "deletion": self._deletion,
            "insertion": lambda _: self._inserted,
            "change": self._change,
            "change-start": self._change_start,
            "change-end": self._change_end,
            "placeholder": lambda _: self.said("prompt"),
            "hidden-text": self._hidden_text,
            "ruby-text": self._ruby,
            "script": lambda _: self._unheard(),
            "control": self._control,
            "forms": self._in_forms,
            "image": self._image,
            "object": self._object,
            "object-ole": self._object,
            "plugin": self._object,
            "math": lambda _: self._taken(self._formula),
            **{name: partial(self._description, name) for name in ("title", "desc")},
            **dict.fromkeys(_SHAPES, self._shape),
            **dict.fromkeys(_MARKS, self._index_mark),
            **{name: partial(self._edge, edge) for name, edge in _HEADS.items()},
        }

    def heard(self, text: str) -> None:
        """Keep the words that comments are about."""
        for _, said in self._about.values():
            if sum(map(len, said)) < _ABOUT:
                said.append(text[:_ABOUT])

    def close(self) -> None:
        """Show what was deleted in places that the text no longer has, and what no place shows."""
        for said in self._controls.said.values():
            self.paper.main.add(f"[{said}]", "field of a form")
            self.paper.main.end()
        for how, words in self._changed.values():
            if words:
                self.paper.main.add(words, how)
                self.paper.main.end()

    # ------------------------------------------------------------ words of no paragraph
    def _taken(self, into: Callable[[str], None]) -> Close:
        """Give the words of an element to ``into``, and none to the page."""
        around, held = self.sink, list[str]()
        self.sink = held

        def close() -> None:
            self.sink = around
            into("".join(held)[:_SHORT])

        return close

    def _unheard(self) -> Close:
        self.silent += 1

        def close() -> None:
            self.silent -= 1

        return close

    def _aside(self, story: Story, done: Callable[[], None]) -> Close:
        """Read an element into a story of its own."""
        around, self.story = self.story, story
        changes, self.changes = self.changes, {}
        self.inside.append(False)

        def close() -> None:
            story.close()
            self.story, self.changes = around, changes
            self.inside.pop()
            done()

        return close

    def _parent(self) -> str:
        return self.open[-1][0] if self.open else ""

    # ------------------------------------------------------------ heads, sections, notes
    def _edge(self, edge: str, _: Attributes) -> Close:
        return self._aside(self.paper.edge(edge), lambda: None)

    def _section(self, attributes: Attributes) -> Close:
        hidden = attributes.get("display") == "none" or attributes.get("is-hidden") == "true"
        return self.said("hidden") if hidden else None

    def _another(self, attributes: Attributes) -> Close:
        target = clean_line(attributes.get("href", ""))[:120]
        if target:
            self.left.others.append(target)
            self.put(f"[from another file: {target}]")
        return None

    def _note(self, attributes: Attributes) -> Close:
        kind = "endnote" if attributes.get("note-class") == "endnote" else "footnote"
        story = self.paper.story()
        self._who.pop("label", None)

        def done() -> None:
            label = clean_line(self._who.pop("label", ""))[:40] or "*"
            self.paper.note(kind, titled(label), story)
            self.put(f"[{label}]" if kind == "footnote" else f"[end note {label}]")

        return self._aside(story, done)

    def _annotation(self, attributes: Attributes) -> Close:
        if self._parent() == "semantics":  # of a formula
            return None
        self._comments += 1
        label, name = str(self._comments), attributes.get("name", "")
        self.put(f"[comment {label}]")
        story = self.paper.story()
        self._who.clear()

        def done() -> None:
            made = self.paper.note("comment", titled(label, *self._whose()), story)
            if name and len(self._about) < _OPEN:
                self._about[name] = made, []

        return self._aside(story, done)

    def _annotation_end(self, attributes: Attributes) -> Close:
        note, said = self._about.pop(attributes.get("name", ""), (None, []))
        about = clean_line("".join(said))[:_ABOUT]
        if note is not None and about:
            note.title = f"{note.title.rstrip(': ')}, on “{about}”: "
        return None

    def _person(self, what: str, _: Attributes) -> Close:
        if self._parent() not in {"annotation", "change-info"}:
            return None
        return self._taken(partial(self._who.__setitem__, what))

    def _whose(self) -> tuple[str, str]:
        """Return who commented or changed, and on which day."""
        who, when = self._who.pop("creator", ""), self._who.pop("date", "")
        return clean_line(who)[:80], clean_line(when)[:10]

    # ------------------------------------------------------------ changes
    def _changed_region(self, attributes: Attributes) -> Close:
        self._region = attributes.get("id", "")
        self._who.clear()
        return None

    def _inserted(self) -> None:
        who, _ = self._whose()
        self._changed[self._region] = (f"inserted by {who}" if who else "inserted"), ""

    def _deletion(self, _: Attributes) -> Close:
        story, region = self.paper.story(), self._region

        def done() -> None:
            who, _ = self._whose()
            words = "\n".join(block.text for block in story.blocks)
            self._changed[region] = (f"deleted by {who}" if who else "deleted"), words
            self.left.tracked |= bool(words)

        return self._aside(story, done)

    def _change(self, attributes: Attributes) -> Close:
        how, words = self._changed.pop(attributes.get("change-id", ""), ("", ""))
        self.story.add(words, how)
        if not self.inside[-1]:
            self.story.end()
        return None

    def _change_start(self, attributes: Attributes) -> Close:
        number = attributes.get("change-id", "")
        if number in self._changed and len(self.changes) < _OPEN:
            self.changes[number] = self._changed[number][0]
        return None

    def _change_end(self, attributes: Attributes) -> Close:
        self.changes.pop(attributes.get("change-id", ""), None)
        return None

    # ------------------------------------------------------------ fields
    def _hidden_text(self, attributes: Attributes) -> Close:
        close = self.said("hidden")
        if attributes.get("is-hidden", "true") == "true":
            self.put(attributes.get("string-value", ""))
        if close is not None:
            close()
        return None

    def _ruby(self, _: Attributes) -> Close:
        self.put(" (")
        return lambda: self.put(")")

    def _index_mark(self, attributes: Attributes) -> Close:
        if value := clean_line(attributes.get("string-value", "")):
            self.put(f"[index entry: {value}]")
        return None

    # ------------------------------------------------------------ forms
    def _in_forms(self, _: Attributes) -> Close:
        around = self.starts
        self.starts = {**around, **self._controls.starts()}
        return lambda: setattr(self, "starts", around)

    def _control(self, attributes: Attributes) -> Close:
        said = self._controls.said.pop(attributes.get("control", ""), "")
        self.put(f"[{said}]" if said else "")
        return None

    # ------------------------------------------------------------ frames and shapes
    def _shape(self, attributes: Attributes) -> Close:
        self.story.begin_within()
        self.inside.append(False)
        shape = _Shape(size=_size(attributes))
        self._shapes.append(shape)

        def close() -> None:
            self._shapes.pop()
            self.story.end_within()
            self.inside.pop()
            given = dict.fromkeys(shape.said.get(one, "") for one in ("desc", "title"))
            said = clean_line(", ".join(one for one in given if one.strip()))
            if shape.words:
                self.put("\n".join([*shape.words, *([f"[{said}]"] if said else [])]))
            elif shape.picture:
                self._drawn(shape.drawn, said)
            elif said:
                self.put(f"[{said}]")

        return close

    def _drawn(self, drawn: Inset | None, said: str) -> None:
        """Set a picture below the paragraph at hand, or say that it is not shown."""
        if drawn is not None:
            self.story.show(drawn)
        if said or drawn is None:
            self.put(f"[picture: {said or 'not shown'}]")
        elif not self.inside[-1]:
            self.story.end()

    def _description(self, what: str, _: Attributes) -> Close:
        if not self._shapes or self._parent() not in _SHAPES:
            return None
        return self._taken(partial(self._shapes[-1].said.__setitem__, what))

    def _image(self, attributes: Attributes) -> Close:
        target = attributes.get("href", "").removeprefix("./")
        if not self._shapes or target.startswith("ObjectReplacements/"):
            return None
        shape = self._shapes[-1]
        shape.picture = True
        if target in self._names:
            self.left.pictures.add(target)
            shape.drawn = shape.drawn or self._picture_at(target, shape.size)
        elif target:
            self.left.linked.append(clean_line(target)[:120])
        else:
            self.left.within += 1
        return None

    def _object(self, attributes: Attributes) -> Close:
        if not self._shapes:
            return None
        shape, target = self._shapes[-1], attributes.get("href", "").removeprefix("./")
        words = self._words_at(target) if target else []
        if words:
            self.left.drawn = True
            shape.words += ["[diagram or formula]", *words]
        elif target:
            self.left.objects += 1
            shape.words.append(f"[embedded file: {clean_line(target)[:80]}]")
        return None

    def _formula(self, said: str) -> None:
        if self._shapes:
            self.left.drawn = True
            self._shapes[-1].words += ["[diagram or formula]", clean_line(said)]


def _size(attributes: Attributes) -> tuple[float, float] | None:
    """Return the points that a frame says it takes."""
    found = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    wide, high = (float(one[1]) * _UNITS[one[2]] if one else 0.0 for one in found)
    return (wide, high) if wide > 1 and high > 1 else None
