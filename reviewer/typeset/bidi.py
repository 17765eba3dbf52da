"""The order in which characters of mixed direction are read: the implicit part of UAX 9.

Marks that set a direction by themselves are taken out when text is typed (``records.text``), so
rules X1 to X8 have nothing to do. Of reportlab's own extra for this (rlbidi) there was no release
that could be installed when this was written.
"""

import unicodedata
from collections.abc import Sequence

_PAIRS = (
    "()[]{}\u2045\u2046\u207d\u207e\u208d\u208e\u2329\u232a\u27e8\u27e9\u27ea\u27eb\u3008\u3009"
)
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OPENING = {close: start for start, close in _CLOSING.items()}
TURNED = {
    ord(one): other
    for start, close in (*_CLOSING.items(), *zip("<\u00ab\u2039", ">\u00bb\u203a", strict=True))
    for one, other in ((start, close), (close, start))
}  # as they are drawn where they are read from right to left, L4
_DEEPEST = 63  # brackets within brackets, BD16
_NEUTRAL = frozenset(("B", "S", "WS", "ON"))
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # as N0 to N2 read them


def rtl(text: str) -> bool:
    """Say whether ``text`` has a character that is read from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)


def base(text: str) -> int:
    """Return the level of a paragraph by its first strong character: 0 left, 1 right (P2, P3)."""
    for c in text:
        kind = unicodedata.bidirectional(c)
        if kind in {"L", "R", "AL"}:
            return int(kind != "L")
    return 0


def levels(text: str, start: int | None = None) -> list[int]:
    """Return the level of each character of one paragraph; odd ones are read right to left.

    ``start`` is the paragraph's own level where ``text`` is only a line of it.
    """
    start = base(text) if start is None else start
    embedding = "R" if start else "L"
    kinds = [_kind(c) for c in text]
    marks = [kind == "NSM" for kind in kinds]
    _weak(kinds, embedding)
    _brackets(text, kinds, marks, embedding)
    _neutral(kinds, embedding)
    return [_level(kind, start) for kind in kinds]


def visual(order: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Return (start, end, right to left) of each run of one line, from left to right (L2)."""
    runs: list[tuple[int, int, int]] = []
    for place, level in enumerate(order):
        if runs and runs[-1][2] == level:
            runs[-1] = (runs[-1][0], place + 1, level)
        else:
            runs.append((place, place + 1, level))
    lowest = min((level for level in order if level % 2), default=1)
    for level in range(max(order, default=0), lowest - 1, -1):
        _reverse(runs, level)
    return [(start, end, bool(level % 2)) for start, end, level in runs]


def seen(line: str, start: int) -> str:
    """Return a line of a paragraph at level ``start`` as its characters stand from left to right.

    Brackets are turned round where they are read from right to left; letters are not joined.
    """
    return "".join(
        line[first:end][::-1].translate(TURNED) if back else line[first:end]
        for first, end, back in visual(levels(line, start))
    )


def _reverse(runs: list[tuple[int, int, int]], level: int) -> None:
    """Turn round each stretch of runs of at least ``level``."""
    at = 0
    while at < len(runs):
        end = at
        while end < len(runs) and runs[end][2] >= level:
            end += 1
        runs[at:end] = runs[at:end][::-1]
        at = max(end, at + 1)


def _kind(c: str) -> str:
    """Return the character's class; invisible ones go with what stands before them."""
    kind = unicodedata.bidirectional(c) or "L"
    if kind in {"L", "R", "AL", "EN", "AN", "ES", "ET", "CS", "NSM", "B", "S", "WS"}:
        return kind
    return "NSM" if kind == "BN" else "ON"


def _weak(kinds: list[str], embedding: str) -> None:
    """Apply W1 to W7."""
    _numbers(kinds, embedding)
    _separators(kinds)
    _terminators(kinds)
    strong = embedding
    for place, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":  # W7
            kinds[place] = "L"
        elif kind in {"ES", "ET", "CS"}:  # W6
            kinds[place] = "ON"


def _numbers(kinds: list[str], embedding: str) -> None:
    """Apply W1 to W3: marks, and digits after Arabic letters."""
    strong = before = embedding
    for place, kind in enumerate(kinds):
        now = before if kind == "NSM" else kind  # W1
        if now in {"L", "R", "AL"}:
            strong = now
        elif now == "EN" and strong == "AL":  # W2
            now = "AN"
        kinds[place] = before = now
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3


def _separators(kinds: list[str]) -> None:
    """Apply W4: a single sign between two digits belongs to the number."""
    for place in range(1, len(kinds) - 1):
        near = kinds[place - 1]
        if near == kinds[place + 1] and (kinds[place], near) in {
            ("ES", "EN"),
            ("CS", "EN"),
            ("CS", "AN"),
        }:
            kinds[place] = near


def _terminators(kinds: list[str]) -> None:
    """Apply W5: signs such as % beside a number belong to it."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > at and "EN" in (kinds[at - 1] if at else "", *kinds[end : end + 1]):
            kinds[at:end] = ["EN"] * (end - at)
        at = max(end, at + 1)


def _brackets(text: str, kinds: list[str], marks: list[bool], embedding: str) -> None:
    """Apply N0: a pair of brackets goes with what stands in it, or before it."""
    for start, end in _pairs(text, kinds):
        inside = {_STRONG[kind] for kind in kinds[start + 1 : end] if kind in _STRONG}
        if not inside:
            continue
        found = embedding
        if embedding not in inside:
            earlier = (_STRONG[kind] for kind in reversed(kinds[:start]) if kind in _STRONG)
            found = next(earlier, embedding)
        for place in (start, end):
            kinds[place] = found
            after = place + 1
            while after < len(kinds) and marks[after]:
                kinds[after] = found
                after += 1


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together, in the order of the opening ones."""
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, c in enumerate(text):
        if kinds[place] != "ON":
            continue
        if c in _CLOSING:
            if len(stack) == _DEEPEST:
                break
            stack.append((_same(_CLOSING[c]), place))
        elif c in _OPENING:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _same(c):
                    found.append((stack[depth][1], place))
                    del stack[depth:]
                    break
    return sorted(found)


def _same(close: str) -> str:
    """Return one sign for both forms of the angle bracket, which are equivalent."""
    return "\u3009" if close == "\u232a" else close


def _neutral(kinds: list[str], embedding: str) -> None:
    """Apply N1 and N2: what has no direction takes its neighbours' or the paragraph's."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > at:
            left = _STRONG[kinds[at - 1]] if at else embedding
            right = _STRONG[kinds[end]] if end < len(kinds) else embedding
            kinds[at:end] = [left if left == right else embedding] * (end - at)
        at = max(end, at + 1)


def _level(kind: str, start: int) -> int:
    """Apply I1 and I2."""
    if start % 2:
        return start + (kind != "R")
    return start + {"L": 0, "R": 1}.get(kind, 2)
