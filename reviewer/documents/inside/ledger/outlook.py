"""What an Outlook message holds: who and what, the text in each form it has, what hangs on it."""

import io
import struct

import olefile

from reviewer.documents import limits
from reviewer.documents.inside.ledger import bodies
from reviewer.documents.inside.ledger.held import Held, TooMuch
from reviewer.documents.inside.ledger.letters import letters
from reviewer.documents.inside.ledger.mail import sent_by, take_packed

_PART = "__substg1.0_"
_SUBJECT, _BODY, _HTML, _RTF, _HEADERS = "0037", "1000", "1013", "1009", "007D"
_NAMES = ("0C1A", "0042", "3001", "3A20")  # of a sender, of one who receives
_MESSAGE, _FILE = "3701000D", "3701"
_PAGES = {65001: "utf-8", 1200: "utf-16-le", 20127: "cp1252", 28591: "cp1252"}
Path = tuple[str, ...]


def hold(raw: bytes) -> Held:
    """Return what an Outlook message holds."""
    held = Held()
    with olefile.OleFileIO(io.BytesIO(raw)) as file:
        _Messages(file, held).message((), 0)
    return held


class _Messages:
    """The folders of a compound file, a message in each of some."""

    def __init__(self, file: olefile.OleFileIO, held: Held) -> None:
        self._file, self._held = file, held
        self._below: dict[Path, set[str]] = {}
        for entry in file.listdir(streams=True, storages=True):
            self._below.setdefault(tuple(entry[:-1]), set()).add(entry[-1])

    def message(self, path: Path, depth: int) -> None:
        """Take one message and those that hang on it."""
        if depth > limits.MAIL_DEPTH:
            raise TooMuch
        stated = self._letters(path)
        self._held.say(self._text(path, _SUBJECT, stated))
        self._held.headers += sent_by(self._text(path, _HEADERS, stated))
        for name in _NAMES[:2]:
            self._held.say_once(self._text(path, name, stated))
        self._body(path, stated)
        for name in sorted(self._below.get(path, ())):
            if name.startswith("__recip"):
                self._held.say_once(self._text((*path, name), _NAMES[2], stated))
            elif name.startswith("__attach"):
                self._attached((*path, name), depth)

    def _attached(self, path: Path, depth: int) -> None:
        within = (*path, _PART + _MESSAGE)
        if "__properties_version1.0" in self._below.get(within, ()):
            self.message(within, depth + 1)
        elif not take_packed(self._bytes(path, _FILE), self._held, depth):
            self._held.add("attachments")

    def _body(self, path: Path, stated: str) -> None:
        """Take the text in each of its forms."""
        raw = self._bytes(path, _HTML)
        page = raw or self._text(path, _HTML, stated).encode("utf-8")
        plain, packed = self._text(path, _BODY, stated), self._bytes(path, _RTF)
        bodies.take(self._held, plain, page, stated if raw else "utf-8", packed)

    def _letters(self, path: Path) -> str:
        """Return the letters that a message says its texts are in."""
        raw = self._stream((*path, "__properties_version1.0"))
        head = 32 if not path else 24
        for at in range(head, len(raw) - 15, 16):
            tag, _, value = struct.unpack_from("<III", raw, at)
            if tag >> 16 in {0x3FDE, 0x3FFD}:
                return _PAGES.get(value, f"cp{value}")
        return "cp1252"

    def _text(self, path: Path, which: str, stated: str) -> str:
        if wide := self._stream((*path, f"{_PART}{which}001F")):
            return wide.decode("utf-16-le", "replace")
        return letters(self._stream((*path, f"{_PART}{which}001E")), stated)

    def _bytes(self, path: Path, which: str) -> bytes:
        return self._stream((*path, f"{_PART}{which}0102"))

    def _stream(self, path: Path) -> bytes:
        there = {name.lower(): name for name in self._below.get(path[:-1], ())}
        name = there.get(path[-1].lower())
        if name is None:
            return b""
        with self._file.openstream([*path[:-1], name]) as stream:
            found: bytes = stream.read(limits.UNPACKED + 1)
        if len(found) > limits.UNPACKED:
            raise TooMuch
        return found
