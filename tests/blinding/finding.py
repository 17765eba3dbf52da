"""Looking for planted words: in bytes, in decrypted casebooks, in the memory of a process."""

import base64
import re
import zipfile
from collections import Counter
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from reviewer.casebook.file import connection
from reviewer.crypto.keys import derive
from tests.blinding.planting import LENGTH, Planted
from tests.books import PASSPHRASE

PAGE = 4096
RESERVED = 80  # SQLCipher 4: 16 bytes of IV and 64 of HMAC at the end of each page
PIECE = "a piece of a word"
_STEP = 8 << 20  # bytes of memory read at a time


def _in_base64(tag: bytes) -> list[bytes]:
    """Return what ``tag`` is in base64 wherever it begins, without what its neighbours change."""
    found = []
    for before in range(3):
        text = base64.b64encode(bytes(before) + tag)
        found.append(text[-(-8 * before // 6) : 8 * (before + len(tag)) // 6])
    return found


@cache
def _forms(tag: str) -> dict[bytes, str]:
    """Return every spelling of the beginning of a word, and its name."""
    raw = tag.encode()
    return {
        raw: "utf-8",
        tag.encode("utf-16-le"): "utf-16-le",
        tag.encode("utf-16-be"): "utf-16-be",
        raw.hex().encode(): "hex",
        raw.hex().upper().encode(): "hex",
        **dict.fromkeys(_in_base64(raw), "base64"),
    }


_WIDTH = {"utf-8": 1, "utf-16-le": 2, "utf-16-be": 2, "hex": 2, "base64": 2}
_HELD = {"utf-8", "utf-16-le"}
OVERLAP = LENGTH * 4


def words_in(data: bytes, planted: Planted, *, names: bool = False) -> Counter:
    """Count the planted words in ``data`` by (member, place), in any of eight spellings.

    What begins like a word and is none in full counts as a ``PIECE`` of its member's. With
    ``names`` the words in names count too.
    """
    return Counter(who for _at, who in _hits(data, planted, names=names))


def _hits(
    data: bytes, planted: Planted, *, names: bool = False, forms: Container[str] = _WIDTH
) -> Iterator[tuple]:
    for (member, in_name), tag in planted.tags.items():
        if in_name and not names:
            continue
        for spelt, form in _forms(tag).items():
            if form not in forms:
                continue
            at = data.find(spelt)
            while at >= 0:
                word = _word(data[at : at + LENGTH * _WIDTH[form]], form)
                yield at, planted.words.get(word, (member, PIECE))
                at = data.find(spelt, at + 1)


def _word(raw: bytes, form: str) -> str:
    if form == "hex":
        return bytes.fromhex(re.match(rb"(?:[0-9a-fA-F]{2})*", raw)[0].decode()).decode("latin-1")
    return "" if form == "base64" else raw.decode(form, "replace")


def decrypted(path: Path) -> bytes:
    """Return every page of a casebook as it is inside: tables, free pages, index shadows."""
    raw = path.read_bytes()
    key = bytes(derive(PASSPHRASE, connection.read_salt(path)))
    pages = []
    for at in range(0, len(raw), PAGE):
        page = raw[at : at + PAGE]
        body = page[16 if at == 0 else 0 : PAGE - RESERVED]
        iv = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        opener = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        pages.append(opener.update(body) + opener.finalize())
    assert pages[0][:2] == b"\x10\x00", "these pages were not decrypted"  # the page size, 4,096
    return b"\n".join(pages)


def memory_of(pid: int, planted: Planted) -> Counter:
    """Count the planted words in everything that a process can write to.

    In the two spellings in which Python and Qt hold text.
    """
    found: Counter = Counter()
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="ascii", errors="replace")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps.splitlines():
            place, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            for at in range(start, end, _STEP):
                memory.seek(at)
                try:
                    piece = memory.read(min(_STEP + OVERLAP, end - at))
                except OSError:
                    continue
                found.update(who for at_, who in _hits(piece, planted, forms=_HELD) if at_ < _STEP)
    return found


def files_in(folder: Path, planted: Planted, *, casebooks: bool = True) -> Counter:
    """Count the planted words in all files below ``folder``: names, bytes, zip members.

    With ``casebooks`` also in what their pages hold.
    """
    found: Counter = Counter()
    for path in sorted(folder.rglob("*")):
        found += words_in(str(path).encode(), planted)
        if not path.is_file():
            continue
        found += words_in(path.read_bytes(), planted)
        if casebooks and path.suffix == ".casebook":
            found += words_in(decrypted(path), planted)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    found += words_in(archive.read(name), planted)
    return found


def members_in(found: Counter) -> set[str]:
    """Return whose words were found."""
    return {member for member, _ in found}


def others(found: Counter, *mine: str) -> Counter:
    """Return what was found of anybody but these."""
    return Counter({key: count for key, count in found.items() if key[0] not in mine})
