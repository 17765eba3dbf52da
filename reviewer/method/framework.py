"""A factor framework: what is rated, on which scale, and the words for it.

A framework is a TOML file (``resources/frameworks/commission.toml`` is the model). Once a casebook
is made its framework is frozen: seals, issued casebooks and returns name it by its hash.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reviewer.errors import FrameworkError
from reviewer.files.read import open_file
from reviewer.messages import say
from reviewer.method.price import MAX_BYTES, MAX_FACTORS, refuse_costly, refuse_large
from reviewer.method.shape import refuse_faults
from reviewer.records.canonical import fingerprint
from reviewer.records.judgement import Reason
from reviewer.records.text import clean, clean_line

_MOST_TOLD = 200  # characters of what the TOML reader says
MAX_POINTS = 11  # 0-10 is the longest scale in use


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One point of the scale; ``value`` is a whole number, the scale ascends."""

    value: int
    label: str
    anchor: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasonWords:
    """How one of the five fixed reasons is shown, and its key on the score sheet."""

    reason: Reason
    label: str
    key: str
    anchor: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A heading that factors roll up to; never rated itself."""

    code: str
    name: str
    cross_cutting: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Factor:
    """One factor that is rated in every case; ``short`` fits a column heading."""

    code: str
    group: str
    name: str
    short: str
    definition: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """Scale values: from ``evidence`` up a comment and a page are required before sealing; a case
    counts from ``counts`` up and possibly from ``possible`` up (METHOD 1 and 2).
    """  # noqa: D205 - one sentence over two lines

    evidence: int
    possible: int
    counts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Framework:
    """A frozen framework."""

    id: str
    version: str
    language: str
    title: str
    source: str
    thresholds: Thresholds
    scale: tuple[Point, ...]
    reasons: tuple[ReasonWords, ...]
    groups: tuple[Group, ...]
    factors: tuple[Factor, ...]

    @property
    def values(self) -> tuple[int, ...]:
        """The points of the scale, ascending."""
        return tuple(point.value for point in self.scale)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all factors, in the framework's order."""
        return tuple(factor.code for factor in self.factors)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical text, as 64 hexadecimal digits."""
        return fingerprint(self.as_data())

    def factors_of(self, group: str) -> tuple[Factor, ...]:
        """Return the factors under ``group``, in order."""
        return tuple(factor for factor in self.factors if factor.group == group)

    def words(self, reason: Reason) -> ReasonWords:
        """Return the words for ``reason``."""
        return next(words for words in self.reasons if words.reason is reason)

    def as_data(self) -> dict[str, Any]:
        """Return the framework as JSON-ready data; ``from_data`` takes it back."""
        data = asdict(self)
        data["reasons"] = [
            {"id": w.reason.value, "label": w.label, "key": w.key, "anchor": w.anchor}
            for w in self.reasons
        ]
        for key in ("scale", "groups", "factors"):
            data[key] = list(data[key])
        return data


def load(path: Path, *, extended: bool = False) -> Framework:
    """Read a framework from a TOML file; factors marked ``extended`` only where asked for.

    Raises ``FrameworkError`` naming what is wrong and where, all faults of it in its details.
    """
    data = read_toml(path)
    if not extended:
        data["factors"] = [one for one in data["factors"] if not one.get("extended")]
    return from_data(data)


def read_toml(path: Path) -> dict[str, Any]:
    """Return what stands in a framework's TOML file, looked at whole: see ``load``.

    Its factors are all of them, and its mapping stays with it.
    """
    return parse_toml(_bytes(path), path.name)


def parse_toml(raw: bytes, name: str) -> dict[str, Any]:
    """Return what stands in the bytes of a framework's file called ``name``: see ``read_toml``."""
    refuse_costly(raw, name)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FrameworkError(
            say(
                "The framework {name} is not valid TOML: line {line} is not UTF-8. Save it as"
                " UTF-8.",
                name=name,
                line=line,
            )
        ) from error
    except (ValueError, RecursionError) as error:  # TOML, or a number or date that is none
        told = clean_line(str(error))[:_MOST_TOLD]
        raise FrameworkError(
            say("The framework {name} is not valid TOML: {told}.", name=name, told=told)
        ) from error
    refuse_large(data)
    refuse_faults(data, text, name)
    return data


def _bytes(path: Path) -> bytes:
    """Return what is in a framework's file, having looked at its kind and size first."""
    try:
        with open_file(path) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise FrameworkError(
            say(
                "The framework {name} could not be read: {reason}.",
                name=path.name,
                reason=error.strerror,
            )
        ) from error
    return raw


def from_data(data: Mapping[str, Any]) -> Framework:
    """Build a framework from JSON-like data and check it whole.

    Raises ``FrameworkError`` with the first thing that is wrong.
    """
    scale = tuple(
        Point(
            value=_whole(p, "value", "scale"),
            label=_line(p, "label", "scale"),
            anchor=_line(p, "anchor", "scale", default=""),
        )
        for p in _tables(data, "scale")
    )
    groups = tuple(
        Group(
            code=_line(g, "code", "groups"),
            name=_line(g, "name", "groups"),
            cross_cutting=g.get("cross_cutting") is True,
        )
        for g in _tables(data, "groups")
    )
    factors = tuple(
        Factor(
            code=_line(f, "code", "factors"),
            group=_line(f, "group", "factors"),
            name=_line(f, "name", "factors"),
            short=_line(f, "short", "factors", default=_line(f, "name", "factors")),
            definition=_text(f, "definition", "factors"),
        )
        for f in _tables(data, "factors")
    )
    framework = Framework(
        id=_line(data, "id", "framework"),
        version=_line(data, "version", "framework", default="1"),
        language=_line(data, "language", "framework", default="en"),
        title=_line(data, "title", "framework", default=_line(data, "id", "framework")),
        source=_line(data, "source", "framework", default=""),
        thresholds=_thresholds(data.get("thresholds"), tuple(p.value for p in scale)),
        scale=scale,
        reasons=_reasons(data.get("reasons")),
        groups=groups,
        factors=factors,
    )
    _check(framework)
    return framework


_REASONS = (
    ReasonWords(reason=Reason.MISSING, label="Record missing", key="m"),
    ReasonWords(reason=Reason.UNCLEAR, label="Unclear", key="u"),
    ReasonWords(reason=Reason.NOT_RELEVANT, label="Not relevant", key="x"),
    ReasonWords(reason=Reason.OUTSIDE, label="Outside my expertise", key="o"),
    ReasonWords(reason=Reason.RECUSED, label="Recused", key="r"),
)


def _reasons(untrusted: object) -> tuple[ReasonWords, ...]:
    """Take the words a framework brings; reasons it does not name keep ours."""
    if untrusted is None:
        return _REASONS
    known = {words.reason.value: words for words in _REASONS}
    for table in _tables({"reasons": untrusted}, "reasons"):
        name = _line(table, "id", "reasons")
        if name not in known:
            raise FrameworkError(
                say(
                    "The framework names a reason {name!r}. The five reasons are fixed: {known}.",
                    name=name,
                    known=", ".join(known),
                )
            )
        key = _line(table, "key", "reasons", default=known[name].key)
        known[name] = ReasonWords(
            reason=Reason(name),
            label=_line(table, "label", "reasons", default=known[name].label),
            key=key.lower(),
            anchor=_line(table, "anchor", "reasons", default=""),
        )
    keys = [words.key for words in known.values()]
    if len(set(keys)) != len(keys) or any(
        len(k) != 1 or not k.isalpha() or k == "e" for k in keys
    ):
        raise FrameworkError(
            say("Each reason of the framework needs a letter of its own other than E.")
        )
    return tuple(known.values())


def _thresholds(untrusted: object, values: tuple[int, ...]) -> Thresholds:
    """Read the thresholds, or place them at the middle and above it."""
    if untrusted is None:
        middle = values[len(values) // 2] if values else 0
        above = values[min(len(values) // 2 + 1, len(values) - 1)] if values else 0
        return Thresholds(evidence=middle, possible=middle, counts=above)
    if not isinstance(untrusted, Mapping):
        raise FrameworkError(say("[thresholds] of the framework must be a table."))
    return Thresholds(
        evidence=_whole(untrusted, "evidence", "thresholds"),
        possible=_whole(untrusted, "possible", "thresholds"),
        counts=_whole(untrusted, "counts", "thresholds"),
    )


def _check(framework: Framework) -> None:
    values = framework.values
    if not 2 <= len(values) <= MAX_POINTS:
        raise FrameworkError(
            say(
                "A scale needs 2 to {max_points} points; this one has {count}.",
                max_points=MAX_POINTS,
                count=len(values),
            )
        )
    if list(values) != sorted(set(values)):
        raise FrameworkError(
            say(
                "The scale must ascend, each point once: it reads {values}.",
                values=", ".join(str(v) for v in values),
            )
        )
    _check_thresholds(framework.thresholds, values)
    if not 1 <= len(framework.factors) <= MAX_FACTORS:
        raise FrameworkError(
            say(
                "A framework needs 1 to {max_factors} factors; this one has {count}.",
                max_factors=MAX_FACTORS,
                count=len(framework.factors),
            )
        )
    _no_twice("factor", framework.codes)
    _no_twice("group", tuple(group.code for group in framework.groups))
    groups = {group.code for group in framework.groups}
    for factor in framework.factors:
        if factor.group not in groups:
            raise FrameworkError(
                say(
                    "The factor {code} names the group {group!r}, which is not there.",
                    code=factor.code,
                    group=factor.group,
                )
            )


def _check_thresholds(thresholds: Thresholds, values: tuple[int, ...]) -> None:
    if not {thresholds.evidence, thresholds.possible, thresholds.counts} <= set(values):
        raise FrameworkError(say("Each threshold of the framework must be a point of its scale."))
    if thresholds.possible > thresholds.counts:
        raise FrameworkError(say("The threshold 'possible' must not be above 'counts'."))


def _no_twice(what: str, codes: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code.casefold() in seen:
            raise FrameworkError(
                say("The {what} code {code} stands in the framework twice.", what=what, code=code)
            )
        seen.add(code.casefold())


def _tables(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    tables = data.get(key)
    if not isinstance(tables, list) or not all(isinstance(t, Mapping) for t in tables):
        raise FrameworkError(say("The framework needs [[{key}]] tables.", key=key))
    return tables


def _line(table: Mapping[str, Any], key: str, where: str, *, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or (not value.strip() and default is None):
        raise FrameworkError(say("{where}: {key!r} must be text.", where=where, key=key))
    return clean_line(value)


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise FrameworkError(say("{where}: {key!r} must be text.", where=where, key=key))
    return clean(value).strip()


def _whole(table: Mapping[str, Any], key: str, where: str) -> int:
    value = table.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise FrameworkError(say("{where}: {key!r} must be a whole number.", where=where, key=key))
    return value
