"""OpenDocument files that are one text of XML (.fodt, .fods), taken for the archive they replace.

What lies in it as letters (pictures, files of other programs) becomes a member with a name.
"""

import base64
import binascii
import re

from reviewer.documents import limits
from reviewer.documents.refusals import Refused

_WITHIN = re.compile(
    rb"(<draw:(image|object-ole)\b)((?:(?!xlink:href)[^>])*>)\s*"
    rb"<office:binary-data[^>]{0,200}>([^<]*)</office:binary-data>"
)
_MACROS = re.compile(rb"<(?:ooo:library|script:module|office:script)[\s>]")
_FOLDERS = {b"image": "Pictures/", b"object-ole": "Object "}
ROOT = re.compile(
    rb"<(?:\w+:)?document\s[^>]*?mimetype\s*=\s*[\"']application/vnd\.oasis\.opendocument\.([a-z]+)"
)
KINDS = {b"text": "fodt", b"spreadsheet": "fods"}


class Flat:
    """The parts of such a file: ``content.xml`` is all of it but what lies in it as letters."""

    def __init__(self, untrusted: bytes) -> None:
        self._members: dict[str, bytes] = {}
        self._members["content.xml"] = _WITHIN.sub(self._part, untrusted)
        if _MACROS.search(untrusted):
            self._members["Basic/"] = b""
        self.names = frozenset(self._members)

    def _part(self, found: re.Match[bytes]) -> bytes:
        """Take a part out; its place gets its name."""
        if len(self._members) >= limits.PARTS:
            return found[0]
        name = f"{_FOLDERS[found[2]]}{len(self._members)}"
        self._members[name] = found[4]
        return b'%b xlink:href="%b"%b' % (found[1], name.encode(), found[3])

    def read(self, name: str) -> bytes:
        """Return one part. Raises ``Refused``."""
        try:
            part = self._members[name]
            return part if name == "content.xml" else base64.b64decode(part)
        except (KeyError, binascii.Error) as error:
            raise Refused("odt-broken") from error


def kind(start: bytes) -> str:
    """Return which such file begins so, or "". Raises ``Refused`` for one of another program."""
    found = ROOT.search(start)
    if found is None:
        return ""
    if found[1] not in KINDS:
        raise Refused("odf")
    return KINDS[found[1]]
