"""The whole job by commands alone: the README's way, on real files with cheap keys."""

import csv
import json
from pathlib import Path

import pytest

from reviewer.cli import panel
from reviewer.errors import StorageError

NAMES = ("A. One", "B. Two", "C. Three")


@pytest.fixture
def job(reviewer, tmp_path):
    """Register, import, issue to three; returns (chair's file, the issued files by name)."""
    (tmp_path / "statement.txt").write_text(
        "He was restrained face down.\n" * 30, encoding="utf-8"
    )
    (tmp_path / "cases.csv").write_text(
        "reference,title,document,year\nC-1,First,statement.txt,2010\nC-2,Second,,2011\n",
        encoding="utf-8",
    )
    file = tmp_path / "inquiry.casebook"
    assert reviewer("new", file, "--title", "Inquiry", "--chair", "R. Chair").code == 0
    brought = reviewer("import", file, "--register", tmp_path / "cases.csv", "--json")
    assert brought.data["cases_added"] == 2
    more = tmp_path / "letter.txt"
    more.write_text("A letter from his sister.\n", encoding="utf-8")
    assert reviewer("import", file, "--case", "C-2", more).code == 0
    again = reviewer("import", file, "--case", "C-2", more, "--json")
    assert again.data["documents_unchanged"] == 1
    secret = tmp_path / "member.txt"
    secret.write_text("a passphrase of theirs", encoding="utf-8")
    packs = {}
    for name in NAMES:
        said = reviewer(
            "issue", file, "--member", name, "--to", tmp_path / "sticks",
            "--member-passphrase-file", secret, "--json",
        )  # fmt: skip
        packs[name] = said.data["casebook"]
        assert said.data["slip"] is None
    return file, packs, secret


def fill(path, value):
    """Fill every row of an exported sheet with one value."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row.update(value=str(value), confidence="high", comment="Why.", evidence="p.1", record="")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def returned(reviewer, tmp_path, pack, secret, value):
    """Rate, seal and return one panellist's casebook by commands."""
    own = ("--passphrase-file", secret)
    sheet = tmp_path / f"{Path(pack).stem}.csv"
    assert reviewer("sheet", pack, "--export", sheet, *own).code == 0
    rows = fill(sheet, value)
    read = reviewer("sheet", pack, "--import", sheet, "--json", *own)
    assert (read.code, read.data["rows"]) == (0, rows)
    sealed = reviewer("seal", pack, "--json", *own)
    assert (sealed.code, sealed.data["blank"]) == (0, 0)
    assert reviewer("seal", pack, *own).code == 2
    out = tmp_path / "returns"
    out.mkdir(exist_ok=True)
    return reviewer("return", pack, "--to", out, "--json", *own).data["return"]


@pytest.mark.slow
def test_from_the_register_to_the_summary(reviewer, tmp_path, job):
    file, packs, secret = job
    returns = [
        returned(reviewer, tmp_path, packs[name], secret, value)
        for name, value in zip(NAMES, (3, 3, 0), strict=True)
    ]
    first = reviewer("merge", file, *returns[:2], "--json")
    assert [v["verdict"] for v in first.data["verdicts"]] == ["received", "received"]
    assert (first.data["received"], first.data["expected"]) == (2, 3)
    assert first.data["out"] == ["C. Three"]
    assert reviewer("merge", file, returns[0], "--json").data["verdicts"][0]["verdict"] == (
        "already merged"
    )
    early = reviewer("release", file)
    assert early.code == 2
    assert "C. Three" in early.err + early.out
    assert reviewer("summary", file, "--to", tmp_path).code == 2
    foreign = tmp_path / "foreign.return"
    foreign.write_bytes(b"nonsense")
    mixed = reviewer("merge", file, foreign, returns[2], "--json")
    assert mixed.code == 2
    assert [v["verdict"] for v in mixed.data["verdicts"]] == ["refused", "received"]
    released = reviewer("release", file, "--json")
    assert released.code == 0
    assert all(
        line["declared"] == line["opened"] == line["stored"] for line in released.data["ledger"]
    )
    out = tmp_path / "summary"
    out.mkdir()
    wrote = reviewer("summary", file, "--to", out, "--json").data["written"]
    assert {Path(path).parent for path in wrote.values()} == {out}
    again = reviewer("summary", file, "--to", out)
    assert again.code == 2
    assert "--replace" in again.err + again.out
    told = reviewer("summary", file, "--to", out, "--replace")
    assert told.code == 0
    assert "not encrypted" in told.out
    found = json.loads(Path(wrote["summary.json"]).read_text(encoding="utf-8"))
    cell = next(c for c in found["cells"] if (c["case"], c["factor"]) == ("C-1", "SYS-CALL"))
    assert sorted(r["value"] for r in cell["ratings"]) == [0, 3, 3]
    assert (cell["n"], cell["median"], cell["assessable"]) == (3, 3, True)
    assert reviewer("verify", file).code == 0


def test_release_without_somebody_needs_a_reason_each(reviewer, tmp_path, job):
    file, packs, secret = job
    one = returned(reviewer, tmp_path, packs["A. One"], secret, 1)
    assert reviewer("merge", file, one).code == 0
    assert reviewer("release", file, "--without", "B. Two").code == 2
    said = reviewer(
        "release", file, "--without", "B. Two", "--reason", "ill", "--without", "C. Three",
        "--reason", "resigned", "--json",
    )  # fmt: skip
    assert said.data["without"] == {"B. Two": "ill", "C. Three": "resigned"}
    assert (
        reviewer(
            "issue", file, "--member", "D", "--to", tmp_path, "--slip-to", tmp_path / "s"
        ).code
        == 2
    )


def test_a_casebook_whose_slip_cannot_be_written_is_taken_away(
    reviewer, tmp_path, job, monkeypatch
):
    def full(path, _data):
        raise StorageError(f"There is not enough room on the disk for {path.name}.")

    monkeypatch.setattr(panel, "write_whole", full)
    said = reviewer(
        "issue", job[0], "--member", "E. Late", "--to", tmp_path / "late", "--slip-to", tmp_path
    )
    assert said.code == 2
    assert "taken away again" in said.err
    assert "--again" in said.err
    assert list((tmp_path / "late").iterdir()) == []


def test_the_slip_never_lies_beside_the_casebook(reviewer, tmp_path, job):
    file, _, _ = job
    there = tmp_path / "there"
    said = reviewer("issue", file, "--member", "D. Four", "--to", there, "--slip-to", there / ".")
    assert said.code == 2
    assert "another route" in said.err
    assert not there.exists()
    said = reviewer(
        "issue", file, "--member", "D. Four", "--to", there, "--slip-to", tmp_path / "slips",
        "--cases", "C-1", "--json",
    )  # fmt: skip
    assert said.data["cases"] == 1
    assert (tmp_path / "slips").is_dir()
    assert said.data["slip"].endswith(".pdf")


def test_a_sealed_round_is_reopened_with_a_reason(reviewer, tmp_path, job):
    _, packs, secret = job
    pack, own = packs["A. One"], ("--passphrase-file", secret)
    first = returned(reviewer, tmp_path, pack, secret, 2)
    assert reviewer("reopen", pack, "--reason", "a page came to light", *own).code == 0
    assert reviewer("seal", pack, "--json", *own).data["seq"] == 2
    second = reviewer("return", pack, "--to", tmp_path / "returns", "--json", *own).data["return"]
    assert first != second


def test_a_release_tells_what_is_blank_before_any_figure(reviewer, tmp_path, job):
    file, packs, secret = job
    own = ("--passphrase-file", secret)
    out = tmp_path / "returns"
    out.mkdir()
    sealed = reviewer("seal", packs["A. One"], "--json", *own)
    assert "Most of this round is blank: 34 of 34 ratings are blank." in sealed.err
    assert (sealed.data["asked"], sealed.data["mostly_blank"]) == (34, True)
    back = reviewer("return", packs["A. One"], "--to", out, "--json", *own).data["return"]
    assert reviewer("merge", file, back).code == 0
    absent = [word for name in NAMES[1:] for word in ("--without", name, "--reason", "ill")]
    told = reviewer("release", file, *absent)
    lines = told.out.splitlines()
    blank = lines.index(
        "Most of this round is blank: 34 of 34 ratings are blank. The figures are of the rest."
    )
    assert blank == 1
    assert lines[2] == "- A. One: 34 of 34 ratings are blank"
    assert not any(": ratings:" in line for line in lines[:blank])
    assert "support: Every score of 2 or more" in reviewer("verify", file).out
