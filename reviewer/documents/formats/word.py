"""Word files (.docx) in the worker: text in reading order, and what of the file is not shown.

A package that makes HTML or a tree of the whole file would take its limits from the file; this
walk counts as it reads. Deleted, struck-out and hidden words are shown and marked as such:
leaving them out, or showing them as if they stood, would both change what a record says.
"""

import posixpath
import re
from collections.abc import Sequence

from reviewer.documents.formats import numbering
from reviewer.documents.formats.archive import Archive
from reviewer.documents.formats.typeset import Block
from reviewer.documents.formats.word_text import Part
from reviewer.documents.formats.xml import Attributes, walk

_MAIN = "word/document.xml"
_EDGE = re.compile(r"word/(header|footer)\d*\.xml")


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a Word file's paragraphs and sentences about what is not shown.

    Raises ``Refused`` for what is broken, protected or a bomb.
    """
    archive = Archive(untrusted, broken="docx-broken", bomb="docx-bomb")
    lists = numbering.Numbering()
    if "word/numbering.xml" in archive.names:
        lists = numbering.read(archive.read("word/numbering.xml"))
    main = _part(archive, _main_name(archive), lists)
    found = list(main.blocks)
    found += _notes(archive, "word/footnotes.xml", "footnote", "Footnotes", lists)
    found += _notes(archive, "word/endnotes.xml", "endnote", "End notes", lists)
    found += _notes(archive, "word/comments.xml", "comment", "Comments", lists)
    found += _edges(archive, lists)
    return found, _not_shown(archive.names, main)


def _main_name(archive: Archive) -> str:
    """Return where the document itself lies: said in ``_rels/.rels``, nearly always the same."""
    if _MAIN in archive.names or "_rels/.rels" not in archive.names:
        return _MAIN
    found: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(posixpath.normpath(attributes.get("Target", "").lstrip("/")))

    relations = archive.read("_rels/.rels")
    walk(relations, start, lambda _: None, lambda _: None, broken="docx-broken", dtd="docx-dtd")
    return found[0] if found else _MAIN


def _part(archive: Archive, name: str, lists: numbering.Numbering) -> Part:
    part = Part(lists)
    part.read(archive.read(name))
    return part


def _notes(
    archive: Archive, name: str, element: str, title: str, lists: numbering.Numbering
) -> list[Block]:
    """Return foot notes, end notes or comments under a heading; nothing where there are none."""
    if name not in archive.names:
        return []
    part = Part(lists, note=element)
    part.read(archive.read(name))
    if not part.blocks:
        return []
    return [Block(text=title, style="minor"), *part.blocks]


def _edges(archive: Archive, lists: numbering.Numbering) -> list[Block]:
    """Return what heads and foots the pages, each wording once."""
    seen: dict[tuple[str, str], None] = {}
    for name in sorted(archive.names):
        match = _EDGE.fullmatch(name)
        if match is None:
            continue
        part = _part(archive, name, lists)
        text = "\n".join(block.text for block in part.blocks if block.text.strip())
        if text:
            seen[match[1], text] = None
    where = {"header": "At the head of the pages", "footer": "At the foot of the pages"}
    return [
        block
        for kind, text in seen
        for block in (Block(text=where[kind], style="minor"), Block(text=text, style="small"))
    ]


def _not_shown(names: frozenset[str], main: Part) -> list[str]:
    def held(folder: str) -> int:
        return sum(1 for name in names if name.startswith(f"word/{folder}/"))

    said: Sequence[tuple[bool, str]] = (
        (held("media") > 0, f"Pictures in the Word file that are not shown: {held('media')}."),
        (
            held("embeddings") > 0,
            f"Files embedded in the Word file that are not shown: {held('embeddings')}.",
        ),
        (held("charts") > 0, "Charts in the Word file are not shown."),
        (any("vbaProject" in name for name in names), "Macros in the Word file were left out."),
        (main.chunks > 0, "Parts of another format in the Word file are not shown."),
        (main.tracked, "Tracked changes: deleted words are shown in brackets."),
    )
    if not main.blocks and not any(yes for yes, _ in said):
        return ["The Word file has no text."]
    return [sentence for yes, sentence in said if yes]
