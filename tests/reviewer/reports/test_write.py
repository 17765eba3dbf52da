"""Everything lands in the folder, whole and checked, or nothing does."""

import datetime as dt
import hashlib
import io
import json
import tracemalloc
from pathlib import Path

import pytest

from reviewer.errors import (
    Cancelled,
    EngineError,
    InputError,
    StateError,
    StorageError,
    TakenError,
)
from reviewer.exchange.journal import journal_export
from reviewer.files import write
from reviewer.progress import Quiet
from reviewer.reports.tables.checks import check
from reviewer.reports.write import _MAKERS, write_beside, write_report
from tests.reviewer.exchange.panel import make_chair
from tests.reviewer.reports.whole import make_all
from tests.reviewer.summary.build import summarised
from tests.reviewer.summary.example import example_panel

KINDS = {
    "summary.json",
    "factors.csv",
    "cells.csv",
    "ratings.csv",
    "rounds.csv",
    "records.csv",
    "completeness.csv",
    "determinations.csv",
    "dissents.csv",
    "summary.xlsx",
    "summary.pdf",
}
DAY = dt.date(2026, 1, 15)


def named(kind):
    stem, suffix = kind.split(".")
    return f"{stem}-round-1-2026-01-15.{suffix}"


class Watch:
    def __init__(self, stop_at=None):
        self.seen, self._stop_at = [], stop_at

    def step(self, done, total, what=""):
        self.seen.append((done / total, what))
        if what == self._stop_at:
            raise Cancelled


@pytest.fixture
def book(tmp_path):
    (tmp_path / "casebook").mkdir()
    with make_chair(tmp_path / "casebook") as made:
        yield made


@pytest.fixture
def to(tmp_path):
    folder = tmp_path / "report"
    folder.mkdir()
    return folder


def test_every_form_is_written_under_a_name_with_round_and_day(small, book, to):
    watch = Watch()
    written = write_report(book, small, to, on=DAY, progress=watch).files
    assert set(written) == KINDS
    assert {path.name for path in to.iterdir()} == {named(kind) for kind in KINDS}
    assert all(written[kind] == to / named(kind) for kind in KINDS)
    shares = [share for share, _ in watch.seen]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


def test_the_journal_names_every_file_by_its_hash(small, book, to):
    written = write_report(book, small, to, on=DAY).files
    newest = book.journal.tail(1)[0]
    hashes = (
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in written.values()
    )
    assert (newest.action, newest.subject) == ("write report", f"round 1: {', '.join(hashes)}")
    assert (newest.actor, newest.at[:2]) == (book.about.chair, "20")
    assert all(check.passed for check in book.journal.checks())
    exported = json.loads(journal_export(book))["entries"][-1]
    assert exported[3:5] == ["write report", newest.subject]


def test_an_older_report_is_replaced_only_when_asked(small, book, to):
    (to / named("summary.pdf")).write_bytes(b"old")
    (to / "summary.pdf").write_bytes(b"of an earlier Reviewer")
    before = book.journal.head()
    with pytest.raises(TakenError, match="already") as refused:
        write_report(book, small, to, on=DAY)
    assert refused.value.details == (f"{named('summary.pdf')} is there already.",)
    assert (to / named("summary.pdf")).read_bytes() == b"old"
    assert len(list(to.iterdir())) == 2
    assert book.journal.head() == before
    write_report(book, small, to, on=DAY, replace=True)
    assert (to / named("summary.pdf")).read_bytes().startswith(b"%PDF")
    assert (to / "summary.pdf").read_bytes() == b"of an earlier Reviewer"


def test_a_paper_that_cannot_be_replaced_leaves_every_older_file(small, book, to, monkeypatch):
    """Another program holds the PDF: on Windows it cannot be moved then."""
    for kind in KINDS:
        (to / named(kind)).write_bytes(b"old")
    real = Path.replace

    def held(path, target):
        if path.name == named("summary.pdf"):
            raise PermissionError(13, "Permission denied")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(StorageError, match="every older file stays as it was"):
        write_report(book, small, to, on=DAY, replace=True)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in to.iterdir()} == {
        named(kind): b"old" for kind in KINDS
    }


def test_a_paper_that_cannot_be_made_is_told_and_the_data_are_whole(small, book, to, monkeypatch):
    monkeypatch.setattr("reviewer.reports.write.consolidated_pdf", _broken)
    written = write_report(book, small, to, on=DAY)
    assert set(written.files) == KINDS - {"summary.pdf"}
    assert "could not be made" in written.unmade["summary.pdf"]
    (to / named("summary.pdf")).write_bytes(b"of an hour ago")
    with pytest.raises(InputError, match="fit together"):
        write_report(book, small, to, on=DAY, replace=True)


def _broken(*_args, **_kwargs):
    raise ValueError("a chart too tall")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_run_stopped_in_the_middle_of_any_file_leaves_nothing(small, book, to, kind):
    """Each file tells of itself while it is written, and lies beside its place until then."""
    seen = []

    class Stop:
        def step(self, done, total, what=""):
            seen.append((what, [path.name for path in to.iterdir()]))
            if [name for name, _ in seen].count(kind) == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        write_report(book, small, to, progress=Stop())
    _, there = seen[-1]
    assert any(kind.split(".")[0] in name and name.startswith(".") for name in there)
    assert not any(name.startswith(("summary", "cells", "factors")) for name in there)
    assert list(to.iterdir()) == []


def test_a_data_file_that_fails_its_check_stops_everything(small, book, to, monkeypatch):
    monkeypatch.setitem(
        _MAKERS, "ratings.csv", (1, lambda _summary, out, _told: out.write(b"case\r\n"))
    )
    before = book.journal.head()
    with pytest.raises(EngineError, match=r"ratings\.csv"):
        write_report(book, small, to)
    assert list(to.iterdir()) == []
    assert book.journal.head() == before


def test_a_report_takes_its_names_and_its_entry_in_one_step(small, book, to):
    """Beside the casebook's thread: where that step is refused, as after a lock, nothing stays."""
    steps = []

    def refused(step):
        steps.append(step)
        raise StateError("The casebook is locked.")

    with pytest.raises(StateError):
        write_beside(refused, small, to, progress=Quiet())
    assert len(steps) == 1
    assert list(to.iterdir()) == []


def test_an_older_report_stays_when_a_new_one_is_stopped(small, book, to):
    for kind in KINDS:
        (to / named(kind)).write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_report(book, small, to, on=DAY, replace=True, progress=Watch("summary.xlsx"))
    assert {path.name: path.read_bytes() for path in to.iterdir()} == {
        named(kind): b"old" for kind in KINDS
    }


@pytest.mark.slow
def test_what_is_held_in_memory_does_not_grow_with_the_ratings(monkeypatch):
    monkeypatch.setattr(write, "_AT_ONCE", 1 << 14)
    few = summarised(example_panel(members=4, cases=15), resamples=2)
    many = summarised(example_panel(members=8, cases=30), resamples=2)
    for kind, (_, make) in _MAKERS.items():
        if kind != "summary.pdf":
            make(many, Sink(), Quiet())  # what is kept for good, such as names
            assert _held(make, many) < 1.5 * _held(make, few) + 100_000, kind


class Sink(io.RawIOBase):
    """A file that nobody reads."""

    def write(self, data):
        return len(data)


def _held(make, summary):
    """Return the most bytes that were held while a file was made."""
    tracemalloc.start()
    try:
        make(summary, Sink(), Quiet())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_folder_that_is_not_there_is_named(small, book, to):
    with pytest.raises(StorageError, match="summaries"):
        write_report(book, small, to / "summaries")


def test_two_runs_give_the_same_bytes(small):
    assert make_all(small) == make_all(small)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("summary.json", b'{"format": "other"}\n'),
        ("summary.json", b"{"),
        ("summary.json", b'{\n"format": "reviewer-summary",\n}\n'),
        (
            "summary.json",
            b'{\n"cells": [\n1\n2\n],\n"format": "reviewer-summary"\n}\n',
        ),
        ("summary.json", b'{\n"cells": [\n{"a": 1},\n"format": "reviewer-summary"\n}\n'),
        ("summary.json", b'{\n"cells": [\n{"a": NaN\n],\n"format": "reviewer-summary"\n}\n'),
        ("summary.json", b'{\n"format": "reviewer-summary"\n'),
        ("cells.csv", b"case\r\n"),
        ("summary.xlsx", b"PK"),
        ("summary.pdf", b"%PDF-1.4"),
    ],
)
def test_a_file_that_is_not_what_it_must_be_is_refused(name, data):
    with pytest.raises(EngineError, match=name):
        check(name, io.BytesIO(data))


def test_a_pdf_that_acts_and_a_workbook_that_computes_are_refused(small):
    paper = make_all(small)["summary.pdf"].replace(b"/PageMode", b"/OpenAction", 1)
    with pytest.raises(EngineError):
        check("summary.pdf", io.BytesIO(paper))
