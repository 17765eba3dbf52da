# ruff: noqa: RUF001 - these are the signs themselves
"""Rich text (.rtf): groups, letters, and the words that set how a text stands.

A group that this reader does not know is passed over only where the file itself says that it may
be; text of any other group is shown.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from reviewer.documents.formats import symbols
from reviewer.documents.formats.rtf_tokens import Token, letters, of_page, tokens
from reviewer.documents.formats.story import Paper, style_of
from reviewer.documents.refusals import Refused

_DEEP = 2_000  # groups within each other
_SKIPPED = frozenset(
    (
        "colortbl", "info", "filetbl", "nonshppict", "shprslt", "background", "pgdsctbl", "falt",
        "mmathPict", "nonesttables", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc",
        "aftncn", "objdata", "objalias", "objsect", "bkmkstart", "bkmkend", "private", "fontemb",
        "docvar", "userprops",
    )
)  # fmt: skip
_PASSED = frozenset(  # groups that may be passed over by those who do not know them
    (
        "shppict",
        "shpinst",
        "shpgrp",
        "shptxt",
        "moMath",
        "moMathPara",
        "nesttableprops",
        "do",
        "picprop",
    )
)
_LETTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ",
    "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "", "softline": "",
}  # fmt: skip
_SIGNS = {"~": "\xa0", "_": "-", "\t": "\t", "{": "{", "}": "}", "\\": "\\"}
_SETS = {"ansi": "cp1252", "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}

Sink = Callable[[str], None]


@dataclass(slots=True)
class Face:
    """A face of the text: its name as far as it was read, and its letters where it has its own."""

    said: str = ""
    codec: str = ""

    @property
    def name(self) -> str:
        """What the face is called."""
        return self.said.partition(";")[0].strip()


@dataclass(slots=True)
class State:
    """What holds within a group; ``close`` is done where the group ends."""

    sink: Sink | None  # where its words go; nowhere for what is not text
    beside: Sink | None = None  # where words go that stand in two forms
    close: Callable[[], None] | None = None
    face: int = 0
    stood: int = 1  # characters that stand after a Unicode one for older programs
    looks: dict[str, str] = field(default_factory=dict)
    author: int = 0
    deleter: int = 0
    style: str = "body"
    number: int = 0  # of that style
    depth: int = 0  # the table that the paragraph is in
    base: int = 0  # tables that are open around the text box at hand

    def said(self, authors: list[str]) -> str:
        """Return what is to be said of the words here."""
        who = {"inserted": self.author, "deleted": self.deleter}
        named = []
        for look in self.looks:
            at = who.get(look, 0)
            by = authors[at] if 0 < at < len(authors) else ""
            named.append(f"{look} by {by}" if by else look)
        return ", ".join(named)


@dataclass(slots=True)
class Left:
    """What of a rich text is not on its pages, or is there otherwise than as it was seen."""

    pictures: int = 0
    objects: list[str] = field(default_factory=list)
    tracked: bool = False
    lost: int = 0  # letters that could not be made out
    open: bool = False  # the file ends before its end
    behind: int = 0  # bytes behind its end


class Text:
    """Reads a rich text into a ``Paper``; ``groups`` are those that are more than words."""

    def __init__(self) -> None:
        self.paper = Paper()
        self.left = Left()
        self.groups: dict[str, Callable[[State], None]] = {}
        self.story = self.paper.main
        self.faces: dict[int, Face] = {}
        self.styles: dict[int, str] = {}
        self.authors: list[str] = []
        self.name = ""  # of the group that begins
        self._states = [State(sink=self.write)]
        self._starred = False
        self._raw = bytearray()
        self._units: list[int] = []  # UTF-16
        self._skip = 0
        self._codec = "cp1252"
        self._default = 0
        self._turned = False  # whether a section ended just now

    def read(self, untrusted: bytes) -> None:
        """Read the text. Raises ``Refused``."""
        end = 0
        for token in tokens(untrusted):
            self._take(token)
            end = token.end
            if len(self._states) == 1 and token.kind == "}":
                break
        self._flush()
        self.left.open = len(self._states) > 1
        self.left.behind = len(untrusted[end:].strip(b"\0 \t\r\n\x1a"))
        while len(self._states) > 1:
            self._pop()

    @property
    def now(self) -> State:
        """What holds where the text is being read."""
        return self._states[-1]

    def _take(self, token: Token) -> None:
        kind = token.kind
        if kind in {"hex", "text"}:
            self._bytes(token.text)
            return
        if not (kind == "word" and token.text == b"u"):
            self._flush()
            self._skip = 0
        if kind == "{":
            self._push()
        elif kind == "}":
            self._pop()
        elif kind == "sign":
            self._sign(token.text)
        elif token.data:
            self.data(token.data)
        else:
            self._word(token.text.decode("ascii"), token.number)

    def data(self, untrusted: bytes) -> None:
        """Take bytes that are no signs."""

    def _bytes(self, text: bytes) -> None:
        """Take letters as bytes, but for those that stand again what stood in Unicode."""
        if self._skip:
            text, self._skip = text[self._skip :], max(0, self._skip - len(text))
        if self.now.sink is not None:
            if text and self._units:
                self._flush()
            self._raw += text

    def _push(self) -> None:
        if len(self._states) > _DEEP:
            raise Refused("rtf-broken")
        made = copy(self.now)
        made.close = None
        made.looks = dict(made.looks)
        self._states.append(made)
        self._starred = False

    def _pop(self) -> None:
        self._starred = False
        if len(self._states) > 1:
            done = self._states.pop()
            if done.close is not None:
                done.close()

    def _sign(self, sign: bytes) -> None:
        letter = sign.decode("latin-1")
        if letter == "*":
            self._starred = True
        elif letter in "\r\n":
            self._word("par", None)
        elif letter in _SIGNS and self.now.sink is not None:
            self.now.sink(_SIGNS[letter])

    def _word(self, name: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        state = self.now
        if name == "u":
            self._unicode(number or 0)
        elif name == "upr" or (state.sink is None and name == "ud"):
            self.groups[name](state)
        elif state.sink is None:
            return
        elif name in self.groups:
            self.name = name
            self.groups[name](state)
        elif name in _SKIPPED or (starred and name not in _PASSED):
            state.sink = None
        elif name in _LETTERS:
            state.sink(_LETTERS[name])
        else:
            self._control(name, number, state)

    # ------------------------------------------------------------ letters
    def _unicode(self, number: int) -> None:
        if self._raw:
            self._flush()
        self._skip = self.now.stood
        if self.now.sink is not None:
            self._units.append(number & 0xFFFF)

    def _flush(self) -> None:
        """Give the bytes and characters that were gathered to where they belong."""
        if not self._raw and not self._units:
            return
        face = self.faces.get(self.now.face, Face())
        if self._units:
            packed = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            text = packed.decode("utf-16-le", "replace")
        elif symbols.is_symbols(face.name):
            text = self._raw.decode("latin-1")
        else:
            text, lost = letters(bytes(self._raw), face.codec or self._codec)
            self.left.lost += lost
        self._raw.clear()
        self._units.clear()
        if symbols.is_symbols(face.name) and self.now.sink == self.write:
            text = symbols.signs(text, face.name)
        if self.now.sink is not None:
            self.now.sink(text)

    def write(self, text: str) -> None:
        """Add words to the page."""
        said = self.now.said(self.authors)
        self.left.tracked |= bool({"inserted", "deleted"} & self.now.looks.keys())
        self.story.add(text, said)
        self._turned = False
        self.heard(text)

    def heard(self, text: str) -> None:
        """Take note of words that were written."""

    # ------------------------------------------------------------ words that set something
    def _control(self, name: str, number: int | None, state: State) -> None:
        off = number == 0
        if name in {"strike", "striked"}:
            self._look(state, "struck out", off=off)
        elif name == "v":
            self._look(state, "hidden", off=off)
        elif name == "deleted":
            self._look(state, "deleted", off=off)
        elif name == "revised":
            self._look(state, "inserted", off=off)
        elif name == "plain":
            state.looks.clear()
            state.face = self._default
        elif name in {"par", "cell", "nestcell", "row", "nestrow", "page", "softpage", "sect"}:
            self._break(name, state)
        else:
            self._number(name, number or 0, state)

    @staticmethod
    def _look(state: State, look: str, *, off: bool) -> None:
        if off:
            state.looks.pop(look, None)
        else:
            state.looks[look] = ""

    def _number(self, name: str, number: int, state: State) -> None:
        if name == "f":
            state.face = number
        elif name == "uc":
            state.stood = max(0, min(number, 64))
        elif name == "pard":
            state.depth, state.style = 0, "body"
        elif name == "intbl":
            state.depth = max(1, state.depth)
        elif name == "itap":
            state.depth = max(0, min(number, 20))
        elif name == "s":
            state.number = number
            state.style = style_of(self.styles.get(number, "").strip(" ;"))
        elif name == "outlinelevel" and state.style == "body" and number < 9:
            state.style = style_of(f"heading {number + 1}")
        else:
            self._rarer(name, number, state)

    def _rarer(self, name: str, number: int, state: State) -> None:
        if name in _SETS:
            self._codec = _SETS[name]
        elif name == "ansicpg":
            self._codec = of_page(number) or self._codec
        elif name == "deff":
            self._default = state.face = number
        elif name == "revauth":
            state.author = number
        elif name == "revauthdel":
            state.deleter = number
        elif name == "pagebb":
            self.story.turn()
        elif name in {"sbknone", "sbkcol"}:
            self.story.fresh = self.story.fresh and not self._turned
        else:
            self.other(name, number)

    def other(self, name: str, number: int) -> None:
        """Take a word that sets something of notes, fields or forms."""

    def _break(self, name: str, state: State) -> None:
        story = self.story
        story.paragraph.style = state.style
        if name in {"page", "softpage"}:
            self.level(state.depth, state)
            story.turn()
            return
        least = 2 if name.startswith("nest") else 0 if name in {"par", "sect"} else 1
        self.level(least if name in {"cell", "row"} else max(least, state.depth), state)
        if name in {"row", "nestrow"}:
            story.end_row()
            return
        story.end()
        if name in {"cell", "nestcell"}:
            story.end_cell()
        elif name == "sect":
            self.level(0, state)
            story.fresh = self._turned = True

    def level(self, depth: int, state: State) -> None:
        """Open or close tables until the paragraph at hand is in the one that it belongs to."""
        self.story.level(state.base + depth)
