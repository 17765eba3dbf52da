"""What was sealed and what arrived is looked at again: each way to change it has its verdict.

The edits are made by somebody who has the key and puts journal guards and digest right again.
"""

import datetime as dt
import shutil

import pytest

from reviewer.casebook import inspection, writer
from reviewer.casebook.book import Casebook
from reviewer.casebook.file import backup as backups
from reviewer.casebook.stores.journal import History
from reviewer.crypto.receipt import read_receipt
from reviewer.errors import InputError, StorageError
from reviewer.exchange.examine import examine, examine_receipt
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import reopen, seal
from reviewer.records.reading import ReadingPlace
from reviewer.rounds.agenda import open_round
from tests.books import sql_of
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE
from tests.reviewer.exchange.panel import (
    PASSPHRASE,
    issue_to,
    make_chair,
    open_it,
    rate_something,
    returned,
)
from tests.reviewer.exchange.record import Editor


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A released chair's casebook, and a panellist's who sealed twice."""
    folder = tmp_path_factory.mktemp("panel")
    with make_chair(folder, rates=True) as chair:
        pack = issue_to(chair, "Bo", folder)
        first = returned(pack, folder)
        with open_it(pack) as own:
            reopen(own, "a page was overlooked")
            seal(own)
        rate_something(chair, 1)  # so that a second round has something to ask
        seal(chair)
        receive(chair, [first])
        release(chair)
    return folder / "chair.casebook", pack


def examined(path):
    checks, book = Casebook.inspect(path, PASSPHRASE)
    if book is not None:
        with book:
            checks = examine(book)
    return {check.name: check for check in checks}


def bad(path):
    return {name: check.sentence for name, check in examined(path).items() if not check.passed}


def edited(source, tmp_path, *statements):
    path = shutil.copyfile(source, tmp_path / "edited.casebook")
    editor = Editor(path)
    editor.begin()
    for statement in statements:
        editor.connection.execute(statement)
    editor.keep()
    return path


def test_an_honest_casebook_passes_every_check(made):
    for path, names in zip(
        made, (("seals", "returns", "standing", "release"), ("seals",)), strict=True
    ):
        found = examined(path)
        assert [name for name, check in found.items() if not check.passed] == []
        assert set(names) <= set(found)
        before = path.read_bytes()
        examined(path)
        assert path.read_bytes() == before


CHAIR = {
    "another file in a return's place": (
        "UPDATE received SET sealed = (SELECT body FROM sealed_return LIMIT 1)",
        "returns",
        "is not what arrived",
    ),
    "the bytes of a return": (
        "UPDATE received SET sealed = zeroblob(length(sealed))",
        "returns",
        "cannot be verified",
    ),
    "what a return declared": (
        "UPDATE received SET counts = replace(counts, '\"ratings\": ', '\"ratings\": 1')",
        "release",
        "were declared",
    ),
    "what a return's header says": (
        'UPDATE received SET header = replace(header, \'"at":"2\', \'"at":"1\')',
        "returns",
        "is not what arrived",
    ),
    "a return taken away": ("DELETE FROM received WHERE id = 2", "returns", "is gone"),
    "a return's number": ("UPDATE received SET seq = 7", "returns", "is not what arrived"),
    "how a return stands": (
        "UPDATE received SET standing = 'superseded' WHERE id = 1",
        "standing",
        "stands as superseded",
    ),
    "whose key it is": (
        "UPDATE member SET public_key = '' WHERE role = 'panellist'",
        "standing",
        "is not the one that follows",
    ),
    "a score taken out of the results": (
        "DELETE FROM rating WHERE factor = (SELECT min(factor) FROM rating)",
        "release",
        "were declared",
    ),
    "the chair's own sealed bytes": (
        "UPDATE sealed_return SET body = x'00'",
        "seals",
        "is not the file that was sealed",
    ),
    "the chair's own sealed digest": (
        "UPDATE sealed_return SET sha256 = 'ab'",
        "seals",
        "is not what was signed",
    ),
    "the chair's own sealed round taken away": (
        "DELETE FROM sealed_return",
        "seals",
        "in the journal and not here",
    ),
    "a sealed round put in": (
        "INSERT INTO sealed_return SELECT 1, 9, at, sha256, '', body FROM sealed_return",
        "seals",
        "is not in the journal",
    ),
}


@pytest.mark.parametrize("what", CHAIR)
def test_each_change_behind_the_journal_has_its_verdict(made, tmp_path, what):
    statement, name, sentence = CHAIR[what]
    found = bad(edited(made[0], tmp_path, statement))
    assert sentence in found.get(name, ""), found


def test_what_an_earlier_round_stores_is_counted_while_a_later_one_is_open(made, tmp_path):
    path = shutil.copyfile(made[0], tmp_path / "chair.casebook")
    with open_it(path) as chair:
        open_round(chair)
    told = examined(path)["release"]
    assert told.passed
    assert "10 counts of round 1 agree" in told.sentence
    taken = "DELETE FROM rating WHERE factor = (SELECT min(factor) FROM rating)"
    assert "Of round 1" in bad(edited(path, tmp_path, taken))["release"]


PANELLIST = {
    "sealed bytes": "UPDATE sealed_return SET body = x'00' WHERE seq = 1",
    "who opened again": "UPDATE sealed_return SET seq = 3 WHERE seq = 2",
    "a score after sealing": "DELETE FROM rating WHERE factor = (SELECT min(factor) FROM rating)",
}


@pytest.mark.parametrize("what", PANELLIST)
def test_a_panellists_own_seal_is_held_to_what_was_signed(made, tmp_path, what):
    assert set(bad(edited(made[1], tmp_path, PANELLIST[what]))) == {"seals"}


@pytest.mark.parametrize(
    ("proof", "sentence"),
    [
        ({"signature": None}, "no whole proof"),
        ({"header": "{}"}, "own signature"),
        ({"signature": "no hexadecimal"}, "own signature"),
        ({"body": "0" * 64}, "not the file that was sealed"),
    ],
)
def test_a_seal_whose_proof_was_rewritten_has_a_verdict(made, monkeypatch, proof, sentence):
    """As by somebody with the key who chained the journal anew."""
    real = History.noted
    monkeypatch.setattr(
        History,
        "noted",
        lambda self, action: {s: {**n, **proof} for s, n in real(self, action).items()},
    )
    assert sentence in bad(made[1])["seals"]


def test_a_folder_of_backups_that_cannot_be_read_is_a_verdict(made, tmp_path, monkeypatch):
    path = shutil.copyfile(made[0], tmp_path / "book.casebook")

    def refused(_folder):
        raise StorageError("the folder is not ours")

    monkeypatch.setattr(backups, "backups_in", refused)
    assert "cannot be read" in bad(path)["backups"]


def test_sealed_work_is_not_looked_at_in_a_damaged_file(made, tmp_path):
    path = shutil.copyfile(made[0], tmp_path / "damaged.casebook")
    broken = bytearray(path.read_bytes())
    broken[-100] ^= 1
    path.write_bytes(broken)
    found = examined(path)
    assert not found["pages"].passed
    assert "returns" not in found


def test_a_backup_that_is_not_what_was_written_is_named(made, tmp_path):
    path = shutil.copyfile(made[0], tmp_path / "book.casebook")
    with open_it(path) as book:
        first, second = book.backup(), book.backup()
    assert examined(path)["backups"].sentence.startswith("2 of 2")
    first.path.write_bytes(second.path.read_bytes()[:-1] + b"x")
    assert first.path.name in bad(path)["backups"]
    first.path.unlink()
    first.path.with_suffix(".json").unlink()
    second.path.with_suffix(".json").write_text("{}")
    assert "no description" in bad(path)["backups"]


def test_a_backup_newer_than_the_file_is_worth_a_note(made, tmp_path):
    path = shutil.copyfile(made[1], tmp_path / "book.casebook")
    older = path.read_bytes()
    with open_it(path) as book:
        reopen(book, "later")
        book.backup()
    path.write_bytes(older)
    checks, book = Casebook.inspect(path, PASSPHRASE)
    assert checks == []
    with book:
        notes = [c.sentence for c in book.verdicts() if c.name == "backups" and c.remark]
    assert any("does not go on from the backup" in note for note in notes)


# ---------------------------------------------------------------- receipts


def test_a_receipt_fits_its_state_and_every_later_one(made, tmp_path):
    path = shutil.copyfile(made[1], tmp_path / "book.casebook")
    older = path.read_bytes()
    with open_it(path) as book:
        now = book.receipt
        assert examine_receipt(book, now).passed
        reopen(book, "later")
        assert "1 entry came after it" in examine_receipt(book, now).sentence
        newer = book.receipt
    path.write_bytes(older)
    checks, book = Casebook.inspect(path, PASSPHRASE)
    with book:
        assert checks == []
        check = examine_receipt(book, newer)
    assert not check.passed
    assert "older than the receipt" in check.sentence


def test_a_receipt_of_another_history_or_casebook_does_not_fit(made, tmp_path):
    path = shutil.copyfile(made[1], tmp_path / "book.casebook")
    other = shutil.copyfile(made[1], tmp_path / "other.casebook")
    for file, reason in ((path, "one"), (other, "two")):
        with open_it(file) as book:
            reopen(book, reason)
    with open_it(path) as book:
        mine = book.receipt
    checks, book = Casebook.inspect(other, PASSPHRASE)
    with book:
        assert checks == []
        assert "another history" in examine_receipt(book, mine).sentence
    with open_it(made[0]) as chair:  # the same casebook id, the chair's copy
        assert "another casebook's" in examine_receipt(chair, mine).sentence


# ---------------------------------------------------------------- clocks


@pytest.mark.parametrize(
    "moment",
    [
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2038-01-19T03:14:08Z",
        "2106-02-07T06:28:16Z",
        "9999-12-31T23:59:59Z",
    ],
)
def test_whatever_the_clock_says_work_goes_on_and_the_verdict_says_so(
    tmp_path, monkeypatch, moment
):
    with make_chair(tmp_path, rates=True) as chair:
        monkeypatch.setattr(writer, "now", lambda: moment)
        rate_something(chair)
        monkeypatch.undo()
        reopened = chair.journal.tail(100)
        assert [entry.seq for entry in reopened] == list(range(len(reopened), 0, -1))
        seal(chair)
    times = examined(tmp_path / "chair.casebook")["times"]
    assert times.passed
    assert times.remark
    assert "order of the journal does not rest on them" in times.sentence
    assert bad(tmp_path / "chair.casebook") == {}


def test_a_step_back_of_a_day_is_named_by_its_entry(tmp_path, monkeypatch):
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    with make_chair(tmp_path, rates=True) as chair:
        before = chair.journal.tail(1)[0].seq
        monkeypatch.setattr(writer, "now", lambda: yesterday.strftime("%Y-%m-%dT%H:%M:%SZ"))
        reference = chair.cases.all()[0]
        chair.reading.put(chair.documents.of(reference.id)[0].id, ReadingPlace(uncovered=True))
        found = inspection.times(sql_of(chair))
    assert found.remark
    assert f"run backwards at 1 entry, first at {before + 1}" in found.sentence


# ---------------------------------------------------------------- older formats, codes


@pytest.mark.parametrize("kind", ["chair", "panellist", "released"])
def test_an_older_casebook_is_verified_as_it_is_and_not_changed(tmp_path, kind):
    path = shutil.copyfile(FOLDER / f"format-1-{kind}.casebook", tmp_path / "old.casebook")
    before = path.read_bytes()
    checks, book = Casebook.inspect(path, SAMPLE_PASSPHRASE)
    assert checks == []
    with book:
        found = {check.name: check for check in examine(book)}
    assert [name for name, check in found.items() if not check.passed] == []
    assert found["format"].remark
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["old.casebook"]


def test_a_code_with_one_error_is_refused_before_any_casebook_is_opened(made):
    with open_it(made[1]) as book:
        receipt = book.receipt
    code = " ".join(receipt.lines)
    assert read_receipt(code) == receipt
    assert read_receipt("\n".join(f"{n} {line}" for n, line in enumerate(receipt.lines, 1)))
    tried = 0
    for at, digit in enumerate(code):
        if digit != " ":
            wrong = "0" if digit != "0" else "1"
            tried += 1
            with pytest.raises(InputError, match=r"line|Line"):
                read_receipt(code[:at] + wrong + code[at + 1 :])
    assert tried == 88
