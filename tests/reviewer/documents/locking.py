"""Files that open only with a password, made for tests: by the letter of what each cipher says."""

import hashlib
import hmac
import io
import os
import struct
import zipfile
import zlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile

from tests.reviewer.documents.compound import compound

_SALT = bytes(range(16))
_HEAD = 0x44  # bytes of a Word file that are never locked
_OPEN_RECORDS = {0x0809, 0x002F, 0x0193, 0x0195, 0x00E1, 0x0138, 0x0139}


def _md5(data):
    return hashlib.new("md5", data, usedforsecurity=False)


def office(plain, password):
    """Return a new Office file, locked as Word 2010 and later do."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, out)
    return out.getvalue()


def rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _key(password, block):
    short = _md5(password.encode("utf-16-le")).digest()[:5]
    short = _md5((short + _SALT) * 16).digest()[:5]
    return _md5(short + struct.pack("<I", block)).digest()


def _blocks(password, data, size):
    return b"".join(
        rc4(_key(password, at // size), data[at : at + size]) for at in range(0, len(data), size)
    )


def _checked(password):
    """Return what an old file says of its password: version, salt and how it is checked."""
    sign = bytes(range(100, 116))
    locked = rc4(_key(password, 0), sign + _md5(sign).digest())
    return struct.pack("<HH", 1, 1) + _SALT + locked


def old_word(streams, password):
    """Return a Word file of 97 to 2003 from the parts of an open one."""
    head = _checked(password)
    word = bytearray(streams["WordDocument"])
    # All tables lie further on by the length of the head: their places are moved with them.
    for at in range(0x9A, 0x9A + 8 * 93, 8):
        place, size = struct.unpack_from("<II", word, at)
        if size:
            struct.pack_into("<I", word, at, place + len(head))
    flags = struct.unpack_from("<H", word, 0x0A)[0]
    struct.pack_into("<H", word, 0x0A, flags | 0x0100)
    struct.pack_into("<I", word, 0x0E, len(head))
    word[_HEAD:] = _blocks(password, bytes(word), 512)[_HEAD:]
    table = head + _blocks(password, bytes(len(head)) + streams["1Table"], 512)[len(head) :]
    return compound({"WordDocument": bytes(word), "1Table": table})


def old_excel(stream, password):
    """Return a workbook of Excel 97 to 2003 from the records of an open one."""
    head = struct.pack("<H", 1) + _checked(password)
    extra = struct.pack("<HH", 0x002F, len(head)) + head
    end = 4 + struct.unpack_from("<H", stream, 2)[0]
    stream = stream[:end] + extra + stream[end:]
    hidden, open_ = bytearray(), []
    at = 0
    while at < len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = bytearray(stream[at + 4 : at + 4 + size])
        if kind == 0x0085:  # the place of a sheet is told in the open
            body[:4] = struct.pack("<I", struct.unpack_from("<I", body)[0] + len(extra))
        free = size if kind in _OPEN_RECORDS else 4 if kind == 0x0085 else 0
        open_.append((at, at + 4 + free))
        hidden += stream[at : at + 4] + body
        at += 4 + size
    locked = bytearray(_blocks(password, bytes(hidden), 1024))
    for start, stop in open_:
        locked[start:stop] = hidden[start:stop]
    return compound({"Workbook": bytes(locked)})


class _OldZip:
    """The cipher of PKWARE, byte by byte."""

    def __init__(self, password):
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self._next(byte)

    def _next(self, byte):
        first, second, third = self.keys
        first = zlib.crc32(bytes([byte]), first ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        second = ((second + (first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        third = zlib.crc32(bytes([second >> 24]), third ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        self.keys = [first, second, third]

    def lock(self, data):
        out = bytearray()
        for byte in data:
            mask = self.keys[2] | 2
            out.append(byte ^ (((mask * (mask ^ 1)) >> 8) & 0xFF))
            self._next(byte)
        return bytes(out)


def zipped(name, data, password, *, cipher="old", strength=3, method=8):
    """Return a ZIP archive of one file, locked by the old cipher or by WinZip's AES."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(data) + packer.flush() if method == zipfile.ZIP_DEFLATED else data
    crc, extra = zlib.crc32(data), b""
    if cipher == "old":
        head = os.urandom(11) + bytes([crc >> 24])
        body = _OldZip(password).lock(head + packed)
    else:
        size = {1: 16, 2: 24, 3: 32}[strength]
        salt = _SALT[: size // 2]
        made = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 2 * size + 2)
        locked = _counted(packed, made[:size])
        sums = hmac.new(made[size : 2 * size], locked, "sha1").digest()[:10]
        body = salt + made[-2:] + locked + sums
        extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", strength, method)
        crc, method = 0, 99
    raw = name.encode()
    told = (20, 1, method, 0, 33, crc, len(body), len(data), len(raw), len(extra))
    local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", *told) + raw + extra + body
    directory = b"PK\1\2" + struct.pack("<H", 20) + struct.pack("<HHHHHIIIHH", *told)
    directory += struct.pack("<HHHII", 0, 0, 0, 0, 0) + raw + extra
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + b"PK\5\6" + end


def _counted(data, key):
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - of a counter
    out = bytearray()
    for at in range(0, len(data), 16):
        mask = cipher.update((at // 16 + 1).to_bytes(16, "little"))
        out += bytes(a ^ b for a, b in zip(data[at : at + 16], mask, strict=False))
    return bytes(out)
