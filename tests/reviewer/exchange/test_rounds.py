"""A second round end to end: opened, brought by updates, rated, sealed, returned and released."""

import json
import shutil

import pytest

from reviewer.crypto import envelope
from reviewer.errors import CasebookError, InputError, ReturnError, StateError
from reviewer.exchange.keyring import update_key
from reviewer.exchange.merge import receive
from reviewer.exchange.release import outstanding, release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.exchange.sheet import COLUMNS, export_sheet, import_sheet
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.outcome import sentences
from reviewer.exchange.updates.write import write_update
from reviewer.records.judgement import Rating, Reason
from reviewer.records.panel import ReturnStatus
from reviewer.records.updates import AgendaCell
from reviewer.rounds.agenda import agenda, open_round
from reviewer.rounds.allocation import raters
from reviewer.rounds.feedback import FeedbackOf
from reviewer.rounds.readiness import readiness
from reviewer.rounds.standing_ratings import own_before
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from tests.books import ledger, sql_of
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    everything,
    issue_to,
    make_chair,
    open_it,
    page_mark,
    rate_something,
)
from tests.reviewer.exchange.test_updates import work_of

APART = FRAMEWORK.codes[1]  # the factor that the three are made to disagree about
NAMES = ("Bo", "Cy", "Di")


@pytest.fixture(scope="module")
def released_once(tmp_path_factory):
    """A folder with a chair's casebook whose round 1 is released, and three panellists'."""
    folder = tmp_path_factory.mktemp("released")
    with make_chair(folder, cases=2) as chair:
        paths = {name: issue_to(chair, name, folder / "out") for name in NAMES}
        for salt, path in enumerate(paths.values()):
            _round_1(chair, path, folder, salt)
        release(chair)
    return folder, {name: path.name for name, path in paths.items()}


@pytest.fixture
def released(released_once, tmp_path):
    """Copies of these, the chair's open."""
    folder, names = released_once
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with open_it(tmp_path / "chair.casebook") as chair:
        yield chair, {name: tmp_path / "out" / file for name, file in names.items()}


def _round_1(chair, path, folder, salt):
    with open_it(path) as own:
        rate_something(own, salt)
        seal(own)
        receive(chair, [write_return(own, folder)])


def _again(book, case, value, *, comment="I read page 2 again", factor=APART):
    """Rate one cell of the agenda again, with a mark made in this round."""
    about = book.about
    mark = page_mark(book, book.documents.of(case.id)[0], 2, "round 2")
    rating = Rating(factor=factor, value=value, comment=comment, evidence=(mark.id,))
    book.ratings.put_all(about.member, about.round, [(case.id, rating)], marks=[mark])


@pytest.fixture(scope="module")
def second_once(released_once, tmp_path_factory):
    """The same with round 2 opened, and brought to all three."""
    folder = tmp_path_factory.mktemp("second")
    first, names = released_once
    shutil.copytree(first, folder, dirs_exist_ok=True)
    paths = {name: folder / "out" / file for name, file in names.items()}
    with open_it(folder / "chair.casebook") as chair:
        opened = open_round(chair)
        for name, path in paths.items():
            update = write_update(chair, name, folder)
            with open_it(path) as own:
                apply(own, update.path)
    return folder, names, opened


@pytest.fixture
def second(second_once, tmp_path):
    """Copies of these, the chair's open."""
    folder, names, opened = second_once
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with open_it(tmp_path / "chair.casebook") as chair:
        paths = {name: tmp_path / "out" / file for name, file in names.items()}
        yield chair, paths, opened


def test_the_agenda_is_what_the_results_flag(released):
    chair, _ = released
    flagged = {(item.case, item.factor) for item in consolidate(gather(chair), resamples=2).agenda}
    cases = [case.id for case in chair.cases.all()]
    cells = {
        (cases.index(cell.case), FRAMEWORK.codes.index(cell.factor)) for cell in agenda(chair)
    }
    assert cells == flagged
    assert APART in {cell.factor for cell in agenda(chair)}


def test_opening_a_round_keeps_the_results_and_their_agreement(released):
    chair, _ = released
    before = consolidate(gather(chair), resamples=5)
    opened = open_round(chair)
    assert (opened.number, chair.about.round, chair.about.results) == (2, 2, 1)
    assert not chair.about.released
    after = consolidate(gather(chair), resamples=5)
    assert after.cells == before.cells
    assert after.agreement == before.agreement
    assert after.panel.round == 1
    assert ledger(chair) == ()
    with pytest.raises(StateError, match="Round 2 has not been released"):
        open_round(chair)


def test_the_update_opens_the_round_and_leaves_the_work_as_it_is(released, tmp_path):
    chair, paths = released
    opened = open_round(chair)
    update = write_update(chair, "Bo", tmp_path)
    with open_it(paths["Bo"]) as own:
        before = work_of(own)
        done = apply(own, update.path)
        assert work_of(own) == before
        assert (done.told.round, done.told.cells) == (2, len(opened.cells))
        assert f"round 2 with {len(opened.cells)} ratings to look at again" in sentences(done)[0]
        about = own.about
        assert (about.round, about.sealed, about.released) == (2, "", "")
        assert own.rounds.released(1) == chair.rounds.released(1)
        assert own.undo() is None
        assert own.ratings.of(about.member, own.cases.all()[0].id, 2) == {}
        assert all(check.passed for check in own.journal.checks())


def test_feedback_counts_the_others_and_names_nobody(second):
    chair, paths, _ = second
    with open_it(paths["Bo"]) as own:
        cell = next(cell for cell in own.agenda.of(2) if cell.factor == APART)
        rated = own_before(own, own.about)[cell.case, APART]
        assert rated.value is not None
        assert sum(cell.feedback.points) == len(NAMES) - 1
        everyones = {
            key: rating.value
            for key, rating in everything(chair).items()
            if key[1:] == (cell.case, APART)
        }
        others = [v for key, v in everyones.items() if key[0] != own.about.member]
        counted = [n for value in others for n in [FRAMEWORK.values.index(value)]]
        assert [counted.count(place) for place in range(5)] == list(cell.feedback.points)
        assert [(page.page, page.times) for page in cell.feedback.pages] == [(1, 2)]
        dump = repr(sql_of(own).execute("SELECT * FROM agenda_cell").fetchall())
        for member in chair.members.all():
            assert member.id not in dump
            assert member.name not in dump or len(member.name) < 3


def test_an_update_of_round_2_holds_nobodys_name_words_or_marks(released, tmp_path):
    chair, paths = released
    open_round(chair)
    written = write_update(chair, "Bo", tmp_path)
    with open_it(paths["Bo"]) as own:
        plain = envelope.unlock(written.path.read_bytes(), update_key(own).secret).decode(
            "utf-8", "replace"
        )
    assert APART in plain
    for member in chair.members.all():
        if member.name != "Bo":
            assert member.id not in plain
            own = f'"chair":"{member.name}",' if member.role == "chair" else ""
            assert f'"{member.name}"' not in plain.replace(own, "", 1 if own else 0)
        for mark in chair.marks.of_member(member.id):
            assert mark.id not in plain
    for word in ("Quite clear", "to think about", "Story", "custody log", "seen"):
        assert word not in plain


def test_only_the_agenda_can_be_rated_again(second):
    _, paths, _ = second
    with open_it(paths["Bo"]) as own:
        case = own.cases.all()[0]
        with pytest.raises(StateError, match="only for the ratings on its agenda"):
            own.ratings.put(own.about.member, case.id, 2, Rating(factor="IND-JUDG", value=0))
        with pytest.raises(StateError, match="Round 1 is sealed"):
            own.ratings.put(own.about.member, case.id, 1, Rating(factor=APART, value=0))
        with pytest.raises(StateError, match="ratings only"):
            own.reviews.set_text(own.about.member, case.id, 2, narrative="New.")


def test_what_belongs_to_round_1_cannot_be_changed_by_any_way(second):
    _, paths, _ = second
    with open_it(paths["Bo"]) as own:
        mark = own.marks.of_member(own.about.member)[0]
        with pytest.raises(StateError, match="belongs to an earlier round"):
            own.marks.delete(mark.id, round_number=2)
        with pytest.raises(StateError, match="belongs to an earlier round"):
            own.marks.put(mark.__class__(**{**_fields(mark), "note": "x"}), round_number=2)
        for statement in (
            "UPDATE mark SET note = 'x'",
            "DELETE FROM mark",
            "UPDATE rating SET value = 0",
            "DELETE FROM rating",
            "UPDATE review SET narrative = ''",
            "DELETE FROM evidence",
        ):
            with pytest.raises(CasebookError, match="released"):
                sql_of(own).execute(statement)


def _fields(mark):
    return {name: getattr(mark, name) for name in mark.__slots__}


def test_a_changed_rating_needs_a_reason_and_the_same_one_needs_nothing(second):
    _, paths, _ = second
    with open_it(paths["Bo"]) as own:
        about = own.about
        first, other = own.cases.all()
        old = own_before(own, about)
        changed = 0 if old[first.id, APART].value else 1
        own.ratings.put(about.member, first.id, 2, Rating(factor=APART, value=changed))
        same = Rating(factor=APART, value=old[other.id, APART].value)
        own.ratings.put(about.member, other.id, 2, same)
        assert readiness(own).unsupported == (
            f"C001, {APART}: rated {changed}, needs a comment that says why it changed",
        )
        with pytest.raises(InputError, match=": 1 rating lacks a comment"):
            seal(own)
        _again(own, first, changed)
        own.ratings.put(
            about.member, other.id, 2, Rating(factor=APART, reason=Reason.UNCLEAR, comment="torn")
        )
        assert readiness(own).unsupported == ()
        assert seal(own).seq == 1


def test_round_2_comes_home_and_round_1_stays(second, tmp_path):
    chair, paths, _ = second
    before = everything(chair, 1)
    agreed = consolidate(gather(chair), resamples=5).agreement
    first = chair.cases.all()[0]
    for path in paths.values():
        with open_it(path) as own:
            _again(own, first, 3)
            seal(own)
            file = write_return(own, tmp_path)
        assert receive(chair, [file])[0].standing is ReturnStatus.RECEIVED
    done = release(chair)
    assert all(line.declared == line.opened == line.stored for line in done.ledger)
    assert {line.stored for line in done.ledger if line.kind == "marks"} == {3}
    assert everything(chair, 1) == before
    assert {rating.value for rating in everything(chair, 2).values()} == {3}
    panel = gather(chair)
    assert panel.round == 2
    column = FRAMEWORK.codes.index(APART)
    assert panel.votes[:, 0, column].tolist() == [3, 3, 3]
    assert panel.votes[:, 1, column].tolist() == panel.first[:, 1, column].tolist()
    summary = consolidate(panel, resamples=5)
    assert summary.agreement == agreed
    assert summary.panel.details[0, 0, column].comment == "I read page 2 again"
    assert all(check.passed for check in chair.journal.checks())
    assert all(line.stored == line.declared for line in panel.ledger)
    with open_it(paths["Bo"]) as own:
        assert len(everything(own, 1)) == len(before) / len(paths)
    opened = open_round(chair)
    assert opened.number == 3
    assert all((cell.case, cell.factor) != (first.id, APART) for cell in opened.cells)


def test_a_mark_of_round_1_may_be_cited_again(second, tmp_path):
    chair, paths, _ = second
    with open_it(paths["Bo"]) as own:
        first = own.cases.all()[0]
        old = own_before(own, own.about)[first.id, APART]
        rating = Rating(
            factor=APART, value=4, comment="worse than I thought", evidence=old.evidence
        )
        own.ratings.put(own.about.member, first.id, 2, rating)
        seal(own)
        receive(chair, [write_return(own, tmp_path)])
    release(chair, without={"Cy": "ill", "Di": "ill"})
    found = everything(chair, 2)
    assert [one.evidence for one in found.values()] == [old.evidence]
    panel = gather(chair)
    assert [member.returned for member in panel.members] == [True, True, True]


def test_a_return_that_rates_what_is_not_asked_for_is_not_opened(second, tmp_path):
    chair, paths, _ = second
    with open_it(paths["Bo"]) as own:
        case = own.cases.all()[0]
        with own._writer.change("cheat") as tx:
            told = json.dumps({"points": [0] * 5, "reasons": {}, "pages": []})
            tx.add_all("agenda_cell", [(2, case.id, "IND-JUDG", "disagreement", told)])
        own.ratings.put(own.about.member, case.id, 2, Rating(factor="IND-JUDG", value=0))
        seal(own)
        receive(chair, [write_return(own, tmp_path)])
    with pytest.raises(ReturnError, match="does not ask for") as refused:
        release(chair, without={"Cy": "ill", "Di": "ill"})
    assert refused.value.layer == "work"
    assert not chair.about.released


def test_a_return_with_a_changed_mark_of_round_1_is_not_opened(second, tmp_path):
    chair, paths, _ = second
    with open_it(paths["Bo"]) as own:
        sql_of(own).execute("DROP TRIGGER mark_of_a_round_stays_update")
        sql_of(own).execute("UPDATE mark SET note = 'changed since'")
        seal(own)
        receive(chair, [write_return(own, tmp_path)])
    with pytest.raises(ReturnError, match="changed since") as refused:
        release(chair, without={"Cy": "ill", "Di": "ill"})
    assert refused.value.layer == "work"


def test_a_return_of_round_1_is_refused_in_round_2(released, tmp_path):
    chair, paths = released
    with open_it(paths["Bo"]) as own:
        late = write_return(own, tmp_path)
    open_round(chair)
    assert receive(chair, [late])[0].standing is ReturnStatus.DUPLICATE


def test_a_sheet_of_round_2_has_the_agenda_and_nothing_else(second, tmp_path):
    _, paths, opened = second
    with open_it(paths["Bo"]) as own:
        assert export_sheet(own, tmp_path / "again.csv") == len(opened.cells)
        assert import_sheet(own, tmp_path / "again.csv").untouched == len(opened.cells)


def test_a_casebook_issued_in_round_2_begins_there(second, tmp_path):
    chair, _, opened = second
    path = issue_to(chair, "Bo", tmp_path / "again", again=True)
    with open_it(path) as own:
        assert own.about.round == 2
        assert len(own.agenda.of(2)) == len(opened.cells)
        _again(own, own.cases.all()[0], 0)
        seal(own)
        receive(chair, [write_return(own, tmp_path)])
    release(chair, without={"Cy": "ill", "Di": "ill"})
    assert len(everything(chair, 2)) == 1


def test_nobody_is_waited_for_who_has_nothing_on_the_agenda(tmp_path):
    with make_chair(tmp_path, cases=2) as chair:
        paths = [
            issue_to(chair, name, tmp_path / "out", case_refs=refs)
            for name, refs in (("Bo", ["C001"]), ("Cy", ["C001"]), ("Di", ["C002"]))
        ]
        for salt, path in enumerate(paths):
            _round_1(chair, path, tmp_path, salt)
        release(chair)
        open_round(chair)
        assert [member.name for member in raters(chair, chair.about)] == ["Bo", "Cy"]
        assert [one.member.name for one in outstanding(chair)] == ["Bo", "Cy"]


def test_the_chairs_own_round_2_is_sealed_and_counted(tmp_path):
    with make_chair(tmp_path, rates=True) as chair:
        path = issue_to(chair, "Bo", tmp_path / "out")
        _round_1(chair, path, tmp_path, 1)
        rate_something(chair, 2)
        seal(chair)
        release(chair)
        open_round(chair)
        own = next(cell for cell in chair.agenda.of(2) if cell.factor == APART)
        assert sum(own.feedback.points) == 1
        _again(chair, chair.cases.get(own.case), 0)
        update = write_update(chair, "Bo", tmp_path)
        with open_it(path) as book:
            apply(book, update.path)
            seal(book)
            receive(chair, [write_return(book, tmp_path)])
        with pytest.raises(StateError, match="the chair's own round is not sealed"):
            release(chair)
        seal(chair)
        done = release(chair)
        assert done.returns == 2
        assert all(line.declared == line.stored for line in done.ledger)


def test_where_nothing_is_on_the_agenda_there_is_no_round_to_open(tmp_path):
    """Three scored one factor alike and left the rest blank: that is not called agreement."""
    with make_chair(tmp_path, cases=1) as chair:
        with pytest.raises(StateError, match="not been released"):
            open_round(chair)
        for name in NAMES:
            path = issue_to(chair, name, tmp_path / "out")
            with open_it(path) as own:
                case = own.cases.all()[0]
                own.ratings.put(own.about.member, case.id, 1, Rating(factor=APART, value=0))
                seal(own)
                receive(chair, [write_return(own, tmp_path)])
        release(chair)
        with pytest.raises(StateError, match=r"1 too few for a class.*16 blank"):
            open_round(chair)


def test_feedback_leaves_out_pages_of_documents_that_no_longer_stand(released):
    chair, _ = released
    case = chair.cases.all()[0]
    member = chair.members.by_name("Bo").id
    cell = AgendaCell(case=case.id, factor=APART)
    assert FeedbackOf(chair, [cell], 2).of(member, [cell])[0].feedback.pages
    chair.documents.withdraw(chair.documents.of(case.id)[0].id, "names a child")
    assert not FeedbackOf(chair, [cell], 2).of(member, [cell])[0].feedback.pages


def test_a_cell_cleared_by_a_sheet_restores_round_one_and_says_so(second, tmp_path):
    _, paths, _ = second
    with open_it(paths["Bo"]) as own:
        case = own.cases.all()[0]
        first = own.ratings.of(own.about.member, case.id, 1)[APART]
        _again(own, case, 2)
        sheet = tmp_path / "emptied.csv"
        sheet.write_text(f"{','.join(COLUMNS[:7])}\nC001,{APART},,,,,\n", encoding="utf-8")
        read = import_sheet(own, sheet)
        assert read.cleared == (
            f"C001 {APART}: 2 was cleared; your rating of round 1 ({first.value}) stands again.",
        )
        assert APART not in own.ratings.of(own.about.member, case.id, 2)
        assert own.ratings.of(own.about.member, case.id, 1)[APART] == first
        assert own_before(own, own.about)[case.id, APART] == first
