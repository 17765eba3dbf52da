"""What ``reviewer framework --against`` prints: two versions compared, word by word."""

from typing import Any

from reviewer.cli.console import tell
from reviewer.method.framework import Framework
from reviewer.method.mapped import Fate
from reviewer.method.versions import Comparison, Row
from reviewer.method.wording import Change, Piece
from reviewer.records.text import counted

_SIGNS = {Change.SAME: "{}", Change.OUT: "[-{}-]", Change.IN: "{{+{}+}}"}


def show_comparison(
    new: Framework, old: Framework, found: Comparison, notes: tuple[str, ...], *, as_json: bool
) -> None:
    """Print ``new`` against ``old``."""
    asked = [code for code in new.codes if code not in found.carries]
    stand, anew = counted(len(found.carries), "factor"), counted(len(asked), "factor")
    tell(
        {
            "new": _called(new),
            "old": _called(old),
            "same": new.hash == old.hash,
            "counts": {fate.value: count for fate, count in found.counts.items()},
            "carries": list(found.carries),
            "asked_again": asked,
            "asks_otherwise": found.asks_otherwise,
            "differs": list(found.differs),
            "mapping": [_row(row) for row in found.rows],
            "doubts": [row.doubt for row in found.rows if row.doubt],
            "notes": list(notes),
        },
        [
            *notes,
            f"{new.title}, version {new.version}, against version {old.version} ({old.id}): "
            + ", ".join(f"{count} {fate.value}" for fate, count in found.counts.items() if count)
            + ".",
            *found.differs,
            *(line for row in found.rows for line in _lines(row)),
            f"Ratings of {stand} would stand, {anew} would be asked anew.",
        ],
        as_json=as_json,
    )


def _called(framework: Framework) -> dict[str, Any]:
    return {
        "id": framework.id,
        "version": framework.version,
        "hash": framework.hash,
        "factors": len(framework.factors),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "fate": row.fate.value,
        "from": list(row.old),
        "to": list(row.new),
        "carries": row.carries,
        "words": [
            {
                "field": one.field,
                "pieces": [
                    {"what": piece.what.value, "words": piece.words} for piece in one.pieces
                ],
            }
            for one in row.words
        ],
    }


def _lines(row: Row) -> list[str]:
    """Return the lines of a row; none of a factor of which nothing is another."""
    if row.fate is Fate.KEPT and not row.words:
        return []
    name = " and ".join(row.old or row.new)
    onward = f" into {' and '.join(row.new)}" if row.fate in {Fate.SPLIT, Fate.JOINED} else ""
    words = [f"  {one.field}: {' '.join(map(_piece, one.pieces))}" for one in row.words]
    return [f"{row.fate.value} {name}{onward}", *words, *([f"  {row.doubt}"] if row.doubt else [])]


def _piece(piece: Piece) -> str:
    return _SIGNS[piece.what].format(piece.words)
