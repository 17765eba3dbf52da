"""Only one spelling of one value comes in."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.crypto import strict
from reviewer.errors import ReturnError
from reviewer.records.canonical import canonical
from reviewer.records.text import clean

_KEPT = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-strict.MAX_WHOLE, strict.MAX_WHOLE)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


def _depth(value):
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


@given(_KEPT)
def test_a_value_in_its_canonical_spelling_comes_back(value):
    if _depth(value) <= strict.MAX_DEPTH:
        assert strict.parse(canonical(value), layer="work") == value


@given(_KEPT)
def test_any_other_spelling_is_refused(value):
    for other in (json.dumps(value, indent=1), json.dumps(value) + " ", " " + json.dumps(value)):
        if other.encode() != canonical(value):
            with pytest.raises(ReturnError):
                strict.parse(other.encode(), layer="work")


@pytest.mark.parametrize(
    ("untrusted", "said"),
    [
        (b'{"a":1,"a":1}', "one field twice"),
        (b'{"b":{"a":1,"a":2}}', "one field twice"),
        (b"[NaN]", "NaN"),
        (b"[Infinity]", "Infinity"),
        (b"[-Infinity]", "Infinity"),
        (b"[1e999]", "not valid JSON"),
        (b"[9007199254740992]", "53 bits"),
        (b"[-9007199254740993]", "53 bits"),
        (b"[" + b"9" * 5000 + b"]", "53 bits"),
        (b"[" * 9 + b"]" * 9, "nested deeper"),
        (b"[" * 100_000 + b"]" * 100_000, "nested deeper"),
        (b'{"a":' * 9 + b"1" + b"}" * 9, "nested deeper"),
        (b"[1]]", "brackets"),
        (b"[1", "brackets"),
        (b"", "not valid JSON"),
        (b"[1,]", "not valid JSON"),
        (b'["\\ud800"]', "UTF-8"),
        (b'["\xff"]', "UTF-8"),
        (b"\xef\xbb\xbf[]", "not valid JSON"),
        (b'["\\u00e9"]', "one way"),
        (b"[ 1]", "one way"),
        (b"[1.00]", "one way"),
        (b"[1E2]", "one way"),
        (b"[-0]", "one way"),
        (b'{"b":1,"a":2}', "one way"),
        (b"[]\n", "one way"),
    ],
)
def test_each_fault_has_its_sentence(untrusted, said):
    with pytest.raises(ReturnError, match=said) as refused:
        strict.parse(untrusted, layer="header")
    assert refused.value.layer == "header"
    assert refused.value.__cause__ is None


def test_brackets_within_text_are_text():
    value = ['[[[[[[[[[[[[ "quoted\\" }}}', {"[": "]"}]
    assert strict.parse(canonical(value), layer="work") == value


def test_the_largest_whole_number_and_long_fractions_are_kept():
    value = [strict.MAX_WHOLE, -strict.MAX_WHOLE, 0.1 + 0.2, math.pi, 1e-7]
    assert strict.parse(canonical(value), layer="work") == value


def test_more_than_the_limit_is_not_looked_at():
    with pytest.raises(ReturnError, match="longer than 1 KiB"):
        strict.parse(b"[" * 1025, layer="work", max_bytes=1024)


@given(st.text())
def test_is_clean_says_what_clean_does(text):
    assert strict.is_clean(text) == (clean(text) == text)


@given(st.text(st.sampled_from("a\t\n\r\x00\x7f\x85\u202e\u2066\u200f\u061ce\u0301é\ud800 ")))
def test_is_clean_says_what_clean_does_where_it_matters(text):
    assert strict.is_clean(text) == (clean(text) == text)


_WRONG = [
    lambda: strict.fields({"a": 1, "b": 2}, frozenset({"a"}), layer="x"),
    lambda: strict.fields({}, frozenset({"a"}), layer="x"),
    lambda: strict.fields([], frozenset(), layer="x"),
    lambda: strict.row([1], 2, layer="x"),
    lambda: strict.rows([1, 2], layer="x", at_most=1),
    lambda: strict.rows("ab", layer="x", at_most=5),
    lambda: strict.whole(True, 0, 1, layer="x"),
    lambda: strict.whole(1.0, 0, 1, layer="x"),
    lambda: strict.whole(2, 0, 1, layer="x"),
    lambda: strict.unit(1.01, layer="x"),
    lambda: strict.unit(True, layer="x"),
    lambda: strict.text("a\u202eb", layer="x"),
    lambda: strict.text("e\u0301", layer="x"),
    lambda: strict.text("abc", layer="x", at_most=2),
    lambda: strict.verbatim(3, layer="x"),
    lambda: strict.one_of("other", ("this", "that"), layer="x"),
    lambda: strict.hexadecimal("AB", 2, layer="x"),
    lambda: strict.hexadecimal("ab\n", 2, layer="x"),
]


@pytest.mark.parametrize("check", _WRONG, ids=map(str, range(len(_WRONG))))
def test_a_field_of_the_wrong_shape_is_refused(check):
    with pytest.raises(ReturnError) as refused:
        check()
    assert refused.value.layer == "x"


def test_a_quote_is_taken_as_it_stands():
    assert strict.verbatim("\x00\u202e e\u0301", layer="x") == "\x00\u202e e\u0301"
