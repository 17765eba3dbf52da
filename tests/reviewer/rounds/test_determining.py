"""The panel decides: what is kept, what is refused, and what puts it back on the agenda."""

import shutil

import pytest

from reviewer.errors import DamagedError, ReviewerError, StateError
from reviewer.exchange.late import open_late
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.record_requests.dealings import add_record, answer, ask
from reviewer.records.determinations import Dissent, Ruling
from reviewer.records.requests import Status
from reviewer.rounds.agenda import agenda, next_cells, open_round
from reviewer.rounds.determining import LONGEST, MOST_DISSENTS, ToDecide, determine
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from tests.books import sql_of
from tests.reviewer.exchange.panel import FRAMEWORK, issue_to, make_chair, open_it, rate_something
from tests.reviewer.exchange.test_again import first
from tests.reviewer.exchange.test_late import without, without_once

__all__ = ["first", "without", "without_once"]  # fixtures

ZERO, HIGH, GONE, BLANK = FRAMEWORK.codes[:4]


@pytest.fixture
def chair(first, tmp_path):
    """Round 1 is released: in C001 three rated ``HIGH`` 2, 3 and 4, in C002 two, 3 and 4."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    with open_it(tmp_path / "chair.casebook") as book:
        yield book


def point(value, reason="Talked over", **more):
    return ToDecide(what=Ruling.POINT, value=value, reason=reason, **more)


def do(what, reason="Talked over", **more):
    return ToDecide(what=what, reason=reason, **more)


def cell(book, reference, factor):
    summary = consolidate(gather(book), resamples=1)
    cases = [case.reference for case in summary.panel.cases]
    at = cases.index(reference), summary.panel.framework.codes.index(factor)
    return next(one for one in summary.cells if (one.case, one.factor) == at)


def test_a_decision_is_kept_with_its_reason_its_dissent_and_its_ground(chair):
    dissents = (
        Dissent(words="  I saw it, \u201cso\u201d.\r\nTwice. ", name="bo", instead="4"),
        Dissent(words="It cannot arise.", instead="not-relevant"),
    )
    made = determine(chair, "C001", HIGH, point(2, " Why \n", dissents=dissents))
    bo = chair.members.by_name("Bo")
    assert (made.what, made.value, made.halves, made.reason) == ("point", 2, 4, "Why")
    assert made.dissents[0] == Dissent(
        words="I saw it, \u201cso\u201d.\nTwice.", member=bo.id, name="Bo", instead="4"
    )
    assert (made.dissents[1].name, made.dissents[1].member) == ("", "")
    assert (made.number, made.round, made.by) == (1, 1, "Ada")
    assert made.at.endswith("Z")
    names = {chair.members.get(member).name: said for member, said in made.ground.said.items()}
    assert names == {"Bo": "2", "Cy": "3", "Di": "4"}
    (entry,) = chair.journal.tail(1)
    assert (entry.action, entry.subject) == ("determine", f"{made.case} {HIGH}")
    assert cell(chair, "C001", HIGH).kind == "determined"
    assert (made.case, HIGH) not in {(one.case, one.factor) for one in agenda(chair)}
    assert all(check.passed for check in chair.journal.checks())


def test_left_at_the_median_it_is_what_the_median_was(chair):
    made = determine(chair, "C002", HIGH, do(Ruling.MEDIAN))
    assert (made.value, made.halves) == (3.5, 7)
    assert cell(chair, "C002", HIGH).in_force == 3.5


@pytest.mark.parametrize(
    ("reference", "factor", "wanted", "words"),
    [
        ("C009", HIGH, point(3), "no case C009"),
        ("C001", "X-Y", point(3), "no factor X-Y"),
        ("C001", HIGH, point(5), "5 is no point of the scale. Its points are 0, 1, 2, 3, 4."),
        ("C001", HIGH, point(None), "is no point"),
        ("C001", HIGH, point(3, " \n"), "Give the reason"),
        ("C001", HIGH, point(3, "\u200b\u3164\u2800"), "Give the reason"),
        ("C001", HIGH, point(3, "x" * (LONGEST + 1)), "longer than 20,000"),
        ("C001", BLANK, do(Ruling.MEDIAN), "Nobody scored"),
        ("C001", HIGH, point(3, dissents=[Dissent(words="No", name="Eve")]), "Eve is no member"),
        ("C001", HIGH, point(3, dissents=[Dissent(words=" ", name="Bo")]), "own words"),
        ("C001", HIGH, point(3, dissents=[Dissent(words="No", instead="7")]), "7 is no point"),
        (
            *("C001", HIGH),
            point(3, dissents=[Dissent(words="No", name="Bo"), Dissent(words="N", name="bo")]),
            "dissents twice",
        ),
        ("C001", HIGH, point(3, dissents=[Dissent(words="No")] * (MOST_DISSENTS + 1)), "200"),
        ("C001", HIGH, do(Ruling.REOPENED), "was not determined"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_changes(
    chair, reference, factor, wanted, words
):
    before = chair.journal.head()
    with pytest.raises(ReviewerError, match=words):
        determine(chair, reference, factor, wanted)
    assert (chair.journal.head(), chair.determinations.all()) == (before, {})


def test_what_is_decided_is_reopened_with_a_reason_once_and_decided_anew(chair):
    determine(chair, "C001", HIGH, point(2))
    with pytest.raises(StateError, match="nothing came since"):
        determine(chair, "C001", HIGH, point(3))
    back = determine(chair, "C001", HIGH, do(Ruling.REOPENED, "A page was overlooked"))
    assert (back.number, back.value, back.stands) == (2, None, False)
    found = cell(chair, "C001", HIGH)
    assert (found.in_force, found.flags[-1]) == (3, "reopened")
    assert chair.journal.tail(1)[0].action == "reopen determination"
    with pytest.raises(StateError, match="reopened already"):
        determine(chair, "C001", HIGH, do(Ruling.REOPENED))
    determine(chair, "C001", HIGH, do(Ruling.NOT_ASSESSABLE))
    case = chair.cases.by_reference("C001").id
    history = chair.determinations.of(case, HIGH)
    assert [one.what for one in history] == ["point", "reopened", "not-assessable"]
    assert [one.number for one in history] == [1, 2, 3]
    assert chair.determinations.all() == {(case, HIGH): history}


def test_while_an_open_round_asks_for_a_cell_it_is_not_decided(chair):
    determine(chair, "C001", HIGH, point(2))
    determine(chair, "C001", GONE, point(2))
    determine(chair, "C001", GONE, do(Ruling.REOPENED))
    wanted = next_cells(chair)
    assert [(cell.factor, cell.flags) for cell in wanted] == [(GONE, ("reopened",))]
    open_round(chair, cells=wanted)
    before = chair.journal.head()
    for what in (Ruling.NOT_RELEVANT, Ruling.MEDIAN):
        with pytest.raises(StateError, match="Round 2 asks for C001"):
            determine(chair, "C001", GONE, do(what))
    assert chair.journal.head() == before
    assert determine(chair, "C002", HIGH, point(4)).round == 1  # no round asks for this one


def test_before_the_release_and_in_a_panellists_casebook_nothing_is_decided(tmp_path):
    with make_chair(tmp_path, cases=2) as book:
        path = issue_to(book, "Bo", tmp_path / "out", case_refs=["C001"])
        with pytest.raises(StateError, match="Round 1 has not been released"):
            determine(book, "C001", HIGH, point(3))
        with open_it(path) as own:
            with pytest.raises(StateError, match="Only the chair's"):
                determine(own, "C001", HIGH, point(3))
            rate_something(own)
            seal(own)
            receive(book, [write_return(own, tmp_path)])
        release(book)
        with pytest.raises(StateError, match="Nobody was asked"):
            determine(book, "C002", HIGH, point(3))
        assert determine(book, "C001", BLANK, point(0)).ground.said.popitem()[1] == ""


def test_a_rating_released_late_puts_it_back_with_the_old_value(without):
    chair, file = without
    made = determine(chair, "C001", HIGH, do(Ruling.MEDIAN))
    assert made.value == 2.5  # of 2 and 3
    (verdict,) = receive(chair, [file])
    open_late(chair, verdict.digest, "It came by post")
    found = cell(chair, "C001", HIGH)
    assert (found.flags, found.kind) == (("late-rating",), "open")
    assert (found.in_force, found.median, found.determined) == (2.5, 3, "median")
    again = determine(chair, "C001", HIGH, do(Ruling.MEDIAN, "It holds with the third too"))
    assert (again.number, again.value) == (2, 3)
    assert cell(chair, "C001", HIGH).kind == "determined"


def test_a_blank_that_came_late_puts_nothing_back(without):
    chair, file = without
    determine(chair, "C001", BLANK, point(0))
    (verdict,) = receive(chair, [file])
    open_late(chair, verdict.digest, "It came by post")
    assert (cell(chair, "C001", BLANK).flags, cell(chair, "C001", BLANK).kind) == (
        (),
        "determined",
    )


def test_a_record_found_late_puts_it_back_and_changes_nothing(chair):
    determine(chair, "C001", GONE, do(Ruling.NOT_ASSESSABLE))
    assert cell(chair, "C001", GONE).kind == "determined"
    case = chair.cases.by_reference("C001")
    record = add_record(chair, case, "Custody log", "Northmoor Police")
    record = ask(chair, record, on="2010-03-01", today="2010-03-02", words="By letter")
    assert cell(chair, "C001", GONE).kind == "determined"
    answer(chair, record, Status.FOUND_LATE, on="2010-04-01", today="2010-04-02")
    found = cell(chair, "C001", GONE)
    assert (found.flags, found.kind) == (("late-record",), "open")
    assert found.determined == "not-assessable"
    determine(chair, "C001", GONE, point(1))
    assert cell(chair, "C001", GONE).kind == "determined"


def test_a_cited_document_that_is_corrected_puts_it_back_and_changes_nothing(chair):
    made = determine(chair, "C001", HIGH, point(2))
    other = determine(chair, "C001", ZERO, point(0))  # nobody cites a page for it
    case = chair.cases.by_reference("C001")
    cited = chair.documents.of(case.id)[0].id
    assert (made.ground.gone, cell(chair, "C001", HIGH).kind) == (frozenset(), "determined")
    chair.documents.withdraw(cited, "It is another man's")
    found = cell(chair, "C001", HIGH)
    assert (found.flags, found.kind) == (("late-document",), "open")
    assert (found.in_force, found.determined) == (2, "point")
    assert other.number == 1
    assert cell(chair, "C001", ZERO).kind == "determined"
    chair.documents.reinstate(cited)
    assert cell(chair, "C001", HIGH).kind == "determined"  # nothing is missing any more
    chair.documents.withdraw(cited, "It is another man's after all")
    again = determine(chair, "C001", HIGH, point(3, "Without that page too"))
    assert again.ground.gone == {cited}
    assert cell(chair, "C001", HIGH).kind == "determined"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE determination SET reason = 'other'",
        "DELETE FROM determination",
        "{into} 9, 1, 'point', 6, 'so'{rest}",
        "{into} 2, 1, 'point', 6, ' '{rest}",
        "{into} 2, 1, 'point', NULL, 'so'{rest}",
        "{into} 2, 1, 'not-relevant', 6, 'so'{rest}",
        "{into} 2, 9, 'point', 6, 'so'{rest}",
        "{into} 2, 1, 'point', 5, 'so'{rest}",
        "{into} 2, 1, 'decided', NULL, 'so'{rest}",
    ],
)
def test_the_table_keeps_its_rules_by_itself(chair, statement):
    made = determine(chair, "C001", HIGH, point(2))
    into = f"INSERT INTO determination SELECT '{made.case}', '{HIGH}',"
    with pytest.raises(Exception, match=r"determination|release|FOREIGN"):
        sql_of(chair).execute(statement.format(into=into, rest=", '[]', '{}', 'now', 'Ada'"))


def test_the_table_reopens_once_and_nothing_that_an_open_round_asks_for(chair):
    made = determine(chair, "C001", HIGH, point(2))
    determine(chair, "C001", HIGH, do(Ruling.REOPENED))
    row = (
        "INSERT INTO determination"
        " VALUES ('{}', '{}', {}, 1, '{}', {}, 'so', '[]', '{{}}', '', '')"
    )
    with pytest.raises(Exception, match="nothing is determined"):
        sql_of(chair).execute(row.format(made.case, HIGH, 3, "reopened", "NULL"))
    asked = open_round(chair).cells[0]
    count = len(chair.determinations.of(asked.case, asked.factor))
    with pytest.raises(Exception, match="not released"):
        sql_of(chair).execute(row.format(asked.case, asked.factor, count + 1, "point", 4))


FORGED = (
    "INSERT INTO determination VALUES"
    " ('{}', '{}', {}, 1, '{}', {}, 'so', '{}', '{{\"came\":[],\"said\":{{}}}}', 'now', 'Ada')"
)


def forge(book, *statements):
    """Change what was determined with the table's own rules put aside, and back afterwards."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    rules = sql_of(book).execute(query, ("determination",)).fetchall()
    changes = [f"DROP TRIGGER {name}" for name, _ in rules]
    for statement in [*changes, *statements, *(text for _, text in rules)]:
        sql_of(book).execute(statement)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE determination SET halves = 8", f"C001, {HIGH}"),
        ("UPDATE determination SET dissent = '[]'", f"C001, {HIGH}"),
        ("DELETE FROM determination", f"C001, {HIGH}"),
        (FORGED.format("{case}", ZERO, 1, "point", 6, "[]"), f"C001, {ZERO}"),
    ],
)
def test_a_check_holds_them_against_the_journal(chair, statement, where):
    words = [Dissent(words="No", name="Bo")]
    made = determine(chair, "C001", HIGH, point(2, dissents=words))
    assert not [one for one in chair.verdicts() if one.name == "determinations"]
    forge(chair, statement.replace("{case}", made.case))
    told = [one for one in chair.verdicts() if one.name == "determinations"]
    assert [one.passed for one in told] == [False]
    assert f"of 1 cell is not what the journal says, first of {where}." in told[0].sentence


@pytest.mark.parametrize(
    ("factor", "what", "halves", "dissent"),
    [
        ("NOPE", "point", 6, "[]"),
        (ZERO, "point", 198, "[]"),
        (ZERO, "decided", "NULL", "[]"),
        (ZERO, "point", 6, "{not json"),
        (ZERO, "point", 6, "[7]"),
    ],
)
def test_what_is_no_determination_is_damage_and_no_figure(chair, factor, what, halves, dissent):
    case = chair.cases.by_reference("C001").id
    forge(chair, FORGED.format(case, factor, 1, what, halves, dissent))
    with pytest.raises(DamagedError, match=f"determined of {factor}"):
        gather(chair)


def test_decisions_stay_in_the_chairs_casebook(chair, tmp_path):
    determine(chair, "C002", HIGH, point(2, dissents=[Dissent(words="No", name="Bo")]))
    open_round(chair)
    with open_it(issue_to(chair, "Eve", tmp_path / "late")) as own:
        assert own.determinations.all() == {}
