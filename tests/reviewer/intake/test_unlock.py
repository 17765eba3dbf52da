"""A PDF that came with a mail and is locked: kept, and read when its password comes later."""

import hashlib
from dataclasses import replace
from email.message import EmailMessage
from operator import attrgetter

import pytest

from reviewer.documents.media import KEPT, MEDIA
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError, LockedError
from reviewer.intake import import_documents, unlock_document
from reviewer.progress import Quiet
from reviewer.records.cases import DocumentState
from tests.books import sql_of
from tests.reviewer.documents.locking import office, zipped
from tests.reviewer.documents.test_locked_files import WORDS, word_file
from tests.reviewer.intake.test_locked import CASE, locked


def mail_with(folder, *more):
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Ward", "A. Clerk <a@example.org>"
    mail.set_content("As asked.")
    pdf = locked(folder / "ward.pdf", "x-ray").read_bytes()
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="ward.pdf")
    for name, data in more:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    path = folder / "mail.eml"
    path.write_bytes(mail.as_bytes())
    return path, pdf


@pytest.fixture
def book(book, tmp_path):
    book.cases.add([CASE])
    path, _ = mail_with(tmp_path, ("odd.bin", bytes(range(256))))
    with Worker() as worker:
        import_documents(book, worker, "C-1", [path], Quiet())
    return book


def called(book, name):
    return next(one for one in book.documents.of(CASE.id) if one.file_name == name and one.current)


def unlocked(book, document, *passwords):
    with Worker(passwords=passwords) as worker:
        return unlock_document(book, worker, document, Quiet())


def test_what_was_kept_locked_is_read_and_the_file_as_it_came_is_kept(book, tmp_path):
    old = called(book, "ward.pdf")
    assert old.media == KEPT
    old = replace(old, date="2012-03-05", kind="letter", agency="Trust", content_note="A fall")
    sql_of(book).execute(
        "UPDATE document SET date = :date, kind = :kind, agency = :agency,"
        " content_note = :content_note WHERE id = :id",
        {
            "id": old.id,
            "date": old.date,
            "kind": old.kind,
            "agency": old.agency,
            "content_note": old.content_note,
        },
    )
    came = book.documents.original(old.id)
    new = unlocked(book, old, "wrong", "x-ray")
    assert book.documents.texts(new.id) == ["Ward observations, hourly"]
    assert (new.title, new.origin.parent) == (old.title, old.origin.parent)
    stays = attrgetter("date", "kind", "agency", "content_note", "file_name")
    assert stays(new) == stays(old)
    told = book.documents.notes(new.id)
    assert [note[:50] for note in told] == ["This is the file without its password, which was g"]
    kept = book.documents.get(old.id)
    assert kept.state is DocumentState.REPLACED
    assert kept.replaced_by == new.id
    assert book.documents.original(old.id) == came
    with Worker() as worker:
        assert worker.open("shown", book.documents.original(new.id)) == 1, "no password is asked"
    words = {line.thing: line for line in book.documents.ledger(new.id)}["words"]
    assert (words.held, words.lost) == (3, 0)
    with pytest.raises(InputError, match="replaced already"):
        unlocked(book, kept, "x-ray")


@pytest.mark.parametrize("given", [(), ("wrong",)])
def test_without_the_right_password_nothing_changes(book, given):
    old = called(book, "ward.pdf")
    with pytest.raises(LockedError):
        unlocked(book, old, *given)
    assert called(book, "ward.pdf") == old


def test_what_is_shown_or_no_pdf_is_refused(book):
    with pytest.raises(InputError, match="shown already"):
        unlocked(book, called(book, "mail.eml"), "x-ray")
    with pytest.raises(Exception, match="neither a text nor a document"):
        unlocked(book, called(book, "odd.bin"), "x-ray")


def test_an_office_file_takes_its_place_without_its_password(book, tmp_path):
    came = office(word_file(), "x-ray")
    folder = tmp_path / "more"
    folder.mkdir()
    path, _ = mail_with(folder, ("notes.docx", came))
    with Worker() as worker:
        import_documents(book, worker, "C-1", [path], Quiet())
    old = called(book, "notes.docx")
    assert old.media == KEPT
    new = unlocked(book, old, "x-ray")
    assert new.media == MEDIA["docx"]
    assert book.documents.texts(new.id) == [WORDS]
    assert [note[:50] for note in book.documents.notes(new.id)] == [
        "This is the file without its password, which was g"
    ]
    plain = book.documents.original(new.id)
    assert plain.startswith(b"PK")
    assert (new.sha256, new.size) == (hashlib.sha256(plain).hexdigest(), len(plain))
    assert book.documents.shown(new.id).startswith(b"%PDF-")
    assert book.documents.original(old.id) == came


def test_an_archive_that_came_locked_says_so_and_is_read_with_its_password(book, tmp_path):
    path = tmp_path / "ward.zip"
    path.write_bytes(zipped("notes.txt", b"As was agreed.", b"x-ray", cipher="aes"))
    with Worker() as worker:
        report = import_documents(book, worker, "C-1", [path], Quiet())
    (refusal,) = report.refused
    assert refusal.locked
    with Worker(passwords=("x-ray",)) as worker:
        report = import_documents(book, worker, "C-1", [path], Quiet())
    assert (report.documents_added, report.refused) == (1, ())
