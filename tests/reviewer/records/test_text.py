"""Text as people type it, and values as they are hashed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.records.canonical import canonical, fingerprint
from reviewer.records.text import clean, clean_line


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_cleaning_twice_is_cleaning_once_and_always_encodes(text):
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
    assert "\r" not in once
    assert "\x00" not in once


def test_overrides_that_reorder_a_line_are_taken_out():
    assert clean("pay \u202e100\u202c now\u2066x\u2069") == "pay 100 nowx"


def test_a_line_is_one_line():
    assert clean_line(" a\n b\t\tc ") == "a b c"


def test_one_value_has_one_spelling():
    assert canonical({"b": 1, "a": [None, "é"]}) == '{"a":[null,"é"],"b":1}'.encode()
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_has_no_spelling_is_refused(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(value)
