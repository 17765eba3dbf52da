"""Late returns and unsealed rounds on the command line, as somebody would type them."""

import shutil

import pytest

from reviewer.exchange.updates.apply import apply
from tests.reviewer.exchange.panel import PASSPHRASE, open_it
from tests.reviewer.exchange.test_again import Story, first
from tests.reviewer.exchange.test_late import without_once
from tests.reviewer.exchange.test_sheets_of_rounds import closed_by_round_3

__all__ = ["first", "without_once"]  # fixtures


@pytest.fixture
def here(without_once, tmp_path):
    folder, file = without_once
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "words").write_text(PASSPHRASE)
    return tmp_path, tmp_path / file


def test_a_late_return_is_opened_with_a_reason(reviewer, here):
    folder, file = here
    chair, words = folder / "chair.casebook", ("--passphrase-file", folder / "words")
    said = reviewer("merge", chair, file, *words, "--json")
    assert said.data["verdicts"][0]["verdict"] == "late"
    said = reviewer("release", chair, "--late", file, *words)
    assert said.code == 2
    assert "--reason" in said.err
    said = reviewer("release", chair, "--late", file, "--reason", "slow", *words, "--json")
    assert (said.data["round"], said.data["late"]["name"], said.data["reason"]) == (
        1,
        "Di",
        "slow",
    )
    assert all(line["late"] for line in said.data["ledger"])
    with open_it(chair) as book:
        assert [one.reason for one in book.rounds.late(1).values()] == ["slow"]


def test_sealing_late_speaks_of_the_round_that_is_sealed(reviewer, tmp_path):
    """Round 3 is open with a sheet of its own, and all that it asks is blank."""
    chair, _, path = closed_by_round_3(tmp_path)
    with chair:
        mark = chair.custody.of_round(2).custodian.mark
    (tmp_path / "words").write_text(PASSPHRASE)
    words = ("--passphrase-file", tmp_path / "words")
    said = reviewer("seal", path, "--late", 1, *words)
    assert (said.code, said.err.count("opens")) == (2, 0)
    assert "no work in round 1" in said.err
    said = reviewer("seal", path, "--late", 2, *words, "--json")
    assert said.code == 0, said.err
    assert f"return of round 2 opens only with the chair's casebook and the sheet {mark}" in (
        said.err
    )
    assert "blank" not in said.err
    assert said.data["opens_with"] in said.err
    assert (said.data["round"], said.data["mostly_blank"]) == (2, False)


def test_what_opens_a_late_round_without_a_custodian(reviewer, first, tmp_path):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    with story.chair:
        story.open_to_all()
        update = story.close_over("Bo")
    with story.own("Bo") as own:
        apply(own, update, close_unsealed=True)
    (tmp_path / "words").write_text(PASSPHRASE)
    words = ("--passphrase-file", tmp_path / "words")
    said = reviewer("seal", tmp_path / "Bo.casebook", "--late", 2, *words)
    assert said.code == 0, said.err
    assert "return of round 2 opens with the chair's casebook alone: there is no custodian." in (
        said.err
    )
