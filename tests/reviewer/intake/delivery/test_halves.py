"""A recording and its transcript that come together: the table asks for none that is there."""

import pytest

from reviewer.documents.media import MEDIA
from reviewer.documents.notes import UNHEARD, WRITTEN_DOWN
from reviewer.intake.delivery.assess import Held, Item, assess
from reviewer.intake.delivery.facts import Facts
from reviewer.intake.delivery.rules import usual

CALL = "INV-014/police/999 call.wav"


def told(*others, out=False):
    """Return what is to be known of the recording beside ``others``."""
    items = [
        Item(
            path=path,
            size=1,
            sha256=path,
            facts=Facts(
                media=MEDIA[path.rpartition(".")[2]],
                pages=1,
                worded=1,
                notes=(UNHEARD,) if path == CALL else (),
            ),
            out=out and path != CALL,
        )
        for path in (CALL, *others)
    ]
    rows = assess(items, usual(), Held(references=("INV-014", "INV-021"))).rows
    return [note for note in rows[0].know if note in {UNHEARD, WRITTEN_DOWN}]


@pytest.mark.parametrize("name", ["999 call.vtt", "999 CALL.srt"])
def test_no_transcript_is_asked_for_that_comes_with_its_recording(name):
    assert told(f"INV-014/police/{name}") == [WRITTEN_DOWN]


@pytest.mark.parametrize(
    "other",
    [
        "INV-014/trust/999 call.vtt",
        "INV-014/police/999 call 2.vtt",
        "INV-021/police/999 call.vtt",
        "INV-014/police/999 call.csv",
    ],
)
def test_what_is_not_its_transcript_is_none(other):
    assert told(other) == [UNHEARD]


def test_a_transcript_that_was_left_out_is_asked_for():
    assert told("INV-014/police/999 call.vtt", out=True) == [UNHEARD]
