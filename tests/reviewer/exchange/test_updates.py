"""Updates from the chair to a panellist, through real casebooks and real files."""

import hashlib
import json

import pytest

from reviewer.documents.worker import Worker
from reviewer.errors import InputError, ReturnError, StateError
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import reopen, seal
from reviewer.exchange.updates.apply import apply, preview, sentences
from reviewer.exchange.updates.write import allocate, outlines, write_update
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
from reviewer.records.panel import Standing
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
        book._connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()  # noqa: S608 - our tables
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
        return old, correct_document(chair, worker, old, file, "a page was missing", Quiet())


@pytest.mark.slow
def test_late_corrected_and_withdrawn_documents_arrive_and_the_work_stays(panel, tmp_path):
    chair, path = panel
    first, second = chair.cases.all()
    (tmp_path / "late.txt").write_text("A late record about the call.", encoding="utf-8")
    with Worker() as worker:
        import_documents(chair, worker, first.reference, [tmp_path / "late.txt"], Quiet())
    old, new = _correct(chair, tmp_path)
    withdrawn = chair.documents.of(second.id)[0]
    withdraw_document(chair, withdrawn, "it names a child")
    describe(chair, second, title="A better title", content_notes=("restraint",))
    added = Case(id=CaseId(new_id()), reference="C003", title="Came late")
    chair.cases.add([added])
    add_document(chair, added, 3)
    written = write_update(chair, "Bo", tmp_path)
    assert written.outline.anything
    with open_it(path) as own:
        before = work_of(own)
        looked = preview(own, written.path)
        assert work_of(own) == before
        assert own.documents.get(new.id) is None
        done = apply(own, written.path)
        assert done == looked
        assert work_of(own) == before
        assert (done.told.new_cases, done.told.new_documents) == (1, 3)
        assert (done.told.corrected, done.told.withdrawn) == (1, 1)
        assert "2 new documents, 1 corrected document, 1 withdrawn document" in sentences(done)[0]
        assert own.cases.all() == chair.cases.all()
        assert own.documents.all() == chair.documents.all()
        for document in own.documents.all():
            assert own.documents.original(document.id) == chair.documents.original(document.id)
            assert own.documents.rendition(document.id) == chair.documents.rendition(document.id)
            for number in range(1, document.page_count + 1):
                assert own.documents.page(document.id, number) == chair.documents.page(
                    document.id, number
                )
        kept = own.documents.get(old.id)
        assert (kept.state, kept.replaced_by) == (DocumentState.REPLACED, new.id)
        assert kept.reason == "a page was missing"
        assert [hit.title for hit in own.search("corrected statement")] == [old.title]
        assert [hit.document for hit in own.search("late record")] != []
        assert old.id not in {hit.document for hit in own.search("Page 1")}
        changed = own.updates.changed()
        assert set(changed) == {first.id, second.id, added.id}
        assert any("a page was missing" in line for line in changed[first.id].what)
        own.updates.seen(first.id)
        assert set(own.updates.changed()) == {second.id, added.id}
        assert all(check.passed for check in own.journal.checks())
        again = apply(own, written.path)
        assert again.already
        assert sentences(again) == ["Update 1 was applied already. Nothing changed."]


def test_a_return_after_an_update_counts_as_before(panel, tmp_path):
    chair, path = panel
    add_document(chair, _first(chair), 2)
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        apply(own, update)
    assert receive(chair, [returned(path, tmp_path, 2)])[0].standing is Standing.RECEIVED
    release(chair)
