"""What is told of a document beside its pages reaches every panellist, whichever way it goes."""

import hashlib
from dataclasses import replace

import pytest

from reviewer.exchange.updates import told
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.intake.move import move_document
from reviewer.records.cases import Document, LedgerLine, Origin, PageText, Reading
from reviewer.records.ids import DocumentId, new_id
from reviewer.records.scans import Correction, PageReading, PageState, Quality
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it

NOTES = ("One picture is not shown.", "2 words of this file are not shown: one, two.")
LEDGER = (
    LedgerLine(thing="pictures", held=1, shown=0, named=1),
    LedgerLine(thing="words", held=90, shown=88, named=0, missing=("one", "two")),
)

SCANS = (PageReading(number=1, state=PageState.READ, quality=Quality.CHECK, sure=83, turn=90),)
TYPED = Correction(
    document=DocumentId(""), page=1, start=0, end=1, misread="p", typed="P", place=5, at="2026"
)


@pytest.fixture
def chair(tmp_path):
    with make_chair(tmp_path) as made:
        yield made


def family(chair, case):
    """Add a mail with what was attached to it; returns both."""
    page = PageText(number=1, text="page", boxes=b"", width=595.0, height=842.0)
    made = []
    for place in (0, 1):
        parent = made[0].id if place else ""
        origin = Origin(parent=parent, place=place, path="a.msg", facts={"from": "a@example.org"})
        one = Document(
            id=DocumentId(new_id()),
            case=case.id,
            title=f"File {place}",
            media="text/plain",
            sha256=hashlib.sha256(_bytes(place)).hexdigest(),
            size=len(_bytes(place)),
            page_count=1,
            origin=origin,
        )
        made.append(one)
    chair.documents.add_many(
        [
            (
                one,
                _bytes(at),
                Reading(
                    media="text/plain",
                    pages=(page,),
                    notes=NOTES,
                    ledger=LEDGER,
                    scans=SCANS,
                    corrections=(replace(TYPED, document=one.id),),
                ),
            )
            for at, one in enumerate(made)
        ]
    )
    return made


def _bytes(place):
    return f"file {place}".encode()


def arrived(own, made):
    """Whether all of it is there as the chair has it."""
    return all(
        own.documents.get(one.id).origin == one.origin
        and own.documents.notes(one.id) == NOTES
        and own.documents.ledger(one.id) == LEDGER
        and tuple(own.scans.of(one.id).values()) == SCANS
        and own.scans.corrections(one.id) == [replace(TYPED, document=one.id)]
        for one in made
    )


def test_an_issued_casebook_holds_notes_ledger_and_origin(chair, tmp_path):
    made = family(chair, chair.cases.all()[0])
    with open_it(issue_to(chair, "Bo", tmp_path / "out")) as own:
        assert arrived(own, made)


def test_an_update_brings_them_with_a_late_document(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    made = family(chair, chair.cases.all()[0])
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        apply(own, update)
        assert arrived(own, made)


def test_they_go_with_a_document_that_is_moved(chair):
    first, second = chair.cases.all()
    made = family(chair, first)
    move_document(chair, made[0], second, reason="wrong case")
    assert {chair.documents.get(one.id).case for one in made} == {second.id}
    assert arrived(chair, made)


def test_notes_beyond_what_an_update_carries_are_counted_and_it_is_taken():
    """Nobody's update may be refused for having honestly too much to tell."""
    for notes in (["x" * 9_000], ["\u00e9\u4e2d" * 1_999] * 400, ["short"] * 5_000):
        encoded = told.encode(told.Told(notes=notes, ledger=LEDGER))
        sent, ledger, *_ = told.decode(encoded, DocumentId("d"), layer="bodies")
        assert ledger == LEDGER
        assert all(len(note) <= told.MAX_NOTE for note in sent)
        left = len(notes) - len(sent) + 1
        if len(sent) < len(notes):
            assert sent[-1] == f"{left:,} more notes stand in the chair's casebook."


def test_a_casebook_that_was_issued_before_pages_were_numbered_gets_the_numbers(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    family(chair, chair.cases.all()[0])
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        with own._writer.change("migrate") as tx:  # as one that came over from format 3
            for one in own.documents.all():
                tx.remove("bundle_number", {"of_case": one.case, "document": one.id})
        assert {one.bundle for one in own.documents.all()} == {0}
        apply(own, update)
        numbers = {one.id: one.bundle for one in own.documents.all()}
        assert numbers == {one.id: one.bundle for one in chair.documents.all()}
        assert all(check.passed for check in own.journal.checks())


def test_what_was_put_below_another_stands_there_for_everybody(chair, tmp_path):
    case = chair.cases.all()[0]
    mail, child = family(chair, case)
    path = issue_to(chair, "Bo", tmp_path / "out")
    (record,) = (one for one in chair.documents.of(case.id) if one.title == "Record of C001")
    chair.documents.put_below([child.id], record.id)
    update = write_update(chair, "Bo", tmp_path).path
    with open_it(path) as own:
        assert own.documents.get(child.id).origin.parent == mail.id
        apply(own, update)
        assert own.documents.get(child.id) == chair.documents.get(child.id)
        assert own.documents.get(child.id).origin.parent == record.id
        assert all(check.passed for check in own.journal.checks())
