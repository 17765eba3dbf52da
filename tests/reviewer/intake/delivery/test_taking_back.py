"""A delivery taken back goes whole: with what took the place of its files since."""

from reviewer.casebook.steps import at_once
from reviewer.documents.outside.worker import Worker
from reviewer.intake import unlock_document
from reviewer.intake.correct import correct_document
from reviewer.intake.delivery.bringing import decide, look, take_back
from reviewer.intake.delivery.sources import Folder
from reviewer.intake.delivery.staging import stage
from reviewer.progress import Quiet
from reviewer.records.cases import DocumentState
from tests.reviewer.intake.delivery.test_staging import MAIL
from tests.reviewer.intake.test_locked import locked


def test_what_was_unlocked_or_corrected_goes_back_and_comes_again(
    book, worker, delivered, tmp_path
):
    steps = at_once(book)
    pdf = locked(tmp_path / "ward.pdf", "x-ray").read_bytes()
    delivered("INV-014/ward.pdf", pdf)
    delivered("INV-021/mail.eml", MAIL)
    delivery = stage(steps, Folder(delivered.root), Quiet())
    decide(steps, delivery, {"INV-014/ward.pdf": {"closed": "yes"}})
    assert look(steps, worker, delivery, Quiet(), join=True).documents == 3
    ward, mail, log = book.documents.all()
    assert "or by reviewer unlock." in " ".join(book.documents.page(ward.id, 1).text.split())
    with Worker(passwords=("x-ray",)) as opening:
        opened = unlock_document(book, opening, ward, Quiet())
    later = tmp_path / "later.txt"
    later.write_text("The log, once more")
    corrected = correct_document(
        book, worker, log, later, reason="A page was missing", progress=Quiet()
    )
    shown = {one.id for one in book.documents.all() if one.current}
    assert shown == {opened.id, mail.id, corrected.id}

    assert take_back(steps, delivery, "Sent in error") == 3
    now = {one.id: one.state for one in book.documents.all()}
    assert {now[one] for one in shown} == {DocumentState.WITHDRAWN}
    assert {now[ward.id], now[log.id]} == {DocumentState.REPLACED}
    assert look(steps, worker, delivery, Quiet(), join=True).documents == 3
    assert {one.id for one in book.documents.all() if one.current} == shown
    assert book.documents.get(ward.id).replaced_by == opened.id


def test_what_came_with_a_mail_goes_back_where_the_mail_was_corrected(
    book, worker, delivered, tmp_path
):
    steps = at_once(book)
    delivered("INV-021/mail.eml", MAIL)
    delivery = stage(steps, Folder(delivered.root), Quiet())
    look(steps, worker, delivery, Quiet(), join=True)
    mail, log = book.documents.all()
    later = tmp_path / "mail.eml"
    later.write_bytes(MAIL.replace(b"See the log", b"See this log"))
    correct_document(book, worker, mail, later, reason="Sent anew", progress=Quiet())
    assert book.documents.get(log.id).current
    assert take_back(steps, delivery, "Sent in error") == 2
    assert not any(one.current for one in book.documents.all())
