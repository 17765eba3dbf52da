"""Scanned pages as stored: what waits, what was read beside what stood there, what was typed."""

import struct
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError, StateError
from reviewer.records.judgement import Anchor
from reviewer.records.scans import PageReading, PageState, Quality, Scans
from tests.books import PASSPHRASE, case, chair_book, document, page_mark, sql_of

READ = PageReading(
    number=1, state=PageState.READ, quality=Quality.GOOD, sure=94, engine="Tesseract 5.5", at="t"
)


def boxes(text, first=1):
    return b"".join(
        struct.pack("<4H", n, n, n + 1, n + 1) for n in range(first, first + len(text))
    )


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "chair.casebook") as made:
        yield made


def scanned(book, pages=("", ""), waiting=(1, 2)):
    """Add a document whose pages ``waiting`` are scans; return it."""
    inquiry_case = case(f"2010-{len(book.cases.all())}")
    book.cases.add([inquiry_case])
    made, original, reading = document(inquiry_case, pages=pages)
    waits = tuple(PageReading(number=number) for number in waiting)
    book.documents.add(made, original, replace(reading, scans=waits))
    return made


def test_a_scan_waits_is_read_and_is_found_by_its_words(book):
    made = scanned(book)
    assert [page.number for page in book.scans.waiting()] == [1, 2]
    assert book.search("roused") == []
    text = "He was to be roused"
    change = book.scans.keep(made.id, READ, text, boxes(text))
    assert change.documents == {made.id}
    assert [hit.page for hit in book.search("roused")] == [1]
    assert book.documents.page(made.id, 1).boxes == boxes(text)
    assert book.scans.of(made.id)[1] == READ
    assert [page.number for page in book.scans.waiting()] == [2]
    assert book.scans.counts()[made.id] == Scans(pages=2, native=0, waiting=1, good=1)


def test_words_come_behind_what_stood_on_the_page_so_that_no_mark_moves(book):
    made = scanned(book, pages=("Page 3 of 9",), waiting=(1,))
    held = book.documents.page(made.id, 1).boxes
    book.scans.keep(made.id, READ, "was roused", boxes("was roused"))
    page = book.documents.page(made.id, 1)
    assert page.text == "Page 3 of 9\nwas roused"
    assert page.boxes == held + bytes(8) + boxes("was roused")


def test_a_page_is_read_once(book):
    made = scanned(book)
    book.scans.keep(made.id, READ, "once", boxes("once"))
    assert book.scans.keep(made.id, READ, "twice", boxes("twice")) is None
    assert book.documents.page(made.id, 1).text == "once"
    other = scanned(book, pages=("native",), waiting=())
    assert book.scans.keep(other.id, READ, "no", boxes("no")) is None
    assert book.documents.page(other.id, 1).text == "native"


def test_what_was_read_is_there_when_it_is_opened_again_and_the_file_is_sound(book, tmp_path):
    made = scanned(book)
    book.scans.keep(made.id, READ, "roused", boxes("roused"))
    book.close()
    checks = Casebook.verify(tmp_path / "chair.casebook", PASSPHRASE)
    assert all(check.passed for check in checks), checks
    with Casebook.open(tmp_path / "chair.casebook", PASSPHRASE) as again:
        assert again.documents.page(made.id, 1).text == "roused"
        assert [page.number for page in again.scans.waiting()] == [2]
        assert [hit.page for hit in again.search("roused")] == [1]


def test_of_what_was_withdrawn_nothing_waits(book):
    made = scanned(book)
    book.documents.withdraw(made.id, "sent in error")
    assert book.scans.waiting() == []
    assert book.scans.counts() == {}


def test_a_page_without_words_and_one_that_failed_are_told_apart(book):
    made = scanned(book)
    book.scans.keep(
        made.id, replace(READ, state=PageState.EMPTY, quality=Quality.UNKNOWN), "", b""
    )
    failed = PageReading(number=2, state=PageState.FAILED, reason="It took too long.")
    book.scans.keep(made.id, failed, "", b"")
    assert book.scans.counts()[made.id] == Scans(pages=2, empty=1, failed=1)
    assert book.scans.waiting() == []
    assert book.scans.wait_again(made.id) is not None
    assert book.scans.wait_again(made.id) is None
    assert [page.number for page in book.scans.waiting()] == [2]


@pytest.fixture
def read(book):
    made = scanned(book, pages=("",), waiting=(1,))
    text = "seen by Nurse 0konkwo at O3:42"
    book.scans.keep(made.id, READ, text, boxes(text))
    return made


def words(book, made):
    return book.documents.page(made.id, 1).text


def test_a_typed_word_stands_beside_the_misread_one_and_both_are_found(book, read):
    before = words(book, read)
    start = before.index("0konkwo")
    book.scans.correct(read.id, 1, start, start + 7, " Okonkwo ")
    assert words(book, read) == f"{before}\nOkonkwo"
    assert [hit.page for hit in book.search("Okonkwo")] == [1]
    assert [hit.page for hit in book.search("0konkwo")] == [1]
    kept = book.scans.corrections(read.id)[0]
    assert (kept.misread, kept.typed, kept.start) == ("0konkwo", "Okonkwo", start)
    page = book.documents.page(read.id, 1)
    there = page.boxes[8 * kept.place : 8 * (kept.place + 7)]
    first, last = boxes(before)[8 * start :][:8], boxes(before)[8 * (start + 6) :][:8]
    assert there == (first[:4] + last[4:]) * 7  # where the misread word stands


def test_typed_anew_taken_back_and_one_of_several(book, read):
    before = words(book, read)
    name, time = before.index("0konkwo"), before.index("O3:42")
    book.scans.correct(read.id, 1, name, name + 7, "Okonko")
    book.scans.correct(read.id, 1, time, time + 5, "03:42")
    book.scans.correct(read.id, 1, name, name + 7, "Okonkwo")
    later = words(book, read)
    assert [hit.page for hit in book.search("Okonkwo 03:42")] == [1]
    assert book.search("Okonko") == []
    assert later.index("03:42") == len(before) + 1 + len("Okonko") + 1  # it has not moved
    book.scans.correct(read.id, 1, name, name + 7, "")
    book.scans.correct(read.id, 1, time, time + 5, "")
    assert words(book, read).rstrip() == before
    assert book.scans.corrections(read.id) == []


def test_a_typed_word_is_a_step_that_is_taken_back_and_done_again(book, read):
    before, boxes_before = words(book, read), book.documents.page(read.id, 1).boxes
    name = before.index("0konkwo")
    book.scans.correct(read.id, 1, name, name + 7, "Okonko")
    book.scans.correct(read.id, 1, name, name + 7, "Okonkwo")
    typed = words(book, read)
    step = book.steps.newest()[0]
    assert (
        step.words == "typed word \u201cOkonkwo\u201d for \u201c0konkwo\u201d, Custody record p.1"
    )
    assert (step.where.document, step.where.page) == (read.id, 1)
    change = book.undo()
    assert change.documents == {read.id}
    assert "page" in change.tables
    assert [one.typed for one in book.scans.corrections(read.id)] == ["Okonko"]
    assert [hit.page for hit in book.search("Okonko")] == [1]
    book.undo()
    assert words(book, read) == before
    assert book.documents.page(read.id, 1).boxes == boxes_before
    assert book.scans.corrections(read.id) == []
    assert book.search("Okonko") == []
    book.redo()
    book.redo()
    assert words(book, read) == typed
    assert [hit.page for hit in book.search("Okonkwo")] == [1]
    book.scans.correct(read.id, 1, name, name + 7, "")
    assert (
        book.steps.newest()[0].words
        == "typed word \u201cOkonkwo\u201d taken out, Custody record p.1"
    )
    book.undo()
    assert words(book, read) == typed


def test_one_of_several_typed_words_is_taken_back_in_its_place(book, read):
    before = words(book, read)
    name, time = before.index("0konkwo"), before.index("O3:42")
    book.scans.correct(read.id, 1, name, name + 7, "Okonkwo")
    first = book.steps.newest()[0].seq
    book.scans.correct(read.id, 1, time, time + 5, "03:42")
    both = book.documents.page(read.id, 1)
    book.undo(first)
    assert book.search("Okonkwo") == []
    assert words(book, read).index("03:42") == both.text.index("03:42")  # it has not moved
    book.redo(first)
    assert book.documents.page(read.id, 1) == both


def test_nothing_that_was_typed_later_is_typed_over(book, read):
    before = words(book, read)
    name, time = before.index("0konkwo"), before.index("O3:42")
    book.scans.correct(read.id, 1, name, name + 7, "Okonkwo")
    book.scans.correct(read.id, 1, name, name + 7, "")
    gone = book.steps.newest()[0].seq
    book.scans.correct(read.id, 1, time, time + 5, "03:42")
    held = book.documents.page(read.id, 1)
    with pytest.raises(StateError, match="what was typed later"):
        book.undo(gone)
    assert book.documents.page(read.id, 1) == held
    assert [one.typed for one in book.scans.corrections(read.id)] == ["03:42"]


def marked(book, made, text):
    page = words(book, made)
    start = page.index(text)
    anchor = Anchor(kind="text", start=start, end=start + len(text), quote=text)
    mark = replace(page_mark(book, made), anchor=anchor)
    book.marks.put(mark, round_number=1)
    return anchor


@pytest.mark.parametrize("again", [False, True])
def test_no_other_word_ever_comes_under_a_mark(book, read, again):
    before = words(book, read)
    name, time = before.index("0konkwo"), before.index("O3:42")
    book.scans.correct(read.id, 1, name, name + 7, "Okonkwo")
    typed = book.steps.newest()[0].seq
    anchor = marked(book, read, "Okonkwo")
    if again:
        book.scans.correct(read.id, 1, name, name + 7, "")
    else:
        book.undo(typed)
    assert book.search("Okonkwo") == []
    taken = book.steps.newest()[0].seq
    book.scans.correct(read.id, 1, time, time + 5, "03:42")
    page = words(book, read)
    assert page.endswith("03:42")
    assert page[anchor.start : anchor.end] == " " * 7
    if again:
        book.undo(taken)
        page = words(book, read)
        assert page[anchor.start : anchor.end] == "Okonkwo"


def test_what_was_typed_before_does_not_come_under_a_mark_on_what_was_typed_anew(book, read):
    name = words(book, read).index("0konkwo")
    book.scans.correct(read.id, 1, name, name + 7, "Okonko")
    book.scans.correct(read.id, 1, name, name + 7, "Okonkwo")
    anew = book.steps.newest()[0].seq
    marked(book, read, "Okonkwo")
    held = book.documents.page(read.id, 1)
    with pytest.raises(StateError, match="a mark lies on what was typed"):
        book.undo(anew)
    assert book.documents.page(read.id, 1) == held
    book.undo()
    book.undo()
    assert words(book, read).endswith("Okonko")


def test_a_page_that_still_waits_is_not_corrected(book):
    made = scanned(book, pages=("Page 3 of 9",), waiting=(1,))
    with pytest.raises(StateError, match="read from a scan"):
        book.scans.correct(made.id, 1, 0, 4, "Leaf")


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 3), (3, 99), (99, 120)])
def test_only_words_of_the_page_are_corrected(book, read, start, end):
    with pytest.raises(InputError, match="Choose the words"):
        book.scans.correct(read.id, 1, start, end, "x")


def test_what_was_typed_cannot_itself_be_corrected_and_native_text_neither(book, read):
    before = words(book, read)
    book.scans.correct(read.id, 1, 0, 4, "SEEN")
    with pytest.raises(InputError):
        book.scans.correct(read.id, 1, len(before) + 1, len(before) + 3, "x")
    native = scanned(book, pages=("native",), waiting=())
    with pytest.raises(StateError, match="read from a scan"):
        book.scans.correct(native.id, 1, 0, 3, "x")
    with pytest.raises(InputError, match="in parts"):
        book.scans.correct(read.id, 1, 0, 4, "x" * 5000)


def test_the_journal_says_that_a_page_was_read_and_not_what_it_says(book):
    made = scanned(book)
    book.scans.keep(made.id, READ, "roused", boxes("roused"))
    bodies = [row[0] for row in sql_of(book).execute("SELECT body FROM journal_value")]
    actions = [row[0] for row in sql_of(book).execute("SELECT action FROM journal")]
    assert actions[-1] == "read scan"
    assert not any("roused" in body for body in bodies)
