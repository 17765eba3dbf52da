"""The key in two halves: what opens the returns, who holds it, and what is written down of it."""

import datetime as dt
import json
from pathlib import Path

import pytest

from reviewer.casebook import writer
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.casebook.stores import members, returns
from reviewer.crypto import envelope
from reviewer.crypto.custody import key_of_halves, sheet_mark
from reviewer.crypto.groups import Sheet, from_text, to_lines
from reviewer.crypto.profiles import CHEAP
from reviewer.errors import DamagedError, InputError, ReturnError, StateError, StorageError
from reviewer.exchange import custody, keyring, merge, pack
from reviewer.exchange import seal as seal_module
from reviewer.exchange.layers import open_outer
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import reopen, seal
from reviewer.reports import facts
from reviewer.reports.slips.custodian import custodian_sheet
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from tests.books import case, sql_of
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    PASSPHRASE,
    add_document,
    issue_to,
    make_chair,
    open_it,
    rate_something,
    returned,
)
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.whole import summary_json

NAME = "S. Ecretary"
NEW = NewCasebook(title="Test inquiry", framework=FRAMEWORK, chair="Ada", chair_rates=True)


def two_of_them(folder: Path) -> tuple[Casebook, bytes]:
    """Return a chair's casebook with a custodian, and the half that is on paper."""
    book, sheet = made(folder)
    only = case("C001")
    book.cases.add([only])
    add_document(book, only, 2)
    return book, from_text("\n".join(sheet.lines), Sheet.CUSTODIAN)


def made(folder: Path, name: str = NAME):
    """Return a chair's casebook with a custodian, and what was drawn on the sheet."""
    drawn = []

    def draw(sheet):
        drawn.append(sheet)
        return custodian_sheet(sheet)

    book = custody.create(
        folder / "chair.casebook",
        PASSPHRASE,
        NEW,
        wish=custody.CustodianWish(name=name, folder=folder / "stick"),
        draw=draw,
        profile=CHEAP,
    )
    return book, drawn[0]


def all_in(folder: Path, book: Casebook) -> None:
    """Let one panellist return and the chair seal."""
    path = issue_to(book, "Bo", folder / "out")
    assert not receive(book, [returned(path, folder / "out")])[0].refused
    rate_something(book)
    seal(book)


def test_the_returns_open_only_with_both_halves(tmp_path):
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
        with pytest.raises(StateError, match=r"S\. Ecretary keeps the other half"):
            release(book)
        with pytest.raises(InputError, match="opens with the sheet"):
            release(book, paper=bytes(32))
        assert not book.about.released
        assert release(book, paper=paper).custodian == NAME
        opening = book.custody.opening(1)
        assert opening.custodian == NAME
        assert len(opening.returns) == 2


def half_name(book: Casebook) -> str:
    """Return under which name the casebook keeps its half of the open round's key."""
    return f"{keyring.RELEASE_HALF} {book.about.custodian.mark}"


def test_the_casebook_holds_nothing_that_opens_a_return_alone(tmp_path):
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
        dump = everything_in(book)
        kept = book.secrets.get(half_name(book))
        key = key_of_halves(kept, paper)
        assert kept in dump
        assert book.secrets.get(keyring.RELEASE) is None
        for secret in (paper, paper.hex().encode(), key.secret.encode()):
            assert secret not in dump
            assert secret.upper() not in dump
        assert key.public.encode() in dump


def test_no_key_that_the_chair_has_opens_the_work(tmp_path):
    """A chair with a debugger: every secret of the casebook is tried, and every half with it."""
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
        receiving = keyring.receiving_key(book).secret
        (bo,) = [one for one in book.returns.received(1) if one.member != book.about.member]
        inner = open_outer(book.returns.sealed(bo.id), receiving).inner
        held = [bytes(v) for (v,) in sql_of(book).execute("SELECT value FROM secret")]
        halves = [value for value in held if len(value) == 32] + [bytes(32)]
        assert len(halves) > 3
        tried = {receiving}
        tried |= {key_of_halves(one, other).secret for one in halves for other in halves}
        for secret in tried:
            with pytest.raises(ReturnError, match="not sealed for this casebook"):
                envelope.unlock(inner, secret)
        right = key_of_halves(book.secrets.get(half_name(book)), paper)
        assert envelope.unlock(inner, right.secret)


def everything_in(book: Casebook) -> bytes:
    """Return every value of every table as bytes."""
    tables = sql_of(book).execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    parts = []
    for (name,) in tables.fetchall():
        for row in sql_of(book).execute(f"SELECT * FROM [{name}]"):  # noqa: S608 - its own names
            parts += [v if isinstance(v, bytes) else str(v).encode() for v in row]
    return b"\n".join(parts)


def test_a_custodian_must_be_somebody_else_with_a_name(tmp_path):
    with pytest.raises(InputError, match="somebody else"):
        made(tmp_path, "ada")
    with pytest.raises(InputError, match="needs a name"):
        made(tmp_path, " \u202e ")
    assert list(tmp_path.iterdir()) == []


def test_one_can_be_named_before_anything_is_issued_and_never_after(tmp_path):
    with make_chair(tmp_path, rates=True) as book:
        keyring.release_recipient(book)  # the whole key was made already, and goes
        sheet = custody.name_custodian(book, NAME, custodian_sheet, tmp_path / "stick")
        assert sheet.name == f"custodian-{book.about.custodian.mark.replace(' ', '')}.pdf"
        assert book.secrets.get(keyring.RELEASE) is None
        assert keyring.release_recipient(book) == book.about.custodian.recipient
        with pytest.raises(StateError, match="cannot be printed again"):
            custody.name_custodian(book, "Another", custodian_sheet, tmp_path / "stick")
        all_in(tmp_path, book)
        page = pdfs.texts(sheet.read_bytes())[0].replace("\r", "")
        lines = [line[2:] for line in page.splitlines() if line[:2] in {f"{n} " for n in range(6)}]
        paper = from_text("\n".join(lines[:5]), Sheet.CUSTODIAN)
        assert release(book, paper=paper).returns == 2


def test_after_the_first_casebook_was_issued_it_is_too_late(tmp_path):
    with make_chair(tmp_path, rates=True) as book:
        issue_to(book, "Bo", tmp_path / "out")
        with pytest.raises(StateError, match="before the first casebook is issued"):
            custody.name_custodian(book, NAME, custodian_sheet, tmp_path / "stick")
        assert not (tmp_path / "stick").exists()


def test_after_the_chair_sealed_it_is_too_late(tmp_path):
    with make_chair(tmp_path, rates=True) as book:
        seal(book)
        assert not custody.may_name(book)


def test_a_panellist_names_nobody(tmp_path):
    with make_chair(tmp_path) as book:
        path = issue_to(book, "Bo", tmp_path / "out")
    with open_it(path) as own, pytest.raises(StateError, match="Only the chair's"):
        custody.name_custodian(own, NAME, custodian_sheet, tmp_path / "stick")


def test_the_sheet_never_lies_beside_the_casebook(tmp_path):
    with make_chair(tmp_path, rates=True) as book:
        with pytest.raises(InputError, match="must not lie beside"):
            custody.name_custodian(book, NAME, custodian_sheet, tmp_path)
        assert book.about.custodian is None


def test_where_the_sheet_cannot_be_written_nothing_changes(tmp_path):
    (tmp_path / "stick").write_bytes(b"")
    with make_chair(tmp_path, rates=True) as book:
        before = book.journal.head()
        with pytest.raises(InputError, match="is a file"):
            custody.name_custodian(book, NAME, custodian_sheet, tmp_path / "stick")
        assert book.journal.head() == before


def test_where_the_casebook_refuses_the_sheet_goes_again(tmp_path, monkeypatch):
    with make_chair(tmp_path, rates=True) as book:

        def full(*_args, **_more):
            raise StorageError("The disk is full.")

        monkeypatch.setattr(book.custody, "name", full)
        with pytest.raises(StorageError):
            custody.name_custodian(book, NAME, custodian_sheet, tmp_path / "stick")
        assert list((tmp_path / "stick").iterdir()) == []


def test_a_sheet_is_never_taken_away_once_the_casebook_needs_it(tmp_path, monkeypatch):
    """The disk fails after the change has reached it: the half on paper is the only one."""
    with make_chair(tmp_path, rates=True) as book:

        def late(*args, name=book.custody.name, **more):
            name(*args, **more)
            raise StorageError("The disk reported an error.")

        monkeypatch.setattr(book.custody, "name", late)
        with pytest.raises(StorageError):
            custody.name_custodian(book, NAME, custodian_sheet, tmp_path / "stick")
        assert book.about.custodian.name == NAME
        assert [path.suffix for path in (tmp_path / "stick").iterdir()] == [".pdf"]


def test_a_half_that_changed_in_the_casebook_is_damage(tmp_path):
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
        book.secrets.put({half_name(book): bytes(32)})
        with pytest.raises(DamagedError, match="restore a backup"):
            release(book, paper=paper)
        assert not book.about.released


def test_the_text_of_a_sheet_is_read_and_its_wrong_line_named(tmp_path):
    half = bytes(range(32))
    lines = list(to_lines(half, Sheet.CUSTODIAN))
    text = tmp_path / "typed.txt"
    text.write_text("\n".join(lines), encoding="utf-8-sig")
    assert custody.read_half(text) == half
    lines[2] = lines[2].replace(lines[2][0], "7" if lines[2][0] != "7" else "8", 1)
    text.write_text("\n".join(lines))
    with pytest.raises(InputError, match="Line 3 is not as printed"):
        custody.read_half(text)
    for content in (b"\xff\xfe", b"0" * 9000):
        text.write_bytes(content)
        with pytest.raises(InputError):
            custody.read_half(text)
    with pytest.raises(StorageError):
        custody.read_half(tmp_path / "not there.txt")


def test_receiving_and_issuing_never_touch_what_opens_returns(tmp_path, monkeypatch):
    """The secret is poisoned in the casebook: only the release notices."""
    with make_chair(tmp_path, rates=True) as book:
        rate_something(book)
        first = issue_to(book, "Bo", tmp_path / "out")
        book.secrets.put({keyring.RELEASE: b"AGE-SECRET-KEY-POISONED"})
        second = issue_to(book, "Cy", tmp_path / "out")
        for path in (first, second):
            (verdict,) = receive(book, [returned(path, tmp_path / "out")])
            assert not verdict.refused
        seal(book)
        with pytest.raises(Exception, match="not a key"):
            release(book)


def test_receiving_goes_on_where_the_secret_is_gone(tmp_path):
    with make_chair(tmp_path) as book:
        path = issue_to(book, "Bo", tmp_path / "out")
        with book._writer.change("a thief") as tx:
            tx.remove("secret", {"name": keyring.RELEASE}, secret=True)
        assert not receive(book, [returned(path, tmp_path / "out")])[0].refused
        with pytest.raises(DamagedError, match="missing"):
            release(book)


def test_a_casebook_of_before_keeps_its_key(tmp_path):
    """Where only the secret half is kept, its public half is found once and kept."""
    with make_chair(tmp_path) as book:
        recipient = keyring.release_recipient(book)
        with book._writer.change("as it was before") as tx:
            tx.remove("secret", {"name": keyring.RELEASE_TO}, secret=True)
        assert keyring.release_recipient(book) == recipient
        assert book.secrets.get(keyring.RELEASE_TO) == recipient.encode()


def test_the_chairs_own_round_is_sealed_first_also_after_it_was_opened_again(tmp_path):
    book, paper = two_of_them(tmp_path)
    with book:
        path = issue_to(book, "Bo", tmp_path / "out")
        receive(book, [returned(path, tmp_path / "out")])
        rate_something(book)
        with pytest.raises(StateError, match="own round is not sealed"):
            release(book, paper=paper)
        seal(book)
        reopen(book, "A page was missing")
        with pytest.raises(StateError, match="own round is not sealed"):
            release(book, paper=paper)
        seal(book)
        release(book, paper=paper)
        assert [entry.subject for entry in entries(book, "reopen")] == ["A page was missing"]
        own = [one for one in book.returns.received(1) if one.member == book.about.member]
        assert [(one.seq, one.standing.value) for one in own] == [
            (1, "superseded"),
            (2, "received"),
        ]


def entries(book, action):
    return [entry for entry in book.journal.tail(500) if entry.action == action]


def test_a_round_is_opened_again_only_with_a_reason_and_before_the_release(tmp_path):
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
        with pytest.raises(InputError, match="why"):
            reopen(book, " \n")
        release(book, paper=paper)
        with pytest.raises(StateError, match="stays as it is"):
            reopen(book, "To look again")
        assert entries(book, "reopen") == []


def test_a_release_happens_once_and_its_entry_names_what_was_opened(tmp_path):
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
        digests = {one.sha256 for one in book.returns.received(1)}
        release(book, paper=paper)
        head = book.journal.head()
        with pytest.raises(StateError, match="released already"):
            release(book, paper=paper)
        (entry,) = entries(book, "release")
        assert entry.hash == head == book.journal.head()
        body = (
            sql_of(book)
            .execute("SELECT body FROM journal_value WHERE seq = ?", (entry.seq,))
            .fetchone()[0]
        )
        assert {one.digest for one in book.custody.opening(1).returns} == digests
        assert all(digest in body for digest in digests)
        assert NAME in body


def test_who_opened_what_and_what_was_opened_again_stands_in_the_report(tmp_path):
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
        for reason in ("A page was missing", "A word was wrong"):
            reopen(book, reason)
            seal(book)
        release(book, paper=paper)
        summary = consolidate(gather(book))
    opening = summary.panel.rounds[-1].opening
    assert [one.reason for one in opening.reopened] == ["A page was missing", "A word was wrong"]
    assert sorted(one.number for one in opening.returns) == [1, 3]
    written = json.loads(summary_json(summary))["opening"]
    assert written["custodian"] == NAME
    assert {one["number"] for one in written["returns"]} == {1, 3}
    told = " ".join(facts.opening(summary, summary.panel.rounds[-1]))
    for part in (
        "2 returns were opened together",
        f"with the half of the key that {NAME} keeps",
        "A page was missing",
        "A word was wrong",
        "Ada sealed more than once: return 3 counts.",
    ):
        assert part in told


def test_without_a_custodian_the_report_says_that_the_casebook_held_the_key_alone(tmp_path):
    with make_chair(tmp_path, rates=True) as book:
        all_in(tmp_path, book)
        release(book)
        summary = consolidate(gather(book))
    told = " ".join(facts.opening(summary, summary.panel.rounds[-1]))
    assert "the key that the chair's casebook holds alone" in told


def test_a_return_that_is_out_needs_a_name_and_a_reason(tmp_path):
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
        issue_to(book, "Cy", tmp_path / "out")
        with pytest.raises(StateError, match=r"Cy \(no return has arrived\)"):
            release(book, paper=paper)
        with pytest.raises(InputError, match="why"):
            release(book, paper=paper, without={"Cy": "  "})
        release(book, paper=paper, without={"Cy": "Fell ill"})
        assert list(book.rounds.absent(1).values()) == ["Fell ill"]


def test_a_clock_set_back_changes_nothing(tmp_path, monkeypatch):
    """Order is by number, never by time: every step happens years before the one it follows."""
    book, paper = two_of_them(tmp_path)
    year = iter(range(2060, 1970, -1))

    def earlier():
        return dt.datetime(next(year), 1, 1, tzinfo=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    for module in (writer, members, returns, merge, seal_module, pack):
        monkeypatch.setattr(module, "now", earlier)
    with book:
        all_in(tmp_path, book)
        reopen(book, "A page was missing")
        with pytest.raises(StateError, match="own round is not sealed"):
            release(book, paper=paper)
        seal(book)
        release(book, paper=paper)
        with pytest.raises(StateError, match="released already"):
            release(book, paper=paper)
        own = [one for one in book.returns.received(1) if one.member == book.about.member]
        assert [one.standing.value for one in own] == ["superseded", "received"]
        times = [entry.at for entry in entries(book, "seal")]
        assert times == sorted(times), "the newest claims the earliest time, and it did not matter"
    with open_it(tmp_path / "chair.casebook") as again:
        assert again.about.released


def test_the_sheet_is_two_copies_that_say_what_is_at_stake(tmp_path):
    book, sheet = made(tmp_path)
    book.close()
    first, second = pdfs.texts(
        custody.sheet_path(tmp_path / "stick", sheet.custodian).read_bytes()
    )
    assert "copy 1 of 2" in first
    assert "copy 2 of 2" in second
    for page in (first, second):
        for text in (NAME, "Test inquiry", "can never be", sheet.custodian.mark.upper()):
            assert text in page.replace("\r\n", " ")
        for line in sheet.lines:
            assert line.upper() in page


def test_no_half_shows_itself_in_what_python_prints_of_things(tmp_path):
    book, sheet = made(tmp_path)
    with book:
        kept = book.secrets.get(half_name(book))
    paper = from_text("\n".join(sheet.lines), Sheet.CUSTODIAN)
    assert sheet_mark(paper) == sheet.custodian.mark
    new = NewCasebook(title="T", framework=FRAMEWORK, secrets={"half": kept})
    shown = repr(sheet) + repr(new)
    assert sheet.lines[0] not in shown
    assert str(kept) not in shown


@pytest.mark.parametrize("halves", [(31, 32), (32, 33), (0, 32)])
def test_what_is_no_half_makes_no_key(halves):
    with pytest.raises(ValueError, match="32 bytes"):
        key_of_halves(*map(bytes, halves))
