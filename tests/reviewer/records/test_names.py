"""Initials are a person's, never a title's."""

import pytest

from reviewer.records.names import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Oyelaran", "AO"),
        ("Ms E.", "E"),
        ("Dr Dilip Rao", "DR"),
        ("Prof. Dame Eleanor Finch DBE", "EF"),
        ("The Rt Hon. the Lord Finch of Ashdown", "FA"),
        ("Baroness Finch", "FI"),
        ("Sir Kit Lowell, KC", "KL"),
        ("Mr Justice Tarrant", "TA"),
        ("Justice Mensah", "JM"),
        ("Dean Lowell", "DL"),
        ("Revd Joan Mary Tarrant", "JT"),
        ("Jack Ma", "JM"),
        ("Lord", "LO"),
        ("Chloë", "CH"),
        ("élan vital", "ÉV"),
        ("\u05d3\u05d5\u05d3 \u05dc\u05d5\u05d9", "\u05d3\u05dc"),
        ("Panellist 12", "PA"),
        ("C", "C"),
        ("12", "12"),
        ("", "?"),
    ],
)
def test_titles_and_honours_give_no_letter(name, letters):
    assert initials([name]) == (letters,)


def test_the_same_initials_are_told_apart():
    assert initials(["A B", "C", "Al Bo"]) == ("AB1", "C", "AB2")
