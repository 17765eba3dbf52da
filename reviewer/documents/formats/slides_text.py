"""One slide, or its notes, as paragraphs, tables and pictures (DrawingML, ECMA-376 part 1, 21)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reviewer.documents.formats.inset import Inset
from reviewer.documents.formats.numbering import whole, written
from reviewer.documents.formats.story import Story
from reviewer.documents.formats.word_package import Relation
from reviewer.documents.formats.xml import OFF, Attributes, walk
from reviewer.records.text import clean_line

_TITLES = {"title", "ctrTitle"}
_SHAPES = {"sp", "pic", "graphicFrame", "cxnSp"}
_KINDS = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter",
    "romanLc": "lowerRoman", "romanUc": "upperRoman",
}  # fmt: skip
_FILMS = {"videoFile", "audioFile", "wavAudioFile", "quickTimeFile"}
_LEVELS = 9

Size = tuple[float, float]


@dataclass(slots=True)
class Left:
    """What of slides is not on the pages, or is there otherwise than as it was seen."""

    pictures: set[str] = field(default_factory=set)
    linked: list[str] = field(default_factory=list)
    films: int = 0
    objects: set[str] = field(default_factory=set)
    drawn: bool = False


@dataclass(slots=True)
class _Shape:
    kind: str = ""  # what the layout keeps this place for
    said: str = ""
    hidden: bool = False
    size: Size | None = None
    counts: dict[int, int] = field(default_factory=dict)  # of numbered paragraphs, a level


@dataclass(slots=True)
class _Paragraph:
    level: int = 0
    number: str = ""  # the kind of its number; - for a bullet
    first: int = 1
    struck: bool = False
    link: str = ""


class Part:
    """Reads one part into a story.

    ``picture_at`` and ``words_at`` return a picture, and the words of a diagram or chart.
    ``skipped`` are places of the layout that are not read: what stands there comes from elsewhere.
    """

    def __init__(
        self,
        story: Story,
        relations: Mapping[str, Relation],
        left: Left,
        picture_at: Callable[[str, Size | None], Inset | None],
        words_at: Callable[[str], list[str]],
        *,
        skipped: frozenset[str] = frozenset(),
        own_only: bool = False,
    ) -> None:
        self.hidden = False  # the slide is not shown when it is presented
        self._story, self._relations, self.left = story, relations, left
        self._picture_at, self._words_at = picture_at, words_at
        self._skipped, self._own_only = skipped, own_only
        self._shapes: list[_Shape] = [_Shape()]
        self._paragraph: _Paragraph | None = None
        self._text: list[str] | None = None
        self._choices: list[bool] = []  # of each choice between forms: whether one was taken
        self._skip = 0
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "sld": self._slide,
            "cNvPr": self._called,
            "ph": self._place,
            "ext": self._extent,
            "p": self._begin,
            "pPr": self._look,
            "buAutoNum": self._numbered,
            "buChar": lambda _: self._bullet("-"),
            "buNone": lambda _: self._bullet(""),
            "rPr": self._words_look,
            "hlinkClick": self._link,
            "br": lambda _: self._add("\n"),
            "tab": lambda _: self._add("\t"),
            "t": lambda _: self._hear(),
            "tbl": lambda _: self._story.begin_table(),
            "blip": self._picture,
            "chart": self._drawn,
            "relIds": self._drawn,
            "oleObj": self._object,
            "AlternateContent": lambda _: self._choices.append(False),
            **dict.fromkeys(_FILMS, self._film),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "t": self._heard,
            "r": self._end_run,
            "fld": self._end_run,
            "tc": self._story.end_cell,
            "tr": self._story.end_row,
            "tbl": self._story.end_table,
            "AlternateContent": self._end_choice,
            **dict.fromkeys(_SHAPES, self._end_shape),
        }

    def read(self, untrusted: bytes) -> None:
        """Read the part. Raises ``Refused``."""
        walk(
            untrusted, self._start, self._end, self._said, broken="pptx-broken", dtd="pptx-broken"
        )

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._skip or self._is_second_form(name):
            self._skip += 1
        elif name in _SHAPES:
            self._shapes.append(_Shape())
        elif name in self._starts:
            self._starts[name](attributes)

    def _is_second_form(self, name: str) -> bool:
        """Whether this is another form of what was read already, for older programs."""
        if name not in {"Choice", "Fallback"} or not self._choices:
            return False
        taken, self._choices[-1] = self._choices[-1], True
        return taken

    def _end_choice(self) -> None:
        if self._choices:
            self._choices.pop()

    def _end(self, name: str) -> None:
        if self._skip:
            self._skip -= 1
        elif name in self._ends:
            self._ends[name]()

    def _said(self, text: str) -> None:
        if self._text is not None and not self._skip:
            self._text.append(text)

    # ------------------------------------------------------------ shapes
    def _slide(self, attributes: Attributes) -> None:
        self.hidden = attributes.get("show", "1") in OFF

    @property
    def _shape(self) -> _Shape:
        return self._shapes[-1]

    def _called(self, attributes: Attributes) -> None:
        self._shape.said = clean_line(attributes.get("descr") or attributes.get("title") or "")
        self._shape.hidden = attributes.get("hidden", "0") not in OFF

    def _place(self, attributes: Attributes) -> None:
        self._shape.kind = attributes.get("type", "body")

    def _extent(self, attributes: Attributes) -> None:
        wide, high = (
            int(one) if one.isascii() and one.isdigit() else 0
            for one in (attributes.get("cx", ""), attributes.get("cy", ""))
        )
        if wide > 0 and high > 0:
            self._shape.size = wide / 12_700, high / 12_700

    def _end_shape(self) -> None:
        if len(self._shapes) > 1:
            self._shapes.pop()

    def _silent(self) -> bool:
        """Whether the words of the shape at hand are none of this part's own."""
        return self._shape.kind in self._skipped or (self._own_only and bool(self._shape.kind))

    # ------------------------------------------------------------ paragraphs
    def _begin(self, _: Attributes) -> None:
        self._paragraph = _Paragraph()

    def _look(self, attributes: Attributes) -> None:
        if self._paragraph is not None:
            self._paragraph.level = min(_LEVELS - 1, whole(attributes.get("lvl", "")))

    def _numbered(self, attributes: Attributes) -> None:
        if self._paragraph is not None:
            self._paragraph.number = attributes.get("type", "arabicPeriod")
            self._paragraph.first = whole(attributes.get("startAt", ""), 1)

    def _bullet(self, sign: str) -> None:
        if self._paragraph is not None:
            self._paragraph.number = sign

    def _words_look(self, attributes: Attributes) -> None:
        if self._paragraph is not None:
            self._paragraph.struck = attributes.get("strike", "noStrike") != "noStrike"

    def _link(self, attributes: Attributes) -> None:
        found = self._relations.get(attributes.get("id", ""))
        if self._paragraph is not None and found is not None and found.outside:
            self._paragraph.link = clean_line(found.target)

    def _hear(self) -> None:
        if self._paragraph is not None:
            self._text = []

    def _heard(self) -> None:
        said, self._text = self._text, None
        if said is not None:
            self._add("".join(said))

    def _add(self, text: str) -> None:
        if self._paragraph is None or self._silent():
            return
        looks = ["struck out"] if self._paragraph.struck else []
        looks += ["hidden"] if self._shape.hidden else []
        self._story.add(text, ", ".join(looks))

    def _end_run(self) -> None:
        if self._paragraph is None:
            return
        link, self._paragraph.link = self._paragraph.link, ""
        self._paragraph.struck = False
        said = "".join(text for _, text in self._story.paragraph.parts)
        if link and link.removeprefix("mailto:") not in said:
            self._add(f" <{link}>")

    def _end_paragraph(self) -> None:
        done, self._paragraph = self._paragraph, None
        if done is None or self._silent():
            return
        story, shape = self._story, self._shape
        if not story.depth:
            story.paragraph.style = "title" if shape.kind in _TITLES else "body"
        if story.waits() and done.number:
            story.paragraph.mark = "•" if done.number == "-" else self._count(done)
        if story.waits() and done.level and not story.depth:
            story.paragraph.mark = "   " * done.level + (story.paragraph.mark or "•")
        story.end()

    def _count(self, done: _Paragraph) -> str:
        counts = self._shape.counts
        for deeper in [level for level in counts if level > done.level]:
            del counts[deeper]
        counts[done.level] = counts.get(done.level, done.first - 1) + 1
        kind = next((k for start, k in _KINDS.items() if done.number.startswith(start)), "decimal")
        number = written(counts[done.level], kind)
        if done.number.endswith("ParenBoth"):
            return f"({number})"
        return number + (")" if done.number.endswith("ParenR") else ".")

    # ------------------------------------------------------------ what is no words
    def _picture(self, attributes: Attributes) -> None:
        found = self._relations.get(attributes.get("embed", "") or attributes.get("link", ""))
        if found is None or self._silent():
            return
        shape = self._shape
        if found.outside:
            self.left.linked.append(found.target)
        drawn = None if found.outside else self._picture_at(found.target, shape.size)
        if drawn is not None:
            self._story.show(drawn)
        elif not found.outside:
            self.left.pictures.add(found.target)
        if shape.said or drawn is None:
            self._say(f"[picture: {shape.said or 'not shown'}]")
        elif not self._story.depth:
            self._story.end()

    def _drawn(self, attributes: Attributes) -> None:
        found = self._relations.get(attributes.get("dm", "") or attributes.get("id", ""))
        words = self._words_at(found.target) if found is not None else []
        self.left.drawn = True
        self._say("\n".join(["[diagram]" if "dm" in attributes else "[chart]", *words]))

    def _object(self, attributes: Attributes) -> None:
        found = self._relations.get(attributes.get("id", ""))
        if found is not None and not found.outside:
            self.left.objects.add(found.target)
        self._say(f"[embedded file: {clean_line(attributes.get('progId', ''))[:80]}]")

    def _film(self, _: Attributes) -> None:
        self.left.films += 1
        self._say("[film or sound, not played]")

    def _say(self, text: str) -> None:
        """Say what stands for something that is no words, as a paragraph where there is none."""
        self._story.add(text, "hidden" if self._shape.hidden else "")
        if self._paragraph is None:
            self._story.end()
