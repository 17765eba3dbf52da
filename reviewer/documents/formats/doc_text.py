"""The stories of a Word file of the old kind as paragraphs ([MS-DOC] 2.8.25 and 2.6)."""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.documents.formats import symbols, word_fields
from reviewer.documents.formats.doc_file import Doc, Properties, Run, strings
from reviewer.documents.formats.doc_pictures import Pictures
from reviewer.documents.formats.doc_styles import LEVEL, NUMBER, Styles, lists
from reviewer.documents.formats.inset import Insets
from reviewer.documents.formats.story import Paper, Story
from reviewer.records.text import clean_line

_SIGNS = re.compile("([\\x00-\\x08\\x0b-\\x0f\\x13-\\x15\\x1e\\x1f\\r])")
_DELETED, _INSERTED, _WHO_INSERTED, _WHO_DELETED = 0x0800, 0x0801, 0x4804, 0x4863
_HIDDEN, _STRUCK, _STRUCK_TWICE, _SYMBOL = 0x083C, 0x0837, 0x2A53, 0x6A09
_FACE, _EMBEDDED, _DATA, _LIES = 0x4A4F, 0x080A, 0x0806, 0x6A03
_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_INNER_CELL, _INNER_ROW, _NEW_PAGE, _OUTLINE = 0x244B, 0x244C, 0x2407, 0x2640
_GLUE = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": ""}
_MOST = 4_000  # characters of an instruction
_DEEPEST = 20  # tables within each other

Mark = Callable[[int], str]


@dataclass(slots=True)
class Left:
    """What of a file is not on its pages, or is there otherwise than as it was seen."""

    pictures: int = 0
    drawings: int = 0
    embedded: int = 0
    tracked: bool = False


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, and whether that is still being read."""

    reading: bool = True
    instruction: str = ""
    start: int = 0  # parts of the paragraph before what it shows
    shown: str = ""


class Reader:
    """Reads stretches of the text into stories.

    ``marks`` says what stands where the text refers to a note; ``drawn`` puts the words of a
    text box where it hangs and returns whether there are any.
    """

    def __init__(self, doc: Doc, paper: Paper) -> None:
        self.doc = doc
        self.paper = paper
        self.left = Left()
        self.marks: Mark = lambda _: ""
        self.drawn: Callable[[Story, int], bool] = lambda _story, _at: False
        self.pictures = Pictures(doc)
        self._insets = Insets(self.pictures.read)
        self._styles = Styles(doc)
        self._lists = lists(doc)
        self._faces = _faces(doc.part(15))
        for level in (*self._lists.levels.values(), *self._lists.own.values()):
            level.face = self._face(bytes.fromhex(level.face))
        self._authors = [clean_line(name)[:60] for name in strings(doc.part(51))]
        self._fields: list[_Field] = []
        self.sections: dict[int, bool] = {}  # where one begins: whether on a page of its own

    def read(self, story: Story, start: int, end: int) -> None:
        """Read what stands between two positions into a story."""
        end = min(end, len(self.doc.text))
        fields, self._fields = self._fields, []
        while start < end:
            last = self._end_of(start, end)
            self._paragraph(story, start, last)
            start = last
        self._fields = fields

    def _end_of(self, start: int, end: int) -> int:
        """Return where the paragraph that begins at ``start`` ends."""
        places = [self.doc.text.find(sign, start, end) for sign in "\r\x07"]
        return min((at for at in places if at >= 0), default=end - 1) + 1

    def _paragraph(self, story: Story, start: int, end: int) -> None:
        of = self.doc.paragraph(end - 1)
        said = self._styles.paragraph(of.style) | of.said
        depth = _number(said, _DEPTH) if _DEPTH in said else int(_on(said, _IN_TABLE))
        story.level(min(depth, _DEEPEST))
        last = self.doc.text[end - 1]
        if last == "\x07" and _on(said, _ROW_END):
            story.end_row()
            return
        if _on(said, _INNER_ROW):
            story.end_row()
            return
        if _on(said, _NEW_PAGE):
            story.turn()
        own = self._styles.words(of.style)
        for run in self.doc.looks_of(start, end):
            self._run(story, run, own)
        self._finish(story, of, said)
        if last == "\x07" or _on(said, _INNER_CELL):
            story.end_cell()

    def _finish(self, story: Story, of: Run, said: Properties) -> None:
        style = self._styles.set_as(of.style)
        if style == "body" and said.get(_OUTLINE, b"\x09")[:1] < b"\x09":
            style = {0: "title", 1: "heading"}.get(said[_OUTLINE][0], "minor")
        number = _number(said, NUMBER)
        if 0 < number < 0x7FF and story.waits():
            story.paragraph.mark = self._lists.mark(str(number), min(8, _number(said, LEVEL)))
            style = "item" if style == "body" else style
        story.paragraph.style = style
        story.end()

    # ------------------------------------------------------------ runs
    def _run(self, story: Story, run: Run, own: Properties) -> None:
        said = own | run.said
        looks = self._looks(said)
        face = self._face(said.get(_FACE, b""))
        if _SYMBOL in said:  # each character stands for the same sign
            self._add(story, self._symbol(said[_SYMBOL]) * (run.end - run.start), looks)
            return
        at = run.start
        for part in _SIGNS.split(self.doc.text[run.start : run.end]):
            if len(part) == 1 and part < " " and part != "\t":
                self._sign(story, part, at, said, looks)
            elif part:
                symbolic = symbols.is_symbols(face)
                self._add(story, symbols.signs(part, face) if symbolic else part, looks)
            at += len(part)

    def _looks(self, said: Properties) -> str:
        found = []
        for look, name, who in (
            (_DELETED, "deleted", _WHO_DELETED),
            (_INSERTED, "inserted", _WHO_INSERTED),
        ):
            if _on(said, look):
                self.left.tracked = True
                at = _number(said, who)
                by = self._authors[at] if 0 < at < len(self._authors) else ""
                found.append(f"{name} by {by}" if by else name)
        if _on(said, _STRUCK) or _on(said, _STRUCK_TWICE):
            found.append("struck out")
        if _on(said, _HIDDEN):
            found.append("hidden")
        return ", ".join(found)

    def _symbol(self, untrusted: bytes) -> str:
        face = self._face(untrusted[:2])
        letter = chr(int.from_bytes(untrusted[2:4], "little") or 32)
        if symbols.is_symbols(face):
            return symbols.signs(letter, face)
        return letter

    def _face(self, untrusted: bytes) -> str:
        at = int.from_bytes(untrusted[:2], "little") if untrusted else len(self._faces)
        return self._faces[at] if at < len(self._faces) else ""

    def _add(self, story: Story, text: str, looks: str) -> None:
        if self._fields and self._fields[-1].reading:
            one = self._fields[-1]
            one.instruction = (one.instruction + text)[:_MOST]
            return
        if any("\ud800" <= c <= "\udfff" for c in text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        story.add(text, looks)
        for one in self._fields[-8:]:
            one.shown = (one.shown + text)[-_MOST:]

    def _sign(self, story: Story, sign: str, at: int, said: Properties, looks: str) -> None:
        if sign in _GLUE:
            self._add(story, _GLUE[sign], looks)
        elif sign == "\x0c":
            self._page(story, at)
        elif sign in "\x13\x14\x15":
            self._field(story, sign, looks)
        elif sign in "\x02\x05":
            self._add(story, self.marks(at), looks)
        elif sign == "\x08":
            self._drawing(story, at, looks)
        elif sign == "\x01":
            self._picture(story, said, looks)

    def _page(self, story: Story, at: int) -> None:
        """Begin a page: a break, or the end of a section; the next may go on where it stands."""
        if self.sections.get(at + 1, True):
            story.turn()
        else:
            story.end()

    # ------------------------------------------------------------ fields and pictures
    def _field(self, story: Story, sign: str, looks: str) -> None:
        if sign == "\x13":
            self._fields.append(_Field())
        elif sign == "\x14" and self._fields:
            self._fields[-1].reading = False
        elif sign == "\x15" and self._fields:
            done = self._fields.pop()
            behind = word_fields.adds(done.instruction)
            if behind.strip(" <>").removeprefix("mailto:") not in done.shown:
                self._add(story, behind, looks)
            if not done.shown.strip():
                self._add(story, word_fields.symbol(done.instruction), looks)

    def _drawing(self, story: Story, at: int, looks: str) -> None:
        if not self.drawn(story, at):
            self.left.drawings += 1
            self._add(story, "[picture: not shown]", looks)

    def show(self, story: Story, name: str, size: tuple[float, float] | None) -> bool:
        """Set a picture below the paragraph at hand; return whether it could be drawn."""
        drawn = self._insets.get(name, size)
        if drawn is None:
            return False
        story.show(drawn)
        return True

    def _picture(self, story: Story, said: Properties, looks: str) -> None:
        if _on(said, _DATA):
            shown = _form(self.doc.data[_number(said, _LIES) :])
            if self._fields:
                self._fields[-1].reading = False
            self._add(story, shown, looks)
        elif _on(said, _EMBEDDED) or any("EMBED" in one.instruction for one in self._fields):
            self.left.embedded += 1
            self._add(story, "[embedded file]", looks)
        elif not self._show_within(story, said):
            self.left.pictures += 1
            self._add(story, "[picture: not shown]", looks)
        if not _on(said, _DATA) and _LIES in said:
            for words in self.pictures.said_within(_number(said, _LIES)):
                self._add(story, words, looks)

    def _show_within(self, story: Story, said: Properties) -> bool:
        if _LIES not in said:
            return False
        place = _number(said, _LIES)
        return self.show(story, self.pictures.within(place), self.pictures.size(place))


def _on(said: Properties, number: int) -> bool:
    """Whether a property holds (1), or holds where its style does not (0x81)."""
    return said.get(number, b"\0")[:1] in {b"\x01", b"\x81"}


def _number(said: Properties, number: int) -> int:
    return int.from_bytes(said.get(number, b"")[:4], "little")


def _faces(untrusted: bytes) -> list[str]:
    """Return the names of the faces of a file."""
    found: list[str] = []
    at = 4
    for _ in range(int.from_bytes(untrusted[:2], "little")):
        size = untrusted[at] if at < len(untrusted) else 0
        own = untrusted[at + 1 : at + 1 + size]
        name = own[39:].decode("utf-16-le", "replace").partition("\0")[0]
        found.append(name)
        at += 1 + size
        if at > len(untrusted):
            break
    return found


def _form(untrusted: bytes) -> str:
    """Return what a field of a form shows: a box, or what was chosen from a list."""
    if len(untrusted) < 6:
        return ""
    size, head = struct.unpack_from("<IH", untrusted, 0)
    own = untrusted[head:size]
    if len(own) < 12 or own[:4] != b"\xff\xff\xff\xff":
        return ""
    bits = int.from_bytes(own[4:6], "little")
    kind, result = bits & 3, bits >> 2 & 0x1F
    at = _behind(own, 10)
    if kind not in {1, 2}:
        return ""
    made = int.from_bytes(own[at : at + 2], "little")
    chosen = made if result == 25 else result
    if kind == 1:
        return "☒" if chosen else "☐"
    at += 2
    for _ in range(5):
        at = _behind(own, at)
    entries = strings(own[at:])
    return entries[chosen] if chosen < len(entries) else ""


def _behind(own: bytes, at: int) -> int:
    """Return where a counted text that ends with a zero ends."""
    return at + 2 + 2 * int.from_bytes(own[at : at + 2], "little") + 2
