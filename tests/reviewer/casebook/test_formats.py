"""Every format that was ever made is read for ever: samples, opened with the program of today."""

import json
import shutil

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.schema import FORMAT
from reviewer.records.reading import ReadingPlace
from tests.formats.contents import contents
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE

SAMPLES = sorted(FOLDER.glob("format-*.casebook"))
KINDS = ("chair", "panellist", "released")
GROWING = {"journal", "journal_value"}  # opening an older format adds an entry
OWN = {"digest", "_sqlite_migrations"}  # what the file says of itself; checked by opening


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request, tmp_path):
    """A copy of one sample, and what it must hold."""
    kept = request.param
    path = tmp_path / kept.name
    shutil.copyfile(kept, path)
    return path, json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))


def project(table, columns):
    """The rows of a table by some of its columns, in one order."""
    places = [table["columns"].index(column) for column in columns]
    return sorted([[row[place] for place in places] for row in table["rows"]], key=repr)


def test_there_is_a_sample_of_every_older_format_and_kind():
    """Of the newest too, once it is released: samples are made before the next one is begun."""
    older = {f"format-{number}-{kind}" for number in range(1, FORMAT) for kind in KINDS}
    newest = {f"format-{FORMAT}-{kind}" for kind in KINDS}
    assert SAMPLES
    assert older <= {path.stem for path in SAMPLES} <= older | newest


def test_a_sample_opens_and_holds_what_it_held(sample):
    path, told = sample
    with Casebook.open(path, SAMPLE_PASSPHRASE) as book:
        assert [case.reference for case in book.cases.all()] == ["2010-01", "2010-02"]
        assert all(check.passed for check in book.journal.checks())
    found = contents(path, SAMPLE_PASSPHRASE)
    for name, table in told.items():
        if name in OWN:
            continue
        rows = project(found[name], table["columns"])
        if name in GROWING:
            rows = [row for row in rows if row in table["rows"]]
        assert rows == table["rows"], name


def test_what_a_sample_holds_is_told_by_its_rows(sample):
    """One changed value would be seen: the comparison above is not of nothing."""
    path, told = sample
    with Casebook.open(path, SAMPLE_PASSPHRASE) as book:
        case = book.cases.all()[0]
        book.reading.put(book.documents.of(case.id)[0].id, ReadingPlace())
    found = contents(path, SAMPLE_PASSPHRASE)["reading"]
    assert project(found, told["reading"]["columns"]) != told["reading"]["rows"]


def test_the_samples_fill_every_table_between_them():
    kept = [json.loads(p.with_suffix(".json").read_text(encoding="utf-8")) for p in SAMPLES]
    filled = {name for told in kept for name, table in told.items() if table["rows"]}
    assert filled == {name for told in kept for name in told}
