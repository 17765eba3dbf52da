"""Writes every form of the summary into one folder, and reads each back before it is given out.

Nothing but the paper is ever whole in memory: a panel may have given millions of ratings.
"""

import datetime as dt
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps, at_once
from reviewer.errors import Cancelled, InputError, StorageError, TakenError
from reviewer.files.read import open_file
from reviewer.outset import FileSet, mend, new_set, taken
from reviewer.progress import Progress, Quiet
from reviewer.reports import phrases
from reviewer.reports.paper import consolidated_pdf
from reviewer.reports.tables import rows
from reviewer.reports.tables.checks import check
from reviewer.reports.tables.csvfile import write_csv
from reviewer.reports.tables.jsonfile import write_json
from reviewer.reports.tables.rows import Sheet
from reviewer.reports.tables.xlsx import write_workbook
from reviewer.summary.shapes import Summary

_PAPER = "summary.pdf"
NOT_ENCRYPTED = phrases.NOT_ENCRYPTED


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A report that was written: its files by kind, and a sentence for what could not be made."""

    files: dict[str, Path]
    unmade: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class _Slice:
    """One file's part of the whole progress."""

    whole: Progress
    kind: str
    before: int
    weight: int

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass on a step within the file at hand."""
        share = self.before + self.weight * done / max(total, 1)
        self.whole.step(round(share * 100), _TOTAL * 100, what or self.kind)


_Maker = Callable[[Summary, BinaryIO, Progress], object]


def _csv(sheet: Sheet) -> _Maker:
    return lambda summary, out, told: write_csv(summary, sheet, out, told)


# Each file with about how long it takes, and what makes it; the paper is last.
_MAKERS: dict[str, tuple[int, _Maker]] = {
    "summary.json": (4, write_json),
    "factors.csv": (1, _csv(rows.FACTORS)),
    "cells.csv": (1, _csv(rows.CELLS)),
    "ratings.csv": (3, _csv(rows.RATINGS)),
    "rounds.csv": (3, _csv(rows.ROUNDS)),
    "records.csv": (1, _csv(rows.RECORDS)),
    "completeness.csv": (1, _csv(rows.COMPLETENESS)),
    "determinations.csv": (1, _csv(rows.DETERMINATIONS)),
    "dissents.csv": (1, _csv(rows.DISSENTS)),
    "summary.xlsx": (12, write_workbook),
    _PAPER: (30, lambda summary, out, told: out.write(consolidated_pdf(summary, progress=told))),
}
_TOTAL = sum(weight for weight, _ in _MAKERS.values())


def write_report(
    book: Casebook,
    summary: Summary,
    to: Path,
    *,
    replace: bool = False,
    on: dt.date | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write PDF, XLSX, CSV and JSON of ``book``'s summary into the folder ``to``, all or none."""
    return write_beside(
        at_once(book), summary, to, replace=replace, on=on, progress=progress or Quiet()
    )


def write_beside(
    steps: Steps,
    summary: Summary,
    to: Path,
    *,
    progress: Progress,
    replace: bool = False,
    on: dt.date | None = None,
) -> Written:
    """Write the report beside the thread that owns the casebook, which it asks for the last step.

    Their names carry the round and the day ``on`` (UTC; today). The journal gets an entry with
    their hashes. A paper that cannot be made stops no data file: ``Written.unmade`` says why.
    Raises ``StorageError`` when the folder is not there or full, ``TakenError`` when an older
    report of these names is there and may not be replaced, ``InputError`` when an older paper is
    there and no new one can be made, ``EngineError`` when a data file fails its own check,
    ``Cancelled``.
    """
    names = names_of(summary, on or dt.datetime.now(dt.UTC).date())
    refuse_taken(to, names.values(), replace=replace)
    with new_set(to, names.values(), replace=replace) as made:
        unmade = _make_all(summary, names, made, progress)
        stale = [names[kind] for kind in unmade if (to / names[kind]).exists()]
        if stale:
            raise InputError(
                f"{next(iter(unmade.values()))} An older {stale[0]} lies there, and one without"
                " the other would not fit together, so nothing was written. Choose another folder."
            )
        named = ", ".join(f"{name} {hash_}" for name, hash_ in made.hashes.items())

        def settle(book: Casebook) -> None:
            told = f"round {summary.panel.round}: {named}"
            made.stand(lambda: book.journal.record("write report", told))

        steps(settle)
    kinds = (kind for kind in names if kind not in unmade)
    return Written(files=dict(zip(kinds, made.paths, strict=True)), unmade=unmade)


def names_of(summary: Summary, on: dt.date) -> dict[str, str]:
    """Return each file's name by its kind: ``summary.pdf`` is summary-round-1-2026-01-15.pdf."""
    names = {kind: Path(kind) for kind in _MAKERS}
    told = f"round-{summary.panel.round}-{on.isoformat()}"
    return {kind: f"{name.stem}-{told}{name.suffix}" for kind, name in names.items()}


def refuse_taken(to: Path, names: Iterable[str], *, replace: bool) -> None:
    """Raise ``StorageError`` where ``to`` is no folder, ``TakenError`` where a name is taken."""
    if not to.is_dir():
        raise StorageError(f"The folder {to.name} is not there. Choose one that is.")
    mend(to)
    there = taken(to, names)
    if there and not replace:
        raise TakenError(
            f"A report of this round and day lies in {to.name} already, so nothing was written."
            " It is only replaced when you ask for it.",
            details=[f"{name} is there already." for name in there],
        )


def _make_all(
    summary: Summary, names: dict[str, str], made: FileSet, progress: Progress
) -> dict[str, str]:
    """Add every file to the set, each checked; return a sentence for the paper where it is not.

    The data files come first and stand whatever happens to the paper. Raises ``Cancelled``,
    ``StorageError`` and, where a data file fails its own check, ``EngineError``.
    """
    before = 0
    for kind, (weight, make) in _MAKERS.items():
        told = _Slice(whole=progress, kind=kind, before=before, weight=weight)
        told.step(0, 1)
        try:
            made.add(names[kind], partial(_fill, make, summary, told), check=partial(_check, kind))
        except (Cancelled, StorageError, OSError):
            raise
        except Exception as error:
            if kind != _PAPER:
                raise
            where = traceback.extract_tb(error.__traceback__)[-1]  # a place in a program, no text
            return {
                kind: "The paper could not be made, which is our mistake. Please report"
                f" {type(error).__name__} at {Path(where.filename).name}:{where.lineno}."
            }
        before += weight
    return {}


def _fill(make: _Maker, summary: Summary, told: Progress, out: BinaryIO) -> None:
    make(summary, out, told)


def _check(kind: str, path: Path) -> None:
    with open_file(path) as made:
        check(kind, made)
