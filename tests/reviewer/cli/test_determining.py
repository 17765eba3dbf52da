"""The commands of the meeting: what is on the agenda, deciding it, and how it moved."""

import shutil

import pytest

from reviewer.exchange.release import release
from reviewer.rounds.agenda import open_round
from tests.reviewer.exchange.panel import FRAMEWORK, PASSPHRASE, open_it
from tests.reviewer.exchange.test_again import Story, first

__all__ = ["first"]  # a fixture

ZERO, HIGH, GONE, BLANK = FRAMEWORK.codes[:4]


@pytest.fixture
def run(reviewer, first, tmp_path):
    """Run a command on the chair's casebook: in C001 three rated ``HIGH`` 2, 3 and 4."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    words = tmp_path / "words"
    words.write_text(PASSPHRASE)

    def call(command, *more):
        file = tmp_path / "chair.casebook"
        return reviewer(command, file, *more, "--passphrase-file", words, "--json")

    call.plain = lambda command, *more: reviewer(
        command, tmp_path / "chair.casebook", *more, "--passphrase-file", words
    )
    return call


def on(case, factor, *more, reason="Talked over"):
    return ("--case", case, "--factor", factor, *more, "--reason", reason)


def test_the_agenda_says_why_and_what_was_decided_before(run):
    said = run("agenda")
    assert said.code == 0
    assert set(said.data) == {"round", "kinds", "cells"}
    (row,) = said.data["cells"]
    assert row == {
        "case": "C001",
        "factor": HIGH,
        "flags": ["too-few"],
        "why": ["Two to four scores, in different bands"],
        "spread": 2,
        "n": 3,
        "median": 3.0,
        "distribution": [0, 0, 1, 1, 1],
        "reasons": {},
        "in_force": 3.0,
        "in_force_by": "median",
        "determination": None,
    }
    assert sum(said.data["kinds"].values()) == 2 * len(FRAMEWORK.codes)
    run("determine", *on("C001", HIGH, "--value", 2))
    empty = run.plain("agenda")
    assert run("agenda").data["cells"] == []
    assert empty.out.startswith(
        "Nothing is on the agenda. That does not mean that the panel agrees"
    )
    run("determine", *on("C001", HIGH, "--reopen", reason="A page was overlooked"))
    (row,) = run("agenda").data["cells"]
    assert (row["flags"], row["in_force_by"]) == (["too-few", "reopened"], "median")
    assert (row["determination"]["value"], row["determination"]["stands"]) == (2.0, False)
    lines = run.plain("agenda").out.splitlines()
    assert lines[0] == "1 cell on the agenda."
    assert lines[1].endswith("Determined before, and reopened. Determined: 2")


def test_a_cell_is_determined_with_dissent_and_left_at_the_median(run):
    said = run(
        "determine",
        *on("C001", HIGH, "--value", 4, "--dissent", "I read the log.", "--dissenter", "Bo"),
        *("--instead", "2", "--dissent", "It cannot arise.", "--dissenter", ""),
        *("--instead", "not-relevant"),
    )
    assert said.code == 0
    told = said.data
    bo, nobody = told.pop("dissents")
    assert told.pop("at").endswith("Z")
    assert told == {
        "case": "C001", "factor": HIGH, "number": 1, "round": 1, "what": "point", "value": 4.0,
        "reason": "Talked over", "by": "Ada", "stands": True,
    }  # fmt: skip
    assert (bo["name"], bo["words"], bo["instead"]) == ("Bo", "I read the log.", "2")
    assert nobody == {
        "member": None, "name": None, "words": "It cannot arise.", "instead": "not-relevant"
    }  # fmt: skip
    plain = run.plain(
        "determine", *on("C002", HIGH, "--leave", "--dissent", "No", "--unnamed", reason="Enough")
    )
    assert plain.out.splitlines() == [
        f"C002, {HIGH}: left at the median, 3.5. Enough",
        "Dissent, A member, without a name: No",
    ]
    for factor, option, what in (
        (GONE, "--not-assessable", "not-assessable"),
        (BLANK, "--not-relevant", "not-relevant"),
    ):
        assert run("determine", *on("C001", factor, option)).data["what"] == what


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "Give one of --value V"),
        (("--leave", "--value", 3), "Give one of --value V"),
        (("--value", 3, "--dissent", "No"), "Give a --dissenter NAME for each"),
        (("--value", 3, "--dissenter", "Bo"), "Give a --dissenter NAME for each"),
        (("--value", 3, "--unnamed"), "--unnamed is for --dissent"),
        (
            ("--value", 3, "--dissent", "No", "--dissenter", "Bo", "--unnamed"),
            "--unnamed is for --dissent",
        ),
        (
            ("--value", 3, "--dissent", "No", "--unnamed", "--instead", "1", "--instead", "2"),
            "Give one --instead for each",
        ),
        (("--value", 3, "--dissent", "No", "--dissenter", "Eve"), "Eve is no member"),
        (("--value", 7), "7 is no point of the scale"),
        (("--reopen",), "was not determined"),
    ],
)
def test_what_is_not_clear_is_refused_and_nothing_changes(run, more, words):
    said = run("determine", *on("C001", HIGH, *more))
    assert said.code == 2
    assert words in said.err
    assert run("movement").data["cells"] == []


def test_movement_goes_from_round_1_over_round_2_to_what_was_determined(run, tmp_path):
    assert run.plain("movement").out.startswith("Nothing was asked again or determined")
    story = Story(tmp_path)
    with story.chair:
        open_round(story.chair)
        story.round, story.released = 2, False
        for name in ("Bo", "Cy", "Di"):
            story.update(name)
        story.give_back("Bo", [3])
        story.give_back("Cy", [])
        release(story.chair, without={"Di": "on leave"})
    run("determine", *on("C001", HIGH, "--leave"))
    data = run("movement").data
    first_round, second = data["rounds"]
    assert (first_round["not_returned"], second["returned"], second["ratings"]) == ([], 2, 1)
    with open_it(tmp_path / "chair.casebook") as chair:
        di = chair.members.by_name("Di").id
    assert second["not_returned"] == [{"member": di, "name": "Di", "stands": 1}]
    (cell,) = data["cells"]
    assert (cell["case"], cell["factor"], cell["kind"]) == ("C001", HIGH, "determined")
    one, two = cell["rounds"]
    assert (one["round"], one["median"], one["distribution"]) == (1, 3.0, [0, 0, 1, 1, 1])
    assert (two["round"], two["asked"], two["median"]) == (2, True, 3.0)
    assert two["distribution"] == [0, 0, 0, 2, 1]
    held = {
        row["name"]: (row["value"], row["stands_since"], row["part"]) for row in two["ratings"]
    }
    assert held == {
        "Bo": (3, 2, "returned"),
        "Cy": (3, 1, "returned"),  # left blank: round 1 stands
        "Di": (4, 1, "not returned"),
    }
    assert [made["what"] for made in cell["determinations"]] == ["median"]
    moves = data["moves"]
    assert (moves["asked"], moves["given"], moves["towards"], moves["stood"]) == (3, 1, 1, 0)
    given = {one["name"]: one["given"] for one in moves["members"]}
    assert (given["Bo"], given["Cy"], given["Di"]) == (1, 0, 0)
    (factor,) = (one for one in moves["factors"] if one["factor"] == HIGH)
    assert (factor["open"], factor["counted"], factor["assessable"]) == ([1, 0], [2, 2], [2, 2])
    assert (cell["in_force"], cell["in_force_by"]) == (3.0, "determination")
    line = run.plain("movement").out.strip()
    assert line == (
        f"C001, {HIGH}: round 1 3, round 2 3 (Cy: round 1 stands, Di: round 1 stands),"
        " determined left at the median, 3"
    )
    run("determine", *on("C001", HIGH, "--reopen"))
    run("determine", *on("C001", BLANK, "--not-relevant"))
    lines = run.plain("movement").out.splitlines()
    assert lines[0].endswith("determined left at the median, 3, reopened")
    assert (
        lines[1]
        == f"C001, {BLANK}: round 1 nobody scored, round 2 nobody scored, determined not relevant"
    )
