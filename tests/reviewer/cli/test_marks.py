"""One's own marks on the command line: listed, and written with one's notes into files."""

import csv
import io
import zipfile

import pypdfium2
import pytest

from reviewer.casebook.book import Casebook
from reviewer.intake import withdraw_document
from reviewer.records.cases import Box
from reviewer.records.judgement import Anchor, Rating, Reason
from tests.books import PASSPHRASE, chair_book, page_mark

QUOTE = "face down"
HOSTILE = '=HYPERLINK("http://x.example")<script>alert(1)</script>\nsecond line'


@pytest.fixture
def file(tmp_path):
    """A casebook with two cases, in the first of which three marks were made in three ways."""
    path = tmp_path / "marks.casebook"
    with chair_book(path, cases=2) as book:
        first = book.cases.all()[0]
        (one,) = book.documents.of(first.id)
        book.marks.put(page_mark(book, one, page=2, note="Sister, not mother"), round_number=1)
        words = page_mark(book, one, note=HOSTILE)
        words = _at(words, Anchor(kind="text", start=11, end=20, quote=QUOTE))
        rating = Rating(factor="USE", value=3, comment="Seven minutes", evidence=(words.id,))
        rating = _known(book, rating)
        member = book.about.member
        book.ratings.put_all(member, 1, [(first.id, rating)], marks=[words], action="attach")
        box = Box(left=0.1, top=0.1, right=0.5, bottom=0.5)
        book.marks.put(
            _at(page_mark(book, one), Anchor(kind="area", boxes=(box,))), round_number=1
        )
        book.reviews.set_text(member, first.id, 1, narrative="He was ill & nobody saw it.")
    return path


def _at(mark, anchor):
    return type(mark)(
        id=mark.id, member=mark.member, document=mark.document, page=mark.page, anchor=anchor,
        note=mark.note,
    )  # fmt: skip


def _known(book, rating):
    code = book.about.framework.codes[0]
    return Rating(
        factor=code, value=rating.value, comment=rating.comment, evidence=rating.evidence
    )


def test_marks_are_listed_with_what_they_support_and_when_they_were_made(reviewer, file):
    said = reviewer("marks", file, "--json")
    assert said.code == 0
    assert said.data["counts"] == {"marks": 3, "attached": 1, "not_attached": 2}
    kinds = [(mark["page"], mark["kind"]) for mark in said.data["marks"]]
    assert kinds == [(1, "area"), (1, "text"), (2, "page")]
    words = said.data["marks"][1]
    with Casebook.open(file, PASSPHRASE) as book:
        code = book.about.framework.codes[0]
        made = [e.at for e in book.journal.tail() if e.action == "attach"]
    assert words["factors"] == [code]
    assert words["quote"] == QUOTE
    assert words["citation"] == "Custody record p. 1, 2010-01"
    assert [words["made"]] == made
    assert all(mark["made"] for mark in said.data["marks"])
    assert {mark["standing"] for mark in said.data["marks"]} == {"current"}


def test_a_mark_that_got_another_note_was_made_when_it_was_first_made(reviewer, file):
    with Casebook.open(file, PASSPHRASE) as book:
        (mark,) = [m for m in book.marks.of_member(book.about.member) if m.page == 2]
        book.marks.put(_at(mark, mark.anchor), round_number=1)
        first = min(e.at for e in book.journal.tail() if e.subject == mark.id)
        book.marks.put(
            page_mark(book, book.documents.all()[0], note='["mark",{"id":"x"},null,'),
            round_number=1,
        )
    found = reviewer("marks", file, "--json").data["marks"]
    assert [m["made"] for m in found if m["mark"] == mark.id] == [first]
    assert all(len(m["made"]) >= 20 for m in found)


def test_people_read_a_line_a_mark_and_a_case_may_be_named(reviewer, file):
    said = reviewer("marks", file, "--case", "2010-01")
    lines = said.out.splitlines()
    assert lines[1].startswith("\u201cface down\u201d (Custody record p. 1, 2010-01)")
    assert lines[2].endswith("whole page \u00b7 not attached \u00b7 Sister, not mother")
    assert lines[3] == "3 marks: 1 attached, 2 not attached."
    assert reviewer("marks", file, "--case", "2010-02").out == "0 marks.\n"
    assert reviewer("marks", file, "--case", "2010-09").code == 2


def test_a_mark_whose_document_no_longer_stands_is_told_so(reviewer, file):
    with Casebook.open(file, PASSPHRASE) as book:
        withdraw_document(book, book.documents.all()[0], "it shows a child")
    said = reviewer("marks", file)
    assert "document withdrawn" in said.out
    assert "3 on pages that no longer stand." in said.out
    assert {m["standing"] for m in reviewer("marks", file, "--json").data["marks"]} == {
        "withdrawn"
    }


def test_they_are_written_in_four_forms_that_say_they_are_not_protected(reviewer, file, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    said = reviewer("marks", file, "--export", out, "--json")
    assert said.code == 0
    assert {path.name for path in out.iterdir()} == {
        "my-marks.pdf", "my-marks.docx", "my-marks.html", "my-marks.csv"
    }  # fmt: skip
    assert len(said.data["files"]) == 4
    forms = [_pdf(out), _docx(out), (out / "my-marks.html").read_text("utf-8")]
    for text in forms:
        for words in (QUOTE, "Sister, not mother", "Seven minutes", "Custody record p. 1"):
            assert words in text
        assert "left the protection of the casebook" in text
        assert "PANEL ONLY" in text
    assert "<script>" not in forms[2]
    assert "&lt;script&gt;" in forms[2]
    assert "He was ill &amp; nobody saw it." in forms[2]


def test_no_cell_of_the_table_is_computed(reviewer, file, tmp_path):
    assert reviewer("marks", file, "--export", tmp_path).code == 0
    text = (tmp_path / "my-marks.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["page"] for row in rows] == ["1", "1", "2"]
    assert rows[1]["note"].startswith("'=HYPERLINK")
    assert rows[1]["citation"] == "Custody record p. 1, 2010-01"


def test_what_is_there_is_replaced_only_when_that_is_asked(reviewer, file, tmp_path):
    theirs = tmp_path / "my-marks.csv"
    theirs.write_text("theirs", encoding="utf-8")
    said = reviewer("marks", file, "--export", tmp_path)
    assert said.code == 2
    assert "--replace" in said.err
    assert theirs.read_text(encoding="utf-8") == "theirs"
    assert not (tmp_path / "my-marks.pdf").exists()
    assert "left the protection" in reviewer("marks", file, "--export", tmp_path, "--replace").out
    assert theirs.read_text(encoding="utf-8") != "theirs"
    assert reviewer("marks", file, "--replace").code == 2


def test_where_there_is_nothing_or_nobody_rates_it_is_said(reviewer, tmp_path):
    path = tmp_path / "empty.casebook"
    with chair_book(path, cases=1):
        pass
    said = reviewer("marks", path, "--export", tmp_path)
    assert (said.code, said.err) == (2, "There are no marks and no notes to write yet.\n")
    nobody = tmp_path / "nobody.casebook"
    with chair_book(nobody, rates=False, cases=1):
        pass
    said = reviewer("marks", nobody)
    assert (said.code, said.err) == (
        2, "Nobody rates in this casebook, so nobody has marks of their own.\n"
    )  # fmt: skip


def test_a_case_one_is_recused_from_shows_none_of_its_marks(reviewer, file):
    with Casebook.open(file, PASSPHRASE) as book:
        first, codes = book.cases.all()[0], book.about.framework.codes
        rows = [(first.id, Rating(factor=code, reason=Reason.RECUSED)) for code in codes]
        book.ratings.put_all(book.about.member, 1, rows[1:])
    assert reviewer_counts(reviewer, file) == 3  # of one factor nothing is said yet
    with Casebook.open(file, PASSPHRASE) as book:
        book.ratings.put_all(book.about.member, 1, rows[:1])
    assert reviewer_counts(reviewer, file) == 0


def reviewer_counts(reviewer, file):
    return reviewer("marks", file, "--json").data["counts"]["marks"]


def test_a_damaged_file_is_never_given_out(tmp_path):
    from reviewer.errors import EngineError  # noqa: PLC0415 - of this test alone
    from reviewer.reports.notes.write import _check  # noqa: PLC0415 - as above

    bad = tmp_path / ".my-marks.html.1234.new"
    bad.write_bytes(b"half")
    with pytest.raises(EngineError, match="its own check"):
        _check(bad)


def _pdf(folder):
    pages = pypdfium2.PdfDocument(folder / "my-marks.pdf")
    return " ".join(" ".join(p.get_textpage().get_text_bounded().split()) for p in pages)


def _docx(folder):
    from docx import Document  # noqa: PLC0415 - a large library

    made = Document(folder / "my-marks.docx")
    head = made.sections[0].header.paragraphs[0].text
    assert zipfile.is_zipfile(folder / "my-marks.docx")
    return "\n".join([head, *(p.text for p in made.paragraphs)])
