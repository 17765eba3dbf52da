"""The look: readable, lined up, whole; light, dark and larger."""

import pytest
from PySide6.QtGui import QColor, QFontMetricsF

from reviewer.assets import RESOURCES
from ui import theme
from ui.theme import DARK, LIGHT, Scheme, Theme

READABLE = 4.5

PAIRS = [
    (ink, ground)
    for ground in ("bg", "panel", "raised")
    for ink in ("ink", "ink2", "ink3", "accent", "warn", "stop", "good")
] + [
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_banner", "banner"),
    ("ink", "accent_soft"),
    ("ink2", "accent_soft"),
    ("warn", "warn_soft"),
    ("stop", "stop_soft"),
    ("good", "good_soft"),
    ("ink", "stop_soft"),
    ("ink2", "stop_soft"),
    ("ink", "warn_soft"),
    ("ink", "not_assessable"),
]


@pytest.fixture
def look(qapp):
    made = Theme(qapp, scheme=Scheme.LIGHT, text_scale=1.0)
    yield made
    made.set_scheme(Scheme.LIGHT)
    made.deleteLater()


@pytest.mark.parametrize("paint", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS, ids=lambda part: part)
def test_text_can_be_read_on_its_ground(paint, ink, ground):
    ratio = theme.contrast(QColor(getattr(paint, ink)), QColor(getattr(paint, ground)))
    assert ratio >= READABLE, f"{ink} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("points", [2, 3, 5, 7, 11])
def test_numerals_can_be_read_on_every_rating(look, scheme, points):
    look.set_scheme(scheme)
    for index in range(points):
        fill = theme.rating_fill(index, points)
        assert theme.contrast(theme.readable_on(fill), fill) >= READABLE


@pytest.mark.parametrize("paint", [LIGHT, DARK], ids=["light", "dark"])
def test_focus_ring_stands_out_from_every_ground(paint):
    for ground in ("bg", "panel", "raised"):
        ratio = theme.contrast(QColor(paint.focus), QColor(getattr(paint, ground)))
        assert ratio >= 3.0


def test_ratings_can_be_told_apart_in_grey(look):
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        look.set_scheme(scheme)
        greys = [theme.rating_fill(n, 5).lightnessF() for n in range(5)]
        ordered = sorted(greys, reverse=scheme is Scheme.LIGHT)
        assert greys == ordered


def test_figures_line_up(look):
    for size in theme.SIZES:
        metrics = QFontMetricsF(theme.font(size))
        assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_scheme_and_text_size_follow_what_was_chosen(look):
    look.set_scheme(Scheme.DARK)
    assert theme.tokens() is DARK
    look.set_scheme(Scheme.LIGHT)
    assert theme.tokens() is LIGHT
    look.set_text_scale(1.5)
    assert theme.px("body") == 20
    look.step_text(0)
    assert theme.px("body") == 13


def test_text_size_stops_at_both_ends(look):
    for _ in range(20):
        look.step_text(1)
    assert look.text_scale == 2.0
    for _ in range(20):
        look.step_text(-1)
    assert look.text_scale == 0.85


def test_every_icon_draws_something_in_the_colour_asked_for(look):
    names = [path.stem for path in (RESOURCES / "icons").glob("*.svg")]
    assert len(names) > 20
    for name in names:
        picture = theme.pixmap(name, "#FF0000", 18).toImage()
        inked = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() > 200
        }
        assert inked, name
        if name != "app":
            assert inked == {"#ff0000"}, name


def test_an_unknown_group_of_factors_has_a_colour_of_the_seven(look):
    assert theme.group_colour("XYZ").name().upper() in LIGHT.groups.values()
    assert theme.group_colour("SYS").name().upper() == "#2F6DB5"
