"""What mails are packed in, made for tests: winmail.dat, and S/MIME with no key."""

import struct

MARK = b"\x78\x9f\x3e\x22\x01\x00"


def tnef(*attributes):
    return MARK + b"".join(attributes)


def of_mail(name, data):
    return _attribute(1, name, data)


def of_file(name, data):
    return _attribute(2, name, data)


def _attribute(level, name, data):
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + bytes(2)


def properties(*some):
    """Return a list of properties: (number, text), (number, kind, 8 bytes) or named ones."""
    return struct.pack("<I", len(some)) + b"".join(_property(*one) for one in some)


def _property(which, value, kind=0x1F, named=b""):
    head = struct.pack("<HH", kind, which) + named
    if kind in {0x40, 0x14}:
        return head + value
    if kind in {3, 0xB}:
        return head + struct.pack("<I", value)
    data = value.encode("utf-16-le") + b"\0\0" if isinstance(value, str) else value
    return head + struct.pack("<II", 1, len(data)) + data + bytes(-len(data) % 4)


def packed_file(name, data):
    return (
        of_file(0x9002, bytes(14)) + of_file(0x8010, name.encode() + b"\0") + of_file(0x800F, data)
    )


def packed_mail(inner):
    within = properties((0x3701, bytes(16) + inner, 0x0D))
    return of_file(0x9002, bytes(14)) + of_file(0x9005, within)


def der(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(raw)]) + raw + body


def endless(tag, *parts):
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def oid(last, kind="07"):
    return der(6, bytes.fromhex(f"2a864886f70d01{kind}") + bytes([last]))


def signed(content, wrap=der):
    """Return content signed by nobody, with lengths told (``der``) or not (``endless``)."""
    octets = der(4, content)
    if wrap is endless:
        octets = endless(
            0x24, *(der(4, content[at : at + 50]) for at in range(0, len(content), 50))
        )
    held = wrap(0x30, oid(1), wrap(0xA0, octets))
    body = wrap(0x30, der(2, b"\1"), der(0x31), held, der(0x31))
    return wrap(0x30, oid(2), wrap(0xA0, body))


def enveloped():
    return der(0x30, oid(3), der(0xA0, der(0x30, der(2, b"\0"), der(0x31))))
