"""How much is in the window: what is picked on a page, or two pages side by side."""

from dataclasses import replace

from ui.reader.page.layout import Fit
from ui.reader.page.reading_view import ReadingView

_ROOM = 0.9  # of the window for what is picked
_MOST = 4.0  # a single word is not drawn larger


def set_two(view: ReadingView, *, two: bool) -> None:
    """Show two pages side by side in each row, or one; free zoom gives way to what fits."""
    fit = Fit.WIDTH if view.settings.fit is Fit.FREE else view.settings.fit
    view.change(replace(view.settings, two=two, fit=fit))


def fit_selection(view: ReadingView) -> bool:
    """Show what is picked as large as the window allows; False where nothing is."""
    rect, port = view.selection_rect(), view.viewport()
    if rect is None:
        return False
    wide, high = max(rect.width(), 1), max(rect.height(), 1)
    larger = min(_ROOM * port.width() / wide, _ROOM * port.height() / high)
    view.set_zoom(min(view.zoom * larger, max(_MOST, view.zoom)))
    rect = view.selection_rect() or rect
    middle = port.rect().center()
    for bar, by in (
        (view.horizontalScrollBar(), rect.center().x() - middle.x()),
        (view.verticalScrollBar(), rect.center().y() - middle.y()),
    ):
        bar.setValue(bar.value() + by)
    return True
