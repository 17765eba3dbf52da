"""A PDF that opens only with a password: asked for, and kept so that it is read without one."""

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents.outside.worker import Worker
from reviewer.intake import import_documents
from reviewer.progress import Quiet
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from tests.reviewer.documents.both import Both

CASE = Case(id=CaseId(new_id()), reference="C-1", title="First")


def locked(path, password, *, strength=128):
    lock = StandardEncryption(password, ownerPassword="owner", strength=strength)
    canvas = Canvas(str(path), encrypt=lock, invariant=1)
    canvas.drawString(72, 700, "Ward observations, hourly")
    canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def book(book):
    book.cases.add([CASE])
    return book


def brought(book, path, *passwords):
    with Both(passwords=passwords) as worker:
        return import_documents(book, worker, "C-1", [path], Quiet())


@pytest.mark.parametrize("strength", [40, 128])
def test_a_locked_pdf_is_read_with_its_password_and_kept_as_it_came(book, tmp_path, strength):
    path = locked(tmp_path / "ward.pdf", "x-ray", strength=strength)
    report = brought(book, path, "wrong", "x-ray")
    assert report.refused == ()
    (made,) = book.documents.of(CASE.id)
    assert book.documents.original(made.id) == path.read_bytes()
    assert book.documents.texts(made.id) == ["Ward observations, hourly"]
    with Worker() as worker:
        assert worker.open("shown", book.documents.shown(made.id)) == 1, "no password is asked"
    assert "opens only with a password" in book.documents.notes(made.id)[0]
    words = {line.thing: line for line in book.documents.ledger(made.id)}["words"]
    assert (words.held, words.shown, words.lost) == (3, 3, 0)


@pytest.mark.parametrize(
    ("given", "said"),
    [((), "Import it again and give the password"), (("wrong",), "None of the passwords")],
)
def test_without_the_right_password_it_is_refused_and_said_to_be_locked(
    book, tmp_path, given, said
):
    report = brought(book, locked(tmp_path / "ward.pdf", "x-ray"), *given)
    (refusal,) = report.refused
    assert refusal.locked
    assert said in refusal.sentence
    assert book.documents.of(CASE.id) == []


def test_what_opens_without_is_not_kept_twice(book, tmp_path):
    path = tmp_path / "open.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "open")
    canvas.save()
    brought(book, path, "x-ray")
    (made,) = book.documents.of(CASE.id)
    assert book.documents.rendition(made.id) == b""
