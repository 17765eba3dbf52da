"""The register of records by commands alone."""

import pytest

from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.exchange import panel


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=2).close()
    return path


def at(reviewer, file, *more):
    return reviewer("records", file, "--today", "2026-06-01", "--json", *more)


def test_a_record_on_its_way_from_a_template_to_its_document(reviewer, file):
    found = at(reviewer, file, "--expect", "custody")
    assert (found.code, found.data) == (0, {"template": "custody", "cases": 2, "added": 16})
    asked = at(
        reviewer, file, "--request", "--case", "2010-01", "--record", "Custody record",
        "--on", "2026-03-02", "--due", "2026-03-23",
    ).data["record"]  # fmt: skip
    assert (asked["record"], asked["status"], asked["overdue"]) == ("R-0002", "requested", True)
    assert asked["next"] == {"ask": "answer", "date": "2026-03-24"}
    said = at(
        reviewer, file, "--answer", "not-located", "--record", "R-2", "--on", "2026-05-02",
        "--words", "searched twice",
    )  # fmt: skip
    assert said.data["record"]["status"] == "not located"
    assert said.data["may_change"] == []
    assert said.data["known"] == "What a gap costs is known when round 1 is released."
    here = {"record": "R-0002", "case": "2010-01", "document": "Custody record"}
    assert here in at(reviewer, file).data["may_be_here"]
    came = at(reviewer, file, "--attach", "Custody record", "--record", "R-0002").data["record"]
    assert here not in at(reviewer, file).data["may_be_here"]
    assert (came["status"], came["documents"]) == ("found late", ["Custody record"])
    assert [step["what"] for step in came["steps"]] == ["requested", "not located", "found late"]
    assert came["steps"][1]["words"] == "searched twice"

    found = at(reviewer, file).data
    assert found["totals"]["expected"] == 16
    assert found["totals"]["received"] == found["statuses"]["found late"] == 1
    assert sum(found["statuses"].values()) == 16
    assert [one["expected"] for one in found["cases"]] == [8, 8]
    assert sum(one["expected"] for one in found["agencies"]) == 16
    assert {one["agency"] for one in found["letters_due"]} == {
        "Police",
        "Ambulance service",
        "Mental health trust",
    }
    one = at(reviewer, file, "--case", "2010-02", "--agency", "police").data
    assert one["totals"]["expected"] == len(one["records"]) == 6


def test_showing_changes_nothing_and_says_what_to_do_first(reviewer, file):
    before = file.read_bytes()
    said = reviewer("records", file)
    assert said.code == 0
    assert "No records are expected yet" in said.out
    assert file.read_bytes() == before


def test_a_case_without_a_record_is_counted_too(reviewer, file):
    at(reviewer, file, "--add", "--case", "2010-02", "--record", "Log", "--agency", "Police")
    found = at(reviewer, file).data["cases"]
    assert [(one["case"], one["expected"]) for one in found] == [("2010-01", 0), ("2010-02", 1)]
    (one,) = at(reviewer, file, "--case", "2010-01").data["cases"]
    assert (one["case"], one["expected"]) == ("2010-01", 0)
    for chosen in (("--agency", "Police"), ("--record", "R-0001")):
        assert [one["case"] for one in at(reviewer, file, *chosen).data["cases"]] == ["2010-02"]


def test_a_request_may_add_its_record(reviewer, file):
    said = at(
        reviewer, file, "--request", "--case", "2010-02", "--record", "Ward log",
        "--agency", "Trust", "--what", "of 2 June",
    )  # fmt: skip
    record = said.data["record"]
    assert (record["kind"], record["what"], record["due"]) == (
        "Ward log",
        "of 2 June",
        "2026-06-22",
    )
    said = at(reviewer, file, "--take-back", "--record", "R-0001")
    assert said.data["record"]["status"] == "expected"
    assert at(reviewer, file, "--leave-out", "--record", "R-0001").code == 0
    assert at(reviewer, file).data["records"] == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--answer", "gone", "--record", "R-1"), "no record R-1"),
        (("--add", "--case", "2010-01"), "Give --case REF, --record KIND"),
        (("--add", "--request"), "one change at a time"),
        (("--expect", "nothing"), "There is no template"),
        (("--expect", "custody", "--where", "year"), "NAME=TEXT"),
        (("--request", "--record", "Log"), "of which case"),
        (
            (
                "--on",
                "02/03/2026",
            ),
            "more than one day",
        ),
        (
            (
                "--case",
                "none",
            ),
            "no case none",
        ),
        (("--address", "x"), "Give --agency"),
        (("--attach", "Custody record"), "Name the record"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(reviewer, file, given, told):
    said = at(reviewer, file, *given)
    assert said.code == 2
    assert told in said.data["error"]["sentence"]


def test_a_register_is_brought_in_by_a_command(reviewer, file, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(
        "case;kind;agency;requested;who\n2010-01;Ward log;Trust;02/03/2026;x\n", encoding="utf-8"
    )
    said = at(reviewer, file, "--import", path)
    assert said.code == 2
    assert "could be more than one day" in said.data["error"]["details"][0]
    said = at(reviewer, file, "--import", path, "--dates", "dmy").data
    assert (said["added"], said["ignored"]) == (1, [{"column": "who", "cells": 1}])
    assert at(reviewer, file).data["records"][0]["requested"] == "2026-03-02"


def test_after_the_release_the_words_are_matched_and_the_gap_has_its_cost(reviewer, tmp_path):
    secret = tmp_path / "p.txt"
    secret.write_text(panel.PASSPHRASE, encoding="utf-8")
    with panel.make_chair(tmp_path) as chair:
        packs = [panel.issue_to(chair, name, tmp_path / "out") for name in ("Bo", "Cy")]
        (tmp_path / "back").mkdir()
        for salt, pack in enumerate(packs):
            receive(chair, [panel.returned(pack, tmp_path / "back", salt)])
        release(chair)
        path = chair.path

    def call(*more):
        return at(reviewer, path, "--passphrase-file", secret, *more)

    assert call("--add", "--case", "C001", "--record", "Custody record", "--agency", "A").code == 0
    found = call().data
    assert found["known"] == ""
    assert [(one["case"], one["words"], one["ratings"]) for one in found["unmatched"]] == [
        ("C001", "custody log", 2),
        ("C002", "custody log", 2),
    ]
    assert found["unmatched"][0]["alike"] == ["R-0001"]
    factor = panel.FRAMEWORK.codes[2]
    matched = call("--match", "Custody-LOG", "--record", "R-0001").data
    assert matched["may_change"] == [factor]
    found = call().data
    assert [one["case"] for one in found["unmatched"]] == ["C002"]
    (cost,) = found["costs"]
    assert (cost["record"], cost["ratings"]) == ("R-0001", 2)
    (waits,) = cost["factors"]
    assert (waits["factor"], waits["ratings"], waits["narrower"]) == (factor, 2, 1)
    came = call("--attach", "Record of C001", "--record", "R-0001").data
    assert came["may_change"] == [factor]
    assert call().data["costs"] == []
    assert call("--unmatch", "custody log", "--case", "C001").code == 0
    assert len(call().data["unmatched"]) == 2


def test_the_passphrase_of_the_book_is_asked_for(reviewer, file, tmp_path):
    wrong = tmp_path / "w.txt"
    wrong.write_text(PASSPHRASE + "x", encoding="utf-8")
    assert reviewer("records", file, "--passphrase-file", wrong).code == 2


def test_letters_are_written_by_a_command(reviewer, file, tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    assert at(reviewer, file, "--expect", "custody").code == 0
    refused = at(reviewer, file, "--letters", folder)
    assert refused.code == 2
    assert len(refused.data["error"]["details"]) == 3
    assert at(reviewer, file, "--agency", "Police", "--address", "1 High Street").code == 0
    said = at(reviewer, file, "--letters", folder).data
    (letter,) = said["letters"]
    assert (letter["letter"], letter["agency"], letter["records"]) == (1, "Police", 12)
    assert sorted(letter["files"]) == sorted(str(path) for path in folder.iterdir())
    assert [one["agency"] for one in said["unwritten"]] == [
        "Ambulance service",
        "Mental health trust",
    ]
    record = at(reviewer, file, "--record", "R-0001").data["records"][0]
    assert (record["status"], record["steps"][0]["letter"]) == ("requested", 1)


def test_a_panellist_lists_what_is_missing_and_changes_nothing(reviewer, tmp_path, monkeypatch):
    secret = tmp_path / "p.txt"
    secret.write_text(panel.PASSPHRASE, encoding="utf-8")
    monkeypatch.setenv("REVIEWER_PASSPHRASE_FILE", str(secret))
    with panel.make_chair(tmp_path) as chair:
        file = chair.path
    ask = ("--request", "--case", "C001", "--record", "Ward log", "--agency", "Trust")
    assert at(reviewer, file, *ask, "--on", "2026-03-02", "--words", "by hand").code == 0
    with panel.open_it(file) as chair:
        own = panel.issue_to(chair, "Bo", tmp_path / "out")
    assert at(reviewer, own).data == {
        "missing": [
            {
                "record": "R-0001", "case": "C001", "kind": "Ward log", "what": "",
                "agency": "Trust", "status": "requested", "requested": "2026-03-02",
                "answered": "",
            }
        ]
    }  # fmt: skip
    assert at(reviewer, own, "--case", "C002").data == {"missing": []}
    assert at(reviewer, own, "--agency", "police").data == {"missing": []}
    assert len(at(reviewer, own, "--record", "R-1").data["missing"]) == 1
    told = reviewer("records", own).out
    assert "C001  Ward log, Trust, record R-0001: asked for." in told
    assert "No record is known to be missing" in reviewer("records", own, "--case", "C002").out
    refused = at(reviewer, own, "--request", "--record", "R-1")
    assert refused.code == 2
    assert "chair's casebook" in refused.data["error"]["sentence"]
