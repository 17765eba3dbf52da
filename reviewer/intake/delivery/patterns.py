"""Patterns of paths: ``*``, ``**`` and ``?`` as everywhere, and what a part of a name stands for.

``{case}/{agency}/**`` takes the first folder for the case and the second for the agency. Capitals
and dashes are not told apart, and letters are one however they are composed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from reviewer.messages import say
from reviewer.records.text import as_seen

FIELDS = ("case", "agency", "kind", "date")
CONTENT_NOTE, CLOSED = "content_note", "closed"  # said of single files only
SAID = (*FIELDS, CONTENT_NOTE, CLOSED)
MAX_PATTERN = 300  # characters
_MAX_OPEN = 3  # places in a name with a part in braces that stand for anything: each is tried
_MAX_DEEP = 4  # times that ** stands in a pattern
_PART = re.compile(r"\{(\w+)\}|(\*\*)|(\*)|(\?)")
_ISO = re.compile(r"(\d{4})(?:([-_. ]?)(\d{2})(?:\2(\d{2}))?)?")
_CAPTURE = {
    "agency": r"[^/]+?",
    "kind": r"[^/]+?",
    "date": r"(?<!\d)\d{4}(?:[-_. ]?\d{2}(?:[-_. ]?\d{2})?)?(?!\d)",
}


def fault(pattern: str) -> str:
    """Return what is wrong with a pattern, or "".

    >>> fault("{case}/**"), fault("{what}/*")
    ('', 'names {what}, and only {case}, {agency}, {kind}, {date} can be named')
    """
    if not pattern.strip() or len(pattern) > MAX_PATTERN:
        return say("must have between 1 and {most} characters", most=MAX_PATTERN)
    names = [found.group(1) for found in _PART.finditer(pattern) if found.group(1)]
    for name in names:
        if name not in FIELDS:
            return say(
                "names {name}, and only {known} can be named",
                name=f"{{{name}}}",
                known=", ".join(f"{{{field}}}" for field in FIELDS),
            )
        if names.count(name) > 1:
            return say("names {name} twice", name=f"{{{name}}}")
    names_of = pattern.split("/")
    if names_of.count("**") > _MAX_DEEP or any(
        "{" in name and len(_PART.findall(name)) > _MAX_OPEN for name in names_of
    ):
        return say("has too many places that stand for anything")
    return ""


def read(pattern: str, path: str, cases: Sequence[str]) -> Mapping[str, str] | None:
    """Return what ``path`` (``as_seen``) says by ``pattern``, or None where it does not fit.

    ``cases`` are the parts of the path that read like a reference, the longest first: the case is
    one of them where one fits, else whatever stands there.
    """
    for expression in _expressions(as_seen(pattern), tuple(cases)):
        found = expression.fullmatch(path)
        if found is not None:
            return {name: text.strip() for name, text in found.groupdict().items() if text}
    return None


def iso(text: str) -> str:
    """Return a date that is written year first in ISO's order, or "" for every other.

    >>> iso("2019-05-03"), iso("20190503"), iso("2019"), iso("03.05.2019"), iso("2019-13-01")
    ('2019-05-03', '2019-05-03', '2019', '', '')
    """
    found = _ISO.fullmatch(text)
    if found is None:
        return ""
    year, _, month, day = found.groups()
    if month is not None and not 1 <= int(month) <= 12:
        return ""
    if day is not None and not 1 <= int(day) <= _days(int(year), int(month)):
        return ""
    return "-".join(part for part in (year, month, day) if part)


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


@lru_cache(maxsize=4096)
def _expressions(pattern: str, cases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    if "{case}" not in pattern:
        return (_compiled(pattern, ""),)
    known = "|".join(re.escape(one) for one in cases)
    bounded = rf"(?<![^\W_])(?:{known})(?![^\W_])"
    found = [_compiled(pattern, bounded)] if cases else []
    whole = "{case}" in pattern.split("/")  # else nobody could say where the case ends
    return (*found, _compiled(pattern, r"[^/]+?")) if whole else tuple(found)


def _compiled(pattern: str, case: str) -> re.Pattern[str]:
    parts = pattern.strip("/").split("/")
    return re.compile("".join(_parts(parts, case)), re.IGNORECASE)


def _parts(parts: Sequence[str], case: str) -> Iterator[str]:
    """Yield the expression of each name on the path; ``**`` stands for any number of folders."""
    for at, part in enumerate(parts):
        last = at == len(parts) - 1
        if part == "**":
            yield ".*" if last else "(?:[^/]+/)*?"
            continue
        yield _name(part, case)
        if not last:
            yield "/"


def _name(part: str, case: str) -> str:
    """Return the expression of one name."""
    if "{" not in part:
        return _bare(part)
    made, start = [], 0
    for found in _PART.finditer(part):
        made.append(re.escape(part[start : found.start()]))
        start = found.end()
        name, deep, star, _ = found.groups()
        if name:
            made.append(f"(?P<{name}>{case if name == 'case' else _CAPTURE[name]})")
        else:
            made.append("[^/]*" if deep or star else "[^/]")
    return "".join([*made, re.escape(part[start:])])


def _bare(part: str) -> str:
    """Return the expression of a name that nothing is taken from.

    Each ``*`` but the last takes as little as it can and does not think again: a name of 200
    letters costs no more than its length.
    """
    chunks = [re.escape(chunk).replace(r"\?", "[^/]") for chunk in re.split(r"\*+", part)]
    if len(chunks) == 1:
        return chunks[0]
    first, *middle, last = chunks
    return first + "".join(f"(?>[^/]*?{chunk})" for chunk in middle) + f"[^/]*{last}"
