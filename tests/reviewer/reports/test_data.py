"""The JSON's shape is a promise: ``docs/summary-json.md`` says it, this holds it."""

import dataclasses
import json
from collections import Counter

import pytest

from reviewer.summary.shapes import Class, Code, Detail, Kind
from tests.reviewer.reports.whole import summary_json
from tests.reviewer.summary.build import cell_panel, summarised
from tests.reviewer.summary.example import example_panel

NINE = {"values": range(1, 10), "possible": 4, "counts": 7}
TEXT, WHOLE, NUMBER, FLAG = str, int, (int, float), bool
MAYBE = type(None)
ESTIMATE = {
    "value": (int, float, MAYBE),
    "low": (int, float, MAYBE),
    "high": (int, float, MAYBE),
    "note": TEXT,
    "undefined": WHOLE,
    "resamples": WHOLE,
}
COEFFICIENTS = {
    "cases": WHOLE,
    "with_failing": WHOLE,
    "assessed": WHOLE,
    "with_blocked": WHOLE,
    **dict.fromkeys(
        ("alpha", "ac2_linear", "ac2_quadratic", "raw", "kappa", "assessability"), ESTIMATE
    ),
}
KINDS = {kind.value: WHOLE for kind in Kind}
RATE = {
    **dict.fromkeys(("code", "name", "group"), TEXT),
    **dict.fromkeys(
        (
            *("counted", "possible", "assessable", "relevant", "low", "high", "not_assessable"),
            *("possible_assessable", "possible_low", "possible_high", "possible_not_assessable"),
            *("holds", "possible_holds", "not_relevant", "blank", "not_allocated"),
            *("disagreements", "without_factor"),
        ),
        WHOLE,
    ),
    "kinds": KINDS,
    "blocked_by": dict,
    "agreement": COEFFICIENTS,
}
RATING = {
    "member": TEXT,
    "value": (int, MAYBE),
    "reason": (str, MAYBE),
    "confidence": (str, MAYBE),
    "comment": TEXT,
    "record": TEXT,
    "evidence": [TEXT],
    "unsupported": FLAG,
    "round": (int, MAYBE),
}
OPENING = {
    "custodian": (str, MAYBE),
    "returns": [{"member": TEXT, "digest": TEXT, "number": WHOLE}],
    "reopened": [{"at": TEXT, "reason": TEXT}],
}
LEDGER = {
    **dict.fromkeys(("member", "kind"), TEXT),
    **dict.fromkeys(("declared", "opened", "stored"), WHOLE),
    "late": FLAG,
}
COMPLETE = dict.fromkeys(
    ("expected", "received", "partial", "open", "not_coming", "not_asked"), WHOLE
)
GAP = {
    "factor": TEXT,
    **dict.fromkeys(("ratings", "cells", "low", "high", "narrower", "at_most"), WHOLE),
}
SHAPE = {
    "format": TEXT,
    "version": WHOLE,
    "casebook": {
        **dict.fromkeys(("id", "title", "marking"), TEXT),
        "demonstration": FLAG,
        "panel_only": FLAG,
        "round": WHOLE,
        "released": (str, MAYBE),
    },
    "framework": dict,
    "cases": [{"id": TEXT, "case": TEXT, "title": TEXT, "kinds": KINDS}],
    "kinds": KINDS,
    "record": {
        "journal": {"entry": WHOLE, "hash": TEXT},
        "returns": [{"digest": TEXT, "header": TEXT}],
    },
    "members": [
        {
            **dict.fromkeys(("id", "name", "role"), TEXT),
            "returned": FLAG,
            "stands": (int, MAYBE),
            "without_reason": (str, MAYBE),
            "key_compared": (str, MAYBE),
            **dict.fromkeys(("scores", "reasons", "blanks"), WHOLE),
        }
    ],
    "opening": OPENING,
    "ledger": [LEDGER],
    "rounds": [
        {
            **dict.fromkeys(("round", "asked", "returned", "ratings"), WHOLE),
            "opened": (str, MAYBE),
            "released": (str, MAYBE),
            "members": [
                {
                    **dict.fromkeys(("member", "part"), TEXT),
                    "stands": (int, MAYBE),
                    **dict.fromkeys(("without_reason", "late_at", "late_reason"), (str, MAYBE)),
                    **dict.fromkeys(("asked", "ratings", "blanks"), WHOLE),
                }
            ],
            "ledger": [LEDGER],
            "opening": OPENING,
        }
    ],
    "round_ratings": [
        {
            "round": WHOLE,
            **dict.fromkeys(("case", "factor", "member", "comment", "record"), TEXT),
            "value": (int, MAYBE),
            "reason": (str, MAYBE),
            "confidence": (str, MAYBE),
            "evidence": [TEXT],
            "late": FLAG,
            "stands": FLAG,
        }
    ],
    "cells": [
        {
            **dict.fromkeys(("case", "factor", "class", "kind"), TEXT),
            "n": WHOLE,
            "assessable": FLAG,
            "assessable_possible": FLAG,
            "holds": [TEXT],
            "ipras": (dict, MAYBE),
            "relevant": FLAG,
            "median": (int, float, MAYBE),
            "distribution": [WHOLE],
            "reasons": dict,
            "flags": [TEXT],
            "in_force": (int, float, MAYBE),
            "in_force_by": (str, MAYBE),
            "determined": (str, MAYBE),
            "ratings": [RATING],
        }
    ],
    "group_cells": [
        {
            "case": TEXT,
            "group": TEXT,
            "standing": TEXT,
            "n": WHOLE,
            "assessable": FLAG,
            "assessable_possible": FLAG,
            "relevant": FLAG,
            "median": (int, float, MAYBE),
        }
    ],
    "factors": [RATE],
    "groups": [RATE],
    "agreement": [{"scope": TEXT, **COEFFICIENTS}],
    "agenda": [
        {
            **dict.fromkeys(("case", "factor"), TEXT),
            "flags": [TEXT],
            "spread": WHOLE,
            "determined": (str, MAYBE),
        }
    ],
    "determinations": [
        {
            **dict.fromkeys(("case", "factor", "what", "reason", "at", "by"), TEXT),
            **dict.fromkeys(("number", "round"), WHOLE),
            "value": (int, float, MAYBE),
            "dissents": [
                {"words": TEXT, **dict.fromkeys(("member", "name", "instead"), (str, MAYBE))}
            ],
            "stands": FLAG,
        }
    ],
    "records": [{"record": TEXT, "ratings": WHOLE, "cells": WHOLE, "cases": [TEXT], "came": bool}],
    "register": [
        {
            **dict.fromkeys(("record", "case", "kind", "what", "agency", "status"), TEXT),
            **dict.fromkeys(("requested", "due", "answered"), (str, MAYBE)),
        }
    ],
    "completeness": COMPLETE,
    "completeness_by_case": [{"case": TEXT, **COMPLETE}],
    "completeness_by_agency": [{"agency": TEXT, **COMPLETE}],
    "gaps": [
        {"record": TEXT, "case": TEXT, "ratings": WHOLE, "asked": WHOLE, "factors": [GAP]},
    ],
    "gaps_by_factor": [GAP],
    "unmatched_records": [{"case": TEXT, "words": TEXT, "ratings": WHOLE, "factors": [TEXT]}],
}


def fits(value, shape, path="$"):
    """Fail unless ``value`` has exactly this shape."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), path
        assert set(value) == set(shape), path
        for key, inner in shape.items():
            fits(value[key], inner, f"{path}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), path
        for place, inner in enumerate(value):
            fits(inner, shape[0], f"{path}[{place}]")
    else:
        assert isinstance(value, shape), path
        assert shape is not int or not isinstance(value, bool), path


@pytest.fixture(scope="module")
def data(small):
    return json.loads(summary_json(small))


def test_the_completeness_of_cases_and_agencies_adds_up_to_the_whole(data):
    parts = ("received", "partial", "open", "not_coming", "not_asked")
    whole = data["completeness"]
    assert whole["expected"] == sum(whole[part] for part in parts) == len(data["register"]) > 0
    for split in ("completeness_by_case", "completeness_by_agency"):
        assert {key: sum(one[key] for one in data[split]) for key in whole} == whole
    assert data["gaps"]
    assert {one["words"] for one in data["unmatched_records"]} == {"Handover sheet"}


def test_what_gaps_cost_adds_up_to_what_the_factors_wait_for(data):
    waiting = sum(gap["ratings"] for gap in data["gaps"])
    assert waiting == sum(one["ratings"] for one in data["gaps_by_factor"])
    missing = {one["record"] for one in data["register"] if one["status"] != "received complete"}
    assert {gap["record"] for gap in data["gaps"]} <= missing
    rates = {row["code"]: row for row in data["factors"]}
    for one in data["gaps_by_factor"]:
        row = rates[one["factor"]]
        assert (one["low"], one["high"]) == (row["low"], row["high"])
        assert 0 <= one["narrower"] <= one["at_most"] <= one["high"] - one["low"]


def test_the_shape_is_the_documented_one(data):
    fits(data, SHAPE)
    assert (data["format"], data["version"]) == ("reviewer-summary", 1)


def test_a_wrong_shape_is_noticed(data):
    broken = {**data, "cells": [{**data["cells"][0], "n": "3"}]}
    with pytest.raises(AssertionError, match="cells"):
        fits(broken, SHAPE)


def test_every_cell_is_the_summarys(small, data):
    framework = small.panel.framework
    assert len(data["cells"]) == len(small.cells)
    for cell, found in zip(small.cells, data["cells"], strict=True):
        assert found["case"] == small.panel.cases[cell.case].reference
        assert found["factor"] == framework.codes[cell.factor]
        assert found["median"] == cell.median
        assert found["class"] == cell.klass.value in set(Class)
        values = [r["value"] for r in found["ratings"] if r["value"] is not None]
        assert [values.count(v) for v in framework.values] == found["distribution"]
        assert len(values) == found["n"]
        for rating in found["ratings"]:
            assert rating["value"] is None or rating["reason"] is None


def test_blank_and_absent_are_told_apart():
    panel = example_panel(members=3, cases=1)
    panel.votes[:, 0, 0] = [Code.BLANK, Code.ABSENT, 3]
    detail = {(0, 0, 0): Detail(comment="not sure yet")}
    cell = json.loads(
        summary_json(summarised(dataclasses.replace(panel, details=detail), resamples=5))
    )["cells"][0]
    blank, scored = cell["ratings"]
    assert (blank["member"], blank["value"], blank["reason"]) == (panel.members[0].id, None, None)
    assert blank["comment"] == "not sure yet"
    assert (scored["member"], scored["value"]) == (panel.members[2].id, 3)


def test_the_bytes_are_stable_and_readable(small):
    data = summary_json(small)
    assert data == summary_json(small)
    assert data.endswith(b"\n}\n")
    assert "Chloë" in data.decode("utf-8")
    assert b"NaN" not in data
    lines = data.decode("utf-8").splitlines()
    assert sum('"ratings": [' in line for line in lines) == len(small.cells)


def test_factors_carry_denominators_bounds_and_agreement(small, data):
    for row, found in zip(small.factors, data["factors"], strict=True):
        assert found["low"] <= found["counted"] <= found["high"]
        assert found["possible_low"] <= found["possible"] <= found["possible_high"]
        assert found["counted"] <= found["possible"] <= found["possible_assessable"]
        assert (found["counted"], found["low"], found["high"]) == (row.counted, row.low, row.high)
        assert found["agreement"]["alpha"]["resamples"] == 50


def test_the_eight_kinds_add_up_in_every_place_that_counts_them(small, data):
    total = data["kinds"]
    assert sum(total.values()) == len(data["cells"])
    for places in ("cases", "factors", "groups"):
        for kind, n in total.items():
            assert sum(row["kinds"][kind] for row in data[places]) == n
    assert Counter(cell["kind"] for cell in data["cells"]) == Counter(total)
    assert total["open"] == len(data["agenda"])


def test_ipras_stands_in_a_cell_of_a_scale_of_nine_points_alone(data):
    assert {cell["ipras"] for cell in data["cells"]} == {None}
    panel = cell_panel("00088", "00012", "0008-", **NINE)
    split, near, few = json.loads(summary_json(summarised(panel, resamples=2)))["cells"]
    assert split["ipras"] == {"range": 6.4, "limit": 3.55, "disagreement": True}
    assert near["ipras"]["disagreement"] is False
    assert few["ipras"] is None
