"""Groups of a rich text that are more than words: notes, fields, shapes, tables of names."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reviewer.documents.formats import drawing, word_fields
from reviewer.documents.formats.inset import Insets
from reviewer.documents.formats.numbering import written
from reviewer.documents.formats.rtf_text import Face, Sink, State, Text
from reviewer.documents.formats.rtf_tokens import of_charset, of_page
from reviewer.documents.formats.story import Story, titled
from reviewer.records.text import clean_line

_SHORT = 4_000  # characters of a name, an instruction, a description
_ABOUT = 200  # characters of what a comment is about
_OPEN = 100  # comments about the same words
_AS_MADE = 25  # a form that nobody changed
_BOX, _LIST = 1, 2
_HEADS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}
_SHORTS = (
    "sn", "sv", "objclass", "atnauthor", "atnid", "atndate", "atnref", "ffname", "ffdeftext",
    "ffformat", "ffhelptext", "ffstattext", "ffentrymcr", "ffexitmcr",
)  # fmt: skip
_FORMS = {
    "nar": "decimal", "alc": "lowerLetter", "auc": "upperLetter", "rlc": "lowerRoman",
    "ruc": "upperRoman",
}  # fmt: skip
_NUMBERED = {
    f"{before}{form}": (kind, _FORMS[form])
    for before, kind in (("ftnn", "footnote"), ("aftnn", "endnote"))
    for form in _FORMS
}
_STARTS = {"ftnstart": "footnote", "aftnstart": "endnote"}
_DIGITS = re.compile("[0-9A-Fa-f]+")
_DRAWN, _OF_A_MAC = {"emfblip", "wmetafile"}, "macpict"
_BLIPS = ("pngblip", "jpegblip")
_GOALS = ("picwgoal", "pichgoal", "picscalex", "picscaley")
_FORM_WORDS = {"fftype": "kind", "ffres": "result", "ffdefres": "made"}
_LABELS = {"footnote": "", "endnote": "end note ", "comment": "comment "}


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    said: str = ""  # what it shows
    kind: int = 0  # of a form
    result: int = _AS_MADE
    made: int = 0
    entries: list[str] = field(default_factory=list)

    def shows(self) -> str:
        """Return what a form shows: a box, or what was chosen."""
        chosen = self.made if self.result == _AS_MADE else self.result
        if "FORMCHECKBOX" in self.instruction or self.kind == _BOX:
            return "☒" if chosen else "☐"
        if self.kind == _LIST and 0 <= chosen < len(self.entries):
            return self.entries[chosen]
        return ""


@dataclass(slots=True)
class _Picture:
    """The bytes of a picture as they are gathered, and how large it is to be."""

    hex: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    drawable: bool = False
    kind: str = ""
    goal: dict[str, int] = field(default_factory=dict)

    def take(self, name: str, number: int) -> None:
        """Take a word that says what kind of picture it is, or how large."""
        self.drawable |= name in _BLIPS
        if name in _DRAWN or name == _OF_A_MAC:
            self.kind = name
        if name in _GOALS:
            self.goal[name] = number

    def bytes(self) -> bytes:
        """Return the bytes; of broken digits as many as there are before them."""
        digits = "".join("".join(self.hex).split())
        whole = _DIGITS.match(digits)
        length = whole.end() // 2 * 2 if whole else 0
        return bytes.fromhex(digits[:length]) or b"".join(self.raw)

    def size(self) -> tuple[float, float] | None:
        """Return how large it is to be, in points (a twentieth of which is the unit here)."""
        wide, high = (
            self.goal.get(f"pic{side}goal", 0) * self.goal.get(f"picscale{axis}", 100) / 2_000
            for side, axis in (("w", "x"), ("h", "y"))
        )
        return (wide, high) if wide > 1 and high > 1 else None


class Reader(Text):
    """Reads one rich text with all that stands in its groups."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[_Field] = []
        self._raw_picture = _Picture()
        self._pictures: dict[str, bytes] = {}
        self._insets = Insets(self._pictures.__getitem__)
        self._short: dict[str, str] = {}  # what was read last of each short thing
        self._about: dict[str, str] = {}
        self._open: set[str] = set()
        self._forms = {"footnote": "decimal", "endnote": "decimal", "comment": "decimal"}
        self._next = dict.fromkeys(self._forms, 1)
        self._kind = "footnote"
        self._counted = False  # whether the note at hand carries its number
        self.groups = {
            "fonttbl": self._face_table,
            "stylesheet": self._style_table,
            "revtbl": self._author_table,
            "footnote": self._note,
            "annotation": self._comment,
            "pict": self._picture,
            "object": self._object,
            "field": self._begin_field,
            "fldinst": self._instruction,
            "shpinst": self._shape,
            "shptxt": self._within,
            "dptxbxtext": self._within,
            "sp": self._property,
            "upr": self._first_form,
            "ud": self._second_form,
            "xe": self._entry,
            "tc": self._entry,
            "ffl": self._choice,
            "formfield": lambda state: setattr(state, "sink", _nowhere),
            "atrfstart": self._range,
            "atrfend": self._range,
            **dict.fromkeys(_SHORTS, self._short_thing),
            **dict.fromkeys(_HEADS, self._edge),
        }

    def heard(self, text: str) -> None:
        """Keep the words that comments and fields are about."""
        for number in self._open:
            self._about[number] = (self._about[number] + text)[:_ABOUT]
        for one in self._fields[-8:]:
            one.said = (one.said + text)[-_SHORT:]

    def other(self, name: str, number: int) -> None:
        """Take a word that sets something of notes, fields or forms."""
        if name in _NUMBERED:
            kind, form = _NUMBERED[name]
            self._forms[kind] = form
        elif name in _STARTS:
            self._next[_STARTS[name]] = max(1, number)
        elif name in {"fcharset", "cpg"}:
            codec = of_charset(number) if name == "fcharset" else of_page(number)
            self.faces.setdefault(self.now.face, Face()).codec = codec
        elif name in {"cs", "ds", "ts"}:
            self.now.number = -1
        elif name == "ftnalt":
            self._kind = "endnote"
        elif name in {"chftn", "chatn"}:
            self._counted = True
        elif name in _FORM_WORDS and self._fields:
            setattr(self._fields[-1], _FORM_WORDS[name], number)
        else:
            self._raw_picture.take(name, number)

    # ------------------------------------------------------------ tables of names
    def _face_table(self, state: State) -> None:
        state.sink = self._face_name

    def _face_name(self, text: str) -> None:
        face = self.faces.setdefault(self.now.face, Face())
        if ";" not in face.said:
            face.said = (face.said + text)[:_SHORT]

    def _style_table(self, state: State) -> None:
        state.sink = self._style_name

    def _style_name(self, text: str) -> None:
        known = self.styles.get(self.now.number, "")
        if not known.endswith(";") and self.now.number >= 0:
            name = f"{known}{text}".partition(";")
            self.styles[self.now.number] = "".join(name[:2])[:_SHORT]

    def _author_table(self, state: State) -> None:
        state.sink, taken = _gathered()
        state.close = lambda: self.authors.extend(
            clean_line(name)[:60] for name in taken().split(";")
        )

    def _short_thing(self, state: State) -> None:
        name = self.name
        state.sink, taken = _gathered()
        state.close = lambda: self._short.update({name: clean_line(taken())})

    # ------------------------------------------------------------ notes, heads and feet
    def _edge(self, state: State) -> None:
        self._aside(state, self.paper.edge(_HEADS[self.name]), lambda: None)

    def _aside(self, state: State, story: Story, done: Callable[[], None]) -> None:
        """Read a group into a story of its own."""
        around = self.story
        self.story = story
        state.sink, state.base, state.depth, state.style = self.write, 0, 0, "body"
        state.looks = dict(state.looks)

        def close() -> None:
            story.close()
            self.story = around
            done()

        state.close = close

    def _note(self, state: State) -> None:
        story = self.paper.story()
        counted, self._kind = self._counted, "footnote"

        def done() -> None:
            own = not (counted or self._counted)
            self._counted = False
            self._keep(self._kind, story, own=own)

        self._aside(state, story, done)

    def _comment(self, state: State) -> None:
        story = self.paper.story()
        self._short.pop("atnref", None)

        def done() -> None:
            self._counted = False
            about = self._about.get(self._short.get("atnref", ""), "")
            who = self._short.pop("atnauthor", "") or self._short.pop("atnid", "")
            self._keep("comment", story, who[:80], f"on “{clean_line(about)}”" if about else "")

        self._aside(state, story, done)

    def _keep(self, kind: str, story: Story, *about: str, own: bool = False) -> None:
        label = "its own sign"
        if not own:
            label = written(self._next[kind], self._forms[kind])
            self._next[kind] += 1
            self.write(f"[{_LABELS[kind]}{label}]")
        self.paper.note(kind, titled(label, *about), story)

    def _range(self, state: State) -> None:
        state.sink, taken = _gathered()
        begins = self.name == "atrfstart"

        def close() -> None:
            number = taken().strip()
            if begins and len(self._open) < _OPEN:
                self._open.add(number)
                self._about[number] = ""
            elif not begins:
                self._open.discard(number)

        state.close = close

    # ------------------------------------------------------------ fields
    def _begin_field(self, state: State) -> None:
        self._fields.append(_Field())
        state.close = self._end_field

    def _end_field(self) -> None:
        done = self._fields.pop()
        behind = word_fields.adds(done.instruction)
        if behind.strip(" <>").removeprefix("mailto:") not in done.said:
            self.write(behind)
        if not done.said.strip():
            self.write(done.shows() or word_fields.symbol(done.instruction))

    def _instruction(self, state: State) -> None:
        state.sink, taken = _gathered()
        one = self._fields[-1] if self._fields else _Field()
        state.close = lambda: setattr(one, "instruction", taken())

    def _choice(self, state: State) -> None:
        state.sink, taken = _gathered()
        one = self._fields[-1] if self._fields else _Field()
        state.close = lambda: one.entries.append(clean_line(taken()))

    def _entry(self, state: State) -> None:
        """Show what stands in the text for an index only."""
        state.looks["index entry"] = ""

    def _first_form(self, state: State) -> None:
        """Pass over what stands again in Unicode behind it."""
        state.beside, state.sink = state.sink, None

    def _second_form(self, state: State) -> None:
        state.sink = state.beside

    # ------------------------------------------------------------ pictures and shapes
    def _picture(self, state: State) -> None:
        around_it = self._short.pop("wzDescription", "")
        around, self._raw_picture = self._raw_picture, _Picture()
        picture = self._raw_picture
        state.sink = picture.hex.append

        def close() -> None:
            self._raw_picture = around
            self._draw(picture, self._short.pop("wzDescription", "") or around_it)

        state.close = close

    def data(self, untrusted: bytes) -> None:
        """Take the bytes of a picture that is not written in hexadecimal digits."""
        self._raw_picture.raw.append(untrusted)

    def _draw(self, picture: "_Picture", said: str) -> None:
        """Set a picture below the paragraph at hand, or say that it is not shown."""
        name = str(len(self._pictures))
        self._pictures[name] = picture.bytes() if picture.drawable else b""
        drawn = self._insets.get(name, picture.size())
        self._pictures[name] = b""
        if drawn is not None:
            self.story.show(drawn)
        else:
            self.left.pictures += 1
        if said or drawn is None:
            kind = " (PICT, of a Mac)" if picture.kind == _OF_A_MAC else ""
            self.write(f"[picture: {said or 'not shown'}{kind}]")
        if lines := drawing.words(picture.bytes()) if picture.kind in _DRAWN else []:
            self.write(f"[words in the picture: {'; '.join(lines)}]")

    def _object(self, state: State) -> None:
        self._short.pop("objclass", None)

        def close() -> None:
            name = self._short.pop("objclass", "")[:80] or "without a name"
            self.left.objects.append(name)
            self.write(f" [embedded file: {name}]")

        state.close = close

    def _within(self, state: State) -> None:
        """Read the words of a text box before those of the paragraph that it hangs on."""
        self.level(state.depth, state)
        self.story.begin_within()
        story = self.story
        state.base, state.depth, state.sink = story.depth, 0, self.write
        state.close = story.end_within

    def _shape(self, state: State) -> None:
        """Say at its end the words that stand for a shape, unless a picture in it has them."""

        def close() -> None:
            if said := self._short.pop("wzDescription", ""):
                self.write(f"[drawing: {said}]")

        state.close = close

    def _property(self, state: State) -> None:
        """Read one property of a shape: its description, or words drawn across the page."""
        state.sink = _nowhere

        def close() -> None:
            name, value = self._short.pop("sn", ""), self._short.pop("sv", "")
            if name in {"gtextUNICODE", "gtext"} and value:
                self.write(f"[across the page: {value}]")
            elif name in {"wzDescription", "pihlShape"} and value:
                self._short[name] = value

        state.close = close


def _gathered() -> tuple[Sink, Callable[[], str]]:
    """Return a place for a few words, and what gives them back."""
    parts: list[str] = []
    held = 0

    def sink(text: str) -> None:
        nonlocal held
        if held < _SHORT:
            parts.append(text[: _SHORT - held])
            held += len(text)

    return sink, lambda: "".join(parts)


def _nowhere(_: str) -> None:
    """Drop what stands in a group for other things than words."""
