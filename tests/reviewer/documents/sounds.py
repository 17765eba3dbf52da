"""Frames of MPEG-4 recordings, made for tests: no sound is in them."""


def box(kind, *content):
    body = b"".join(content)
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def m4a(ticks, *, video=False, title=""):
    """Return a recording of ``ticks`` thousandths of a second."""
    head = bytes(12) + (1000).to_bytes(4, "big") + ticks.to_bytes(4, "big") + bytes(80)
    handler = box(b"hdlr", bytes(8) + (b"vide" if video else b"soun") + bytes(12))
    data = box(b"data", bytes(8), title.encode())
    tags = box(b"udta", box(b"meta", bytes(4), box(b"ilst", box(b"\xa9nam", data))))
    movie = box(b"moov", box(b"mvhd", head), box(b"trak", box(b"mdia", handler)), tags)
    return box(b"ftyp", b"M4A \0\0\0\0") + movie + box(b"mdat", bytes(100))


def aac(frames, *, rate=4, size=100, blocks=1):
    """Return so many frames of AAC without a container; rate 4 is 44,100 samples a second."""
    head = bytes([0xFF, 0xF1, 0x40 | rate << 2, 0x80 | size >> 11, size >> 3 & 255])
    return (head + bytes([(size & 7) << 5 | 0x1F, 0xFC | blocks - 1]) + bytes(size - 7)) * frames
