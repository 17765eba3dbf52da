"""What stands in a framework's file, looked at key by key before any of it is taken.

A word that is misspelt would be passed over by a reader who asks for known keys only, and what a
panel wrote would be gone unsaid. So what no framework has is a fault, and each fault has its line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from reviewer.errors import FrameworkError
from reviewer.messages import later, plural, say
from reviewer.method import mapped
from reviewer.method.toml_lines import Place, line_of, places
from reviewer.records.text import look_alike

_TOLD = 100  # faults that are listed; who has more starts again


@dataclass(frozen=True, kw_only=True, slots=True)
class _Key:
    """What stands under a key: ``kind`` is str, int, bool or list; at most ``most`` characters."""

    kind: type
    most: int = 0
    needed: bool = False


class Fault(NamedTuple):
    """What is wrong, and in which line, from 1."""

    line: int
    told: str


def _text(most: int, *, needed: bool = False) -> _Key:
    return _Key(kind=str, most=most, needed=needed)


_CODE, _NAME, _WORDS = 40, 200, 1000
_WHOLE, _YES = _Key(kind=int, needed=True), _Key(kind=bool)
_CODES = _Key(kind=list)
_TABLES = ("scale", "reasons", "groups", "factors", "mapping")
_NEEDED = ("scale", "groups", "factors")
_KEYS: Mapping[str, Mapping[str, _Key]] = {
    "": {
        "id": _text(60, needed=True),
        "version": _text(60),
        "replaces": _text(60),
        "language": _text(60),
        "title": _text(300),
        "source": _text(_WORDS * 2),
    },
    "thresholds": {"evidence": _WHOLE, "possible": _WHOLE, "counts": _WHOLE},
    "scale": {"value": _WHOLE, "label": _text(_NAME, needed=True), "anchor": _text(_WORDS)},
    "reasons": {
        "id": _text(_CODE, needed=True),
        "key": _text(1),
        "label": _text(_NAME),
        "anchor": _text(_WORDS),
    },
    "groups": {
        "code": _text(_CODE, needed=True),
        "name": _text(_NAME, needed=True),
        "cross_cutting": _YES,
    },
    "factors": {
        "code": _text(_CODE, needed=True),
        "group": _text(_CODE, needed=True),
        "name": _text(_NAME, needed=True),
        "short": _text(_NAME),
        "definition": _text(4_000),
        "extended": _YES,
    },
    "mapping": {"fate": _text(_CODE, needed=True), "from": _CODES, "to": _CODES},
}
_NOT_WHOLE = later("“{key}” must be a whole number.")
_NOT_TEXT = later("“{key}” must be text, in quotation marks.")
_NOT_YES = later("“{key}” must be true or false, without quotation marks.")
_NOT_CODES = later('“{key}” must be a list of codes, as in ["SYS-CALL", "SYS-INFO"].')
_WRONG = {int: _NOT_WHOLE, str: _NOT_TEXT, bool: _NOT_YES, list: _NOT_CODES}


def refuse_faults(data: Mapping[str, Any], text: str | None, name: str) -> None:
    """Raise ``FrameworkError`` where ``data``, read from the TOML ``text``, is no framework.

    Its details are all faults, the first hundred, each with its line where there is a ``text``.
    """
    at = places(text or "")
    found = sorted(dict.fromkeys(faults(data, at)), key=lambda one: one.line)
    if not found:
        return
    told = [say("Line {line}: {told}", line=one.line, told=one.told) for one in found]
    first = say("{name}, line {line}: {told}", name=name, line=found[0].line, told=found[0].told)
    if text is None:
        told = [one.told for one in found]
        first = say("{name}: {told}", name=name, told=found[0].told)
    if len(found) == 1:
        raise FrameworkError(first)
    raise FrameworkError(
        plural(
            "{first} There is {count} more fault; put both right and read it again.",
            "{first} There are {count:,} more faults; put them right and read it again.",
            count=len(found) - 1,
            first=first,
        ),
        details=told[:_TOLD],
    )


def faults(data: Mapping[str, Any], at: Mapping[Place, int]) -> Iterator[Fault]:
    """Yield everything that is wrong with what was read of a framework's file."""
    lines = dict(at)
    yield from _keys("", 0, data, lines, beside=(*_TABLES, "thresholds"))
    thresholds = data.get("thresholds", {})
    if isinstance(thresholds, Mapping):
        if "thresholds" in data:
            yield from _keys("thresholds", 0, thresholds, lines)
    else:
        told = say("[thresholds] of the framework must be a table.")
        yield Fault(line_of(lines, ("thresholds", 0, "")), told)
    whole = True
    for table in _TABLES:
        if table not in data and table not in _NEEDED:
            continue
        rows = data.get(table)
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            told = say("The framework needs [[{key}]] tables.", key=table)
            yield Fault(line_of(lines, (table, 0, "")), told)
            whole = False
            continue
        for number, row in enumerate(rows):
            yield from _keys(table, number, row, lines)
    if whole:
        yield from _between(data, lines)


def _keys(
    table: str,
    number: int,
    row: Mapping[str, Any],
    lines: dict[Place, int],
    *,
    beside: Sequence[str] = (),
) -> Iterator[Fault]:
    """Yield what is wrong with the keys of one table."""
    known = _KEYS[table]
    for key, value in row.items():
        line = line_of(lines, (table, number, key))
        if key in known:
            yield from (Fault(line, told) for told in _value(key, value, known[key]))
        elif key not in beside:
            yield Fault(line, _unknown(key, [*known, *beside]))
    for key, wanted in known.items():
        if wanted.needed and key not in row:
            told = say("“{key}” is missing.", key=key)
            yield Fault(line_of(lines, (table, number, "")), told)


def _unknown(key: str, known: Sequence[str]) -> str:
    return say(
        "“{key}” is nothing that a framework has here, and would be lost. Known are: {known}.",
        key=key[:_CODE],
        known=", ".join(known),
    )


def _value(key: str, value: object, wanted: _Key) -> Iterator[str]:
    if type(value) is not wanted.kind:
        yield say(_WRONG[wanted.kind], key=key)
    elif isinstance(value, list):
        if not all(isinstance(one, str) and one.strip() for one in value):
            yield say(_NOT_CODES, key=key)
        elif len(value) > mapped.MOST:
            yield say(
                "“{key}” has {count:,} codes; at most {most} are taken.",
                key=key,
                count=len(value),
                most=mapped.MOST,
            )
    elif isinstance(value, str):
        if wanted.needed and not value.strip():
            yield say("“{key}” is empty.", key=key)
        if len(value) > wanted.most:
            yield say(
                "“{key}” has {count:,} characters; at most {most:,} are taken.",
                key=key,
                count=len(value),
                most=wanted.most,
            )


# ---------------------------------------------------------------- what does not go together


def _between(data: Mapping[str, Any], lines: dict[Place, int]) -> Iterator[Fault]:
    yield from _ascends(data["scale"], lines)
    codes = {table: list(_twice(data[table], table, lines)) for table in ("groups", "factors")}
    yield from codes["groups"]
    yield from codes["factors"]
    groups = {_word(row, "code") for row in data["groups"]}
    for number, row in enumerate(data["factors"]):
        group = _word(row, "group")
        if group and group not in groups:
            told = say(
                "The factor {code} names the group {group!r}, which is not there.",
                code=_word(row, "code"),
                group=group,
            )
            yield Fault(line_of(lines, ("factors", number, "group")), told)
    if "mapping" in data:
        factors = [_word(row, "code") for row in data["factors"]]
        if not str(data.get("replaces", "")).strip():
            told = say("Name the version that the mapping leads from, as in replaces = “1”.")
            yield Fault(line_of(lines, ("mapping", 0, "")), told)
        for row, told in mapped.faults(mapped.links(data["mapping"]), factors):
            yield Fault(line_of(lines, ("mapping", row, "")), told)


def _ascends(scale: Sequence[Mapping[str, Any]], lines: dict[Place, int]) -> Iterator[Fault]:
    values = [row.get("value") for row in scale]
    for number, (before, value) in enumerate(pairwise(values), 1):
        if type(before) is int and type(value) is int and value <= before:
            told = say(
                "The scale must ascend, each point once: {value} stands after {before}.",
                value=value,
                before=before,
            )
            yield Fault(line_of(lines, ("scale", number, "value")), told)


def _twice(
    rows: Sequence[Mapping[str, Any]], table: str, lines: dict[Place, int]
) -> Iterator[Fault]:
    """Yield codes that stand twice, or that nobody could tell apart."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        code, line = _word(row, "code"), line_of(lines, (table, number, "code"))
        if not code:
            continue
        if (other := seen.setdefault(look_alike(code), line)) != line:
            told = say(
                "The code {code} stands in the framework twice: in line {other} too.",
                code=code,
                other=other,
            )
            yield Fault(line, told)


def _word(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""
