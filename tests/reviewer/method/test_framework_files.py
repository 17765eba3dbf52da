"""Frameworks as files: every fault with its line, written and read back, those that come along."""

import re
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.assets import resource
from reviewer.errors import FrameworkError
from reviewer.method.files import STANDARDS, FrameworkFile, read_file, standard
from reviewer.method.framework import Factor, Framework, Group, Point, Thresholds, from_data, load
from reviewer.method.mapped import Link, loop
from reviewer.method.toml_lines import line_of, places
from reviewer.method.toml_text import toml_bytes, toml_text

SMALL = """\
id = "small"
version = "2"
replaces = "1"

[thresholds]
evidence = 1
possible = 1
counts = 1

[[scale]]
value = 0
label = "No"

[[scale]]
value = 1
label = "Yes"

[[groups]]
code = "G"
name = "All"

[[factors]]
code = "A"
group = "G"
name = "First"

[[factors]]
code = "B"
group = "G"
name = "Second"
extended = true

[[factors]]
code = "C"
group = "G"
name = "Third"
"""


def told(tmp_path, text):
    """Return what is said of a file: its sentence, and a line each of what else."""
    path = tmp_path / "f.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkError) as refused:
        load(path)
    return str(refused.value), refused.value.details


def mapping(*rows):
    return SMALL + "".join(
        f'\n[[mapping]]\nfate = "{fate}"\nfrom = {list(old)}\nto = {list(new)}\n'.replace("'", '"')
        for fate, old, new in rows
    )


CHANGES = {
    "a misspelt key": ('name = "Third"', 'nmae = "Third"', "“nmae” is nothing"),
    "an unknown table": ("[thresholds]", "[limits]\na = 1\n[thresholds]", "“limits” is"),
    "a descending scale": ("value = 1", "value = -1", "-1 stands after 0"),
    "a point twice": ("value = 1", "value = 0", "0 stands after 0"),
    "a code twice": ('code = "C"', 'code = "a"', "twice: in line 23 too"),
    "a code that looks alike": ('code = "C"', 'code = "A\u200b"', "twice"),
    "a group that is not there": ('group = "G"\nname = "S', 'group = "H"\nname = "S', "'H'"),
    "text for a number": ("counts = 1", 'counts = "1"', "whole number"),
    "a number for text": ('label = "No"', "label = 3", "must be text"),
    "a word for true": ("extended = true", 'extended = "yes"', "true or false"),
    "nothing under a name": ('name = "First"', 'name = " "', "“name” is empty"),
    "a key that is missing": (
        '[[scale]]\nvalue = 1\nlabel = "Yes"',
        "[[scale]]\nvalue = 1",
        "miss",
    ),
    "a code that is too long": ('code = "C"', f'code = "{"C" * 41}"', "41 characters"),
    "a table in place of rows": ("[[groups]]", "[groups]", r"needs \[\[groups\]\] tables"),
    "a number in place of a table": (
        "[thresholds]\nevidence = 1\npossible = 1\ncounts = 1",
        "thresholds = 1",
        "must be a table",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_fault_is_told_with_its_line(tmp_path, name):
    before, after, words = CHANGES[name]
    assert SMALL.count(before) == 1
    line = SMALL[: SMALL.index(before)].count("\n") + 1
    sentence, details = told(tmp_path, SMALL.replace(before, after))
    if details:  # what is missing because of it stands beside it
        sentence = " / ".join(details)
        assert f"Line {line}: " in sentence
    else:
        assert sentence.startswith(f"f.toml, line {line}: ")
    assert re.search(words, sentence)


def test_every_fault_is_told_at_once_in_the_order_of_the_lines(tmp_path):
    wrong = SMALL.replace("value = 1", "value = 0").replace('code = "C"', 'code = "A"\nx = 1')
    sentence, details = told(tmp_path, wrong)
    assert sentence.startswith("f.toml, line 15: The scale must ascend")
    assert sentence.endswith("There are 2 more faults; put them right and read it again.")
    assert [one.split(":")[0] for one in details] == ["Line 15", "Line 34", "Line 35"]
    sentence, _ = told(tmp_path, SMALL.replace("value = 1", "value = 0\nx = 1"))
    assert "There is 1 more fault; put both right" in sentence


def test_of_thousands_of_faults_a_hundred_are_listed(tmp_path):
    _, details = told(tmp_path, SMALL + "".join(f"k{number} = 1\n" for number in range(3000)))
    assert len(details) == 100


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ([("moved", "A", "A")], 38, "none of kept, reworded"),
        ([("split", "X", "A")], 38, "one factor before, and two or more after"),
        ([("joined", "X", "A")], 38, "two factors or more before"),
        ([("dropped", "X", "A")], 38, "none after"),
        ([("kept", "X", "A")], 38, "the same single code"),
        ([("reworded", "A", "C")], 38, "the same single code"),
        ([("split", "X", ["A", "Z"])], 38, "Z, which is no factor here"),
        ([("dropped", "C", [])], 38, "C is dropped, and its code stands for another factor"),
        ([("split", "A", ["A", "C"])], 38, "A is split, and its code stands for another"),
        ([("joined", ["X", "A"], "C")], 38, "A is joined, and its code"),
        ([("dropped", "X", []), ("dropped", "X", [])], 43, "X stands in two rows"),
        ([("split", "X", ["A", "C"]), ("split", "Y", ["B", "C"])], 43, "C stands in two rows"),
        ([("joined", ["X", "Y"], "A"), ("joined", ["A", "Z"], "X")], 38, "in a circle over X, A"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_mapping_is_held_against_the_factors(tmp_path, rows, line, words):
    sentence, details = told(tmp_path, mapping(*rows))
    assert any(
        one.startswith((f"Line {line}: ", f"f.toml, line {line}: ")) and words in one
        for one in (sentence, *details)
    )


def test_a_right_mapping_is_kept_with_its_file(tmp_path):
    path = tmp_path / "f.toml"
    rows = [("split", "X", ["A", "B"]), ("reworded", "C", "C"), ("dropped", ["Y", "Z"], [])]
    path.write_text(mapping(*rows), encoding="utf-8")
    read = read_file(path)
    assert read.replaces == "1"
    assert read.extended == {"B"}
    assert read.mapping == (
        Link("split", ("X",), ("A", "B")),
        Link("reworded", ("C",), ("C",)),
        Link("dropped", ("Y", "Z"), ()),
    )
    assert read.chosen(extended=False).codes == ("A", "C")
    assert read.chosen(extended=True).codes == ("A", "B", "C")
    again = tmp_path / "again.toml"
    again.write_bytes(toml_bytes(read, "again.toml"))
    assert read_file(again) == read


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('from = "X"', "must be a list of codes"),
        ("from = [1]", "must be a list of codes"),
        (f"from = {[f'X{n}' for n in range(51)]}".replace("'", '"'), "51 codes; at most 50"),
    ],
)
def test_the_codes_of_a_mapping_are_a_short_list(tmp_path, row, words):
    sentence, details = told(tmp_path, SMALL + f'\n[[mapping]]\nfate = "dropped"\n{row}\n')
    assert words in " ".join((sentence, *details))


def test_a_mapping_says_from_which_version_it_leads(tmp_path):
    text = mapping(("dropped", "X", [])).replace('replaces = "1"\n', "")
    assert "Name the version" in told(tmp_path, text)[0]


def test_only_what_leads_round_is_a_loop():
    rows = [
        Link("joined", ("A", "Q"), ("B",)),
        Link("joined", ("B", "R"), ("C",)),
        Link("joined", ("C", "S"), ("A",)),
        Link("split", ("C",), ("D", "E")),
        Link("kept", ("K",), ("K",)),
    ]
    assert loop(rows) == {"A", "B", "C"}
    assert loop(rows[3:]) == frozenset()


def test_a_framework_of_extended_factors_alone_asks_for_them(tmp_path):
    text = SMALL.replace('name = "First"', 'name = "F"\nextended = true')
    path = tmp_path / "f.toml"
    path.write_text(text.replace('name = "Third"', 'name = "T"\nextended = true'))
    with pytest.raises(FrameworkError, match="Ask for those too"):
        read_file(path).chosen(extended=False)
    assert len(read_file(path).chosen(extended=True).factors) == 3


def test_letters_that_are_not_utf8_are_told_with_their_line(tmp_path):
    path = tmp_path / "f.toml"
    path.write_bytes(SMALL.replace("Second", "Zweit\xe4").encode("latin-1"))
    with pytest.raises(FrameworkError, match=r"line 30 is not UTF-8"):
        load(path)


# ---------------------------------------------------------------- lines


def test_lines_are_found_beside_texts_that_look_like_tables():
    text = (
        "# [[factors]]\n"
        'source = """\n[[factors]]\ncode = "no"\n"""\n'
        "title = '''\nid = 1'''\n"
        "thresholds.counts = 1 # [[factors]]\n"
        'scale = [\n  {value = 1, label = "]"},\n]\n'
        '"id" = "[[factors]]"\n'
        '[["factors"]]\n  code  = "a"\n'
        "[factors.more]\nx = 1\n"
        "[[factors]]\ncode = 'b'\n"
    )
    tomllib.loads(text)
    found = places(text)
    assert found == {
        ("", 0, "source"): 2,
        ("", 0, "title"): 6,
        ("thresholds", 0, "counts"): 8,
        ("", 0, "scale"): 9,
        ("", 0, "id"): 12,
        ("factors", 0, ""): 13,
        ("factors", 0, "code"): 14,
        ("factors", 0, "more"): 15,
        ("factors", 0, "x"): 16,
        ("factors", 1, ""): 17,
        ("factors", 1, "code"): 18,
    }
    assert line_of(found, ("scale", 3, "value")) == 9
    assert line_of(found, ("factors", 1, "group")) == 17
    assert line_of(found, ("groups", 0, "")) == 1


# ---------------------------------------------------------------- written and read back

_WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
_CODES = st.text(st.sampled_from("ABCDEFGH-0123\"'\\é"), min_size=1, max_size=8)


@st.composite
def files(draw):
    """Any framework that a file can hold, with some factors extended."""
    from reviewer.records.text import clean, clean_line, look_alike  # noqa: PLC0415 - drawn by it

    groups = draw(st.lists(_CODES, min_size=1, max_size=3, unique_by=look_alike))
    codes = draw(st.lists(_CODES, min_size=1, max_size=6, unique_by=look_alike))
    line = _WORDS.map(clean_line)
    full = line.map(lambda words: words or "x")
    values = sorted(
        draw(st.sets(st.integers(-(1 << 53) + 1, (1 << 53) - 1), min_size=2, max_size=11))
    )
    point = st.sampled_from(values)
    low, high = sorted((draw(point), draw(point)))
    data = Framework(
        id=draw(full),
        version=draw(line),
        language=draw(line),
        title=draw(line),
        source=draw(line),
        thresholds=Thresholds(evidence=draw(point), possible=low, counts=high),
        scale=tuple(Point(value=v, label=draw(full), anchor=draw(line)) for v in values),
        reasons=load(resource("frameworks/commission.toml")).reasons,
        groups=tuple(
            Group(code=code, name=draw(full), cross_cutting=draw(st.booleans())) for code in groups
        ),
        factors=tuple(
            Factor(
                code=code,
                group=draw(st.sampled_from(groups)),
                name=draw(full),
                short=draw(line),
                definition=draw(_WORDS.map(lambda words: clean(words).strip())),
            )
            for code in codes
        ),
    )
    return FrameworkFile(framework=data, extended=frozenset(draw(st.sets(st.sampled_from(codes)))))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_what_is_written_reads_as_the_very_same(file):
    raw = toml_bytes(file, "f.toml")
    assert tomllib.loads(raw.decode())["id"] == file.framework.id
    assert from_data(file.framework.as_data()) == file.framework


def test_what_would_read_otherwise_is_not_written():
    held = standard("safeguarding")
    wrong = FrameworkFile(framework=held.framework, extended=frozenset({"no factor"}))
    with pytest.raises(FrameworkError, match=r"f\.toml would not read as the framework"):
        toml_bytes(wrong, "f.toml")


# ---------------------------------------------------------------- those that come along


@pytest.mark.parametrize("name", STANDARDS)
def test_a_framework_that_comes_along_is_whole_and_says_where_it_is_from(name):
    held = standard(name)
    framework = held.framework
    assert framework.id == name
    assert "Words: Reviewer." in framework.source or "Factors: Reviewer." in framework.source
    assert all(one.definition.endswith(".") for one in framework.factors)
    assert all(len(one.short) <= 20 for one in framework.factors)
    assert all(framework.factors_of(group.code) for group in framework.groups)
    assert all(point.anchor for point in framework.scale)
    assert all(words.anchor for words in framework.reasons)
    assert held.extended
    text = resource(f"frameworks/{name}.toml").read_text(encoding="utf-8")
    assert "caused" not in text.casefold()
    assert tomllib.loads(toml_text(held)) == tomllib.loads(text)


def test_no_other_framework_lies_beside_them():
    assert {one.stem for one in resource("frameworks").iterdir()} == set(STANDARDS)


def test_the_hash_of_the_first_framework_is_what_casebooks_name():
    """Whatever else a file may hold: what was frozen and signed keeps its hash."""
    assert standard("commission").chosen(extended=False).hash == (
        "d10128b80d172f22b4201752fdcc08d453604cf2adcaa7de14b09254f351215a"
    )


def test_another_name_is_refused_with_those_that_there_are():
    with pytest.raises(FrameworkError, match="commission, phases-of-care, london-protocol"):
        standard("../commission")
