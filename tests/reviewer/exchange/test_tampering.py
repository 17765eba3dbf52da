"""Whoever has the key and edits the journal is found out, or contradicts what is outside it."""

import contextlib
import hashlib
import itertools
import json
import runpy

import pytest

from reviewer.assets import resource
from reviewer.casebook.book import Casebook
from reviewer.casebook.file import proof
from reviewer.casebook.writer import entry_hash
from reviewer.exchange.examine import examine
from reviewer.exchange.journal import journal_export
from reviewer.records.canonical import canonical
from tests.books import sql_of
from tests.reviewer.exchange.panel import FRAMEWORK, PASSPHRASE, open_it
from tests.reviewer.exchange.record import ENTRIES, FIELDS, Editor, make_record, other

VERIFIER = runpy.run_path(str(resource("verify_export.py")))


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return make_record(tmp_path_factory.mktemp("record"))


@pytest.fixture(scope="module")
def honest(record):
    with open_it(record.chair) as book:
        return journal_export(book)


@pytest.fixture(scope="module")
def editor(record, tmp_path_factory):
    """Edits a copy; each test takes its edits back."""
    editor = Editor(record.copy(tmp_path_factory.mktemp("edited")))
    yield editor
    editor.connection.close()


def found_by(editor, honest):
    """Who finds the edit: the program's own check, and the stand-alone verifier."""
    inside = not proof.chain(editor.connection).passed
    try:
        outside = bool(list(VERIFIER["check_journal"](editor.export(honest))))
    except (LookupError, TypeError, ValueError):
        outside = True
    return inside, outside


@contextlib.contextmanager
def edited(editor):
    editor.begin()
    try:
        yield editor.connection
    finally:
        editor.undo()


def test_the_record_is_real_and_nothing_is_found_in_it(record, honest, editor):
    assert len(json.loads(honest)["entries"]) == ENTRIES
    with edited(editor):
        assert found_by(editor, honest) == (False, False)


@pytest.mark.parametrize("stride", [pytest.param(31), pytest.param(1, marks=pytest.mark.nightly)])
def test_any_field_of_any_entry_is_found_when_it_is_edited(honest, editor, stride):
    tried = missed = 0
    every = list(itertools.product(range(1, ENTRIES + 1), FIELDS))
    for seq, name in every[::stride]:
        with edited(editor) as connection:
            row = connection.execute(f"SELECT {name} FROM journal WHERE seq = ?", (seq,))  # noqa: S608
            value = other(row.fetchone()[0])
            if name == "seq":
                value = ENTRIES + 1
            connection.execute(f"UPDATE journal SET {name} = ? WHERE seq = ?", (value, seq))  # noqa: S608
            tried += 1
            missed += found_by(editor, honest) != (True, True)
    print(f"\njournal: {tried} edits of one field, {missed} missed")  # noqa: T201 - a figure
    assert tried == len(every[::stride])
    assert missed == 0


MOVES = {
    "deleted": ["DELETE FROM journal WHERE seq = :seq"],
    "deleted and counted again": [
        "DELETE FROM journal WHERE seq = :seq",
        "UPDATE journal SET seq = seq - 1 WHERE seq > :seq",
    ],
    "put in": [
        "UPDATE journal SET seq = -seq - 1 WHERE seq >= :seq",
        "UPDATE journal SET seq = -seq WHERE seq < 0",
        (
            "INSERT INTO journal SELECT :seq, at, actor, action, subject, undoes, value_hash,"
            " prev, hash FROM journal WHERE seq = :seq + 1"
        ),
    ],
    "changed places": [
        "UPDATE journal SET seq = -1 WHERE seq = :seq",
        "UPDATE journal SET seq = :seq WHERE seq = :seq + 1",
        "UPDATE journal SET seq = :seq + 1 WHERE seq = -1",
    ],
}


@pytest.mark.parametrize("move", MOVES)
def test_an_entry_that_is_moved_is_found(honest, editor, move):
    for seq in (1, 2, 250, ENTRIES - 1):
        with edited(editor) as connection:
            for statement in MOVES[move]:
                connection.execute(statement, {"seq": seq})
            assert found_by(editor, honest) == (True, True), seq


def test_an_entry_taken_out_is_found_though_each_other_hashes_to_what_it_says(honest, editor):
    """All later entries are numbered and hashed anew, and only name what was before them."""
    with edited(editor) as connection:
        later = [row for row in editor.entries() if row[0] > 100]
        connection.execute("DELETE FROM journal WHERE seq >= 100")
        for row in later:
            entry = dict(zip(FIELDS, row, strict=True)) | {"seq": row[0] - 1}
            entry["hash"] = entry_hash(entry)
            values = [entry[name] for name in FIELDS]
            connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        connection.execute("DELETE FROM journal_value WHERE seq >= 100")
        assert found_by(editor, honest) == (True, True)


def test_a_value_that_the_journal_kept_is_found_when_it_is_edited(editor):
    for seq in (1, 100, ENTRIES):
        with edited(editor) as connection:
            connection.execute("UPDATE journal_value SET body = body || ' ' WHERE seq = ?", (seq,))
            assert not proof.chain(connection).passed


REWRITTEN = {
    "cut at the tail": "DELETE FROM journal WHERE seq > 480",
    "an entry edited": "UPDATE journal SET at = '1999-01-01T00:00:00Z' WHERE seq = 100",
    "an entry taken out": "DELETE FROM journal WHERE seq = 100",
    "an actor changed": "UPDATE journal SET actor = 'Somebody' WHERE seq > 50",
}


@pytest.mark.parametrize("what", REWRITTEN)
def test_a_journal_cut_or_written_anew_shows_against_what_is_outside(
    record, honest, tmp_path, what
):
    """Alone it looks whole; a receipt, an older export and a panellist's journal show it."""
    path = record.copy(tmp_path)
    editor = Editor(path)
    editor.begin()
    editor.connection.execute(REWRITTEN[what])
    editor.connection.execute(
        "DELETE FROM journal_value WHERE seq NOT IN (SELECT seq FROM journal)"
    )
    editor.connection.execute("DELETE FROM undo_step WHERE seq NOT IN (SELECT seq FROM journal)")
    editor.rebuild()
    editor.keep()
    assert all(check.passed for check in Casebook.verify(path, PASSPHRASE) if check.name != "seen")
    with open_it(path) as book:
        checks = {check.name: check for check in examine(book, receipts=[record.receipt])}
        forged = json.loads(journal_export(book))
    assert list(VERIFIER["check_journal"](forged)) == []
    assert not checks["receipt"].passed
    code = "\n".join(record.receipt.lines)
    assert list(VERIFIER["check_receipt"](forged, code))
    early = json.loads(record.early)
    cut = what == "cut at the tail"
    assert bool(list(VERIFIER["check_pair"](early, forged))) is not cut  # a prefix contradicts not
    assert len(forged["entries"]) < len(early["entries"]) if cut else True


def test_a_return_rewritten_in_the_chairs_journal_shows_in_the_panellists(record):
    """The head of the panellist's journal is signed into the return: another history differs."""
    with open_it(record.panellist) as own:
        mine = json.loads(journal_export(own))
    with open_it(record.chair) as book:
        theirs = json.loads(journal_export(book))
    assert list(VERIFIER["check_pair"](mine, theirs)) == []
    forged = mine | {"entries": [[*row[:8], "0" * 64] for row in mine["entries"]]}
    assert list(VERIFIER["check_pair"](forged, theirs)) == [
        "the journal that was signed into a return is not this one"
    ]


def test_no_score_is_found_by_trying_all_of_them_against_the_exported_hashes(record, honest):
    """All points of the scale and reasons, factors, cases and members, salted by nothing known."""
    data = json.loads(honest)
    logged = {value for entry in data["entries"] for value in (entry[6], entry[8])}
    logged |= {data["digest"]["root"], *(one["digest"] for one in data["returns"])}
    with open_it(record.chair) as book:
        bodies = [
            row[0] for row in sql_of(book).execute("SELECT body FROM journal_value").fetchall()
        ]
    tried = 0
    for body in bodies:  # more than anybody outside has: the very bodies, all but the salt
        for salt in (b"", bytes(16), b"\xff" * 16):
            tried += 1
            assert hashlib.sha256(salt + body.encode()).hexdigest() not in logged
    for value in (*FRAMEWORK.values, None, "missing", "unclear"):
        for entry in data["entries"]:
            for guess in ([value], [entry[4], value], [entry[2], entry[4], value]):
                tried += 1
                for spelt in (canonical(guess), canonical([*entry[:6], value]), repr(guess)):
                    text = spelt if isinstance(spelt, bytes) else spelt.encode()
                    assert hashlib.sha256(text).hexdigest() not in logged
    print(f"\nexported hashes: {tried} guesses, 0 found")  # noqa: T201 - a figure
    assert "salt" not in data
    assert not any("comment" in key for key in data)
