"""A file that lies with the other process: read from any place, a piece at a time."""

import io
from collections import OrderedDict
from collections.abc import Callable

from reviewer.documents import limits

_KEPT = 12  # pieces, a MiB each: the next page mostly lies beside the one that was read


class Pieces(io.RawIOBase):
    """A file of ``size`` bytes; ``ask`` returns the piece of a number, counted from 0."""

    def __init__(self, size: int, ask: Callable[[int], bytes]) -> None:
        super().__init__()
        self._size, self._ask = size, ask
        self._at = 0
        self._pieces: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def seekable(self) -> bool:
        """Whether it can be read from any place: yes."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._at

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place, counted from the beginning, from here, or from the end."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, begin + place)
        return self._at

    def readinto(self, into: object, /) -> int:
        """Fill ``into`` from here on; return how many bytes there were."""
        view = memoryview(into).cast("B")  # type: ignore[arg-type]  # any buffer
        done, wanted = 0, min(len(view), max(0, self._size - self._at))
        while done < wanted:
            number, start = divmod(self._at, limits.PIECE)
            part = self._piece(number)[start : start + wanted - done]
            if not part:
                break
            view[done : done + len(part)] = part
            done += len(part)
            self._at += len(part)
        return done

    def _piece(self, number: int) -> bytes:
        if number not in self._pieces:
            self._pieces[number] = self._ask(number)
            if len(self._pieces) > _KEPT:
                self._pieces.popitem(last=False)
        self._pieces.move_to_end(number)
        return self._pieces[number]
