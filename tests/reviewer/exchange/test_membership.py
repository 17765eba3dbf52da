"""Names put right, and somebody who never returned taken off the panel."""

from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.errors import InputError, StateError
from reviewer.exchange.custody import name_custodian
from reviewer.exchange.membership import remove, rename, why_stays
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import outstanding, release
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.outcome import sentences
from reviewer.exchange.updates.write import write_update
from reviewer.records.panel import LONGEST_NAME, ReturnStatus
from tests.books import PASSPHRASE, chair_book, sql_of
from tests.ui.chair.panel import NAMES, issued_panel


@pytest.fixture
def panel(tmp_path):
    path, returns = issued_panel(tmp_path, names=NAMES[:3], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        yield book, returns


def test_a_name_is_put_right_and_the_journal_keeps_both(panel):
    book, returns = panel
    who = book.members.by_name(NAMES[0])
    rename(book, NAMES[0], "  Alix   One ")
    assert book.members.get(who.id).name == "Alix One"
    assert book.journal.tail(1)[0].action == "rename member"
    (verdict,) = receive(book, returns[:1])
    assert (verdict.standing, verdict.member) == (ReturnStatus.RECEIVED, "Alix One")
    assert all(check.passed for check in book.verdicts())


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, NAMES[1], NAMES[1].upper(), NAMES[0]])
def test_a_name_must_be_one_and_nobody_elses(panel, name):
    book, _ = panel
    with pytest.raises(InputError):
        rename(book, NAMES[0], name)


TOO_LONG = "x" * (LONGEST_NAME + 1)
REFUSED = "^Give a name of 1 to 120 characters"


def test_nobody_gets_a_name_that_no_update_could_carry(panel, tmp_path):
    """It was taken, and no update could be written any more."""
    book, _ = panel
    with pytest.raises(InputError, match=REFUSED):
        issue(book, TOO_LONG, tmp_path / "out", passphrase=PASSPHRASE)
    assert [one.name for one in book.members.all()] == ["Chair", *NAMES[:3]]
    issue(book, TOO_LONG[1:], tmp_path / "out", passphrase=PASSPHRASE, profile=CHEAP)
    write_update(book, TOO_LONG[1:], tmp_path)


def test_no_custodian_gets_a_name_that_no_update_could_carry(tmp_path):
    stick = tmp_path / "stick"
    with (
        chair_book(tmp_path / "chair.casebook") as book,
        pytest.raises(InputError, match=REFUSED),
    ):
        name_custodian(book, TOO_LONG, lambda _sheet: b"%PDF", stick)
    assert not stick.exists()


def test_the_chairs_name_is_put_right_everywhere(panel):
    book, _ = panel
    rename(book, "Chair", "Dr A. Chair")
    assert book.about.chair == "Dr A. Chair"
    rename(book, NAMES[0], "Alix One")
    assert book.journal.tail(1)[0].actor == "Dr A. Chair"


def test_who_never_returned_is_taken_off_and_not_waited_for(panel):
    book, returns = panel
    receive(book, returns[:2])
    remove(book, NAMES[2], reason="left the panel in March")
    assert [one.member.name for one in outstanding(book)] == []
    assert book.members.by_name(NAMES[2]) is None
    (verdict,) = receive(book, returns[2:])
    assert verdict.layer == "member"
    assert list(book.journal.noted("remove member").values()) == [
        {"reason": "left the panel in March"}
    ]
    release(book)
    assert all(check.passed for check in book.verdicts())


# Of whom one of these has a row, the removal refuses: see ``trace``.
STAYS_WITH = {"absence", "late_return", "mark", "received", "review"}


def _naming(book, wanted):
    """Return the column of each table that refers to the table ``wanted``."""
    tables = [name for (name,) in sql_of(book).execute("SELECT name FROM sqlite_schema")]
    return {
        table: column
        for table in tables
        for _, _, parent, column, *_ in sql_of(book).execute(f"PRAGMA foreign_key_list({table})")
        if parent == wanted
    }


def test_a_removal_reaches_every_table_that_names_what_it_takes_away(panel, tmp_path):
    """A table that comes to name a pack needs a row here, and one that names a member a place."""
    book, _ = panel
    member = book.members.by_name(NAMES[2]).id
    write_update(book, NAMES[2], tmp_path, ask="Read page 2 again")
    (pack,) = book.updates.packs(member)
    tables = _naming(book, "issued_pack")

    def rows(table):
        query = f"SELECT count(*) FROM {table} WHERE {tables[table]} = ?"  # noqa: S608 - ours
        return sql_of(book).execute(query, (pack,)).fetchone()[0]

    assert {table for table in tables if not rows(table)} == set()
    remove(book, NAMES[2])
    assert {table for table in tables if rows(table)} == set()
    assert set(_naming(book, "member")) == {*STAYS_WITH, "issued_pack"}
    assert {one for table in tables for one in _naming(book, table)} == set()
    assert all(check.passed for check in book.verdicts())


def test_somebody_elses_casebook_is_untouched_by_a_removal(panel):
    book, returns = panel
    remove(book, NAMES[2])
    verdicts = receive(book, returns[:2])
    assert [one.standing for one in verdicts] == [ReturnStatus.RECEIVED] * 2


def test_who_returned_stays_and_so_does_the_chair(panel):
    book, returns = panel
    receive(book, returns[:1])
    with pytest.raises(StateError, match=r"A return of A\. One has arrived"):
        remove(book, NAMES[0])
    with pytest.raises(StateError, match="is the chair"):
        remove(book, "Chair")


def test_who_a_round_was_released_without_stays_with_its_report(panel):
    book, returns = panel
    receive(book, returns[:2])
    release(book, without={NAMES[2]: "ill"})
    assert "released without C. Three" in why_stays(book, book.members.by_name(NAMES[2]))
    with pytest.raises(StateError):
        remove(book, NAMES[2])


def test_two_cases_that_exchange_references_reach_a_panellist(panel, tmp_path):
    book, _ = panel
    first, second = book.cases.all()
    book.cases.describe_all(
        [
            replace(first, reference=second.reference),
            replace(second, reference=first.reference, attributes={"year": "2011"}),
        ]
    )
    update = write_update(book, NAMES[0], tmp_path)
    (own,) = [
        path
        for path in (tmp_path / "out").glob("*.casebook")
        if _is(path, book.members.by_name(NAMES[0]).id)
    ]
    with Casebook.open(own, PASSPHRASE) as pack:
        done = apply(pack, update.path)
        assert "2 titles or notes worded anew" in sentences(done)[0]
        assert pack.cases.all() == book.cases.all()
        told = dict(done.told.cases)
        assert told["2010-01"][0] == "It was called 2010-02 before."


def _is(path, member):
    with Casebook.open(path, PASSPHRASE) as pack:
        return pack.about.member == member
