"""A range of a recording, marked on the command line and listed as it is cited."""

import hashlib

import pytest

from reviewer.records.cases import Document, PageText, Reading
from reviewer.records.ids import DocumentId, new_id
from tests.books import chair_book


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "heard.casebook"
    with chair_book(path, cases=1) as book:
        case = book.cases.all()[0]
        page = PageText(number=1, text="Recording", boxes=b"", width=595.0, height=842.0)
        raw = b"RIFF"
        document = Document(
            id=DocumentId(new_id()),
            case=case.id,
            title="999 call",
            file_name="call.wav",
            media="audio/wav",
            sha256=hashlib.sha256(raw).hexdigest(),
            size=len(raw),
            page_count=1,
        )
        reading = Reading(media="audio/wav", pages=(page,), rendition=b"%PDF-", notes=())
        book.documents.add(document, raw, reading)
    return path


def test_a_range_is_marked_attached_and_cited(reviewer, file):
    where = ["--case", "2010-01", "--document", "999 call"]
    said = reviewer(
        "mark", file, *where, "--from", "0:12:03", "--to", "12:09", "--factor", "IND-FORCE"
    )
    assert (said.code, said.out) == (0, "Marked 999 call 00:12:03-00:12:09.\n")
    (mark,) = reviewer("marks", file, "--json").data["marks"]
    assert mark["citation"] == "999 call 00:12:03-00:12:09, 2010-01"
    assert (mark["kind"], mark["quote"]) == ("area", "00:12:03-00:12:09")
    assert mark["factors"] == ["IND-FORCE"]
    line = reviewer("marks", file).out.splitlines()[0]
    assert line.startswith("999 call 00:12:03-00:12:09, 2010-01 \u00b7 ")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([], "Name the page (--page), or the time of a recording"),
        (["--from", "0:12:03"], "A range of time is --from and --to"),
        (["--from", "0:01", "--to", "0:02", "--page", "1"], "A range of time is --from and --to"),
        (["--from", "0:12:09", "--to", "0:12:03"], "ends later than it begins"),
        (["--from", "noon", "--to", "0:12:03"], "such as 0:12:03"),
    ],
    ids=["nothing", "half", "page", "backwards", "words"],
)
def test_another_range_is_refused(reviewer, file, wrong, told):
    said = reviewer("mark", file, "--case", "2010-01", "--document", "999 call", *wrong)
    assert said.code == 2
    assert told in said.err


def test_a_page_has_no_time(reviewer, file):
    said = reviewer(
        "mark", file, "--case", "2010-01", "--document", "Custody record",
        "--from", "0:01", "--to", "0:02",
    )  # fmt: skip
    assert said.code == 2
    assert "Custody record is no recording" in said.err
