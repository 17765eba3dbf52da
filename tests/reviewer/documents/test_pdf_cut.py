"""A PDF that was cut short is shown as far as it has pages, and that is told."""

import zlib

import pytest

from reviewer.documents.formats import pdf_cut
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.formats.pdf_open import unlocked
from reviewer.documents.notes import CUT_SHORT
from reviewer.documents.refusals import Refused
from tests.reviewer.documents.both import Both
from tests.reviewer.documents.test_pdf_pages import read, tree

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXTS = ("First of all", "Second of all", "Third of all")


def leaf(at, parent=9):
    return (
        f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 200 100]/Resources<</Font<</F 1 0 R>>>>"
        f"/Contents {at} 0 R>>"
    )


def content(text):
    drawn = f"BT /F 12 Tf 10 50 Td ({text}) Tj ET"
    return f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream"


def written(objects):
    return "".join(f"{at} 0 obj\n{body}\nendobj\n" for at, body in objects)


def leaves_first():
    """Return a PDF whose list of pages stands at its end, up to before that."""
    objects = [(1, FONT)]
    for at, text in enumerate(TEXTS):
        objects += [(2 + 2 * at, content(text)), (3 + 2 * at, leaf(2 + 2 * at))]
    return f"%PDF-1.4\n{written(objects)}".encode()


def packed(objects, *, places=None):
    """Return an object that holds others, compressed."""
    bodies = [body for _, body in objects]
    starts = places or [sum(len(one) + 1 for one in bodies[:at]) for at in range(len(bodies))]
    head = " ".join(
        f"{number} {start}" for (number, _), start in zip(objects, starts, strict=True)
    )
    stream = zlib.compress(f"{head} {' '.join(bodies)}".encode())
    told = f"/N {len(objects)}/First {len(head) + 1}/Filter/FlateDecode/Length {len(stream)}"
    return b"20 0 obj\n<</Type/ObjStm%s>>stream\n%s\nendstream\nendobj\n" % (told.encode(), stream)


def in_streams():
    """Return a PDF whose list of pages and pages are packed, without its end."""
    objects = [(1, FONT), *((2 + at, content(text)) for at, text in enumerate(TEXTS))]
    kids = " ".join(f"{10 + at} 0 R" for at in range(len(TEXTS)))
    inner = [
        (8, "<</Type/Catalog/Pages 9 0 R>>"),
        (9, f"<</Type/Pages/Count {len(TEXTS)}/Kids[{kids}]>>"),
        *((10 + at, leaf(2 + at)) for at in range(len(TEXTS))),
    ]
    return f"%PDF-1.5\n{written(objects)}".encode() + packed(inner)


def test_pages_are_had_whose_list_stands_before_the_cut():
    whole = tree(*TEXTS, count=3)
    texts, notes = read(whole[: whole.index(b"Third of all")])
    assert texts == [*TEXTS[:2], ""]
    assert CUT_SHORT in notes


@pytest.mark.parametrize("made", [leaves_first, in_streams])
def test_pages_are_looked_for_whose_list_is_lost(made):
    texts, notes = read(made())
    assert texts == list(TEXTS)
    assert CUT_SHORT in notes


def test_a_page_that_was_cut_off_stands_empty_in_its_place_and_is_told():
    whole = tree(*TEXTS, count=3)
    texts, notes = read(whole[: whole.index(b"5 0 obj")])
    assert len(texts) == 3
    assert CUT_SHORT in notes
    assert any("Damaged pages" in note and "2, 3" in note for note in notes)


def test_of_a_whole_one_nothing_is_said():
    assert CUT_SHORT not in read(tree(*TEXTS, count=3))[1]


def test_one_that_is_opened_all_the_same_is_told_too():
    whole = tree(*TEXTS, count=3)
    cut = whole + b"99 0 obj\n<</Later true>>\nendobj\n"
    assert CUT_SHORT in read(cut)[1]


@pytest.mark.parametrize("sign", [b"/Encrypt 5 0 R", b"<</Filter/Standard/V 2>>"])
def test_one_that_was_locked_stays_broken(sign):
    with pytest.raises(Refused) as caught:
        Pdf(leaves_first() + sign)
    assert caught.value.code == "pdf-broken"


@pytest.mark.parametrize(
    "body", [b"", b"1 0 obj\n<</Type/Font>>\nendobj\n", b"1 0 obj\n<</Type/Page/Contents 2 0 R"]
)
def test_one_without_a_page_stays_broken(body):
    with pytest.raises(Refused) as caught:
        Pdf(b"%PDF-1.4\n" + body)
    assert caught.value.code == "pdf-broken"


@pytest.mark.parametrize(
    "broken",
    [
        packed([(10, leaf(2))])
        .replace(b"\nendstream", b"\xff\nendstream")
        .replace(b"x\x9c", b"??"),
        packed([(10, leaf(2))], places=[10**8]),
        b"20 0 obj\n<</Type/ObjStm/N 1/First 9>>\nendobj\n",
    ],
    ids=["no stream of its kind", "places beyond it", "no stream"],
)
def test_packed_objects_that_are_none_are_passed_over(broken):
    texts, _ = read(leaves_first() + broken)
    assert texts[:3] == list(TEXTS)


def test_packed_objects_unpack_to_no_more_than_they_may(monkeypatch):
    monkeypatch.setattr(pdf_cut, "_UNPACKED", 30)
    texts, _ = read(leaves_first() + packed([(10, leaf(2))]) + packed([(11, leaf(4))]))
    assert texts == list(TEXTS)


def test_a_password_is_tried_on_it_in_vain():
    assert unlocked(leaves_first(), ("x-ray",)) == b""


def test_it_comes_in_with_a_note():
    with Both(passwords=("x-ray",)) as worker:
        reading = worker.read(leaves_first(), "cut.pdf")
    assert [page.text for page in reading.pages] == list(TEXTS)
    assert CUT_SHORT in reading.notes


def test_pages_are_looked_for_where_the_list_that_is_there_is_none():
    objects = [
        (1, FONT),
        (2, content("Alone")),
        (3, leaf(2)),
        (4, "<</Type/Catalog/Pages 9 0 R>>"),
    ]
    made = f"%PDF-1.4\n{written(objects)}trailer<</Root 4 0 R/Size 9>>\n%%EOF"
    assert read(made.encode())[0] == ["Alone"]
