"""A stick that is pulled, a folder that may not be read: what came stays, the rest is named."""

import errno
import os
import shutil

import pytest

from reviewer.casebook.steps import at_once
from reviewer.errors import InputError
from reviewer.intake.delivery.assess import State
from reviewer.intake.delivery.bringing import look, table_of
from reviewer.intake.delivery.sources import Folder
from reviewer.intake.delivery.staging import stage
from reviewer.progress import Quiet
from tests.books import sql_of

NOT_THERE = "is not there now. Bring the same folder in again."


@pytest.fixture
def papers(delivered):
    for at in range(1, 7):
        delivered(f"INV-014/page {at}.txt", f"Page {at} of the log")
    return delivered


class Pulled:
    """Progress during which the folder goes away, as the n-th file's turn comes."""

    def __init__(self, folder, n):
        self.folder, self.left = folder, n

    def step(self, done, total, what=""):
        self.left -= 1
        if not self.left:
            self.folder.rename(self.folder.with_name("in the pocket"))

    def plug_in_again(self):
        self.folder.with_name("in the pocket").rename(self.folder)


def staged(book, delivered, progress=None, **more):
    return stage(at_once(book), Folder(delivered.root), progress or Quiet(), **more)


def bring(book, worker, delivery, *, join=True, progress=None):
    return look(at_once(book), worker, delivery, progress or Quiet(), join=join)


def titles(book):
    return sorted(one.title for one in book.documents.all())


def test_each_file_is_read_once(book, papers, monkeypatch):
    source, seen = Folder(papers.root), []
    read = source.read
    monkeypatch.setattr(source, "read", lambda number: seen.append(number) or read(number))
    stage(at_once(book), source, Quiet())
    assert seen == list(range(6))
    assert sql_of(book).execute("SELECT count(*) FROM staged_file").fetchone() == (6,)


def test_the_list_is_told_before_its_bytes_are_here(book, papers):
    told = []

    def begun(delivery):
        rows = table_of(at_once(book), delivery.number).table.rows
        told.extend((row.item.path, row.state, row.know[0]) for row in rows)

    staged(book, papers, begun=begun)
    assert [path for path, _, _ in told] == [f"INV-014/page {at}.txt" for at in range(1, 7)]
    assert {state for _, state, _ in told} == {State.LEFT_OUT}
    assert all("has not come yet" in know for _, _, know in told)


@pytest.mark.parametrize("n", range(1, 8))
def test_pulled_while_it_is_staged_the_rest_is_named_and_comes_next_time(book, worker, papers, n):
    pulled = Pulled(papers.root, n)
    brought = bring(book, worker, staged(book, papers, pulled))
    came = n - 1
    assert titles(book) == [f"page {at}" for at in range(1, came + 1)]
    rows = {row.item.path: row for row in brought.looked.table.rows}
    gone = [row for row in rows.values() if row.state is not State.BROUGHT_IN]
    assert [row.item.path for row in gone] == [f"INV-014/page {at}.txt" for at in range(n, 7)]
    assert all(NOT_THERE in row.item.facts.refused for row in gone)
    pulled.plug_in_again()
    again = staged(book, papers)
    assert again.number == 1
    waits = {row.state for row in table_of(at_once(book), 1).table.rows[came:]}
    assert waits <= {State.READY}, "why it could not be read is forgotten once it has come"
    bring(book, worker, again)
    assert titles(book) == [f"page {at}" for at in range(1, 7)]
    assert all(len(one.sha256) == 64 for one in book.deliveries.files(again.id))
    assert all(check.passed for check in book.journal.checks())


@pytest.mark.parametrize("join", [False, True])
def test_pulled_once_it_is_staged_all_of_it_comes(book, worker, papers, join):
    delivery = staged(book, papers)
    bring(book, worker, delivery, join=join, progress=Pulled(papers.root, 3))
    assert not papers.root.exists()
    bring(book, worker, delivery)
    assert len(titles(book)) == 6


def test_pulled_while_what_came_is_held_against_it_nothing_comes_twice(book, worker, papers):
    first = staged(book, papers)
    bring(book, worker, first)
    again = staged(book, papers, Pulled(papers.root, 3))
    assert again.id == first.id
    bring(book, worker, again)
    assert len(titles(book)) == 6


def test_a_file_that_had_not_come_may_be_another_by_now(book, worker, papers):
    pulled = Pulled(papers.root, 4)
    staged(book, papers, pulled)
    pulled.plug_in_again()
    papers("INV-014/page 6.txt", "Page 6, as it was sent again")
    again = staged(book, papers)
    assert again.number == 1
    bring(book, worker, again)
    (six,) = (one for one in book.documents.all() if one.title == "page 6")
    assert book.documents.original(six.id) == b"Page 6, as it was sent again"


def test_a_file_that_came_and_is_another_by_now_is_of_another_delivery(book, papers):
    staged(book, papers)
    papers("INV-014/page 2.txt", "Page 2, as it was sent again")
    again = staged(book, papers)
    assert again.number == 2
    papers("INV-014/page 2.txt", "Page 2 of the log")
    assert staged(book, papers).number == 1


def test_a_folder_that_may_not_be_read_is_named_and_the_others_come(
    book, worker, papers, monkeypatch
):
    papers("INV-021/ward.txt", "Ward log")
    scan = os.scandir

    def shut(folder):
        if str(folder).endswith("INV-021"):
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", shut)
    brought = bring(book, worker, staged(book, papers))
    assert len(titles(book)) == 6
    (closed,) = (row for row in brought.looked.table.rows if row.item.path == "INV-021")
    assert closed.item.facts.refused.startswith(
        "This folder could not be read (Permission denied), so nothing of it has come."
    )


@pytest.mark.parametrize("n", [1, 4, 6])
def test_a_disk_that_fails_when_it_is_asked_what_lies_there_loses_nothing(
    book, worker, papers, monkeypatch, n
):
    """So does a stick that is pulled while it is mounted."""
    source, stat, seen = Folder(papers.root), os.stat, []

    def failing(path, *args, **more):
        if str(path).startswith(str(papers.root / "INV-014")):
            seen.append(str(path))
            if len(set(seen)) >= n:
                raise OSError(errno.EIO, "Input/output error")
        return stat(path, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", failing)
        delivery = stage(at_once(book), source, Quiet())
    brought = bring(book, worker, delivery)
    assert titles(book) == [f"page {at}" for at in range(1, n)]
    gone = [row for row in brought.looked.table.rows if row.state is not State.BROUGHT_IN]
    assert len(gone) == 7 - n
    assert all("(Input/output error). Bring it in again" in row.item.facts.refused for row in gone)
    bring(book, worker, staged(book, papers))
    assert len(titles(book)) == 6


def test_pulled_while_it_is_listed_nothing_is_begun(book, papers, monkeypatch):
    scan = os.scandir

    def pulled(folder):
        if str(folder).endswith("INV-014"):
            shutil.rmtree(papers.root)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", pulled)
    with pytest.raises(InputError, match="could not be read"):
        staged(book, papers)
    assert book.deliveries.all() == []
