"""Updates from the chair to a panellist, through real casebooks and real files."""

import hashlib
import json
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto import envelope
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError, ReturnError, StateError
from reviewer.exchange.keyring import update_key
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import reopen, seal
from reviewer.exchange.updates.apply import apply, preview
from reviewer.exchange.updates.outcome import sentences
from reviewer.exchange.updates.outline import outlines
from reviewer.exchange.updates.write import allocate, write_update
from reviewer.intake import (
    correct_document,
    describe,
    find_document,
    import_documents,
    reinstate_document,
    withdraw_document,
)
from reviewer.progress import Quiet
from reviewer.records.cases import Case, DocumentState
from reviewer.records.ids import CaseId, new_id
from reviewer.records.panel import ReturnStatus
from tests.books import sql_of
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE
from tests.reviewer.exchange.panel import (
    add_document,
    issue_to,
    make_chair,
    open_it,
    rate_something,
    returned,
)

WORK = ("review", "rating", "evidence", "mark", "sealed_return", "reading")


def work_of(book):
    """A digest of every row that the panellist has made."""
    rows = [
        sql_of(book).execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()  # noqa: S608 - our tables
        for table in WORK
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.fixture
def panel(tmp_path):
    """A chair, and the casebook issued to Bo, who has rated every case."""
    with make_chair(tmp_path) as chair:
        path = issue_to(chair, "Bo", tmp_path / "out")
        with open_it(path) as own:
            rate_something(own)
        yield chair, path


def _first(book):
    return book.cases.all()[0]


def _correct(chair, folder, text="The corrected statement."):
    file = folder / "corrected.txt"
    file.write_text(text, encoding="utf-8")
    old = chair.documents.of(_first(chair).id)[0]
    with Worker() as worker:
        return old, correct_document(
            chair, worker, old, file, reason="a page was missing", progress=Quiet()
        )


@pytest.fixture
def everything_new(panel, tmp_path):
    """An update with a late record, a correction, a withdrawal, a new title and a new case."""
    chair, path = panel
    first, second = chair.cases.all()
    (tmp_path / "late.txt").write_text("A late record about the call.", encoding="utf-8")
    with Worker() as worker:
        import_documents(chair, worker, first.reference, [tmp_path / "late.txt"], Quiet())
    old, new = _correct(chair, tmp_path)
    withdraw_document(chair, chair.documents.of(second.id)[0], "it names a child")
    describe(chair, second, title="A better title", content_notes=("restraint",))
    added = Case(id=CaseId(new_id()), reference="C003", title="Came late")
    chair.cases.add([added])
    add_document(chair, added, 3)
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        yield chair, own, update, old, new


@pytest.mark.slow
def test_looking_at_an_update_tells_all_and_changes_nothing(everything_new):
    _, own, update, _, new = everything_new
    head = own.journal.head()
    looked = preview(own, update)
    assert own.journal.head() == head
    assert own.documents.get(new.id) is None
    assert looked == apply(own, update)
    assert (
        "1 new case, 2 new documents, 1 corrected document, 1 withdrawn document"
        in (sentences(looked)[0])
    )
    assert "Your 6 ratings and 2 marks stay as they are." in sentences(looked)
    fresh = sentences(replace(looked, ratings=0, marks=0))
    assert "You have not rated or marked anything yet, so nothing of yours changes." in fresh


@pytest.mark.slow
def test_what_was_changed_arrives_whole_and_the_work_stays(everything_new):
    chair, own, update, old, new = everything_new
    before = work_of(own)
    apply(own, update)
    assert work_of(own) == before
    assert own.cases.all() == chair.cases.all()
    assert own.documents.all() == chair.documents.all()
    for one in own.documents.all():
        assert own.documents.original(one.id) == chair.documents.original(one.id)
        assert own.documents.rendition(one.id) == chair.documents.rendition(one.id)
        for n in range(1, one.page_count + 1):
            assert own.documents.page(one.id, n) == chair.documents.page(one.id, n)
    kept = own.documents.get(old.id)
    assert (kept.state, kept.replaced_by) == (DocumentState.REPLACED, new.id)
    assert kept.reason == "a page was missing"
    marks = own.marks.of_case(own.about.member, old.case)
    assert [one.document for one in marks].count(old.id) == 1
    assert all(check.passed for check in own.journal.checks())


@pytest.mark.slow
def test_search_finds_what_stands_and_nothing_else(everything_new):
    _, own, update, old, _ = everything_new
    assert old.id in {hit.document for hit in own.search("Page 1")}
    apply(own, update)
    assert [hit.title for hit in own.search("corrected statement")] == [old.title]
    assert old.id not in {hit.document for hit in own.search("Page 1")}


@pytest.mark.slow
def test_changed_cases_are_flagged_until_they_are_opened(everything_new):
    chair, own, update, _, _ = everything_new
    apply(own, update)
    first, second, added = chair.cases.all()
    changed = own.updates.changed()
    assert set(changed) == {first.id, second.id, added.id}
    assert any("a page was missing" in line for line in changed[first.id].what)
    own.updates.seen(first.id)
    assert set(own.updates.changed()) == {second.id, added.id}


@pytest.mark.slow
def test_applying_again_changes_nothing(everything_new):
    _, own, update, _, _ = everything_new
    apply(own, update)
    head = own.journal.head()
    again = apply(own, update)
    assert again.already
    assert sentences(again) == ["Update 1 was applied already. Nothing changed."]
    assert own.journal.head() == head


def test_a_return_after_an_update_counts_as_before(panel, tmp_path):
    chair, path = panel
    add_document(chair, _first(chair), 2)
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        apply(own, update)
    assert receive(chair, [returned(path, tmp_path, 2)])[0].standing is ReturnStatus.RECEIVED
    release(chair)


def test_writing_it_again_without_change_is_the_same_update(panel, tmp_path):
    chair, path = panel
    first = write_update(chair, "Bo", tmp_path)
    head = chair.journal.head()
    again = write_update(chair, "bo", tmp_path)
    assert chair.journal.head() == head
    assert (again.digest, again.repeated, again.path) == (first.digest, True, first.path)
    describe(chair, _first(chair), title="Worded anew")
    later = write_update(chair, "Bo", tmp_path)
    assert (later.seq, later.repeated) == (2, False)
    with open_it(path) as own:
        assert not apply(own, first.path).already
        assert apply(own, again.path).already
        assert apply(own, later.path).told.worded == 1


def test_a_replayed_and_a_rolled_back_update_change_nothing(panel, tmp_path):
    chair, path = panel
    first = write_update(chair, "Bo", tmp_path).path
    describe(chair, _first(chair), title="Worded anew")
    second = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        apply(own, second)
        assert apply(own, second).already
        assert apply(own, first).older
        assert apply(own, first).already
        assert own.cases.all() == chair.cases.all()


def test_the_newest_update_brings_what_those_before_it_held(panel, tmp_path):
    chair, path = panel
    add_document(chair, _first(chair), 2)
    write_update(chair, "Bo", tmp_path)
    _, new = _correct(chair, tmp_path)
    latest = write_update(chair, "Bo", tmp_path)
    with open_it(path) as own:
        done = apply(own, latest.path)
        assert done.missing == (1,)
        assert "Update 1 never arrived; this one brings what it held." in sentences(done)
        assert own.documents.all() == chair.documents.all()
        assert own.documents.get(new.id) is not None


def test_two_updates_of_one_number_are_a_fork_and_refused(panel, tmp_path):
    """As when the chair's casebook was restored from a backup and went on."""
    chair, path = panel
    saved = chair.path.read_bytes()
    add_document(chair, _first(chair), 2)
    one = write_update(chair, "Bo", tmp_path).path
    chair.close()
    chair.path.write_bytes(saved)
    with open_it(chair.path) as restored, open_it(path) as own:
        describe(restored, _first(restored), title="Another thing")
        other = write_update(restored, "Bo", tmp_path).path
        add_document(restored, _first(restored), 1)
        next_other = write_update(restored, "Bo", tmp_path).path
        apply(own, one)
        for forked in (other, next_other):
            with pytest.raises(ReturnError, match="Two copies") as refused:
                apply(own, forked)
            assert refused.value.layer == "fork"


def test_an_update_for_somebody_else_or_another_casebook_is_refused(panel, tmp_path):
    chair, path = panel
    issue_to(chair, "Cy", tmp_path / "out")
    update = write_update(chair, "Cy", tmp_path).path
    issue_to(chair, "Bo", tmp_path / "again", again=True)
    replaced = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        for wrong in (update, replaced):
            with pytest.raises(ReturnError) as refused:
                apply(own, wrong)
            assert refused.value.layer == "recipient"


def test_a_sealed_round_stays_sealed_and_says_what_was_asked(panel, tmp_path):
    chair, path = panel
    with open_it(path) as own:
        seal(own)
        sealed = own.about.sealed
        add_document(chair, _first(chair), 2)
        update = write_update(chair, "Bo", tmp_path, ask="a late record in C001").path
        done = apply(own, update)
        assert own.about.sealed == sealed
        assert done.sealed
        assert "The chair asks you to look again: a late record in C001" in sentences(done)
        assert own.updates.applied()[0].ask == "a late record in C001"
        reopen(own, "a late record")
        assert seal(own).seq == 2


def test_only_those_cases_are_brought_that_are_allocated(tmp_path):
    with make_chair(tmp_path, cases=3) as chair:
        path = issue_to(chair, "Bo", tmp_path / "out", case_refs=["C001"])
        add_document(chair, chair.cases.by_reference("C003"), 2)
        with open_it(path) as own:
            apply(own, write_update(chair, "Bo", tmp_path).path)
            assert [case.reference for case in own.cases.all()] == ["C001"]
            with pytest.raises(InputError, match="no case C009"):
                allocate(chair, "Bo", ["C009"])
            allocate(chair, "Bo", ["C003"])
            apply(own, write_update(chair, "Bo", tmp_path).path)
            assert [case.reference for case in own.cases.all()] == ["C001", "C003"]
            assert len(own.documents.all()) == 3
            rate_something(own)
            seal(own)


def test_a_withdrawn_document_can_be_shown_again(panel, tmp_path):
    chair, path = panel
    document = chair.documents.of(_first(chair).id)[0]
    withdraw_document(chair, document, "by mistake")
    with open_it(path) as own:
        apply(own, write_update(chair, "Bo", tmp_path).path)
        assert not own.documents.get(document.id).current
        reinstate_document(chair, find_document(chair, _first(chair), document.title))
        apply(own, write_update(chair, "Bo", tmp_path).path)
        assert own.documents.get(document.id).current


def test_a_correction_of_a_correction_names_the_last(panel, tmp_path):
    chair, path = panel
    old, _ = _correct(chair, tmp_path)
    middle = next(one for one in chair.documents.of(_first(chair).id) if one.current)
    (tmp_path / "last.txt").write_text("The last word.", encoding="utf-8")
    with Worker() as worker:
        last = correct_document(
            chair, worker, middle, tmp_path / "last.txt", reason="a typing error", progress=Quiet()
        )
    with open_it(path) as own:
        apply(own, write_update(chair, "Bo", tmp_path).path)
        assert own.documents.get(old.id).replaced_by == last.id
        assert own.documents.get(middle.id) is None


@pytest.fixture
def older(tmp_path):
    """Copies of a chair's and of a panellist's casebook of format 1."""
    for kind in ("chair", "panellist"):
        name = f"format-1-{kind}.casebook"
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return tmp_path / "format-1-chair.casebook", tmp_path / "format-1-panellist.casebook"


def test_a_casebook_issued_before_there_were_updates_is_told_so(older, tmp_path):
    chair_file, own_file = older
    with Casebook.open(chair_file, SAMPLE_PASSPHRASE) as chair:
        told = [one for one in outlines(chair) if not one.why_not]
        assert told == []
        name = outlines(chair)[0].member.name
        with pytest.raises(StateError, match="before there were updates"):
            write_update(chair, name, tmp_path)
    with (
        Casebook.open(own_file, SAMPLE_PASSPHRASE) as own,
        pytest.raises(StateError, match="Ask the chair to issue another"),
    ):
        preview(own, tmp_path / "any.update")


def test_only_the_chairs_casebook_writes_and_only_an_issued_one_applies(panel, tmp_path):
    chair, path = panel
    with open_it(path) as own:
        for act in (lambda: outlines(own), lambda: write_update(own, "Bo", tmp_path)):
            with pytest.raises(StateError, match="Only the chair"):
                act()
    with pytest.raises(StateError, match="panellist's casebook"):
        apply(chair, tmp_path / "any.update")


def test_an_update_names_nobody_and_holds_nobody_elses_work(panel, tmp_path):
    chair, path = panel
    issue_to(chair, "Cy Canary", tmp_path / "out")
    add_document(chair, _first(chair), 2)
    written = write_update(chair, "Bo", tmp_path)
    assert "bo" not in written.path.name.lower().removesuffix(".update")
    with open_it(path) as own:
        plain = envelope.unlock(written.path.read_bytes(), update_key(own).secret)
    assert b"Canary" not in plain
    assert json.loads(chair.updates.sent(chair.members.pack(written.member.id))[0].header)


def test_a_power_cut_while_applying_leaves_all_or_nothing(panel, tmp_path):
    """The last check fails: the file changed between the two times it is read."""
    chair, path = panel
    add_document(chair, _first(chair), 2)
    written = write_update(chair, "Bo", tmp_path)
    with open_it(path) as own:
        before = own.documents.all()
        head = own.journal.head()
        whole = written.path.read_bytes()
        cut = _CutAfter(written.path, whole)
        with pytest.raises(ReturnError):
            apply(own, written.path, progress=cut)
        assert (own.documents.all(), own.journal.head()) == (before, head)
        assert own.updates.applied() == []
        written.path.write_bytes(whole)
        assert not apply(own, written.path).already


class _CutAfter:
    """Progress that cuts the file short once it has been verified, as a stick that is pulled."""

    def __init__(self, path, whole):
        self._path, self._whole, self._steps = path, whole, 0

    def step(self, done, total, what=""):
        self._steps += 1
        if self._steps == 1:
            self._path.write_bytes(self._whole[:-20])


def test_a_file_that_becomes_another_while_it_is_read_is_refused(panel, tmp_path):
    """Both are honest; what is applied must be what was looked at."""
    chair, path = panel
    add_document(chair, _first(chair), 2)
    first = write_update(chair, "Bo", tmp_path).path
    describe(chair, _first(chair), title="Worded anew")
    second = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        swap = _CutAfter(first, second.read_bytes() + bytes(20))
        with pytest.raises(ReturnError, match="changed while it was read") as refused:
            apply(own, first, progress=swap)
        assert refused.value.layer == "file"
        assert own.updates.applied() == []
