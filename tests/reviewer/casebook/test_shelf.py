"""What of a file is not on the pages, and where it came from, are kept with the document."""

import shutil
from dataclasses import replace

import pytest

from reviewer.casebook import inspection
from reviewer.casebook.book import Casebook
from reviewer.records.cases import Document, LedgerLine, Origin, PageText, Reading, families
from reviewer.records.ids import DocumentId, new_id
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE
from tests.reviewer.exchange.panel import PASSPHRASE, make_chair

NOTES = ("One picture is not shown.", "3 words of this file are not shown: one, two, three.")
LEDGER = (
    LedgerLine(thing="pictures", held=1, shown=0, named=1),
    LedgerLine(thing="words", held=90, shown=87, named=0, missing=("one", "two", "three")),
)
ORIGIN = Origin(
    parent="",
    place=2,
    path="box 7/Réponse.msg",
    facts={"from": "a@example.org", "subject": "Réponse"},
)


@pytest.fixture
def chair(tmp_path):
    with make_chair(tmp_path, cases=1) as made:
        yield made


def document(book, **facts):
    (case,) = book.cases.all()
    return Document(
        id=DocumentId(new_id()),
        case=case.id,
        title="A file",
        media="text/plain",
        sha256=new_id().replace("-", "") * 2,
        size=3,
        page_count=1,
        **facts,
    )


def reading(**told):
    page = PageText(number=1, text="page", boxes=b"", width=595.0, height=842.0)
    return Reading(media="text/plain", pages=(page,), rendition=b"%PDF-1", **told)


def test_notes_ledger_and_origin_are_kept(chair):
    made = document(chair, origin=ORIGIN)
    chair.documents.add(made, b"abc", reading(notes=NOTES, ledger=LEDGER))
    assert chair.documents.notes(made.id) == NOTES
    assert chair.documents.ledger(made.id) == LEDGER
    assert chair.documents.get(made.id) == made
    assert all(check.passed for check in chair.journal.checks())
    chair.close()
    with Casebook.open(chair.path, PASSPHRASE) as again:
        assert again.documents.notes(made.id) == NOTES
        assert again.documents.ledger(made.id) == LEDGER
        assert again.documents.get(made.id).origin == ORIGIN


def test_a_document_that_came_by_itself_has_no_origin(chair):
    made = document(chair)
    chair.documents.add(made, b"abc", reading())
    assert chair.documents.get(made.id).origin == Origin()
    assert chair.documents.notes(made.id) == ()
    assert chair.documents.ledger(made.id) == ()


def test_what_was_attached_names_its_parent(chair):
    parent = document(chair)
    child = replace(document(chair), origin=Origin(parent=parent.id, place=1, path="a.pdf"))
    chair.documents.add_many([(parent, b"abc", reading()), (child, b"abd", reading())])
    assert [one.origin.parent for one in chair.documents.all()][-2:] == ["", parent.id]


def test_what_is_in_neither_is_lost():
    assert [line.lost for line in LEDGER] == [0, 3]
    assert LedgerLine(thing="words", held=2, shown=3, named=1).lost == 0


def test_what_was_attached_stands_below_its_parent_or_its_correction():
    def one(ident, parent="", place=0, replaced_by=""):
        return Document(
            id=DocumentId(ident),
            case="c",
            title=ident,
            media="text/plain",
            sha256=ident,
            size=1,
            page_count=1,
            replaced_by=replaced_by,
            origin=Origin(parent=parent, place=place),
        )

    documents = [
        one("mail", replaced_by="new mail"),
        one("letter"),
        one("second", "mail", 2),
        one("first", "mail", 1),
        one("within", "second", 1),
        one("lost", "of another case", 1),
        one("new mail"),
        one("round", "about"),
        one("about", "round"),
    ]
    found = [document.id for document in families(documents)]
    assert found[:4] == ["mail", "letter", "lost", "new mail"]
    assert found[4:7] == ["first", "second", "within"]
    assert found[7:] == ["round", "about"]


def test_verify_counts_documents_whose_ledger_does_not_add_up(chair):
    assert "ledger" in {check.name for check in chair.verdicts()}
    assert not inspection.ledger(chair._connection).remark
    for ledger in (LEDGER, LEDGER[:1], LEDGER):
        chair.documents.add(document(chair), b"abc", reading(ledger=ledger))
    told = inspection.ledger(chair._connection)
    assert (told.passed, told.remark) == (True, True)
    assert told.sentence.startswith(
        "2 documents hold more than can be read here (6 words), first A file of case C001."
    )


def test_notes_of_a_case_are_read_at_once(chair):
    made, bare = document(chair), document(chair)
    chair.documents.add_many([(made, b"a", reading(notes=NOTES)), (bare, b"b", reading())])
    assert chair.documents.notes_of(made.case) == {made.id: NOTES}


@pytest.mark.parametrize("kind", ["chair", "panellist", "released"])
def test_a_casebook_of_format_3_comes_over_with_nothing_told(kind, tmp_path):
    path = tmp_path / "old.casebook"
    shutil.copyfile(FOLDER / f"format-3-{kind}.casebook", path)
    with Casebook.open(path, SAMPLE_PASSPHRASE) as book:
        documents = book.documents.all()
        assert len(documents) > 2
        for one in documents:
            assert one.origin == Origin()
            assert (book.documents.notes(one.id), book.documents.ledger(one.id)) == ((), ())
        assert book.requests.all() == []
        assert book.deliveries.all() == []
        numbered = {one.bundle for one in documents}
        assert (numbered == {0}) is (kind == "panellist")
        for case in book.cases.all() if kind != "panellist" else ():
            firsts = [(one.bundle, one.page_count) for one in book.documents.of(case.id)]
            ends = [first + pages for first, pages in firsts]
            assert [first for first, _ in firsts] == [1, *ends[:-1]]
        assert all(check.passed for check in book.journal.checks())
    with Casebook.open(path, SAMPLE_PASSPHRASE) as again:
        assert again.documents.all() == documents
