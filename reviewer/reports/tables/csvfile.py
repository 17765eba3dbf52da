"""Flat tables as CSV files."""

from collections.abc import Iterator
from typing import BinaryIO

from reviewer.files.write import write_text
from reviewer.progress import Progress
from reviewer.records.cells import csv_lines
from reviewer.reports.tables.rows import Row, Sheet, told
from reviewer.summary.shapes import Summary


def write_csv(summary: Summary, sheet: Sheet, out: BinaryIO, progress: Progress) -> None:
    """Write one table as CSV, heads first. Raises ``Cancelled``."""
    write_text(out, csv_lines(_rows(summary, sheet, progress)))


def _rows(summary: Summary, sheet: Sheet, progress: Progress) -> Iterator[Row]:
    yield [name for name, _ in sheet.head]
    yield from told(summary, sheet, progress)
