"""A REFI-QDA codebook (.qdc), the exchange format of programs for qualitative analysis, as JSON.

It is XML: read as a stream, without document types and entities. What it holds beside codes and
sets is counted, so that it can be said.
"""

import json

from reviewer.documents.formats.xml import Attributes, walk
from reviewer.documents.refusals import Refused
from reviewer.records import codebook as most

_LARGE, _OTHER = "codebook-large", "codebook-other"
_PLACES = {
    "CodeBook": ("",),
    "Codes": ("CodeBook",),
    "Sets": ("CodeBook",),
    "Code": ("Codes", "Code"),
    "Set": ("Sets",),
    "Description": ("Code", "Set"),
    "MemberCode": ("Set",),
}


class _Reader:
    """What was read so far; the way down to where it stands."""

    def __init__(self) -> None:
        self.codes: list[list[object]] = []
        self.sets: list[list[object]] = []
        self.coloured = self.unknown = self._letters = self._members = 0
        self._way: list[str] = []
        self._rows: list[list[object]] = []  # of the codes and the set that are open
        self._words: list[str] = []
        self._beside = 0  # how deep within something unknown

    def start(self, name: str, attributes: Attributes) -> None:
        above = self._way[-1] if self._way else ""
        if not above and name != "CodeBook":
            raise Refused(_OTHER)
        if self._beside or above not in _PLACES.get(name, ()):
            self._beside += 1
            self.unknown += 1
            return
        self._way.append(name)
        if name == "Code":
            self._code(attributes)
        elif name == "Set":
            self._rows.append([self._name(attributes), "", []])
            self.sets.append(self._rows[-1])
        elif name == "MemberCode":
            self._member(attributes)
        elif name == "Description":
            self._words = []
        if len(self.codes) > most.MOST_CODES or len(self.sets) > most.MOST_SETS:
            raise Refused(_LARGE)

    def end(self, name: str) -> None:
        if self._beside:
            self._beside -= 1
            return
        self._way.pop()
        if name == "Description":
            row = self._rows[-1]
            row[4 if len(row) > 3 else 1] = "".join(self._words)
        elif name in {"Code", "Set"}:
            self._rows.pop()

    def text(self, words: str) -> None:
        if self._beside or not self._way or self._way[-1] != "Description":
            return
        self._letters += len(words)
        if self._letters > most.MOST_IN_ALL:
            raise Refused(_LARGE)
        self._words.append(words)

    def _code(self, attributes: Attributes) -> None:
        codable = attributes.get("isCodable", "").strip() in {"true", "1"}
        guid = attributes.get("guid", "")[: most.MOST_NAME]
        depth = sum(part == "Code" for part in self._way) - 1
        self._rows.append([depth, guid, self._name(attributes), codable, ""])
        self.codes.append(self._rows[-1])
        self.coloured += "color" in attributes

    def _member(self, attributes: Attributes) -> None:
        self._members += 1
        if self._members > most.MOST_MEMBERS:
            raise Refused(_LARGE)
        members = self._rows[-1][2]
        if isinstance(members, list):
            members.append(attributes.get("guid", "")[: most.MOST_NAME])

    def _name(self, attributes: Attributes) -> str:
        name = attributes.get("name", "")
        if len(name) > most.MOST_NAME:
            raise Refused(_LARGE)
        return name


def codebook(untrusted: bytes) -> bytes:
    """Return the codes and sets as JSON. Raises ``Refused``."""
    reader = _Reader()
    walk(
        untrusted,
        reader.start,
        reader.end,
        reader.text,
        broken="codebook-broken",
        dtd="codebook-dtd",
    )
    if not reader.codes:
        raise Refused("codebook-empty")
    return json.dumps(
        {
            "codes": reader.codes,
            "sets": reader.sets,
            "coloured": reader.coloured,
            "unknown": reader.unknown,
        }
    ).encode()
