"""Large originals are kept a MiB a row, once for all cases that have them, and never whole."""

import hashlib
import random

import pytest

from reviewer.casebook.steps import at_once, by_steps, original_by, shown_by
from reviewer.errors import ReturnError, StateError
from reviewer.exchange.updates.apply import apply, preview
from reviewer.exchange.updates.write import write_update
from reviewer.records.cases import Document, PageText, Reading
from reviewer.records.ids import DocumentId, new_id
from reviewer.records.large import LARGE, PIECE, LargeFile, whole
from tests.books import sql_of
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it

DATA = b"%PDF-1.4\n" + random.Random(5).randbytes(LARGE + 7)  # noqa: S311 - noise
SHA256 = hashlib.sha256(DATA).hexdigest()
PAGE = PageText(number=1, text="The first page", boxes=b"", width=595.0, height=842.0)
READING = Reading(media="application/pdf", pages=(PAGE,))


@pytest.fixture
def chair(tmp_path):
    with make_chair(tmp_path) as book:
        yield book


def document(case, data=DATA):
    return Document(
        id=DocumentId(new_id()),
        case=case.id,
        title="Scan",
        media="application/pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        page_count=1,
    )


def put(book, *, case=0, data=DATA, given=None):
    made = document(book.cases.all()[case], data)
    book.documents.add(made, data if given is None else given, READING)
    return made


def rows(book):
    sql = "SELECT count(*), coalesce(sum(length(content)), 0) FROM file_piece"
    return sql_of(book).execute(sql).fetchone()


def verdicts(book):
    return {one.name: one for one in book.verdicts() if one.name in {"originals", "digest"}}


def test_a_large_original_is_kept_in_pieces_and_read_from_any_place(chair):
    made = put(chair)
    assert rows(chair) == (LARGE // PIECE + 1, len(DATA))
    held = sql_of(chair).execute(
        "SELECT length(original) FROM document_file WHERE document = ?", (made.id,)
    )
    assert held.fetchone() == (0,)
    for file in (
        chair.documents.original(made.id),
        chair.documents.shown(made.id),
        original_by(at_once(chair), made.id),
        shown_by(at_once(chair), made.id),
    ):
        assert isinstance(file, LargeFile)
        assert (len(file), file.sha256) == (len(DATA), SHA256)
        assert file[PIECE - 4 : PIECE + 4] == DATA[PIECE - 4 : PIECE + 4]
    assert whole(chair.documents.original(made.id)) == DATA


def test_a_small_one_is_one_row_as_before(chair):
    made = put(chair, data=DATA[:LARGE])
    assert rows(chair) == (0, 0)
    assert chair.documents.original(made.id) == DATA[:LARGE]
    assert by_steps(at_once(chair), b"as it is") == b"as it is"
    assert "originals" not in verdicts(chair)


def test_a_file_that_two_cases_have_is_here_once(chair):
    put(chair)
    before = rows(chair)
    second = put(chair, case=1)
    assert rows(chair) == before
    assert whole(chair.documents.original(second.id)) == DATA
    assert verdicts(chair)["originals"].sentence == "2 large originals are here as brought in."


def test_what_is_here_already_is_not_asked_for_again(chair):
    asked = []

    def piece(number):
        asked.append(number)
        return DATA[number * PIECE : (number + 1) * PIECE]

    chair.pieces.keep(SHA256, {number: piece(number) for number in range(3)})
    chair.pieces.keep(SHA256, {2: piece(2)})
    assert chair.pieces.missing(SHA256, len(DATA)) == list(range(3, LARGE // PIECE + 1))
    made = put(chair, given=LargeFile(len(DATA), piece))
    assert whole(chair.documents.original(made.id)) == DATA
    assert chair.pieces.missing(SHA256, len(DATA)) == []


def test_a_piece_that_was_changed_or_taken_away_is_told(chair):
    put(chair)
    connection = sql_of(chair)
    connection.execute("UPDATE file_piece SET content = zeroblob(?) WHERE number = 3", (PIECE,))
    found = verdicts(chair)
    assert not found["originals"].passed
    assert "The original of Scan of case C001 is not what was brought in" in (
        found["originals"].sentence
    )
    assert not found["digest"].passed
    connection.execute("DELETE FROM file_piece WHERE number = 3")
    assert not verdicts(chair)["originals"].passed
    with pytest.raises(StateError, match="are not here"):
        chair.pieces.piece(SHA256, 3)


def test_pieces_of_what_never_became_a_document_are_let_go(chair):
    put(chair)
    other = "f" * 64
    chair.pieces.keep(other, {0: b"cut off", 1: b"meanwhile"})
    assert chair.pieces.unused() == [other]
    told = [one for one in chair.verdicts() if one.name == "originals" and one.remark]
    assert [one.passed for one in told] == [True]
    assert told[0].sentence.startswith("1 MiB is here of a file whose import was stopped")
    assert chair.pieces.forget(other, 1)
    assert chair.pieces.forget(other, 1)
    assert not chair.pieces.forget(other, 1)
    assert not any(one.remark for one in chair.verdicts() if one.name == "originals")
    assert not chair.pieces.forget(SHA256, 1), "a document has it"
    assert rows(chair)[1] == len(DATA)
    assert verdicts(chair)["digest"].passed


def test_an_issued_casebook_has_the_pieces_of_its_own_documents_alone(chair, tmp_path):
    mine = put(chair)
    put(chair, case=1, data=DATA + b"another's")
    path = issue_to(chair, "Ben", tmp_path / "out", case_refs=["C001"])
    with open_it(path) as own:
        assert whole(own.documents.original(mine.id)) == DATA
        assert rows(own) == (LARGE // PIECE + 1, len(DATA))
        assert verdicts(own)["originals"].passed
        with pytest.raises(StateError, match="chair's"):
            own.pieces.keep("f" * 64, {0: b"no part of a panellist's work"})


def test_an_update_brings_a_large_original_and_one_that_was_changed_brings_nothing(
    chair, tmp_path
):
    path = issue_to(chair, "Ben", tmp_path / "out")
    made = put(chair)
    written = write_update(chair, "Ben", tmp_path / "out")
    wrong = put(chair, case=1, data=DATA + b"!")
    sql_of(chair).execute(
        "UPDATE file_piece SET content = zeroblob(?) WHERE number = 3 AND sha256 = ?",
        (PIECE, wrong.sha256),
    )
    false = write_update(chair, "Ben", tmp_path / "out")
    with open_it(path) as own:
        before = own.journal.head()
        assert preview(own, written.path).told
        assert (own.journal.head(), rows(own)) == (before, (0, 0))
        apply(own, written.path)
        assert whole(own.documents.original(made.id)) == DATA
        assert verdicts(own)["originals"].passed
        held = rows(own)
        with pytest.raises(ReturnError, match="is not the document that it says it is"):
            apply(own, false.path)
        assert rows(own) == held
        assert verdicts(own)["digest"].passed


def test_a_piece_that_an_update_brings_again_is_kept_once(chair, tmp_path):
    put(chair)
    path = issue_to(chair, "Ben", tmp_path / "out")
    second = put(chair, case=1)
    written = write_update(chair, "Ben", tmp_path / "out")
    with open_it(path) as own:
        held = rows(own)
        apply(own, written.path)
        assert rows(own) == held
        assert whole(own.documents.original(second.id)) == DATA


def test_a_large_file_that_is_another_is_not_kept_under_its_hash(chair):
    other = DATA[:-1] + b"?"
    assert other != DATA
    wrong = LargeFile(len(DATA), lambda number: other[number * PIECE : (number + 1) * PIECE])
    there = chair.documents.all()
    with pytest.raises(StateError, match="not what was brought in"):
        put(chair, given=wrong)
    assert rows(chair) == (0, 0)
    assert chair.documents.all() == there


@pytest.mark.parametrize("spoilt", ["zeroblob(9)", "zeroblob(length(content))"])
def test_a_document_that_comes_with_the_right_bytes_puts_right_what_was_spoilt(chair, spoilt):
    put(chair)
    sql_of(chair).execute(f"UPDATE file_piece SET content = {spoilt} WHERE number = 3")  # noqa: S608 - ours
    second = put(chair, case=1)
    assert whole(chair.documents.original(second.id)) == DATA
    assert verdicts(chair)["originals"].passed


def test_an_update_that_brings_the_right_bytes_puts_right_what_was_spoilt(chair, tmp_path):
    put(chair)
    path = issue_to(chair, "Ben", tmp_path / "out")
    put(chair, case=1)
    written = write_update(chair, "Ben", tmp_path / "out")
    with open_it(path) as own:
        spoilt = "UPDATE file_piece SET content = zeroblob(length(content)) WHERE number = 3"
        sql_of(own).execute(spoilt)
        assert not verdicts(own)["originals"].passed
        apply(own, written.path)
        assert verdicts(own)["originals"].passed
