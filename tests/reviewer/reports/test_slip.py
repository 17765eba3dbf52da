"""The passphrase slip can be read and typed without a mistake."""

import pytest

from reviewer.reports.slips.passphrase import passphrase_slip
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.hostile import PAYLOADS

WORDS = "unclothed rebound spectacle dandelion ironing frostbite"
GIVEN = {
    "inquiry": "Northmoor Inquiry",
    "member": "Chloë Ashdown",
    "fingerprint": "anchor violet summit kettle orbit maple",
    "issued_on": "2026-01-15T10:00:00Z",
    "marking": "OFFICIAL-SENSITIVE",
}


def test_the_slip_is_one_page_with_the_words_in_order():
    (page,) = pdfs.texts(passphrase_slip(passphrase=WORDS, **GIVEN))
    for number, word in enumerate(WORDS.split(), 1):
        assert f"{number} {word}" in page.replace("\r\n", " ")
    for text in ("Chloë Ashdown", "Northmoor Inquiry", "Destroy the slip", "OFFICIAL-SENSITIVE"):
        assert text in page
    assert "anchor violet summit" in page
    assert "INVENTED" not in page


def test_an_invented_slip_says_so():
    (page,) = pdfs.texts(passphrase_slip(passphrase=WORDS, demonstration=True, **GIVEN))
    assert "INVENTED DEMONSTRATION" in page


def test_a_passphrase_that_is_not_words_is_printed_sign_by_sign():
    (page,) = pdfs.texts(passphrase_slip(passphrase="Tr0ub4dor &3 <b>x</b>", **GIVEN))
    assert "Tr0ub4dor\u2423&3\u2423<b>x</b" in page
    assert "exactly as printed" in page.replace("\r\n", " ")


def test_the_same_slip_has_the_same_bytes_and_says_no_more_than_it_must():
    first, second = (passphrase_slip(passphrase=WORDS, **GIVEN) for _ in range(2))
    assert first == second
    assert pdfs.metadata(first) == {
        "Title": "Passphrase slip",
        "Creator": "Reviewer",
        "Producer": "Reviewer",
        "CreationDate": "D:20260115100000Z",
        "ModDate": "D:20260115100000Z",
    }
    assert all(embedded for _, embedded in pdfs.fonts(first))


@pytest.mark.parametrize("text", PAYLOADS)
def test_names_are_never_markup(text):
    slip = passphrase_slip(inquiry=text, member=text, passphrase=WORDS, marking=text)
    assert len(pdfs.texts(slip)) == 1
    assert pdfs.pictures(slip) == 0


@pytest.mark.parametrize("passphrase", ["x", "x" * 120, "a b", " ".join(["zymogenic"] * 12)])
def test_a_passphrase_of_any_length_stays_on_the_page(passphrase):
    (page,) = pdfs.texts(passphrase_slip(passphrase=passphrase, **GIVEN))
    told = "".join(page.split())
    assert "Destroytheslip" in told
    assert told.count("zymogenic") == passphrase.count("zymogenic")
    assert "15January2026" in told
