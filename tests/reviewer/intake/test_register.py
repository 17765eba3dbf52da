import codecs
import io
import time

import openpyxl
import pytest

from reviewer.errors import InputError, RegisterError
from reviewer.intake.register import read_register


def written(folder, data, name="cases.csv"):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PLAIN = "reference,title,force\r\nA-1,Müller,Surrey\r\nA-2,,Kent\r\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.encode("cp1252"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace("\r\n", "\r").encode(),
        PLAIN.replace("\r\n", "\n").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("reference", " Reference ").encode(),
    ],
)
def test_a_register_reads_the_same_however_it_was_saved(folder, worker, data):
    register = read_register(written(folder, data), worker)
    assert [(row.reference, row.title) for row in register.rows] == [
        ("A-1", "Müller"),
        ("A-2", "A-2"),
    ]
    assert register.attributes == ("force",)
    assert register.rows[1].attributes == {"force": "Kent"}


def test_a_guessed_encoding_is_said(folder, worker):
    register = read_register(written(folder, PLAIN.encode("cp1252")), worker)
    assert "Windows-1252" in register.notes[0]


def test_every_known_column_is_understood(folder, worker):
    data = (
        "reference,document,kind,agency,content_note,note\n"
        'A-1, a.pdf ; b\\c.txt ;,statement,Kent Police,death; restraint,"two\nlines"\n'
    )
    (row,) = read_register(written(folder, data), worker).rows
    assert row.documents == ("a.pdf", "b\\c.txt")
    assert (row.kind, row.agency) == ("statement", "Kent Police")
    assert row.content_notes == ("death", "restraint")
    assert row.attributes == {"note": "two\nlines"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_a_formula_stays_the_text_it_is(folder, worker, start):
    cell = f"{start}HYPERLINK(1)"
    (row,) = read_register(written(folder, f'reference,x\nA-1,"{cell}"\n'), worker).rows
    assert row.attributes == {"x": cell.strip()}


def test_a_spreadsheet_reads_like_a_csv_and_computes_nothing(folder, worker):
    data = sheet(["reference", "title", "n"], ["A-1", "T", 7.0], [], ["A-2"])
    register = read_register(written(folder, data, "cases.xlsx"), worker)
    assert [row.reference for row in register.rows] == ["A-1", "A-2"]
    assert register.rows[0].attributes == {"n": "7"}
    assert register.rows[1].number == 4


def test_every_fault_is_listed_at_once(folder, worker):
    data = ("reference,title,title\nA-1,x,\n,lost,\nA-1,again,\nA-2,a,b,c\n").replace(
        "title,title", "title,document"
    )
    data += "A-3,x,../../etc/passwd\nA-4,x,C:\\secret.doc\nA-5,x,/etc/passwd\nA-6,x,nul\n"
    with pytest.raises(RegisterError) as caught:
        read_register(written(folder, data), worker)
    faults = caught.value.details
    assert [fault[:6] for fault in faults] == [
        "Row 5 ",
        "Row 3 ",
        "Row 4 ",
        "Row 6:",
        "Row 7:",
        "Row 8:",
        "Row 9:",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"  \n \n", "is empty"),
        (b"reference,title\n", "no cases below"),
        (b"name,title\nA,B\n", "no column"),
        (b"reference,Force,force\nA,B,C\n", "Two columns"),
        (b"reference,title\nA,caf\x81\n", "could not be made out"),
        (b"reference\nA\n\x00\x01", "could not be made out"),
        (b'reference,title\nA,"never closed\nB,C\n', "quotation mark"),
        (b"reference,title\n,lost\n", "Row 2 has no reference"),
        (b"reference\nA\nA\n", "Row 3 has the reference A of row 2"),
        (b"reference,x\nA," + b"y" * 70_000 + b"\n", "65,536"),
        (b"reference" + b",c" * 250 + b"\nA\n", "200 columns"),
        (b"PK\x03\x04 not really a spreadsheet", "could not be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "could not be read"),
    ],
)
def test_a_register_that_cannot_be_used_says_why(folder, worker, data, words):
    with pytest.raises(RegisterError) as caught:
        read_register(written(folder, data), worker)
    assert words in " ".join([str(caught.value), *caught.value.details])


def test_a_register_of_100_000_rows_is_refused(folder, worker):
    data = "reference\n" + "".join(f"R{n}\n" for n in range(100_000))
    with pytest.raises(RegisterError, match="20,000 rows"):
        read_register(written(folder, data), worker)


def test_a_register_of_20_000_rows_is_taken(folder, worker):
    data = "reference\n" + "".join(f"R{n}\n" for n in range(20_000))
    assert len(read_register(written(folder, data), worker).rows) == 20_000


def test_a_spreadsheet_with_too_many_rows_is_refused(folder, worker):
    data = sheet(["reference"], *([f"R{n}"] for n in range(20_002)))
    with pytest.raises(RegisterError, match="20,000 rows"):
        read_register(written(folder, data, "cases.xlsx"), worker)


def test_rows_without_a_reference_can_be_numbered(folder, worker):
    path = written(folder, "reference,title\nA-1,x\n,lost\n,\n")
    register = read_register(path, worker, number_missing=True)
    assert [(row.reference, row.title) for row in register.rows] == [
        ("A-1", "x"),
        ("row-3", "lost"),
    ]
    assert register.notes == ("Row 3 has no reference; it is now row-3.",)


def test_a_row_without_a_reference_is_called_after_its_document(folder, worker):
    path = written(folder, "reference,title,document\nA-1,x,\n,lost,reports/B-7.txt\n")
    register = read_register(path, worker)
    assert [(row.reference, row.title) for row in register.rows] == [("A-1", "x"), ("B-7", "lost")]
    assert "called B-7 after its document" in register.notes[0]


def test_a_row_called_after_its_document_may_not_take_another_rows_name(folder, worker):
    path = written(folder, "reference,title,document\nA-1,x,\n,lost,A-1.txt\n")
    with pytest.raises(RegisterError, match="Row 3 has the reference A-1 of row 2"):
        read_register(path, worker)


def test_a_row_called_after_its_place_may_not_take_another_rows_name(folder, worker):
    path = written(folder, "reference,title\nrow-3,x\n,lost\n")
    with pytest.raises(RegisterError, match="Row 3 has the reference row-3 of row 2"):
        read_register(path, worker, number_missing=True)


def test_a_column_without_a_name_is_called_after_its_place(folder, worker):
    (row,) = read_register(written(folder, "reference,,force,\nA-1,x,Kent,\n"), worker).rows
    assert row.attributes == {"column 2": "x", "force": "Kent"}


@pytest.mark.parametrize("row", ["{},One", "A-1,{}"], ids=["reference", "title"])
def test_a_reference_and_a_title_have_their_length(folder, worker, row):
    path = written(folder, f"reference,title\n{row.format('n' * 300)}\n")
    assert len(read_register(path, worker).rows) == 1
    path = written(folder, f"reference,title\n{row.format('n' * 301)}\n")
    with pytest.raises(RegisterError, match="reference or title of over 300 characters"):
        read_register(path, worker)


def test_a_register_that_is_not_there(folder, worker):
    with pytest.raises(InputError, match="no file"):
        read_register(folder / "none.csv", worker)


# ---------------------------------------------------------------- what nobody can tell apart

ALIKE = ["a-1", "A\u20111", "A\u22121", "A-\u200b1", "\uff21-1", "A\u2060-1", "A-1\ufe0f"]


@pytest.mark.parametrize("other", ALIKE, ids=ascii)
def test_references_that_look_alike_are_told_as_one(folder, worker, other):
    path = written(folder, f"reference,title\nA-1,One\n{other},Two\n")
    with pytest.raises(RegisterError, match=r"looks like A-1 of row 2: nobody could tell"):
        read_register(path, worker)


@pytest.mark.parametrize("other", ["A1", "A-l", "A-2", "A 1", "\u0410-1"], ids=ascii)
def test_references_that_can_be_told_apart_are_two(folder, worker, other):
    path = written(folder, f"reference,title\nA-1,One\n{other},Two\n")
    assert len(read_register(path, worker).rows) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("C-1", "\u0421-1"), ("INV-O1", "INV-01"), ("A1l", "A11"), ("\u0391-7", "A-7")],
)
def test_references_in_letters_that_look_the_same_are_a_doubt(folder, worker, one, other):
    (folder / "r.csv").write_text(f"reference\n{one}\nB-2\n{other}\n")
    notes = read_register(folder / "r.csv", worker).notes
    (told,) = [note for note in notes if note.startswith("These references look alike")]
    assert f" and 1: {one} and {other}. Make sure that each is a case of its own." in told


def test_two_columns_that_look_alike_are_one(folder, worker):
    path = written(folder, "reference,Police\u2011force,police-force\nA-1,x,y\n")
    with pytest.raises(RegisterError, match="Two columns are called"):
        read_register(path, worker)


# ---------------------------------------------------------------- what it may cost


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reference" + "," * 1_000_000, "more than 200 columns"),
        ("reference" + "," * 50_000, None),  # blank ones say nothing
        ("reference\nA-1" + ",x" * 300, "more than 200 columns"),
        ("reference," + "n" * 301 + "\nA-1,x\n", "more than 300 characters"),
        ("reference,note\nA-1," + "x" * 65_537, "more than 65,536 characters"),
        ('reference\n"' + "x" * 200_000, "cannot be read"),
    ],
    ids=["a million commas", "blank", "cells", "a long name", "a long cell", "no end"],
)
def test_columns_and_cells_have_a_price_limit(folder, worker, text, words):
    path = written(folder, text)
    before = time.process_time()
    if words is None:
        with pytest.raises(RegisterError, match="no cases below it"):
            read_register(path, worker)
    else:
        with pytest.raises(RegisterError) as told:
            read_register(path, worker)
        assert words in str(told.value)
    assert time.process_time() - before < 2  # seconds; unlimited, minutes
