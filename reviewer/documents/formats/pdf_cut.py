"""A PDF that was cut short, or lost its end otherwise: a list of the pages that are still in it.

The end of a PDF says where its pages are. Without it they are looked for, object by object, in
packed objects too, and a new end is written behind a copy. In the worker.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_CATALOG = re.compile(rb"/Type\s*/Catalog(?![A-Za-z])")
_PACKED = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z])")
_LIST = re.compile(rb"/Pages\s+(\d{1,9})\s+\d{1,5}\s+R")
_COUNTS = re.compile(rb"/(N|First)\s+(\d{1,9})(?![\d\s]*R)")
_LOCK = re.compile(rb"/Filter\s*/Standard(?![A-Za-z])")
_STREAM = re.compile(rb"stream\r?\n")
_MOST = 500_000  # objects
_UNPACKED = 64 << 20  # bytes that packed objects have together, at most


def with_end(untrusted: bytes) -> bytes:
    """Return a copy of a PDF with a new end, or nothing where no page of it can be had.

    What was locked stays so: its end said how.
    """
    if b"/Encrypt" in untrusted or _LOCK.search(untrusted):
        return b""
    plain = _plain(untrusted)
    packed = {at: body for at, body in _unpacked(untrusted, plain) if at not in plain}
    heads = {
        at: untrusted[start:end].partition(b"stream")[0] for at, (start, end) in plain.items()
    }
    heads |= packed
    pages = [at for at, head in heads.items() if _PAGE.search(head)]
    if not pages:
        return b""
    new = [b"%d 0 obj\n%s\nendobj" % (at, body) for at, body in packed.items()]
    root = _root(heads)
    if not root:
        root, tree = max(heads) + 1, max(heads) + 2
        kids = b" ".join(b"%d 0 R" % at for at in pages)
        new.append(b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj" % (root, tree))
        head = (tree, len(pages), kids)
        new.append(b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj" % head)
    end = b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (root, max(heads) + 3)
    return b"\n".join([untrusted, b"endstream", b"endobj", *new, end])


def lacks_end(untrusted: bytes) -> bool:
    """Whether nothing stands behind the last object of a PDF: what was there is lost."""
    end = max(
        untrusted.rfind(b"%%EOF"), untrusted.rfind(b"startxref"), untrusted.rfind(b"trailer")
    )
    return end < max(untrusted.rfind(b"endobj"), untrusted.rfind(b" 0 obj"))


def _plain(untrusted: bytes) -> dict[int, tuple[int, int]]:
    """Return where each object that is whole begins and ends, by its number: the last of each."""
    found: dict[int, tuple[int, int]] = {}
    starts = [(int(one[1]), one.start(), one.end()) for one in _OBJECT.finditer(untrusted)]
    last = (0, len(untrusted), len(untrusted))
    for (at, _, begin), (_, until, _) in pairwise([*starts[:_MOST], last]):
        end = untrusted.find(b"endobj", begin, until)
        if end >= 0:
            found.pop(at, None)  # where it stands last, among pages too
            found[at] = (begin, end)
    return found


def _unpacked(
    untrusted: bytes, plain: Mapping[int, tuple[int, int]]
) -> Iterator[tuple[int, bytes]]:
    """Yield each object that is packed with others in a stream: its number, and what it is."""
    left = _UNPACKED
    for start, end in plain.values():
        begin = _STREAM.search(untrusted, start, end)
        if begin is None or not _PACKED.search(untrusted, start, begin.start()):
            continue
        counts = {name: int(n) for name, n in _COUNTS.findall(untrusted[start : begin.start()])}
        unpacker = zlib.decompressobj()
        try:
            body = unpacker.decompress(untrusted[begin.end() : end], left)
        except zlib.error:
            continue
        left -= len(body)
        first = counts.get(b"First", 0)
        numbers = [int(one) for one in body[:first].split() if one.isdigit() and len(one) < 10]
        places = [first + at for at in numbers[1::2]]
        if unpacker.eof:
            places.append(len(body))  # else the last one is cut off, and is none
        for at, (begins, ends) in zip(numbers[::2], pairwise(places), strict=False):
            yield at, body[begins:ends]
        if left <= 0:
            return


def _root(heads: Mapping[int, bytes]) -> int:
    """Return the number of the object that leads to the list of pages; 0 where that is lost."""
    for at, head in heads.items():
        listed = _LIST.search(head) if _CATALOG.search(head) else None
        if listed is not None and b"/Kids" in heads.get(int(listed[1]), b""):
            return at
    return 0
