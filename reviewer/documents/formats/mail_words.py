"""How the words of a mail were sent: headers in other letters, flowed lines, files written out."""

import base64
import binascii
import functools
import quopri
import re
from collections.abc import Iterator

from reviewer.documents import encoding
from reviewer.documents.formats.mail_paper import Attached, shown_name
from reviewer.documents.refusals import Refused

_WORD = r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?="
_RUN = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
_PARTS = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_WRITTEN_OUT = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{1,200})\n((?:[!-`][ -`]{0,90}\n)*)(?:[ `]?\n)?end *$",
    re.MULTILINE,
)
_SIGNATURE = "-- "
_MEDIA = "application/octet-stream"


def in_one_piece(header: str) -> str:
    """Return a header with what was sent in other letters as UTF-8, each row of it in one piece.

    Mail programs cut such a row anywhere, also within a letter.

    >>> in_one_piece("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?= a")
    '=?utf-8?b?Y2Fmw6k=?= a'
    """
    return _RUN.sub(_joined, header)


def _joined(found: re.Match[str]) -> str:
    rows: list[tuple[str, bytes]] = []
    try:
        for letters, how, text in _PARTS.findall(found[0]):
            stated = letters.partition("*")[0].lower()
            raw = _unpacked(how.lower(), text)
            if rows and rows[-1][0] == stated:
                rows[-1] = (stated, rows[-1][1] + raw)
            else:
                rows.append((stated, raw))
        said = "".join(encoding.stated(raw, letters)[0] for letters, raw in rows)
    except (Refused, binascii.Error):
        return found[0]
    return f"=?utf-8?b?{base64.b64encode(said.encode('utf-8', 'replace')).decode()}?="


def _unpacked(how: str, text: str) -> bytes:
    raw = text.encode("ascii", "replace")
    if how == "q":
        return quopri.decodestring(raw.replace(b"_", b" "))
    return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))


def unflowed(text: str, *, closed: bool) -> str:
    r"""Return a text whose lines were broken for sending as it was written (RFC 3676).

    A line that ends in a blank goes on; with ``closed`` (``DelSp``) that blank is not the text's.

    >>> unflowed("the obser \nvation\n> one", closed=True).splitlines()
    ['the observation', '> one']
    """
    lines: list[str] = []
    goes_on = -1  # how deep the line is quoted that goes on
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip(">"))
        said = line[depth:].removeprefix(" ")
        flows = said.endswith(" ") and said != _SIGNATURE
        kept = said[:-1] if flows and closed else said
        if depth == goes_on and said != _SIGNATURE:
            lines[-1] += kept
        else:
            lines.append(f"{'>' * depth}{' ' if depth else ''}{kept}")
        goes_on = depth if flows else -1
    return "\n".join(lines)


def written_out(text: str) -> Iterator[Attached]:
    """Yield the files that are written out among the words of a mail (uuencode)."""
    for found in _WRITTEN_OUT.finditer(text.replace("\r\n", "\n")):
        try:
            raw = b"".join(map(binascii.a2b_uu, found[2].encode("ascii").splitlines()))
        except binascii.Error:
            continue
        if raw:
            yield Attached(shown_name(found[1].strip()), _MEDIA, functools.partial(bytes, raw))
