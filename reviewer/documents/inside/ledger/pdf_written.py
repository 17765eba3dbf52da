"""What is written on a PDF: its information dictionary, and the XMP that its catalogue names."""

import re
from collections.abc import Iterator
from xml.parsers import expat

from reviewer.documents.inside.ledger.held import Held, TooMuch
from reviewer.documents.inside.ledger.package import walk
from reviewer.documents.inside.ledger.pdf_objects import Objects, Ref, text_of
from reviewer.documents.inside.ledger.words import words

_INFO = re.compile(rb"/Info\s+(\d{1,10})\s+\d{1,5}\s+R")
_LIBRARY = (["untitled"], ["anonymous"], ["unspecified"])
_EXPLAINED = "schemas"  # of PDF/A: what names mean, and nothing of this file
_BEARING = {"title", "creator", "description", "subject", "Keywords"}


def hold(raw: bytes, objects: Objects, held: Held) -> None:
    """Take each title, author, subject and keyword that says what none before it has said."""
    seen: set[str] = set()
    for text in (*_info(raw, objects), *_xmp(objects)):
        found = words(text)
        if found not in _LIBRARY and not seen.issuperset(found):
            seen.update(found)
            held.take(found)


def _info(raw: bytes, objects: Objects) -> Iterator[str]:
    at = _INFO.findall(raw)
    told = objects.dict_of(Ref(int(at[-1]))) if at else {}
    for name in ("Title", "Author", "Subject", "Keywords"):
        yield text_of(objects.got(told.get(name)))


def _xmp(objects: Objects) -> list[str]:
    found: list[str] = []
    said: list[str] = []
    open_: list[str] = []

    def start(name: str, values: dict[str, str]) -> None:
        open_.append(name)
        said.clear()
        if _EXPLAINED not in open_:
            found.extend(text for key, text in values.items() if key in _BEARING)

    def end(_: str) -> None:
        if _EXPLAINED not in open_ and not _BEARING.isdisjoint(open_):
            found.append("".join(said))
        open_.pop()
        said.clear()

    raw = objects.stream_of(objects.root().get("Metadata"))
    try:
        walk(raw.strip(b"\0\r\n "), start, end, said.append)
    except (expat.ExpatError, ValueError, LookupError, TooMuch):
        return found  # the rest of it is no XML
    return found
