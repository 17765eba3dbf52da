"""No cell that we write is run as a formula, and what was typed comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.records.cells import plain_cell, safe_cell

FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A1", '=HYPERLINK("http://x","y")'),
    *("\t=1", "\r=1", "\n=1", "\0=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x"),
    *(" =1", "   =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "\u3000=1", " \t=1", "--1", "==1"),
    *("=", "-", "@", "+", '=IMPORTXML("x")', "-2+3+cmd|' /C calc'!D2", "@@x", "'=1", "''"),
)
HARMLESS = ("", "2 of 3", "a=1", "the - sign", "p.3", "é", "3", "<b>", "&amp;")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_and_comes_back(text):
    assert safe_cell(text) == "'" + text
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left_alone(text):
    assert safe_cell(text) == text
    assert plain_cell(text) == text


@given(st.text())
def test_every_text_comes_back(text):
    assert plain_cell(safe_cell(text)) == text


@given(st.text(min_size=1))
def test_no_cell_begins_as_a_formula_does(text):
    safe = safe_cell(text)
    assert safe[0] == "'" or safe.lstrip()[:1] not in set("=+-@\t\r\0\uff1d\uff0b\uff0d\uff20")
