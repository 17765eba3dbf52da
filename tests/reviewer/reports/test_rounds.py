"""Rounds are counted one by one, in the paper and in every file (METHOD 3)."""

import csv
import io
import json
import runpy
import shutil

import numpy as np
import pytest

from reviewer.assets import resource
from reviewer.exchange.release import release
from reviewer.records.judgement import Rating
from reviewer.reports.paper import consolidated_pdf
from reviewer.reports.tables import rows
from reviewer.statistics import weights
from reviewer.statistics.coefficients import alpha
from reviewer.statistics.tally import Tally
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from tests.reviewer.exchange.panel import FRAMEWORK
from tests.reviewer.exchange.test_again import NAMES, Story, first
from tests.reviewer.exchange.test_late import without_once
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.whole import csv_file, summary_json

__all__ = ["first", "without_once"]  # fixtures


@pytest.fixture
def story(first, tmp_path):
    """The panel with round 2 open and brought to everybody."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    told = Story(tmp_path)
    with told.chair:
        told.open_to_all()
        yield told


def _summary(story):
    return consolidate(gather(story.chair), resamples=3)


def test_who_did_not_return_round_2_keeps_round_1_and_is_never_called_returned(story):
    story.give_back("Bo", [1])
    story.give_back("Di", [])
    release(story.chair, without={"Cy": "on leave"})
    summary = _summary(story)
    data = json.loads(summary_json(summary))
    cy = next(one for one in data["members"] if one["name"] == "Cy")
    assert (cy["returned"], cy["stands"], cy["without_reason"]) == (False, 1, "on leave")
    outsider = runpy.run_path(str(resource("verify_export.py")))
    assert list(outsider["check_summary"](data)) == []
    assert cy["scores"] > 0
    one, two = data["rounds"]
    assert (one["returned"], one["asked"]) == (3, 3)
    assert (two["returned"], two["asked"], two["ratings"]) == (2, 3, 1)
    parts = {m["member"]: m["part"] for m in two["members"]}
    assert parts[cy["id"]] == "not returned"
    paper = " ".join(" ".join(pdfs.texts(consolidated_pdf(summary))).split())
    assert "2 of 3 panellists returned round 2; 1 rating came in, of" in paper
    assert "3 of 3 panellists returned round 1" in paper
    assert "not returned: round 1 stands" in paper
    assert "on leave" in paper


def test_who_comes_in_round_2_has_no_vote_in_what_round_1_alone_asked(without_once, tmp_path):
    """Di did not return round 1: what it asked of her is in no count, bound or roll-up."""
    shutil.copytree(without_once[0], tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    with story.chair:
        before = _summary(story)
        story.open()
        story.update("Di")
        with story.own("Di") as own:
            cells = [(cell.case, cell.factor) for cell in own.agenda.of(2)]
            case, factor = cells[-1]
            left = Rating(factor=factor, comment="I could not say")
            own.ratings.put(own.about.member, case, 2, left)
        story.give_back("Di", [])
        release(story.chair, without={"Bo": "ill", "Cy": "on leave"})
        summary = _summary(story)
    data = json.loads(summary_json(summary))
    references = {one["id"]: one["case"] for one in data["cases"]}
    di = next(one for one in data["members"] if one["name"] == "Di")
    here = {
        (cell["case"], cell["factor"]): one
        for cell in data["cells"]
        for one in cell["ratings"]
        if one["member"] == di["id"]
    }
    assert set(here) == {(references[case], code) for case, code in cells}
    assert here[references[case], factor]["comment"] == "I could not say"
    assert (di["scores"], di["blanks"]) == (0, len(cells))
    every = {(r["case"], r["factor"]) for r in data["round_ratings"] if r["member"] == di["id"]}
    assert every == set(here)
    blank = [one for one in data["round_ratings"] if (one["value"], one["reason"]) == (None, None)]
    assert blank
    assert not any(one["stands"] for one in blank)
    assert summary.agreement == before.agreement
    asked = {(line["case"], line["factor"]) for line in data["cells"]} - set(here)
    again = {(one["case"], one["factor"]): one for one in data["cells"]}
    for one in json.loads(summary_json(before))["cells"]:
        if (one["case"], one["factor"]) in asked:
            assert again[one["case"], one["factor"]] == one


def test_round_1_can_be_computed_again_from_the_file(story):
    before = story.agreement[-1].alpha.value
    story.give_back("Bo", [0, 0, 0, 0])
    story.give_back("Cy", [0, 0, 0, 0])
    release(story.chair, without={"Di": "on leave"})
    summary = _summary(story)
    data = json.loads(summary_json(summary))
    points = list(FRAMEWORK.values)
    counts: dict[tuple[str, str], np.ndarray] = {}
    for one in data["round_ratings"]:
        if one["round"] == 1 and one["value"] is not None and not one["late"]:
            at = counts.setdefault((one["case"], one["factor"]), np.zeros(len(points), int))
            at[points.index(one["value"])] += 1
    again = alpha(Tally.of(np.array(list(counts.values()))).total(), weights.ordinal).value
    assert float(again[0]) == pytest.approx(before, abs=1e-12)
    now = [one for one in data["round_ratings"] if one["stands"] and one["value"] is not None]
    assert len(now) == sum(one["scores"] for one in data["members"])


def test_a_round_in_which_nothing_was_rated_is_told_as_that(story):
    for name in NAMES:
        story.give_back(name, [])
    release(story.chair)
    summary = _summary(story)
    paper = " ".join(" ".join(pdfs.texts(consolidated_pdf(summary))).split())
    assert "Consolidated summary, round 1 (round 2 brought no rating)" in paper
    assert "Nothing was rated again in round 2" in paper
    assert "3 of 3 panellists returned round 2. Nothing was rated again" in paper
    table = rows.SUMMARY.rows(summary)
    assert any(row[0] == "Round 2" and "Nothing was rated again" in row[1] for row in table)


def test_the_tables_say_which_round_a_rating_is_from(story):
    story.give_back("Bo", [1])
    release(story.chair, without={"Cy": "on leave", "Di": "ill"})
    summary = _summary(story)

    def table(sheet):
        return list(csv.DictReader(io.StringIO(csv_file(summary, sheet).decode("utf-8-sig"))))

    given = [
        row for row in table(rows.RATINGS) if row["value"] or row["reason"] not in ("", "blank")
    ]
    assert {row["round"] for row in given} == {"1", "2"}
    assert [row["name"] for row in given if row["round"] == "2"] == ["Bo"]
    every = table(rows.ROUNDS)
    assert [row["name"] for row in every if row["round"] == "2" and row["value"]] == ["Bo"]
    old = [r for r in every if r["name"] == "Bo" and r["round"] == "1" and r["stands"] == "no"]
    assert len([row for row in old if row["value"]]) == 1
    assert {row["round"] for row in table(rows.LEDGER)} == {"1", "2"}
    out = {row["name"]: row for row in table(rows.RETURNED) if row["round"] == "2"}
    assert (out["Cy"]["returned"], out["Cy"]["without_reason"]) == ("no", "on leave")
    assert out["Cy"]["part"] == "not returned: round 1 stands"
