"""What a PDF holds: the words of its pages, comments, fields, links, and files within it.

The words come from PDFium as it tells them, before ours are made of them; all else is read from
the bytes.
"""

from collections.abc import Iterator

import pypdfium2 as pdfium

from reviewer.documents.inside.ledger import pdf_written
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.pdf_objects import Objects, Ref, Thing, text_of

_SILENT = {"Popup", "Link", "Widget", "FileAttachment"}
_RECORDINGS = {"Sound", "Movie", "Screen", "RichMedia", "3D"}
_DEEP = 50
_TYPED = {"Tx", "Ch"}


def hold(raw: bytes) -> Held:
    """Return what a PDF holds."""
    held = Held()
    _pages(raw, held)
    objects = Objects(raw)
    if not objects.encrypted:
        _Things(objects, held).take()
        pdf_written.hold(raw, objects, held)
    return held


def _pages(raw: bytes, held: Held) -> None:
    document = pdfium.PdfDocument(raw)
    try:
        for number in range(len(document)):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                continue
            for line in page.get_textpage().get_text_range().splitlines():
                held.say(line)
            page.close()
    finally:
        document.close()


class _Things:
    """What is not text of a page: reached from the catalogue, as a reader would."""

    def __init__(self, objects: Objects, held: Held) -> None:
        self._objects, self._held = objects, held
        self._seen: set[int] = set()
        self._files: set[int] = set()

    def take(self) -> None:
        """Take everything."""
        objects = self._objects
        root = objects.root()
        for page in self._leaves(root.get("Pages"), "Kids", 0):
            for note in objects.list_of(page.get("Annots")):
                self._annotation(note)
            for spec in objects.list_of(page.get("AF")):
                self._file(spec)
        form = objects.dict_of(root.get("AcroForm"))
        for field in objects.list_of(form.get("Fields")):
            self._field(field, "", None, 0)
        names = objects.dict_of(root.get("Names"))
        for leaf in self._leaves(names.get("EmbeddedFiles"), "Kids", 0):
            for spec in objects.list_of(leaf.get("Names"))[1::2]:
                self._file(spec)
        for spec in objects.list_of(root.get("AF")):
            self._file(spec)

    def _leaves(self, node: Thing, below: str, depth: int) -> Iterator[dict[str, Thing]]:
        """Yield the leaves of a tree, each once, whatever it says of itself."""
        if isinstance(node, Ref):
            if node.number in self._seen:
                return
            self._seen.add(node.number)
        found = self._objects.dict_of(node)
        kids = self._objects.list_of(found.get(below))
        if not kids:
            yield found
        elif depth < _DEEP:
            for kid in kids:
                yield from self._leaves(kid, below, depth + 1)

    def _annotation(self, thing: Thing) -> None:
        note = self._objects.dict_of(thing)
        kind = self._objects.got(note.get("Subtype"))
        if kind == "Link":
            action = self._objects.dict_of(note.get("A"))
            self._held.link(text_of(self._objects.got(action.get("URI"))))
        elif kind == "FileAttachment":
            self._file(note.get("FS"))
        elif kind in _RECORDINGS:
            self._held.add("recordings")
        if kind not in _SILENT and text_of(self._objects.got(note.get("Contents"))).strip():
            self._held.add("comments")

    def _file(self, spec: Thing) -> None:
        """Take a file within the file, once however often it is pointed at."""
        if isinstance(spec, Ref):
            if spec.number in self._files:
                return
            self._files.add(spec.number)
        if self._objects.dict_of(spec).get("EF"):
            self._held.add("attachments")

    def _field(self, thing: Thing, kind: str, value: Thing, depth: int) -> None:
        """Take what was typed or chosen in a field, which may have it from one above it."""
        if isinstance(thing, Ref):
            if thing.number in self._seen:
                return
            self._seen.add(thing.number)
        field = self._objects.dict_of(thing)
        kind = str(self._objects.got(field.get("FT")) or kind)
        value = self._objects.got(field.get("V")) or value
        kids = [kid for kid in self._objects.list_of(field.get("Kids")) if depth < _DEEP]
        fields = [kid for kid in kids if "T" in self._objects.dict_of(kid)]
        for kid in fields:
            self._field(kid, kind, value, depth + 1)
        if not fields and kind in _TYPED and text_of(value).strip():
            self._held.add("fields")
