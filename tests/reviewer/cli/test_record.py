"""verify, journal and receipt: what stands, shown and proved on the command line."""

import json
import shutil

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto.receipt import read_receipt
from reviewer.records.reading import ReadingPlace
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.reports import pdfs


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=2).close()
    return path


def read_one(path):
    with Casebook.open(path, PASSPHRASE) as book:
        document = book.documents.all()[0]
        book.reading.put(document.id, ReadingPlace(page=2, uncovered=True))


def test_verify_gives_each_verdict_and_the_state(reviewer, file):
    data = reviewer("verify", file, "--json").data
    names = [check["name"] for check in data["checks"]]
    assert names == [
        "pages", "format", "schema", "structure", "journal", "times", "digest", "search",
        "ledger", "backups", "seen", "seals", "returns", "standing", "release", "support",
    ]  # fmt: skip
    assert set(data["checks"][0]) == {"name", "passed", "remark", "sentence"}
    assert set(data["state"]) == {"id", "entries", "head", "rows", "digest"}
    lines = reviewer("verify", file).out.splitlines()
    assert lines[0] == "ok   pages: Every page is authentic."
    assert any(line.startswith("note backups: ") for line in lines)


def test_a_receipt_is_written_and_tells_an_older_file_from_a_later_one(reviewer, file, tmp_path):
    older = shutil.copyfile(file, tmp_path / "older.casebook")
    read_one(file)
    folder = tmp_path / "paper"
    folder.mkdir()
    data = reviewer("receipt", file, "--to", folder, "--json").data
    code = "\n".join(data["code"])
    (page,) = pdfs.texts(next(folder.glob("*.pdf")).read_bytes())
    for line in data["code"]:
        assert line.upper() in page
    assert data["head"] in page.replace("\n", "")
    for word in ("Custody record", "Call from hostel", "Restrained", "2010-01"):
        assert word not in page
    assert read_receipt(code).seq == data["entries"]
    read = reviewer("verify", file, "--receipt", code)
    assert (read.code, "ok   receipt" in read.out) == (0, True)
    behind = reviewer("verify", older, "--receipt", " ".join(data["code"]))
    assert behind.code == 2
    assert "older than the receipt" in behind.out
    assert "sound, but" in behind.err


def test_a_file_put_back_is_found_on_this_computer_without_any_receipt(reviewer, file, tmp_path):
    older = file.read_bytes()
    read_one(file)
    file.write_bytes(older)
    said = reviewer("verify", file)
    assert said.code == 2
    assert "BAD  seen" in said.out
    assert "not the newest state" in said.err


def test_a_code_with_one_wrong_digit_names_its_line(reviewer, file, tmp_path):
    data = reviewer("receipt", file, "--to", tmp_path, "--json").data
    lines = data["code"]
    lines[1] = ("1" if lines[1][0] != "1" else "2") + lines[1][1:]
    said = reviewer("verify", file, "--receipt", "\n".join(lines))
    assert said.code == 2
    assert "Line 2 is not as printed" in said.err


def test_the_journal_is_written_with_its_verifier(reviewer, file, tmp_path):
    to = tmp_path / "journal.json"
    data = reviewer("journal", file, "--to", to, "--verifier-to", tmp_path, "--json").data
    written = json.loads(to.read_text(encoding="utf-8"))
    assert written["journal"] == {"entries": data["entries"], "head": data["head"]}
    assert (tmp_path / "verify_export.py").read_text(encoding="utf-8").startswith('"""Check what')
    assert reviewer("journal", file, "--to", to).code == 2  # never over another file


def test_neither_of_the_two_is_left_where_one_cannot_be_written(reviewer, file, tmp_path):
    to = tmp_path / "journal.json"
    to.write_text("mine", encoding="utf-8")
    (tmp_path / "v").mkdir()
    assert reviewer("journal", file, "--to", to, "--verifier-to", tmp_path / "v").code == 2
    assert to.read_text(encoding="utf-8") == "mine"
    assert list((tmp_path / "v").iterdir()) == []
