"""What opens a casebook, and all that must not."""

import contextlib
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.casebook import engine
from reviewer.casebook.book import Casebook
from reviewer.casebook.file import connection as files
from reviewer.casebook.schema import FORMAT
from reviewer.crypto.keys import derive, new_salt, profile_of
from reviewer.crypto.profiles import CHEAP, STANDARD
from reviewer.errors import (
    CasebookError,
    DamagedError,
    EngineError,
    InputError,
    NewerFormatError,
    NotACasebookError,
    PassphraseError,
    UnlockError,
)
from reviewer.exchange.journal import journal_export
from reviewer.exchange.sheet import export_sheet
from reviewer.reports.slips.receipt import write_receipt
from tests.books import PASSPHRASE, chair_book, sql_of

CANARY = "CANARYxq7fjw2m"


@pytest.fixture
def closed(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, title=CANARY, cases=3).close()
    return path


def test_a_casebook_is_one_encrypted_file_that_plain_sqlite_cannot_open(closed):
    raw = closed.read_bytes()
    assert raw[0] == CHEAP.byte
    assert not raw.startswith(b"SQLite format 3")
    assert CANARY.encode() not in raw
    assert CANARY.encode("utf-16-le") not in raw
    assert [p.name for p in closed.parent.iterdir()] == [closed.name]
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(closed).execute("SELECT count(*) FROM sqlite_master")


def test_the_first_sixteen_bytes_are_the_salt_of_the_key(closed):
    salt = files.read_salt(closed)
    connection = files.connect(closed, derive(PASSPHRASE, salt), salt)
    assert connection.execute("SELECT count(*) FROM inquiry_case").fetchone() == (3,)
    connection.close()


def test_an_independent_program_reads_the_same_rows(closed):
    apsw = pytest.importorskip("apsw")
    salt = files.read_salt(closed)
    other = apsw.Connection(str(closed), flags=apsw.SQLITE_OPEN_READONLY)
    other.execute("PRAGMA cipher='sqlcipher'")
    other.execute("PRAGMA legacy=4")
    other.execute(f"PRAGMA key = \"x'{bytes(derive(PASSPHRASE, salt)).hex()}{salt.hex()}'\"")
    theirs = other.execute(
        "SELECT reference, title FROM inquiry_case ORDER BY position"
    ).fetchall()
    with Casebook.open(closed, PASSPHRASE) as book:
        assert theirs == [(c.reference, c.title) for c in book.cases.all()]


def test_a_wrong_passphrase_is_told_with_its_look_alike(closed):
    before = closed.read_bytes()
    with pytest.raises(UnlockError, match="damaged first page look alike"):
        Casebook.open(closed, "wrong")
    assert closed.read_bytes() == before


def test_a_passphrase_is_the_same_however_its_accents_were_typed(tmp_path):
    composed, decomposed = "caf\u00e9 au lait", "cafe\u0301 au lait"
    salt = new_salt(CHEAP)
    assert derive(composed, salt) == derive(decomposed, salt)


@pytest.mark.parametrize("passphrase", ["", "x" * 1025, "\ud800"])
def test_a_passphrase_that_cannot_be_one_is_refused(passphrase):
    with pytest.raises(PassphraseError):
        derive(passphrase, new_salt(CHEAP))


@pytest.mark.slow
def test_the_standard_profile_is_the_documented_argon2id():
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - the oracle of this test

    salt = bytes([1]) + bytes(15)
    assert derive("abc", salt) == hash_secret_raw(
        b"abc", salt, time_cost=3, memory_cost=262144, parallelism=4, hash_len=32, type=Type.ID
    )
    assert profile_of(salt) is STANDARD


def test_the_cheap_profile_is_refused_outside_tests(closed, monkeypatch):
    monkeypatch.delenv("REVIEWER_CHEAP_KEYS")
    with pytest.raises(NotACasebookError):
        Casebook.open(closed, PASSPHRASE)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"SQLite format 3\x00" + bytes(4080), "ordinary SQLite"),
        (b"hello", "cut short"),
        (b"\x07" + bytes(4095), "not a casebook"),
    ],
)
def test_what_is_no_casebook_is_named_and_left_alone(tmp_path, content, words):
    path = tmp_path / "x.casebook"
    path.write_bytes(content)
    with pytest.raises(NotACasebookError, match=words):
        Casebook.open(path, PASSPHRASE)
    assert path.read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 1


def test_a_link_a_folder_and_nothing_are_refused(tmp_path, closed):
    link = tmp_path / "link.casebook"
    link.symlink_to(closed)
    for path in (link, tmp_path, tmp_path / "nowhere.casebook"):
        with pytest.raises(NotACasebookError, match=r"is a link, a folder|There is no file"):
            Casebook.open(path, PASSPHRASE)


def test_a_casebook_cut_at_any_page_is_refused_and_not_touched(closed):
    whole = closed.read_bytes()
    for pages in range(1, len(whole) // 4096, 3):
        closed.write_bytes(whole[: pages * 4096])
        with pytest.raises((DamagedError, UnlockError)):
            Casebook.open(closed, PASSPHRASE)
        assert closed.read_bytes() == whole[: pages * 4096]


def test_flipped_bits_are_refused_before_anything_is_shown(closed):
    whole = closed.read_bytes()
    for at in [*range(16, 4096, 311), *range(4096, len(whole), 4099)]:
        broken = bytearray(whole)
        broken[at] ^= 1 << (at % 8)
        closed.write_bytes(broken)
        with pytest.raises((DamagedError, UnlockError, NotACasebookError)):
            Casebook.open(closed, PASSPHRASE)
        assert closed.read_bytes() == broken


def test_old_pages_spliced_into_a_newer_file_are_found_by_the_digest(closed):
    old = closed.read_bytes()
    with Casebook.open(closed, PASSPHRASE) as book:
        case = book.cases.all()[0]
        for text in ("first", "second"):
            book.reviews.set_text(book.about.member, case.id, 1, narrative=text * 50)
        content = rows_of(book)
    new = closed.read_bytes()
    starts = range(0, min(len(old), len(new)), 4096)
    changed = [at for at in starts if old[at : at + 4096] != new[at : at + 4096]]
    assert len(changed) > 3
    refused = 0
    for at in changed:
        spliced = new[:at] + old[at : at + 4096] + new[at + 4096 :]
        closed.write_bytes(spliced)
        try:
            with Casebook.open(closed, PASSPHRASE) as book:
                # What may pass is a page that holds no row: then nothing that counts was changed.
                assert rows_of(book) == content
        except (DamagedError, UnlockError):
            refused += 1
    assert refused > 2


def test_a_large_casebook_opens_first_and_is_checked_before_its_first_change(closed, monkeypatch):
    monkeypatch.setattr("reviewer.casebook.file.checking.LARGE", 0)
    with Casebook.open(closed, PASSPHRASE) as book:
        assert not book.checked
        case = book.cases.all()[0]
        book.reviews.set_text(book.about.member, case.id, 1, narrative="x")
        assert book.checked
        sql_of(book).execute("UPDATE inquiry_case SET title = 'spliced' WHERE position = 1")
    before = closed.read_bytes()
    with Casebook.open(closed, PASSPHRASE) as book:
        for _ in range(2):
            with pytest.raises(DamagedError, match="old pages"):
                book.reviews.set_text(book.about.member, case.id, 1, narrative="y")
    assert closed.read_bytes() == before


@pytest.mark.parametrize(
    "hand_out",
    [
        lambda book, _folder: journal_export(book),
        write_receipt,
        lambda book, folder: export_sheet(book, folder / "sheet.csv"),
    ],
    ids=["journal", "receipt", "sheet"],
)
def test_nothing_is_handed_out_of_a_large_casebook_before_it_is_checked(
    closed, tmp_path, monkeypatch, hand_out
):
    with Casebook.open(closed, PASSPHRASE) as book:
        sql_of(book).execute("UPDATE inquiry_case SET title = 'spliced' WHERE position = 1")
    monkeypatch.setattr("reviewer.casebook.file.checking.LARGE", 0)
    out = tmp_path / "out"
    out.mkdir()
    with (
        Casebook.open(closed, PASSPHRASE) as book,
        pytest.raises(DamagedError, match="old pages"),
    ):
        hand_out(book, out)
    assert not list(out.iterdir())


def rows_of(book):
    return {
        name: sorted(map(repr, sql_of(book).execute(f"SELECT * FROM {name}")))  # noqa: S608 - the schema's names
        for name in book._tables
    }


def test_a_newer_format_is_refused_with_both_numbers(closed):
    salt = files.read_salt(closed)
    connection = files.connect(closed, derive(PASSPHRASE, salt), salt)
    connection.execute("PRAGMA user_version = 9")
    files.close(connection, closed)
    before = closed.read_bytes()
    with pytest.raises(NewerFormatError, match=rf"format 9.*up to {FORMAT}"):
        Casebook.open(closed, PASSPHRASE)
    assert closed.read_bytes() == before


def test_another_encrypted_database_is_not_a_casebook(tmp_path):
    path = tmp_path / "other.db"
    salt = new_salt(CHEAP)
    files.create_empty(path)
    connection = files.connect(path, derive(PASSPHRASE, salt), salt)
    connection.execute("CREATE TABLE t (a)")
    files.close(connection, path)
    with pytest.raises(NotACasebookError, match="not a Reviewer casebook"):
        Casebook.open(path, PASSPHRASE)


def test_creating_never_replaces_a_file_and_leaves_no_part_behind(tmp_path):
    path = tmp_path / "x.casebook"
    path.write_bytes(b"mine")
    with pytest.raises(InputError, match="already exists"):
        chair_book(path)
    with pytest.raises(PassphraseError):
        Casebook.create(tmp_path / "y.casebook", "", None, profile=CHEAP)
    assert [p.name for p in tmp_path.iterdir()] == ["x.casebook"]
    assert path.read_bytes() == b"mine"


@settings(max_examples=60, deadline=None)
@given(key=st.binary(max_size=70), salt=st.binary(max_size=40))
def test_only_a_key_of_exactly_thirty_two_and_sixteen_bytes_reaches_the_engine(
    tmp_path_factory, key, salt
):
    path = tmp_path_factory.mktemp("key") / "x.db"
    path.touch()
    if (len(key), len(salt)) == (32, 16):
        return
    with pytest.raises(ValueError, match="32 bytes"):
        files.connect(path, key, salt)
    assert path.read_bytes() == b""


def test_attach_key_pragmas_and_extensions_are_denied_after_setup(closed):
    salt = files.read_salt(closed)
    connection = files.connect(closed, derive(PASSPHRASE, salt), salt)
    for statement in (
        f"ATTACH '{closed.parent / 'plain.db'}' AS plain KEY ''",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = ''",
        "SELECT load_extension('x')",
        f"VACUUM INTO '{closed.parent / 'copy.db'}'",
    ):
        with pytest.raises(CasebookError):
            connection.execute(statement)
    connection.close()
    assert [p.name for p in closed.parent.iterdir()] == [closed.name]


def test_every_setting_is_read_back_from_the_engine(closed):
    salt = files.read_salt(closed)
    connection = files.connect(closed, derive(PASSPHRASE, salt), salt)
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
    }
    connection.close()
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "secure_delete": 1,
        "foreign_keys": 1,
        "temp_store": 2,
    }


def test_an_engine_that_cannot_encrypt_is_refused(monkeypatch):
    monkeypatch.setattr(engine, "dbapi", sqlite3)
    with pytest.raises(EngineError, match="cannot encrypt"):
        engine.check_engine()


def test_an_engine_that_is_too_old_is_refused(monkeypatch):
    monkeypatch.setattr(engine, "OLDEST_SQLITE", (99,))
    with pytest.raises(EngineError, match="too old"):
        engine.check_engine()


def test_changing_the_passphrase_encrypts_every_page_anew(closed):
    before = closed.read_bytes()
    with Casebook.open(closed, PASSPHRASE) as book:
        book.rekey("another one")
        assert len(book.cases.all()) == 3
    after = closed.read_bytes()
    assert after[:16] == before[:16]
    assert all(before[at : at + 64] != after[at : at + 64] for at in range(16, len(before), 4096))
    with pytest.raises(UnlockError):
        Casebook.open(closed, PASSPHRASE)
    with Casebook.open(closed, "another one") as book:
        assert len(book.cases.all()) == 3
    assert [p.name for p in closed.parent.iterdir()] == [closed.name]


def test_verify_gives_a_verdict_on_each_part(closed):
    checks = Casebook.verify(closed, PASSPHRASE)
    assert [(c.name, c.passed) for c in checks] == [
        ("pages", True),
        ("format", True),
        ("schema", True),
        ("structure", True),
        ("journal", True),
        ("times", True),
        ("digest", True),
        ("search", True),
        ("ledger", True),
        ("backups", True),
        ("seen", True),
    ]
    broken = bytearray(closed.read_bytes())
    broken[9 * 4096 + 100] ^= 1
    closed.write_bytes(broken)
    assert ("pages", False) in [(c.name, c.passed) for c in Casebook.verify(closed, PASSPHRASE)]


def test_a_schema_that_the_engine_cannot_even_cite_is_called_damaged(closed):
    salt = files.read_salt(closed)
    key = derive(PASSPHRASE, salt)
    with contextlib.closing(engine.dbapi.connect(str(closed), isolation_level=None)) as torn:
        torn.execute(f"PRAGMA key = \"x'{bytes(key).hex()}{salt.hex()}'\"")
        torn.execute("PRAGMA writable_schema=ON")
        torn.execute(
            "INSERT INTO sqlite_master(type, name, tbl_name, rootpage, sql)"
            " VALUES ('table', CAST(x'a0ff' AS TEXT), 'x', 99, 'CREATE TABLE broken(')"
        )
    with pytest.raises(DamagedError, match="restore the last backup"):
        Casebook.open(closed, PASSPHRASE)
