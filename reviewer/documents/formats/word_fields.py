"""Fields of a Word file: what was ticked, chosen and linked in them."""

import re
from dataclasses import dataclass, field

from reviewer.documents.formats import symbols
from reviewer.documents.formats.numbering import whole
from reviewer.documents.formats.xml import OFF, Attributes
from reviewer.records.text import clean_line

_LINK = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_FETCHED = re.compile(r'^\s*INCLUDE(?:TEXT|PICTURE)\s+"?([^"]+?)"?(?:\s|$)', re.IGNORECASE)
_SYMBOL = re.compile(
    r"^\s*SYMBOL\s+(?:0x([0-9A-F]{1,4})|(\d{1,5}))(?:.*?\\f\s*\"?([^\"\\]+?)\"?(?:\s*\\|\s*$))?",
    re.IGNORECASE,
)
_MOST = 4000  # characters of an instruction


@dataclass(slots=True)
class _Form:
    """A field of an old form: a box, or a list of which one is chosen."""

    box: bool = False
    ticked: bool = False
    chosen: int = 0
    entries: list[str] = field(default_factory=list)


class Fields:
    """The fields that are open, and the one whose instruction or form is being read."""

    def __init__(self) -> None:
        self.reading = False
        self._instructions: list[str] = []
        self._form: _Form | None = None
        self._said = ""

    def takes(self, name: str, attributes: Attributes) -> bool:
        """Read an element that belongs to a field; return whether it was one."""
        value = attributes.get("val", "")
        if name == "fldChar":
            self._character(attributes.get("fldCharType", ""))
        elif name in {"instrText", "delInstrText"}:
            self.reading = True
        elif name == "ffData":
            self._form = _Form()
        elif self._form is not None:
            self._filled(self._form, name, value)
        else:
            return False
        return True

    def _filled(self, form: _Form, name: str, value: str) -> None:
        """Take what was ticked or chosen in a form."""
        if name == "checkBox":
            form.box = True
        elif name in {"checked", "default"} and form.box:
            form.ticked = value not in OFF
        elif name in {"result", "default"}:
            form.chosen = whole(value)
        elif name == "listEntry":
            form.entries.append(value)

    def said(self) -> str:
        """Return what the last element adds to the text."""
        said, self._said = self._said, ""
        return said

    def add(self, text: str) -> None:
        """Add text to the instruction at hand."""
        if self._instructions and len(self._instructions[-1]) < _MOST:
            self._instructions[-1] += text

    def end_of(self, name: str) -> str:
        """End an instruction or a form; return what the form shows."""
        self.reading = False
        if name != "ffData" or self._form is None:
            return ""
        form, self._form = self._form, None
        if form.box:
            return "☒" if form.ticked else "☐"
        return form.entries[form.chosen] if form.chosen < len(form.entries) else ""

    def _character(self, kind: str) -> None:
        if kind == "begin":
            self._instructions.append("")
        elif kind == "end" and self._instructions:
            self._said = adds(self._instructions.pop())


def adds(instruction: str) -> str:
    """Return what the instruction of a field adds behind what the field shows."""
    if link := _LINK.match(instruction):
        return f" <{clean_line(link[1])}>"
    if fetched := _FETCHED.match(instruction):
        return f" [from another file: {clean_line(fetched[1])}]"
    return ""


def symbol(instruction: str) -> str:
    r"""Return the sign that a field of that kind shows.

    >>> symbol(r' SYMBOL 252 \f "Wingdings" \s 11 '), symbol("PAGE")
    ('✓', '')
    """
    found = _SYMBOL.match(instruction)
    if found is None:
        return ""
    letter = chr(int(found[1], 16) if found[1] else int(found[2]))
    face = found[3] or ""
    return symbols.signs(letter, face) if symbols.is_symbols(face) else letter
