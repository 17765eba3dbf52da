"""One file of a ZIP archive that opens only with a password: the old cipher and WinZip's AES.

The old one is the standard library's; of AES (AE-1 and AE-2) the sum over all bytes is checked
before any of them is believed.
"""

import hashlib
import hmac
import lzma
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import IO

from reviewer.documents import limits
from reviewer.documents.refusals import Refused

AES = 99  # the method that stands for WinZip's AES
_CHUNK = 1 << 16
_BLOCK, _SUM, _CHECK = 16, 10, 2
_KEYS = {1: 16, 2: 24, 3: 32}  # bytes of a key, by strength
_ROUNDS = 1_000
_EXTRA = 0x9901
_OLD_SECONDS = 0.75 * limits.DOCUMENT_SECONDS  # the old cipher is slow, and the rest needs some
Counted = Callable[[Iterator[bytes]], bytes]  # joins what comes out, within its limits


def read(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, passwords: Sequence[str], counted: Counted
) -> bytes:
    """Return a locked file of an archive. Raises ``Refused``, also what ``counted`` raises.

    ``zip-locked`` where no password is given, ``zip-password`` where none fits; ``zip-unsure``
    where one seems to fit and what comes out is broken, as of one in 256 that are wrong;
    ``zip-slow`` where the old cipher takes longer than a file may.
    """
    seemed, until = False, time.monotonic() + _OLD_SECONDS
    for password in dict.fromkeys(raw for one in passwords for raw in _written(one)):
        try:
            if info.compress_type == AES:
                return counted(_of_aes(archive, info, password))
            with archive.open(info, pwd=password) as stream:
                return counted(_pieces(stream, until))
        except _WrongError:
            continue
        except RuntimeError as error:
            if "password" not in str(error).lower():
                raise Refused("zip-method") from error
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError):
            seemed = True
    if seemed:
        raise Refused("zip-unsure")
    raise Refused("zip-password" if passwords else "zip-locked")


class _WrongError(Exception):
    """The password is not the one."""


def _written(password: str) -> Iterator[bytes]:
    """Yield a password as programs write it into bytes: as UTF-8, and in Western letters."""
    yield password.encode("utf-8")
    for letters in ("cp1252", "cp437"):
        yield password.encode(letters, "ignore") or b"\0"


def _pieces(stream: IO[bytes], until: float) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        if time.monotonic() > until:
            raise Refused("zip-slow")
        yield piece


def _of_aes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: bytes) -> Iterator[bytes]:
    strength, method = _said(info.extra)
    if strength not in _KEYS or method not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Refused("zip-method")
    size = _KEYS[strength]
    raw = _raw(archive, info)
    salt, rest = raw[: size // 2], raw[size // 2 :]
    made = hashlib.pbkdf2_hmac("sha1", password, salt, _ROUNDS, 2 * size + _CHECK)
    if len(rest) < _CHECK + _SUM or rest[:_CHECK] != made[2 * size :]:
        raise _WrongError
    locked, own = rest[_CHECK:-_SUM], rest[-_SUM:]
    whole = hmac.new(made[size : 2 * size], locked, "sha1").digest()[:_SUM]
    if not hmac.compare_digest(whole, own):
        raise ValueError
    plain = _opened(locked, made[:size])
    return _unpacked(plain) if method == zipfile.ZIP_DEFLATED else plain


def _said(extra: bytes) -> tuple[int, int]:
    """Return the strength and the method that a file's extra field tells."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _EXTRA and size >= 7:
            return extra[8], int.from_bytes(extra[9:11], "little")
        extra = extra[4 + size :]
    return 0, 0


def _raw(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a file as they lie in the archive."""
    file = archive.fp
    if file is None:
        raise ValueError
    file.seek(info.header_offset)
    head = file.read(30)
    if not head.startswith(b"PK\x03\x04") or len(head) < 30:
        raise ValueError
    file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
    return file.read(info.compress_size)


def _opened(locked: bytes, key: bytes) -> Iterator[bytes]:
    """Yield what AES in counter mode hides; the counter begins at 1, its lowest byte first."""
    import numpy as np  # noqa: PLC0415 - when the first comes
    from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 - as above
        Cipher,
        algorithms,
        modes,
    )

    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - of a counter
    for start in range(0, len(locked), _CHUNK):
        piece = np.frombuffer(locked[start : start + _CHUNK], np.uint8)
        blocks = -(-len(piece) // _BLOCK)
        first = start // _BLOCK + 1
        counters = np.zeros((blocks, 2), "<u8")
        counters[:, 0] = np.arange(first, first + blocks, dtype="<u8")
        stream = np.frombuffer(cipher.update(counters.tobytes()), np.uint8)
        yield (piece ^ stream[: len(piece)]).tobytes()


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-15)
    for piece in pieces:
        rest = piece
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail
    yield unpacker.flush(_CHUNK)
    if not unpacker.eof:
        raise EOFError
