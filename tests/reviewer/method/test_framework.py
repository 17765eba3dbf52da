"""Frameworks: what is taken, what is refused and in which words."""

import copy
import tomllib

import pytest

from reviewer.assets import resource
from reviewer.errors import FrameworkError
from reviewer.method.framework import Thresholds, from_data, load
from reviewer.records.judgement import Reason

DEFAULT = resource("frameworks/commission.toml")


@pytest.fixture
def data():
    return copy.deepcopy(load(DEFAULT).as_data())


def test_the_default_has_seventeen_core_and_six_extended_factors():
    assert len(load(DEFAULT).factors) == 17
    assert len(load(DEFAULT, extended=True).factors) == 23
    assert load(DEFAULT).values == (0, 1, 2, 3, 4)
    assert load(DEFAULT).thresholds == Thresholds(evidence=2, possible=2, counts=3)
    assert "SYS-POL" not in load(DEFAULT).codes


def test_nothing_on_the_scale_or_among_the_factors_says_caused():
    assert "caused" not in DEFAULT.read_text(encoding="utf-8").casefold()


def test_a_framework_survives_its_own_data_and_the_hash_is_the_contents(data):
    assert from_data(data) == load(DEFAULT)
    assert from_data(data).hash == load(DEFAULT).hash
    data["factors"][0]["definition"] += "."
    assert from_data(data).hash != load(DEFAULT).hash


def test_every_reason_has_words_and_a_letter():
    framework = load(DEFAULT)
    assert {words.reason for words in framework.reasons} == set(Reason)
    assert framework.words(Reason.MISSING).key == "m"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("scale.4.value", 2, "must ascend"),
        ("scale.0.value", 9, "must ascend"),
        ("scale", [{"value": 0, "label": "x"}], "2 to 11 points"),
        ("scale.0.value", True, "whole number"),
        ("scale.0.value", 0.5, "whole number"),
        ("factors.1.code", "sys-call", "twice"),
        ("groups.1.code", "SYS", "twice"),
        ("factors.0.group", "NOPE", "not there"),
        ("factors", [], "1 to 500 factors"),
        ("factors", "x", r"\[\[factors\]\]"),
        ("factors.0.name", 7, "'name' must be text"),
        ("factors.0.definition", 7, "'definition' must be text"),
        ("thresholds.counts", 9, "point of its scale"),
        ("thresholds.possible", 4, "must not be above"),
        ("thresholds", 3, "must be a table"),
        ("reasons.0.id", "lost", "five reasons are fixed"),
        ("reasons.0.key", "u", "letter of its own"),
        ("reasons.0.key", "e", "letter of its own"),
        ("id", " ", "'id' must be text"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(data, path, value, words):
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    table = data
    for part in way:
        table = table[part]
    table[last] = value
    with pytest.raises(FrameworkError, match=words):
        from_data(data)


def test_without_thresholds_a_case_counts_above_the_middle(data):
    del data["thresholds"]
    del data["reasons"]
    data["scale"] = [{"value": v, "label": str(v)} for v in range(1, 10)]
    read = from_data(data)
    assert read.thresholds == Thresholds(evidence=5, possible=5, counts=6)
    assert read.words(Reason.RECUSED).label == "Recused"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id = ", "not valid TOML"),
        (b"\xff\xfe\x00", "not valid TOML"),
        (b"#" * (1 << 21), "larger than 1 MiB"),
        (b"id = 'x'\n", r"\[\[scale\]\]"),
    ],
)
def test_a_file_that_is_no_framework_is_refused(tmp_path, content, words):
    path = tmp_path / "f.toml"
    path.write_bytes(content)
    with pytest.raises(FrameworkError, match=words):
        load(path)


def test_a_missing_file_is_told_by_name(tmp_path):
    with pytest.raises(FrameworkError, match=r"gone\.toml could not be read"):
        load(tmp_path / "gone.toml")


def test_the_default_file_is_plain_toml_that_a_panel_can_copy():
    raw = tomllib.loads(DEFAULT.read_text(encoding="utf-8"))
    assert {"id", "version", "scale", "groups", "factors", "reasons", "thresholds"} <= set(raw)
