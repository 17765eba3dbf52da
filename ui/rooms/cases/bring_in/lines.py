"""The table of Bring in: its columns, its groups, and what of it is shown."""

from collections.abc import Sequence

from reviewer.intake.delivery.assess import Row, State
from reviewer.intake.delivery.likeness import is_sound
from reviewer.intake.delivery.looking import Looked
from reviewer.messages import later, plural, say
from ui.models.table import Column
from ui.rooms.cases.bring_in.work import Shown

GROUPS = (State.LOOK, State.LEFT_OUT, State.READY, State.BROUGHT_IN, State.TAKEN_BACK)
WORDS = {
    State.LOOK: later("Look at this"),
    State.LEFT_OUT: later("Left out"),
    State.READY: later("Ready"),
    State.BROUGHT_IN: later("Brought in"),
    State.TAKEN_BACK: later("Taken back"),
}
CHIPS = {
    State.LOOK: later("Look at these {count:,}"),
    State.LEFT_OUT: later("Left out {count:,}"),
    State.READY: later("Ready {count:,}"),
    State.BROUGHT_IN: later("Brought in {count:,}"),
    State.TAKEN_BACK: later("Taken back {count:,}"),
}
_TEXTS = {
    "native": later("in the file"),
    "part": later("in part"),
    "none": later("none yet"),
    "": later("not read"),
}
_SIGNS = {
    State.LOOK: "\u26a0",
    State.LEFT_OUT: "\u2298",
    State.READY: "\u2713",
    State.BROUGHT_IN: "\u2713",
    State.TAKEN_BACK: "\u21b6",
}


def columns() -> Sequence[Column[Row]]:
    """Return what stands of each file."""
    return (
        Column(
            title=say("Where it stands"),
            show=lambda row: f"{_SIGNS[row.state]} {say(WORDS[row.state])}",
            sort=lambda row: (GROUPS.index(row.state), row.item.path.casefold()),
        ),
        Column(title=say("File"), show=lambda row: row.item.path),
        Column(title=say("Case"), show=lambda row: row.case or say("which?")),
        Column(title=say("Agency"), show=lambda row: row.decision.value("agency")),
        Column(title=say("Kind"), show=lambda row: row.decision.value("kind")),
        Column(
            title=say("Pages"),
            show=lambda row: f"{row.item.facts.pages:,}" if row.item.facts.pages else "\u2013",
            sort=lambda row: row.item.facts.pages,
            numbers=True,
        ),
        Column(title=say("Text"), show=lambda row: say(_TEXTS[row.item.facts.text])),
        Column(title=say("What to know"), show=lambda row: " ".join(row.know)),
    )


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Return the rows by where they stand, what somebody should look at first."""
    return sorted(rows, key=lambda row: (GROUPS.index(row.state), row.item.path.casefold()))


def texts_of(rows: Sequence[Row]) -> list[str]:
    """Return what stands in each row, in small letters."""
    made = columns()
    return [" ".join(column.show(row) for column in made).casefold() for row in rows]


def brought(shown: Shown) -> str:
    """Return what came of bringing in, what waits for a word, and what was left out."""
    rows = shown.looked.table.rows
    told = plural(
        "{count:,} document joined its case.",
        "{count:,} documents joined their cases.",
        count=shown.brought,
    )
    asked = sum(row.asks for row in rows)
    if asked:
        told += " " + plural(
            "{count:,} file waits for you to say whose case it is.",
            "{count:,} files wait for you to say whose case they are.",
            count=asked,
        )
    out = shown.looked.table.count(State.LEFT_OUT)
    if out:
        told += " " + plural(
            "{count:,} file was left out: the table says why.",
            "{count:,} files were left out: the table says why of each.",
            count=out,
        )
    return told


def counted(looked: Looked) -> str:
    """Return a delivery's name, its files, pages and recordings, in words."""
    rows = looked.table.rows
    pages = sum(row.item.facts.pages for row in rows)
    sounds = sum(is_sound(row.item.facts.media) for row in rows)
    parts = [
        looked.name,
        plural("{count:,} file", "{count:,} files", count=len(rows)),
        plural("{count:,} page", "{count:,} pages", count=pages),
    ]
    if sounds:
        parts.append(plural("{count:,} recording", "{count:,} recordings", count=sounds))
    told = " \u00b7 ".join(parts)
    if joining(rows):
        told = say("{parts}. Nothing joins a case until you bring it in.", parts=told)
    return told


def joining(rows: Sequence[Row]) -> int:
    """Return how many files would join their cases now."""
    takes = {State.READY, State.LOOK, State.TAKEN_BACK}
    return sum(row.state in takes and not row.asks for row in rows)
