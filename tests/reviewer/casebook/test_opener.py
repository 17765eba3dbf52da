"""The one opener takes 32 bytes of key and 16 of salt, and nothing that the engine would take."""

import hashlib
import sqlite3

import pytest
from sqlcipher3 import dbapi2 as dbapi

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import connection as files
from reviewer.casebook.file.copying import Source
from reviewer.crypto.keys import derive
from reviewer.errors import CasebookError
from tests.books import PASSPHRASE, chair_book

CANARY = "CANARYnothinginclear"
DIGITS = (hashlib.sha512(b"digits").hexdigest() * 2)[:130]
KINDS = {
    "hexadecimal text": lambda n: DIGITS[:n],
    "capitals": lambda n: DIGITS[:n].upper(),
    "text": lambda n: ("g" + "z" * 130)[:n],
    "bytes": lambda n: bytes(range(130))[:n],
    "hexadecimal bytes": lambda n: DIGITS[:n].encode(),
    "bytearray": lambda n: bytearray(range(130))[:n],
    "memoryview": lambda n: memoryview(bytes(range(130)))[:n],
    "list": lambda n: list(range(n)),
    "number": lambda n: n,
}


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "inquiry.casebook"
    chair_book(made, title=CANARY, cases=1).close()
    return made


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_key_of_any_other_shape_is_refused_before_the_disk_is_touched(tmp_path, kind):
    path = tmp_path / "never.db"
    salt = bytes(16)
    for length in range(131):
        key = KINDS[kind](length)
        if isinstance(key, bytes | bytearray) and length == 32:
            continue
        with pytest.raises(ValueError, match="32 bytes"):
            files.connect(path, key, salt)
        if not (isinstance(key, bytes | bytearray) and length == 16):
            with pytest.raises(ValueError, match="salt 16"):
                files.connect(path, bytes(32), key)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["hexadecimal text", "bytes", "hexadecimal bytes", "list"])
def test_a_file_is_not_encrypted_anew_under_a_key_of_another_shape(path, kind):
    salt = files.read_salt(path)
    before = path.read_bytes()
    connection = files.connect(path, derive(PASSPHRASE, salt), salt)
    for length in range(131):
        key = KINDS[kind](length)
        if isinstance(key, bytes | bytearray) and length == 32:
            continue
        with pytest.raises(ValueError, match="32 bytes"):
            files.rekey(connection, path, key, salt)
    connection.close()
    assert path.read_bytes() == before
    Casebook.open(path, PASSPHRASE).close()


def test_a_key_of_the_right_shape_reaches_the_engine(path):
    salt = files.read_salt(path)
    files.connect(path, bytes(derive(PASSPHRASE, salt)), salt).close()
    files.connect(path, derive(PASSPHRASE, salt), bytearray(salt)).close()


def test_this_is_why_the_engine_takes_a_digit_less_for_a_passphrase(tmp_path):
    """If it stops doing so, the guard costs nothing; until then it is needed."""
    name = str(tmp_path / "short.db")
    short = DIGITS[:63]
    writer = dbapi.connect(name)
    writer.execute(f"PRAGMA key = \"x'{short}'\"")
    writer.execute("CREATE TABLE t (a)")
    writer.close()
    reader = dbapi.connect(name)
    reader.execute(f"PRAGMA key = 'x''{short}'''")  # the very text, as a passphrase
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
    reader.close()


def test_this_is_why_the_engine_without_a_key_writes_plain_text(tmp_path):
    plain = tmp_path / "plain.db"
    connection = dbapi.connect(str(plain))
    connection.execute("CREATE TABLE t (a)")
    connection.execute("INSERT INTO t VALUES (?)", (CANARY,))
    connection.commit()
    connection.close()
    assert CANARY.encode() in plain.read_bytes()


def test_no_statement_on_our_connection_reaches_a_second_file(path):
    """ATTACH with no key or an empty one would make a plain copy."""
    salt = files.read_salt(path)
    connection = files.connect(path, derive(PASSPHRASE, salt), salt)
    others = path.parent / "others"
    others.mkdir()
    for statement in (
        f"ATTACH '{others / 'a.db'}' AS plain",
        f"ATTACH '{others / 'b.db'}' AS plain KEY ''",
        f"ATTACH DATABASE '{others / 'c.db'}' AS plain KEY 'x'",
        f"VACUUM INTO '{others / 'd.db'}'",
        "SELECT sqlcipher_export('plain')",
        "PRAGMA rekey = ''",
        "PRAGMA key = ''",
        "PRAGMA hexkey = ''",
        "PRAGMA cipher_plaintext_header_size = 32",
    ):
        with pytest.raises((CasebookError, dbapi.DatabaseError)):
            connection.execute(statement)
    connection.close()
    assert list(others.iterdir()) == []


def test_the_drivers_own_backup_leaves_nothing_in_an_unkeyed_target(path, tmp_path):
    salt = files.read_salt(path)
    connection = files.connect(path, derive(PASSPHRASE, salt), salt)
    for engine, name in ((dbapi, "a.db"), (sqlite3, "b.db")):
        target = engine.connect(tmp_path / name)
        with pytest.raises((dbapi.DatabaseError, TypeError)):
            connection.backup(target)
        target.close()
        assert (tmp_path / name).read_bytes() == b""
    connection.close()


def test_the_one_copy_that_is_made_is_encrypted(path, tmp_path):
    assert Source  # the module that makes it: reviewer.casebook.file.copying
    with Casebook.open(path, PASSPHRASE) as book:
        made = book.backup(tmp_path / "copies")
    raw = made.path.read_bytes()
    assert raw[:16] == path.read_bytes()[:16]
    assert CANARY.encode() not in raw
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(made.path).execute("SELECT 1 FROM sqlite_master")
