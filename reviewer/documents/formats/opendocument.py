"""OpenDocument texts (.odt) in the worker: the text in reading order, and what is not shown."""

from collections.abc import Sequence

from reviewer.documents.formats import drawing, embedded
from reviewer.documents.formats.archive import Archive
from reviewer.documents.formats.flat import Flat
from reviewer.documents.formats.inset import Insets
from reviewer.documents.formats.opendocument_more import Reader
from reviewer.documents.formats.typeset import Block
from reviewer.documents.formats.xml import Attributes, walk
from reviewer.documents.notes import listed, told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean_line

_NAMED = 10  # files named in a note
_LINES = {"p", "h", "annotation", "math"}


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a text's paragraphs and sentences about what is not shown.

    Raises ``Refused`` for what is broken, protected or a bomb.
    """
    return _blocks(Archive(untrusted, broken="odt-broken", bomb="odt-bomb"))


def flat(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return the same of a text that is one piece of XML (.fodt)."""
    return _blocks(Flat(untrusted))


def _blocks(archive: Archive | Flat) -> tuple[list[Block], list[str]]:
    if is_locked(archive):
        raise Refused("package-locked")
    insets = Insets(archive.read)
    reader = Reader(archive.names, Objects(archive).words, insets.get)
    for name in ("styles.xml", "content.xml"):
        if name in archive.names or name == "content.xml":
            reader.read(archive.read(name))
    reader.close()
    found = [*reader.paper.blocks(), *drawing.blocks(archive.read, archive.names)]
    notes = _notes(archive, reader, insets.shown)
    return found, (notes if found or notes else ["The file has no text."])


def is_locked(archive: Archive | Flat) -> bool:
    """Whether a file of OpenDocument opens only with a password."""
    manifest = "META-INF/manifest.xml"
    if "encrypted-package" in archive.names:
        return True
    return manifest in archive.names and b"encryption-data" in archive.read(manifest)


class Objects:
    """The charts and formulas within a file; the words of each are read once."""

    def __init__(self, archive: Archive | Flat) -> None:
        self._archive = archive
        self._read: set[str] = set()

    def words(self, name: str) -> list[str]:
        """Return the words of an object, a line a paragraph; none where it is of another kind."""
        part = f"{name}/content.xml"
        if part not in self._archive.names or part in self._read:
            return []
        self._read.add(part)
        lines: list[list[str]] = [[]]
        depth = 0

        def start(element: str, _: Attributes) -> None:
            nonlocal depth
            if element in _LINES:
                depth += 1
                lines.append([])

        def end(element: str) -> None:
            nonlocal depth
            depth -= element in _LINES

        def text(said: str) -> None:
            if depth:
                lines[-1].append(said)

        walk(self._archive.read(part), start, end, text, broken="odt-broken", dtd="odt-broken")
        return [line for parts in lines if (line := clean_line("".join(parts)))]


def _notes(archive: Archive | Flat, reader: Reader, shown: frozenset[str]) -> list[str]:
    left = reader.left
    kept = {name for name in archive.names if name.startswith("Pictures/")}
    pictures = len((kept | left.pictures) - shown) + left.within
    macros = any(name.startswith(("Basic/", "Scripts/")) for name in archive.names)
    said: Sequence[tuple[bool, str]] = (
        (
            pictures > 0,
            told(f"Pictures in the file that are not shown: {pictures}.", pictures=pictures),
        ),
        (
            bool(left.linked),
            told(
                f"Pictures that lie in other files, not shown: {_listed(left.linked)}.",
                pictures=len(left.linked),
            ),
        ),
        (left.drawn, "Diagrams and formulas are shown by their words and numbers only."),
        (macros, told("Macros in the file were left out.", macros=1)),
        (
            bool(left.others),
            told(
                f"Parts that lie in other files, to be imported alone: {_listed(left.others)}.",
                parts=len(left.others),
            ),
        ),
        (
            left.tracked,
            "Tracked changes: what was put in and taken out is shown in brackets.",
        ),
        (
            left.prompts,
            "Fields that nobody filled in are shown with their prompt, in brackets.",
        ),
    )
    taken = sum(name.startswith("Object ") and "/" not in name for name in archive.names)
    within = embedded.sentences(max(left.objects, taken), taken)
    return [*(sentence for yes, sentence in said if yes), *within]


def _listed(names: list[str]) -> str:
    return listed(list(dict.fromkeys(names)), _NAMED, "; ")
