"""Vector files: a header of text lines, an empty line, the file in base64 (as in age's CCTV).

expect: refused at receipt
layer: signature
fault: signed by somebody else
sha256: <of the file>
"""

import base64
import hashlib
import lzma
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

TAKEN = "taken"
REFUSED = "refused"
AT_RECEIPT = "refused at receipt"
AT_RELEASE = "refused at release"
_COMPRESS_ABOVE = 1 << 20  # bytes: only a file that is mostly zeros is that long


@dataclass(frozen=True, kw_only=True)
class Vector:
    """One file for the frozen panel, what must become of it, and the one thing wrong with it.

    ``layer`` names the check that must refuse, or is "" for one that is taken.
    """

    expect: str
    layer: str
    fault: str
    body: bytes

    def encode(self) -> str:
        """Return the text that is committed."""
        packed = len(self.body) > _COMPRESS_ABOVE
        lines = {
            "expect": self.expect,
            "layer": self.layer,
            "fault": self.fault,
            "sha256": hashlib.sha256(self.body).hexdigest(),
        }
        if packed:
            lines["compressed"] = "xz"
        body = lzma.compress(self.body) if packed else self.body
        head = "".join(f"{name}: {value}".rstrip() + "\n" for name, value in lines.items())
        return head + "\n" + "\n".join(textwrap.wrap(base64.b64encode(body).decode(), 100)) + "\n"


def read(path: Path) -> Vector:
    """Return the vector in ``path``; fails where the file is not what its header says."""
    head, _, body = path.read_text(encoding="ascii").partition("\n\n")
    facts = {}
    for line in head.splitlines():
        name, _, value = line.partition(":")
        facts[name] = value.strip()
    raw = base64.b64decode(body)
    if facts.get("compressed") == "xz":
        raw = lzma.decompress(raw)
    assert hashlib.sha256(raw).hexdigest() == facts["sha256"], path.name
    assert facts["expect"] in {TAKEN, REFUSED, AT_RECEIPT, AT_RELEASE}, path.name
    return Vector(expect=facts["expect"], layer=facts["layer"], fault=facts["fault"], body=raw)


def write_missing(folder: Path, vector: Vector, kind: str) -> bool:
    """Write ``vector`` unless one of its name is there; returns whether it was written."""
    words = f"{vector.expect.removeprefix('refused ')} {vector.fault}".lower()
    slug = re.sub(r"[^a-z0-9]+", "-", words.replace("+", "plus ").replace(" -", " minus "))
    path = folder / f"{slug.strip('-')}.{kind}"
    if path.exists():
        return False
    path.write_text(vector.encode(), encoding="ascii")
    return True


def walk(folder: Path, pattern: str, *, at_least: int) -> dict[str, Vector]:
    """Return every vector in ``folder`` by its file name; fails where there are too few."""
    found = {path.name: read(path) for path in sorted(folder.glob(pattern))}
    assert len(found) >= at_least, f"only {len(found)} vectors in {folder.name}"
    return found
