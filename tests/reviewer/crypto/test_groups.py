"""A secret on paper: what is typed back is what was printed, or the wrong line is named."""

import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.crypto.groups import Sheet, from_text, line_so_far, so_far, to_lines
from reviewer.errors import InputError

SHEETS = pytest.mark.parametrize("sheet", list(Sheet))


def secret_of(sheet, seed=1):
    return hashlib.shake_256(b"%d" % seed).digest(sheet.bytes)


def printed(sheet, seed=1):
    return [f"{n}  {line}" for n, line in enumerate(to_lines(secret_of(sheet, seed), sheet), 1)]


@SHEETS
@given(seed=st.integers(0, 2**32))
def test_what_is_printed_is_read_back(sheet, seed):
    assert from_text("\n".join(printed(sheet, seed)), sheet) == secret_of(sheet, seed)


@SHEETS
def test_without_its_check_groups_a_sheet_is_plain_hexadecimal(sheet):
    lines = to_lines(secret_of(sheet), sheet)
    bare = "".join(line.replace(" ", "")[:16] for line in lines[:-1])
    assert bytes.fromhex(bare) == secret_of(sheet)
    assert len(lines) == sheet.lines


@SHEETS
def test_how_it_is_typed_does_not_matter(sheet):
    lines = to_lines(secret_of(sheet), sheet)
    careless = [
        "\n\n".join(lines).upper(),
        "\r\n".join(line.replace(" ", "-") for line in lines),
        "\n".join(line.replace(" ", "") for line in lines),
        "\n".join(f" {n}.\t{line}  " for n, line in enumerate(lines, 1)),
        "\n".join(line.replace("0", "O").replace("1", "l") for line in lines),
    ]
    assert {from_text(text, sheet) for text in careless} == {secret_of(sheet)}


@SHEETS
def test_every_single_wrong_digit_is_caught_and_its_line_named(sheet):
    """All places, all fifteen other digits: for certain, not by luck."""
    lines = to_lines(secret_of(sheet), sheet)
    tried = 0
    for number, line in enumerate(lines, 1):
        places = [at for at, c in enumerate(line) if c != " "]
        for at, digit in itertools.product(places, "0123456789abcdef"):
            if digit != line[at]:
                assert_named(lines, number, line[:at] + digit + line[at + 1 :], sheet)
                tried += 1
    print(f"\n{sheet.spoken}: {tried:,} wrong digits, each named")  # noqa: T201 - the figure


@SHEETS
@pytest.mark.parametrize("seed", range(4))
def test_every_swap_of_two_neighbours_is_caught_and_its_line_named(sheet, seed):
    lines = to_lines(secret_of(sheet, seed), sheet)
    tried = 0
    for number, line in enumerate(lines, 1):
        digits = line.replace(" ", "")
        for at in range(len(digits) - 1):
            one, other = digits[at : at + 2]
            if one != other:
                assert_named(lines, number, digits[:at] + other + one + digits[at + 2 :], sheet)
                tried += 1
    print(f"\n{sheet.spoken}: {tried:,} swaps, each named")  # noqa: T201 - the figure


@SHEETS
def test_a_lost_or_a_doubled_digit_is_counted(sheet):
    lines = to_lines(secret_of(sheet), sheet)
    for number, line in enumerate(lines, 1):
        assert_named(lines, number, line[1:], sheet)
        assert_named(lines, number, line + line[-1], sheet)


def test_one_wrong_digit_is_looked_for_in_its_group():
    lines = list(to_lines(secret_of(Sheet.RECOVERY), Sheet.RECOVERY))
    for at, name in ((0, "first"), (8, "second"), (13, "third"), (18, "fourth"), (23, "last")):
        other = "7" if lines[2][at] != "7" else "3"
        bad = lines[2][:at] + other + lines[2][at + 1 :]
        (said,) = so_far("\n".join([*lines[:2], bad, *lines[3:]]), Sheet.RECOVERY).wrong
        assert f"look at its {name} group" in said


def assert_named(lines, number, bad, sheet):
    """``bad`` in the place of line ``number`` is refused, and that line alone is named."""
    wrong = so_far("\n".join([*lines[: number - 1], bad, *lines[number:]]), sheet).wrong
    if number == len(lines) and len(bad.replace(" ", "")) < 8:
        assert not wrong
        return  # it may yet be typed on
    assert [sentence[:7] for sentence in wrong] == [f"Line {number} "], bad


@SHEETS
def test_lines_in_another_order_are_named(sheet):
    lines = to_lines(secret_of(sheet), sheet)
    swapped = [lines[1], lines[0], *lines[2:]]
    wrong = so_far("\n".join(swapped), sheet).wrong
    assert [sentence[:6] for sentence in wrong] == ["Line 1", "Line 2"]


def test_lines_of_two_sheets_do_not_make_one():
    one, other = (to_lines(secret_of(Sheet.CUSTODIAN, n), Sheet.CUSTODIAN) for n in (1, 2))
    with pytest.raises(InputError, match="Line 5 does not fit"):
        from_text("\n".join([*one[:2], *other[2:4], one[4]]), Sheet.CUSTODIAN)


def test_another_sheet_is_told_by_its_name():
    text = "\n".join(printed(Sheet.RECOVERY)[:5])
    assert "belongs to a recovery sheet" in so_far(text, Sheet.CUSTODIAN).wrong[0]


@SHEETS
def test_while_it_is_typed_only_what_cannot_become_right_is_wrong(sheet):
    whole = "\n".join(printed(sheet))
    for end in range(len(whole)):
        typed = so_far(whole[:end], sheet)
        assert not typed.wrong, whole[:end]
        assert not typed.whole
    assert so_far(whole, sheet).whole
    assert not so_far(whole + "\n0000", sheet).whole


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1 is missing"),
        ("xyz", "Line 1 holds 'x'"),
        ("0123 4567\n0123 4567", "Line 1 has 8 digits"),
        ("0" * 5000, "much longer"),
        ("\ud800", "Line 1 holds"),
    ],
)
def test_what_is_no_sheet_is_refused_with_its_reason(text, sentence):
    with pytest.raises(InputError, match=sentence):
        from_text(text, Sheet.CUSTODIAN)


def test_a_secret_of_another_length_is_our_fault():
    with pytest.raises(ValueError, match="31"):
        to_lines(bytes(31), Sheet.CUSTODIAN)


@SHEETS
def test_one_line_is_judged_while_it_is_typed(sheet):
    for number, line in enumerate(to_lines(secret_of(sheet), sheet), 1):
        for end in range(len(line)):
            assert line_so_far(line[:end], number, sheet) is None
        assert line_so_far(line, number, sheet) == ""
        assert "digits" in line_so_far(line + " 0", number, sheet)
        assert "holds 'g'" in line_so_far("g", number, sheet)
    assert "not as printed" in line_so_far(line_of(sheet, 2), 1, sheet)


def line_of(sheet, number):
    return to_lines(secret_of(sheet), sheet)[number - 1]
