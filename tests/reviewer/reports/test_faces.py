"""Text is measured as it is drawn, whatever it holds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.typeset import fonts, shaping

fonts.ready()


def said(line):
    return "".join(run[1] for run in line)


@given(st.text(max_size=200), st.integers(30, 400))
def test_no_line_is_wider_than_its_room(text, room):
    for line in fonts.wrap([(fonts.SANS, text)], 8, room):
        assert 8 * sum(run[2] for run in line) <= room + 0.01


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), max_size=300))
def test_no_character_is_lost(text):
    lines = fonts.wrap([(fonts.SERIF, text)], 10, 60)
    assert "".join(map(said, lines)) == text


@given(st.lists(st.text(alphabet="abcdefgh<>&", min_size=1, max_size=9), max_size=40))
def test_words_are_joined_by_one_space(words):
    lines = fonts.wrap([(fonts.SANS, " ".join(words))], 9, 400)
    assert " ".join(map(said, lines)) == " ".join(words)


def test_spans_keep_their_face_and_their_spaces():
    (line,) = fonts.wrap([(fonts.SANS_BOLD, "Amara "), (fonts.SANS, "said (3)")], 8, 500)
    assert [(run[0], run[1]) for run in line] == [
        (fonts.SANS_BOLD, "Amara "),
        (fonts.SANS, "said (3)"),
    ]
    assert said(fonts.wrap([(fonts.SANS, "a"), (fonts.SANS_BOLD, ".")], 8, 99)[0]) == "a."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\0b", "a\ufffdb"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u202eevil", "evil"),
        ("\ud800", "\ufffd"),
        ("a\u2192b \u2265", "a\u2192b \u2265"),
        ("\u05d0\u05d1", "\u05d1\u05d0"),
    ],
)
def test_every_character_prints_or_is_visibly_replaced(text, shown):
    assert said(fonts.runs(text, fonts.SANS)) == shown


@pytest.mark.parametrize("text", ["\U0001f642", "\u4e2d", "\U0010ffff", "\u0710"])
def test_a_character_that_no_face_has_is_drawn_as_lacking_and_stays_itself(text):
    (run,) = fonts.runs(text, fonts.SANS)
    glyphs = fonts._face(run.face).face.charToGlyph
    assert glyphs[ord(run.text)] == glyphs[ord(fonts.LACKING)]
    assert (
        shaping.to_unicode("X", [ord(run.text)]).count(
            f"<{text.encode('utf-16-be').hex().upper()}>"
        )
        == 1
    )


def test_right_to_left_words_stand_in_reading_order():
    (line,) = fonts.wrap([(fonts.SANS, "say \u05d0\u05d1 \u05d2\u05d3 now")], 8, 500)
    assert said(line) == "say \u05d3\u05d2 \u05d1\u05d0 now"


def test_numbers_and_brackets_in_right_to_left_text_stand_as_they_are_read():
    (line,) = fonts.wrap([(fonts.SANS, "\u05d0 (\u05d1) 12")], 8, 500)
    assert stands_for(line) == "12 )\u05d1( \u05d0"  # each bracket is drawn turned round


def test_arabic_letters_are_joined():
    """Alone, at the start, within and at the end of a word a letter has another glyph."""
    heh = "\u0647"
    forms = [fonts.runs(text, fonts.SANS)[0].text for text in (heh, heh * 3)]
    glyphs = fonts._face(fonts.FALLBACK).face.charToGlyph
    assert len({glyphs[ord(c)] for form in forms for c in form}) == 4
    assert stands_for(fonts.runs(heh * 3, fonts.SANS)) == heh * 3


def test_a_ligature_stands_for_both_its_letters():
    line = fonts.runs("\u0644\u0627", fonts.SANS)
    assert sum(len(run.text) for run in line) == 1
    assert stands_for(line) == "\u0627\u0644"  # from left to right


@given(
    st.text(st.sampled_from("ab \u05d0\u05d1\u0627\u0644\u0647123 .,()%-"), max_size=120),
    st.integers(60, 300),
)
def test_no_right_to_left_text_is_lost_or_too_wide(text, room):
    lines = fonts.wrap([(fonts.SANS, text)], 8, room)
    assert sorted("".join(map(stands_for, lines)).replace(" ", "")) == sorted(
        text.replace(" ", "")
    )
    for line in lines:
        assert 8 * sum(run.wide for run in line) <= room + 0.01


def stands_for(line):
    """What a reader of the file is told, glyph by glyph from left to right."""
    text = "".join(run.text for run in line)
    told = re.findall(
        r"<([0-9A-F]+)>$", shaping.to_unicode("X", list(map(ord, text))), re.MULTILINE
    )
    return "".join(bytes.fromhex(one).decode("utf-16-be") for one in told[1:] if text)


@given(st.text(max_size=80), st.integers(20, 200))
def test_an_elided_line_fits(text, room):
    assert fonts.width(fonts.elide(text, fonts.SANS, 8, room), fonts.SANS, 8) <= max(room, 9)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([fonts.SANS, fonts.SERIF_BOLD]),
            st.text("ab \n.\u00e9\u2013", max_size=30) | st.text("W", max_size=60),
        ),
        max_size=4,
    ),
    st.sampled_from([20, 60, 300]),
)
def test_plain_text_is_broken_as_any_other_text_is(spans, room):
    quick = fonts.wrap(spans, 8, room)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_plain", lambda _face: frozenset())
        slow = fonts.wrap(spans, 8, room)
    assert [[run[:2] for run in line] for line in quick] == [
        [run[:2] for run in line] for line in slow
    ]
    for one, other in zip(quick, slow, strict=True):
        assert [run.wide for run in one] == pytest.approx([run.wide for run in other])
