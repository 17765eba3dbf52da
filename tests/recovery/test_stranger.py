"""With the printed sheet and the file alone, another program reads everything."""

import dataclasses
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import STANDARD
from reviewer.records.judgement import Rating
from reviewer.reports.slips.recovery import write_sheet
from tests.books import PASSPHRASE, case, chair_book, document, framework, sql_of
from tests.recovery.stranger import dump

pytest.importorskip("apsw")
STRANGER = Path(__file__).with_name("stranger.py")
FILES = [
    b"%PDF-1.7 the first " * 999,
    "Ein Brief, na\u00efvet\u00e9 \U0001f54a".encode(),
    b"\x00\xff" * 4000,
]


@pytest.fixture
def inquiry(tmp_path):
    """A chair's casebook with documents, pages and a rating; and its printed sheet."""
    path = tmp_path / "inquiry.casebook"
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    with chair_book(path) as book:
        cases = [case(f"2010-{n:02}", title=f"Case {n} \u2013 O\u2019Brien") for n in (1, 2, 3)]
        book.cases.add(cases)
        for one, content in zip(cases, FILES, strict=True):
            made, _, reading = document(one)
            made = dataclasses.replace(made, sha256=sha256_of(content), size=len(content))
            book.documents.add_many([(made, content, reading)])
        factor = book.about.framework.factors[0].code
        rating = Rating(factor=factor, value=2, comment="Held face down; see p.1.")
        book.ratings.put(book.about.member, cases[0].id, 1, rating)
        sheet = write_sheet(book, sheets)
        expected = seen_by_us(book)
    return path, sheet, expected


def sha256_of(data):
    return hashlib.sha256(data).hexdigest()


def seen_by_us(book):
    return {
        "cases": [[c.reference, c.title] for c in book.cases.all()],
        "documents": {
            d.sha256: [d.title, sha256_of(book.documents.original(d.id)), d.page_count]
            for d in book.documents.all()
        },
        "dump": dump(sql_of(book)),
    }


def stranger(sheet, casebook, *more):
    done = subprocess.run(
        [sys.executable, "-I", STRANGER, sheet, casebook, *more],
        capture_output=True, text=True, timeout=60, check=False, cwd=casebook.parent,
        env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_case_and_document_is_read_from_the_printed_text_alone(inquiry, tmp_path):
    path, sheet, expected = inquiry
    copy = tmp_path / "copy.casebook"
    shutil.copy(path, copy)
    told = stranger(sheet, copy)
    assert told["cases"] == expected["cases"]
    assert len(told["cases"]) == 3
    assert told["documents"] == expected["documents"]
    assert sorted(told["documents"]) == sorted(map(sha256_of, FILES))
    assert all(shown == kept for kept, (_, shown, _) in told["documents"].items())
    assert len(told["pages"]) == 6
    assert told["ratings"] == [[told["ratings"][0][0], 2, "Held face down; see p.1."]]


def test_both_engines_dump_the_same_rows_of_every_table(inquiry):
    path, sheet, expected = inquiry
    told = stranger(sheet, path)
    assert told["dump"] == {name: list(row) for name, row in expected["dump"].items()}
    assert told["dump"]["inquiry_case"][0] == 3
    assert len(told["dump"]) > 20
    rows = sum(count for count, _ in told["dump"].values())
    tables = len(told["dump"])
    print(f"\n{tables} tables, {rows} rows, the same in both engines")  # noqa: T201 - the figure


def test_a_casebook_written_anew_by_the_other_engine_passes_every_check_of_ours(inquiry):
    path, sheet, expected = inquiry
    before = path.read_bytes()
    stranger(sheet, path, "--rewrite")
    after = path.read_bytes()
    assert after[:16] == before[:16], "the salt stays the file's first bytes"
    assert after[16:4096] != before[16:4096], "the other engine wrote it"
    with Casebook.open(path, PASSPHRASE) as book:
        assert seen_by_us(book) == expected
    assert all(check.passed for check in Casebook.verify(path, PASSPHRASE))


@pytest.mark.slow
def test_the_sheet_of_a_casebook_with_keys_as_in_use_works_too(tmp_path):
    path = tmp_path / "real.casebook"
    (tmp_path / "sheets").mkdir()
    new = NewCasebook(title="Northmoor Inquiry", framework=framework())
    with Casebook.create(path, PASSPHRASE, new, profile=STANDARD) as book:
        book.cases.add([case("2010-01")])
        sheet = write_sheet(book, tmp_path / "sheets")
    assert stranger(sheet, path)["cases"] == [["2010-01", "Call from hostel, evening"]]


def test_a_sheet_that_does_not_fit_opens_nothing(inquiry, tmp_path):
    path, _, _ = inquiry
    (tmp_path / "others").mkdir()
    with chair_book(tmp_path / "other.casebook") as other:
        sheet = write_sheet(other, tmp_path / "others")
    with pytest.raises(AssertionError, match="not a database"):
        stranger(sheet, path)
