"""Scans are read by the built program, with the Tesseract that it brings."""

import json

import pytest

from tests.books import PASSPHRASE
from tests.reviewer.intake.test_scans import bundle

pytestmark = pytest.mark.frozen


def test_scanned_pages_are_read_by_what_the_program_brings(run, tmp_path):
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    how = {"REVIEWER_PASSPHRASE_FILE": str(secret), "PATH": "/nowhere"}
    (tmp_path / "register.csv").write_text("reference,title\nA-1,One\n", encoding="utf-8")
    (tmp_path / "bundle.pdf").write_bytes(bundle())
    made = ("new", "a.casebook", "--title", "Inquiry", "--here")
    assert run(*made, **how).returncode == 0
    assert (
        run("import", "a.casebook", "--register", "register.csv", "--here", **how).returncode == 0
    )
    brought = run("import", "a.casebook", "--case", "A-1", "bundle.pdf", "--here", **how)
    assert brought.returncode == 0, brought.stderr
    done = run("scans", "a.casebook", "--read", "--json", "--here", **how)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["read"]["good"] == 2
    assert told["read"]["weakness"] == ""
    found = json.loads(run("search", "a.casebook", "unsteady", "--json", **how).stdout)
    assert sorted(hit["page"] for hit in found["hits"]) == [2, 3]
