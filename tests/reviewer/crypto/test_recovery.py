"""A recovery sheet: the raw key on paper, found again in whatever text holds its lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.crypto.recovery import MAX_TEXT, RawKey, numbered, read_sheet
from reviewer.errors import RecoveryError

RAW = RawKey(key=bytes(range(100, 132)), salt=bytes(range(16)))
PROSE = """Recovery sheet
Inquiry 1 DEAD BEEF
{lines}
How to keep it
3 Leave out the fifth group of lines 1 to 6.
PRAGMA key = "x'DIGITS'";
More words to make it a page."""


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=16))
def test_every_key_is_read_back_from_its_groups_and_from_a_page(key, salt):
    raw = RawKey(key=key, salt=salt)
    assert read_sheet(numbered(raw)) == raw
    assert read_sheet("\n".join(raw.lines)) == raw
    assert read_sheet(PROSE.format(lines=numbered(raw).replace("\n", "\r\n"))) == raw


def test_it_is_typed_as_people_type():
    careless = RAW.lines[0].lower().replace("0", "O").replace("1", "l").replace(" ", "-")
    typed = "\n\n".join([careless, *(f" {n}.  {x}" for n, x in enumerate(RAW.lines[1:], 2))])
    assert read_sheet(typed) == RAW


def test_a_line_that_is_lacking_from_a_page_is_named():
    lines = numbered(RAW).splitlines()
    with pytest.raises(RecoveryError, match="Line 4 of the recovery sheet was not found") as told:
        read_sheet(PROSE.format(lines="\n".join([*lines[:3], *lines[4:6]])))
    assert told.value.details == ("Line 4 was not found.", "Line 7 was not found.")


def test_a_line_that_is_wrong_on_a_page_is_named():
    page = PROSE.format(lines=numbered(RAW).replace("6465", "6475", 1))
    with pytest.raises(RecoveryError, match="Line 1 is not as printed: look at its first group"):
        read_sheet(page)


def test_the_wrong_file_is_not_read_through():
    with pytest.raises(RecoveryError, match="much longer"):
        read_sheet("x" * (MAX_TEXT + 1))


def test_a_key_is_never_shown_by_accident():
    assert RAW.key.hex() not in repr(RAW)
    assert str(RAW) == "RawKey(...)"
    with pytest.raises(ValueError, match="32 bytes"):
        RawKey(key=b"", salt=b"")
