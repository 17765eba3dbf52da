"""FORMAT.md says enough of an update for a stranger with its key to read it."""

import re

import pytest

from reviewer.exchange import keyring
from reviewer.exchange.updates.write import write_update
from tests.formats import update_by_the_book as book
from tests.formats.test_by_the_book import FORMAT_MD
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it
from tests.reviewer.exchange.test_told import LEDGER, NOTES, family
from tests.vectors.update_panel import UPDATES, load
from tests.vectors.vector import read

FAULTS = (
    "refused-notes-that-are-no-notes.update",
    "refused-notes-with-more.update",
    "refused-notes-spelt-otherwise.update",
    "refused-a-thing-counted-twice.update",
    "refused-notes-of-no-length.update",
    "refused-notes-in-version-2.update",
)


def test_it_reads_what_the_program_writes(tmp_path):
    with make_chair(tmp_path) as chair:
        path = issue_to(chair, "Bo", tmp_path / "out")
        made = family(chair, chair.cases.all()[0])
        update = write_update(chair, "Bo", tmp_path).path.read_bytes()
        with open_it(path) as own:
            key = keyring.update_key(own).secret
        header, changes, bodies = book.whole(update, key)
        assert header["counts"]["bodies"] == len(bodies) == len(made)
        for one in made:
            document, original, rendition, pages, told = bodies[one.id]
            notes, ledger, ((number, state, quality, sure, *_),), ((_, start, end, *_),) = told
            assert [number, state, quality, sure] == [1, "read", "check", 83]
            assert (start, end) == (0, 1)
            assert original == chair.documents.original(one.id)
            assert rendition == chair.documents.rendition(one.id)
            (stored,) = (chair.documents.page(one.id, n + 1) for n in range(one.page_count))
            assert pages == [(stored.text, stored.boxes, stored.width, stored.height)]
            assert tuple(notes) == NOTES
            assert ledger == {
                line.thing: (line.held, line.shown, line.named, list(line.missing))
                for line in LEDGER
            }
            assert document["bundle"] == chair.documents.get(one.id).bundle > 0
            parent, place, origin_path, facts = document["origin"]
            assert (parent, place, origin_path) == (
                one.origin.parent,
                one.origin.place,
                one.origin.path,
            )
            assert dict(facts) == dict(one.origin.facts)
    issued = [row for row in changes["documents"] if row[0] not in bodies]
    assert issued
    assert {(str(row[13]), str(row[14])) for row in issued} == {("[]", "[]")}


def test_a_frozen_update_says_what_is_missing():
    secret = bytes.fromhex(load().facts["secrets"][keyring.UPDATES]).decode()
    frozen = read(UPDATES / "taken-an-update-with-missing-records.update").body
    _, changes, _ = book.whole(frozen, secret)
    assert changes["version"] == 4
    assert changes["gaps"]


def test_a_frozen_update_is_read_whole():
    secret = bytes.fromhex(load().facts["secrets"][keyring.UPDATES]).decode()
    _, changes, bodies = book.whole(
        read(UPDATES / "taken-an-update-with-notes.update").body, secret
    )
    assert len(bodies) == 1
    assert len(changes["documents"]) > 1


@pytest.mark.parametrize("name", FAULTS)
def test_the_reader_itself_refuses_what_is_not_by_the_book(name):
    secret = bytes.fromhex(load().facts["secrets"][keyring.UPDATES]).decode()
    with pytest.raises((AssertionError, ValueError)):
        book.whole(read(UPDATES / name).body, secret)


def test_the_document_has_the_keys_that_the_reader_has():
    """The reader was written from the document: this holds the two together."""
    part = FORMAT_MD.partition("\n## Updates\n")[2].partition("\n## ")[0]
    table = part.partition("**Header**")[2].partition("The **digest**")[0]
    named = [
        key
        for line in table.splitlines()
        if line.startswith("| `")
        for key in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert sorted(named) == book.HEADER
    assert "`version` (4)" in part
