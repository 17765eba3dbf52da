"""Flat tables as CSV files."""

from reviewer.records.cells import as_csv
from reviewer.reports.rows import Sheet
from reviewer.summary.shapes import Summary


def csv_file(summary: Summary, sheet: Sheet) -> bytes:
    """Return one table as CSV, heads first."""
    return as_csv([[name for name, _ in sheet.head], *sheet.rows(summary)])
