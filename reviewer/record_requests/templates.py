"""What should exist by kind of case: templates of ours and people's own, and what they add."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.assets import resource
from reviewer.errors import InputError
from reviewer.files.read import read_small
from reviewer.messages import say
from reviewer.record_requests.matching import compared
from reviewer.records.cases import Case
from reviewer.records.ids import RequestId, new_id
from reviewer.records.requests import RecordRequest
from reviewer.records.text import clean_line

_MOST_BYTES = 256 << 10
_MOST_NESTED = 200  # brackets in all: a template has one pair a record
MOST = 200  # records of one template
LONGEST = 300  # characters of a kind, an agency, or what exactly


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """One record that should exist for every case of a kind.

    Where ``agency_from`` names an attribute that a case has, that is its agency.
    """

    kind: str
    agency: str
    what: str = ""
    agency_from: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """What should exist for a kind of case."""

    id: str
    name: str
    records: tuple[Expected, ...]


def ours() -> list[Template]:
    """Return the templates that come with the program, by name."""
    found = [load(path) for path in sorted(resource("records").glob("*.toml"))]
    return sorted(found, key=lambda one: one.name)


def called(name: str) -> Template:
    """Return our template called so, else the one in the file of that name.

    Raises ``InputError`` where there is neither, or the file is no template.
    """
    for one in ours():
        if one.id == name.casefold():
            return one
    if Path(name).suffix.casefold() != ".toml":
        known = ", ".join(sorted(one.id for one in ours()))
        raise InputError(
            say(
                "There is no template {name}. There are {known}; one of your own is a file that"
                " ends in .toml.",
                name=name[:60],
                known=known,
            )
        )
    return load(Path(name))


def load(path: Path) -> Template:
    """Read a template from a TOML file. Raises ``InputError`` naming what is wrong."""
    untrusted = read_small(path, _MOST_BYTES)
    if len(untrusted) > _MOST_BYTES or untrusted.count(b"[") > 2 * MOST + _MOST_NESTED:
        raise InputError(say("{name} is too large for a template.", name=path.name))
    try:
        data = tomllib.loads(untrusted.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        told = clean_line(str(error))[:200]
        raise InputError(
            say("{name} is not valid TOML: {told}.", name=path.name, told=told)
        ) from error
    return _template(data, path)


def _template(data: Mapping[str, Any], path: Path) -> Template:
    rows = data.get("record")
    if not isinstance(rows, list) or not rows or len(rows) > MOST:
        raise InputError(
            say(
                "{name} is no template of records: it needs from 1 to {most} tables [[record]]"
                " with a kind and an agency.",
                name=path.name,
                most=MOST,
            )
        )
    return Template(
        id=_line(data, "id", path) or path.stem,
        name=_line(data, "name", path) or path.stem,
        records=tuple(_expected(row, number, path) for number, row in enumerate(rows, 1)),
    )


def _expected(row: object, number: int, path: Path) -> Expected:
    if not isinstance(row, dict):
        row = {}
    kind, agency = _line(row, "kind", path), _line(row, "agency", path)
    source = _line(row, "agency_from", path)
    if not kind or not (agency or source):
        raise InputError(
            say(
                "Record {number} of {name} needs a kind and an agency.",
                number=number,
                name=path.name,
            )
        )
    return Expected(kind=kind, agency=agency, what=_line(row, "what", path), agency_from=source)


def _line(table: Mapping[str, Any], key: str, path: Path) -> str:
    text = table.get(key, "")
    if not isinstance(text, str) or len(text) > LONGEST:
        raise InputError(
            say(
                "{key!r} in {name} must be text of at most {most} characters.",
                key=key,
                name=path.name,
                most=LONGEST,
            )
        )
    return clean_line(text)


def expected_of(
    template: Template, cases: Iterable[Case], there: Iterable[RecordRequest]
) -> list[RecordRequest]:
    """Return the records that ``template`` adds to ``cases``: those that are not ``there``.

    A case that has the same kind from the same agency has it already, however it is spelt.
    """
    seen = {key_of(one.case, one.kind, one.agency, one.what) for one in there}
    added: list[RecordRequest] = []
    for case in cases:
        for one in template.records:
            agency = clean_line(case.attributes.get(one.agency_from, "")) or one.agency
            key = key_of(case.id, one.kind, agency, one.what)
            if key in seen or not agency:
                continue
            seen.add(key)
            added.append(new_record(case, one.kind, agency, one.what))
    return added


def key_of(case: str, kind: str, agency: str, what: str) -> tuple[str, str, str, str]:
    """Return what two rows that are one record have in common."""
    return case, compared(kind), compared(agency), compared(what)


def new_record(case: Case, kind: str, agency: str, what: str = "") -> RecordRequest:
    """Return a record that is in no register yet; its number is given when it is added."""
    return RecordRequest(
        id=RequestId(new_id()), number=0, case=case.id, kind=kind, agency=agency, what=what
    )


def cases_where(cases: Sequence[Case], wanted: Mapping[str, str]) -> list[Case]:
    """Return the cases that have these attributes, whatever the capitals."""
    return [
        case
        for case in cases
        if all(
            compared(case.attributes.get(name, "")) == compared(text)
            for name, text in wanted.items()
        )
    ]
