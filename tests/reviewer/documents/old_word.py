"""Word files of the old kind, made for tests ([MS-DOC]): text, looks of runs, tables of places."""

import struct

from tests.reviewer.documents.compound import compound

STORIES = ("main", "footnotes", "edges", "macros", "comments", "endnotes", "boxes", "edge boxes")
_TEXT, _PAGE = 0x400, 512


def run(text, *said):
    """Return words of a paragraph and what is said of them: numbers of properties with values."""
    return text, b"".join(struct.pack("<H", number) + value for number, value in said)


def para(*runs, style=0, said=(), end="\r"):
    """Return a paragraph: its runs, its style, what is said of it."""
    runs = [one if isinstance(one, tuple) else (one, b"") for one in runs]
    own = b"".join(struct.pack("<H", number) + value for number, value in said)
    return [*runs, (end, b"")], style, own


def doc(
    main,
    *,
    tables=None,
    flags=0,
    version=0xC1,
    data=b"",
    narrow=False,
    behind=b"",
    folders=None,
    **others,
):
    """Return a file: ``tables`` maps the numbers of tables to bytes; ``behind`` ends the text."""
    stories = {"main": main, **others}
    text, looks, paragraphs, lengths = "", [], [], []
    for name in STORIES:
        before = len(text)
        for runs, style, said in stories.get(name, ()):
            start = len(text)
            for part, look in runs:
                looks.append((len(text), len(text) + len(part), look))
                text += part
            paragraphs.append((start, len(text), style, said))
        lengths.append(len(text) - before)
    wide = 1 if narrow else 2
    raw = text.encode("cp1252") if narrow else text.encode("utf-16-le", "surrogatepass")
    body = bytearray(_TEXT) + raw
    body += bytes(-len(body) % _PAGE)
    tables = dict(tables or {})
    for number, pages in (
        (12, _looks(looks, wide)),
        (13, _paragraphs(paragraphs, wide)),
    ):
        first = len(body) // _PAGE
        body += b"".join(page for _, page in pages)
        starts = [start for start, _ in pages] + [_TEXT + len(text) * wide]
        tables[number] = struct.pack(f"<{len(starts)}I", *starts) + b"".join(
            struct.pack("<I", first + at) for at in range(len(pages))
        )
    place = _TEXT * 2 | 0x40000000 if narrow else _TEXT
    pieces = struct.pack("<IIHIH", 0, len(text), 0, place, 0)
    tables[33] = b"\2" + struct.pack("<I", len(pieces)) + pieces
    table = bytearray()
    for number, one in tables.items():
        struct.pack_into("<II", body, 0x9A + 8 * number, len(table), len(one))
        table += one
    body += behind
    struct.pack_into("<HH", body, 0, 0xA5EC, version)
    struct.pack_into("<H", body, 0x0A, flags | 0x200)
    struct.pack_into("<8i", body, 0x4C, *lengths)
    return compound(
        {"WordDocument": bytes(body), "1Table": bytes(table)}
        | ({"Data": data} if data else {})
        | (folders or {})
    )


def _looks(runs, wide):
    return _pages(
        [(start, end, bytes([len(said)]) + said if said else b"") for start, end, said in runs],
        wide, 1,
    )  # fmt: skip


def _paragraphs(paragraphs, wide):
    made = []
    for start, end, style, said in paragraphs:
        own = struct.pack("<H", style) + said
        own += bytes((len(own) + 1) % 2)
        made.append((start, end, bytes([(len(own) + 1) // 2]) + own))
    return _pages(made, wide, 13)


def _pages(runs, wide, entry):
    pages = []
    for first in range(0, len(runs), 12):
        some = runs[first : first + 12]
        page = bytearray(_PAGE)
        places = [one[0] for one in some] + [some[-1][1]]
        struct.pack_into(f"<{len(places)}I", page, 0, *(_TEXT + at * wide for at in places))
        free = _PAGE - 1
        for number, (_, _, own) in enumerate(some):
            if own:
                free = (free - len(own)) // 2 * 2
                page[free : free + len(own)] = own
                page[4 * len(places) + entry * number] = free // 2
        page[-1] = len(some)
        pages.append((_TEXT + places[0] * wide, bytes(page)))
    return pages


def places(*positions, data=b""):
    """Return a table of positions and what is said at each."""
    return struct.pack(f"<{len(positions)}I", *positions) + data
