"""The agenda, worst first, and the records that are in the way."""

from dataclasses import replace

import pytest

from reviewer.errors import EngineError
from reviewer.summary.consolidate import consolidate
from reviewer.summary.shapes import Detail
from tests.reviewer.summary.build import cell_panel, group_panel


def test_the_agenda_is_worst_first():
    cells = ("00000", "0000m", "11333", "00044", "00022", "1111m", "004mm", "000.1", "0044m")
    agenda = consolidate(cell_panel(*cells), resamples=1).agenda
    assert [cells[item.case] for item in agenda] == [
        "00044",  # disagreement, four points apart
        "11333",  # disagreement, two points apart
        "00022",  # indeterminate
        "0044m",  # too few to class, and a record missing
        "004mm",  # records missing against scores, four points apart
        "0000m",
        "1111m",
    ]
    assert [item.spread for item in agenda] == [4, 2, 2, 4, 4, 0, 0]
    assert agenda[3].flags == ("too-few", "scored-and-not-assessable")


def test_spread_is_in_scale_values():
    panel = cell_panel("00033", values=(0, 10, 20, 50), possible=20, counts=50)
    assert consolidate(panel, resamples=1).agenda[0].spread == 50


def with_records(panel, **records):
    """Give votes a record: ``m0c1f0="Custody record"``."""
    details = {
        tuple(int(digit) for digit in key if digit.isdigit()): Detail(record=record)
        for key, record in records.items()
    }
    return replace(panel, details=details)


def test_missing_records_are_gathered_as_named():
    panel = with_records(
        group_panel("mm0", "m0u", "mmm"),
        m0c0f0="Custody record",
        m1c0f0="custody  RECORD ",
        m2c0f0="Ward notes",
        m0c0f1="Custody record",
        m2c0f1="   ",
        m1c0f2="Radio log",  # unclear, not missing
        m0c0f2="Old note",  # scored since
    )
    needs = consolidate(panel, resamples=1).records
    assert [(n.record, n.ratings, n.cells, n.cases) for n in needs] == [
        ("Custody record", 3, 2, (0,)),
        ("Ward notes", 1, 1, (0,)),
    ]


def test_a_record_is_needed_in_each_case_that_names_it():
    panel = with_records(cell_panel("m", "0", "m"), m0c2f0="Log", m0c0f0="Log")
    (need,) = consolidate(panel, resamples=1).records
    assert (need.cases, need.ratings, need.cells) == ((0, 2), 2, 2)


def test_records_named_by_one_whose_return_does_not_count_are_left_out():
    panel = with_records(cell_panel("m0"), m0c0f0="Log")
    gone = replace(panel.members[0], returned=False)
    without = replace(panel, members=(gone, panel.members[1]))
    assert consolidate(without, resamples=1).records == ()


def test_a_record_of_a_vote_that_is_not_there_is_refused():
    panel = with_records(cell_panel("m"), m1c0f0="Log")
    with pytest.raises(EngineError, match="Nothing was summarised"):
        consolidate(panel, resamples=1)
