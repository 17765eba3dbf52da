"""A file that is too large to be held comes in a MiB at a time: whole, or not at all."""

import io

import pypdfium2 as pdfium
import pytest

from reviewer.casebook.steps import at_once, shown_by
from reviewer.documents import limits
from reviewer.documents.notes import LARGE_FILE
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import refusal
from reviewer.errors import Cancelled, DocumentError, StateError
from reviewer.intake import correct_document, import_documents, import_register, large, places
from reviewer.intake.delivery.bringing import look, table_of
from reviewer.intake.delivery.glance import first_page
from reviewer.intake.delivery.sources import Folder
from reviewer.intake.delivery.staging import stage
from reviewer.intake.originals import save_original
from reviewer.progress import Quiet
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from reviewer.records.large import PIECE, LargeFile, whole
from tests.books import sql_of
from tests.reviewer.documents.test_pieces import pdf

CASE = Case(id=CaseId(new_id()), reference="C-1", title="First")
LOG = b"22:10 restrained"


def attached():
    document = pdfium.PdfDocument(pdf(11))
    document.new_attachment("log.txt").set_data(LOG)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


DATA = attached()


@pytest.fixture(autouse=True)
def small_limit(monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", PIECE)
    monkeypatch.setattr(large, "_AT_ONCE", 1)


@pytest.fixture(scope="module")
def worker():
    with Worker() as running:
        yield running


@pytest.fixture
def book(book):
    book.cases.add([CASE])
    return book


@pytest.fixture
def scan(folder):
    path = folder / "scan.pdf"
    path.write_bytes(DATA)
    return path


def bring(book, worker, path, progress=None):
    return import_documents(book, worker, "C-1", [path], progress or Quiet())


def rows(book):
    return sql_of(book).execute("SELECT count(*) FROM file_piece").fetchone()[0]


def test_a_large_pdf_is_shown_with_what_came_with_it_and_says_what_was_not_counted(
    book, worker, scan, tmp_path
):
    assert len(DATA) > 2 * PIECE
    report = bring(book, worker, scan)
    assert (report.refused, report.pages_added) == ((), 12)
    made, log = book.documents.of(CASE.id)
    assert isinstance(book.documents.original(made.id), LargeFile)
    assert whole(book.documents.original(made.id)) == DATA
    assert book.documents.original(log.id) == LOG
    notes = book.documents.notes(made.id)
    assert [note for note in notes if "counted" in note] == [LARGE_FILE], "it is said once"
    assert book.documents.ledger(made.id) == ()
    assert book.documents.rendition(made.id) == b""
    worker.open("shown", shown_by(at_once(book), made.id))
    assert worker.open_in_pieces("whole", DATA) == 11
    assert worker.render("shown", 7, 200) == worker.render("whole", 7, 200)
    assert save_original(book, made, tmp_path / "out").read_bytes() == DATA
    assert all(check.passed for check in book.verdicts())
    assert bring(book, worker, scan).documents_unchanged == 1


def test_an_original_that_is_not_what_was_brought_in_is_not_saved(book, worker, scan, tmp_path):
    bring(book, worker, scan)
    made = next(one for one in book.documents.of(CASE.id) if not one.origin.parent)
    spoilt = "UPDATE file_piece SET content = zeroblob(length(content)) WHERE number = 1"
    sql_of(book).execute(spoilt)
    with pytest.raises(StateError, match="is not what was brought in"):
        save_original(book, made, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_another_kind_that_is_as_large_is_refused_and_nothing_of_it_stays(book, worker, folder):
    path = folder / "film.mp4"
    path.write_bytes(bytes(PIECE + 1))
    (refused,) = bring(book, worker, path).refused
    assert "larger than 256 MiB, as only a PDF may be" in refused.sentence
    assert (rows(book), book.documents.all()) == (0, [])


def test_more_than_any_file_may_have_is_refused(book, worker, scan, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LARGE", len(DATA) - 1)
    (refused,) = bring(book, worker, scan).refused
    assert "larger than 2 GiB" in refused.sentence
    with pytest.raises(DocumentError, match="larger than 2 GiB"):
        worker.open_in_pieces("d", places.contents(scan))


class Stopped:
    """Stops where the bytes of a large file are kept, at its second piece."""

    def step(self, done, total, what=""):
        if total == len(DATA) // PIECE + 1 and done == 1:
            raise Cancelled


def test_what_was_stopped_goes_on_where_it_ended_and_joins_no_case_before(
    book, worker, scan, monkeypatch
):
    with pytest.raises(Cancelled):
        large.keep_large(at_once(book), places.contents(scan), Stopped(), "scan.pdf")
    assert (rows(book), book.documents.all()) == (1, [])
    asked = []
    keep = book.pieces.keep
    monkeypatch.setattr(
        book.pieces, "keep", lambda sha, pieces: asked.extend(pieces) or keep(sha, pieces)
    )
    assert bring(book, worker, scan).refused == ()
    assert asked == list(range(1, len(DATA) // PIECE + 1))
    assert whole(book.documents.original(book.documents.of(CASE.id)[0].id)) == DATA


@pytest.mark.parametrize("code", ["time", "text"])
def test_what_had_come_of_a_file_stays_where_it_is_refused_for_time_alone(
    book, worker, scan, monkeypatch, code
):
    with pytest.raises(Cancelled):
        large.keep_large(at_once(book), places.contents(scan), Stopped(), "scan.pdf")

    def refuse(*_, **__):
        raise refusal(code)

    with monkeypatch.context() as patch:
        patch.setattr("reviewer.intake.bring.read_family", refuse)
        assert len(bring(book, worker, scan).refused) == 1
    assert (rows(book), book.documents.all()) == (int(code == "time"), [])
    assert bring(book, worker, scan).refused == ()
    assert rows(book) == len(DATA) // PIECE + 1


def test_a_file_that_changes_while_it_comes_is_refused_and_its_pieces_are_let_go(
    book, worker, scan, monkeypatch
):
    monkeypatch.setattr("reviewer.records.large._KEPT", 1)
    keep = book.pieces.keep

    def change(sha256, pieces):
        scan.write_bytes(DATA[:-9] + b"otherwise")
        return keep(sha256, pieces)

    monkeypatch.setattr(book.pieces, "keep", change)
    (refused,) = bring(book, worker, scan).refused
    assert "changed while it was read" in refused.sentence
    assert (rows(book), book.documents.all()) == (0, [])


def test_a_file_that_grows_while_it_is_read_is_refused(folder, scan):
    file = places.contents(scan)
    with scan.open("ab") as out:
        out.write(b"more")
    with pytest.raises(DocumentError, match="changed while it was read"):
        file[:10]


def test_what_was_cut_off_and_never_came_again_is_let_go_by_the_next(book, worker, scan):
    book.pieces.keep("f" * 64, {0: b"cut off", 1: b"long ago"})
    assert bring(book, worker, scan).refused == ()
    assert book.pieces.unused() == []
    assert rows(book) == len(DATA) // PIECE + 1


def of_a_register(book, worker, root, note):
    (root / "register.csv").write_text("reference,title,document\nC-1,First,note.txt\n")
    import_register(book, worker, root / "register.csv", Quiet())


def of_a_delivery(book, worker, root, note):
    stage(at_once(book), Folder(root), Quiet())


def of_files_that_join(book, worker, root, note):
    steps = at_once(book)
    delivery = stage(steps, Folder(root), Quiet())
    book.pieces.keep("e" * 64, {0: b"meanwhile"})
    look(steps, worker, delivery, Quiet(), join=True)


def of_a_correction(book, worker, root, note):
    bring(book, worker, note)
    (old,) = book.documents.of(CASE.id)
    book.pieces.keep("e" * 64, {0: b"meanwhile"})
    note.write_text("A few words more")
    correct_document(book, worker, old, note, reason="more words", progress=Quiet())


ENDS = [bring, of_a_register, of_a_delivery, of_files_that_join, of_a_correction]


@pytest.mark.parametrize("end", ENDS, ids=[one.__name__ for one in ENDS])
def test_what_was_cut_off_is_let_go_at_the_end_of_anything_that_is_brought_in(
    book, worker, folder, end
):
    root = folder / "C-1"
    root.mkdir()
    note = root / "note.txt"
    note.write_text("A few words")
    book.pieces.keep("f" * 64, {0: b"cut off", 1: b"because it was the wrong one"})
    end(book, worker, *((note,) if end is bring else (root, note)))
    assert (book.pieces.unused(), rows(book)) == ([], 0)
    assert book.documents.all() or book.deliveries.all()


def test_a_piece_that_does_not_come_ends_the_process_and_not_the_document(worker, scan):
    class Gone(Exception):  # noqa: N818 - a test's own
        pass

    fails = [True]

    def piece(number):
        if fails:
            raise Gone
        return DATA[number * PIECE : (number + 1) * PIECE]

    with pytest.raises(Gone):
        worker.open_in_pieces("d", LargeFile(len(DATA), piece))
    assert worker.process_id is None
    fails.clear()
    assert worker.open_in_pieces("d", LargeFile(len(DATA), piece)) == 11


def test_a_correction_may_be_large(book, worker, scan, folder):
    first = folder / "first.txt"
    first.write_text("The first version")
    bring(book, worker, first)
    (old,) = book.documents.of(CASE.id)
    made = correct_document(book, worker, old, scan, reason="scanned anew", progress=Quiet())
    assert whole(book.documents.original(made.id)) == DATA


def told_of_originals(book):
    return [(one.passed, one.sentence) for one in book.verdicts() if one.name == "originals"]


def test_a_large_file_that_was_spoilt_while_it_waits_in_a_delivery_is_told(book, tmp_path):
    (tmp_path / "disclosure").mkdir()
    (tmp_path / "disclosure" / "scan.pdf").write_bytes(DATA)
    stage(at_once(book), Folder(tmp_path / "disclosure"), Quiet())
    spoilt = "UPDATE file_piece SET content = zeroblob(length(content)) WHERE number = 1"
    sql_of(book).execute(spoilt)
    ((passed, sentence),) = told_of_originals(book)
    assert not passed
    assert "scan.pdf, which waits in delivery 1, is not what came" in sentence
    sql_of(book).execute("DELETE FROM file_piece WHERE number = 1")
    assert not told_of_originals(book)[0][0]


def test_a_delivery_keeps_a_large_file_until_it_joins_its_case(book, worker, tmp_path):
    root = tmp_path / "disclosure"
    (root / "C-1").mkdir(parents=True)
    (root / "C-1" / "scan.pdf").write_bytes(DATA)
    (root / "C-1" / "film.mp4").write_bytes(bytes(PIECE + 1))
    steps = at_once(book)
    delivery = stage(steps, Folder(root), Quiet())
    count = len(DATA) // PIECE + 1
    assert rows(book) == count, "of the film, which may join no case, nothing is kept"
    assert book.pieces.unused() == []
    assert told_of_originals(book) == [
        (True, "1 large file that waits in a delivery is here as brought in.")
    ]
    film, scan = book.deliveries.files(delivery.id)
    assert {scan.sha256} == book.deliveries.staged()
    assert film.sha256 == ""
    assert book.deliveries.is_staged(scan.sha256)
    glance = first_page(steps, worker, delivery, "C-1/scan.pdf", Quiet(), width_px=100)
    assert glance.pages == 11
    brought = look(steps, worker, delivery, Quiet(), join=True)
    assert brought.pages == 12
    made = next(one for one in book.documents.of(CASE.id) if not one.origin.parent)
    assert whole(book.documents.original(made.id)) == DATA
    assert rows(book) == count, "its bytes were not kept twice"
    told = {row.item.path: row.item.facts.refused for row in brought.looked.table.rows}
    assert "as only a PDF may be" in told["C-1/film.mp4"]
    assert not told["C-1/scan.pdf"]
    assert told_of_originals(book) == [(True, "1 large original is here as brought in.")]
    assert table_of(steps, delivery.number).table.rows[1].item.document == made.id


SPOILT = {
    "zeroed": "UPDATE file_piece SET content = zeroblob(length(content)) WHERE number = 1",
    "cut": "UPDATE file_piece SET content = substr(content, 1, 9) WHERE number = 1",
    "missing": "DELETE FROM file_piece WHERE number = 1",
    "all gone": "DELETE FROM file_piece",
    "numbered otherwise": "UPDATE file_piece SET number = number + 100 WHERE number > 0",
    "one more": "INSERT INTO file_piece SELECT sha256, 99, content FROM file_piece LIMIT 1",
    "an empty one more": "INSERT INTO file_piece SELECT sha256, 99, x'' FROM file_piece LIMIT 1",
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_the_right_file_brought_in_again_puts_right_what_was_spoilt(
    book, scan, worker, monkeypatch, spoilt
):
    bring(book, worker, scan)
    made = next(one for one in book.documents.of(CASE.id) if not one.origin.parent)
    sql_of(book).execute(SPOILT[spoilt])
    assert not told_of_originals(book)[0][0], "a way out is named where it is not whole"
    report = bring(book, worker, scan)
    assert (report.refused, report.documents_unchanged) == ((), 1)
    assert told_of_originals(book) == [(True, "1 large original is here as brought in.")]
    assert rows(book) == len(DATA) // PIECE + 1
    assert whole(book.documents.original(made.id)) == DATA


def test_a_second_case_that_gets_the_file_puts_right_what_was_spoilt(book, worker, scan):
    bring(book, worker, scan)
    sql_of(book).execute(SPOILT["zeroed"])
    book.cases.add([Case(id=CaseId(new_id()), reference="C-2", title="Second")])
    assert import_documents(book, worker, "C-2", [scan], Quiet()).refused == ()
    assert told_of_originals(book) == [(True, "2 large originals are here as brought in.")]


def test_a_file_that_was_changed_puts_nothing_right_and_spoils_nothing(book, worker, scan):
    bring(book, worker, scan)
    made = next(one for one in book.documents.of(CASE.id) if not one.origin.parent)
    sql_of(book).execute(SPOILT["zeroed"])
    other = DATA[:-9] + b"otherwise"

    def of(data):
        return lambda number: data[number * PIECE : (number + 1) * PIECE]

    with pytest.raises(DocumentError, match="changed while it was read"):
        large.keep_large(
            at_once(book), LargeFile(len(DATA), of(other), made.sha256), Quiet(), "scan.pdf"
        )
    last = len(DATA) // PIECE
    assert book.pieces.piece(made.sha256, last) == DATA[last * PIECE :]
    asked = []

    def changes(number):
        asked.append(number)
        return of(DATA if asked.count(number) == 1 else other[::-1])(number)

    with pytest.raises(DocumentError, match="changed while it was read"):
        large.keep_large(
            at_once(book), LargeFile(len(DATA), changes, made.sha256), Quiet(), "scan.pdf"
        )
    assert book.pieces.piece(made.sha256, 1) == bytes(PIECE)
    large.mend_large(at_once(book), made.id, DATA, Quiet(), "scan.pdf")
    assert whole(book.documents.original(made.id)) == DATA
