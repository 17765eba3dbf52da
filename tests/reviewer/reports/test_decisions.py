"""What the panel determined, in every file of the summary: which figure says which."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from reviewer.records.determinations import Determination, Dissent, Ruling
from reviewer.reports import facts, phrases
from reviewer.reports.chapters import decisions as chapter
from reviewer.reports.paper import consolidated_pdf
from reviewer.reports.tables import rows
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.test_data import SHAPE, fits
from tests.reviewer.reports.whole import csv_file, make_all, summary_json
from tests.reviewer.summary.build import cell_panel, summarised
from tests.reviewer.summary.test_determined import decided

WORDS = "I read the log, \u201cso\u201d.\nIt was there."


def flat(text):
    return "".join(text.split())


@pytest.fixture(scope="module")
def summary():
    """Five cases of one factor: left at the median, reopened, n/a, not relevant, one put back."""
    panel = cell_panel("222334", "000444", "444444", "44444x", "44444m")
    dissents = (
        Dissent(words=WORDS, member="m1", name="Member 1", instead="4"),
        Dissent(words="=1+1", instead="not-relevant"),
    )
    whats = [
        [(Ruling.MEDIAN, 5, dissents)],
        [(Ruling.POINT, 6, ()), (Ruling.REOPENED, None, ())],
        [(Ruling.NOT_ASSESSABLE, None, ())],
        [(Ruling.NOT_RELEVANT, None, ())],
        [(Ruling.POINT, 6, ())],
    ]
    made = decided(panel).determinations[0, 0][0].ground
    history = {
        (case, 0): tuple(
            Determination(
                case=f"c{case:04}", factor="A0", number=n, round=1, what=what, halves=halves,
                reason=f"Reason {case}.{n}", dissents=said, ground=ground(panel, case, made),
                at=f"2026-01-1{n}T10:00:00Z", by="Ada",
            )
            for n, (what, halves, said) in enumerate(decisions, 1)
        )
        for case, decisions in enumerate(whats)
    }  # fmt: skip
    return summarised(replace(panel, determinations=history), resamples=5)


def ground(panel, case, of_first):
    """What the ratings are now; of the last case, what they are not."""
    if case == 4:
        return of_first
    values = {code: str(value) for code, value in enumerate(panel.framework.values)}
    said = {
        member.id: values.get(code, "not-relevant")
        for member, code in zip(panel.members, panel.votes[:, case, 0].tolist(), strict=True)
    }
    return replace(of_first, said=said)


@pytest.fixture(scope="module")
def data(summary):
    return json.loads(summary_json(summary))


def test_the_data_hold_every_decision_and_say_which_figure_is_which(data):
    fits(data, SHAPE)
    told = [
        (one["case"], one["number"], one["what"], one["value"]) for one in data["determinations"]
    ]
    assert told == [
        ("R0", 1, "median", 2.5),
        ("R1", 1, "point", 3),
        ("R1", 2, "reopened", None),
        ("R2", 1, "not-assessable", None),
        ("R3", 1, "not-relevant", None),
        ("R4", 1, "point", 3),
    ]
    assert [one["stands"] for one in data["determinations"]] == [True, False, False, *[True] * 3]
    assert data["determinations"][0]["dissents"] == [
        {"member": "m1", "name": "Member 1", "words": WORDS, "instead": "4"},
        {"member": None, "name": None, "words": "=1+1", "instead": "not-relevant"},
    ]
    assert [(c["in_force"], c["in_force_by"], c["determined"]) for c in data["cells"]] == [
        (2.5, "determination", "median"),
        (2, "median", None),
        (None, "determination", "not-assessable"),
        (None, "determination", "not-relevant"),
        (3, "determination", "point"),
    ]
    assert [c["kind"] for c in data["cells"]] == [
        "determined",
        "open",
        *["determined"] * 2,
        "open",
    ]
    assert [(one["case"], one["determined"]) for one in data["agenda"]] == [
        ("R1", None),
        ("R4", "3"),
    ]
    assert data["factors"][0]["blocked_by"] == {"determined": 1}


def test_the_tables_hold_the_same(summary, data):
    def read(sheet):
        text = csv_file(summary, sheet).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    made = read(rows.DETERMINATIONS)
    assert [(r["case"], r["what"], r["value"], r["dissents"]) for r in made][:2] == [
        ("R0", "median", "2.5", "2"),
        ("R1", "point", "3.0", "0"),
    ]
    assert len(made) == len(data["determinations"])
    first, second = read(rows.DISSENTS)
    assert (first["words"], first["name"], first["instead"]) == (WORDS, "Member 1", "4")
    assert (second["words"], second["name"]) == ("'=1+1", "")
    cells = read(rows.CELLS)
    assert [(r["in_force"], r["in_force_by"]) for r in cells][:3] == [
        ("2.5", "determination"),
        ("2.0", "median"),
        ("", "determination"),
    ]
    assert [r["determined"] for r in read(rows.AGENDA)] == ["", "3"]
    book = openpyxl.load_workbook(io.BytesIO(make_all(summary)["summary.xlsx"]))
    assert book["Determinations"].max_row == 7
    assert book["Dissents"]["F2"].value == WORDS


def test_the_paper_prints_each_decision_its_reason_and_dissent_in_its_own_words(summary):
    text = pdfs.flat(consolidated_pdf(summary))
    for said in (
        "What the panel determined",
        "Determined: 4 cells of 5, 1 left at the median; with dissent: 1.",
        "Back on the agenda, for something came since: 1.",
        "R0, factor 0: left at the median, 2.5. Reason 0.1 [11 January 2026, 10:00 UTC, Ada",
        f"Dissent. Member 1 (would have said 4): \u201c{WORDS}\u201d",
        "A member, without a name (would have said not relevant): \u201c=1+1\u201d",
        "R1, factor 0: 3 (no longer stands). Reason 1.1",
        "R1, factor 0: reopened. Reason 1.2",
        "Factor In force Scores",
        "determined: left at the median",
        "Determined, and a rating came or changed since",
        "1 not assessable: determined so",
        "with the median or what was determined: R4 (3)",
    ):
        assert flat(said) in text, said


def test_where_nothing_was_determined_the_paper_has_no_such_chapter(summary):
    bare = summarised(replace(summary.panel, determinations={}), resamples=1)
    assert chapter.chapter(bare) == []
    text = pdfs.flat(consolidated_pdf(bare))
    assert flat("What the panel determined") not in text
    assert flat("Factor Median Scores") in text


def test_more_decisions_than_paper_takes_are_said_to_be_elsewhere(summary, monkeypatch):
    monkeypatch.setattr(chapter, "MOST", 2)
    text = pdfs.flat(consolidated_pdf(summary))
    assert flat("and 4 more, in the spreadsheet and in the data files.") in text
    assert flat("Reason 2.1") not in text


def test_cases_count_by_what_was_determined(summary):
    assert [facts.case_facts(summary, case).counted for case in range(5)] == [0, 0, 0, 0, 1]
    assert [facts.case_facts(summary, case).possible for case in range(5)] == [1, 1, 0, 0, 0]
    assert [phrases.standing(cell) for cell in summary.cells] == [
        "determined: left at the median",
        "open: disagreement",
        "determined: not assessable",
        "determined: not relevant",
        "open: late rating",
    ]
