"""Breaks files in ways that get past their first gate: JSON by its nodes, tables by their cells.

All from one seed, so that what failed can be made again.
"""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

from reviewer.records.canonical import canonical

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**53 - 1, 2**53, -(2**63), 10**30, 0.5, -0.0, 1e308, "", " ",
    "a", "\x00", "\u202e", "e\u0301", "=1+1", "'; DROP TABLE mark; --", "a" * 300, "a" * 70_000,
    "9" * 400, [], {}, [[]], [[[[[[[[[]]]]]]]]], {"": ""}, [None] * 300, "../../x", "\U0010ffff",
)  # fmt: skip
_TEXTS = (
    "",
    '"',
    "\n",
    "\r\n",
    ";",
    ",",
    "\t",
    "=cmd|'/c calc'!A1",
    "\x00",
    "\ufeff",
    "é",
    "9" * 50,
)


class Mutator:
    """Draws what to break and how."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)  # noqa: S311 - the same faults in each run

    def raw(self, whole: bytes) -> bytes:
        """Flip, cut, double, move or fill some bytes."""
        made = bytearray(whole)
        for _ in range(self.luck.randint(1, 6)):
            at = self.luck.randrange(len(made) + 1)
            end = min(len(made), at + self.luck.choice((1, 1, 2, 8, 64, 700)))
            how = self.luck.randrange(5)
            if how == 0 and at < len(made):
                made[at] ^= 1 << self.luck.randrange(8)
            elif how == 1:
                del made[at:end]
            elif how == 2:
                made[at:at] = made[at:end] * self.luck.choice((1, 2, 50))
            elif how == 3:
                made[at:end] = bytes([self.luck.randrange(256)]) * (end - at)
            else:
                made[at:at] = self.luck.randbytes(self.luck.randint(1, 16))
        return bytes(made)

    def json(self, value: Any) -> bytes:
        """Put something odd in the place of some nodes, spelt as our own parser wants it."""
        for _ in range(self.luck.randint(1, 3)):
            value = self._node(value)
        try:
            spelt = canonical(value)
        except (ValueError, UnicodeError):  # a float that is no JSON, a lone surrogate
            spelt = b"[]"
        return self.raw(spelt) if self.luck.random() < 0.15 else spelt

    def csv(self, text: str) -> bytes:
        """Break cells and line ends of a table."""
        made = text
        for _ in range(self.luck.randint(1, 5)):
            at = self.luck.randrange(len(made) + 1)
            end = at + self.luck.choice((0, 0, 1, 5, 40))
            odd = self.luck.choice((*_TEXTS, str(self.luck.choice(_ODD))))
            made = made[:at] + odd + made[end:]
        encoded = made.encode(self.luck.choice(("utf-8", "utf-8-sig", "utf-16")), "replace")
        return self.raw(encoded) if self.luck.random() < 0.2 else encoded

    def zip(self, whole: bytes) -> bytes:
        """Break one member of an archive and pack it anew, or the archive's own bytes."""
        if self.luck.random() < 0.2:
            return self.raw(whole)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
            names = old.namelist()
            broken = self.luck.choice(names)
            for name in names:
                body = old.read(name)
                new.writestr(name, self.raw(body) if name == broken else body)
        return out.getvalue()

    def _node(self, value: Any) -> Any:
        """Return ``value`` with one node somewhere in it changed."""
        if self.luck.random() < 0.25 or not isinstance(value, (dict, list)) or not value:
            return self._odd(value)
        if isinstance(value, dict):
            key = self.luck.choice(sorted(value))
            made = dict(value)
            how = self.luck.randrange(6)
            if how == 0:
                del made[key]
            elif how == 1:
                made[str(self.luck.choice(_ODD))[:80]] = made[key]
            else:
                made[key] = self._node(made[key])
            return made
        at = self.luck.randrange(len(value))
        listed = list(value)
        steps: tuple[Callable[[], object], ...] = (
            lambda: listed.pop(at),
            lambda: listed.insert(at, listed[at]),
            lambda: listed.extend(listed * self.luck.choice((1, 30))),
            lambda: listed.__setitem__(at, self._node(listed[at])),
            lambda: listed.__setitem__(at, self._node(listed[at])),
            lambda: listed.__setitem__(at, self._node(listed[at])),
        )
        self.luck.choice(steps)()
        return listed

    def _odd(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and self.luck.random() < 0.5:
            return value + self.luck.choice((-1, 1, 1000, 2**40))
        if isinstance(value, str) and value and self.luck.random() < 0.5:
            at = self.luck.randrange(len(value))
            return value[:at] + self.luck.choice(_TEXTS) + value[at + self.luck.randint(0, 2) :]
        return self.luck.choice(_ODD)
