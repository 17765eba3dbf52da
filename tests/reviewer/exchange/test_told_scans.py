"""Scanned pages travel with what was read and typed of them; what waits is read where it came."""

import hashlib
from dataclasses import replace

import pytest

from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.updates import told
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.records.scans import PageReading, PageState, Quality
from tests.books import document
from tests.reviewer.casebook.test_scans import READ, boxes
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it, returned, text_mark

WORDS = "seen by Nurse 0konkwo"


@pytest.fixture
def chair(tmp_path):
    with make_chair(tmp_path) as made:
        yield made


def scanned(chair):
    """Add a document of two scans to the first case: one read and corrected, one waiting."""
    made, original, reading = document(chair.cases.all()[0], pages=("", ""))
    waits = (PageReading(number=1), PageReading(number=2))
    made = replace(made, sha256=hashlib.sha256(original).hexdigest(), size=len(original))
    chair.documents.add(made, original, replace(reading, scans=waits))
    chair.scans.keep(made.id, READ, WORDS, boxes(WORDS))
    at = WORDS.index("0konkwo")
    chair.scans.correct(made.id, 1, at, at + 7, "Okonkwo")
    return made


def same(chair, own, made):
    assert own.scans.of(made.id) == chair.scans.of(made.id)
    assert own.scans.corrections(made.id) == chair.scans.corrections(made.id)
    assert own.documents.page(made.id, 1) == chair.documents.page(made.id, 1)
    assert [hit.document for hit in own.search("Okonkwo")] == [made.id]
    assert [page.number for page in own.scans.waiting()] == [2]


def test_an_issued_casebook_holds_what_was_read_and_typed(chair, tmp_path):
    made = scanned(chair)
    with open_it(issue_to(chair, "Bo", tmp_path / "out")) as own:
        same(chair, own, made)


def test_an_update_brings_them_with_a_late_document(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    made = scanned(chair)
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        apply(own, update)
        same(chair, own, made)


def test_a_mark_on_a_page_that_the_chair_never_read_is_merged(chair, tmp_path):
    """It waits there and was read here: a mark carries its words and its boxes itself."""
    made = scanned(chair)
    path = issue_to(chair, "Bo", tmp_path / "out")
    with open_it(path) as own:
        text = "He was to be roused"
        own.scans.keep(made.id, replace(READ, number=2), text, boxes(text))
        mark = replace(text_mark(own, made, "He was"), page=2)
        own.marks.put(mark, round_number=1)
    receive(chair, [returned(path, tmp_path)])
    release(chair)
    (merged,) = [one for one in chair.marks.in_case(made.case) if one.id == mark.id]
    assert merged.anchor == mark.anchor
    change = chair.scans.keep(made.id, replace(READ, number=2), "He was fed", boxes("He was fed"))
    assert change is not None
    assert chair.marks.get(mark.id) == merged  # read later, and otherwise: it does not move


def test_pages_that_an_older_update_brought_without_words_wait(chair, tmp_path, monkeypatch):
    path = issue_to(chair, "Bo", tmp_path / "out")
    made = scanned(chair)
    nothing = told.encode(told.Told())
    monkeypatch.setattr(told, "encode", lambda _told: nothing)
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        apply(own, update)
        assert [page.number for page in own.scans.waiting()] == [2]
        assert own.documents.page(made.id, 1).text.startswith(WORDS)


def test_states_and_qualities_are_words_that_stay():
    assert [one.value for one in PageState] == ["waiting", "read", "empty", "failed"]
    assert [one.value for one in Quality] == ["", "good", "check", "poor"]
