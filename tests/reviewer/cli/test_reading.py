"""What a reader has, on the command line: pages with what is not on them, and the original."""

import hashlib
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.intake import withdraw_document
from tests.books import PASSPHRASE
from tests.reviewer.exchange.panel import issue_to
from tests.reviewer.exchange.panel import make_chair as make_panel
from tests.reviewer.exchange.test_told import LEDGER, NOTES, family

MAIL = "File 0"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A chair's casebook whose first case has a record, a mail and its attachment."""
    monkeypatch.setattr("tests.reviewer.exchange.panel.PASSPHRASE", PASSPHRASE)
    with make_panel(tmp_path) as chair:
        family(chair, chair.cases.all()[0])
        return chair.path


def test_a_document_is_told_with_its_pages_notes_and_ledger(reviewer, file):
    said = reviewer("text", file, "--case", "C001", "--document", MAIL, "--json")
    assert said.code == 0
    (page,) = said.data["pages"]
    told = (page["number"], page["text"], page["source"], page["quality"])
    assert told == (1, "page", "ocr", "check")
    assert said.data["notes"] == list(NOTES)
    ledger = said.data["ledger"]
    assert (ledger["held"], ledger["shown"], ledger["named"]) == (90, 88, 0)
    assert ledger["things"]["words"]["missing"] == ["one", "two"]
    assert ledger["things"]["pictures"] == {"held": 1, "shown": 0, "named": 1, "missing": []}


def test_a_case_is_told_with_what_its_documents_came_with(reviewer, file):
    said = reviewer("text", file, "--case", "C001", "--json")
    record, mail, child = said.data["documents"]
    assert [page["number"] for page in said.data["pages"]] == [1, 2, 1, 1]
    assert {page["document"] for page in said.data["pages"]} == {
        record["id"],
        mail["id"],
        child["id"],
    }
    assert (mail["parent"], child["parent"]) == ("", mail["id"])
    assert mail["facts"] == {"from": "a@example.org"}
    assert record["ledger"]["held"] is None  # nobody counted: not the same as nothing
    assert said.data["ledger"]["held"] == 2 * LEDGER[1].held


def test_one_page_for_people_and_where_there_is_none(reviewer, file):
    said = reviewer("text", file, "--case", "C001", "--document", "Record of C001", "--page", "2")
    assert said.out.splitlines()[1:] == ["-- page 2 (native)", "Page 2"]
    said = reviewer("text", file, "--case", "C001", "--document", MAIL, "--page", "2")
    assert (said.code, said.err) == (2, "File 0 has no page 2; its last is 1.\n")
    assert reviewer("text", file, "--case", "C001", "--page", "1").code == 2


def test_the_original_is_written_as_it_came_and_never_over_another(reviewer, file, tmp_path):
    out = tmp_path / "out" / "deep"
    asked = ("original", file, "--case", "C001", "--document", MAIL, "--to", out)
    said = reviewer(*asked, "--json")
    assert said.code == 0
    (written,) = out.iterdir()
    assert said.data["original"] == str(written)
    assert written.read_bytes() == b"file 0"
    assert said.data["sha256"] == hashlib.sha256(b"file 0").hexdigest()
    written.write_bytes(b"of somebody else")
    again = reviewer(*asked)
    assert again.code == 2
    assert "already exists there, so nothing was written. To replace it: --replace" in again.err
    assert written.read_bytes() == b"of somebody else"
    assert "not encrypted" in reviewer(*asked, "--replace").out
    assert written.read_bytes() == b"file 0"


def test_what_is_withdrawn_is_neither_told_nor_written(reviewer, file, tmp_path):
    with Casebook.open(file, PASSPHRASE) as chair:
        case = chair.cases.all()[0]
        mail = next(d for d in chair.documents.of(case.id) if d.title == MAIL)
        withdraw_document(chair, mail, "it names a child")
    for asked in (("text",), ("original", "--to", tmp_path / "out")):
        said = reviewer(asked[0], file, "--case", "C001", "--document", MAIL, *asked[1:])
        assert said.code == 2
        assert "was withdrawn on" in said.err
    told = reviewer("text", file, "--case", "C001", "--json").data["documents"]
    assert MAIL not in {one["title"] for one in told}
    assert not (tmp_path / "out").exists()


def test_a_panellist_reads_the_own_cases_alone(reviewer, file, tmp_path):
    with Casebook.open(file, PASSPHRASE) as chair:
        path = issue_to(chair, "Bo", tmp_path / "packs", case_refs=["C001"])
    assert reviewer("text", path, "--case", "C001", "--document", MAIL).code == 0
    said = reviewer("text", path, "--case", "C002")
    assert (said.code, "There is no case C002" in said.err) == (2, True)


def test_documents_of_one_name_are_named_by_their_ids(reviewer, file):
    with Casebook.open(file, PASSPHRASE) as chair:
        one, other = chair.documents.of(chair.cases.all()[0].id)[1:]
        chair.documents.describe(replace(other, title=MAIL))
    said = reviewer("text", file, "--case", "C001", "--document", MAIL)
    assert said.code == 2
    assert f"Name one by its id: {one.id}; {other.id}." in said.err
    assert reviewer("text", file, "--case", "C001", "--document", other.id).code == 0
