"""Frameworks on the command line: listed, shown, checked, written."""

import pytest

from reviewer.method.files import STANDARDS, read_file, standard
from tests.books import chair_book


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "a.casebook"):
        pass
    return tmp_path / "a.casebook"


def test_those_that_come_along_are_listed(reviewer):
    said = reviewer("framework", "--list", "--json")
    assert [one["name"] for one in said.data["frameworks"]] == list(STANDARDS)
    first = said.data["frameworks"][0]
    assert set(first) == {
        "name",
        "id",
        "version",
        "title",
        "source",
        "factors",
        "extended",
        "hash",
    }
    assert (first["factors"], first["extended"]) == (17, 6)
    assert first["hash"] == standard("commission").chosen(extended=False).hash
    lines = reviewer("framework", "--list").out.splitlines()
    assert lines[3].startswith("safeguarding: Safeguarding")
    assert lines[3].endswith("(11 factors and 1 extended)")


def test_one_is_shown_of_a_casebook_a_file_and_by_name(reviewer, book, tmp_path):
    said = reviewer("framework", book, "--json")
    assert set(said.data) == {
        *("id", "version", "language", "title", "source", "thresholds", "scale", "reasons"),
        *("groups", "factors", "hash", "replaces", "mapping", "notes"),
    }
    assert said.data["hash"] == standard("commission").chosen(extended=False).hash
    assert not any(one["extended"] for one in said.data["factors"])
    file = tmp_path / "own.TOML"
    assert reviewer("framework", "--standard", "london-protocol", "--export", file).code == 0
    said = reviewer("framework", file)
    assert said.out.splitlines()[0].endswith(
        "(london-protocol, version 1): 18 factors and 3 extended"
    )
    assert "  PAT-SOCIAL  Personal and social circumstances (extended)" in said.out.splitlines()
    whole = reviewer("framework", file, "--extended", "--json").data
    assert whole["hash"] == standard("london-protocol").framework.hash


def test_the_framework_of_a_casebook_is_written_and_makes_another(reviewer, book, tmp_path):
    file = tmp_path / "own.toml"
    said = reviewer("framework", book, "--export", file, "--json")
    assert set(said.data) == {"file", "id", "version", "hash", "factors", "notes"}
    assert read_file(file).framework.hash == said.data["hash"]
    again = reviewer("framework", book, "--export", file)
    assert (again.code, "--replace" in again.err) == (2, True)
    assert reviewer("framework", book, "--export", file, "--replace").code == 0
    made = reviewer("new", tmp_path / "b.casebook", "--title", "T", "--framework", file, "--json")
    assert made.data["framework"]["hash"] == said.data["hash"]


def test_a_casebook_is_made_with_one_that_comes_along(reviewer, tmp_path):
    path = tmp_path / "b.casebook"
    made = reviewer("new", path, "--title", "T", "--standard", "safeguarding", "--json")
    assert (made.data["framework"]["id"], made.data["factors"]) == ("safeguarding", 11)
    both = reviewer("new", tmp_path / "c", "--title", "T", "--standard", "x", "--framework", path)
    assert (both.code, "not both" in both.err) == (2, True)
    other = reviewer("new", tmp_path / "c", "--title", "T", "--standard", "x")
    assert (other.code, "There is no framework 'x'" in other.err) == (2, True)


def test_a_file_is_checked_and_every_fault_is_told(reviewer, tmp_path):
    file = tmp_path / "own.toml"
    reviewer("framework", "--standard", "safeguarding", "--export", file)
    good = reviewer("framework", "--import", file, "--check")
    assert (good.code, good.out.splitlines()[0]) == (0, "own.toml has no fault.")
    assert reviewer("framework", file, "--check").out == good.out
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('short = "Law"', 'shrt = "Law"').replace("value = 3", "value = 1"),
        encoding="utf-8",
    )
    bad = reviewer("framework", "--import", file, "--check")
    assert bad.code == 2
    assert "There is 1 more fault" in bad.err
    assert [line.split(":")[0] for line in bad.out.splitlines()] == ["- Line 28", "- Line 157"]
    as_json = reviewer("framework", file, "--check", "--json").data["error"]
    assert (as_json["kind"], len(as_json["details"])) == ("Framework", 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Give FILE"),
        (["x.toml", "--standard", "commission"], "Give FILE"),
        (["--import", "x.toml"], "--check"),
        (["--standard", "commission", "--replace"], "--replace goes with"),
        (["--standard", "commission", "--export", "x.pdf"], "written as .toml, .qdc"),
        (["--standard", "commission", "--export", "."], "written as .toml, .qdc"),
        (["gone.toml"], "could not be read"),
    ],
    ids=lambda one: "" if isinstance(one, str) else " ".join(one),
)
def test_what_cannot_be_done_is_said(reviewer, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    said = reviewer("framework", *arguments)
    assert (said.code, words in said.err) == (2, True)
    assert not [*tmp_path.glob("x.*")]


def test_a_folder_of_that_name_is_not_replaced(reviewer, tmp_path):
    (tmp_path / "x.toml").mkdir()
    said = reviewer("framework", "--standard", "commission", "--export", tmp_path / "x.toml")
    assert (said.code, "--replace" in said.err) == (2, False)


def test_a_codebook_is_written_read_and_makes_a_casebook(reviewer, tmp_path):
    file = tmp_path / "own.qdc"
    reviewer("framework", "--standard", "safeguarding", "--export", file)
    said = reviewer("framework", "--import", file, "--check", "--json").data
    assert (said["hash"], said["notes"]) == (
        standard("safeguarding").chosen(extended=False).hash,
        [],
    )
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("  <Sets>")] + "</CodeBook>", encoding="utf-8")
    strange = reviewer("framework", file)
    assert strange.out.startswith("A codebook has no scale and no reasons: those of")
    made = reviewer("new", tmp_path / "b.casebook", "--title", "T", "--framework", file, "--json")
    assert (made.data["factors"], len(made.data["notes"])) == (12, 2)
    assert made.data["framework"]["id"] == "own"


def test_a_version_is_compared_with_the_one_before(reviewer, book, tmp_path):
    file = tmp_path / "new.toml"
    reviewer("framework", "--standard", "commission", "--export", file)
    text = file.read_text(encoding="utf-8").replace(
        'version = "1"', 'version = "2"\nreplaces = "1"'
    )
    text = text.replace("The call, its grading", "The call, how it was graded")
    text = text.replace('"SYS-INFO"', '"SYS-NOTES"')
    text += (
        '\n[[factors]]\ncode = "SYS-KEPT"\ngroup = "SYS"\nname = "Kept"\n'
        '\n[[mapping]]\nfate = "split"\nfrom = ["SYS-INFO"]\nto = ["SYS-NOTES", "SYS-KEPT"]\n'
    )
    file.write_text(text, encoding="utf-8")
    said = reviewer("framework", file, "--against", book, "--json").data
    assert set(said) == {
        *("new", "old", "same", "counts", "carries", "asked_again", "asks_otherwise"),
        *("differs", "mapping", "doubts", "notes"),
    }
    assert (said["new"]["version"], said["old"]["version"], said["same"]) == ("2", "1", False)
    assert said["counts"] == {
        "kept": 15, "reworded": 1, "split": 1, "joined": 0, "dropped": 0, "new": 0,
    }  # fmt: skip
    assert said["asked_again"] == ["SYS-CALL", "SYS-NOTES", "SYS-KEPT"]
    assert said["mapping"][0]["words"][0]["pieces"][1:3] == [
        {"what": "out", "words": "its grading,"},
        {"what": "in", "words": "how it was graded,"},
    ]
    plain = reviewer("framework", file, "--against", "commission").out.splitlines()
    assert plain[0].endswith(
        "version 2, against version 1 (commission): 15 kept, 1 reworded, 1 split."
    )
    assert plain[1] == "reworded SYS-CALL"
    assert "The call, [-its grading,-] {+how it was graded,+} the information" in plain[2]
    assert plain[3] == "split SYS-INFO into SYS-NOTES and SYS-KEPT"
    assert plain[4] == "Ratings of 15 factors would stand, 3 factors would be asked anew."


def test_two_frameworks_that_are_none_of_each_other_are_told_apart(reviewer):
    said = reviewer("framework", "--standard", "safeguarding", "--against", "phases-of-care")
    assert said.out.splitlines()[1] == "The scale is another one: no rating carries over."
    assert "0 factors would stand, 11 factors" in said.out
    gone = reviewer("framework", "--standard", "safeguarding", "--against", "gone.toml")
    assert (gone.code, "could not be read" in gone.err) == (2, True)
