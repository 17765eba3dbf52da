"""The commands of the meeting: agenda, determine and movement."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from reviewer.cli.console import tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.errors import InputError
from reviewer.records.determinations import Dissent, Ruling
from reviewer.records.text import counted
from reviewer.reports import decisions, phrases
from reviewer.rounds.determining import ToDecide
from reviewer.rounds.determining import determine as decide
from reviewer.summary.consolidate import agenda as agenda_of
from reviewer.summary.consolidate import cells as cells_of
from reviewer.summary.consolidate import factors as factors_of
from reviewer.summary.gather import gather
from reviewer.summary.kinds import nothing_open, told
from reviewer.summary.movement import After, Moved
from reviewer.summary.movement import movement as movement_of
from reviewer.summary.moves import Movement, Moves
from reviewer.summary.moves import moves as moves_of
from reviewer.summary.parts import Part
from reviewer.summary.shapes import AgendaItem, Cell, Flag, Panel


@click.command("agenda")
@casebook_command
def agenda(*, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List what the panel of FILE has to talk about, worst first, and why.

    Beside a cell that was determined stands what was decided: it holds until it is decided anew.
    """
    with open_book(file, passphrase_file) as book:
        panel = gather(book)
    cells, (items, kinds) = cells_of(panel), agenda_of(panel)
    rows = [_item(panel, cells, item) for item in items]
    first = f"{counted(len(rows), 'cell')} on the agenda." if rows else nothing_open(kinds)
    lines = [
        f"{place}. {row['case']}, {row['factor']}: {'; '.join(row['why'])}"
        + (f". Determined: {row['told']}" if row["told"] else "")
        for place, row in enumerate(rows, 1)
    ]
    for row in rows:
        del row["told"]
    tell(
        {"round": panel.round, "kinds": dict(kinds), "cells": rows},
        [first, *lines, f"Of all cells: {told(kinds)}."],
        as_json=as_json,
    )


def _item(panel: Panel, cells: Sequence[Cell], item: AgendaItem) -> dict[str, Any]:
    cell = cells[item.case * len(panel.framework.factors) + item.factor]
    reference, history = (
        panel.cases[item.case].reference,
        panel.determinations.get((item.case, item.factor), ()),
    )
    last = next((one for one in reversed(history) if one.stands), None)
    return {
        "case": reference,
        "factor": panel.framework.codes[item.factor],
        "flags": list(item.flags),
        "why": [phrases.WHY[Flag(flag)] for flag in item.flags],
        "spread": item.spread,
        "n": cell.n,
        "median": cell.median,
        "distribution": list(cell.distribution),
        "reasons": dict(cell.reasons),
        "in_force": cell.in_force,
        "in_force_by": decisions.by(cell) or None,
        "determination": last and decisions.data(reference, last, stands=last is history[-1]),
        "told": decisions.told(last) if last else "",
    }


@click.command("determine")
@casebook_command
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--factor", required=True, help="Its code.")
@click.option("--value", type=int, help="Determine it as this point of the scale.")
@click.option("--leave", is_flag=True, help="Leave it at its median; 2.5 stays 2.5.")
@click.option("--not-assessable", is_flag=True, help="Determine that it cannot be assessed.")
@click.option("--not-relevant", is_flag=True, help="Determine that it cannot arise.")
@click.option("--reopen", is_flag=True, help="What was determined no longer stands.")
@click.option("--reason", required=True, help="Why; it is printed with the decision.")
@click.option("--dissent", "words", multiple=True, help="A dissenter's own words; once for each.")
@click.option(
    "--dissenter", "names", multiple=True, help='Whose words, in their order; "" for no name.'
)
@click.option("--unnamed", is_flag=True, help="The dissents are told without a name.")
@click.option(
    "--instead",
    multiple=True,
    help='What each would have said: a point, not-assessable, not-relevant, or "".',
)
def determine(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str,
    factor: str,
    value: int | None,
    leave: bool,
    not_assessable: bool,
    not_relevant: bool,
    reopen: bool,
    reason: str,
    words: tuple[str, ...],
    names: tuple[str, ...],
    unnamed: bool,
    instead: tuple[str, ...],
    as_json: bool,
) -> None:
    """Decide one case and factor of FILE, or reopen what was decided of it.

    Every decision stays, with its reason and its dissent, in the summary too.
    """
    chosen = [
        what
        for what, given in (
            (Ruling.POINT, value is not None),
            (Ruling.MEDIAN, leave),
            (Ruling.NOT_ASSESSABLE, not_assessable),
            (Ruling.NOT_RELEVANT, not_relevant),
            (Ruling.REOPENED, reopen),
        )
        if given
    ]
    if len(chosen) != 1:
        raise InputError(
            "Give one of --value V, --leave, --not-assessable, --not-relevant and --reopen."
        )
    dissents = _dissents(words, names, instead, unnamed=unnamed)
    wanted = ToDecide(what=chosen[0], reason=reason, value=value, dissents=dissents)
    with open_book(file, passphrase_file) as book:
        made = decide(book, reference, factor, wanted)
    line = f"{reference}, {factor}: {decisions.told(made)}. {made.reason}"
    lines = [f"Dissent, {decisions.dissent(one)}: {one.words}" for one in made.dissents]
    tell(decisions.data(reference, made, stands=made.stands), [line, *lines], as_json=as_json)


def _dissents(
    words: Sequence[str], names: Sequence[str], instead: Sequence[str], *, unnamed: bool
) -> tuple[Dissent, ...]:
    """Return the dissents; whose each is must be said, or that it has no name."""
    if unnamed:
        if names or not words:
            raise InputError("--unnamed is for --dissent TEXT, and goes without --dissenter.")
        names = [""] * len(words)
    if len(names) != len(words):
        raise InputError(
            "Give a --dissenter NAME for each --dissent TEXT, in their order, or --unnamed."
        )
    if len(instead) not in {0, len(words)}:
        raise InputError('Give one --instead for each --dissent TEXT ("" for none), or none.')
    instead = instead or [""] * len(words)
    return tuple(
        Dissent(words=said, name=name, instead=other)
        for said, name, other in zip(words, names, instead, strict=True)
    )


@click.command("movement")
@casebook_command
def movement(*, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Show how FILE's ratings went from round 1 over later rounds to what was determined.

    Of a member who did not return a later round, or left a cell blank in it, the earlier rating
    stands, and is named so. Agreement stays that of round 1.
    """
    with open_book(file, passphrase_file) as book:
        panel = gather(book)
    counted_now = factors_of(panel)
    cells, moved = counted_now[0], movement_of(panel)
    wide = len(panel.framework.factors)
    tell(
        {
            "rounds": [
                {
                    "round": one.number,
                    "released": one.released,
                    "asked": one.asked,
                    "returned": one.returned,
                    "ratings": one.ratings,
                    "not_returned": _kept(panel, place),
                }
                for place, one in enumerate(panel.rounds)
            ],
            "cells": [_moved(panel, cells[one.case * wide + one.factor], one) for one in moved],
            "moves": _moves(panel, moves_of(panel, *counted_now)),
        },
        [_line(panel, one) for one in moved]
        or ["Nothing was asked again or determined: the ratings are those of round 1."],
        as_json=as_json,
    )


def _moves(panel: Panel, found: Movement) -> dict[str, Any]:
    """Return what was rated again and where it went, by member in their order, and by factor."""
    return {
        **_went(found.all),
        "members": [
            {"member": member.id, "name": member.name, **_went(one)}
            for member, one in zip(panel.members, found.members, strict=True)
        ],
        "factors": [
            {
                "factor": one.code,
                "open": [one.open_before, one.open_now],
                "counted": [one.before.counted, one.now.counted],
                "assessable": [one.before.assessable, one.now.assessable],
            }
            for one in found.factors
        ],
    }


def _went(one: Moves) -> dict[str, int]:
    return {**asdict(one), "given": one.given}


def _kept(panel: Panel, place: int) -> list[dict[str, Any]]:
    """Return who was asked in a round and did not return it, and which round of theirs stands."""
    earlier = panel.rounds[:place]
    return [
        {
            "member": member.id,
            "name": panel.members[at].name,
            "stands": max((one.number for one in earlier if one.members[at].came), default=None),
        }
        for at, member in enumerate(panel.rounds[place].members)
        if member.part is Part.OUT
    ]


def _moved(panel: Panel, cell: Cell, one: Moved) -> dict[str, Any]:
    reference = panel.cases[one.case].reference
    return {
        "case": reference,
        "factor": panel.framework.codes[one.factor],
        "kind": cell.kind.value,
        "rounds": [_after(panel, after) for after in one.after],
        "determinations": [
            decisions.data(reference, made, stands=made.stands and made is one.decisions[-1])
            for made in one.decisions
        ],
        "in_force": cell.in_force,
        "in_force_by": decisions.by(cell) or None,
    }


def _after(panel: Panel, after: After) -> dict[str, Any]:
    parts = next(one for one in panel.rounds if one.number == after.round).members
    return {
        "round": after.round,
        "asked": after.asked,
        "n": after.n,
        "median": after.median,
        "distribution": list(after.distribution),
        "ratings": [
            {
                "member": panel.members[member].id,
                "name": panel.members[member].name,
                "part": parts[member].part.value,
                "value": held.value,
                "reason": held.reason or None,
                "stands_since": held.since or None,
            }
            for member, held in after.held
        ],
    }


def _line(panel: Panel, one: Moved) -> str:
    """Return "2010-01, SYS-CALL: round 1 2.5, round 2 3 (Ben One: round 1 stands), ..."."""
    parts = []
    for after in one.after:
        middle = "nobody scored" if after.median is None else phrases.number(after.median)
        kept = [
            f"{panel.members[member].name}: round {held.since} stands"
            for member, held in after.held
            if after.asked and 0 < held.since < after.round
        ]
        parts.append(f"round {after.round} {middle}" + (f" ({', '.join(kept)})" if kept else ""))
    parts += [f"determined {decisions.told(made)}" for made in one.decisions if made.stands][-1:]
    if one.decisions and not one.decisions[-1].stands:
        parts.append("reopened")
    reference, factor = panel.cases[one.case].reference, panel.framework.codes[one.factor]
    return f"{reference}, {factor}: {', '.join(parts)}"
