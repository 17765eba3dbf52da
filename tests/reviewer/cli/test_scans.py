"""Scanned pages on the command line: what waits, reading it now, and typed corrections."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.documents.outside import engine
from reviewer.records.scans import PageReading, PageState, Quality
from tests.books import PASSPHRASE, case, chair_book
from tests.reviewer.documents import scans
from tests.reviewer.intake.test_scans import bundle

PLACE = ("--case", "2010-01", "--document", "bundle", "--page", "3")


@pytest.fixture
def file(reviewer, tmp_path):
    path = tmp_path / "chair.casebook"
    with chair_book(path) as book:
        book.cases.add([case("2010-01")])
    (tmp_path / "bundle.pdf").write_bytes(bundle())
    said = reviewer("import", path, tmp_path / "bundle.pdf", "--case", "2010-01")
    assert said.code == 0
    told = f"2 scanned pages wait to be read. To read all now: reviewer scans {path} --read"
    assert said.out.splitlines()[-1] == told
    return path


def test_it_says_what_waits_reads_it_and_says_how_well(reviewer, file):
    said = reviewer("scans", file, "--json").data
    assert said["engine"] is True
    assert (said["pages"]["all"], said["pages"]["waiting"]) == (3, 2)
    assert "read" not in said
    done = reviewer("scans", file, "--read", "--json").data
    assert (done["read"]["all"], done["read"]["good"], done["pages"]["waiting"]) == (2, 2, 0)
    (one,) = done["documents"]
    assert [(p["number"], p["state"], p["quality"]) for p in one["pages"]] == [
        (2, "read", "good"),
        (3, "read", "good"),
    ]
    text = reviewer("text", file, *PLACE, "--json").data["pages"][0]
    assert (text["source"], text["quality"]) == ("ocr", "good")
    assert scans.wrong("\n".join(scans.LINES), text["text"]) < 0.5
    lines = reviewer("scans", file, "--read").out.splitlines()
    assert lines[0].startswith("0 pages read in")
    assert lines[1] == (
        "3 pages: 1 with text in the file, 2 read from scans, 0 waiting, 0 that could not be read."
    )


def test_a_page_that_waits_is_told_where_its_document_is_read_until_it_is_read(reviewer, file):
    place = ("--case", "2010-01", "--json")
    told = "Pages 2-3 are pictures, scans or blank, and were not read yet"
    before = reviewer("text", file, *place).data
    assert before["notes"][-1].startswith(told)
    assert before["documents"][0]["notes"] == before["notes"]
    again = file.parent / "again.pdf"
    again.write_bytes(bundle() + b"\n")
    brought = reviewer("import", file, again, *place).data
    assert any(told in note for note in brought["notes"])
    with Casebook.open(file, PASSPHRASE) as book:
        one = book.documents.all()[0].id
        failed = PageReading(number=3, state=PageState.FAILED, reason="no words")
        book.scans.keep(one, failed, "", b"")
    whole = reviewer("text", file, *place, "--document", "bundle").data["notes"]
    assert whole[-2].startswith("Page 2 is a picture, a scan or blank, and was not read yet")
    assert whole[-1].startswith("Page 3 is a scan that could not be read")
    reviewer("scans", file, "--read", "--again")
    assert reviewer("text", file, *place).data["notes"] == []


def test_a_misread_word_is_corrected_and_found(reviewer, file):
    reviewer("scans", file, "--read")
    said = reviewer("scans", file, *PLACE, "--misread", "Marlow", "--typed", "Marlowe", "--json")
    (typed,) = said.data["documents"][0]["corrections"]
    assert (typed["misread"], typed["typed"], typed["page"]) == ("Marlow", "Marlowe", 3)
    hits = reviewer("search", file, "Marlowe", "--json").data["hits"]
    assert [hit["page"] for hit in hits] == [3]
    for words, sentence in (("the", "times"), ("giraffe", "does not say")):
        refused = reviewer("scans", file, *PLACE, "--misread", words, "--typed", "x")
        assert refused.code == 2
        assert sentence in refused.err
    assert reviewer("scans", file, "--misread", "a", "--typed", "b").code == 2


def test_without_tesseract_it_says_how_to_get_it(reviewer, file, monkeypatch):
    monkeypatch.setattr(engine, "_BROUGHT", "no_such_package")
    monkeypatch.setattr(engine.shutil, "which", lambda name: None)
    assert "Install it" in reviewer("scans", file).out
    refused = reviewer("scans", file, "--read")
    assert refused.code == 2
    assert "Tesseract is not on this computer" in refused.err
    with Casebook.open(file, PASSPHRASE) as book:
        assert len(book.scans.waiting()) == 2


def test_who_stepped_back_is_told_nothing_of_scans_and_types_no_word(reviewer, file, tmp_path):
    with Casebook.open(file, PASSPHRASE) as book:
        book.cases.add([case("2010-02")])
        one = book.documents.all()[0]
        words = PageReading(number=3, state=PageState.READ, quality=Quality.GOOD)
        book.scans.keep(one.id, words, "Marlow was held", b"")
    key = tmp_path / "key"
    key.write_text("six words for a test only", encoding="utf-8")
    made = reviewer("issue", file, "--member", "Bo", "--to", tmp_path / "out",
                    "--member-passphrase-file", key, "--json").data["casebook"]  # fmt: skip
    own = ("--passphrase-file", key)
    typed = (*PLACE, "--misread", "Marlow", "--typed", "Marlowe")
    assert reviewer("scans", made, *own, *typed).code == 0
    assert reviewer("scans", made, *own, "--json").data["documents"][0]["corrections"]
    reviewer("recuse", made, *own, "--case", "2010-01", "--why", "kin")
    all_of_it = reviewer("scans", made, *own, "--json").data
    assert all_of_it["documents"] == []
    assert all_of_it["pages"]["all"] == 0
    for given in (PLACE[:2], typed, (*PLACE, "--misread", "giraffe", "--typed", "x")):
        said = reviewer("scans", made, *own, *given)
        assert (said.code, "You are recused from 2010-01" in said.err) == (2, True)
    told = reviewer("undo", made, *own, "--list").out
    assert "Marlow" not in told
    assert "bundle" not in told
    assert told.count("2010-01: ") == 2
    steps = reviewer("undo", made, *own, "--list", "--json").data["steps"]
    said = reviewer("undo", made, *own, "--step", str(steps[1]["step"]))
    assert said.out == "Taken back: 2010-01: a step on papers that are not yours to read.\n"


def test_a_chair_who_stepped_back_reads_scans_and_sees_no_word_typed(reviewer, file):
    with Casebook.open(file, PASSPHRASE) as book:
        one = book.documents.all()[0]
        words = PageReading(number=3, state=PageState.READ, quality=Quality.GOOD)
        book.scans.keep(one.id, words, "Marlow was held", b"")
    typed = (*PLACE, "--misread", "Marlow", "--typed", "Marlowe")
    assert reviewer("scans", file, *typed).code == 0
    assert reviewer("recuse", file, "--case", "2010-01", "--why", "kin").code == 0
    (told,) = reviewer("scans", file, "--case", "2010-01", "--json").data["documents"]
    assert (told["scanned"], told["corrections"]) == (2, [])
    said = reviewer("scans", file, *typed)
    assert (said.code, "You are recused from 2010-01" in said.err) == (2, True)
