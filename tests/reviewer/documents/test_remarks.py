"""What stands beside the cells of a workbook: remarks and their threads, charts, diagrams."""

import io
import zipfile

import pytest
from openpyxl.comments import Comment

from reviewer.documents import limits
from reviewer.documents.formats import xlsx
from reviewer.documents.formats.sheet_cells import area, covered, place
from tests.reviewer.documents.counting import ledger
from tests.reviewer.documents.test_sheet_pages import workbook

OFFICE = "http://schemas.microsoft.com/office/2017/10/relationships/"
OPEN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
)
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def relation(name, kind, target, more=""):
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}" {more}/>'


def beside(sheet_relations, **parts):
    """Return a workbook with more pointed at by its sheet, and these parts in it."""

    def change(book):
        book.active["A1"].comment = Comment("[Threaded comment] a copy", "tc=1")
        book.active["A2"].comment = Comment("seen by night", "Jo Hale")
        book.active["A3"].comment = Comment("Jo Hale: and by day", "Jo Hale")

    made = workbook([["a"], ["b"], ["c"]], change)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/_rels/sheet1.xml.rels":
                data = data.replace(
                    b"</Relationships>", sheet_relations.encode() + b"</Relationships>"
                )
            new.writestr(name, data)
        for name, text in parts.items():
            new.writestr(name.replace("__", "/").replace("-xml", ".xml"), text)
    return out.getvalue()


def only(raw):
    (sheet,) = xlsx.book(raw).sheets
    return sheet


THREAD = (
    '<ThreadedComments><threadedComment ref="A1" personId="p1" dT="2016-05-03T10:00:00">'
    "<text>who wrote this?</text></threadedComment>"
    '<threadedComment ref="A1" personId="p2"><text>the night  shift</text></threadedComment>'
    '<threadedComment ref="A2" personId="nobody"><text>unsigned</text></threadedComment>'
    '<threadedComment ref="nowhere"><text>lost</text></threadedComment>'
    '<threadedComment ref="A3"><text> </text></threadedComment></ThreadedComments>'
)
PERSONS = (
    '<personList><person id="p1" displayName="Ann Drew"/><person id="p2" displayName="Eve Marsh"/>'
    "</personList>"
)


def threaded():
    return beside(
        relation("t1", OFFICE + "threadedComment", "/xl/threadedComments/one.xml"),
        **{"xl/threadedComments/one.xml": THREAD, "xl/persons/person.xml": PERSONS},
    )


def test_a_thread_of_remarks_stands_with_its_persons_and_days_and_its_copy_is_left_out():
    assert only(threaded()).remarks == {
        (0, 0): "Ann Drew, 2016-05-03: who wrote this? / Eve Marsh: the night shift",
        (1, 0): "Jo Hale: seen by night / unsigned",
        (2, 0): "Jo Hale: and by day",
    }


def test_without_its_thread_the_copy_is_all_there_is():
    assert only(beside("")).remarks[0, 0] == "tc=1: [Threaded comment] a copy"


def test_the_ledger_finds_every_word_of_a_thread(monkeypatch):
    lines = ledger(monkeypatch, threaded(), "a.xlsx")
    words = lines["words"]
    assert words["held"] <= words["shown"] + words["named"] + 1  # of a cell that is nowhere


DRAWING = (
    f"<wsDr {A}><pic><cNvPr descr=' the ward '/></pic><pic/><sp><a:p><a:r><a:t>Entry</a:t></a:r>"
    "<a:br/><a:r><a:t>by night</a:t></a:r></a:p><a:p/><a:fld><a:t>none</a:t></a:fld></sp></wsDr>"
)
TITLES = ("Pulse", "Pulse", "Hour")
CHART = f"<chart {A}>" + "".join(f"<a:p><a:t>{one}</a:t></a:p>" for one in TITLES) + "</chart>"
DIAGRAM = f"<data {A}><a:p><a:t>Who told whom</a:t></a:p></data>"


def drawn():
    return beside(
        relation("d1", OPEN + "drawing", "/xl/drawings/d.xml")
        + relation("d2", OPEN + "drawing", "/xl/drawings/none.xml")
        + relation("d3", OPEN + "drawing", "https://example.org/d.xml", 'TargetMode="External"')
        + relation("o1", OPEN + "oleObject", "/xl/embeddings/o.bin"),
        **{
            "xl/drawings/d.xml": DRAWING,
            "xl/drawings/_rels/d.xml.rels": RELATIONS.format(
                relation("c1", OPEN + "chart", "/xl/charts/c.xml")
                + relation("c2", OPEN + "chart", "/xl/charts/none.xml")
                + relation("c3", OPEN + "chart", "/xl/charts/empty.xml")
                + relation("g1", OPEN + "diagramData", "/xl/diagrams/g.xml")
                + relation("i1", OPEN + "image", "/xl/media/i.png")
                + "</Relationships>"
            ),
            "xl/charts/c.xml": CHART,
            "xl/charts/empty.xml": "<chart/>",
            "xl/diagrams/g.xml": DIAGRAM,
            "xl/embeddings/o.bin": "x",
        },
    )


def test_the_words_of_drawings_charts_and_diagrams_stand_below_the_cells():
    sheet = only(drawn())
    assert sheet.loose == [
        "Description of a picture: the ward",
        "Entry by night",
        "Chart: Pulse / Hour",
        "Diagram: Who told whom",
    ]
    assert (sheet.pictures, sheet.charts, sheet.objects) == (2, 3, 1)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("A1", (0, 0)),
        ("$AB$12", (11, 27)),
        ("XFD1048576", (1_048_575, 16_383)),
        ("XFE1", None),
        ("A1048577", None),
        ("A0", None),
        ("ABCD1", None),
        ("A12345678", None),
        ("Ä1", None),
        ("A", None),
        ("1", None),
        ("", None),
    ],
)
def test_the_name_of_a_cell_is_a_place_within_a_sheet_or_none(name, found):
    assert place(name) == found


def test_an_area_is_told_from_any_two_of_its_corners():
    assert area("B3:A1") == area("A1:B3") == (0, 0, 2, 1)
    assert area("C4") == (3, 2, 3, 2)
    assert area("A1:nowhere") is None
    assert area("nowhere") is None
    assert list(covered([(0, 0, 1, 1)])) == [
        ((0, 1), (0, 0)),
        ((1, 0), (0, 0)),
        ((1, 1), (0, 0)),
    ]


def test_an_area_that_is_larger_than_any_sheet_ends(monkeypatch):
    monkeypatch.setattr(limits, "SHEET_CELLS", 10)
    assert len(list(covered([(0, 0, 1_048_575, 16_383)]))) == 9  # and the one that is shown
