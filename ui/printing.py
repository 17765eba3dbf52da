"""Paper, reports and the demonstration: what makes them is imported when one is first wanted.

The window must not wait for it: setting pages takes more code than showing them.
"""

# ruff: noqa: PLC0415 - that is what this module is for
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.progress import Progress

if TYPE_CHECKING:
    from reviewer.casebook.book import About, Casebook
    from reviewer.casebook.steps import Steps
    from reviewer.crypto.custody import CustodianSheet
    from reviewer.reports.write import Written
    from reviewer.summary.shapes import Summary


def custodian_sheet(sheet: CustodianSheet) -> bytes:
    """Set a custodian's sheet: see ``reports.custodian``."""
    from reviewer.reports.slips import custodian

    return custodian.custodian_sheet(sheet)


def recovery_sheet(book: Casebook, folder: Path) -> Path:
    """Write the recovery sheet: see ``reports.recovery``."""
    from reviewer.reports.slips import recovery

    return recovery.write_sheet(book, folder)


def write_receipt(book: Casebook, folder: Path) -> Path:
    """Write a receipt: see ``reports.receipt``."""
    from reviewer.reports.slips import receipt

    return receipt.write_receipt(book, folder)


def advice_on(about: About | None) -> str:
    """Return what to do with the receipt that was written: see ``reports.receipt``."""
    from reviewer.reports.slips import receipt

    return receipt.advice_on(about)


def write_report(
    steps: Steps, summary: Summary, to: Path, *, replace: bool, progress: Progress
) -> Written:
    """Write the report beside the casebook's thread: see ``reports.write``."""
    write = steps(_report_writer)  # there, where all paper is: two threads could see halves
    return write(steps, summary, to, replace=replace, progress=progress)


def _report_writer(_book: Casebook) -> Callable[..., Written]:
    from reviewer.reports import write

    return write.write_beside


def passphrase_slip(
    *,
    inquiry: str,
    member: str,
    passphrase: str,
    issued_on: str,
    marking: str,
    demonstration: bool,
) -> bytes:
    """Set the slip that goes apart from an issued casebook: see ``reports.slip``."""
    from reviewer.reports.slips import passphrase as slip

    return slip.passphrase_slip(
        inquiry=inquiry,
        member=member,
        passphrase=passphrase,
        issued_on=issued_on,
        marking=marking,
        demonstration=demonstration,
    )


def make_demonstration(to: Path, progress: Progress) -> None:
    """Make the invented inquiry in the folder ``to``: see ``demo.build``."""
    from reviewer.demo import build

    build.build(to, progress=progress)
