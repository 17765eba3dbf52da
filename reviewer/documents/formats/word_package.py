"""The parts of an Office file, found by what points at them: their names are anybody's."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.documents.formats.archive import Archive
from reviewer.documents.formats.xml import Attributes, walk

_MAIN = "word/document.xml"
_EMBEDDED = "word/embeddings/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """One pointer from a part to another, or to something outside the file."""

    kind: str  # the last word of its type
    target: str
    outside: bool = False


class Package:
    """An open Office file: its parts and what they point at; ``code`` begins its refusals."""

    def __init__(self, untrusted: bytes, *, code: str = "docx", main: str = _MAIN) -> None:
        self._code = code
        self._archive = Archive(untrusted, broken=f"{code}-broken", bomb=f"{code}-bomb")
        self.names = self._archive.names
        self._known: dict[str, dict[str, Relation]] = {}
        root = self.relations("").values()
        pointed = (one.target for one in root if one.kind == "officeDocument")
        self.main = next((name for name in pointed if name in self.names), main)
        self.of_main = self.relations(self.main)

    def read(self, name: str) -> bytes:
        """Return one part. Raises ``Refused``."""
        return self._archive.read(name)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part points at, by the names that it uses."""
        if part not in self._known:
            self._known[part] = self._read_relations(part)
        return self._known[part]

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        lies = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Relation] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element != "Relationship":
                return
            outside = attributes.get("TargetMode", "").lower() == "external"
            target = attributes.get("Target", "").replace("\\", "/")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[attributes.get("Id", str(len(found)))] = Relation(
                kind=attributes.get("Type", "").rpartition("/")[2], target=target, outside=outside
            )

        if lies in self.names:
            untrusted = self.read(lies)
            walk(
                untrusted, start, lambda _: None, lambda _: None,
                broken=f"{self._code}-broken", dtd=f"{self._code}-dtd",
            )  # fmt: skip
        return found

    def parts(self, kind: str) -> list[str]:
        """Return the parts of one kind: those pointed at, and those that are only named so."""
        pointed = [one.target for one in self.of_main.values() if one.kind == kind]
        named = re.compile(rf"word/{kind}\d*\.xml")
        other = sorted(name for name in self.names if named.fullmatch(name))
        return [name for name in dict.fromkeys([*pointed, *other]) if name in self.names]

    def part(self, kind: str) -> bytes:
        """Return the first part of a kind, or nothing."""
        return next((self.read(name) for name in self.parts(kind)), b"")

    def pointed(self, kind: str) -> Iterator[Relation]:
        """Yield every pointer of a kind, from whatever part."""
        for name in sorted(self.names):
            if name.endswith(".rels"):
                folder, of = posixpath.split(name)
                part = posixpath.join(posixpath.dirname(folder), of.removesuffix(".rels"))
                yield from (one for one in self.relations(part).values() if one.kind == kind)

    def embedded(self) -> list[str]:
        """Return the parts that are files of their own, or objects of other programs."""
        pointed = {
            one.target
            for kind in ("package", "oleObject", "aFChunk")
            for one in self.pointed(kind)
            if not one.outside and one.target in self.names
        }
        return sorted(pointed | {name for name in self.names if name.startswith(_EMBEDDED)})
