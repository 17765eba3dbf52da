import os

import pytest

from reviewer.documents.outside.worker import Worker
from reviewer.errors import Cancelled, InputError, RegisterError
from reviewer.intake import (
    correct_document,
    describe,
    import_documents,
    import_register,
    move_document,
    withdraw_document,
)
from reviewer.intake.cases import correct_case
from reviewer.progress import Quiet
from reviewer.records.cases import Case, DocumentState, families
from reviewer.records.ids import CaseId, new_id
from reviewer.records.reading import ReadingPlace
from tests.data import data


def register(folder, text):
    path = folder / "cases.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_register_brings_cases_and_their_documents(book, worker, folder):
    (folder / "papers").mkdir()
    (folder / "papers" / "log.txt").write_text("Call log: restraint at 22:10")
    (folder / "A-2").mkdir()
    (folder / "A-2" / "statement.txt").write_text("Statement of the sergeant")
    (folder / "A-2" / ".hidden").write_text("not this")
    path = register(
        folder,
        "reference,title,document,kind,agency,content_note,force\n"
        "A-1,First,papers\\log.txt,call log,Kent Police,restraint,Kent\n"
        "A-2,,,,,,Surrey\n",
    )
    report = import_register(book, worker, path, Quiet())
    assert (report.cases_added, report.documents_added, report.pages_added) == (2, 2, 2)
    assert report.refused == ()
    assert report.attributes == ("force",)
    first = book.cases.by_reference("A-1")
    assert first.attributes == {"force": "Kent"}
    assert first.content_notes == ("restraint",)
    (log,) = book.documents.of(first.id)
    assert (log.title, log.file_name, log.kind) == ("log", "log.txt", "call log")
    assert (log.agency, log.content_note, log.media) == ("Kent Police", "restraint", "text/plain")
    assert book.documents.original(log.id) == b"Call log: restraint at 22:10"
    assert book.documents.shown(log.id).startswith(b"%PDF-")
    page = book.documents.page(log.id, 1)
    assert page.text == "Call log: restraint at 22:10"
    assert len(page.boxes) == 8 * len(page.text)
    assert book.search("restraint") == [], "it lies under a cover that nobody has opened"
    book.reading.put(log.id, ReadingPlace(uncovered=True))
    assert [hit.reference for hit in book.search("restraint")] == ["A-1"]


def test_the_same_register_twice_adds_nothing(book, worker, folder):
    (folder / "a.txt").write_text("one")
    path = register(folder, "reference,document\nA-1,a.txt;a.txt\n")
    first = import_register(book, worker, path, Quiet())
    assert (first.cases_added, first.documents_added, first.documents_unchanged) == (1, 1, 1)
    digest = book.journal.tail(1)
    again = import_register(book, worker, path, Quiet())
    assert (again.cases_added, again.cases_unchanged) == (0, 1)
    assert (again.documents_added, again.documents_unchanged) == (0, 2)
    assert book.journal.tail(1) == digest


def test_a_case_that_differs_is_kept_and_told_of(book, worker, folder):
    import_register(book, worker, register(folder, "reference,title\nA-1,Old\n"), Quiet())
    path = register(folder, "reference,title\nA-1,New\n")
    report = import_register(book, worker, path, Quiet())
    assert book.cases.by_reference("A-1").title == "Old"
    (one,) = report.differences
    assert (one.reference, one.what, one.here, one.register) == ("A-1", "title", "Old", "New")
    assert not report.taken


def test_a_faulty_register_changes_nothing(book, worker, folder):
    path = register(folder, "reference,document\nA-1,../x.txt\nA-2,\n")
    with pytest.raises(RegisterError):
        import_register(book, worker, path, Quiet())
    assert book.cases.all() == []


def test_what_cannot_be_read_is_reported_and_not_stored(book, worker, folder):
    (folder / "good.txt").write_text("good")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing more")
    path = register(folder, "reference,document\nA-1,bad.pdf;missing.txt;good.txt\n")
    report = import_register(book, worker, path, Quiet())
    assert [(one.case, one.file) for one in report.refused] == [
        ("A-1", "bad.pdf"),
        ("A-1", "missing.txt"),
    ]
    assert "damaged" in report.refused[0].sentence
    assert "no such file" in report.refused[1].sentence
    assert [document.title for document in book.documents.all()] == ["good"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_followed(book, worker, folder, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "A-2").symlink_to(tmp_path / "elsewhere")
    (folder / "A-3").mkdir()
    (folder / "A-3" / "inner.txt").symlink_to(tmp_path / "secret.txt")
    path = register(folder, "reference,document\nA-1,link.txt\nA-2,\nA-3,\n..,\n")
    report = import_register(book, worker, path, Quiet())
    assert book.documents.all() == []
    assert [one.file for one in report.refused] == ["link.txt", "A-3/inner.txt"]
    assert all("leaves the folder" in one.sentence for one in report.refused)


def test_a_pipe_among_the_documents_is_refused_at_once(book, worker, folder):
    os.mkfifo(folder / "pipe.txt")
    report = import_register(
        book, worker, register(folder, "reference,document\nA-1,pipe.txt\n"), Quiet()
    )
    assert report.refused[0].sentence == "This is not a file."


def test_cancelling_keeps_what_is_whole_and_the_rest_comes_next_time(book, worker, folder):
    for name in "abc":
        (folder / f"{name}.txt").write_text(name)

    class Impatient:
        def step(self, done, total, what=""):
            if done == 2:
                raise Cancelled

    path = register(folder, "reference,document\nA-1,a.txt;b.txt;c.txt\n")
    with pytest.raises(Cancelled):
        import_register(book, worker, path, Impatient())
    assert [document.title for document in book.documents.all()] == ["a", "b"]
    report = import_register(book, worker, path, Quiet())
    assert (report.documents_added, report.documents_unchanged) == (1, 2)


def test_documents_come_into_one_case(book, worker, folder, tmp_path):
    import_register(book, worker, register(folder, "reference\nA-1\n"), Quiet())
    odd = tmp_path / "Añ 2.3 \u202egpj.txt"
    odd.write_text("late record")
    report = import_documents(book, worker, "A-1", [odd, odd], Quiet())
    assert (report.documents_added, report.documents_unchanged) == (1, 1)
    (document,) = book.documents.all()
    assert document.file_name == "Añ 2.3 gpj.txt"


def test_a_document_that_comes_another_way_while_it_is_read_is_there_once(book, worker, folder):
    (folder / "a.txt").write_text("a")
    import_register(book, worker, register(folder, "reference\nA-1\n"), Quiet())

    class Meanwhile:
        """The same import, run once while a page of the document is read."""

        def __init__(self):
            self.told, self.reports = 0, []

        def step(self, done, total, what=""):
            self.told += "a.txt" in what
            if self.told == 2 and not self.reports:  # the first says only that it is next
                with Worker() as other:
                    self.reports.append(import_register(book, other, path, Quiet()))

    meanwhile = Meanwhile()
    path = register(folder, "reference,document\nA-1,a.txt\n")
    report = import_register(book, worker, path, meanwhile)
    assert meanwhile.reports[0].documents_added == 1
    assert (report.documents_added, report.documents_unchanged) == (0, 1)
    assert len(book.documents.all()) == 1


def test_a_correction_is_refused_where_the_file_came_while_it_was_read(book, worker, folder):
    import_register(book, worker, register(folder, "reference\nA-1\n"), Quiet())
    first, second = folder / "first.txt", folder / "second.txt"
    first.write_text("first")
    second.write_text("second")
    import_documents(book, worker, "A-1", [first], Quiet())
    (old,) = book.documents.all()

    class Meanwhile:
        def step(self, done, total, what=""):
            if len(book.documents.all()) == 1:
                with Worker() as other:
                    import_documents(book, other, "A-1", [second], Quiet())

    with pytest.raises(InputError, match="already"):
        correct_document(
            book, worker, old, second, reason="a page was missing", progress=Meanwhile()
        )
    assert [one.title for one in book.documents.all()] == ["first", "second"]
    assert all(one.current for one in book.documents.all())


@pytest.fixture
def corrected(book, worker, folder):
    """A correction while whose file is read something else is done to the document."""
    import_register(book, worker, register(folder, "reference\nA-1\nA-2\n"), Quiet())
    for name in ("first", "second"):
        (folder / f"{name}.txt").write_text(name)
    import_documents(book, worker, "A-1", [folder / "first.txt"], Quiet())
    (old,) = book.documents.all()

    def correct(act):
        class Meanwhile:
            done = False

            def step(self, done, total, what=""):
                if not self.done:
                    self.done = True
                    act(old)

        return correct_document(
            book, worker, old, folder / "second.txt", reason="cut", progress=Meanwhile()
        )

    return correct


def test_a_correction_is_refused_where_the_document_was_withdrawn_while_it_was_read(
    book, corrected
):
    with pytest.raises(InputError, match="withdrawn already"):
        corrected(lambda old: withdraw_document(book, old, "wrong man"))
    (old,) = book.documents.all()
    assert (old.state, old.reason) == (DocumentState.WITHDRAWN, "wrong man")


def test_a_correction_follows_what_was_moved_and_worded_anew_while_it_was_read(book, corrected):
    first, other = book.cases.all()

    def move(old):
        describe(book, first, old, title="Log", content_notes=("restraint",))
        move_document(book, old, other, reason="wrong case")

    made = corrected(move)
    assert (made.case, made.title, made.content_note) == (other.id, "Log", "restraint")
    assert book.documents.get(made.id) == made
    assert {one.case for one in book.documents.all()} == {other.id}


def test_the_correction_of_an_attachment_stays_with_what_it_was_attached_to(book, worker, folder):
    book.cases.add([Case(id=CaseId(new_id()), reference="A-1", title="")])
    (folder / "mail.eml").write_bytes(
        b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: text/plain\n\nSee the list.\n--x\nContent-Type: text/plain\n"
        b"Content-Disposition: attachment; filename=list.txt\n\none\n--x--\n"
    )
    (folder / "better.txt").write_text("one and two")
    import_documents(book, worker, "A-1", [folder / "mail.eml"], Quiet())
    mail, listed = book.documents.all()
    assert (listed.origin.parent, listed.origin.place) == (mail.id, 1)
    made = correct_document(
        book, worker, listed, folder / "better.txt", reason="a line lacked", progress=Quiet()
    )
    assert (made.origin.parent, made.origin.place) == (mail.id, 1)
    assert [one.id for one in families(book.documents.all())] == [mail.id, listed.id, made.id]


def test_documents_for_a_case_that_is_not_there(book, worker):
    with pytest.raises(InputError, match="no case Z-9"):
        import_documents(book, worker, "Z-9", [], Quiet())


@pytest.mark.slow
def test_the_real_register_goes_in_whole(book, worker):
    path = data("register", "register.csv")
    report = import_register(book, worker, path, Quiet())
    assert report.notes[0] == "Row 30 has no reference; it is called None after its document."
    assert (report.cases_added, report.documents_added, report.refused) == (55, 55, ())
    assert report.attributes == ("date_of_report", "coroner_area", "category", "recipients")
    for document in book.documents.all():
        original = book.documents.original(document.id).decode("utf-8")
        pages = [book.documents.page(document.id, n + 1) for n in range(document.page_count)]
        shown = "".join("".join(page.text for page in pages).split())
        # one report carries a bullet from a private area of Unicode; it is shown as a bullet
        wanted = "".join(original.split()).replace("\uf0b7", "•")
        assert shown == wanted, document.title
    again = import_register(book, worker, path, Quiet())
    assert (again.cases_unchanged, again.documents_unchanged) == (55, 55)


def test_a_reference_that_reads_like_one_that_is_here_is_told_and_brings_nothing(
    book, worker, folder
):
    import_register(book, worker, register(folder, "reference,title\nA-1,One\n"), Quiet())
    path = register(folder, "reference,title\na\u20111,One\nA-2,Two\n")
    with pytest.raises(RegisterError, match=r"reads like the case A-1 that is here"):
        import_register(book, worker, path, Quiet())
    assert [case.reference for case in book.cases.all()] == ["A-1"]
    case = book.cases.all()[0]
    import_register(book, worker, register(folder, "reference,title\nB-2,Two\n"), Quiet())
    with pytest.raises(InputError, match="reads like the case B-2"):
        correct_case(book, case, reference="b\u22122")
    correct_case(book, case, reference="a-1")  # of itself it may be another spelling
