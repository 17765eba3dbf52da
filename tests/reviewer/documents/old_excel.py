"""Excel files of the old kind ([MS-XLS]), written record by record for tests."""

import struct

from tests.reviewer.documents.compound import compound

WORKBOOK, SHEET, CHART = 0x0005, 0x0010, 0x0020
_FORMATS = {164: "0000", 165: "yyyy\\-mm", 166: ";;;", 167: "dd/mm/yyyy"}
PLAIN, NOUGHTS, MONTH, VEILED, DAY, STRUCK = 16, 17, 18, 19, 20, 21  # styles of cells


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def letters(text, size="<H"):
    return struct.pack(size, len(text)) + b"\x01" + text.encode("utf-16-le")


def begin(kind):
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def number(row, column, value, style=PLAIN):
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def text(row, column, at, style=PLAIN):
    return record(0x00FD, struct.pack("<HHHI", row, column, style, at))


def formula(row, column, value, style=PLAIN):
    return record(0x0006, struct.pack("<HHHdHIH", row, column, style, value, 0, 0, 0))


def truth(row, column, value):
    return record(0x0205, struct.pack("<HHHBB", row, column, PLAIN, value, 0))


def hidden_row(row):
    return record(0x0208, struct.pack("<HHHHIHH", row, 0, 9, 255, 0, 0x20, 0))


def hidden_column(column):
    return record(0x007D, struct.pack("<HHHHHH", column, column, 2048, 15, 1, 0))


def merged(*areas):
    packed = b"".join(struct.pack("<HHHH", *area) for area in areas)
    return record(0x00E5, struct.pack("<H", len(areas)) + packed)


def drawn(what, number, words=""):
    """Return an object of a kind, with its text where it has one."""
    data = struct.pack("<HHHHH", 0x15, 0x12, what, number, 0) + bytes(12) + bytes(4)
    found = record(0x005D, data)
    if words:
        head = struct.pack("<HH6sHHI", 0, 0, b"", len(words), 8, 0)
        found += record(0x01B6, head) + record(0x003C, b"\x01" + words.encode("utf-16-le"))
        found += record(0x003C, struct.pack("<HHIHHI", 0, 0, 0, len(words), 0, 0))
    return found


def ticked(what, state, words="", number=1):
    """Return a box that is 0: empty, 1: ticked, 2: half ticked; None: its state is not kept."""
    head = struct.pack("<HHHHH", 0x15, 0x12, what, number, 0) + bytes(12)
    kept = b"" if state is None else struct.pack("<HHHHHH", 0x12, 8, state, 0, 0, 0)
    there = drawn(what, number, words)
    size = 4 + int.from_bytes(there[2:4], "little")
    return record(0x005D, head + struct.pack("<HH", 0x0A, 0) + kept + bytes(4)) + there[size:]


def asking(row, column, *texts, choices=()):
    """Return what is asked at a cell: two titles, two texts, and what may be chosen."""
    formula = "\0".join(choices).encode("latin-1")
    formula = bytes([0x17, len(formula), 0]) + formula if choices else b""
    data = struct.pack("<I", 0x83 if choices else 0) + b"".join(
        letters(one or "\0") for one in texts
    )
    data += struct.pack("<HH", len(formula), 0) + formula + bytes(4)
    return record(0x01BE, data + struct.pack("<HHHHH", 1, row, row, column, column))


def remark(row, column, words, author="Clerk", number=1):
    said = struct.pack("<HHHH", row, column, 0, number) + letters(author) + b"\0"
    return drawn(0x19, number, words), record(0x001C, said)


def header(words):
    return record(0x0014, letters(words))


def workbook(*sheets, strings=(), kind=0):
    """Return a workbook; a sheet is its name, its state (0 to 2) and its records."""
    fonts = b"".join(
        record(
            0x0031,
            struct.pack("<HHHHHBBBB", 200, look, 8, 400, 0, 0, 0, 0, 0) + letters("Arial", "<B"),
        )
        for look in (0, 0, 0, 0, 8)
    )
    formats = b"".join(
        record(0x041E, struct.pack("<H", key) + letters(code)) for key, code in _FORMATS.items()
    )
    looks = [(0, 0)] * 17 + [(0, 164), (0, 165), (0, 166), (0, 167), (5, 0)]
    styles = b"".join(
        record(
            0x00E0,
            struct.pack("<HHHBBBBIIH", font, code, 0xFFF4 if at < 15 else 1, 0, 0, 0, 0, 0, 0, 0),
        )
        for at, (font, code) in enumerate(looks)
    )
    table = struct.pack("<II", len(strings), len(strings)) + b"".join(map(letters, strings))
    start = begin(WORKBOOK) + record(0x0042, struct.pack("<H", 1200)) + fonts + formats + styles
    names = [(letters(name, "<B"), state) for name, state, _ in sheets]
    end = record(0x00FC, table) + record(0x000A)
    at = len(start) + sum(4 + 6 + len(name) for name, _ in names) + len(end)
    bound, bodies = b"", b""
    for (name, state), (_, _, records) in zip(names, sheets, strict=True):
        bound += record(0x0085, struct.pack("<IBB", at + len(bodies), state, kind) + name)
        bodies += begin(SHEET) + records + record(0x000A)
    return compound({"Workbook": start + bound + end + bodies})
