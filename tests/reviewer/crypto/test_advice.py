"""New passphrases: what is refused, what is taken with advice, what is strong."""

import pytest
from zxcvbn import matching

from reviewer.crypto.advice import Strength, judge, require
from reviewer.crypto.words import new_passphrase
from reviewer.errors import PassphraseError


@pytest.mark.parametrize(
    "weak", ["", "a", "password1", "letmein", "Summer2024!", "qwertyuiop", "x" * 1000, "12345678"]
)
def test_what_is_easy_to_guess_is_refused_with_what_would_help(weak):
    with pytest.raises(PassphraseError, match="Too easy to guess") as refused:
        require(weak)
    sentence = str(refused.value)
    assert "draw six words" in sentence
    assert len(sentence.split(". ")) > 2
    assert "password" not in sentence
    assert not weak or len(weak) < 3 or weak not in sentence


def test_six_drawn_words_are_strong():
    for _ in range(10):
        assert judge(new_passphrase()).strength is Strength.STRONG


def test_between_the_two_it_is_taken_with_advice():
    advice = require("a passphrase of theirs")
    assert advice.strength is Strength.ADVISED
    assert "One more word" in advice.sentence


def test_words_of_the_inquiry_are_what_an_attacker_tries_first():
    chosen = "Northmoor Inquiry Ashdown 2010"
    alone = judge(chosen)
    known = judge(chosen, context=["Northmoor Inquiry", "Chloe Ashdown"])
    assert known.guesses < alone.guesses - 2
    assert known.strength is Strength.REFUSED
    assert "words of this inquiry" in known.sentence


def test_nothing_of_the_inquiry_is_kept_after_the_judgement():
    judge("whatever it is", context=["Northmoor Inquiry"])
    assert not matching.RANKED_DICTIONARIES["user_inputs"]
