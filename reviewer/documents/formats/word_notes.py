"""Foot notes, end notes and comments of a Word file: their numbers as Word prints them."""

import re

from reviewer.documents.formats.numbering import written
from reviewer.documents.formats.xml import OFF, Attributes
from reviewer.records.text import clean_line

_KINDS = {
    "footnoteReference": ("footnote", ""),
    "endnoteReference": ("endnote", "end note "),
    "commentReference": ("comment", "comment "),
}
NOTED = (*_KINDS, "commentRangeStart", "commentRangeEnd")
_OPEN = 100  # comments about the same words
_ABOUT = 200  # characters of what a comment is about
_SETTING = re.compile(rb"<\w+:(foot|end)notePr>(.{0,600}?)</\w+:(?:foot|end)notePr>", re.DOTALL)
_KIND = re.compile(rb"numFmt\s+\w+:val=\"(\w{1,20})\"")
_FIRST = re.compile(rb"numStart\s+\w+:val=\"(\d{1,4})\"")


class Noted:
    """What the text refers to, in its order: numbers are counted, not read from identifiers."""

    def __init__(self, *untrusted: bytes) -> None:
        self._forms = {"footnote": "decimal", "endnote": "lowerRoman", "comment": "decimal"}
        self._next = dict.fromkeys(self._forms, 1)
        self._labels: dict[tuple[str, str], str] = {}
        self._open: dict[str, list[str]] = {}  # comments whose words are being read
        self._about: dict[str, str] = {}
        for part in untrusted:
            for found in _SETTING.finditer(part):
                self._set(found[1].decode() + "note", found[2])

    def mark(self, name: str, attributes: Attributes) -> str:
        """Return what stands in the text where it refers to a note, or where a comment begins."""
        number = attributes.get("id", "")
        if name == "commentRangeStart" and len(self._open) < _OPEN:
            self._open[number] = []
        elif name == "commentRangeEnd":
            self._about[number] = "".join(self._open.pop(number, []))
        if name not in _KINDS:
            return ""
        kind, word = _KINDS[name]
        if attributes.get("customMarkFollows", "0") not in OFF:
            self._labels.setdefault((kind, number), "its own sign")
            return ""
        if (kind, number) not in self._labels:
            self._labels[kind, number] = written(self._next[kind], self._forms[kind])
            self._next[kind] += 1
        return f"[{word}{self._labels[kind, number]}]"

    def heard(self, text: str) -> None:
        """Keep the words that open comments are about."""
        for said in self._open.values():
            if sum(map(len, said)) < _ABOUT:
                said.append(text[:_ABOUT])

    def title(self, kind: str, attributes: Attributes) -> str:
        """Return what stands before a note: its number, who wrote it, when, on which words."""
        if attributes.get("type", "normal") != "normal":  # the rule above the notes
            return ""
        number = attributes.get("id", "")
        label = self._labels.get((kind, number), "not referred to")
        said = [clean_line(attributes.get("author", ""))[:80]]
        said.append(clean_line(attributes.get("date", ""))[:10])
        about = clean_line(self._about.get(number, "")) if kind == "comment" else ""
        said.append(f"on “{about}”" if about else "")
        who = ", ".join(part for part in said if part)
        return f"[{label}] {who}: " if who else f"[{label}] "

    def _set(self, kind: str, untrusted: bytes) -> None:
        if form := _KIND.search(untrusted):
            self._forms[kind] = form[1].decode()
        if first := _FIRST.search(untrusted):
            self._next[kind] = int(first[1])
