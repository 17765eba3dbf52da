"""What an OpenDocument file holds: all text of its body and of its page edges."""

from dataclasses import dataclass, field

from reviewer.documents.inside.ledger import metafile, properties
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.package import Package, walk

_SIGNS = ("Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "OpenSymbol")
_BODIES = {"body", "master-styles"}  # around them lies how things look
_BREAKS = {
    "p", "h", "tab", "line-break", "s", "title", "desc", "list-item", "table-cell", "note",
    "annotation", "change-start", "change-end", "change", "deletion", "mi", "mn", "mo", "mtext",
    "ruby-text", "soft-page-break", "frame",
}  # fmt: skip
# Elements whose text is code, a date, or said elsewhere in the same file.
_CODE = {
    "date", "date-string", "creator", "binary-data", "index-title-template", "script",
    "event-listener", "annotation-xml", "creator-initials",
}  # fmt: skip

_PROGRAMS = {"form", "hidden", "property", "list-property", "list-value", "item", "image"}


def hold(raw: bytes) -> Held:
    """Return what an OpenDocument text holds."""
    package = Package(raw)
    held = Held()
    for name in package.members:
        folder, _, file = name.rpartition("/")
        if file in {"content.xml", "styles.xml"} and (not folder or file == "content.xml"):
            _Part(held, edges=file == "styles.xml").read(package.read(name))
        elif folder.endswith("Pictures"):
            held.add("pictures")
            if name.lower().endswith(metafile.ENDINGS):
                metafile.hold(package.read(name), held)
        elif not folder and name.startswith("Object "):
            held.add("attachments")
    held.add("macros", any(name.startswith(("Basic/", "Scripts/")) for name in package.members))
    properties.hold(package, held)
    return held


def hold_flat(raw: bytes) -> Held:
    """Return what an OpenDocument file holds that is one piece of XML."""
    held = Held()
    _Part(held, edges=False).read(raw)
    held.add("macros", any(sign in raw for sign in (b"<ooo:library ", b"<script:module ")))
    return held


@dataclass(slots=True)
class _Part:
    """One part; ``edges``: what heads and foots the pages, each wording once."""

    held: Held
    edges: bool
    text: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    code: int = 0
    bodies: int = 0
    style: str = ""  # the one that is described
    signs: set[str] = field(default_factory=lambda: set(_SIGNS))  # styles and faces of signs
    spans: list[bool] = field(default_factory=list)

    def read(self, raw: bytes) -> None:
        """Read the part."""
        walk(raw, self._start, self._end, self._data)
        for line in "".join(self.text).split("\n"):
            if self.edges:
                self.held.say_once(line)
            else:
                self.held.say(line)

    def _start(self, name: str, values: dict[str, str]) -> None:
        self.open.append(name)
        self.bodies += name in _BODIES
        changes = name == "tracked-changes" and "spreadsheet" in self.open
        self.held.add("changes", changes)
        self.code += changes or name in _CODE or (name == "annotation" and "encoding" in values)
        self._faces(name, values)
        if name in _BREAKS:
            self.text.append("\n")
        self._asked(name, values)
        target = values.get("href", "")
        if name == "a" and not target.startswith("#"):
            self.held.link(target.removeprefix("mailto:"))
        elif name == "image" and "://" in target:
            self.held.add("pictures")
        elif name == "binary-data" and len(self.open) > 1:
            things = {"image": "pictures", "object-ole": "attachments"}
            self.held.add(things.get(self.open[-2], "parts"))
        elif name == "section-source" and target:
            self.held.add("parts")

    def _asked(self, name: str, values: dict[str, str]) -> None:
        """Take what is asked of who fills the file in."""
        if "forms" in self.open:
            self._control(name, values)
        elif name in {"help-message", "error-message"}:
            self.text.append(f"\n{values.get('title', '')}\n")
        elif name == "content-validation" and "in-list(" in values.get("condition", ""):
            self.text.append(f"\n{values['condition'].partition('in-list(')[2]}\n")

    def _control(self, name: str, values: dict[str, str]) -> None:
        """Take what a control of a form is called, says and holds."""
        if name in _PROGRAMS:
            return
        self.text.append(f"\n{values.get('label', '')}\n{values.get('title', '')}\n")
        if name == "option":
            self.text.append("" if values.get("label") else values.get("value", ""))
        elif name not in {"checkbox", "radio"}:
            self.text.append(values.get("current-value") or values.get("value", ""))
        self.text.append("\n")

    def _faces(self, name: str, values: dict[str, str]) -> None:
        """Learn which styles turn letters into signs, and where they do."""
        if name in {"style", "font-face"}:
            self.style = values.get("name", "")
        faces = {values.get(key, "").strip("'") for key in ("font-name", "font-family")}
        if name in {"text-properties", "font-face"} and not self.signs.isdisjoint(faces):
            self.signs.add(self.style)
        if name == "span":
            self.spans.append(values.get("style-name", "") in self.signs)

    def _end(self, name: str) -> None:
        self.open.pop()
        self.bodies -= name in _BODIES
        if name == "span" and self.spans:
            self.spans.pop()
        if name in _CODE or (name == "tracked-changes" and "spreadsheet" in self.open):
            self.code -= 1
        elif name == "annotation" and self.code:
            self.code -= 1  # a formula's other spelling
        if name in _BREAKS:
            self.text.append("\n")

    def _data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "creator" and ("annotation" in self.open or "deletion" in self.open):
            self.held.say_once(data)
        elif self.bodies and not self.code and not any(self.spans):
            self.text.append(data)
