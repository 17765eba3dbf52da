"""The digest and the schema's hash, computed anew from what FORMAT.md says, and nothing of ours.

Another engine (apsw over SQLite3 Multiple Ciphers), another way to spell a row.
"""

import decimal
import hashlib
import json
import struct
import unicodedata

import apsw


def opened(path, key, salt):
    """Open a casebook with the other engine, read only."""
    found = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    found.execute("PRAGMA cipher='sqlcipher'")
    found.execute("PRAGMA legacy=4")
    found.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    return found


def schema_hash(connection):
    """*Schema*: the SHA-256 of JSON of the sorted parts."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    parts = sorted(["" if text is None else text for text in row] for row in rows)
    spelt = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


def digest(connection):
    """*Digest*: (rows, root), over every row."""
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name not in {"digest", "_sqlite_migrations"} and not name.startswith("page_fts")
    ]
    total = rows = 0
    for name in names:
        for row in connection.execute(f"SELECT * FROM {name}"):  # noqa: S608 - the file's own names
            text = f"{name}[{', '.join(map(spell, row))}]".encode()
            total += int.from_bytes(hashlib.blake2b(text).digest(), "little")
            rows += 1
    return rows, (total % 2**512).to_bytes(64, "little")


def spell(value):
    """One value of a row."""
    match value:
        case None:
            return "None"
        case int():
            return f"{value:d}"
        case float():
            return _real(value)
        case str():
            return _quoted(value, _character)
        case bytes():
            short = value if len(value) <= 256 else hashlib.blake2b(value).digest()
            return "b" + _quoted(short.decode("latin-1"), _byte)
    raise TypeError(type(value))


def _quoted(text, spell_one):
    quote = '"' if "'" in text and '"' not in text else "'"
    named = {"\\": "\\\\", quote: "\\" + quote, "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return quote + "".join(named.get(one) or spell_one(one) for one in text) + quote


def _byte(one):
    return one if 32 <= ord(one) <= 126 else f"\\x{ord(one):02x}"


def _character(one):
    if one == " " or unicodedata.category(one)[0] not in "CZ":
        return one
    code = ord(one)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _real(value):
    """The shortest decimal that reads back: tried by length, not asked of the language."""
    shortest = next(
        text
        for digits in range(17)
        if struct.pack("d", float(text := f"{value:.{digits}e}")) == struct.pack("d", value)
    )
    if value and not 1e-4 <= abs(value) < 1e16:
        return shortest
    text = f"{decimal.Decimal(shortest):f}"
    return text if "." in text else f"{text}.0"
