"""FORMAT.md says what the digest and the schema's hash are: enough for another program."""

import re
from pathlib import Path

import pytest

import reviewer
from reviewer.casebook.book import Casebook
from reviewer.casebook.file import connection as files
from reviewer.casebook.file.fingerprint import expected, fingerprint
from reviewer.casebook.schema import FORMAT
from reviewer.crypto.keys import derive
from tests.books import PASSPHRASE, case, chair_book
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE

by_the_book = pytest.importorskip("tests.formats.by_the_book")
FORMAT_MD = Path(reviewer.__file__).with_name("FORMAT.md").read_text(encoding="utf-8")
NAMED = dict(re.findall(r"^\| (\d+) \| .*? \| `([0-9a-f]{64})` \|$", FORMAT_MD, re.MULTILINE))
ODD = [
    "it's", 'say "no"', "it's \"both\"", "back\\slash", "two\nlines\tand a tab",
    "caf\u00e9 \u00a0 \u200b",
    "\U0001f469\u200d\U0001f680", "\ue000", "\u2028", "\u0625\u0644", "", " ", "None", "b'x'",
]  # fmt: skip


def read(path, passphrase):
    salt = files.read_salt(path)
    return by_the_book.opened(path, bytes(derive(passphrase, salt)), salt)


def kept(connection):
    return connection.execute("SELECT rows, root FROM digest").fetchone()


def test_every_table_has_its_line_and_its_format():
    part = FORMAT_MD.partition("**Tables**")[2].partition("**Journal.**")[0]
    told = {
        name: int(line.split("|")[1])
        for line in part.splitlines()
        if line.startswith("| ")
        for name in re.findall(r"`(\w+)`", line.split("|")[2])
    }
    made, older = {}, set()
    for number in range(1, FORMAT + 1):
        names = {name for kind, name, _, _ in expected(number) if kind == "table"}
        new = {n for n in names - older if not n.startswith(("page_fts", "_sqlite", "sqlite_"))}
        made |= dict.fromkeys(new, number)
        older = names
    assert told == made


def test_the_newest_formats_schema_is_named():
    assert NAMED[str(FORMAT)] == fingerprint(expected(FORMAT))
    assert f"`user_version` the format: {FORMAT}." in FORMAT_MD


@pytest.mark.parametrize("sample", sorted(FOLDER.glob("*.casebook")), ids=lambda path: path.stem)
def test_a_sample_has_the_hashes_that_the_document_says(sample):
    found = read(sample, SAMPLE_PASSPHRASE)
    assert by_the_book.schema_hash(found) == NAMED[sample.stem.split("-")[1]]
    assert by_the_book.digest(found) == kept(found)
    assert kept(found)[0] > 50


def test_every_odd_text_number_and_blob_is_spelt_as_the_document_says(tmp_path):
    path = tmp_path / "inquiry.casebook"
    with chair_book(path, cases=1) as book:
        book.cases.add([case(f"odd-{n}", title=text) for n, text in enumerate(ODD)])
        blobs = [bytes(range(256)), bytes(257), b"it's", b"'\"", b""]
        with book._writer.change("odd") as tx:
            for n, blob in enumerate(blobs):
                tx.put("secret", {"name": f"odd {n}", "value": blob}, secret=True)
    with Casebook.open(path, PASSPHRASE) as book:
        assert all(check.passed for check in book.journal.checks())
    found = read(path, PASSPHRASE)
    assert by_the_book.digest(found) == kept(found)
    assert {title for (title,) in found.execute("SELECT title FROM inquiry_case")} >= set(ODD)


def test_one_value_changed_changes_the_digest(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=1).close()
    salt = files.read_salt(path)
    connection = files.connect(path, derive(PASSPHRASE, salt), salt)
    connection.execute("UPDATE inquiry_case SET title = title || ' '")
    connection.close()
    found = read(path, PASSPHRASE)
    assert by_the_book.digest(found) != kept(found)


@pytest.mark.parametrize(
    "value", [595.0, 600.0, 0.0, 1e4, 841.89, 0.0001, 0.1, 1e16, 1.5e-7, 1e22, -0.0, 123456789.125]
)
def test_a_real_is_spelt_as_the_document_says(value):
    assert by_the_book.spell(value) == repr(value)
