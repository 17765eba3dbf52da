"""Sheets and references as they are typed at a terminal."""

import csv

import pytest

from tests.books import PASSPHRASE


@pytest.fixture
def pack(reviewer, tmp_path):
    """An issued casebook of the case "Smith, J." and not of C-2."""
    (tmp_path / "cases.csv").write_text(
        'reference,title\n"Smith, J.",First\nC-2,Second\nC-3,Third\n', encoding="utf-8"
    )
    file = tmp_path / "inquiry.casebook"
    assert reviewer("new", file, "--title", "Inquiry", "--chair", "R. Chair").code == 0
    assert reviewer("import", file, "--register", tmp_path / "cases.csv").code == 0
    secret = tmp_path / "member.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    said = reviewer(
        "issue", file, "--member", "A. One", "--to", tmp_path / "out", "--cases",
        'C-3, "Smith, J."', "--member-passphrase-file", secret, "--json",
    )  # fmt: skip
    assert said.data["cases"] == 2
    open_quote = reviewer(
        "issue", file, "--member", "B. Two", "--to", tmp_path / "out", "--cases", '"Smith, J.',
        "--member-passphrase-file", secret,
    )  # fmt: skip
    assert open_quote.code == 2
    assert "in double quotes" in open_quote.err + open_quote.out
    return said.data["casebook"]


def test_a_reference_with_a_comma_can_be_allocated_and_an_emptied_row_clears(
    reviewer, pack, tmp_path
):
    sheet = tmp_path / "sheet.csv"
    assert reviewer("sheet", pack, "--export", sheet).code == 0
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["case"] for row in rows} == {"Smith, J.", "C-3"}
    assert {row["was"] for row in rows} == {"blank"}
    rows[0].update(value="1.0", notes="call Bo")
    _write(sheet, rows)
    read = reviewer("sheet", pack, "--import", sheet)
    assert read.out.splitlines()[0] == "Read 1 row: 1 rating changed."
    assert "Not read, because no such column is known: notes." in read.out
    rows[0].update(value="", was="1")
    _write(sheet, rows)
    cleared = reviewer("sheet", pack, "--import", sheet, "--json").data
    assert (cleared["rows"], cleared["changed"]) == (1, 1)
    assert cleared["cleared"] == [f"{rows[0]['case']} {rows[0]['factor']}: 1 was cleared."]
    undone = reviewer("undo", pack).out.strip()
    assert undone == "Taken back: Smith, J.: Call handling and dispatch, blank (before: 1)."


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
