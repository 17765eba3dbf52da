"""Before the release nothing in the chair's casebook or its output says how much anybody rated."""

import json

import pytest

from reviewer.exchange import keyring
from reviewer.exchange.examine import examine
from reviewer.exchange.header import BYTES, decode
from reviewer.exchange.journal import journal_export
from reviewer.exchange.layers import open_outer
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.records.judgement import Rating
from reviewer.records.panel import Counts
from reviewer.reports.slips.receipt import advice_on, write_receipt
from tests.books import ledger, sql_of
from tests.recovery.stranger import text_of
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    issue_to,
    make_chair,
    open_it,
    rate_something,
)


@pytest.fixture
def two(tmp_path):
    """A chair with two returns: Bo rated nearly nothing, Cy much."""
    with make_chair(tmp_path, cases=3) as chair:
        files = []
        for name, busy in (("Bo", False), ("Cy", True)):
            with open_it(issue_to(chair, name, tmp_path / "out")) as own:
                case = own.cases.all()[0]
                if busy:
                    rate_something(own)
                else:
                    only = Rating(factor=FRAMEWORK.codes[0], value=0)
                    own.ratings.put(own.about.member, case.id, 1, only)
                seal(own)
                files.append(write_return(own, tmp_path))
        yield chair, files


def _rows(chair):
    return list(sql_of(chair).execute("SELECT counts, header, length(sealed) FROM received"))


def test_the_two_cannot_be_told_apart(two):
    """By the table, the header or the length: age's own grease is the only thing that differs."""
    chair, files = two
    verdicts = receive(chair, files)
    assert [v.unpadded for v in verdicts] == [False, False]
    assert all("older Reviewer" not in v.sentence for v in verdicts)
    nothing = {"comments": 0, "evidence": 0, "marks": 0, "ratings": 0, "reviews": 0}
    for counts, header, _ in _rows(chair):
        assert json.loads(counts) == nothing
        assert len(header.encode()) == BYTES
        assert "counts" not in json.loads(header)
        assert decode(header.encode()).counts is None
    assert [one.counts for one in chair.returns.received(1)] == [Counts(), Counts()]
    secret = keyring.receiving_key(chair).secret
    inner = [len(open_outer(file.read_bytes(), secret).inner) for file in files]
    assert abs(inner[0] - inner[1]) < GREASE
    assert ledger(chair) == ()


GREASE = 400  # bytes; what rage adds to a head by chance


def test_no_output_before_the_release_counts_anything(two):
    chair, files = two
    receive(chair, files)
    told = journal_export(chair).decode() + " ".join(c.sentence for c in examine(chair))
    for kind in ("ratings", "comments", "evidence"):
        assert f'"{kind}' not in told.replace("\\", "")
    bodies = sql_of(chair).execute(
        "SELECT body FROM journal_value JOIN journal USING (seq) WHERE action = 'receive'"
    )
    for (body,) in bodies:
        steps = json.loads(body)["steps"]
        assert {table for table, *_ in steps} <= {"member"}


def test_the_release_says_it_and_keeps_it(two):
    chair, files = two
    receive(chair, files)
    released = release(chair)
    bo, cy = (one.counts for one in chair.returns.received(1))
    assert (bo.ratings, bo.marks) == (1, 0)
    assert cy.ratings > 3
    assert cy.marks == 3
    assert released.ledger == ledger(chair)
    assert all(line.declared == line.opened == line.stored for line in released.ledger)
    assert all(check.passed for check in examine(chair))


def test_a_panellists_receipt_is_not_to_be_given_away_before_the_release(tmp_path):
    """Its entry tells how much was done, and who does much rates high."""
    with make_chair(tmp_path, cases=1) as chair:
        said = " ".join(text_of(write_receipt(chair, tmp_path)).split())
        assert "Copy it and give it to others on the panel" in said
        assert "release" not in advice_on(chair.about)
        with open_it(issue_to(chair, "Bo", tmp_path / "out")) as own:
            said = " ".join(text_of(write_receipt(own, tmp_path / "out")).split())
            assert "keep the page to yourself until the chair has released the round" in said
            assert "Copy it and give it to others" not in said
            assert "once the chair has released the round" in advice_on(own.about)
