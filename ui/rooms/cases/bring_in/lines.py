"""The table of Bring in: its columns, its groups, and what of it is shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.intake.delivery.assess import Row, State
from reviewer.intake.delivery.likeness import is_sound
from reviewer.intake.delivery.looking import Looked
from reviewer.intake.delivery.rules import like
from reviewer.messages import later, plural, say
from ui.models.table import Column

GROUPS = (State.LOOK, State.LEFT_OUT, State.READY, State.BROUGHT_IN, State.TAKEN_BACK)
WORDS = {
    State.LOOK: later("Look at this"),
    State.LEFT_OUT: later("Left out"),
    State.READY: later("Ready"),
    State.BROUGHT_IN: later("Brought in"),
    State.TAKEN_BACK: later("Taken back"),
}
WAITING = "waiting"  # where a file stands that has not come, or is not read yet
STANDS = (WAITING, *GROUPS)
CHIPS = {
    WAITING: later("Not read yet {count:,}"),
    State.LOOK: later("Look at these {count:,}"),
    State.LEFT_OUT: later("Left out {count:,}"),
    State.READY: later("Ready {count:,}"),
    State.BROUGHT_IN: later("Brought in {count:,}"),
    State.TAKEN_BACK: later("Taken back {count:,}"),
}
SOME = {  # of them as many as the words and the case leave
    WAITING: later("Not read yet {shown:,} of {count:,}"),
    State.LOOK: later("Look at these {shown:,} of {count:,}"),
    State.LEFT_OUT: later("Left out {shown:,} of {count:,}"),
    State.READY: later("Ready {shown:,} of {count:,}"),
    State.BROUGHT_IN: later("Brought in {shown:,} of {count:,}"),
    State.TAKEN_BACK: later("Taken back {shown:,} of {count:,}"),
}
_NOT_HERE, _NOT_READ = later("Has not come"), later("Not read yet")
_WAITS = "\u2026"
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
            show=where,
            sort=lambda row: (GROUPS.index(row.state), row.item.path.casefold()),
        ),
        Column(title=say("File"), show=lambda row: row.item.path),
        Column(title=say("Case"), show=lambda row: row.case or say("which?")),
        Column(title=say("Agency"), show=lambda row: row.decision.value("agency")),
        Column(title=say("Kind"), show=lambda row: row.decision.value("kind")),
        Column(title=say("Date"), show=lambda row: row.decision.value("date")),
        Column(
            title=say("Pages"),
            show=lambda row: f"{row.item.facts.pages:,}" if row.item.facts.pages else "\u2013",
            sort=lambda row: row.item.facts.pages,
            numbers=True,
        ),
        Column(title=say("Text"), show=lambda row: say(_TEXTS[row.item.facts.text])),
        Column(title=say("What to know"), show=lambda row: " ".join(row.know)),
    )


def stands(row: Row) -> str:
    """Return the chip that counts a file: of what is not read nobody knows yet where it goes."""
    return WAITING if where(row).startswith(_WAITS) else row.state


def where(row: Row) -> str:
    """Return where a file stands, in words: while files come, that it has not, or is not read."""
    if row.state is State.LEFT_OUT and not row.item.here:
        return f"{_WAITS} {say(_NOT_HERE)}"
    if row.state in {State.READY, State.LOOK} and not row.item.facts.media:
        return f"{_WAITS} {say(_NOT_READ)}"
    return f"{_SIGNS[row.state]} {say(WORDS[row.state])}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """The rows of a table by where they stand, what somebody should look at first.

    ``texts`` is what stands in each, in small letters; ``alike`` counts the files that are called
    like one another, by their pattern, and ``folders`` those in each folder and within it: by the
    folder, and whether they have a case.
    """

    rows: tuple[Row, ...]
    texts: tuple[str, ...]
    alike: Mapping[str, int]
    folders: Mapping[tuple[str, bool], int]

    def as_in(self, earlier: "Lines") -> "Lines":
        """Return the same in the order of ``earlier``, where it has these very files."""
        places = {row.item.path: at for at, row in enumerate(earlier.rows)}
        paths = [row.item.path for row in self.rows]
        if len(places) != len(paths) or not places.keys() >= set(paths):
            return self
        order = sorted(range(len(paths)), key=lambda at: places[paths[at]])
        return Lines(
            rows=tuple(self.rows[at] for at in order),
            texts=tuple(self.texts[at] for at in order),
            alike=self.alike,
            folders=self.folders,
        )

    def having(self, words: str, case: str | None = None) -> list[Row]:
        """Return the rows of ``case`` (None for any) in which each of the words stands."""
        wanted = words.casefold().split()
        return [
            row
            for row, text in zip(self.rows, self.texts, strict=True)
            if (case is None or row.case == case) and all(word in text for word in wanted)
        ]

    def like(self, row: Row | None) -> int:
        """Return how many files are called like that of ``row``, itself among them."""
        return 0 if row is None else self.alike[like(row.item.path, {}).path]

    def beside(self, row: Row | None) -> int:
        """Return how many files a rule for the folder of ``row`` is for: 0 where it is in none.

        Where nobody knows the case of ``row``, those of which nobody does.
        """
        folder = row.item.path.rpartition("/")[0] if row is not None else ""
        if row is None or not folder:
            return 0
        without = self.folders.get((folder, False), 0)
        return without + (self.folders.get((folder, True), 0) if row.case else 0)


NO_LINES = Lines(rows=(), texts=(), alike=Counter(), folders=Counter())


def lines_of(rows: Sequence[Row]) -> Lines:
    """Return what the window shows of ``rows``: made beside its thread, of 20,000 files too."""
    made = columns()
    inorder = sorted(rows, key=lambda row: (GROUPS.index(row.state), row.item.path.casefold()))
    return Lines(
        rows=tuple(inorder),
        texts=tuple(" ".join(column.show(row) for column in made).casefold() for row in inorder),
        alike=Counter(like(row.item.path, {}).path for row in inorder),
        folders=Counter((one, bool(row.case)) for row in inorder for one in _above(row.item.path)),
    )


def _above(path: str) -> list[str]:
    """Return the folders that a file lies in, the inner ones first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:until]) for until in range(len(parts), 0, -1)]


def brought(looked: Looked, documents: int) -> str:
    """Return how many ``documents`` joined, what waits for a word, and what was left out."""
    rows = looked.table.rows
    told = plural(
        "{count:,} document joined its case.",
        "{count:,} documents joined their cases.",
        count=documents,
    )
    asked = sum(row.asks for row in rows)
    if asked:
        told += " " + plural(
            "{count:,} file waits for you to say whose case it is.",
            "{count:,} files wait for you to say whose case they are.",
            count=asked,
        )
    out = looked.table.count(State.LEFT_OUT)
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
    if waiting := sum(stands(row) == WAITING for row in rows):
        parts.append(plural("{count:,} not read yet", "{count:,} not read yet", count=waiting))
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
