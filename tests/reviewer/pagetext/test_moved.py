"""A marked passage in a document that was corrected: found exactly, nearly, or not at all."""

import pytest

from reviewer.pagetext import moved
from reviewer.pagetext.moved import ALIKE, Sure, look
from reviewer.records.judgement import Anchor

PAGE = (
    "CUSTODY RECORD, continued.\n21:47 Detained person brought in by two officers.\n"
    "22:06 Restrained by four officers and held face down for seven minutes.\n"
    "No officer is recorded as responsible for the head and airway.\n"
    "22:31 Checked through hatch. Lying on side, eyes open.\n"
)
OTHER = "The inspector was told of the shift and of the keys.\nNobody asked who held them.\n"
QUOTE = "Restrained by four officers and held face down for seven minutes."


def anchor(quote=QUOTE, before="", after=""):
    return Anchor(kind="text", start=0, end=len(quote), quote=quote, prefix=before, suffix=after)


def text_at(pages, place):
    return pages[place.page - 1][place.start : place.end]


def test_the_same_words_are_found_on_another_page_and_over_another_line_break():
    pages = [
        OTHER,
        OTHER,
        PAGE.replace("held face", "held\nface").replace("minutes", "min-\nutes"),
    ]
    again = look(pages, anchor())
    assert again.sure is Sure.EXACT
    assert again.place.page == 3
    assert text_at(pages, again.place).startswith("Restrained by four officers and held\nface")


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them():
    pages = ["He rang. Nobody came at all.", "She rang. Nobody came before noon."]
    again = look(pages, anchor("Nobody came", before="She rang. ", after=" before noon."))
    assert (again.sure, again.place.page) == (Sure.EXACT, 2)


def test_words_that_stand_twice_alike_are_not_chosen_between():
    again = look([PAGE, PAGE], anchor())
    assert (again.sure, again.place) == (Sure.SEVERAL, None)


@pytest.mark.parametrize(
    "changed",
    [
        "Restrained by five officers and held face down for eight minutes.",
        "Restra1ned by f0ur officors and he1d face dovvn for seven minules.",
        "Restrained by four police officers and then held face down for seven minutes.",
        "RESTRAINED by four officers and held face down, for seven minutes",
    ],
)
def test_words_that_were_changed_a_little_are_near_and_never_exact(changed):
    pages = [OTHER, PAGE.replace(QUOTE, changed)]
    again = look(pages, anchor())
    assert again.sure is Sure.NEAR
    assert ALIKE <= again.place.alike <= 1
    found = text_at(pages, again.place)
    assert changed.startswith(found)
    assert len(found) >= len(QUOTE.rstrip("."))


@pytest.mark.parametrize(
    "pages",
    [
        [OTHER],
        [""],
        [],
        [PAGE.replace(QUOTE, "Restrained by hand, then taken to hospital for a few minutes.")],
        ["!!! ... ---"],
    ],
)
def test_what_is_not_there_is_said_not_to_be(pages):
    assert look(pages, anchor()).sure is Sure.NOWHERE


def test_two_places_that_are_nearly_as_near_are_not_chosen_between():
    one = QUOTE.replace("four", "five")
    two = QUOTE.replace("four", "nine")
    assert look([f"{OTHER}{one}\n{OTHER}{two}"], anchor()).sure is Sure.SEVERAL


def test_short_words_are_not_found_within_others():
    assert look(["The wasp was here, she washed"], anchor("was he")).sure is not Sure.EXACT
    assert look(["face downs"], anchor("face down")).sure is Sure.NEAR


@pytest.mark.parametrize("kind", ["area", "page"])
def test_a_box_or_a_page_has_no_words_to_look_for(kind):
    assert look([PAGE], Anchor(kind=kind)).sure is Sure.NO_WORDS


def test_a_quote_of_signs_alone_is_not_looked_for_nearly():
    assert look([OTHER], anchor("?! ...")).sure is Sure.NOWHERE


def test_a_long_quote_is_found_though_words_in_it_changed():
    words = [f"word{n}" for n in range(120)]
    changed = [*words[:40], "another", *words[41:90], *words[91:]]
    pages = [OTHER, "before " + " ".join(changed) + " after"]
    again = look(pages, anchor(" ".join(words)))
    assert (again.sure, again.place.page) == (Sure.NEAR, 2)
    assert again.place.alike > 0.9


def test_a_long_quote_is_held_closely_only_against_what_shares_most_of_its_words(monkeypatch):
    long = " ".join(f"word{n} was said of it" for n in range(90))
    other = " ".join(f"thing{n} they knew from her" for n in range(90))
    looked, closely = [], moved.SequenceMatcher
    monkeypatch.setattr(
        moved, "SequenceMatcher", lambda *a, **k: looked.append(1) or closely(*a, **k)
    )
    again = look([f"{other} word1 {other}"] * 3, anchor(long))
    assert (again.sure, looked) == (Sure.NOWHERE, [])
    again = look([other, long.replace("word7 ", "w0rd7 ")], anchor(long))
    assert (again.sure, again.place.page) == (Sure.NEAR, 2)
    assert looked


def test_another_place_that_is_as_much_alike_in_its_words_is_told_beside_the_near_one():
    changed = QUOTE.replace("seven", "eight")
    pages = [f"He rang. {changed} Nobody came.", f"Quite another matter: {changed} He left it."]
    again = look(pages, anchor(before="He rang. ", after=" Nobody came."))
    assert (again.sure, again.place.page, again.other.page) == (Sure.NEAR, 1, 2)
    assert again.other.alike > again.place.alike - moved.CLEAR
    assert look(pages[:1], anchor()).other is None


def test_a_place_begins_and_ends_where_it_is_most_alike():
    kept = "held face down for seven minutes by four officers and then turned"
    quote = f"Restrained as we heard and {kept}"
    pages = [OTHER, f"{OTHER} 21:47 31 7 40 19 22:06 {kept} 21:48 2 5 77 41 63"]
    again = look(pages, anchor(quote))
    assert again.sure is Sure.NEAR
    assert text_at(pages, again.place) == kept
