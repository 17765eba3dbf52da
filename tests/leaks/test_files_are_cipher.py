"""Every file that the program makes is cipher from its first byte to its last (test row 1)."""

import math
import shutil
import sqlite3

import pytest

from reviewer.casebook.book import Casebook
from tests.formats.samples import SAMPLE_PASSPHRASE
from tests.leaks.canaries import entropy, found
from tests.leaks.traced import ROOT

pytestmark = pytest.mark.slow

PAGE = 4096
MADE = {  # pattern under work: how many there are at least
    "inquiry.casebook": 1,  # created, imported into, passphrase changed, restored
    "inquiry.before-restore-*.casebook": 1,
    "sticks/*.casebook": 3,  # issued
    "backups/*.casebook": 1,
    "inquiry-backups/*.casebook": 1,
    "returns/*.return": 2,
    "updates/*.update": 2,
}


def least(size):
    """Return the entropy that ``size`` random bytes keep but for one in a hundred million.

    Few bytes cannot show 8 bits: the mean is 8 - 255 / (2 size ln 2), 7.955 for a page of 4 KiB.
    """
    return 8 - 1.5 * 255 / (2 * size * math.log(2))


def low_pages(data):
    """Return the places of pages that are not random enough to be cipher."""
    assert least(PAGE) > 7.9
    pages = {at: data[at : at + PAGE] for at in range(0, len(data), PAGE)}
    return [n for n, page in pages.items() if len(page) > 256 and entropy(page) < least(len(page))]


def sealed(path):
    """Return the bytes of an envelope after its header, which is text by design."""
    data = path.read_bytes()
    header = data.index(b"\n--- ") + 5
    assert data.startswith(b"age-encryption.org/v1\n")
    assert header < 400
    return data[data.index(b"\n", header) + 1 :]


def refused_by_plain_sqlite(path):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        connection.execute("SELECT * FROM sqlite_master").fetchall()
    except sqlite3.DatabaseError as error:
        return str(error) == "file is not a database"
    finally:
        connection.close()
    return False


@pytest.mark.parametrize("pattern", MADE)
def test_what_a_session_made_is_cipher_from_its_first_byte(by_command, pattern):
    made = sorted(by_command.world.work.glob(pattern))
    assert len(made) >= MADE[pattern]
    for path in made:
        data = path.read_bytes() if path.suffix == ".casebook" else sealed(path)
        assert found(path.read_bytes()) == set()
        assert low_pages(data) == [], path.name
        if path.suffix == ".casebook":
            assert not data.startswith(b"SQLite format 3\0")
            assert len(data) % PAGE == 0
            assert refused_by_plain_sqlite(path)


@pytest.mark.parametrize("kind", ["chair", "panellist", "released"])
def test_a_casebook_brought_over_from_an_older_format_is_cipher_on_both_sides(tmp_path, kind):
    path = shutil.copy(ROOT / f"tests/formats/format-1-{kind}.casebook", tmp_path / "old.casebook")
    Casebook.open(path, SAMPLE_PASSPHRASE).close()
    files = sorted(tmp_path.rglob("*.casebook"))
    assert len(files) == 2
    for file in files:
        assert low_pages(file.read_bytes()) == []
        assert refused_by_plain_sqlite(file)


def test_a_plain_database_is_seen(tmp_path):
    path = tmp_path / "plain.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (words TEXT)")
    connection.execute("INSERT INTO t VALUES (?)", ("He was held face down. " * 400,))
    connection.commit()
    connection.close()
    assert low_pages(path.read_bytes())
    assert not refused_by_plain_sqlite(path)
