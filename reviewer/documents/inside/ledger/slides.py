"""What a presentation holds: the text of every slide, its notes, comments, diagrams and charts."""

import re

from reviewer.documents.inside.ledger import metafile, properties
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.package import Package, walk
from reviewer.documents.inside.ledger.words import beyond, words

_BEARING = re.compile(
    r"(?i)ppt/(?:slides|notesslides|comments|diagrams/(?=data)|charts/(?=chart))[^/]*/?[^/]*\.xml$"
)
_MEDIA = re.compile(r"(?i)ppt/media/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|wdp)$")
_BREAKS = {"p", "br", "tc", "pt", "v", "cm", "text", "tab"}
_TEXTS = {"t", "v", "text"}
_NOT_SAID = {"sldNum", "dt", "hdr", "ftr", "sldImg"}  # of notes: what stands on each of them


def hold(raw: bytes) -> Held:
    """Return what a presentation holds."""
    package = Package(raw)
    held = Held()
    pictures: set[tuple[int, int]] = set()
    for name, info in package.members.items():
        if _BEARING.match(name):
            _Part(held).read(package.read(name))
        elif _MEDIA.match(name):
            pictures.add((info.CRC, info.file_size))
            if name.lower().endswith(metafile.ENDINGS):
                metafile.hold(package.read(name), held)
        elif name.lower().startswith("ppt/embeddings/"):
            held.add("attachments")
        elif "vbaproject.bin" in name.lower():
            held.add("macros")
        elif name.endswith(".rels") and "/slides/" in name:
            _links(package.read(name), held)
    held.add("pictures", len(pictures))
    properties.hold(package, held)
    return held


def _links(raw: bytes, held: Held) -> None:
    def start(_: str, values: dict[str, str]) -> None:
        if values.get("TargetMode", "").lower() == "external":
            if values.get("Type", "").endswith("/hyperlink"):
                held.link(values.get("Target", "").removeprefix("mailto:"))
            held.add("pictures", values.get("Type", "").endswith("/image"))

    walk(raw, start, lambda _: None, lambda _: None)


class _Part:
    """One part; of two forms of the same the second adds what the first did not say."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._open: list[str] = []
        self._text: list[str] = []
        self._outer: list[list[str]] = []
        self._first: list[str] = []
        self._notes = False
        self._silent = False

    def read(self, raw: bytes) -> None:
        """Read the part."""
        walk(raw, self._start, self._end, self._data)
        for line in "".join(self._text).split("\n"):
            self._held.say(line)

    def _start(self, name: str, values: dict[str, str]) -> None:
        self._notes |= name == "notes" and not self._open
        self._open.append(name)
        if name in _BREAKS:
            self._text.append("\n")
        elif name == "sp":
            self._silent = False
        elif name == "ph":
            self._silent = values.get("type", "") in _NOT_SAID and (
                self._notes or values.get("type") == "sldNum"
            )
        elif name in {"Choice", "Fallback"}:
            self._outer.append(self._text)
            self._text = []
        elif name == "AlternateContent":
            self._first.append("")
        elif name == "cNvPr" and values.get("descr"):
            self._text.append(f"\n{values['descr']}\n")

    def _end(self, name: str) -> None:
        self._open.pop()
        if name in _BREAKS:
            self._text.append("\n")
        elif name == "sp":
            self._silent = False
        elif name in {"Choice", "Fallback"} and self._outer:
            said = "".join(self._text)
            self._text = self._outer.pop()
            if self._first:
                more = beyond(words(self._first[-1]), words(said))
                self._first[-1] += f"\n{said}" if name == "Choice" else "\n" + "\n".join(more)
        elif name == "AlternateContent" and self._first:
            self._text.append(f"\n{self._first.pop()}\n")

    def _data(self, data: str) -> None:
        if self._open[-1] in _TEXTS and not self._silent:
            self._text.append(data)
