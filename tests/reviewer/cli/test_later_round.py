"""What the commands of a panellist say in a later round."""

import csv
import shutil
from collections import Counter

from tests.reviewer.exchange.panel import PASSPHRASE
from tests.reviewer.exchange.test_again import Story, first

__all__ = ["first"]  # a fixture


def test_a_later_round_counts_its_own_factors_and_shows_ones_own_earlier_ratings(
    reviewer, first, tmp_path
):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    with story.chair:
        story.open()
        story.update("Bo")
    with story.own("Bo") as own:
        references = {case.id: case.reference for case in own.cases.all()}
        asked = Counter(references[cell.case] for cell in own.agenda.of(2))
        before = {
            (references[case], one.factor): str(one.value) if one.reason is None else one.reason
            for _, case, one in own.ratings.everyone(1)
            if not one.blank
        }
    (tmp_path / "words").write_text(PASSPHRASE)
    words = ("--passphrase-file", tmp_path / "words")
    said = reviewer("cases", tmp_path / "Bo.casebook", *words, "--json")
    assert +Counter({one["reference"]: one["factors"] for one in said.data["cases"]}) == asked
    sheet = tmp_path / "sheet.csv"
    reviewer("sheet", tmp_path / "Bo.casebook", "--export", sheet, *words)
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(r["case"], r["factor"]): r["earlier"] for r in rows if r["earlier"]} == {
        key: value
        for key, value in before.items()
        if key in {(r["case"], r["factor"]) for r in rows}
    }
    assert any(row["earlier"] for row in rows)
    said = reviewer("sheet", tmp_path / "Bo.casebook", "--import", sheet, *words, "--json")
    assert (said.data["changed"], said.data["ignored"]) == (0, [])
