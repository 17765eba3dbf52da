"""Frameworks: what is taken, what is refused and in which words."""

import copy
import os
import subprocess
import sys
import time
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


COSTLY = {
    "a dotted key of 80 KB": (".".join(["a"] * 40_000) + " = 1", "more than 8 parts"),
    "the same as a heading": ("[" + ".".join(["a"] * 40_000) + "]", "more than 8 parts"),
    "quoted parts": (".".join(['"a b"'] * 10_000) + " = 1", "more than 8 parts"),
    "many dots in prose": ("x = '" + ".a.a.a.a.a.a! " * 60_000 + "'", "4,000 characters"),
    "a key of 80 KB": ("a" * 80_000 + " = 1", "4,000 characters"),
    "a number of 4,301 digits": ("a = " + "1" * 4301, "400 digits"),
    "a number in sixteens": ("a = 0x" + "f" * 1_000_000, "400 digits"),
    "a long fraction": ("a = 1." + "1" * 900_000, "400 digits"),
    "a million commas": ("a = [" + "1," * 400_000 + "]", "far more lines"),
    "90,000 keys": ("".join(f"k{n}=1\n" for n in range(90_000)), "far more lines"),
    "100,000 keys in one line": (
        "a={" + ",".join(f"k{n}=1" for n in range(90_000)) + "}",
        "far more lines",
    ),
    "80,000 tables": ("".join(f"[a.b{n}]\n" for n in range(80_000)), "far more lines"),
    "lists in lists": ("a=" + "[" * 50_000, "not valid TOML"),
    "comments": ("#\n" * 400_000, "far more lines"),
    "a date that is none": ("a = 1979-13-99", "not valid TOML"),
    "a text of 4,001": (f"source = '{'x' * 4001}'", "4,000 characters"),
    "501 groups": ("[[groups]]\n" * 501, "at most 500 groups"),
    "501 factors": ("[[factors]]\n" * 501, "at most 500 factors"),
    "a point beyond 53 bits": ("[[scale]]\nvalue = 9007199254740992", "9,007,199,254,740,991"),
    "and below": ("[[scale]]\nvalue = -9007199254740992", "9,007,199,254,740,991"),
    "a threshold beyond 53 bits": ("[thresholds]\ncounts = 9007199254740992", "9,007,199"),
}


@pytest.mark.parametrize("name", COSTLY)
def test_what_would_cost_is_refused_before_it_does(tmp_path, name):
    text, words = COSTLY[name]
    path = tmp_path / "costly.toml"
    path.write_text(text, encoding="utf-8")
    before = time.process_time()
    with pytest.raises(FrameworkError, match=words) as told:
        load(path)
    assert time.process_time() - before < 0.2
    assert len(str(told.value)) < 400


def test_what_is_allowed_is_read(tmp_path):
    whole = DEFAULT.read_text(encoding="utf-8")
    prose = ("Said at 10.45; see p. 3, e.g. the note of A. B. C. D. E. Fox. " * 80)[:4000]
    path = tmp_path / "large.toml"
    more = "".join(
        f'\n[[factors]]\ncode = "X-{n}"\ngroup = "SYS"\nname = "N{n}"\n'
        f'definition = "{prose[:1500]}"\n'
        for n in range(450)
    )
    path.write_text(whole + more, encoding="utf-8")
    assert len(load(path).factors) == 467
    path.write_text(
        whole + f'\n[[factors]]\ncode = "X"\ngroup = "SYS"\nname = "N"\ndefinition = "{prose}"'
    )
    assert len(load(path).factors[-1].definition) == 4000


def test_a_pipe_and_a_device_are_no_framework(tmp_path):
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero", tmp_path):
        with pytest.raises(FrameworkError, match="could not be read"):
            load(type(tmp_path)(path))


def test_the_guard_costs_little_memory(tmp_path):
    """In a process of its own: 64 MiB of address space beyond what it has are enough."""
    path = tmp_path / "costly.toml"
    path.write_text(COSTLY["a number in sixteens"][0], encoding="utf-8")
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from reviewer.method.framework import load\n"
        "from reviewer.errors import FrameworkError\n"
        "used = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + (64 << 20),) * 2)\n"
        "try: load(Path(sys.argv[1]))\nexcept FrameworkError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    assert "400 digits" in done.stdout
