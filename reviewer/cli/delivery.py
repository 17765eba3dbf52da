"""What came in a delivery, as a table on the command line."""

from collections.abc import Mapping
from typing import Any

from reviewer.intake.delivery.assess import Row, State
from reviewer.intake.delivery.looking import Looked
from reviewer.intake.delivery.patterns import FIELDS
from reviewer.messages import plural, say

_MOST_LINES = 60  # files of each group; all of them stand in the JSON


def data_of(looked: Looked) -> dict[str, Any]:
    """Return a delivery's table as documented in ``docs/command-line.md``."""
    table = looked.table
    counts = {state.value.replace(" ", "_"): table.count(state) for state in State}
    return {
        "delivery": looked.name,
        "counts": {
            "files": len(table.rows),
            "pages": sum(row.item.facts.pages for row in table.rows),
            **counts,
        },
        "rules": [
            {
                "rule": number,
                "name": rule.name,
                "path": rule.path,
                "gives": dict(rule.gives),
                "files": table.decided.get(number, 0),
            }
            for number, rule in enumerate(looked.rules.rules, 1)
        ],
        "files": [_file(row) for row in table.rows],
        "groups": [list(group) for group in looked.groups],
        "folders_without_case": list(table.folders),
        "cases_without_files": [
            {"case": case, "documents": documents} for case, documents in table.without
        ],
        "notes": list(looked.notes),
        "weakness": looked.weakness,
    }


def _file(row: Row) -> dict[str, Any]:
    item, decision = row.item, row.decision
    fields = {name: decision.value(name) for name in FIELDS}
    return {
        "path": item.path,
        "state": row.state.value,
        **fields,
        "decided_by": {name: choice.rule for name, choice in decision.chosen.items()},
        "title": row.title,
        "pages": item.facts.pages,
        "text": item.facts.text,
        "media": item.facts.media,
        "size": item.size,
        "sha256": item.sha256,
        "know": list(row.know),
    }


def lines_of(looked: Looked) -> list[str]:
    """Return the table for people: counts, rules, then every file by where it stands."""
    table = looked.table
    words = {
        State.LOOK: say("Look at these"),
        State.LEFT_OUT: say("Left out"),
        State.READY: say("Ready"),
        State.BROUGHT_IN: say("Brought in"),
    }
    lines = [_head(looked, words)]
    lines += [
        say(
            "Rule {number}, {name} ({path}): {files}",
            number=number,
            name=rule.name,
            path=rule.path,
            files=_files(table.decided.get(number, 0)),
        )
        for number, rule in enumerate(looked.rules.rules, 1)
    ]
    for state, called in words.items():
        rows = [row for row in table.rows if row.state is state]
        if rows:
            lines += ["", f"{called}: {_files(len(rows))}"]
            lines += [_line(row) for row in rows[:_MOST_LINES]]
        if len(rows) > _MOST_LINES:
            lines.append(
                say("... and {count:,} more (--json has all)", count=len(rows) - _MOST_LINES)
            )
    return [*lines, *_gaps(looked), *looked.notes, *filter(None, [looked.weakness])]


def _head(looked: Looked, words: Mapping[State, str]) -> str:
    table = looked.table
    pages = sum(row.item.facts.pages for row in table.rows)
    counts = [f"{words[state]} {table.count(state):,}" for state in words if table.count(state)]
    return "  ".join(
        [
            f"{looked.name}: {_files(len(table.rows))},",
            plural("{count:,} page.", "{count:,} pages.", count=pages),
            *counts,
        ]
    )


def _files(count: int) -> str:
    return plural("{count:,} file", "{count:,} files", count=count)


def _line(row: Row) -> str:
    decision = row.decision
    known = [decision.value(name) for name in FIELDS[1:] if decision.value(name)]
    facts = [
        row.case or say("which case?"),
        *known,
        plural("{count:,} page", "{count:,} pages", count=row.item.facts.pages),
        *row.know,
    ]
    return f"- {row.item.path}: " + "; ".join(facts)


def _gaps(looked: Looked) -> list[str]:
    table, lines = looked.table, []
    if table.folders:
        lines.append(
            say("Folders that no case is called after: {names}", names=", ".join(table.folders))
        )
    if table.without:
        names = [case for case, _ in table.without[:_MOST_LINES]]
        more = len(table.without) - len(names)
        told = ", ".join(names) + (f", ... (+{more:,})" if more else "")
        lines.append(say("Cases that got nothing: {names}", names=told))
    lines += [say("Nearly the same: {names}", names=", ".join(group)) for group in looked.groups]
    return ["", *lines] if lines else []
