"""A framework as TOML that people can read, change and give to another casebook."""

import json
from collections.abc import Iterable, Iterator, Mapping

from reviewer.errors import FrameworkError
from reviewer.messages import say
from reviewer.method.files import FrameworkFile, of_data
from reviewer.method.framework import Factor, parse_toml
from reviewer.method.mapped import Link

Value = str | int | bool | tuple[str, ...]
_WHOLE, _HEAD = frozenset[str](), frozenset({"name", "group", "definition"})


def toml_bytes(file: FrameworkFile, name: str) -> bytes:
    """Return the bytes of a TOML file called ``name`` that was read back as the very same.

    Raises ``FrameworkError`` where it was not.
    """
    raw = toml_text(file).encode()
    if of_data(parse_toml(raw, name)) != file:
        raise FrameworkError(
            say("{name} would not read as the framework that it was made from.", name=name)
        )
    return raw


def toml_text(file: FrameworkFile) -> str:
    """Return ``file`` as the text of a TOML file."""
    return "\n".join(_text(file, _WHOLE)) + "\n"


def head_text(file: FrameworkFile) -> str:
    """Return as TOML what of ``file`` is not in a tree of names, groups and definitions."""
    return "\n".join(_text(file, _HEAD)) + "\n"


def _text(file: FrameworkFile, left_out: frozenset[str]) -> Iterator[str]:
    framework = file.framework
    head: dict[str, Value] = {"id": framework.id, "version": framework.version}
    if file.mapping:
        head["replaces"] = file.replaces
    head |= {
        "language": framework.language,
        "title": framework.title,
        "source": framework.source,
    }
    limits = framework.thresholds
    yield from (*_pairs(head), "", "[thresholds]")
    yield from _pairs(
        {"evidence": limits.evidence, "possible": limits.possible, "counts": limits.counts}
    )
    yield from _tables(
        "scale",
        (
            {"value": one.value, "label": one.label, "anchor": one.anchor}
            for one in framework.scale
        ),
    )
    yield from _tables(
        "reasons",
        (
            {"id": one.reason.value, "key": one.key, "label": one.label, "anchor": one.anchor}
            for one in framework.reasons
        ),
    )
    yield from _tables(
        "groups",
        (
            _but(left_out, {"code": one.code, "name": one.name})
            | ({"cross_cutting": True} if one.cross_cutting else {})
            for one in framework.groups
        ),
    )
    yield from _tables(
        "factors", (_but(left_out, _factor(one, file)) for one in framework.factors)
    )
    yield from _tables("mapping", map(_link, file.mapping))


def _factor(one: Factor, file: FrameworkFile) -> dict[str, Value]:
    return {
        "code": one.code,
        "group": one.group,
        "name": one.name,
        "short": one.short,
        **({"extended": True} if one.code in file.extended else {}),
        "definition": one.definition,
    }


def _but(left_out: frozenset[str], row: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in row.items() if key not in left_out}


def _link(link: Link) -> dict[str, Value]:
    return {"fate": link.fate, "from": link.old, "to": link.new}


def _tables(name: str, rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    for row in rows:
        yield from ("", f"[[{name}]]", *_pairs(row))


def _pairs(row: Mapping[str, Value]) -> Iterator[str]:
    """Yield a line a key. What JSON writes as a text is one in TOML too, but for DEL."""
    for key, value in row.items():
        held = json.dumps(value, ensure_ascii=False)
        yield f"{key} = {held}".replace("\x7f", "\\u007f")
