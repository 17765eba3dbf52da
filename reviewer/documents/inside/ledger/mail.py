"""What a mail holds: every header, the words of every part, the files that hang on it."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.documents import limits
from reviewer.documents.inside.ledger import packed_mail, web
from reviewer.documents.inside.ledger.held import Held, TooMuch
from reviewer.documents.inside.ledger.letters import letters
from reviewer.documents.inside.ledger.words import beyond

_START = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*")
_APPLE = re.compile(rb"\A(\d{1,10})[ \t]*\r?\n(?=[!-9;-~]+:)")
_BOXED = re.compile(rb"(?:\A|\n)From [^\r\n]*\r?\n(?=[!-9;-~]+:)")
_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_CODED = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=(?:\s+(?==\?))?")
_VALUE = re.compile(r";\s*([\w*-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;]+))")
_SENT = re.compile(r" \r?\n(?:>+ ?)?")
_PROGRAM = re.compile(r"multi-?part|\bMIME\b", re.IGNORECASE)  # what is written for old readers
_MAILS = {"message/rfc822", "message/global", "message/news"}
_TEXTS = {"text/plain", "text/calendar", "text/enriched", "text/rfc822-headers"}
# Headers that say only how a part is packed.
_PACKING = {
    "mime-version", "content-type", "content-transfer-encoding", "content-disposition",
    "content-id", "content-length", "lines", "content-language",
}  # fmt: skip


_HUMAN = {
    "from", "sender", "to", "cc", "bcc", "reply-to", "date", "subject", "importance", "priority",
    "sensitivity", "keywords", "message-id",
}  # fmt: skip
_PACKED = {
    "application/pkcs7-mime", "application/x-pkcs7-mime", "application/ms-tnef",
    "application/vnd.ms-tnef",
}  # fmt: skip
_LINE = re.compile(r"microsoft mail", re.IGNORECASE)


@dataclass(slots=True)
class _Part:
    """A mail or a part of one: its headers and its bytes."""

    headers: dict[str, list[str]]
    names: dict[str, str]
    body: bytes
    kind: str = ""
    known: dict[str, str] = field(default_factory=dict)

    @property
    def unpacked(self) -> bytes:
        packed = self.value("content-transfer-encoding").strip().lower()
        if packed == "base64":
            plain = re.sub(rb"[^A-Za-z0-9+/]", b"", self.body.partition(b"=")[0])
            try:
                return base64.b64decode(plain[: len(plain) // 4 * 4] + _rest(plain))
            except binascii.Error:
                return self.body
        return quopri.decodestring(self.body) if packed == "quoted-printable" else self.body

    def value(self, name: str) -> str:
        return (self.headers.get(name) or [""])[0]


def _rest(plain: bytes) -> bytes:
    rest = plain[len(plain) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def hold(raw: bytes) -> Held:
    """Return what a mail, or a mailbox of several, holds."""
    held = Held()
    for mail in _mails(raw):
        _mail(mail, held, 0)
    return held


def _mails(raw: bytes) -> Iterator[bytes]:
    raw = _START.sub(b"", raw, count=1)
    if apple := _APPLE.match(raw):
        yield raw[apple.end() : apple.end() + int(apple[1])]
        return
    if not raw.startswith(b"From "):
        yield raw
        return
    starts = [found.end() for found in _BOXED.finditer(raw)]
    ends = [found.start() for found in _BOXED.finditer(raw)][1:]
    yield from (raw[start:end] for start, end in zip(starts, [*ends, len(raw)], strict=True))


def _mail(raw: bytes, held: Held, depth: int) -> None:
    part = _part(raw)
    _headers(part, held)
    _take(part, held, depth)


def _headers(part: _Part, held: Held) -> None:
    for name, values in part.headers.items():
        if name not in _PACKING:
            held.headers.append((part.names[name], ", ".join(values)))


def _take(part: _Part, held: Held, depth: int) -> None:
    if depth > limits.MAIL_DEPTH:
        raise TooMuch
    if part.kind.startswith("multipart/") and (bound := part.known.get("boundary")):
        _parts(part, bound, held, depth)
    elif part.kind in _MAILS:
        _mail(part.unpacked.lstrip(b"\r\n"), held, depth + 1)
    elif _hangs(part):
        packed = part.kind in _PACKED or "winmail.dat" in " ".join(part.known.values()).lower()
        if not (packed and take_packed(part.unpacked, held, depth)):
            held.add("attachments")
    else:
        _say(_words(part, held), held)


def _say(lines: Iterable[str], held: Held) -> None:
    for line in lines:
        held.say(line)


def _words(part: _Part, held: Held) -> list[str]:
    """Return the lines of a part that is text."""
    stated = part.known.get("charset", "")
    if part.kind == "text/html":
        return web.lines(part.unpacked, held, stated)
    text = letters(part.unpacked, stated)
    if part.known.get("delsp", "").lower() == "yes":  # the ends of its lines are none of its own
        text = _SENT.sub("", text)
    return text.splitlines()


def take_packed(raw: bytes, held: Held, depth: int) -> bool:
    """Take a mail that is packed in one piece; return whether there is one that can be read."""
    if raw.startswith(packed_mail.MARK):
        way = Held(things=held.things, links=held.links)
        read = packed_mail.take(raw, way)
        said = (word for piece in held.pieces for word in piece)
        held.take(beyond(said, (word for piece in way.pieces for word in piece)))
        return read
    inner = packed_mail.signed(raw) if raw[:1] == b"\x30" else b""
    if inner:
        held.add("attachments")  # the piece itself, with its signature
        _take(_part(inner), held, depth + 1)
    return bool(inner)


def sent_by(text: str) -> list[tuple[str, str]]:
    """Return the headers of a mail that say how it was sent, and not by whom or on what."""
    part = _part(text[text.find("\n") + 1 :].encode() if _LINE.match(text) else text.encode())
    return [
        (part.names[name], ", ".join(values))
        for name, values in part.headers.items()
        if name not in _PACKING and name not in _HUMAN
    ]


def _hangs(part: _Part) -> bool:
    """Whether a part is a file that hangs on the mail, and no words of it."""
    named = "name" in part.known or part.value("content-disposition").lower().startswith(
        "attachment"
    )
    said = " ".join(part.headers.get("content-disposition", []))
    named |= bool(re.search(r"filename", said, re.IGNORECASE))
    if part.kind.startswith("multipart/"):
        return named
    return not part.kind.startswith("message/") and (
        named or part.kind not in {*_TEXTS, "text/html"}
    )


def _parts(part: _Part, bound: str, held: Held, depth: int) -> None:
    before, *pieces = _cut(part.body, bound)
    behind = pieces.pop() if pieces else b""
    if len(pieces) > limits.MAIL_PARTS:
        raise TooMuch
    loose = map(letters, (before, behind))
    _say((text for text in loose if not _PROGRAM.search(text)), held)
    inner = [_part(piece) for piece in pieces]
    for one in inner:
        if part.kind == "multipart/digest" and "content-type" not in one.headers:
            one.kind = "message/rfc822"
        _headers(one, held)
    if part.kind == "multipart/alternative":
        _ways(inner, held, depth)
        return
    for one in inner:
        _take(one, held, depth + 1)


def _ways(inner: Iterable[_Part], held: Held, depth: int) -> None:
    """Take several ways to say the same: of each what those before it did not say."""
    said: list[str] = []
    for one in inner:
        way = Held(headers=held.headers, things=held.things, links=held.links)
        _take(one, way, depth + 1)
        new = beyond(said, (word for piece in way.pieces for word in piece))
        held.take(new)
        said += new


def _cut(body: bytes, bound: str) -> list[bytes]:
    """Return what stands before, between and behind the lines that part a mail."""
    line = re.compile(
        rb"(?:\A|\r?\n)--"
        + re.escape(bound.encode("utf-8", "replace"))
        + rb"(--)?[ \t]*(?=\r?\n|\Z)"
    )
    pieces: list[bytes] = []
    at = 0
    for found in line.finditer(body):
        pieces.append(body[at : found.start()])
        at = found.end()
        if found[1]:
            return [*pieces, body[at:]]
    return [*pieces, body[at:], b""] if pieces else [body]


def _part(raw: bytes) -> _Part:
    raw = raw[2:] if raw.startswith(b"\r\n") else raw[1:] if raw.startswith(b"\n") else raw
    if raw[:1] in {b"\r", b"\n"}:
        head, body = b"", raw
    else:
        end = _END.search(raw)
        head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    headers: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    text = letters(head).replace("\r\n", "\n").replace("\r", "\n")
    for line in re.split(r"\n(?![ \t])", text):
        if found := _FIELD.fullmatch(line):
            name = found[1].lower()
            names.setdefault(name, found[1])
            headers.setdefault(name, []).append(_decoded(found[2].replace("\n", "")))
    stated = (headers.get("content-type") or ["text/plain"])[0]
    known = {key.lower().split("*")[0]: a or b for key, a, b in _VALUE.findall(stated)}
    kind = stated.partition(";")[0].strip().lower()
    kind = kind if "/" in kind else "text/plain"
    return _Part(headers=headers, names=names, body=body, kind=kind, known=known)


def _decoded(value: str) -> str:
    """Return a header whose words were sent in other letters; a letter may be cut between two."""
    told: list[str] = []
    packed, name, last = b"", "", 0
    for found in _CODED.finditer(value):
        between = value[last : found.start()]
        stated = found[1].partition("*")[0].lower()
        if between.strip() or stated != name or not packed:
            told += [letters(packed, name), between if between.strip() or not packed else ""]
            packed, name = b"", stated
        packed += _packed(found[2].lower(), found[3])
        last = found.end()
    return "".join([*told, letters(packed, name), value[last:]])


def _packed(how: str, text: str) -> bytes:
    """Return the bytes of a word that was sent in other letters."""
    raw = text.encode("ascii", "replace")
    try:
        if how == "b":
            return base64.b64decode(raw + b"==")
        return quopri.decodestring(raw.replace(b"_", b" "), header=False)
    except binascii.Error:
        return raw
