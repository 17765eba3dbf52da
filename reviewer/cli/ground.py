"""The command that shows what one figure rests on."""

from pathlib import Path
from typing import Any

import click

from reviewer.cli.console import tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.summary.ground import Said, ground


@click.command("cell")
@casebook_command
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--factor", required=True, help="Its code.")
def cell(
    *, file: Path, passphrase_file: Path | None, reference: str, factor: str, as_json: bool
) -> None:
    """Show who rated one case and factor of FILE how, why, and on which pages, once released."""
    with open_book(file, passphrase_file) as book:
        found = ground(book, reference, factor)
    tell(
        {
            "case": found.case.reference,
            "factor": factor,
            "ratings": [_data(one) for one in found.said],
        },
        [line for one in found.said for line in _lines(one)] or ["Nobody rated this."],
        as_json=as_json,
    )


def _data(said: Said) -> dict[str, Any]:
    rating = said.rating
    return {
        "round": said.round,
        "member": said.member.name,
        "late": said.late,
        "value": rating.value,
        "reason": rating.reason.value if rating.reason else None,
        "confidence": rating.confidence.value if rating.confidence else None,
        "comment": rating.comment,
        "record": rating.record,
        "marks": [
            {
                "document": one.title,
                "page": one.mark.page,
                "quote": one.mark.anchor.quote,
                "note": one.mark.note,
            }
            for one in said.cited
        ],
    }


def _lines(said: Said) -> list[str]:
    rating = said.rating
    value = rating.reason.value if rating.reason else str(rating.value)
    sure = f", confidence {rating.confidence.value}" if rating.confidence else ""
    late = " (late)" if said.late else ""
    lines = [
        f"Round {said.round}, {said.member.name}{late}: {value}{sure}. {rating.comment}".strip()
    ]
    lines += [f"  {one.place}: {one.mark.anchor.quote}".rstrip(": ") for one in said.cited]
    return lines
