"""What came in a delivery, as a table on the command line."""

from collections.abc import Mapping, Sequence
from typing import Any

from reviewer.intake.delivery.assess import Row, State, Table
from reviewer.intake.delivery.bringing import Brought
from reviewer.intake.delivery.looking import Looked
from reviewer.intake.delivery.patterns import CLOSED, CONTENT_NOTE, FIELDS
from reviewer.messages import plural, say
from reviewer.records.deliveries import DeliveredFile, Delivery

_MOST_LINES = 60  # files of each group; all of them stand in the JSON


def data_of(looked: Looked) -> dict[str, Any]:
    """Return a delivery's table as documented in ``docs/command-line.md``."""
    table = looked.table
    counts = {state.value.replace(" ", "_"): table.count(state) for state in State}
    return {
        "delivery": {"name": looked.name},
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
    fields: dict[str, Any] = {name: decision.value(name) for name in (*FIELDS, CONTENT_NOTE)}
    fields["closed"] = bool(decision.value(CLOSED))
    return {
        "path": item.path,
        "state": row.state.value,
        **fields,
        "decided_by": {name: choice.rule for name, choice in decision.chosen.items()},
        "title": row.title,
        "asks": row.asks,
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
        State.TAKEN_BACK: say("Taken back"),
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


def brought_data(brought: Brought) -> dict[str, Any]:
    """Return what was done with a delivery, with its table; keys as of every import."""
    table = brought.looked.table
    return {
        **data_of(brought.looked),
        "delivery": delivery_data(brought.delivery),
        "documents_added": brought.documents,
        "pages_added": brought.pages,
        "waiting": sum(row.state in {State.READY, State.LOOK} for row in table.rows),
        "refused": [
            {"case": row.case, "file": row.item.path, "sentence": row.item.facts.refused}
            for row in table.rows
            if row.item.facts.refused
        ],
    }


def brought_lines(brought: Brought) -> list[str]:
    """Return what was done with a delivery for people."""
    told = say(
        "Delivery {number}: {documents} brought in ({pages}).",
        number=brought.delivery.number,
        documents=plural("{count:,} document", "{count:,} documents", count=brought.documents),
        pages=plural("{count:,} page", "{count:,} pages", count=brought.pages),
    )
    return [told, *lines_of(brought.looked)]


def brought_refusal(brought: Brought) -> str:
    """Return what of a delivery did not join a case, in a sentence; "" where all did."""
    rows = brought.looked.table.rows
    refused = [row for row in rows if row.item.facts.refused and not row.item.out]
    waiting = [row for row in rows if row.asks]
    told = []
    if refused:
        first = refused[0]
        told.append(
            plural(
                "{count:,} file could not be read; the first is {file}: {why}",
                "{count:,} files could not be read; the first is {file}: {why}",
                count=len(refused),
                file=first.item.path,
                why=first.item.facts.refused,
            )
        )
    if waiting:
        told.append(
            plural(
                "{count:,} file waits for somebody to say whose case it is: --delivery {number}"
                " --set PATH case=REFERENCE --bring-in",
                "{count:,} files wait for somebody to say whose case they are: --delivery {number}"
                " --set PATH case=REFERENCE --bring-in",
                count=len(waiting),
                number=brought.delivery.number,
            )
        )
    return " ".join(told)


def delivery_data(delivery: Delivery) -> dict[str, Any]:
    """Return what a delivery is called, who sent it and when it came."""
    return {
        "number": delivery.number,
        "name": delivery.name,
        "sender": delivery.sender,
        "received": delivery.received,
        "at": delivery.at,
    }


Listed = Sequence[tuple[Delivery, Table]]


def deliveries_data(listed: Listed) -> dict[str, Any]:
    """Return every delivery with how many of its files are where, as its table counts them."""
    return {
        "deliveries": [
            {
                **delivery_data(delivery),
                "files": len(table.rows),
                "bytes": sum(row.item.size for row in table.rows),
                "staged": table.count(State.READY) + table.count(State.LOOK),
                "left_out": table.count(State.LEFT_OUT),
                "brought_in": table.count(State.BROUGHT_IN),
                "taken_back": table.count(State.TAKEN_BACK),
            }
            for delivery, table in listed
        ]
    }


def deliveries_lines(listed: Listed) -> list[str]:
    """Return every delivery for people."""
    if not listed:
        return [say("Nothing was delivered here yet.")]
    return [
        say(
            "{delivery}: {files}, {brought:,} brought in",
            delivery=_came(delivery),
            files=_files(len(table.rows)),
            brought=table.count(State.BROUGHT_IN),
        )
        for delivery, table in listed
    ]


def _came(delivery: Delivery) -> str:
    return say(
        "Delivery {number}, {name}, came {received}{sender}",
        number=delivery.number,
        name=delivery.name,
        received=delivery.received,
        sender=say(" from {sender}", sender=delivery.sender) if delivery.sender else "",
    )


def files_data(
    delivery: Delivery, files: Sequence[DeliveredFile], looked: Looked
) -> dict[str, Any]:
    """Return what was in a delivery: each file with its hash, and what it became."""
    rows = [_file(row) for row in looked.table.rows]
    became = [{"document_id": one.document} for one in files]
    return {
        "delivery": delivery_data(delivery),
        "files": [{**row, **more} for row, more in zip(rows, became, strict=True)],
        "notes": list(delivery.notes),
    }


def files_lines(delivery: Delivery, looked: Looked) -> list[str]:
    """Return what was in a delivery for people, with the hash of each file."""
    return [
        f"{_came(delivery)}:",
        *(
            f"{row.item.sha256 or '-' * 64}  {row.item.path}: {row.case or '-'}, {row.state.value}"
            for row in looked.table.rows
        ),
        *delivery.notes,
    ]
