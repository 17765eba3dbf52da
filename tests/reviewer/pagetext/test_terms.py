"""Lists of words: how they are read, what they find on a page, what is refused."""

import pytest

from reviewer.errors import InputError
from reviewer.pagetext.terms import (
    LONGEST,
    MOST_BYTES,
    MOST_TERMS,
    Terms,
    read_lists,
    read_name,
    read_term,
    read_terms,
    write_lists,
)


def lit(text, *lists):
    return [(text[p.start : p.end], p.which) for p in Terms(lists).places(text)]


def test_words_phrases_and_beginnings_are_found_whatever_their_case_and_accents():
    text = "RESTRAINED Face  down; can\u2019t breathe. D\u00e9cision: restrainer's, unrestrained."
    terms = read_terms(["restrain*", "face down", "can't breathe", "decision"])
    assert [words for words, _ in lit(text, terms)] == [
        "RESTRAINED", "Face  down", "can\u2019t breathe", "D\u00e9cision", "restrainer"
    ]  # fmt: skip
    assert lit("Held face downward", read_terms(["face down"])) == []
    assert lit("Held face downward", read_terms(["face down*"])) == [("face downward", 0)]
    assert lit("held face", read_terms(["face down"])) == []
    assert not Terms([[]])
    assert Terms([["a b"]])


def test_a_word_that_a_line_ends_within_is_one_word_and_two():
    text = "the obser-\nvation ward; police-\nled"
    assert lit(text, read_terms(["observation ward"])) == [("obser-\nvation ward", 0)]
    assert lit(text, read_terms(["observ*"])) == [("obser-\nvation", 0)]
    assert lit(text, read_terms(["police led"])) == [("police-\nled", 0)]
    assert lit(text, read_terms(["policeled"])) == [("police-\nled", 0)]
    assert lit("2010-\n11", read_terms(["201011"])) == []  # figures are never joined


def test_accents_that_stand_apart_and_hyphens_that_are_not_seen_part_no_word():
    text = "an e\u0301clair, obser\u00advation"
    assert lit(text, read_terms(["\u00e9clair", "observation"])) == [
        ("e\u0301clair", 0), ("obser\u00advation", 0)
    ]  # fmt: skip
    assert lit(text, read_terms(["eclair", "obser\u00advation"])) == lit(
        text, read_terms(["\u00e9clair", "observation"])
    )


def test_scripts_that_part_no_words_and_signs_are_found_within_a_line():
    text = "\u4ed6\u4e0d\u80fd\u547c\n\u5438\u4e86 \U0001f622"
    assert lit(text, read_terms(["\u547c\u5438", "\U0001f622"])) == [
        ("\u547c\n\u5438", 0), ("\U0001f622", 0)
    ]  # fmt: skip


def test_each_list_has_its_own_places_and_none_of_one_list_overlap():
    found = lit("face down the stairs", ["face down", "down the stairs"], ["down"])
    assert found == [("face down the stairs", 0), ("down", 1)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" \u201cface   down\u201d ", "face down"),
        ("restrain*", "restrain*"),
        ("# cell", "cell"),
        ("\u547c\u5438", "\u547c\u5438"),
    ],
)
def test_a_term_is_kept_as_one_line(typed, kept):
    assert read_term(typed) == kept


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("re*train", "is not at the end"),
        ("x" * (LONGEST + 1), "is too long"),
        ("a b c d e f g h i j k l m", "is too long"),
        ("...", "holds no word"),
        ("r*", "give two letters"),
    ],
)
def test_what_is_no_term_is_refused_with_what_to_do(typed, fault):
    with pytest.raises(InputError, match=fault):
        read_term(typed)


def test_terms_are_kept_once_and_five_thousand_at_most():
    assert read_terms(["Cell", "", "cell", "c\u00e9ll", "cell*"]) == ("Cell", "cell*")
    many = [f"word{n}" for n in range(MOST_TERMS)]
    assert len(read_terms(many)) == MOST_TERMS
    with pytest.raises(InputError, match="at most 5,000 terms, and this would have 5,001"):
        read_terms([*many, "one more"])


def test_a_file_of_lists_comes_back_as_it_was_written():
    lists = [("Restraint", ("restraint", "face down")), ("Breath", ("can't breathe",))]
    assert read_lists(write_lists(lists), "file") == lists
    loose = "\ufeffface down\r\n\r\n# Breath \r\n\u201ccan\u2019t breathe\u201d\r\n# breath\r\nair"
    read = read_lists(loose.encode("utf-16"), "notes")
    assert read == [
        ("notes", ("face down",)),
        ("Breath", ("can\u2019t breathe",)),
        ("breath", ("air",)),
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"x" * (MOST_BYTES + 1), "larger than 2 MB"),
        (b"caf\xe9", "Save it as"),
        (b"\xff\xfea", "Save it as"),
        (b"# Only a name\n", "holds no words"),
        (b"", "holds no words"),
    ],
)
def test_a_file_that_is_no_list_is_refused(data, fault):
    with pytest.raises(InputError, match=fault):
        read_lists(data, "file")


def test_every_faulty_line_is_named_and_nothing_is_taken():
    with pytest.raises(InputError) as told:
        read_lists(b"cell\n...\n# \xe2\x80\xae\nre*x\n" + b"!\n" * 40, "file")
    assert str(told.value) == "43 lines cannot be read as terms, so nothing was changed."
    assert told.value.details[0] == "Line 2: \u201c...\u201d holds no word."
    assert len(told.value.details) == 20
    with pytest.raises(InputError) as told:
        read_terms(["a", "!"])
    assert told.value.details == ("Line 2: \u201c!\u201d holds no word.",)


def test_a_name_is_short_and_one_line():
    assert read_name(" Face\n down ") == "Face down"
    for name in ("", " # ", "x" * 61):
        with pytest.raises(InputError, match="1 to 60 characters"):
            read_name(name)
