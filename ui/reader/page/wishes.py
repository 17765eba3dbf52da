"""What a view of pages wants: what is in sight first, then the way the reader is going."""

from collections.abc import Callable, Container, Sequence

from ui.reader.page.cache import Wanted
from ui.reader.page.renderer import Renderer

AHEAD, BEHIND = 3, 1  # pages drawn before they are needed
_FAR_AHEAD, _FAR_BEHIND = 16, 4  # of which the previews are at hand


def onward(shown: Sequence[int], count: int, *, down: bool, ahead: int, behind: int) -> list[int]:
    """Return the pages ``shown``, then those that follow on the way, then those left behind.

    >>> (
    ...     onward([4, 5], 9, down=True, ahead=2, behind=1),
    ...     onward([2], 9, down=False, ahead=3, behind=1),
    ... )
    ([4, 5, 6, 7, 3], [2, 1, 3])
    """
    first, last = (shown[0], shown[-1]) if shown else (1, 1)
    below, above = (ahead, behind) if down else (behind, ahead)
    under = range(last + 1, min(last + below, count) + 1)
    over = range(first - 1, max(first - above, 1) - 1, -1)
    return [*shown, *under, *over] if down else [*shown, *over, *under]


class Wishes:
    """What one view asks of the renderer; ``who`` is served before names that sort higher."""

    def __init__(self, renderer: Renderer, who: str) -> None:
        self._renderer, self._who = renderer, who
        self._top = 0.0
        self._down = True

    def nothing(self) -> None:
        """Want nothing: all that was asked for is off."""
        self._renderer.want(self._who, ())
        self._renderer.previews.want(self._who, "", ())

    def ask(
        self,
        shown: Sequence[int],
        count: int,
        top: float,
        bitmap: Callable[[int], Wanted],
        *,
        held: Container[Wanted],
        broken: Container[int],
    ) -> list[int]:
        """Ask for the pages ``shown`` of ``count`` and those that come next; return all of them.

        ``top`` is how far down the view is; ``bitmap`` says what of a page is wanted. What is
        ``held`` is not drawn again, and neither are pages that are ``broken``.
        """
        if top != self._top:
            self._down = top > self._top
            self._top = top
        far = onward(shown, count, down=self._down, ahead=_FAR_AHEAD, behind=_FAR_BEHIND)
        pages = onward(shown, count, down=self._down, ahead=AHEAD, behind=BEHIND)
        wanted = [bitmap(page) for page in pages]
        key = wanted[0].key if wanted else ""
        self._renderer.previews.want(self._who, key, far)
        lacking = [one for one in wanted if one not in held and one.page not in broken]
        self._renderer.want(self._who, lacking)
        return pages
