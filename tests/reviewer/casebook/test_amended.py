"""Some columns of a long row are changed: the rest is neither handed over nor stored again."""

import pytest

from reviewer.assets import resource
from reviewer.casebook import schema
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.casebook.engine import Database
from reviewer.casebook.file import proof
from reviewer.casebook.stores.returns import counts_text
from reviewer.crypto.profiles import CHEAP
from reviewer.method.framework import load
from reviewer.records.ids import MemberId, new_id
from reviewer.records.panel import Counts, Member, Received, ReturnStatus

PASSPHRASE = "amber otter lantern quiet"
DIGEST = "ab" * 32
SEALED = bytes(range(256)) * 4_000  # about 1 MB


@pytest.fixture
def book(tmp_path):
    new = NewCasebook(title="Invented", framework=load(resource("frameworks/commission.toml")))
    with Casebook.create(tmp_path / "a.casebook", PASSPHRASE, new, profile=CHEAP) as made:
        member = Member(id=MemberId(new_id()), name="B. Panellist")
        made.members.add(member)
        received = Received(
            id=0,
            member=member.id,
            round=1,
            seq=1,
            prev="0" * 64,
            sha256=DIGEST,
            public_key="",
            counts=Counts(),
            standing=ReturnStatus.RECEIVED,
            at="2026-01-01T00:00:00Z",
        )
        made.returns.keep(received, header="{}", sealed=SEALED, standings={}, pin="")
        yield made


def agrees(book):
    tables = schema.tables(Database(book._connection, execute_plugins=False))
    return proof.state(book._connection, tables).passed


def amend(book, key, values, **named):
    with book.returns._writer.change("amend") as tx:
        found = tx.amend("received", key, values, **named)
    return found, tx


def test_a_row_is_changed_and_the_digest_with_it(book):
    counts = counts_text(Counts(ratings=23_000))
    assert amend(book, {"sha256": DIGEST}, {"counts": counts}, secret=True)[0]
    (kept,) = book.returns.received(1)
    assert kept.counts == Counts(ratings=23_000)
    assert book.returns.sealed(kept.id) == SEALED
    assert agrees(book)


def test_the_journal_has_the_step_unless_it_is_secret(book):
    found, tx = amend(book, {"sha256": DIGEST}, {"at": "2026-01-02T00:00:00Z"}, secret=True)
    assert (found, tx.steps, tx.counts) == (True, [], {"received": 1})
    row = {"sha256": DIGEST}
    with book.returns._writer.change("amend") as tx:
        assert tx.amend("received", row, {"at": "2026-01-02T00:00:00Z"})  # as it is
        assert tx.steps == []
        tx.put("meta", {"key": "made up", "value": "a"})
        assert tx.amend("meta", {"key": "made up"}, {"value": "b"})
    step = tx.steps[-1]
    assert (step.table, step.key) == ("meta", {"key": "made up"})
    assert (step.before["value"], step.after["value"]) == ("a", "b")
    assert agrees(book)


def test_no_row_is_no_change(book):
    assert not amend(book, {"sha256": "cd" * 32}, {"at": ""}, secret=True)[0]
    assert agrees(book)


def test_what_a_return_says_it_holds_takes_the_same_room_before_and_after():
    """Only then is a row with 16 MB in it not written anew."""
    most = Counts(reviews=999_999, ratings=999_999, comments=999_999, marks=50_000, evidence=9)
    assert len(counts_text(Counts())) == len(counts_text(most)) == 128


def test_a_row_of_the_same_length_is_changed_in_its_place(book):
    """What a change writes is in the file's pages: a few of them are others, not all 250."""
    counts = counts_text(Counts(ratings=23_000))
    before = _pages(book)
    assert amend(book, {"sha256": DIGEST}, {"counts": counts}, secret=True)[0]
    after = _pages(book)
    assert sum(a != b for a, b in zip(before, after, strict=False)) < 40


def _pages(book):
    held = book._connection.read_raw(1 << 30, 0)
    return [held[at : at + 4096] for at in range(0, len(held), 4096)]
