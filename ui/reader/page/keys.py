"""What single keys mean while the pages have the focus, beside marking."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt

from ui.reader.page.layout import Fit
from ui.reader.page.view import PageView


def moves(view: PageView, jump: Callable[[int], object]) -> Mapping[Qt.Key, Callable[[], object]]:
    """Return what each key does to ``view``; ``jump`` takes the page to go to in one step."""
    return {
        Qt.Key.Key_Left: lambda: view.go_to(view.page - 1),
        Qt.Key.Key_Right: lambda: view.go_to(view.page + 1),
        Qt.Key.Key_Home: lambda: jump(1),
        Qt.Key.Key_End: lambda: jump(view.page_count),
        Qt.Key.Key_Plus: lambda: view.zoom_step(1),
        Qt.Key.Key_Equal: lambda: view.zoom_step(1),
        Qt.Key.Key_Minus: lambda: view.zoom_step(-1),
        Qt.Key.Key_0: lambda: view.set_fit(Fit.WIDTH),
        Qt.Key.Key_9: lambda: view.set_fit(Fit.PAGE),
    }
