"""The frames of an AAC recording without a container (.aac): how long it is."""

from reviewer.documents.refusals import Refused

_RATES = (
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025,
    8_000, 7_350,
)  # fmt: skip
_SAMPLES = 1024  # in one block of a frame
_HEAD, _ID3 = 7, 10
_SURE = 2  # frames in a row that no other file begins with


def begins(untrusted: bytes) -> bool:
    """Whether a file begins with two frames, or is nothing but one."""
    at = _behind_tag(untrusted)
    for _ in range(_SURE):
        size = _frame(untrusted, at)[0]
        if not size:
            return False
        at += size
        if at == len(untrusted):
            return True
    return True


def seconds(untrusted: bytes) -> tuple[float, int]:
    """Return how long a recording is, and how many bytes at its end are no frames of it.

    Raises ``Refused`` where it holds none.
    """
    at, long = _behind_tag(untrusted), 0.0
    while True:
        size, span = _frame(untrusted, at)
        if not size:
            break
        at += size
        long += span
    if not long:
        raise Refused("sound-broken")
    return long, len(untrusted) - at


def _behind_tag(untrusted: bytes) -> int:
    """Return where the sound begins: behind what programs write before it (ID3)."""
    if not untrusted.startswith(b"ID3"):
        return 0
    size = 0
    for one in untrusted[6:_ID3]:
        size = size << 7 | one & 0x7F
    return _ID3 + size


def _frame(untrusted: bytes, at: int) -> tuple[int, float]:
    """Return how many bytes and seconds a frame has; no bytes where none begins there."""
    head = untrusted[at : at + _HEAD]
    if len(head) < _HEAD or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0, 0.0
    rate = head[2] >> 2 & 15
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    if rate >= len(_RATES) or size < _HEAD or at + size > len(untrusted):
        return 0, 0.0
    return size, _SAMPLES * ((head[6] & 3) + 1) / _RATES[rate]
