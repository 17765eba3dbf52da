"""Late returns and unsealed rounds on the command line, as somebody would type them."""

import shutil

import pytest

from tests.reviewer.exchange.panel import PASSPHRASE, open_it
from tests.reviewer.exchange.test_late import without_once

__all__ = ["without_once"]  # a fixture


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
