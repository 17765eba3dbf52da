"""What a sheet asks of who fills it in: boxes to tick, buttons, prompts, words over links.

The program draws boxes and buttons from a part of its own (VML), which keeps what was ticked.
"""

from dataclasses import dataclass, field

from reviewer.documents.formats.sheet_cells import Budget, Sheet
from reviewer.documents.formats.word_package import Package
from reviewer.documents.formats.xml import Attributes, walk
from reviewer.documents.grid import cell_name
from reviewer.documents.refusals import Refused

_CODES = {"broken": "sheet-broken", "dtd": "sheet-bomb"}
_TICKED = {"0": "empty", "1": "ticked", "2": "half ticked"}
_SIGNS = {"0": "☐", "1": "☒", "2": "☐"}
_BOXES = {"Checkbox": "box", "Radio": "choice"}
_BARE_BREAK = b"<br>", b"<br/>"  # as the program writes it, which is no XML
_MOST = 20_000  # lines of a sheet; more are nobody's


class Asked:
    """Collects the prompts and choices of cells, and the words over links, of one sheet's part."""

    def __init__(self, sheet: Sheet, budget: Budget) -> None:
        self._sheet, self._budget = sheet, budget
        self._asks: Attributes | None = None
        self._into = ""
        self._choices: list[str] = []
        self._where: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element that is no cell."""
        if name == "hyperlink":
            self._say("Said over", attributes.get("ref", ""), attributes.get("tooltip", ""))
        elif name == "dataValidation":
            self._asks = attributes
            self._choices, self._where = [], [attributes.get("sqref", "")]
        elif self._asks is not None and name in {"formula1", "formula2", "sqref"}:
            self._into = name

    def text(self, words: str) -> None:
        """Take text."""
        if self._into == "formula1":
            self._choices.append(words)
        elif self._into == "sqref":
            self._where.append(words)

    def end(self, name: str) -> None:
        """Take the end of an element that is no cell."""
        if name == self._into:
            self._into = ""
        elif name == "dataValidation" and self._asks is not None:
            self._validation(self._asks, "".join(self._where))
            self._asks = None

    def _validation(self, asks: Attributes, where: str) -> None:
        for said, title, words in (
            ("Asked at", "promptTitle", "prompt"),
            ("Said of what may not stand at", "errorTitle", "error"),
        ):
            parts = [asks.get(title, ""), asks.get(words, "")]
            self._say(said, where, ": ".join(part for part in parts if part))
        choices = "".join(self._choices).strip()
        if asks.get("type") == "list" and choices.startswith('"'):
            self._say("To choose from at", where, choices.strip('"').replace('""', '"'))

    def _say(self, said: str, where: str, words: str) -> None:
        words = " ".join(words.replace("_x000a_", " ").split())
        line = f"{said} {where[:80]}: {words}"
        if words and line not in self._sheet.asked and len(self._sheet.asked) < _MOST:
            self._sheet.asked[self._budget.take(line)] = None


@dataclass(slots=True)
class _Shape:
    words: list[str] = field(default_factory=list)
    kind: str = ""
    ticked: str = "0"
    anchor: str = ""
    pictures: int = 0


class _Drawn:
    """The shapes of a part, with what each is and says."""

    def __init__(self) -> None:
        self.found: list[_Shape] = []
        self._shape: _Shape | None = None
        self._into = ""
        self._said = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in {"shape", "rect"}:
            self._shape = _Shape()
        elif self._shape is None:
            return
        elif name == "textbox":
            self._said += 1
        elif name == "imagedata":
            self._shape.pictures += 1
        elif name == "ClientData":
            self._shape.kind = attributes.get("ObjectType", "")
        elif name in {"Checked", "Anchor"}:
            self._into = name
            self._shape.ticked = "" if name == "Checked" else self._shape.ticked
        elif name in {"br", "div", "p"}:
            self._shape.words.append(" ")

    def text(self, words: str) -> None:
        if self._shape is None:
            return
        if self._said:
            self._shape.words.append(words)
        elif self._into == "Checked":
            self._shape.ticked += words.strip()
        elif self._into == "Anchor":
            self._shape.anchor += words

    def end(self, name: str) -> None:
        if name == self._into:
            self._into = ""
        elif name == "textbox":
            self._said -= 1
        elif name in {"shape", "rect"} and self._shape is not None:
            self.found.append(self._shape)
            self._shape = None


def controls(package: Package, part: str, sheet: Sheet, budget: Budget) -> int:
    """Add the boxes and buttons of a part to its sheet; return how many there are.

    Pictures in headers and footers are drawn there too, and are counted. Of a part that cannot
    be read each control counts as an object that is not shown.
    """
    untrusted = package.read(part)
    drawn = _Drawn()
    try:
        walk(untrusted.replace(*_BARE_BREAK), drawn.start, drawn.end, drawn.text, **_CODES)
    except Refused:
        lost = untrusted.count(b"ObjectType=") - untrusted.count(b'ObjectType="Note"')
        sheet.objects += max(0, lost)
        return 0
    seen = 0
    for shape in drawn.found:
        if not shape.kind:
            sheet.pictures += shape.pictures
        elif shape.kind not in {"Note", "Pict"}:
            seen += 1
            _show(shape, sheet, budget)
    return seen


def _show(shape: _Shape, sheet: Sheet, budget: Budget) -> None:
    words = " ".join("".join(shape.words).split())
    if words in sheet.loose:
        sheet.loose.remove(words)  # newer programs draw it once more
    where = _where(shape.anchor)
    if shape.kind in _BOXES:
        state = _TICKED.get(shape.ticked or "1", "ticked")
        sign = _SIGNS.get(shape.ticked or "1", "☒")
        line = f"{sign} {words} ({_BOXES[shape.kind]}{where}, {state})"
    elif words:
        line = f"{words} (on the sheet{where})"
    else:
        return  # a list or a slider: what was chosen stands in its cell
    if len(sheet.loose) < _MOST:
        sheet.loose.append(budget.take(line))


def _where(anchor: str) -> str:
    """Return at which cell a shape begins, where its place says it.

    >>> _where("1, 15, 3, 2, 4, 0, 5, 1"), _where("")
    (' at B4', '')
    """
    parts = [part.strip() for part in anchor.split(",")]
    if len(parts) < 3 or not all(part.isdigit() and len(part) < 7 for part in parts[:3]):
        return ""
    return f" at {cell_name(int(parts[2]), int(parts[0]))}"
