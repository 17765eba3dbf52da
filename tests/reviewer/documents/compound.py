"""Compound files ([MS-CFB]) and Outlook messages in them, made for tests."""

import struct

SECTOR, SMALL, CUTOFF = 512, 64, 4096
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def compound(tree):
    """Return a compound file: ``tree`` maps names to bytes (a stream) or to such a map."""
    entries = []  # name, kind, child, right, data
    _add(entries, "Root Entry", tree, 5)
    _below(entries, 0, tree)
    small, chains = bytearray(), []
    sectors, starts = [], {}
    for at, (_, kind, _, _, data) in enumerate(entries):
        if kind == 2 and len(data) < CUTOFF:
            starts[at] = len(small) // SMALL if data else END
            count = -(-len(data) // SMALL)
            chains += _chain(len(chains), count)
            small += data.ljust(count * SMALL, b"\0")
    fat = []

    def put(data):
        count = -(-len(data) // SECTOR)
        first = len(sectors)
        padded = data.ljust(count * SECTOR, b"\0")
        sectors.extend(padded[one : one + SECTOR] for one in range(0, len(padded), SECTOR))
        fat.extend(_chain(first, count))
        return first if count else END

    for at, (_, kind, _, _, data) in enumerate(entries):
        if kind == 2 and len(data) >= CUTOFF:
            starts[at] = put(data)
    starts[0] = put(bytes(small))
    mini = put(b"".join(struct.pack("<I", one) for one in chains).ljust(SECTOR, b"\xff"))
    directory = b"".join(
        _entry(one, starts.get(at, 0), len(small)) for at, one in enumerate(entries)
    )
    first = put(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0"))
    tables = 1
    while tables * SECTOR // 4 < len(fat) + tables:
        tables += 1
    where = range(len(sectors), len(sectors) + tables)
    fat += [FAT] * tables
    raw = b"".join(struct.pack("<I", one) for one in fat).ljust(tables * SECTOR, b"\xff")
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables, first, 0,
        CUTOFF, mini, max(1, -(-len(chains) * 4 // SECTOR)), END, 0,
    )  # fmt: skip
    head += b"".join(struct.pack("<I", one) for one in where)[: 109 * 4].ljust(436, b"\xff")
    return head[:512] + b"".join(sectors) + raw


def _chain(first, count):
    return [first + one + 1 for one in range(count - 1)] + [END] * (count > 0)


def _add(entries, name, what, kind):
    entries.append([name, kind, NONE, NONE, what if isinstance(what, bytes) else b""])
    return len(entries) - 1


def _below(entries, parent, tree):
    before = None
    for name, what in sorted(tree.items(), key=lambda one: (len(one[0]), one[0].upper())):
        at = _add(entries, name, what, 2 if isinstance(what, bytes) else 1)
        if before is None:
            entries[parent][2] = at
        else:
            entries[before][3] = at
        before = at
        if not isinstance(what, bytes):
            _below(entries, at, what)


def _entry(one, start, small):
    name, kind, child, right, data = one
    raw = name.encode("utf-16-le")
    size = small if kind == 5 else len(data)
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        raw, len(raw) + 2, kind, 1, NONE, right, child, b"", 0, 0, 0,
        start if kind in {2, 5} else 0, size,
    )  # fmt: skip


def part(head, texts=(), numbers=(), data=(), raw=()):
    """Return the streams of one message, person or attachment, by property."""
    found = {"__properties_version1.0": head + b"".join(_number(*one) for one in numbers)}
    found |= {f"__substg1.0_{one:04X}001F": text.encode("utf-16-le") for one, text in texts}
    found |= {f"__substg1.0_{one:04X}001E": text for one, text in raw}
    return found | {f"__substg1.0_{one:04X}0102": value for one, value in data}


def _number(tag, value):
    return struct.pack("<II", tag, 6) + value.to_bytes(8, "little")


def message(parts=None, *, top=True, **known):
    """Return the streams of a message with other folders in it (``parts``)."""
    return part(bytes(32 if top else 24), **known) | (parts or {})


def person(kind, name, address):
    return part(bytes(8), texts=[(0x3001, name), (0x39FE, address)], numbers=[(0x0C150003, kind)])


def attachment(name, data, media="application/pdf"):
    return part(
        bytes(8),
        texts=[(0x3707, name), (0x370E, media)],
        numbers=[(0x37050003, 1)],
        data=[(0x3701, data)],
    )


def attached_mail(streams):
    return part(bytes(8), numbers=[(0x37050003, 5)]) | {"__substg1.0_3701000D": streams}
