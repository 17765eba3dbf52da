"""Keys on the command line: what is told of them, and that they were compared."""

import pytest

from reviewer.exchange.keyring import known_words
from tests.books import PASSPHRASE
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it, returned


@pytest.fixture
def panel(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.reviewer.exchange.panel.PASSPHRASE", PASSPHRASE)
    with make_chair(tmp_path) as chair:
        own = issue_to(chair, "Bo", tmp_path / "out")
        issue_to(chair, "Cy", tmp_path / "out")
    return tmp_path / "chair.casebook", own, returned(own, tmp_path)


def test_a_key_is_told_compared_and_taken_back(reviewer, panel):
    file, own, sealed = panel
    with open_it(own) as book:
        words = known_words(book)
    assert reviewer("status", own, "--json").data["fingerprint"] == words
    assert words in reviewer("status", own).out
    (verdict,) = reviewer("merge", file, sealed, "--json").data["verdicts"]
    assert (verdict["fingerprint"], verdict["key"]) == (words, "not compared")
    told = [
        {name: one[name] for name in ("name", "fingerprint", "key", "compared")}
        for one in reviewer("status", file, "--json").data["members"]
    ]
    assert told == [
        {"name": "Bo", "fingerprint": words, "key": "not compared", "compared": ""},
        {"name": "Cy", "fingerprint": "", "key": "none", "compared": ""},
    ]
    refused = reviewer("confirm", file, "--member", "Bo", "--words", "six other words it is now")
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    said = reviewer("confirm", file, "--member", "bo", "--words", words, "--json").data
    assert (said["member"], said["fingerprint"], said["key"]) == ("Bo", words, "compared")
    assert said["compared"].endswith("Z")
    back = reviewer("confirm", file, "--member", "Bo", "--withdraw", "--json").data
    assert (back["key"], back["compared"]) == ("not compared", "")


def test_release_warns_of_keys_that_were_not_compared_and_goes_on(reviewer, panel):
    file, _, sealed = panel
    reviewer("merge", file, sealed)
    said = reviewer("release", file, "--without", "Cy", "--reason", "ill")
    assert said.code == 0
    assert "Not compared by telephone yet: the keys of Bo." in said.out
