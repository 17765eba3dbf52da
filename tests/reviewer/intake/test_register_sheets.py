"""Registers as spreadsheets hold them: what a cell says that its text alone does not."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from reviewer.errors import DocumentError, RegisterError
from reviewer.intake import import_register, places
from reviewer.intake.register import read_register
from reviewer.progress import Quiet

DAY = dt.datetime(2010, 7, 1)  # noqa: DTZ001 - a cell has no zone


@pytest.fixture
def book_of(folder):
    """Return a function that writes a workbook, changed by hand, and returns its path."""

    def write(*rows, change=lambda book: None, parts=lambda name, data: data):
        made = openpyxl.Workbook()
        made.active.title = "Register"
        for row in rows:
            made.active.append(row)
        change(made)
        out = io.BytesIO()
        made.save(out)
        path = folder / "register.xlsx"
        with zipfile.ZipFile(out) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, parts(name, old.read(name)))
        return path

    return write


def formatted(cell, code):
    return lambda book: setattr(book.active[cell], "number_format", code)


def references(register):
    return [row.reference for row in register.rows]


def test_a_reference_is_what_the_sheet_shows(book_of, worker):
    path = book_of(["reference", "share"], [12, 0.5], change=formatted("A2", "0000"))
    assert references(read_register(path, worker)) == ["0012"]


def test_a_reference_that_became_a_date_is_asked_about(book_of, worker):
    path = book_of(["reference"], [DAY], ["A-2"], change=formatted("A2", "yyyy-mm"))
    with pytest.raises(RegisterError, match=r"Row 2: its reference is a date.* shows 2010-07\."):
        read_register(path, worker)
    register = read_register(path, worker, dates_as_shown=True)
    assert references(register) == ["2010-07", "A-2"]


def test_a_whole_date_elsewhere_is_year_month_day(book_of, worker):
    path = book_of(["reference", "died"], ["A-1", DAY], change=formatted("B2", "dd/mm/yyyy"))
    (row,) = read_register(path, worker).rows
    assert row.attributes == {"died": "2010-07-01"}


def test_part_of_a_date_is_as_it_is_shown(book_of, worker):
    path = book_of(["reference", "died"], ["A-1", DAY], change=formatted("B2", "mmmm yyyy"))
    (row,) = read_register(path, worker).rows
    assert row.attributes == {"died": "July 2010"}


def test_a_formula_without_its_result_is_refused_once(book_of, worker):
    path = book_of(["reference", "age"], ["=ROW()", 1], ["A-2", "=1+1"])
    with pytest.raises(RegisterError) as told:
        read_register(path, worker)
    (fault,) = told.value.details
    assert fault == (
        "The cells A2, B3 are formulas, and the file does not hold their results. Open it in a"
        " spreadsheet program, save it there and import that."
    )


def test_a_formula_counts_by_its_last_result(book_of, worker):
    def computed(name, data):
        return data.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")

    path = book_of(["reference", "age"], ["A-1", "=1+1"], parts=computed)
    register = read_register(path, worker)
    assert register.rows[0].attributes == {"age": "2"}
    assert any("formula; its last result was read" in note for note in register.notes)


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "Err:522"])
def test_a_reference_that_is_an_error_is_refused(book_of, worker, error):
    path = book_of(["reference", "x"], [error, 1], ["A-2", error])
    with pytest.raises(RegisterError, match="Row 2: its reference is an error"):
        read_register(path, worker)


def test_a_formula_above_or_beside_the_table_asks_nothing(book_of, worker):
    path = book_of(["=TODAY()"], ["reference", "title"], ["A-1", "x"])
    assert references(read_register(path, worker)) == ["A-1"]


def test_rows_and_columns_that_are_hidden_are_read_and_told(book_of, worker):
    def hide(book):
        book.active.row_dimensions[3].hidden = True
        book.active.column_dimensions["B"].hidden = True

    path = book_of(["reference", "note"], ["A-1", "x"], ["A-2", "y"], change=hide)
    register = read_register(path, worker)
    assert references(register) == ["A-1", "A-2"]
    assert any("Row 3 is hidden" in note for note in register.notes)
    assert any("B (note) is hidden" in note for note in register.notes)


def test_the_register_is_the_first_sheet_that_shows_one(book_of, worker):
    def sheets(book):
        book.create_sheet("Old", 0).append(["reference"])
        book["Old"].append(["OLD-1"])
        book["Old"].sheet_state = "hidden"
        book.create_sheet("Cover", 0).append(["Inquiry into deaths"])
        book.create_sheet("2021").append(["reference"])
        book["2021"].append(["B-1"])

    path = book_of(["reference"], ["A-1"], change=sheets)
    register = read_register(path, worker)
    assert references(register) == ["A-1"]
    assert any("“2021” has such a column too, and was not read" in n for n in register.notes)
    assert any("“Cover”, “Old” (hidden)" in note for note in register.notes)


def test_a_register_on_a_hidden_sheet_alone_is_asked_about(book_of, worker):
    def hide(book):
        book.create_sheet("Cover", 0).append(["Inquiry"])
        book["Register"].sheet_state = "veryHidden"

    with pytest.raises(RegisterError, match="the hidden sheet “Register”"):
        read_register(book_of(["reference"], ["A-1"], change=hide), worker)


def test_sheets_without_the_column_are_named(book_of, worker):
    path = book_of(["name"], ["x"], change=lambda b: b.create_sheet("More").append(["y"]))
    with pytest.raises(RegisterError, match="none of its sheets \\(“Register”, “More”\\)"):
        read_register(path, worker)


@pytest.mark.parametrize("name", ["register.xlsx", "register.csv"])
def test_a_title_above_the_headings_is_passed_over_and_told(book_of, folder, worker, name):
    book_of(["Register of 2020"], [], ["reference", "title"], ["A-1", "x"], ["", "lost"])
    (folder / "register.csv").write_text("Register of 2020;\n\nreference;title\nA-1;x\n;lost\n")
    register = read_register(folder / name, worker, number_missing=True)
    assert references(register) == ["A-1", "row-5"]
    assert "“Register of 2020”" in register.notes[0]


def merge(*areas):
    return lambda book: [book.active.merge_cells(area) for area in areas]


def test_rows_under_one_merged_reference_are_one_case(book_of, folder, worker, book):
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(name)
    path = book_of(
        ["reference", "title", "document", "agency"],
        ["A-1", "One", "a.txt", "Kent"],
        [None, None, "b.txt", None],
        ["A-2", "Two", "c.txt", "Surrey"],
        change=merge("A2:A3", "D2:D3"),
    )
    report = import_register(book, worker, path, Quiet())
    case = book.cases.by_reference("A-1")
    found = book.documents.of(case.id)
    assert [(one.title, one.agency) for one in found] == [("a", "Kent"), ("b", "Kent")]
    assert report.cases_added == 2
    assert any(
        "Merged cells count for every row that they cover: A2, D2" in n for n in report.notes
    )


def test_a_row_of_a_merged_case_may_not_say_otherwise(book_of, worker):
    path = book_of(
        ["reference", "title", "died"],
        ["A-1", "One", "2001"],
        [None, "Two", "2002"],
        change=merge("A2:A3"),
    )
    with pytest.raises(RegisterError) as told:
        read_register(path, worker)
    assert [re.search(r"the column (\w+)", one)[1] for one in told.value.details] == [
        "title",
        "died",
    ]


def test_what_stands_beside_the_cells_is_told(book_of, worker):
    def remark(book):
        book.active["B2"].comment = Comment("see also A-7", "Clerk")

    path = book_of(["reference", "title"], ["A-1", "x"], change=remark)
    notes = " ".join(read_register(path, worker).notes)
    assert "B2 “Clerk: see also A-7”" in notes


def test_a_workbook_in_the_strict_form_reads_alike(book_of, worker):
    def strict(name, data):
        for old, new in (
            (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
             b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
            (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
             b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
        ):  # fmt: skip
            data = data.replace(old, new)
        return data

    path = book_of(["reference", "title"], ["A-1", "x"], parts=strict)
    assert references(read_register(path, worker)) == ["A-1"]


def test_a_locked_workbook_is_refused_for_that(folder, worker):
    path = folder / "register.xlsx"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(locked + bytes(600))
    with pytest.raises(RegisterError, match="opens only with a password"):
        read_register(path, worker)


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    "data",
    [
        "sep=|\nreference|title\nA-1|x\n",
        '"sep=;"\r\nreference;title\r\nA-1;x\r\n',
        '"Date\nof death";reference;title\n2020;A-1;x\n',
        "\u200bReference,Title\nA-1,x\n",
        "reference,title\nA-1,x\n\x1a",
        "reference,title\r\nA-1,x\r\n\x1a\x1a \r\n",
        'reference,title\n="A-1",x\n',
    ],
)  # fmt: skip
def test_the_ways_of_programs_with_text_are_known(folder, worker, data):
    path = folder / "register.csv"
    path.write_text(data, newline="")
    (row,) = read_register(path, worker).rows
    assert (row.reference, row.title) == ("A-1", "x")


def test_leading_noughts_that_a_program_guarded_stay(folder, worker):
    (folder / "r.csv").write_text('reference,x\n="0012","=""0034"""\n')
    (row,) = read_register(folder / "r.csv", worker).rows
    assert (row.reference, row.attributes["x"]) == ("0012", "0034")


@pytest.mark.parametrize("made", ["Jul-10", "01-Jul-2010", "1.23E+11"])
def test_a_reference_that_a_spreadsheet_may_have_made_is_doubted(folder, worker, made):
    (folder / "r.csv").write_text(f"reference\n{made}\nA-2\n")
    (note,) = read_register(folder / "r.csv", worker).notes
    assert made in note
    assert "A-2" not in note


# ---------------------------------------------------------------- files


def brought(book, worker, folder, text):
    (folder / "r.csv").write_text(text, encoding="utf-8", newline="")
    return import_register(book, worker, folder / "r.csv", Quiet())


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("note; final.txt", ["note; final.txt"]),
        ("a.txt; note; final.txt", ["a.txt", "note; final.txt"]),
        ("a.txt, b.txt", ["a.txt", "b.txt"]),
        ('"a.txt\nb.txt"', ["a.txt", "b.txt"]),
        ("one, two.txt", ["one, two.txt"]),
        ("a.txt, gone.txt", ["a.txt, gone.txt"]),
    ],
)
def test_a_cell_with_several_names_is_parted_as_the_files_lie(folder, worker, cell, names):
    for name in ("note; final.txt", "a.txt", "b.txt", "one, two.txt"):
        (folder / name).write_text(name)
    cell = cell if cell.startswith('"') else f'"{cell}"'
    (folder / "r.csv").write_text(f"reference,document\nA-1,{cell}\n", newline="")
    (row,) = read_register(folder / "r.csv", worker).rows
    assert list(row.documents) == names


def test_names_are_the_same_however_their_letters_are_composed(book, worker, folder):
    (folder / "Ty\u0302.txt").write_text("one")
    (folder / "Sia\u0302n").mkdir()
    (folder / "Sia\u0302n" / "in.txt").write_text("two")
    (folder / "LETTER.TXT").write_text("three")
    report = brought(
        book, worker, folder, "reference,document\nA-1,T\u0177.txt\nSi\u00e2n,letter.txt\n"
    )
    assert not report.refused
    assert report.documents_added == 3


def test_capitals_that_two_files_share_are_not_guessed(book, worker, folder):
    for name in ("a.TXT", "A.txt"):
        (folder / name).write_text(name)
    report = brought(book, worker, folder, "reference,document\nA-1,a.txt\n")
    assert [one.sentence for one in report.refused] == ["There is no such file."]


def test_files_of_one_name_in_two_folders_are_told_apart(book, worker, folder):
    for year in ("2019", "2020"):
        (folder / "A-1" / year).mkdir(parents=True)
        (folder / "A-1" / year / "letter.txt").write_text(year)
    brought(book, worker, folder, "reference\nA-1\n")
    case = book.cases.by_reference("A-1")
    titles = [one.title for one in book.documents.of(case.id)]
    assert titles == ["letter (2019)", "letter (2020)"]


def test_folders_and_files_that_no_case_took_are_told(book, worker, folder):
    for name in ("a-1/in.txt", "A-3/in.txt", "more/deep/in.txt", ".hidden/x.txt", "loose.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    report = brought(book, worker, folder, "reference,document\nA-1,\nA-2,more/deep/in.txt\n")
    assert "folder “A-3”" in report.notes[0]
    assert report.notes[1].endswith("no row names, so it was not read: “loose.txt”.")
    assert len(report.notes) == 2


def test_a_register_without_documents_says_nothing_of_what_lies_beside(book, worker, folder):
    (folder / "loose.txt").write_text("x")
    report = brought(book, worker, folder, "reference\nA-1\n")
    assert not any("loose" in note for note in report.notes)


def test_a_folder_is_listed_once_for_many_cases(folder, monkeypatch):
    calls = []
    real = places.os.scandir
    monkeypatch.setattr(places.os, "scandir", lambda path: calls.append(path) or real(path))
    for number in range(500):
        assert places.folder_of(folder, f"R-{number}").files == ()
    assert len(calls) <= 1


def test_cases_that_came_without_a_document_are_told(book, worker, folder):
    (folder / "a.txt").write_text("x")
    report = brought(book, worker, folder, "reference,document\nA-1,a.txt\nA-2,\nA-3,\n")
    assert any("2 cases have no document" in n and "A-2, A-3" in n for n in report.notes)


def test_what_of_a_cases_folder_is_not_read_is_told(book, worker, folder, monkeypatch):
    monkeypatch.setattr(places, "_MOST", 3)
    own = folder / "A-1"
    deep = own.joinpath(*"abcdefghijklmnopqrstuvwxyz")
    deep.mkdir(parents=True)
    (deep / "low.txt").write_text("far below")
    for number in range(5):
        (own / f"{number}.txt").write_text(f"paper {number}")
    (own / ".hidden.txt").write_text("not looked at")
    report = brought(book, worker, folder, "reference\nA-1\n")
    assert report.documents_added == 3
    (deepest, more) = report.refused
    assert deepest.file.startswith("A-1/a/b/c/")
    assert "so it was not looked into" in deepest.sentence
    assert more.sentence.startswith("2 more files lie in this folder")
    assert any("passed over: A-1/.hidden.txt" in note for note in report.notes)
    with pytest.raises(DocumentError, match="Bring it in as a delivery"):
        places.files_in(own)


def test_the_folder_of_a_case_is_walked_once(book, worker, tmp_path, monkeypatch):
    register = tmp_path / "register.csv"
    register.write_text("reference,title\nR-1,One\nR-2,Two\n", encoding="utf-8")
    for name in ("R-1", "R-2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "note.txt").write_text(f"Of {name}", encoding="utf-8")
        (tmp_path / name / ".hidden.txt").write_text("left there", encoding="utf-8")
    walked = []
    walk = places.folder_of

    def counted(folder, reference):
        walked.append(reference)
        return walk(folder, reference)

    monkeypatch.setattr(places, "folder_of", counted)
    report = import_register(book, worker, register, Quiet())
    assert walked == ["R-1", "R-2"]
    assert any("R-1/.hidden.txt" in note and "R-2/.hidden.txt" in note for note in report.notes)


def test_a_reference_of_more_digits_than_a_spreadsheet_keeps_is_asked_about(book_of, worker):
    path = book_of(["reference", "share"], ["A-1", 12345678901234567], [1234567890123456, 2])
    with pytest.raises(RegisterError, match=r"Row 3: its reference is a number of more than 15"):
        read_register(path, worker)
    path = book_of(["reference", "share"], [123456789012345, 1234567890123456])
    register = read_register(path, worker)
    assert references(register) == ["123456789012345"]
    assert dict(register.rows[0].attributes)["share"] == "1234567890123456"


def test_of_many_references_that_are_too_long_the_first_are_named(book_of, worker):
    path = book_of(["reference"], *([10**15 + at] for at in range(40)))
    with pytest.raises(RegisterError) as told:
        read_register(path, worker)
    assert sum("more than 15 digits" in fault for fault in told.value.details) == 20
