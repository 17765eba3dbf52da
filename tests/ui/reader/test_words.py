"""Where pages stand on the screen, and which are kept drawn: pure parts of the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QImage

from reviewer.records.cases import Box
from ui.reader.page.cache import Cache, Wanted
from ui.reader.page.layout import Fit, Layout, Settings

A4 = (595.0, 842.0)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@given(u=st.floats(0.01, 0.99), v=st.floats(0.01, 0.99))
def test_page_units_survive_the_way_to_the_screen_and_back(turn, u, v):
    layout = Layout([A4, (842, 595)], Settings(turns={1: turn, 2: turn}), QSizeF(900, 700))
    place = layout.place(2, Box(left=u, top=v, right=u, bottom=v))
    back = layout.unit(2, QPointF(place.left(), place.top()))
    assert back == pytest.approx((u, v), abs=1e-6)


def test_fit_width_and_fit_page():
    wide = Layout([A4], Settings(fit=Fit.WIDTH), QSizeF(636, 400))
    assert wide.rect(1).width() == 595
    page = Layout([A4], Settings(fit=Fit.PAGE), QSizeF(2000, 882))
    assert page.rect(1).height() == 842
    assert page.rect(1).center().x() == pytest.approx(1000, abs=1)
    free = Layout([A4], Settings(fit=Fit.FREE, zoom=99), QSizeF(500, 500))
    assert free.zoom == 6.0


def test_pages_in_sight():
    layout = Layout([A4] * 10, Settings(fit=Fit.FREE, zoom=1.0), QSizeF(900, 700))
    assert list(layout.between(0, 10)) == []
    second = layout.rect(2)
    assert list(layout.between(second.top() + 1, second.top() + 2)) == [2]
    assert list(layout.between(second.top() - 20, second.top() + 2)) == [1, 2]
    assert layout.nearest(0) == 1
    assert layout.nearest(1e9) == 10
    assert len(Layout([], Settings(), QSizeF(10, 10))) == 0


def test_the_cache_holds_its_cap_and_forgets_the_oldest():
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    cache = Cache(cap=3 * image.sizeInBytes())
    wanted = [Wanted(key="a", page=n, width=100) for n in range(1, 5)]
    for one in wanted[:3]:
        cache.put(one, image.copy())
    cache.get(wanted[0])
    cache.put(wanted[3], image.copy())
    assert wanted[0] in cache
    assert wanted[1] not in cache
    assert cache.size == 3 * image.sizeInBytes()
    assert cache.stand_in(Wanted(key="a", page=1, width=7)) is not None
    assert cache.stand_in(Wanted(key="b", page=1, width=7)) is None
