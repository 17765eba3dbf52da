"""What one return may cost: comments and marks are counted, and a hostile return is set aside."""

import json
import time

import pytest

from reviewer.errors import InputError, ReturnError
from reviewer.exchange import sealed_work as works
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import seal
from reviewer.exchange.sealed_work import MAX_WORDS
from reviewer.records.canonical import canonical
from tests.reviewer.exchange.forger import make_forger
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it, rate_something
from tests.vectors.faults import with_row

TEXT = 1 << 20  # what one text may have


def _talkative(forger):
    """Return work with more characters than a return may bring, none of its texts too long."""
    data = json.loads(with_row(forger, 7, [[place, "é" * TEXT] for place in range(6)]))
    data["counts"]["comments"] += 6 - len(json.loads(forger.work)["cases"][0][7])
    return canonical(data)


def test_more_comments_than_a_panel_reads_are_set_aside_soon(tmp_path):
    forger = make_forger(tmp_path)
    with forger.chair as chair:
        file = tmp_path / "some.return"
        file.write_bytes(forger.with_work(_talkative(forger)))
        assert not receive(chair, [file])[0].refused
        start = time.process_time()
        with pytest.raises(ReturnError, match=f"more than {MAX_WORDS:,} characters") as refused:
            release(chair, without={"Cy": "not part of this test"})
        assert time.process_time() - start < 20
        assert refused.value.layer == "work"


@pytest.mark.parametrize(
    ("limit", "words"),
    [("MAX_WORDS", "comments, notes"), ("MAX_QUOTED", "quoted"), ("MAX_MARKS", "marks")],
)
def test_who_has_written_too_much_is_told_before_sealing(tmp_path, monkeypatch, limit, words):
    with make_chair(tmp_path) as chair:
        path = issue_to(chair, "Bo", tmp_path / "out")
    with open_it(path) as own:
        rate_something(own)
        monkeypatch.setattr(works, limit, 1)
        with pytest.raises(InputError, match=f"more than 1 .*{words}"):
            seal(own)
        assert not own.about.sealed
