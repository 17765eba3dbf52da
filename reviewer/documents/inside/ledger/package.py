"""The parts of a zipped file, unpacked by the count itself, within limits."""

import io
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from reviewer.documents import limits
from reviewer.documents.inside.ledger.held import TooMuch

_MOST = limits.UNPACKED
_DEEP = 512

Start = Callable[[str, dict[str, str]], None]


class Package:
    """An open ZIP; names with slashes, the first of two alike."""

    def __init__(self, raw: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(raw))
        self._left = _MOST
        self.members: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist()[: limits.PARTS]:
            name = info.filename.replace("\\", "/").lstrip("/")
            if not name.endswith("/"):
                self.members.setdefault(name, info)

    def read(self, name: str) -> bytes:
        """Return one member's bytes. Raises ``TooMuch`` for more than is unpacked in all."""
        with self._zip.open(self.members[name]) as stream:
            found = stream.read(self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise TooMuch
        return found


def walk(
    raw: bytes, start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> None:
    """Read one part of XML; names come without their prefixes."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def opened(name: str, values: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEP:
            raise TooMuch
        start(_bare(name), {_bare(key): value for key, value in values.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(_bare(name))

    def typed(*_: object) -> None:
        raise TooMuch

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = typed
    parser.Parse(raw, True)


def _bare(name: str) -> str:
    return name.rpartition(":")[2]
