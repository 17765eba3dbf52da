"""What a Word file holds: every word of every part that bears text, whoever points at it.

The conversion follows pointers and takes the elements that it knows; this takes all text of all
parts but for the elements that are known to be code.
"""

import re
from dataclasses import dataclass, field

from reviewer.documents.inside.ledger import metafile, properties
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.package import Package, walk
from reviewer.documents.inside.ledger.words import beyond, words

_ASIDE = re.compile(r"(?i)(?:^|/)(?:docProps|customXml|glossary|theme)/")
# Parts that hold how things look and what they are called, by the name of their first element.
_CODE_PARTS = {
    "styles", "settings", "webSettings", "fonts", "numbering", "theme", "Types", "Relationships",
    "coreProperties", "Properties", "colorsDef", "styleDef", "layoutDef", "chartStyle",
    "colorStyle", "people", "commentsIds", "commentsEx", "commentsExtensible", "recipients",
    "vbaSuppData", "tcg", "wordTaskpanes", "taskpanes", "webextension", "ink",
}  # fmt: skip
_CODE = {
    "posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "align", "f",
    "formatCode", "binData", "fldData", "LockedField", "LinkType", "FieldCodes", "Anchor",
    "MoveWithCells", "SizeWithCells", "statusText", "helpText",
}  # fmt: skip
_BREAKS = {"p", "br", "cr", "tab", "ptab", "tc", "pt", "tr", "noBreakHyphen", "sym", "v",
    "lastRenderedPageBreak",
}  # fmt: skip
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_LOOKS = {"strike", "dstrike", "vanish"}
_SIGNS = {"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"}
_OFF = {"0", "false", "off"}
_SAID = {
    "docPr": ("descr", "title"), "cNvPr": ("descr", "title"), "textpath": ("string",),
    "shape": ("alt",), "rect": ("alt",), "tblDescription": ("val",), "tblCaption": ("val",),
}  # fmt: skip
_LINK = re.compile(r"HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)
_PICTURE = re.compile(r"(?i)\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|pict?|jfif)\Z")
_OTHERS = re.compile(r"(?i)\.(?:x?html?|mht(?:ml)?|rtf|txt|do[ct][xm]?)\Z")


def hold(raw: bytes) -> Held:
    """Return what a Word file holds."""
    package = Package(raw)
    held = Held()
    pictures: set[tuple[int, int]] = set()  # each once, however often it lies there
    drawn = any("diagrams/data" in name for name in package.members)
    for name in package.members:
        kind = _kind(name.lower())
        if kind == "pictures":
            info = package.members[name]
            if name.lower().endswith(metafile.ENDINGS):
                metafile.hold(package.read(name), held)
            pictures |= set() if "thumbnail" in name.lower() else {(info.CRC, info.file_size)}
        elif kind == "relations":
            _outside(package.read(name), held)
        elif kind == "text":
            if not (drawn and "diagrams/drawing" in name):  # what is drawn of a diagram's data
                _Part(held, _targets(package, name)).read(package.read(name))
        elif kind:
            held.add(kind)
    held.add("pictures", len(pictures))
    properties.hold(package, held)
    return held


def _kind(name: str) -> str:
    """Return what a part of the file is, by its name."""
    if _ASIDE.search(name):
        return ""
    if "embeddings/" in name:
        return "attachments"
    if "/media/" in name or _PICTURE.search(name):
        return "pictures"
    if name.endswith((".rels", ".xml")):
        return "relations" if name.endswith(".rels") else "text"
    if "vbaproject" in name:
        return "macros"
    return "parts" if _OTHERS.search(name) else ""


def _outside(raw: bytes, held: Held) -> None:
    """Take what lies outside the file and belongs on its pages."""

    def start(name: str, values: dict[str, str]) -> None:
        kind = values.get("Type", "").rpartition("/")[2]
        if name == "Relationship" and values.get("TargetMode", "").lower() == "external":
            held.add("pictures", kind == "image")
            held.add("parts", kind == "subDocument")

    walk(raw, start, lambda _: None, lambda _: None)


def _targets(package: Package, name: str) -> dict[str, str]:
    """Return where the links of a part lead, by the names that it uses."""
    found: dict[str, str] = {}
    folder, _, file = name.rpartition("/")
    lies = f"{folder}/_rels/{file}.rels".lstrip("/")

    def start(element: str, values: dict[str, str]) -> None:
        if element == "Relationship" and values.get("Type", "").endswith("/hyperlink"):
            found[values.get("Id", "")] = values.get("Target", "")

    if lies in package.members:
        walk(package.read(lies), start, lambda _: None, lambda _: None)
    return found


@dataclass(slots=True)
class _Part:
    """One part, read as a row of text with gaps where its words end."""

    held: Held
    targets: dict[str, str]
    text: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    outer: list[list[str]] = field(default_factory=list)  # around each choice of two forms
    forms: list[str] = field(default_factory=list)  # what the first form said
    order: list[str] = field(default_factory=list)  # of a field: what it is to show
    said: list[str] = field(default_factory=list)  # what stands for the last picture
    signs: bool = False  # the letters of the run at hand stand for signs
    root: str = ""

    def read(self, raw: bytes) -> None:
        """Read the part."""
        walk(raw, self._start, self._end, self._data)
        if self.root in _CODE_PARTS:
            return
        said = "".join(self.text)
        if self.root in {"hdr", "ftr"}:
            self.held.say_once(said)
            return
        for line in said.split("\n"):
            self.held.say(line)

    def _start(self, name: str, values: dict[str, str]) -> None:
        self.root = self.root or name
        self.open.append(name)
        if self.root in _CODE_PARTS:
            return
        if name in _BREAKS or name in _CHANGES or name == "comment":
            self.text.append("\n")
        if "author" in values:
            self.held.say_once(values["author"])
        if name in _LOOKS and values.get("val", "") not in _OFF:
            self.text.append("\n")
        if name in {"Choice", "Fallback"}:
            self.outer.append(self.text)
            self.text = []
        self._of_element(name, values)
        self._alternative(name, values)
        for key in ("id", "link"):
            if (target := self.targets.get(values.get(key, ""))) is not None:
                self.held.link(target.removeprefix("mailto:"))

    def _of_element(self, name: str, values: dict[str, str]) -> None:
        if name == "AlternateContent":
            self.forms.append("")
        elif name == "r":
            self.signs = False
        elif name == "rFonts":
            faces = (values.get(key, "").lower() for key in ("ascii", "hAnsi"))
            self.signs = not _SIGNS.isdisjoint(faces)
        elif name == "fldSimple":
            self._field(values.get("instr", ""))

    def _alternative(self, name: str, values: dict[str, str]) -> None:
        """Take the words that stand for a picture; one drawn by itself has them twice."""
        said = [values[key] for key in _SAID.get(name, ()) if values.get(key)]
        if said and not (name == "cNvPr" and said == self.said):
            self.text += [f"\n{text}\n" for text in said]
        self.said = said or self.said

    def _end(self, name: str) -> None:
        self.open.pop()
        if self.root in _CODE_PARTS:
            return
        if name in _BREAKS or name in _CHANGES or name == "hyperlink":
            self.text.append("\n")
        elif name in {"Choice", "Fallback"} and self.outer:
            self._end_of_form(name)
        elif name == "AlternateContent":
            self.text.append(f"\n{self.forms.pop()}\n")
        elif name in {"instrText", "delInstrText"}:
            self._field("".join(self.order))

    def _end_of_form(self, name: str) -> None:
        said = "".join(self.text)
        self.text = self.outer.pop()
        if not self.forms:
            self.text.append(said)
        elif name == "Choice":
            self.forms[-1] += f"\n{said}"
        else:
            more = beyond(words(self.forms[-1]), words(said))
            self.forms[-1] += "\n" + "\n".join(more)

    def _data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside in {"instrText", "delInstrText"}:
            self.order.append(data)
        elif self.signs and inside == "t":
            self.text.append("\n")
        elif inside not in _CODE and (inside == "t" or not data.isspace()):
            self.text.append(data)

    def _field(self, order: str) -> None:
        if found := _LINK.search(order):
            self.held.link(found[1].removeprefix("mailto:"))
            self.order.clear()
