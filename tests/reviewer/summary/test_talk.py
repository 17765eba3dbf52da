"""What a meeting looks at of one cell: counted by hand, nobody named."""

from dataclasses import replace

import numpy as np

from reviewer.records.determinations import Ruling
from reviewer.rounds.determining import possible
from reviewer.summary.consolidate import consolidate
from reviewer.summary.parts import Part
from reviewer.summary.shapes import Code, Detail
from reviewer.summary.talk import Wording, talk
from tests.reviewer.summary.build import cell_panel, of_one_round
from tests.reviewer.summary.test_determined import decided


def test_reasons_are_counted_by_wording_from_the_highest_point_down():
    panel = cell_panel("4430m.r")
    details = {
        (0, 0, 0): Detail(comment="Seven  minutes.", evidence=("Log p.3", "Log p.3", "Note p.1")),
        (1, 0, 0): Detail(comment="Seven minutes.", evidence=("Log p.3",)),
        (2, 0, 0): Detail(comment="Brief."),
        (4, 0, 0): Detail(record="The  video", comment="Cannot say."),
    }
    said = talk(of_one_round(replace(panel, details=details)), 0, 0)
    assert said.wordings == (
        Wording(value=4, reason="", words="Seven minutes.", record="", members=2),
        Wording(value=3, reason="", words="Brief.", record="", members=1),
        Wording(value=0, reason="", words="", record="", members=1),
        Wording(value=None, reason="missing", words="Cannot say.", record="The video", members=1),
        Wording(value=None, reason="recused", words="", record="", members=1),
    )
    assert said.pages == (("Log p.3", 2), ("Note p.1", 1))
    assert (said.now.points, said.now.median, said.now.unassessed) == ((1, 0, 0, 1, 2), 3.5, 1)
    assert said.now.others == {"blank": 1, "recused": 1}
    assert (said.before, said.earlier) == (None, 0)


def test_round_1_stands_beside_what_is_now_and_whose_is_earlier_is_counted():
    panel = cell_panel("3304")
    now = panel.rounds[0]
    parts = (*[Part.RETURNED] * 3, Part.OUT)
    one = replace(
        now,
        votes=np.array([[[0]], [[3]], [[0]], [[4]]], dtype=np.int8),
        members=tuple(replace(m, part=Part.RETURNED) for m in now.members),
    )
    two = replace(
        now,
        number=2,
        votes=np.array([[[3]], [[3]], [[int(Code.BLANK)]], [[int(Code.BLANK)]]], dtype=np.int8),
        members=tuple(replace(m, part=p) for m, p in zip(now.members, parts, strict=True)),
    )
    since = np.array([2, 2, 1, 1], dtype=np.int16)[:, None, None]
    said = talk(replace(panel, round=2, rounds=(one, two), from_round=since), 0, 0)
    assert (said.before.round, said.before.points, said.before.median) == (1, (2, 0, 0, 1, 1), 1.5)
    assert (said.now.round, said.now.points, said.now.median) == (2, (1, 0, 0, 2, 1), 3)
    assert said.earlier == 2


def test_who_did_not_return_says_nothing():
    panel = cell_panel("44")
    away = replace(panel, members=(panel.members[0], replace(panel.members[1], returned=False)))
    said = talk(away, 0, 0)
    assert said.now.points == (0, 0, 0, 0, 1)
    assert [one.members for one in said.wordings] == [1]


def can(panel):
    return possible(panel, consolidate(panel, resamples=1).cells[0])


def test_what_can_be_decided_is_what_is_not_refused():
    new = {Ruling.POINT, Ruling.NOT_ASSESSABLE, Ruling.NOT_RELEVANT}
    assert can(cell_panel("0044")) == new | {Ruling.MEDIAN}
    assert can(cell_panel("mm")) == new  # no median to leave it at
    assert can(cell_panel("--")) == set()
    assert can(decided(cell_panel("0044"), value=3)) == {Ruling.REOPENED}
    late = decided(cell_panel("0044"), value=3, said={"m0": "0"})
    assert can(late) == new | {Ruling.MEDIAN, Ruling.REOPENED}
    assert can(decided(cell_panel("0044"), what=Ruling.REOPENED)) == new | {Ruling.MEDIAN}


def test_what_is_known_of_agreement_is_not_drawn_again():
    panel = cell_panel("0044", "3333")
    known = consolidate(panel, resamples=5)
    again = consolidate(decided(panel, value=3), agreement=known.agreement)
    assert again.agreement is known.agreement
    assert again.kinds["determined"] == 1
