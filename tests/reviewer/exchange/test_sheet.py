"""Rating sheets: what goes out comes back, faults are all told, and nothing is computed."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.errors import InputError, SheetError, StateError
from reviewer.exchange.cells import as_xlsx, read_rows
from reviewer.exchange.pages import PageNames
from reviewer.exchange.seal import seal
from reviewer.exchange.sheet import COLUMNS, SheetRead, export_sheet, import_sheet
from reviewer.records.cases import DocumentState
from reviewer.records.cells import as_csv
from reviewer.records.judgement import Confidence, Rating, Reason
from reviewer.records.text import clean
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    add_document,
    everything,
    issue_to,
    make_chair,
    open_it,
    page_mark,
    rate_something,
)

F = FRAMEWORK.codes
COMPUTED = [
    "=1+1", "=cmd|'/c calc'!A1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1",
    "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x", " =1",
    "\ufeff=1", "'=1", "''=1", "\u00a0=1", "  @x",
]  # fmt: skip


@pytest.fixture
def own(tmp_path):
    """One panellist's open casebook of two cases with one document of two pages each."""
    with make_chair(tmp_path) as chair:
        path = issue_to(chair, "Bo", tmp_path / "out")
    with open_it(path) as book:
        yield book


def _write(folder, text, name="in.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _sheet(folder, *rows):
    return _write(folder, "\n".join([",".join(COLUMNS), *rows]))


def _one(book, reference, factor):
    case = book.cases.by_reference(reference)
    return book.ratings.of(book.about.member, case.id, 1).get(factor)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text().map(clean), min_size=1, max_size=3))
def test_cells_come_back_from_csv(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("cells") / "a.csv"
    path.write_bytes(as_csv([["head"] * len(texts), texts]))
    assert [clean(cell) for cell in read_rows(path)[1]] == texts


@pytest.mark.slow
def test_cells_come_back_from_xlsx_without_a_formula(tmp_path):
    texts = [
        *COMPUTED,
        "plain",
        "two\nlines",
        "_x000D_",
        "é “so” \U0001d518",
        "<b>&amp;</b>",
        "<r>a & b</r>",
        "<r><t>gone</t></r>",
        "  x  ",
    ]
    path = tmp_path / "a.xlsx"
    path.write_bytes(as_xlsx([["head"], *([text] for text in texts), [3]], [20]))
    assert read_rows(path) == [["head"], *([text] for text in texts), ["3"]]
    with zipfile.ZipFile(path) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in xml
    assert b"<hyperlink " not in xml


@pytest.mark.parametrize("text", COMPUTED)
def test_no_cell_of_an_exported_sheet_is_computed(own, tmp_path, text):
    case = own.cases.all()[0]
    own.ratings.put(own.about.member, case.id, 1, Rating(factor=F[0], value=1, comment=text))
    path = tmp_path / "out.csv"
    export_sheet(own, path)
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert rows[1][4].startswith("'")
    assert import_sheet(own, path).changed == 0
    assert _one(own, "C001", F[0]).comment == clean(text)


@pytest.mark.parametrize("suffix", ["csv", pytest.param("xlsx", marks=pytest.mark.slow)])
def test_a_sheet_brings_every_rating_to_another_casebook(tmp_path, own, suffix):
    rate_something(own, 3)
    path = tmp_path / f"ratings.{suffix}"
    assert export_sheet(own, path) == 2 * len(F)
    before, head = everything(own), own.journal.tail(1)
    assert import_sheet(own, path) == SheetRead(
        rows=8, changed=0, unchanged=8, untouched=26, marks=0
    )
    assert (everything(own), own.journal.tail(1)) == (before, head)
    with pytest.raises(InputError, match="already exists"):
        export_sheet(own, path)
    own.undo()
    for case in own.cases.all():
        for rating in list(own.ratings.of(own.about.member, case.id, 1).values()):
            own.ratings.put(own.about.member, case.id, 1, Rating(factor=rating.factor))
    assert everything(own) == {}
    assert import_sheet(own, path).changed == 8
    same = {
        key: (r.value, r.reason, r.confidence, r.comment, r.record, bool(r.evidence))
        for key, r in everything(own).items()
    }
    assert same == {
        key: (r.value, r.reason, r.confidence, r.comment, r.record, bool(r.evidence))
        for key, r in before.items()
    }
    seal(own)


def test_what_each_column_takes(own, tmp_path):
    path = _sheet(
        tmp_path,
        f"C001,{F[0]},3,HIGH,why,p.2,",
        f"C001,{F[1].lower()},Record missing,,,,custody log",
        f"C001,{F[2]},not relevant,low,,,",
        f" C002 ,{F[0]},0,,,Record of C002 P. 1; p.2 ;,",
        f"C002,{F[1]},,,only a thought,,",
    )
    read = import_sheet(own, path)
    assert (read.rows, read.changed, read.marks) == (5, 5, 3)
    high = _one(own, "C001", F[0])
    assert (high.value, high.confidence, high.comment) == (3, Confidence.HIGH, "why")
    mark = own.marks.get(high.evidence[0])
    assert (mark.page, mark.anchor.kind, mark.member) == (2, "page", own.about.member)
    missing = _one(own, "C001", F[1])
    assert (missing.reason, missing.record) == (Reason.MISSING, "custody log")
    assert _one(own, "C001", F[2]).reason is Reason.NOT_RELEVANT
    assert [own.marks.get(m).page for m in _one(own, "C002", F[0]).evidence] == [1, 2]
    thought = _one(own, "C002", F[1])
    assert (thought.blank, thought.comment) == (True, "only a thought")
    head = own.journal.tail(1)
    assert import_sheet(own, path).changed == 0
    assert own.journal.tail(1) == head
    own.undo()
    assert everything(own) == {}


def test_the_last_column_says_what_stood_there(own, tmp_path):
    rate_something(own)
    path = tmp_path / "out.csv"
    export_sheet(own, path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert [row[7] for row in rows[1:6]] == ["0", "2", "missing", "no value", "blank"]


def test_a_filled_row_replaces_all(own, tmp_path):
    case = own.cases.all()[0]
    full = Rating(factor=F[0], value=1, confidence=Confidence.LOW, comment="old", record="r")
    own.ratings.put(own.about.member, case.id, 1, full)
    import_sheet(own, _sheet(tmp_path, f"C001,{F[0]},0,,,,"))
    assert _one(own, "C001", F[0]) == Rating(factor=F[0], value=0)


def test_several_ratings_with_pages_in_one_sheet_are_told_as_many(own, tmp_path):
    rows = [f"C001,{code},3,high,why,p.{page}," for page, code in ((1, F[0]), (2, F[1]))]
    import_sheet(own, _sheet(tmp_path, *rows))
    assert own.steps.newest(1)[0].told == "C001: 2 ratings"


@pytest.mark.parametrize("value", ["1", "unclear", "not-relevant", ""])
def test_a_record_that_nothing_would_keep_is_told_and_nothing_is_changed(own, tmp_path, value):
    with pytest.raises(SheetError, match="a record is named, though the value is not 'missing'"):
        import_sheet(own, _sheet(tmp_path, f"C001,{F[0]},{value},,,,custody log"))
    assert _one(own, "C001", F[0]) is None


@pytest.mark.parametrize("emptied", [slice(2, 7), slice(2, 8)], ids=["all but was", "was too"])
def test_a_row_emptied_on_purpose_clears_the_rating_and_names_it(own, tmp_path, emptied):
    rate_something(own)
    path = tmp_path / "out.csv"
    export_sheet(own, path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    row = next(row for row in rows if row[:2] == ["C001", F[1]])
    before = _one(own, "C001", F[1])
    row[emptied] = [""] * len(row[emptied])
    path.write_bytes(as_csv(rows))
    read = import_sheet(own, path)
    assert (read.changed, read.untouched, read.left) == (1, 26, ())
    assert read.cleared == (f"C001 {F[1]}: {before.value} was cleared.",)
    assert _one(own, "C001", F[1]) is None
    own.undo()
    assert _one(own, "C001", F[1]) == before


def test_a_row_that_was_blank_in_the_sheet_leaves_what_was_rated_since(own, tmp_path):
    """The sheet went out before anything was rated: no work is lost to it."""
    path = tmp_path / "out.csv"
    export_sheet(own, path)
    rate_something(own)
    before = everything(own)
    read = import_sheet(own, path)
    assert (read.changed, read.cleared, len(read.left)) == (0, (), len(before))
    assert f"C001 {F[1]} was rated after the sheet was written" in "\n".join(read.left)
    assert everything(own) == before


@pytest.mark.parametrize("value", ["3.0", "3.00", "3,0", " 3.0 "])
def test_a_whole_number_may_be_written_with_its_point(own, tmp_path, value):
    path = _sheet(tmp_path, f'C001,{F[0]},"{value}",,why,p.1,')
    import_sheet(own, path)
    assert _one(own, "C001", F[0]).value == 3


def test_other_columns_are_ignored_with_a_word(own, tmp_path):
    head = ",".join(COLUMNS[:6]) + ",My notes,,My notes"
    path = _write(tmp_path, f"{head}\nC001,{F[0]},1,,,,ask Bo,x,y\n")
    read = import_sheet(own, path)
    assert (read.changed, read.ignored) == (1, ("my notes", "(no name)", "my notes"))


def test_the_ratings_of_a_report_are_no_sheet(own, tmp_path):
    text = "case,factor,member,name,value,reason,confidence,comment,evidence,record\n"
    with pytest.raises(SheetError, match="ratings file of a report"):
        import_sheet(own, _write(tmp_path, text))


def test_a_text_that_excel_would_cut_is_not_written_and_not_read_back_cut(own, tmp_path):
    case, owls = own.cases.all()[0], "\N{OWL}" * 17_000  # 34,000 units
    own.ratings.put(own.about.member, case.id, 1, Rating(factor=F[0], value=1, comment=owls))
    with pytest.raises(SheetError, match="Export CSV"):
        export_sheet(own, tmp_path / "out.xlsx")
    path = tmp_path / "out.csv"
    export_sheet(own, path)
    assert import_sheet(own, path).changed == 0
    cut = path.read_text(encoding="utf-8-sig").replace(owls, owls[:16_383] + "o")
    with pytest.raises(SheetError, match="32,767 characters long"):
        import_sheet(own, _write(tmp_path, cut))
    assert _one(own, "C001", F[0]).comment == owls


def test_marks_that_stand_on_a_named_page_stay(own, tmp_path):
    rate_something(own)
    passage = _one(own, "C001", F[1]).evidence
    import_sheet(own, _sheet(tmp_path, f"C001,{F[1]},4,,new words,p.1;p.2,"))
    evidence = _one(own, "C001", F[1]).evidence
    assert evidence[:1] == passage
    assert [own.marks.get(mark).page for mark in evidence] == [1, 2]


def test_one_page_mark_serves_two_factors(own, tmp_path):
    import_sheet(own, _sheet(tmp_path, f"C001,{F[0]},3,,a,p.2,", f"C001,{F[1]},3,,b,p.2,"))
    assert _one(own, "C001", F[0]).evidence == _one(own, "C001", F[1]).evidence


def test_documents_are_told_apart_by_name(tmp_path):
    (tmp_path / "b").mkdir()
    with make_chair(tmp_path / "b") as chair:
        case = chair.cases.all()[0]
        twin = add_document(chair, case, 5)  # the same title as the first one
        path = issue_to(chair, "Cy", tmp_path / "more")
    with open_it(path) as book:
        for evidence, said in (
            ("p.1", "2 documents, so name"),
            ("Record of C001 p.1", "several documents called"),
            ("Other p.1", "no document called"),
            ("document 2 p.6", "5 pages, so there is no p.6"),
            ("document 2 p.0", "no p.0"),
            ("page 3", "not of the form"),
        ):
            with pytest.raises(SheetError, match=said):
                import_sheet(book, _sheet(tmp_path, f"C001,{F[0]},3,,x,{evidence},"))
        import_sheet(book, _sheet(tmp_path, f"C001,{F[0]},3,,x,document 2 p.5,"))
        mark = book.marks.get(_one(book, "C001", F[0]).evidence[0])
        assert (mark.document, mark.page) == (twin.id, 5)
        out = tmp_path / "named.csv"
        export_sheet(book, out)
        assert "document 2 p.5" in out.read_text(encoding="utf-8-sig")
        assert import_sheet(book, out).changed == 0


def test_all_faults_are_told_with_their_rows_and_nothing_is_changed(own, tmp_path):
    path = _sheet(
        tmp_path,
        f"C001,{F[0]},1,,,,",
        f"C009,{F[0]},1,,,,",
        "C001,SYS-NONE,1,,,,",
        f"C001,{F[1]},5,,,,",
        f"C001,{F[2]},perhaps,,,,",
        f"C001,{F[3]},1.5,,,,",
        f"C001,{F[4]},1,certain,,p.9,",
        f"C001,{F[0]},2,,,,",
        ",,1,,,,",
        "",
        f"C002,{F[0]},-1,,,,",
    )
    head = own.journal.tail(1)
    with pytest.raises(SheetError, match="11 faults") as refused:
        import_sheet(own, path)
    assert refused.value.details == (
        "Row 3: there is no case 'C009' here.",
        "Row 4: the framework has no factor 'SYS-NONE'.",
        "Row 5: '5' is neither on the scale nor a reason.",
        "Row 6: 'perhaps' is neither on the scale nor a reason.",
        "Row 7: '1.5' is neither on the scale nor a reason.",
        "Row 8: Record of C001 has 2 pages, so there is no p.9.",
        "Row 8: the confidence 'certain' is not known.",
        f"Row 9: C001 and {F[0]} stand in row 2 already.",
        "Row 10: it names no case.",
        "Row 10: it names no factor.",
        "Row 12: '-1' is neither on the scale nor a reason.",
    )
    assert own.journal.tail(1) == head
    assert everything(own) == {}


@pytest.mark.parametrize(
    ("untrusted", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"case,factor\n", "lacks the column value"),
        (
            b"case,factor,value,confidence,comment,evidence,recordd\n",
            "no column record, but recordd",
        ),
        (b"case,case,factor,value,confidence,comment,evidence\n", "twice: case"),
        (b"case,factor,value,confidence,comment,evidence\nC,F,1,,a,b,c\n", "more cells"),
        (b'case,factor,value,confidence,comment,evidence\nC,F,1,,"open\n', "quotation mark"),
        (b"\xff\xfe\x00", "letters"),
        (b"case\x00", "letters"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "damaged"),
        (b"case," * 7_000_000, "larger than 32 MiB"),
    ],
    ids=range(11),
)
def test_what_is_no_sheet_is_said_to_be_none(own, tmp_path, untrusted, said):
    path = tmp_path / "in.csv"
    path.write_bytes(untrusted)
    with pytest.raises(SheetError, match=said):
        import_sheet(own, path)


def test_the_column_case_tells_what_parts_the_cells(own, tmp_path):
    head = "case\tfactor\tvalue\tconfidence\tcomment\tevidence\ta; b; c; d; e; f; g; h; i"
    read = import_sheet(own, _write(tmp_path, f"{head}\nC001\t{F[0]}\t1\t\tOnce; twice\t\t\n"))
    assert read.changed == 1
    assert read.ignored == ("a; b; c; d; e; f; g; h; i",)


def test_a_sheet_has_no_more_columns_than_a_register_may(own, tmp_path):
    with pytest.raises(SheetError, match=r"Row 1 of in\.csv has more than 200 columns"):
        import_sheet(own, _write(tmp_path, ",".join([*COLUMNS[:6], *map(str, range(300))])))


@pytest.mark.slow
def test_a_broken_xlsx_is_refused(own, tmp_path):
    path = tmp_path / "in.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(SheetError):
        import_sheet(own, path)


def test_a_sheet_from_a_european_excel_is_read(own, tmp_path):
    text = f"case;factor;value;confidence;comment;evidence\r\nC001;{F[0]};1;;naïve, so;\r\n"
    path = tmp_path / "in.csv"
    path.write_bytes(text.encode("cp1252"))
    import_sheet(own, path)
    assert _one(own, "C001", F[0]).comment == "naïve, so"


def test_a_sheet_needs_a_rater_an_open_round_and_a_known_kind_of_file(own, tmp_path):
    path = _sheet(tmp_path, f"C001,{F[0]},1,,,,")
    with pytest.raises(InputError, match="no file"):
        import_sheet(own, tmp_path / "gone.csv")
    with pytest.raises(InputError, match=r"\.csv or an \.xlsx"):
        export_sheet(own, tmp_path / "out.ods")
    seal(own)
    with pytest.raises(StateError, match="sealed"):
        import_sheet(own, path)
    (tmp_path / "c").mkdir()
    with make_chair(tmp_path / "c") as chair:
        for step in (import_sheet, export_sheet):
            with pytest.raises(StateError, match="Nobody rates"):
                step(chair, path)


def test_a_page_mark_that_is_there_is_used_again(own, tmp_path):
    document = own.documents.of(own.cases.all()[0].id)[0]
    mark = page_mark(own, document, 2, note="mine")
    own.marks.put(mark, round_number=1)
    assert import_sheet(own, _sheet(tmp_path, f"C001,{F[0]},3,,x,p.2,")).marks == 0
    assert _one(own, "C001", F[0]).evidence == (mark.id,)


def test_after_a_correction_a_record_means_the_version_that_stands(tmp_path):
    with make_chair(tmp_path, cases=1, rates=True) as book:
        case = book.cases.all()[0]
        old = book.documents.of(case.id)[0]
        new = add_document(book, case, 2)
        book.documents.describe(replace(new, title=old.title))
        book.documents.keep_states(
            [
                replace(
                    old,
                    state=DocumentState.REPLACED,
                    replaced_by=new.id,
                    changed="2026-01-15T10:00:00Z",
                    reason="a page was missing",
                )
            ]
        )
        names = PageNames(book.documents.of(case.id))
        assert names.read(f"{old.title} p.1") == ([(new.id, 1)], [])
        assert names.read("p.2") == ([(new.id, 2)], [])
        assert names.read("document 1 p.1") == ([(old.id, 1)], [])
        marks = [page_mark(book, old), page_mark(book, new)]
        told = names.spell(marks)
        assert told == "document 1 p.1; p.1"
        assert names.read(told)[0] == [(old.id, 1), (new.id, 1)]
