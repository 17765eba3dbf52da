"""The files of the report, each whole in memory: for tests, whose panels are small."""

import io

from reviewer.progress import Quiet
from reviewer.reports.tables.checks import check
from reviewer.reports.tables.csvfile import write_csv
from reviewer.reports.tables.jsonfile import write_json
from reviewer.reports.tables.xlsx import write_workbook
from reviewer.reports.write import _MAKERS


def summary_json(summary):
    out = io.BytesIO()
    write_json(summary, out, Quiet())
    return out.getvalue()


def csv_file(summary, sheet):
    out = io.BytesIO()
    write_csv(summary, sheet, out, Quiet())
    return out.getvalue()


def workbook(summary):
    out = io.BytesIO()
    write_workbook(summary, out, Quiet())
    return out.getvalue()


def make_all(summary):
    """Return every file by its kind, made and checked."""
    made = {}
    for kind, (_, make) in _MAKERS.items():
        out = io.BytesIO()
        make(summary, out, Quiet())
        check(kind, io.BytesIO(out.getvalue()))
        made[kind] = out.getvalue()
    return made
