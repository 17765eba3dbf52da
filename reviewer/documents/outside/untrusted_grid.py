"""The sheets that the worker answers with, looked at before they are believed."""

import json
from typing import Any

from reviewer.documents import limits
from reviewer.documents.grid import MOST_AREAS, MOST_REMARKS, STATES, Area, Grid, Place
from reviewer.documents.outside.untrusted import Lie
from reviewer.records.text import clean_line

_MOST_SHEETS = 500
_MOST_ROWS = limits.MAX_ROWS + 50
_EDGE = 1_048_576  # rows of the largest sheet; it has fewer columns
_NAME = 200


def grids(untrusted: bytes) -> list[Grid]:
    """Return the sheets. Raises ``Lie`` for an answer that an honest worker cannot give."""
    try:
        found = json.loads(untrusted)
    except (ValueError, RecursionError) as error:
        raise Lie("sheets") from error
    if not isinstance(found, list) or not 0 < len(found) <= _MOST_SHEETS:
        raise Lie("sheets")
    return [_grid(one) for one in found]


def _grid(untrusted: object) -> Grid:
    if not isinstance(untrusted, dict):
        raise Lie("sheet")
    rows = _rows(untrusted.get("rows"))
    cells = sum(map(len, rows))
    return Grid(
        name=clean_line(_text(untrusted.get("name"), _NAME)),
        state=_state(untrusted.get("state")),
        rows=rows,
        hidden_rows=tuple(_number(one) for one in _list(untrusted, "hidden_rows", _MOST_ROWS)),
        hidden_columns=tuple(
            _number(one) for one in _list(untrusted, "hidden_columns", limits.MAX_COLUMNS)
        ),
        filtered=_flag(untrusted, "filtered"),
        merged=tuple(_area(one) for one in _list(untrusted, "merged", MOST_AREAS)),
        dated=dict(_told(one) for one in _list(untrusted, "dated", cells)),
        bare=tuple(_place(one, 2) for one in _list(untrusted, "bare", cells)),
        long=tuple(_place(one, 2) for one in _list(untrusted, "long", cells)),
        formulas=_number(untrusted.get("formulas")),
        remarks=dict(_told(one) for one in _list(untrusted, "remarks", MOST_REMARKS)),
        beside=_number(untrusted.get("beside"), most=limits.SHEET_CELLS),
        cut=_flag(untrusted, "cut"),
    )


def _rows(untrusted: object) -> list[list[str]]:
    if not isinstance(untrusted, list) or len(untrusted) > _MOST_ROWS:
        raise Lie("rows")
    for row in untrusted:
        if not isinstance(row, list) or len(row) > limits.MAX_COLUMNS:
            raise Lie("row")
        if not all(isinstance(cell, str) and len(cell) <= limits.MAX_CELL for cell in row):
            raise Lie("cell")
    return untrusted


def _list(untrusted: dict[str, Any], name: str, most: int) -> list[Any]:
    found = untrusted.get(name)
    if not isinstance(found, list) or len(found) > most:
        raise Lie(name)
    return found


def _flag(untrusted: dict[str, Any], name: str) -> bool:
    found = untrusted.get(name)
    if not isinstance(found, bool):
        raise Lie(name)
    return found


def _number(untrusted: object, *, most: int = _EDGE) -> int:
    if type(untrusted) is not int or not 0 <= untrusted <= most:
        raise Lie("number")
    return untrusted


def _text(untrusted: object, most: int) -> str:
    if not isinstance(untrusted, str) or len(untrusted) > most:
        raise Lie("words")
    return untrusted


def _state(untrusted: object) -> str:
    if not isinstance(untrusted, str) or untrusted not in STATES:
        raise Lie("state")
    return untrusted


def _row(untrusted: object, length: int) -> list[Any]:
    if not isinstance(untrusted, list) or len(untrusted) != length:
        raise Lie("place")
    return untrusted


def _place(untrusted: object, length: int) -> Place:
    row = _row(untrusted, length)
    return _number(row[0]), _number(row[1])


def _told(untrusted: object) -> tuple[Place, str]:
    place = _place(untrusted, 3)
    return place, clean_line(_text(_row(untrusted, 3)[2], limits.MAX_CELL))


def _area(untrusted: object) -> Area:
    top, left, bottom, right = map(_number, _row(untrusted, 4))
    if bottom < top or right < left:
        raise Lie("area")
    return top, left, bottom, right
