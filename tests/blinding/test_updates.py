"""What the chair sends to a panellist holds nothing of another's words, in any round."""

import hashlib
from collections import Counter
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.rounds.agenda import open_round
from tests.blinding.finding import decrypted, others, words_in
from tests.blinding.planting import PANELLISTS
from tests.books import PASSPHRASE, document


@pytest.fixture
def received(panel):
    with Casebook.open(panel.chair, PASSPHRASE) as book:
        receive(book, list(panel.returns.values()))
        yield book


def sent_to_all(panel, book, folder):
    """Write an update for each, apply it, and count the words of others in their casebooks."""
    folder.mkdir()
    found = Counter()
    for name, path in panel.packs.items():
        member = next(one.name for one in book.members.all() if one.name.startswith(f"{name} "))
        update = write_update(book, member, folder).path
        found += words_in(update.read_bytes(), panel.planted, names=True)
        with Casebook.open(path, PASSPHRASE) as own:
            outcome = apply(own, update)
        found += others(words_in(decrypted(path), panel.planted, names=True), name)
    assert outcome
    return found


def test_a_late_record_brings_nobodys_words(panel, received, tmp_path):
    made, original, reading = document(received.cases.all()[0], pages=("Found in a drawer.",))
    late = replace(made, sha256=hashlib.sha256(original).hexdigest(), size=len(original))
    received.documents.add(late, original, reading)
    assert sent_to_all(panel, received, tmp_path / "updates") == Counter()


def test_the_feedback_of_a_second_round_brings_counts_and_nobodys_words(panel, received, tmp_path):
    release(received)
    opened = open_round(received)
    assert len(opened.cells) >= 3
    assert sent_to_all(panel, received, tmp_path / "updates") == Counter()
    with Casebook.open(panel.packs[PANELLISTS[0]], PASSPHRASE) as own:
        (cell, *_rest) = own.agenda.of(2)
        assert own.about.round == 2
        assert sum(cell.feedback.points) == 6, "the feedback of the six others did arrive"
