"""Flat tables as CSV: UTF-8 with a byte-order mark, so that Excel reads it as UTF-8."""

import csv
import io

from reviewer.records.cells import safe_cell
from reviewer.reports.rows import Scalar, Sheet
from reviewer.summary.shapes import Summary


def csv_file(summary: Summary, sheet: Sheet) -> bytes:
    """Return one table as CSV (RFC 4180). No cell begins as a formula does."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([name for name, _ in sheet.head])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows(summary))
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8", "replace")


def _cell(value: Scalar) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return safe_cell(value) if isinstance(value, str) else value
