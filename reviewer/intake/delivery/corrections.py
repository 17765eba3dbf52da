"""What a person says of single files instead of the rules: typed, or in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reviewer.documents.outside.table import Kind, read_table
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError
from reviewer.intake.delivery import patterns
from reviewer.intake.delivery.assess import Item
from reviewer.intake.delivery.patterns import CLOSED, SAID
from reviewer.intake.delivery.references import References
from reviewer.messages import say
from reviewer.records.cells import plain_cell
from reviewer.records.text import clean_line, look_alike

_KIND = Kind(error=InputError, key="path", max_bytes=64 << 20, max_rows=20_000)
Corrections = Mapping[str, Mapping[str, str]]  # by path: the value of each field


def typed(pairs: Sequence[tuple[str, str]]) -> Corrections:
    """Return corrections given as (path, ``case=INV-014``)."""
    found: dict[str, dict[str, str]] = {}
    for path, given in pairs:
        name, sign, value = given.partition("=")
        if not sign or name.strip().casefold() not in SAID:
            raise InputError(
                say(
                    "“{given}” says nothing of {path}: write case=, agency=, kind=, date= or"
                    " content_note= and the words, or closed=yes.",
                    given=given[:60],
                    path=path[:100],
                )
            )
        found.setdefault(path, {})[name.strip().casefold()] = clean_line(value)
    return found


def read_corrections(path: Path, worker: Worker) -> Corrections:
    """Read a table with a column ``path`` and any of ``SAID``.

    A blank cell says nothing. Raises ``InputError``.
    """
    table = read_table(path, _KIND, worker=worker).rows
    rows = [[plain_cell(cell) for cell in row] for row in table]
    names = [clean_line(cell).casefold() for cell in rows[0]]
    if "path" not in names:
        raise InputError(say("{name} has no column “path”.", name=path.name))
    found: dict[str, dict[str, str]] = {}
    for cells in rows[1:]:
        row = dict(zip(names, cells, strict=False))
        said = {name: clean_line(row[name]) for name in SAID if row.get(name, "").strip()}
        if row.get("path", "").strip() and said:
            found.setdefault(row["path"].strip(), {}).update(said)
    return found


def together(first: Corrections, then: Corrections) -> Corrections:
    """Return both; where both say something of one field of a file, ``then`` does."""
    return {path: {**first.get(path, {}), **then.get(path, {})} for path in {**first, **then}}


def corrected(
    items: Sequence[Item], corrections: Corrections, references: Sequence[str]
) -> list[Item]:
    """Return the items with what was said of them.

    Raises ``InputError`` for a path that is not in the delivery or is there twice, a case that is
    not here, and a date that is not written as ISO does.
    """
    here = References(references)
    made = list(items)
    by_path = _by_path(items) if corrections else {}
    for path, said in corrections.items():
        at = _place(path, by_path)
        made[at] = replace(made[at], own={**made[at].own, **_checked(path, said, here)})
    return made


def place_of(path: str, items: Sequence[Item]) -> int:
    """Return the place of the file called ``path``; raises as ``corrected`` does."""
    return _place(path, _by_path(items))


def _by_path(items: Sequence[Item]) -> dict[str, list[int]]:
    """Return the places of the files by their paths; where none is called so, of such as look so.

    Two that differ by how their letters are composed are still told apart by the very letters.
    """
    found: dict[str, list[int]] = {}
    alike: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        found.setdefault(item.path, []).append(at)
        alike.setdefault(look_alike(item.path), []).append(at)
    return {**alike, **found}


def _place(path: str, by_path: Mapping[str, Sequence[int]]) -> int:
    found = by_path.get(path) or by_path.get(look_alike(path), ())
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(say("There is no file {path} in this delivery.", path=path[:200]))
    raise InputError(say("More than one file of this delivery is called {path}.", path=path[:200]))


def _checked(path: str, said: Mapping[str, str], here: References) -> Mapping[str, str]:
    if said.get("case") and not here.named(said["case"]):
        raise InputError(
            say("There is no case {reference} in this casebook.", reference=said["case"][:60])
        )
    if said.get("date") and not patterns.iso(said["date"]):
        raise InputError(
            say(
                "The date {date} of {path} is not written as 2019-05-03.",
                date=said["date"][:40],
                path=path[:100],
            )
        )
    if said.get(CLOSED, "") not in {"", "yes", "no"}:
        raise InputError(
            say(
                "{path} is brought in closed, or is not: write closed=yes or closed=no.",
                path=path[:100],
            )
        )
    said = {name: "" if (name, value) == (CLOSED, "no") else value for name, value in said.items()}
    return {name: patterns.iso(value) if name == "date" else value for name, value in said.items()}
