"""Text is measured as it is drawn, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.reports import faces

faces.ready()


def said(line):
    return "".join(run[1] for run in line)


@given(st.text(max_size=200), st.integers(30, 400))
def test_no_line_is_wider_than_its_room(text, room):
    for line in faces.wrap([(faces.SANS, text)], 8, room):
        assert 8 * sum(run[2] for run in line) <= room + 0.01


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), max_size=300))
def test_no_character_is_lost(text):
    lines = faces.wrap([(faces.SERIF, text)], 10, 60)
    assert "".join(map(said, lines)) == text


@given(st.lists(st.text(alphabet="abcdefgh<>&", min_size=1, max_size=9), max_size=40))
def test_words_are_joined_by_one_space(words):
    lines = faces.wrap([(faces.SANS, " ".join(words))], 9, 400)
    assert " ".join(map(said, lines)) == " ".join(words)


def test_spans_keep_their_face_and_their_spaces():
    (line,) = faces.wrap([(faces.SANS_BOLD, "Amara "), (faces.SANS, "said (3)")], 8, 500)
    assert [(run[0], run[1]) for run in line] == [
        (faces.SANS_BOLD, "Amara "),
        (faces.SANS, "said (3)"),
    ]
    assert said(faces.wrap([(faces.SANS, "a"), (faces.SANS_BOLD, ".")], 8, 99)[0]) == "a."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\0b", "a\ufffdb"),
        ("\U0001f642", "\ufffd"),
        ("\u4e2d", "\ufffd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u202eevil", "evil"),
        ("\ud800", "\ufffd"),
        ("a\u2192b \u2265", "a\u2192b \u2265"),
        ("\u05d0\u05d1", "\u05d1\u05d0"),
    ],
)
def test_every_character_prints_or_is_visibly_replaced(text, shown):
    assert said(faces.runs(text, faces.SANS)) == shown


def test_right_to_left_words_stand_in_reading_order():
    (line,) = faces.wrap([(faces.SANS, "say \u05d0\u05d1 \u05d2\u05d3 now")], 8, 500)
    assert said(line) == "say \u05d3\u05d2 \u05d1\u05d0 now"


@given(st.text(max_size=80), st.integers(20, 200))
def test_an_elided_line_fits(text, room):
    assert faces.width(faces.elide(text, faces.SANS, 8, room), faces.SANS, 8) <= max(room, 9)
