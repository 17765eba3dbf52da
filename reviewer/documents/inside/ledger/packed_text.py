"""Rich text as Outlook packs it ([MS-OXRTFCP]), unpacked by the count itself."""

from reviewer.documents import limits
from reviewer.documents.inside.ledger.held import TooMuch

_BEFORE = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_RING = 4096
_HEAD = 16


def unpacked(raw: bytes) -> bytes:
    """Return the rich text within ``raw``. Raises ``TooMuch``."""
    if raw[8:12] != b"LZFu":
        return raw[_HEAD:]
    size = int.from_bytes(raw[4:8], "little")
    if size > limits.UNPACKED:
        raise TooMuch
    ring = _Ring()
    place = _HEAD
    while place < len(raw) and len(ring.out) < size and not ring.ended:
        flags, place = raw[place], place + 1
        for bit in range(8):
            wide = flags >> bit & 1
            ring.take(raw[place : place + 1 + wide])
            place += 1 + wide
    return bytes(ring.out[:size])


class _Ring:
    """What was written last, to which what follows may point back."""

    def __init__(self) -> None:
        self._ring = bytearray(_RING)
        self._ring[: len(_BEFORE)] = _BEFORE
        self._at = len(_BEFORE)
        self.out = bytearray()
        self.ended = False

    def take(self, piece: bytes) -> None:
        """Take one sign, or a pointer back to several."""
        if self.ended or not piece:
            return
        if len(piece) == 1:
            self._put(piece[0])
            return
        start, count = piece[0] << 4 | piece[1] >> 4, (piece[1] & 15) + 2
        if start == self._at:
            self.ended = True
            return
        for step in range(count):
            self._put(self._ring[(start + step) % _RING])

    def _put(self, one: int) -> None:
        self._ring[self._at] = one
        self._at = (self._at + 1) % _RING
        self.out.append(one)
