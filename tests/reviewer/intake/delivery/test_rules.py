"""Rules for whose case a file is: what they say of paths, and what is no rule."""

import time
import unicodedata

import pytest

from reviewer.errors import InputError
from reviewer.intake.delivery import patterns
from reviewer.intake.delivery.references import References
from reviewer.intake.delivery.rules import decide, from_data, read_rules, usual

CASES = References(["INV-014", "INV-021", "INV-1", "Siân"])
RULES = """
[[rule]]
name = "First folder: the case"
path = "{case}/**"
[[rule]]
name = "Second folder: agency"
path = "*/{agency}/**"
[[rule]]
path = "**/*custody*"
kind = "Custody record"
[[rule]]
path = "**/{date} *"
[[rule]]
path = "**"
kind = "Paper"
[agencies]
police = "Northmoor Police"
[cases]
"Smith papers" = "INV-021"
"""


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return read_rules(path)


def said(rules, path, references=CASES):
    found = decide(rules, path, references)
    return {name: (choice.value, choice.rule) for name, choice in found.chosen.items()}


def test_the_first_rule_that_says_something_decides_and_is_named(rules):
    assert said(rules, "INV-014/police/2019-05-03 Custody rec.pdf") == {
        "case": ("INV-014", 1),
        "agency": ("Northmoor Police", 2),
        "kind": ("Custody record", 3),
        "date": ("2019-05-03", 4),
    }
    assert said(rules, "INV-014/trust/log.pdf")["kind"] == ("Paper", 5)


@pytest.mark.parametrize(
    "folder",
    ["inv-014", "INV\u2013014", "INV\u2011014\u200b", "Inv-014"],
    ids=["capitals", "dash", "unseen", "both"],
)
def test_a_folder_is_its_case_however_it_is_written(rules, folder):
    assert said(rules, f"{folder}/police/a.pdf")["case"] == ("INV-014", 1)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_are_one_however_they_are_composed(rules, form):
    assert said(rules, unicodedata.normalize(form, "Siân/a.pdf"))["case"] == ("Siân", 1)


def test_a_word_for_a_case_is_taken_for_it(rules):
    words = References(["INV-021"], rules.meant["case"])
    assert said(rules, "smith papers/a.pdf", words)["case"] == ("INV-021", 1)


def test_a_folder_that_no_case_is_called_after_is_told_and_not_guessed(rules):
    found = decide(rules, "INV-14/police/a.pdf", CASES)
    assert "case" not in found.chosen
    assert found.unknown == "INV-14"
    assert found.value("agency") == "Northmoor Police"


def test_a_longer_reference_is_not_taken_for_a_shorter_one():
    usually = usual()
    assert said(usually, "INV-14 letter.pdf") == {}
    assert said(usually, "old INV-1 box/INV-14 letter.pdf") == {}
    assert said(usually, "INV-1 letter.pdf")["case"] == ("INV-1", 3)
    assert said(usually, "box/INV-014 Doe/police/a.pdf")["case"] == ("INV-014", 2)


def test_two_cases_on_one_path_are_both_told(rules):
    found = decide(rules, "INV-014/INV-021 letter.pdf", CASES)
    assert (found.value("case"), found.others) == ("INV-014", ("INV-021",))


def test_a_folder_around_everything_is_looked_past(rules):
    found = decide(rules, "disclosure 3/INV-014/police/a.pdf", CASES, around="disclosure 3")
    assert (found.value("case"), found.value("agency")) == ("INV-014", "Northmoor Police")


def test_only_a_date_that_is_written_year_first_is_one():
    assert patterns.iso("20190503") == "2019-05-03"
    assert [patterns.iso(t) for t in ("03.05.2019", "2019-02-29", "2019-13-01")] == ["", "", ""]


def test_rules_are_kept_whole(rules):
    assert from_data(rules.as_data()) == rules


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rule]]\npath = 3", "“path” of rule 1 is no text"),
        ("[[rule]]\npath = '{who}/**'", "names {who}"),
        ("[[rule]]\npath = '{case}/{case}'", "names {case} twice"),
        ("[[rule]]\npath = '*/**'", "rule 1 gives nothing"),
        ("[[rule]]\npath = '**'\ndate = '3 May'", "not written as 2019-05-03"),
        ("[[rule]]\npath = '**'\ncolour = 'red'", "“colour” of rule 1"),
        ("[[rules]]\npath = '**'", "“rules” is nothing that rules have"),
        ("", "between 1 and 500 rules"),
        ("rule = 3", "each rule begins"),
        ("[[rule]", "could not be read"),
        (".".join(["a"] * 40_000) + " = 1", "they are too long"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(tmp_path, text, words):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="Nothing was changed") as refused:
        read_rules(path)
    assert words in str(refused.value)


def test_a_pattern_of_many_stars_costs_no_more_than_its_length(rules):
    pattern = "*a" * 60 + "b"
    start = time.process_time()
    assert patterns.read(pattern, "a" * 250, ()) is None
    assert time.process_time() - start < 5, "and not the age of the world"
    assert patterns.fault("{case}*{agency}*{kind}").startswith("has too many")
