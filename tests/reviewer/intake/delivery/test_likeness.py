"""Near-copies: found among many, and nothing else is called one."""

import random

import pytest

from reviewer.intake.delivery import likeness
from reviewer.intake.delivery.compare import Text, compare


@pytest.fixture(scope="module")
def texts():
    """300 texts of 600 words, and of the first 30 a copy in which one word in 20 is another."""
    pick = random.Random(7)  # noqa: S311 - a text to compare
    words = [f"w{n}" for n in range(4_000)]
    made = [[pick.choice(words) for _ in range(600)] for _ in range(300)]
    for text in made[:30]:
        copy = list(text)
        for at in pick.sample(range(600), 30):
            copy[at] = f"x{at}"
        made.append(copy)
    return made


def test_every_near_copy_is_found_and_nothing_else(texts):
    found = likeness.copies([likeness.signature(text) for text in texts])
    assert {(copy.one, copy.other) for copy in found} == {(n, 300 + n) for n in range(30)}


def test_what_was_there_is_not_compared_with_itself(texts):
    signatures = [likeness.signature(text) for text in texts]
    assert likeness.copies(signatures, new=len(signatures)) == []
    assert len(likeness.copies(signatures, new=300)) == 30


def test_a_text_of_a_few_words_is_like_no_other():
    assert likeness.signature(["page"] * (likeness.LEAST_WORDS - 1)) == b""


def test_a_form_filled_in_many_times_costs_no_more_than_its_number():
    one = likeness.signature([f"w{n}" for n in range(100)])
    assert len(likeness.copies([one] * 500)) < 500 * 2


def test_words_are_compared_however_they_are_written():
    assert likeness.words_of(["Tŷ Gwyn\nINV\u2013014", "The END"]) == [
        "tŷ", "gwyn", "inv", "014", "the", "end",
    ]  # fmt: skip


def test_what_differs_is_said_from_both_sides():
    words = {0: [f"w{n}" for n in range(60)], 1: [*(f"w{n}" for n in range(59)), "hostel"]}
    texts = [
        Text(
            label=f"file {at}",
            pages=at + 1,
            sha256=str(at),
            signature=likeness.signature(words[at]),
        )
        for at in words
    ]
    found = compare(texts, words.get)
    assert found.groups == ((0, 1),)
    (later,), (earlier,) = found.told[1], found.told[0]
    assert later.startswith("Nearly the same as “file 0”")
    assert later.endswith("it has 1 page more; only here: hostel; only there: w59.")
    assert earlier.endswith("it has 1 page less; only here: w59; only there: hostel.")


def test_texts_with_all_their_words_in_common_are_told_as_that():
    words = [f"w{n}" for n in range(60)]
    one = likeness.signature(words)
    texts = [Text(label=f"file {at}", pages=1, sha256=str(at), signature=one) for at in (0, 1)]
    found = compare(texts, lambda _at: words)
    assert found.told[1] == ["The same words as “file 0”, in another file."]


def test_a_recording_is_not_compared_by_the_words_of_our_page_about_it():
    page = ["Recording. " + " ".join(f"w{n}" for n in range(60))]
    assert likeness.own_words("audio/wav", page) == []
    assert len(likeness.own_words("text/plain", page)) == 61


def test_of_many_near_copies_the_most_alike_are_named_and_the_others_counted():
    signed = [
        likeness.signature([*(f"w{n}" for n in range(200)), *(f"x{at}" for _ in range(at))])
        for at in range(9)
    ]
    asked = []
    found = compare(
        [
            Text(label=f"file {at}", pages=1, sha256=str(at), signature=one)
            for at, one in enumerate(signed)
        ],
        lambda place: asked.append(place) or [f"x{place}"],
    )
    assert found.groups == (tuple(range(9)),), "all of them stand in the group"
    assert {len(sentences) for sentences in found.told.values()} == {6}
    assert {sentences[-1] for sentences in found.told.values()} == {
        "It is nearly the same as 3 more files, less alike."
    }
    assert len(asked) == 9 * 5 * 2, "the words of no more than are told are compared"
