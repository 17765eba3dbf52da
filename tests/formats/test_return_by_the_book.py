"""FORMAT.md says enough of a return for a stranger with the two keys to read it."""

import json
import re

import pytest

from reviewer.casebook.book import Casebook
from reviewer.exchange import keyring
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from tests.formats import return_by_the_book as book
from tests.formats.test_by_the_book import FORMAT_MD
from tests.reviewer.exchange.panel import (
    PASSPHRASE,
    everything,
    issue_to,
    make_chair,
    returned,
)
from tests.vectors.panel import PANEL, RETURNS
from tests.vectors.vector import TAKEN, read

FACTS = json.loads(PANEL.read_text(encoding="utf-8"))
RECEIVING, RELEASE = (FACTS["secrets"][name] for name in ("age receiving", "age release"))
CODES = [factor["code"] for factor in FACTS["framework"]["factors"]]
SCALE = sorted(point["value"] for point in FACTS["framework"]["scale"])
PADDED = [
    "taken-an-honest-padded-return.return",
    "taken-a-padded-return-of-the-second-class.return",
]
FAULTS = {  # of those whose outer layer or padding is not what the document says
    "at-receipt-a-header-without-its-padding.return": "header",
    "at-receipt-a-padded-header-of-a-byte-less.return": "header",
    "at-receipt-counts-beside-the-padding.return": "header",
    "at-release-a-size-between-two-classes.return": "work",
    "at-release-padding-with-a-byte-in-it.return": "work",
    "at-release-work-without-its-counts.return": "work",
    "at-release-plus-1-ratings-declared-inside.return": "counts",
}


def whole(sealed, receiving=RECEIVING, release_key=RELEASE, codes=CODES, scale=SCALE):
    """Read a return from end to end, and count it."""
    step = "header"
    try:
        header, digest, inner = book.header_of(sealed, receiving)
        step = "work"
        work = book.work_of(inner, release_key)
        step = "counts"
        ratings = book.ratings_of(work, codes, scale)
        assert work["counts"] == book.counted(work, ratings)
    except AssertionError as error:
        raise ValueError(step) from error
    return header, digest, work, ratings


@pytest.mark.parametrize("name", PADDED)
def test_a_frozen_return_is_read_whole(name):
    vector = read(RETURNS / name)
    assert vector.expect == TAKEN
    header, _, work, ratings = whole(vector.body)
    assert [header[key] for key in ("casebook", "member", "round")] == [
        work[key] for key in ("casebook", "member", "round")
    ]
    assert ratings
    assert book.marks_of(work)


@pytest.mark.parametrize("name", FAULTS)
def test_the_reader_itself_refuses_what_is_not_by_the_book(name):
    with pytest.raises(ValueError, match=FAULTS[name]):
        whole(read(RETURNS / name).body)


def test_it_reads_what_the_program_stores_at_the_release(tmp_path):
    with make_chair(tmp_path, cases=2) as chair:
        file = returned(issue_to(chair, "Bo", tmp_path / "out"), tmp_path)
        framework = chair.about.framework
        keys = [keyring.receiving_key(chair).secret, chair.secrets.get("age release").decode()]
        header, digest, work, ratings = whole(
            file.read_bytes(), *keys, list(framework.codes), list(framework.values)
        )
        (verdict,) = receive(chair, [file])
        assert verdict.digest == digest
        release(chair)
    with Casebook.open(tmp_path / "chair.casebook", PASSPHRASE) as chair:
        stored = {
            (case, code): {
                "value": rating.value,
                "reason": rating.reason and rating.reason.value,
                "confidence": rating.confidence and rating.confidence.value,
                "comment": rating.comment,
                "record": rating.record,
                "evidence": list(rating.evidence),
            }
            for (_, case, code), rating in everything(chair).items()
        }
        assert ratings == stored
        assert header["member"] == work["member"]
        kept = {mark.id: mark for mark in chair.marks.of_member(header["member"])}
    for mark_id, mark in book.marks_of(work).items():
        anchor = kept[mark_id].anchor
        assert (mark["quote"], mark["kind"], mark["page"]) == (
            anchor.quote,
            anchor.kind,
            kept[mark_id].page,
        )
        assert [(b.left, b.top, b.right, b.bottom) for b in anchor.boxes] == mark["boxes"]


def test_the_document_has_the_keys_and_classes_that_the_reader_has():
    """The reader was written from the document: this holds the two together."""
    part = FORMAT_MD.partition("\n## Returns\n")[2].partition("\n## Release key\n")[0]
    table = part.partition("**Header**")[2].partition("The **digest**")[0]
    named = [
        key
        for line in table.splitlines()
        if line.startswith("| `")
        for key in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert sorted(named) == book.HEADER
    sizes = re.findall(r"(\d+) ([KM])iB", part.partition("The **classes** are")[2].split(":")[0])
    assert [int(n) << {"K": 10, "M": 20}[unit] for n, unit in sizes] == book.CLASSES
