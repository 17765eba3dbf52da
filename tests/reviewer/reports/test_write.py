"""Everything lands in the folder, whole and checked, or nothing does."""

import pytest

from reviewer.errors import Cancelled, EngineError, InputError, StorageError
from reviewer.reports.write import check, write_all

NAMES = {"summary.json", "factors.csv", "cells.csv", "ratings.csv", "summary.xlsx", "summary.pdf"}


class Watch:
    def __init__(self, stop_at=None):
        self.seen, self._stop_at = [], stop_at

    def step(self, done, total, what=""):
        self.seen.append((done / total, what))
        if what == self._stop_at:
            raise Cancelled


def test_every_form_is_written_under_a_neutral_name(small, tmp_path):
    watch = Watch()
    written = write_all(small, tmp_path, progress=watch)
    assert set(written) == NAMES
    assert {path.name for path in tmp_path.iterdir()} == NAMES
    assert all(written[name] == tmp_path / name for name in NAMES)
    shares = [share for share, _ in watch.seen]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


def test_earlier_papers_are_replaced_or_refused(small, tmp_path):
    (tmp_path / "summary.pdf").write_bytes(b"old")
    with pytest.raises(InputError, match=r"summary\.pdf"):
        write_all(small, tmp_path, overwrite=False)
    assert (tmp_path / "summary.pdf").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["summary.pdf"]
    write_all(small, tmp_path)
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")


def test_a_stopped_run_leaves_nothing(small, tmp_path):
    with pytest.raises(Cancelled):
        write_all(small, tmp_path, progress=Watch(stop_at="summary.pdf"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(small, tmp_path):
    with pytest.raises(StorageError, match="summaries"):
        write_all(small, tmp_path / "summaries")


def test_two_runs_give_the_same_bytes(small, tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        write_all(small, folder)
    for name in NAMES:
        assert (first / name).read_bytes() == (second / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("summary.json", b'{"format": "other"}\n'),
        ("summary.json", b"{"),
        ("cells.csv", b"case\r\n"),
        ("summary.xlsx", b"PK"),
        ("summary.pdf", b"%PDF-1.4"),
    ],
)
def test_a_file_that_is_not_what_it_must_be_is_refused(name, data):
    with pytest.raises(EngineError, match=name):
        check(name, data)


def test_a_pdf_that_acts_and_a_workbook_that_computes_are_refused(small, tmp_path):
    written = write_all(small, tmp_path)
    paper = written["summary.pdf"].read_bytes().replace(b"/PageMode", b"/OpenAction", 1)
    with pytest.raises(EngineError):
        check("summary.pdf", paper)
