"""What became of each factor of the version before: kept, reworded, split, joined or dropped.

A code once used is never given to another factor, so only what is kept or reworded keeps its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from reviewer.messages import later, say

MOST = 50  # codes on one side of a row


class Fate(StrEnum):
    """What became of factors in a later version; ``NEW`` are those that come from none."""

    KEPT = "kept"
    REWORDED = "reworded"
    SPLIT = "split"
    JOINED = "joined"
    DROPPED = "dropped"
    NEW = "new"


class Link(NamedTuple):
    """One row of a mapping: codes of the version before, and codes of this one."""

    fate: str
    old: tuple[str, ...]
    new: tuple[str, ...]


_SPLIT = later("What is split is one factor before, and two or more after.")
_JOINED = later("What is joined are two factors or more before, and one after.")
_DROPPED = later("What is dropped has factors before, and none after.")
_SAME = later("What is kept or reworded has the same single code before and after.")


def links(rows: Iterable[Mapping[str, Any]]) -> list[Link]:
    """Return the rows of a file's mapping; what is no text is left out."""
    return [
        Link(str(row.get("fate", "")), _codes(row.get("from")), _codes(row.get("to")))
        for row in rows
    ]


def faults(found: Sequence[Link], factors: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong in a mapping onto ``factors``, each with the row's number, from 0."""
    there = set(factors)
    circle = loop(found)
    sources: set[str] = set()
    targets: set[str] = set()
    for number, link in enumerate(found):
        if circle and not circle.isdisjoint(link.old):
            yield number, _round(found, circle)
        yield from ((number, told) for told in _shape(link))
        yield from ((number, told) for told in _gone(link, there))
        yield from ((number, told) for told in _again(link, sources, targets))
        sources.update(link.old)
        targets.update(link.new)


def loop(found: Sequence[Link]) -> frozenset[str]:
    """Return the codes that lead back to themselves over others; none in a right mapping."""
    onward: dict[str, set[str]] = {}
    for link in found:
        for old in link.old:
            onward.setdefault(old, set()).update(set(link.new) - {old})
    left = _led_to(onward)
    back: dict[str, set[str]] = {code: set() for code in left}
    for code in left:
        for after in onward[code] & left:
            back[after].add(code)
    return frozenset(_led_to(back))


def _led_to(onward: Mapping[str, set[str]]) -> set[str]:
    """Return the codes that are still led to when whatever nothing leads to is taken away."""
    waiting = dict.fromkeys(onward, 0)
    for after in onward.values():
        for one in after & waiting.keys():
            waiting[one] += 1
    free = [code for code, count in waiting.items() if not count]
    for code in free:  # grows while it is walked
        for one in onward[code] & waiting.keys():
            waiting[one] -= 1
            if not waiting[one]:
                free.append(one)
    return set(waiting).difference(free)


def _round(found: Sequence[Link], circle: frozenset[str]) -> str:
    """Return the sentence about a loop; its codes in the order of the mapping."""
    named = dict.fromkeys(code for link in found for code in link.old if code in circle)
    return say(
        "The mapping leads in a circle over {codes}. Each factor comes from an earlier version"
        " only.",
        codes=", ".join([*named][:8]),
    )


def _shape(link: Link) -> Iterator[str]:
    before, after = len(set(link.old)), len(set(link.new))
    if link.fate == Fate.SPLIT:
        wrong = _SPLIT if before != 1 or after < 2 else ""
    elif link.fate == Fate.JOINED:
        wrong = _JOINED if before < 2 or after != 1 else ""
    elif link.fate == Fate.DROPPED:
        wrong = _DROPPED if not before or after else ""
    elif link.fate in {Fate.KEPT, Fate.REWORDED}:
        wrong = _SAME if before != 1 or link.old != link.new else ""
    else:
        yield say(
            "“{fate}” is none of kept, reworded, split, joined and dropped.", fate=link.fate[:40]
        )
        return
    if wrong:
        yield say(wrong)


def _gone(link: Link, there: set[str]) -> Iterator[str]:
    """Yield codes that the framework lacks, and those that it gives to another factor."""
    for code in dict.fromkeys(link.new):
        if code not in there:
            yield say("The mapping leads to {code}, which is no factor here.", code=code)
    if link.fate in {Fate.SPLIT, Fate.JOINED, Fate.DROPPED}:
        for code in dict.fromkeys(link.old):
            if code in there:
                yield say(
                    "{code} is {fate}, and its code stands for another factor here. A code once"
                    " used is not used again: give that factor a new one.",
                    code=code,
                    fate=link.fate,
                )


def _again(link: Link, sources: set[str], targets: set[str]) -> Iterator[str]:
    for code in dict.fromkeys((*link.old, *link.new)):
        if (code in link.old and code in sources) or (code in link.new and code in targets):
            yield say("{code} stands in two rows of the mapping.", code=code)


def _codes(untrusted: object) -> tuple[str, ...]:
    if not isinstance(untrusted, list):
        return ()
    return tuple(" ".join(one.split()) for one in untrusted[:MOST] if isinstance(one, str))
