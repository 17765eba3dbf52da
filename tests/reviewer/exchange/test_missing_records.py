"""What the register says is missing reaches who reads the case, and nothing else of it does."""

import json

import pytest

from reviewer.errors import ReturnError
from reviewer.exchange.updates import changes as inside
from reviewer.exchange.updates.apply import apply, preview
from reviewer.exchange.updates.gaps import gap_row
from reviewer.exchange.updates.outcome import sentences
from reviewer.exchange.updates.outline import outlines
from reviewer.exchange.updates.write import write_update
from reviewer.record_requests.dealings import add_record, answer, ask
from reviewer.records.canonical import canonical
from reviewer.records.requests import RequestStep, Status, What
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    add_document,
    issue_to,
    make_chair,
    open_it,
    rate_something,
)

TODAY = "2026-06-01"
SECRET = "signed by A. Person, store 4"


@pytest.fixture
def chair(tmp_path):
    with make_chair(tmp_path) as made:
        yield made


@pytest.fixture
def asked(chair):
    """Two records of the first case: one not located after a letter, one that came whole."""
    case = chair.cases.all()[0]
    log = add_record(chair, case, "Ward log", "Mental health trust")
    log = ask(chair, log, on="2026-03-02", today=TODAY, due="2026-03-23", words=SECRET)
    log = answer(chair, log, Status.NOT_LOCATED, on="2026-05-02", today=TODAY, words=SECRET)
    video = add_record(chair, case, "Video", "Police")
    came = chair.documents.of(case.id)[0]
    answer(chair, video, Status.COMPLETE, on="2026-04-01", today=TODAY, document=came)
    return log


def _told(own):
    return [(one.name, one.title, one.agency, one.status) for one in own.requests.all()]


def test_an_issued_casebook_says_what_is_missing_and_where_it_stands(chair, asked, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    with open_it(path) as own:
        (known,) = own.requests.all()
        assert _told(own) == [(asked.name, "Ward log", "Mental health trust", Status.NOT_LOCATED)]
        assert (known.requested, known.answered) == ("2026-03-02", "2026-05-02")
        assert [(s.what, s.words, s.due, s.letter) for s in known.steps] == [
            (What.REQUESTED, "", "", 0),
            (What.NOT_LOCATED, "", "", 0),
        ]
        assert not own.requests.addresses()
        assert not own.requests.words()


def test_who_reads_other_cases_is_told_nothing_of_it(chair, asked, tmp_path):
    with open_it(issue_to(chair, "Bo", tmp_path / "out", case_refs=["C002"])) as own:
        assert own.requests.all() == []


def test_an_update_tells_what_is_missing_now_and_leaves_work_alone(chair, asked, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    first, second = chair.cases.all()
    (outline,) = outlines(chair)
    assert not outline.anything
    with open_it(path) as own:
        rate_something(own)
    came = add_document(chair, first, 2)
    answer(chair, asked, Status.FOUND_LATE, on="2026-06-01", today=TODAY, document=came)
    ask(chair, add_record(chair, second, "GP record", "Surgery"), on="2026-05-20", today=TODAY)
    (outline,) = outlines(chair)
    assert (outline.gaps, outline.documents) == (2, 1)
    assert outline.told == "1 new document, 2 changes in what is missing"
    update = write_update(chair, "Bo", tmp_path).path
    (outline,) = outlines(chair)
    assert outline.told == "nothing new"
    with open_it(path) as own:
        before = own.ratings.of(own.about.member, first.id, 1)
        found = apply(own, update)
        assert found.told.gaps == 2
        assert "2 changes in what is missing" in sentences(found)[0]
        assert dict(found.told.cases) == {
            "C001": ("New document: Record of C001.", "No longer missing: Ward log."),
            "C002": ("Missing: GP record (has not come yet).",),
        }
        assert [one[1:] for one in _told(own)] == [("GP record", "Surgery", Status.REQUESTED)]
        assert own.ratings.of(own.about.member, first.id, 1) == before
        assert preview(own, update).already


def test_what_is_still_waited_for_is_told_without_a_flag_on_the_case(chair, tmp_path):
    case = chair.cases.all()[0]
    record = ask(chair, add_record(chair, case, "GP record", "Surgery"), on=TODAY, today=TODAY)
    path = issue_to(chair, "Bo", tmp_path / "out")
    answer(chair, record, Status.ACKNOWLEDGED, on=TODAY, today=TODAY, words="looking")
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        found = apply(own, update)
        assert (found.told.gaps, found.told.cases) == (1, ())
        assert [one[-1] for one in _told(own)] == [Status.ACKNOWLEDGED]
        (known,) = own.requests.all()
        answered = known.steps[-1]
    chair.requests.enter(
        [(record.id, RequestStep(what=What.REFUSED, date=TODAY, words="no right to see it"))]
    )
    later = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        assert apply(own, later).told.cases == (("C001", ("Missing: GP record (refused).",)),)
        (known,) = own.requests.all()
        assert (known.status, known.steps[-1].words) == (Status.REFUSED, "")
        assert answered not in known.steps


def _read(changes, **changed):
    data = json.loads(inside.encode(changes)) | changed
    return inside.decode(
        canonical(data), points=len(FRAMEWORK.values), factors=frozenset(FRAMEWORK.codes)
    )


def test_gaps_that_cannot_be_are_refused(chair, asked):
    changes = inside.Changes(cases=tuple(chair.cases.all()), gaps=(asked.as_readers_have_it,))
    assert _read(changes) == changes
    row = gap_row(asked.as_readers_have_it)
    other = "00000000-0000-4000-8000-000000000000"
    for faulty in (
        [row, row],
        [row, [other, *row[1:]]],  # one number twice
        [["x", *row[1:]]],
        [[row[0], other, *row[2:]]],  # of another's case
        [[*row[:2], 0, *row[3:]]],
        [[*row[:6], "received complete", *row[7:]]],
        [[*row[:6], "lost in the post", *row[7:]]],
        [[*row[:7], "2 March", row[8]]],
        [[*row[:7], "2026-02-30", row[8]]],
        [[*row[:3], "", *row[4:]]],
        [[*row[:4], "", *row[5:]]],
        [[*row[:3], "Ward\x1b[2J log", *row[4:]]],
        [[*row[:4], "Trust\u202e", *row[5:]]],
        [[*row[:5], "the log\nof the ward", *row[6:]]],
        [[*row[:6], "expected", *row[7:]]],  # asked for, and yet not
        [[*row[:7], "2026-03-02", "2026-03-01"]],  # answered before it was asked
        [[*row[:7], "", ""][:8]],
        [[*row[:3], "x" * 5_000, *row[4:]]],
        "none",
    ):
        with pytest.raises(ReturnError) as refused:
            _read(changes, gaps=faulty)
        assert refused.value.layer == "changes"


def test_an_update_of_an_older_program_says_nothing_of_what_is_missing(chair, asked):
    changes = inside.Changes(cases=tuple(chair.cases.all()), gaps=(asked.as_readers_have_it,))
    data = json.loads(inside.encode(changes)) | {"version": inside.WITHOUT_GAPS}
    del data["gaps"]
    read = inside.decode(
        canonical(data), points=len(FRAMEWORK.values), factors=frozenset(FRAMEWORK.codes)
    )
    assert read.gaps is None
