"""Spreadsheets as pages: columns keep their places, and what is hidden is shown and told."""

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Font
from PIL import Image

from reviewer.documents.formats import typeset_table, xlsx
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.formats.sheet_pages import pages_of
from reviewer.documents.formats.typeset import set_pages
from reviewer.documents.formats.typeset_table import Table
from reviewer.documents.formats.xlsx_sheet import printed
from reviewer.documents.refusals import Refused
from reviewer.errors import DocumentError
from reviewer.pagetext.find import find


def workbook(rows, change=lambda book: None, parts=lambda name, data: data):
    """Return a workbook with one sheet of rows, changed as an object and then as parts."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    packed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts(name, old.read(name)))
    return packed.getvalue()


def shown(worker, untrusted, name="a.xlsx"):
    """Return the words of all pages as one line, and the notes."""
    reading = worker.read(untrusted, name)
    text = " ".join(" ".join(page.text for page in reading.pages).split())
    return text, list(reading.notes)


def only(rows, change=lambda book: None, parts=lambda name, data: data):
    (sheet,) = xlsx.book(workbook(rows, change, parts)).sheets
    return sheet


def test_a_row_stays_together_and_has_its_number(worker):
    text, notes = shown(worker, workbook([["time", "pulse"], ["21:00", 88], ["21:30", 140]]))
    assert "A B 1 time pulse 2 21:00 88 3 21:30 140" in text
    assert notes == []


def test_every_sheet_is_shown_the_hidden_ones_as_such(worker):
    def more(book):
        book.create_sheet("Lists").append(["kept aside"])
        book["Lists"].sheet_state = "veryHidden"

    text, notes = shown(worker, workbook([["seen"]], more))
    assert re.search(
        r"Sheet 1: Sheet A 1 seen Sheet 2: Lists \(very hidden\) A 1 kept aside", text
    )
    assert any("“Lists”" in note for note in notes)


def test_hidden_rows_columns_and_values_are_shown_and_told(worker):
    def hide(book):
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["B"].hidden = True
        book.active["A1"].number_format = ";;;"

    text, notes = shown(worker, workbook([[7, "b"], ["c", "d"], ["e", "f"]], hide))
    assert "A B hidden 1 7 b 2 hidden c d 3 e f" in text
    for told in ("Rows that the spreadsheet hides are shown here too: 2.", "too: B.", "too: A1."):
        assert any(told in note for note in notes)


def test_what_stands_beside_the_cells_is_below_them(worker):
    def beside(book):
        sheet = book.active
        sheet["A1"].comment = Comment("who wrote this?", "Clerk")
        sheet["B1"].hyperlink = "https://example.org/paper"
        sheet.oddHeader.center.text = "&BWard 7&B page &P"
        picture = io.BytesIO()
        Image.new("RGB", (9, 9)).save(picture, "PNG")
        sheet.add_image(SheetImage(picture), "D1")
        chart = BarChart()
        chart.title = "Pulse over time"
        chart.series.append(Series(Reference(sheet, min_col=2, min_row=2), title="Bed seven"))
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
        sheet.add_chart(chart, "F9")

    text, notes = shown(worker, workbook([["a", "b"], ["c", 2]], beside))
    assert "A1: Clerk: who wrote this?" in text
    assert "B1: https://example.org/paper" in text
    assert "Header or footer: Ward 7 page" in text
    assert "Chart: Pulse over time / Bed seven" in text
    assert "Pictures that are not shown: 1." in notes
    assert any(note.startswith("Charts that are not drawn here: 1.") for note in notes)


def test_a_formula_is_its_last_result_or_itself_and_told(worker):
    def computed(name, data):
        return re.sub(rb"<f>1\+1</f>(<v ?/>|<v></v>)", b"<f>1+1</f><v>2</v>", data)

    text, notes = shown(worker, workbook([["=1+1", "=A1*2"]], parts=computed))
    assert "1 2 =A1*2" in text
    assert any("last results" in note and note.endswith("1.") for note in notes)
    assert any("stand there themselves: B1." in note for note in notes)


def test_struck_out_words_are_marked(worker):
    def strike(book):
        book.active["A1"].font = Font(strike=True)

    text, _ = shown(worker, workbook([["not restrained"]], strike))
    assert "[struck out: not restrained]" in text


def test_a_wide_table_is_cut_into_parts_that_repeat_the_first_column(worker):
    wide = [["name", *(f"measure number {n} of the ward" for n in range(40))]]
    wide += [[f"patient {n}", *range(40)] for n in range(3)]
    text, _ = shown(worker, workbook(wide))
    parts = re.findall(r"columns A to (\w+)", text)
    assert len(parts) > 1
    assert parts[-1] == "AO"
    assert text.count("patient 2") == len(parts)
    assert all(f"measure number {n} of the ward" in text for n in range(40))


def test_a_word_that_is_merged_over_narrow_columns_is_found(worker):
    def merge(book):
        book.active.merge_cells("C1:D2")

    rows = [["id", "a", "ZMERGEDHEADING"], ["1", "b"], ["2", "c", "x", "y"]]
    reading = worker.read(workbook(rows, merge), "a.xlsx")
    assert [len(list(find(page.text, "ZMERGEDHEADING"))) for page in reading.pages] == [1]


@pytest.mark.parametrize("columns", [2, 5, 14], ids=["upright", "lying", "in parts"])
def test_no_word_of_a_cell_is_broken_between_lines(worker, columns):
    token = "ab12" * 16
    rows = [
        [f"https://example.org/{n}/{token[:30]}" for n in range(columns)],
        ["first", f"a sentence that ends the row with {token}"],
    ]
    reading = worker.read(workbook(rows), "a.xlsx")
    text = "\n".join(page.text for page in reading.pages)
    assert token in text
    assert all(row in text for row in rows[0])


def test_a_word_far_down_widens_its_column(monkeypatch):
    monkeypatch.setattr(typeset_table, "_LOOKED", 2)
    rows = [["a", "b"]] * 4 + [["antidisestablishmentarianism", "end"]]
    blocks, _ = pages_of(xlsx.book(workbook(rows)))
    text = Pdf(set_pages(blocks).pdf).words(1).text
    assert "antidisestablishmentarianism" in text


def test_words_of_a_script_without_gaps_take_no_wider_column(worker):
    sentence = "\u547c\u5438\u56f0\u96be" * 30
    reading = worker.read(workbook([[sentence, "end"]]), "a.xlsx")
    assert sentence in "".join(reading.pages[0].text.split())
    assert reading.pages[0].width < reading.pages[0].height


def test_a_long_table_repeats_its_column_names_and_loses_no_row(worker):
    reading = worker.read(workbook([[f"row{n}", "x"] for n in range(200)]), "a.xlsx")
    assert len(reading.pages) > 1
    assert all("A B" in " ".join(page.text.split()) for page in reading.pages)
    text = " ".join(page.text for page in reading.pages)
    assert all(f"row{n}" in text for n in range(200))


def test_a_cell_that_is_higher_than_a_page_goes_on(worker):
    words = " ".join(f"w{n}" for n in range(3_000))
    text, _ = shown(worker, workbook([["a", words, "end"]]))
    assert {f"w{n}" for n in range(3_000)} | {"end"} <= set(text.split())


def test_an_empty_workbook_says_so(worker):
    text, _ = shown(worker, workbook([]))
    assert "holds no cells with content" in text


def test_the_text_of_a_table_is_all_that_its_cells_say():
    blocks, _ = pages_of(xlsx.book(workbook([["a", None, "b"], [None], ["c"]])))
    (table,) = blocks
    assert isinstance(table, Table)
    assert table.text.split() == ["a", "b", "c"]


# ---------------------------------------------------------------- how workbooks are written


def test_texts_are_what_is_seen_and_not_how_they_are_pronounced():
    def rich(name, data):
        run = (
            b"<is><r><t>not </t></r><r><rPr><strike/></rPr><t>seen</t></r>"
            b"<rPh sb='0' eb='1'><t>READ</t></rPh></is>"
        )
        return re.sub(rb"<is>.*?</is>", run, data)

    assert only([["x"]], parts=rich).rows[0][0].text == "not [struck out: seen]"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b'<c t="str"><f>1</f><v></v></c>', ""),
        (b'<c t="b"><v>1</v></c>', "TRUE"),
        (b'<c t="e"><v>#N/A</v></c>', "#N/A"),
        (b'<c t="d"><v>2020-01-02</v></c>', "2020-01-02"),
        (b'<c t="inlineStr"><is><t>a_x000D_\nb_x005F_</t></is></c>', "a\nb_"),
        (b"<c><v>not a number</v></c>", "not a number"),
    ],
)
def test_cells_of_every_kind_are_read(cell, text):
    def written(name, data):
        return re.sub(rb"<c r.*</c>", cell, data) if "sheet1" in name else data

    sheet = only([[1]], parts=written)
    assert sheet.rows.get(0, {}).get(0) is None or sheet.rows[0][0].text == text
    assert text or sheet.rows[0][0].formula


def test_cells_without_their_names_stand_one_after_the_other():
    def nameless(name, data):
        return re.sub(rb' r="[A-Z]*[0-9]+"', b"", data) if "sheet1" in name else data

    sheet = only([["a", "b"], ["c"]], parts=nameless)
    assert [[cell.text for cell in row.values()] for row in sheet.rows.values()] == [
        ["a", "b"],
        ["c"],
    ]


def test_parts_may_have_any_name(worker):
    def renamed(name, data):
        return data.replace(b"worksheets/sheet1.xml", b"odd/blatt.bin")

    packed = io.BytesIO()
    whole = io.BytesIO(workbook([["a"]], parts=renamed))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("worksheets/sheet1.xml", "odd\\blatt.bin"), old.read(name))
    assert xlsx.book(packed.getvalue()).sheets[0].rows[0][0].text == "a"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"inlineStr", b"s", None),
        (b"<v>7</v>", b"<v>7", "sheet-broken"),
        (b'<c r="B1" t="n">', b'<c r="B1" t="s">', "sheet-broken"),
        (b'r="A1"', b'r="XFE1"', None),
        (b"<sheetData>", b"<sheetData><row r='2000000'/>", "sheet-broken"),
        (b"<worksheet", b"<!DOCTYPE x><worksheet", "sheet-bomb"),
        (b"</worksheet>", b"", "sheet-broken"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_or_read_without_it(old, new, code):
    def wrong(name, data):
        return data.replace(old, new, 1) if "sheet1" in name else data

    untrusted = workbook([["x", 7]], parts=wrong)
    if code is None:
        assert xlsx.book(untrusted).sheets
    else:
        with pytest.raises(Refused) as told:
            xlsx.book(untrusted)
        assert told.value.code == code


def test_too_many_cells_are_refused(worker, monkeypatch):
    monkeypatch.setattr("reviewer.documents.limits.SHEET_CELLS", 5)
    with pytest.raises(Refused) as told:
        xlsx.book(workbook([["x"] * 6]))
    assert told.value.code == "sheet-bomb"


def test_the_binary_kind_is_refused_by_name(worker):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("xl/workbook.bin", b"x")
        file.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/>'
            "</Relationships>",
        )
    with pytest.raises(DocumentError, match="xlsb"):
        worker.read(packed.getvalue(), "a.xlsb")


@pytest.mark.parametrize(
    ("code", "words"),
    [('&L&"Arial,Bold"&12Ward &K00FF00x&C&D', "Ward x"), ("R&&D", "R&D"), ("", "")],
)
def test_a_header_is_its_words(code, words):
    assert printed(code) == words


# ---------------------------------------------------------------- text between separators


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_between_separators_keeps_its_columns(worker, delimiter):
    rows = [["time", "what was said"], ["04:10", "two\nlines"], ["", "3,5 kg"]]
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in rows]
    text, notes = shown(worker, "\n".join(lines).encode(), "a.csv")
    assert "A B 1 time what was said 2 04:10 two lines 3 3,5 kg" in text
    assert notes == []


@pytest.mark.parametrize("data", ["one line\nanother\n", 'a,b\nc,"d\ne,f\n', 'a,b\n"c" d,e\n'])
def test_what_is_no_table_throughout_is_shown_as_text(worker, data):
    text, _ = shown(worker, data.encode(), "a.csv")
    assert text.startswith(" ".join(data.split()))


def test_a_table_of_one_delimiter_said_is_parted_by_it(worker):
    text, _ = shown(worker, b"sep=;\na;b,c\nd;e\n", "a.csv")
    assert "A B 1 a b,c 2 d e" in text


def test_texts_that_cells_share_are_read():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        sheet.write_column(0, 0, ["alike", "alike"])
        sheet.write_rich_string(2, 0, "was ", struck, "not ", "seen")
    (sheet,) = xlsx.book(out.getvalue()).sheets
    assert [row[0].text for row in sheet.rows.values()] == [
        "alike", "alike", "was [struck out: not] seen",
    ]  # fmt: skip


LONG = "Numbers of more than 15 digits, of which spreadsheets keep the first 15"


def test_a_number_of_more_digits_than_spreadsheets_keep_stands_as_written_and_is_told(worker):
    def parts(name, data):
        return data.replace(b">777<", b">12345678901234567<").replace(b">-777", b">-" + b"7" * 17)

    rows = [["NHS", 777], [-777, 123456789012345]]
    text, notes = shown(worker, workbook(rows, parts=parts))
    assert "NHS 12345678901234567 2 -77777777777777777 123456789012345" in text
    assert [note for note in notes if note.startswith(LONG)] == [
        f"{LONG}; the others may not be those that were typed: B1, A2."
    ]

    def more(book):
        book.create_sheet("Two").append([10**20])

    text, notes = shown(worker, workbook([["seen"]], more))
    assert "A1 of “Two”" in notes[0]


def test_a_long_number_that_a_format_changes_stands_as_it_shows_it():
    def change(book):
        book.active["A1"].number_format = "#,##0"

    cell = only([[1234567890123456]], change).rows[0][0]
    assert (cell.text, cell.long) == ("1,234,567,890,123,456", True)
