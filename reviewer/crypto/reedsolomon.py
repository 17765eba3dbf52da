"""Two check bytes behind a few bytes: the shortest Reed-Solomon code, over GF(256).

Any change to one or two of the bytes, check bytes included, is found for certain (the distance is
three), and a change to one of them tells its place. The field is GF(2)[x] / x^8+x^4+x^3+x^2+1, the
one of QR codes; the sum of all bytes is 0, and so is the sum of byte i times 2^i.
"""

from collections.abc import Sequence

_FIELD = 0x11D
_EXP: list[int] = [1]
for _ in range(254):
    _EXP.append((_EXP[-1] << 1) ^ (_FIELD if _EXP[-1] & 0x80 else 0))
_LOG = {value: power for power, value in enumerate(_EXP)}


def checks(data: bytes) -> bytes:
    """Return the two bytes that check ``data`` (at most 253 bytes).

    >>> checks(b"reviewer").hex()
    '3b36'
    """
    total, weighted = _sums(data)
    first = _EXP[len(data)]
    second = _divide(weighted ^ _times(total, first), first ^ _EXP[len(data) + 1])
    return bytes([total ^ second, second])


def suspect(data: bytes, check: bytes) -> int | None:
    """Return the place of the one byte whose change explains the fault, or None.

    ``data`` and its two ``check`` bytes do not fit. Places count through both, from 0. Where more
    than one byte is wrong, a wrong place may be named.
    """
    total, weighted = _sums([*data, *check])
    if not total or not weighted:
        return None
    place = _LOG[_divide(weighted, total)]
    return place if place < len(data) + len(check) else None


def _sums(values: Sequence[int]) -> tuple[int, int]:
    total = weighted = 0
    for power, value in enumerate(values):
        total ^= value
        weighted ^= _times(value, _EXP[power])
    return total, weighted


def _times(one: int, other: int) -> int:
    return _EXP[(_LOG[one] + _LOG[other]) % 255] if one and other else 0


def _divide(one: int, other: int) -> int:
    return _EXP[(_LOG[one] - _LOG[other]) % 255] if one else 0
