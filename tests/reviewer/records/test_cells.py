"""No cell that we write is run as a formula, and what was typed comes back."""

import csv
import io
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.records.cells import as_csv, plain_cell, safe_cell, units

FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A1", '=HYPERLINK("http://x","y")'),
    *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x", "\ufe661", "\ufe621", "\ufe631", "\ufe6bx"),
    *(" =1", "   =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "\u2060=1", "\u3000=1", "\x01=1"),
    *("\x7f=1", "\xad=1", "\u202e=1", "\U000e0041=1", '"=1"', "--1", "==1", "=", "-", "@", "+"),
    *('=IMPORTXML("x")', "-2+3+cmd|' /C calc'!D2", "@@x", "'=1", "''=1", "\0harmless"),
)
WITHIN = {
    "a;=1": "a;'=1",
    "a; =1": "a;' =1",
    'a;"=1"': 'a;\'"=1"',
    "a\t@x": "a\t'@x",
    "a\n-1": "a\n'-1",
    "a\r\n=1": "a\r'\n'=1",
    "a;\u200b=1": "a;'\u200b=1",
    "a;'=1": "a;''=1",
    "a;;=1": "a;';'=1",
    "\t=1": "'\t'=1",
    "a\u2028=1": "a\u2028'=1",
}
HARMLESS = ("", "2 of 3", "a=1", "the - sign", "p.3", "é", "3", "<b>", "'tis", "''", "a; b\nc-d")
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
SHARP = st.text(st.sampled_from(SIGNS + ";\t\r\n\v\0'\", a1\ufeff\u200b\u2060\u2029\x85"))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_and_comes_back(text):
    assert safe_cell(text) == "'" + text
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize(("text", "safe"), WITHIN.items())
def test_a_formula_after_a_sign_that_parts_cells_gets_one_too(text, safe):
    assert safe_cell(text) == safe
    assert plain_cell(safe) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left_alone(text):
    assert safe_cell(text) == text
    assert plain_cell(text) == text


@given(st.text() | SHARP)
def test_every_text_comes_back_from_csv(text):
    assert plain_cell(safe_cell(text)) == text
    data = as_csv([[text, 3, -0.5, None, True]])
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert [plain_cell(row[0]), *row[1:]] == [text, "3", "-0.5", "", "yes"]


@given(st.text() | SHARP, st.sampled_from(";\t\n\r,"))
def test_no_program_reads_a_formula_however_it_splits_the_line(text, delimiter):
    """Every field is quoted, so only a program that knows no quotation marks splits at a comma."""
    data = as_csv([["case", text]]).decode("utf-8-sig")
    if delimiter == ",":
        cells = next(csv.reader(io.StringIO(data, newline="")))
    else:
        cells = data.split(delimiter)
    for cell in cells:
        assert _seen(cell.replace('"', "")) not in SIGNS or not _seen(cell.replace('"', ""))


def _seen(cell):
    """The first character that is seen: spreadsheets pass over the others.

    What no Unicode has yet (Cn) is shown as a box, and no formula begins behind one.
    """
    unseen = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    return next((c for c in cell if unicodedata.category(c) not in unseen), "")


def test_no_invisible_character_hides_a_formula():
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Zs", "Zl", "Zp"}:
            assert safe_cell(f"{chr(code)}=1")[0] == "'", f"U+{code:04X}"


def test_every_field_is_quoted():
    assert as_csv([["a", 1, None]]) == b'\xef\xbb\xbf"a","1",""\r\n'


def test_a_long_text_of_signs_takes_no_long_time():
    start = time.process_time()
    for text in ("\n" * 200_000, ";'" * 100_000, "\n=" * 100_000, ("\n" * 99_999 + "=")):
        assert plain_cell(safe_cell(text)) == text
    assert time.process_time() - start < 5


def test_excel_counts_an_emoji_twice():
    assert [units(text) for text in ("", "aé", "\N{OWL}\N{OWL}")] == [0, 2, 4]
