"""The recovery sheet of a casebook: handed out, used, outdated; and the change of passphrase."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file.recovery import PRINTED
from reviewer.crypto.recovery import RawKey
from reviewer.errors import DamagedError, PassphraseError, RecoveryError, StorageError, UnlockError
from tests.books import PASSPHRASE, chair_book, sql_of

NEW = "an entirely different one"


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "inquiry.casebook"
    chair_book(made, cases=2).close()
    return made


def sheet_of(path, passphrase=PASSPHRASE):
    """Hand out a sheet and return what is on it."""
    given = []

    def write(raw):
        given.append(raw)
        return path.with_name("sheet.pdf")

    with Casebook.open(path, passphrase) as book:
        book.recovery.hand_out(write)
    return given[0]


def test_a_sheet_opens_the_casebook_without_its_passphrase_and_sets_a_new_one(path):
    sheet = sheet_of(path)
    with Casebook.recover(path, sheet, NEW) as book:
        assert len(book.cases.all()) == 2
        newest = book.journal.tail(1)[0]
        assert (newest.action, newest.subject) == ("change passphrase", "with the recovery sheet")
    Casebook.open(path, NEW).close()
    with pytest.raises(UnlockError):
        Casebook.open(path, PASSPHRASE)


def test_a_used_sheet_is_an_old_sheet(path):
    sheet = sheet_of(path)
    Casebook.recover(path, sheet, NEW).close()
    before = path.read_bytes()
    with pytest.raises(RecoveryError, match="passphrase was changed after the sheet was printed"):
        Casebook.recover(path, sheet, "x")
    assert path.read_bytes() == before


def test_the_sheet_of_another_casebook_is_told_from_an_old_one(path, tmp_path):
    other = tmp_path / "other.casebook"
    chair_book(other).close()
    with pytest.raises(RecoveryError, match=r"from another casebook, not from inquiry\.casebook"):
        Casebook.recover(path, sheet_of(other), NEW)


def test_an_old_sheet_still_opens_a_copy_of_its_time(path, tmp_path):
    sheet = sheet_of(path)
    copy = tmp_path / "copy.casebook"
    copy.write_bytes(path.read_bytes())
    with Casebook.open(path, PASSPHRASE) as book:
        book.rekey(NEW)
    Casebook.recover(copy, sheet, NEW).close()


def test_a_new_passphrase_that_is_none_leaves_the_old_one(path):
    sheet = sheet_of(path)
    with pytest.raises(PassphraseError):
        Casebook.recover(path, sheet, "")
    Casebook.open(path, PASSPHRASE).close()


def test_a_damaged_casebook_is_not_written_to_by_recovery(path):
    sheet = sheet_of(path)
    broken = bytearray(path.read_bytes())
    broken[-100] ^= 1
    path.write_bytes(broken)
    with pytest.raises(DamagedError):
        Casebook.recover(path, sheet, NEW)
    assert path.read_bytes() == broken


def test_a_large_casebook_is_checked_whole_before_it_is_encrypted_anew(path, monkeypatch):
    monkeypatch.setattr("reviewer.casebook.file.checking.LARGE", 0)
    with Casebook.open(path, PASSPHRASE) as book:
        book.finish_checks()
        sql_of(book).execute("UPDATE inquiry_case SET title = 'spliced' WHERE position = 1")
    with Casebook.open(path, PASSPHRASE) as book, pytest.raises(DamagedError):
        book.rekey(NEW)
    with pytest.raises(UnlockError):
        Casebook.open(path, NEW)


def test_the_state_says_when_a_sheet_was_printed_and_whether_it_still_opens(path):
    with Casebook.open(path, PASSPHRASE) as book:
        assert (book.recovery.state.printed, book.recovery.state.opens) == ("", False)
    sheet_of(path)
    with Casebook.open(path, PASSPHRASE) as book:
        state = book.recovery.state
        assert state.printed
        assert state.changed == ""
        assert state.opens
        book.rekey(NEW)
        assert book.recovery.state.changed
        assert not book.recovery.state.opens
    sheet_of(path, NEW)
    with Casebook.open(path, NEW) as book:
        assert book.recovery.state.opens
        book.rekey(PASSPHRASE)
        book.rekey(NEW)
        assert book.recovery.state.opens, "the same passphrase under the same salt is the same key"


def test_the_journal_says_that_a_sheet_was_printed_and_nothing_of_the_key(path):
    raw = sheet_of(path)
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.journal.tail(1)[0].action == PRINTED
        told = "".join(
            repr(row)
            for table in ("journal", "journal_value", "meta")
            for row in sql_of(book).execute(f"SELECT * FROM {table}")  # noqa: S608 - names
        )
        assert all(check.passed for check in book.journal.checks())
    for secret in (raw.key, raw.salt, raw.fingerprint):
        assert secret.hex() not in told
        assert repr(secret)[2:-1] not in told


def test_where_the_file_cannot_be_written_no_sheet_is_claimed(path):
    def fail(_raw):
        raise StorageError("full")

    with Casebook.open(path, PASSPHRASE) as book:
        head = book.journal.head()
        with pytest.raises(StorageError):
            book.recovery.hand_out(fail)
        assert book.journal.head() == head
        assert book.recovery.state.printed == ""


def test_where_the_entry_cannot_be_kept_no_sheet_is_left(path, tmp_path, monkeypatch):
    target = tmp_path / "sheet.pdf"

    def write(_raw):
        target.write_bytes(b"%PDF")
        return target

    with Casebook.open(path, PASSPHRASE) as book:
        monkeypatch.setattr("reviewer.casebook.writer.Transaction.finish", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            book.recovery.hand_out(write)
    assert not target.exists()


def test_it_knows_its_own_passphrase(path):
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.opens_with(PASSPHRASE)
        assert not book.opens_with(NEW)
        book.rekey(NEW)
        assert book.opens_with(NEW)
        assert not book.opens_with(PASSPHRASE)


def test_a_made_up_sheet_of_this_salt_opens_nothing(path):
    made_up = RawKey(key=bytes(32), salt=path.read_bytes()[:16])
    with pytest.raises(RecoveryError, match="does not open it any more"):
        Casebook.recover(path, made_up, NEW)
