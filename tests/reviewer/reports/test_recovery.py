"""The recovery sheet as a page: all of it printed, nothing but what must be."""

import pytest

from reviewer.crypto.recovery import RawKey, read_sheet
from reviewer.reports.slips.recovery import recovery_sheet
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.hostile import PAYLOADS

RAW = RawKey(key=bytes(range(200, 232)), salt=bytes(range(16)))
GIVEN = {
    "inquiry": "Northmoor Inquiry",
    "casebook": "3f2a91c0-7777-4777-8777-777777777777",
    "holder": "the chair's casebook",
    "printed_on": "2026-01-15T10:00:00Z",
    "marking": "OFFICIAL-SENSITIVE",
}


def test_the_printed_text_gives_the_key_back():
    (page,) = pdfs.texts(recovery_sheet(RAW, **GIVEN))
    assert read_sheet(page) == RAW


def test_it_says_what_it_is_how_to_keep_it_and_how_to_use_it():
    told = " ".join(pdfs.texts(recovery_sheet(RAW, **GIVEN))[0].split())
    for words in (
        "OPENS THE CASEBOOK WITHOUT ITS PASSPHRASE",
        "Northmoor Inquiry",
        "3f2a91c0, the chair's casebook",
        "15 January 2026",
        "in another building than the file",
        "print a new one",
        "Leave out the fifth group of lines 1 to 6",
        "PRAGMA key = \"x'DIGITS'\";",
    ):
        assert words in told
    assert "7777" not in told, "the short id is enough"
    assert "INVENTED" not in told


def test_the_same_sheet_has_the_same_bytes_and_says_no_more_than_it_must():
    first, second = (recovery_sheet(RAW, **GIVEN) for _ in range(2))
    assert first == second
    assert pdfs.metadata(first) == {
        "Title": "Recovery sheet",
        "Creator": "Reviewer",
        "Producer": "Reviewer",
        "CreationDate": "D:20260115100000Z",
        "ModDate": "D:20260115100000Z",
    }
    assert all(embedded for _, embedded in pdfs.fonts(first))


@pytest.mark.parametrize("text", PAYLOADS)
def test_texts_of_the_casebook_are_never_markup_and_never_a_line_of_the_sheet(text):
    hostile = f"{text} 1 DEAD BEEF DEAD BEEF DEAD"
    sheet = recovery_sheet(RAW, **(GIVEN | {"inquiry": hostile, "marking": hostile}))
    (page,) = pdfs.texts(sheet)
    assert pdfs.pictures(sheet) == 0
    assert read_sheet(page) == RAW


def test_an_invented_sheet_says_so():
    (page,) = pdfs.texts(recovery_sheet(RAW, demonstration=True, **GIVEN))
    assert "INVENTED DEMONSTRATION" in page
