"""The whole flow over the invented inquiry, with real files."""

import json

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import at_once
from reviewer.demo.build import build
from reviewer.demo.content import panellists
from reviewer.demo.public import PASSPHRASE
from reviewer.errors import InputError
from reviewer.exchange.seal import seal
from reviewer.records.judgement import ReviewState
from reviewer.records.requests import Status
from reviewer.rounds.readiness import readiness
from reviewer.rounds.terms import count_pages
from reviewer.summary.consolidate import completeness
from reviewer.summary.gather import gather
from tests.reviewer.summary.test_oracle import hold_against

pytestmark = pytest.mark.slow


class Told:
    """Progress that remembers what it was told."""

    def __init__(self):
        self.steps = []

    def step(self, done, total, what=""):
        self.steps.append((done, total, what))


@pytest.fixture(scope="module")
def told():
    return Told()


@pytest.fixture(scope="module")
def built(tmp_path_factory, told):
    return build(tmp_path_factory.mktemp("demo") / "northmoor", progress=told)


def test_what_was_built_is_counted_and_told(built, told):
    assert (built.cases, built.members, len(built.returns)) == (55, 11, 11)
    assert 400 <= built.pages <= 900
    assert built.ratings > 10_000
    assert [done for done, _, _ in told.steps] == sorted(done for done, _, _ in told.steps)
    assert told.steps[-1][0] == told.steps[-1][1]
    said = (built.casebook.parent / "README.txt").read_text("utf-8")
    assert PASSPHRASE in said
    assert "invented" in said


def test_nothing_but_the_named_files_is_left(built):
    assert sorted(path.name for path in built.casebook.parent.iterdir()) == [
        "README.txt",
        "northmoor.casebook",
        "practice-chair.casebook",
        "practice.casebook",
        "returns",
        "summary",
    ]


def test_the_chair_has_every_rating_released_and_pages_to_read(built):
    with Casebook.open(built.casebook, built.passphrase) as book:
        about = book.about
        assert about.demonstration
        assert about.released
        raters = {m.id: m.name for m in book.members.all() if m.rates}
        assert set(raters.values()) == {who.name for who in panellists()}
        found = list(book.ratings.everyone(about.round))
        assert sum(not rating.blank for _, _, rating in found) == built.ratings
        documents = book.documents.all()
        assert {d.text_source for d in documents} == {"native", "none"}
        for document in documents:
            if document.text_source == "none":
                continue
            for number in range(1, document.page_count + 1):
                assert "INVENTED" in book.documents.page(document.id, number).text, document
        assert len(book.search("restrained face down")) >= 1


def test_every_mark_quotes_its_page_where_it_stands(built):
    with Casebook.open(built.casebook, built.passphrase) as book:
        member = next(m for m in book.members.all() if m.rates)
        marks = book.marks.of_member(member.id)
        assert len(marks) > 200
        assert {mark.anchor.kind for mark in marks} == {"text", "area"}
        for mark in marks:
            if mark.anchor.kind == "text":
                page = book.documents.page(mark.document, mark.page)
                assert page.text[mark.anchor.start : mark.anchor.end] == mark.anchor.quote
                assert 1 <= len(mark.anchor.boxes) <= 8


def test_the_summary_counts_what_the_panel_said(built):
    data = json.loads(built.summary["summary.json"].read_text("utf-8"))
    assert len(data["members"]) == 11
    assert len(data["cells"]) == 55 * 17
    assert built.summary["summary.pdf"].read_bytes().startswith(b"%PDF")


def test_every_figure_of_the_summary_is_the_oracles(built):
    """Recomputed slowly from METHOD: cells, rates, bounds, counts beside coefficients."""
    with Casebook.open(built.casebook, built.passphrase) as book:
        panel = gather(book)
    assert hold_against(panel) > 11_000
    data = json.loads(built.summary["summary.json"].read_text("utf-8"))
    lines = {line["scope"]: line["with_failing"] for line in data["agreement"]}
    rare = ("SYS-CUST", "IND-FORCE", "RES-STAFF", "COO-PATH")
    assert [lines[code] for code in rare] == [13, 13, 38, 30]


def test_the_practice_casebook_is_in_the_middle_of_the_work_and_can_be_sealed(built):
    with Casebook.open(built.practice, built.passphrase) as book:
        about = book.about
        assert (about.kind, about.sealed, about.must_change_passphrase) == ("panellist", "", False)
        reviews = book.reviews.all(about.member, about.round)
        states = [review.state for review in reviews.values()]
        assert states.count(ReviewState.DEFERRED) == 1
        assert len(states) == 15
        assert len(book.cases.all()) == 55
        assert readiness(book).unsupported == ()
        assert seal(book).counts.ratings > 150


def test_who_learns_has_words_that_are_lit_on_the_pages(built):
    with Casebook.open(built.practice, PASSPHRASE) as book:
        for one in book.terms.all():
            assert one.shown
            assert len(count_pages(at_once(book), one.terms)) > 5


def test_who_learns_has_a_chronology_of_the_first_case(built, made):
    with Casebook.open(built.practice, PASSPHRASE) as book:
        (first,) = [one for one in book.cases.all() if one.reference == made.cases[0].reference]
        assert len(book.events.of(first.id)) >= 12


def test_a_second_demonstration_is_not_written_over_the_first(built):
    with pytest.raises(InputError, match="already"):
        build(built.casebook.parent)


def test_all_but_one_key_were_compared_by_telephone(built):
    summary = json.loads(built.summary["summary.json"].read_text("utf-8"))
    assert [bool(member["key_compared"]) for member in summary["members"]] == [True] * 10 + [False]


def test_the_register_has_what_came_and_what_panellists_named_as_missing(built, made):
    with Casebook.open(built.casebook, built.passphrase) as book:
        records = book.requests.all()
        found = completeness(gather(book))
    assert len({(one.case, one.kind, one.agency, one.what) for one in records}) == len(records)
    assert {one.status for one in records} >= set(Status) - {Status.EXPECTED, Status.FOUND_LATE}
    assert all(one.documents for one in records if one.status is Status.COMPLETE)
    named = {(one.number, one.title) for one in records}
    asked = {(int(r.request[2:]), r.what) for case in made.cases for r in case.missing}
    assert asked <= named
    assert found.unmatched == ()
    assert found.whole.expected == len(records) > 400
    assert found.costs[0].ratings > 5
    assert any(cost.narrower for cost in found.factors)
