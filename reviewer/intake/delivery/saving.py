"""The table of a delivery as a file: to look through, correct, and give back (``--table``)."""

from pathlib import Path

from reviewer.files.write import write_whole
from reviewer.intake.delivery.looking import Looked
from reviewer.intake.delivery.patterns import FIELDS
from reviewer.records.cells import as_csv

_COLUMNS = ("path", *FIELDS, "state", "title", "pages", "text", "know", "sha256")


def save_table(looked: Looked, path: Path, *, overwrite: bool = False) -> int:
    """Write every file of the table to ``path`` as CSV; return how many there are."""
    rows: list[tuple[str | int, ...]] = [_COLUMNS]
    for row in looked.table.rows:
        item = row.item
        rows.append(
            (
                item.path,
                *(row.decision.value(name) for name in FIELDS),
                row.state.value,
                row.title,
                item.facts.pages,
                item.facts.text,
                " ".join(row.know),
                item.sha256,
            )
        )
    write_whole(path, as_csv(rows), overwrite=overwrite)
    return len(rows) - 1
