"""What an Outlook message holds: who and what, the text in each form it has, what hangs on it."""

import datetime as dt
import io
import re

import olefile

from reviewer.documents import limits
from reviewer.documents.inside.ledger import bodies
from reviewer.documents.inside.ledger.held import Held, TooMuch
from reviewer.documents.inside.ledger.letters import letters
from reviewer.documents.inside.ledger.mail import sent_by, take_packed

_PART = "__substg1.0_"
_BODY, _HTML, _RTF, _HEADERS = "1000", "1013", "1009", "007D"
_LINES = (("From", "0042", "0C1A"), ("Subject", "0037"), ("Message-ID", "1035"))
_PERSON = "3001"
_MESSAGE, _FILE = "3701000D", "3701"
_PAGES = {65001: "utf-8", 1200: "utf-16-le", 20127: "cp1252", 28591: "cp1252"}
_DATE = re.compile(r"^Date:[ \t]*(\S[^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_SENT, _CAME, _FLAGS, _DRAFT = 0x0039, 0x0E06, 0x0E07, 8
_BEGAN = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
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
        values = self._values(path)
        pages = (page for key in (0x3FDE, 0x3FFD) if (page := values.get(key, 0) & 0xFFFFFFFF))
        page = next(pages, 1252)
        stated = _PAGES.get(page, f"cp{page}")
        self._dates(path, values, stated)
        self._held.headers += [
            (name, value)
            for name, *ids in _LINES
            if (
                value := next((text for one in ids if (text := self._text(path, one, stated))), "")
            )
        ]
        self._held.headers += sent_by(self._text(path, _HEADERS, stated))
        self._body(path, stated)
        for name in sorted(self._below.get(path, ())):
            if name.startswith("__recip"):
                self._held.say(self._text((*path, name), _PERSON, stated))
            elif name.startswith("__attach"):
                self._attached((*path, name), depth)

    def _dates(self, path: Path, values: dict[int, int], stated: str) -> None:
        """Take when a message was sent, as it was written on the way, and when it came."""
        written = _DATE.search(self._text(path, _HEADERS, stated))
        sent = written[1] if written else _moment(values.get(_SENT, 0))
        came = "Last saved" if values.get(_FLAGS, 0) & _DRAFT else "Received"
        both = (("Date", sent), (came, _moment(values.get(_CAME, 0))))
        self._held.headers += [(name, text) for name, text in both if text]

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

    def _values(self, path: Path) -> dict[int, int]:
        """Return the numbers among a message's properties, by theirs."""
        raw = self._stream((*path, "__properties_version1.0"))
        head = 32 if not path else 24
        entries = (raw[at : at + 16] for at in range(head, len(raw) - 15, 16))
        return {
            int.from_bytes(one[2:4], "little"): int.from_bytes(one[8:], "little")
            for one in entries
        }

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


def _moment(ticks: int) -> str:
    """Return a moment as mails write it."""
    if not ticks:
        return ""
    try:
        return f"{_BEGAN + dt.timedelta(microseconds=ticks // 10):%a, %d %b %Y %H:%M:%S +0000}"
    except OverflowError:
        return ""
