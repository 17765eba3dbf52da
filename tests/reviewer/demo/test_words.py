"""How a hand-written sentence is told for one case."""

from random import Random

import pytest

from reviewer.demo.words import Clock, first_sentence, tell

CLOCK = Clock(21 * 60 + 47, 1.0)
RNG = Random(1)  # noqa: S311 - invention, not secrecy


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Seen at {+12}.", "Seen at 21:59."),
        ("Seen at {+-30}.", "Seen at 21:17."),
        ("Seen at {+200}.", "Seen at 01:07."),
        ("It took {10~40}.", "It took 30 minutes."),
        ("It took {0~300}.", "It took about 5 hours."),
        ("{He} was [calm].", "He was [calm]."),
        ("[Calm|Calm], {he} said.", "Calm, he said."),
        ("[a [b|b]|a [b|b]]", "a b"),
        ("Told Mr D.K..", "Told Mr D.K."),
        ("'I'm ill'", "\u2018I\u2019m ill\u2019"),
    ],
)
def test_a_sentence_is_told_with_the_facts_and_times_of_the_case(text, told):
    assert tell(text, {"he": "he", "He": "He"}, CLOCK, RNG) == told


def test_a_fact_that_nobody_wrote_is_an_error():
    with pytest.raises(KeyError):
        tell("{nobody}", {}, CLOCK, RNG)


def test_a_first_sentence_is_never_only_a_few_words():
    assert first_sentence("Team knew of it. Nothing was passed on.") == "Team knew of it."
    assert first_sentence("Dr A. saw him at once. Then home.") == "Dr A. saw him at once."
    assert first_sentence("No end") == "No end"
