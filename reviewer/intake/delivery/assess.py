"""The table of what came: every file with what was decided of it, and what to know before.

Pure: from what was delivered, what was found in it, the rules and what the casebook holds.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from reviewer.documents.media import MEDIA, TRANSCRIPTS
from reviewer.documents.notes import UNHEARD, WRITTEN_DOWN
from reviewer.intake.delivery.facts import Facts
from reviewer.intake.delivery.patterns import CLOSED
from reviewer.intake.delivery.references import References
from reviewer.intake.delivery.rules import Choice, Decision, Rules, decide
from reviewer.intake.titles import titles_of
from reviewer.messages import plural, say
from reviewer.records.text import as_seen, look_alike

_TRANSCRIPTS = frozenset(MEDIA[kind] for kind in TRANSCRIPTS)


class State(StrEnum):
    """Where a file of a delivery stands."""

    READY = "ready"
    LOOK = "look"  # somebody should look at it first
    LEFT_OUT = "left out"  # it does not join a case: its bytes are there, or it cannot be shown
    BROUGHT_IN = "brought in"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One file as it was delivered; ``own`` is what a person said of it instead of the rules.

    ``alike`` are sentences on other files that are nearly the same; ``document`` is what it
    became, "" where it joined no case.
    """

    path: str
    size: int
    sha256: str
    facts: Facts
    own: Mapping[str, str] = field(default_factory=dict)
    out: bool = False  # a person left it out
    alike: tuple[str, ...] = ()
    document: str = ""
    taken_back: bool = False  # its document is there and is no longer shown
    here: bool = True  # its bytes can be had, where it has a ``sha256``


@dataclass(frozen=True, kw_only=True, slots=True)
class There:
    """A document of the casebook with the same bytes: ``since`` is a day in words, or ""."""

    case: str
    title: str
    since: str
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What the casebook holds, as a delivery is compared with it."""

    references: Sequence[str]
    by_sha: Mapping[str, Sequence[There]] = field(default_factory=dict)
    titles: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by reference


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One file of the table."""

    item: Item
    decision: Decision
    state: State
    asks: bool = False  # whose case it is has to be said by a person first
    title: str = ""
    know: tuple[str, ...] = ()

    @property
    def case(self) -> str:
        """The reference of the case that it goes to, or ""."""
        return self.decision.value("case")


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The table. ``without`` are cases that no file goes to, with how many documents they have."""

    rows: tuple[Row, ...]
    decided: Mapping[int, int]  # how many files each rule decided something of
    folders: tuple[str, ...]  # that no case is called after
    without: tuple[tuple[str, int], ...]

    def count(self, state: State) -> int:
        """Return how many files are in ``state``."""
        return sum(row.state is state for row in self.rows)


def assess(items: Sequence[Item], rules: Rules, held: Held) -> Table:
    """Return the table of ``items``, in their order."""
    references = References(held.references, rules.meant.get("case"))
    around = _around(items, references)
    decisions = [_decided(item, rules, references, around) for item in items]
    items = _written_down(items, decisions)
    same = _same_bytes(items, decisions)
    forms = [look_alike(item.path) for item in items]
    of_form = Counter(forms)
    rows = []
    for item, decision, twins, form in zip(items, decisions, same, forms, strict=True):
        out, know, look = _judge(item, decision, twins, held)
        asked = [] if item.document or out else _questions(decision, item.facts)
        look = [*asked, *look]
        if of_form[form] > 1 and not item.document:
            look.append(say("Another file's name differs in capitals or accents only."))
        rows.append(
            Row(
                item=item,
                decision=decision,
                state=_state(item, out=bool(out), look=bool(look)),
                asks=bool(asked),
                know=(*out, *look, *know),
            )
        )
    return Table(
        rows=_titled(rows, held),
        decided=_decided_by(decisions),
        folders=_folders(rows),
        without=_without(rows, held),
    )


def _around(items: Sequence[Item], references: References) -> str:
    """Return the one folder that holds everything and is not a case's, or ""."""
    first = {item.path.partition("/")[0] for item in items if "/" in item.path}
    if len(first) != 1 or any("/" not in item.path for item in items):
        return ""
    (only,) = first
    return "" if references.within(as_seen(only)) else only


def _decided(item: Item, rules: Rules, references: References, around: str) -> Decision:
    found = decide(rules, item.path, references, around=around)
    if not item.own:
        return found
    own = {name: Choice(value=value, rule=0) for name, value in item.own.items() if value}
    if "case" in own:
        value = references.named(own["case"].value)
        own["case"] = Choice(value=value, rule=0)
        found = replace(found, unknown="", others=())  # a person has looked
    return replace(found, chosen={**found.chosen, **own})


def _state(item: Item, *, out: bool, look: bool) -> State:
    if item.document:
        return State.TAKEN_BACK if item.taken_back else State.BROUGHT_IN
    if out:
        return State.LEFT_OUT
    return State.LOOK if look else State.READY


def _judge(
    item: Item, decision: Decision, twins: "_Twins", held: Held
) -> tuple[list[str], list[str], list[str]]:
    """Return why it is left out, what to know of it, and what somebody should look at."""
    case, facts = decision.value("case"), item.facts
    out: list[str] = []
    look: list[str] = []
    if item.document:
        return [], [*item.alike, *facts.notes], []
    out += [say("Left out by hand.")] if item.out else []
    closed = facts.refused and decision.value(CLOSED) and item.sha256 and item.here
    if closed:
        look.append(say("It will be kept, and a page in its place says: {why}", why=facts.refused))
    elif facts.refused:
        out.append(facts.refused)
    here = held.by_sha.get(item.sha256, ())
    if twins.here:
        out.append(say("Same bytes as “{path}”.", path=twins.here))
    else:
        out += [_since(there) for there in here if there.case == case][:1]
    if not out and twins.first:
        told = say("Same bytes as “{path}”, which goes to another case.", path=twins.first)
        look.append(told)
    elif not out:
        look += [_since(there) for there in here]
    if not out:
        look += item.alike
        look += facts.notes
    return out, _text(facts), look


def _text(facts: Facts) -> list[str]:
    """Return what to know of a file's words, and of what came with it."""
    told = []
    if facts.within:
        told.append(
            plural(
                "{count:,} file that came with it becomes a document.",
                "{count:,} files that came with it become documents.",
                count=facts.within,
            )
        )
    if facts.text == "none":
        told.append(say("No words that can be searched: a picture or a scan."))
    elif facts.text == "part":
        told.append(
            say(
                "{worded:,} of {pages:,} pages have words that can be searched.",
                worded=facts.worded,
                pages=facts.pages,
            )
        )
    return told


def _since(there: There) -> str:
    fields = {"title": there.title, "case": there.case, "since": there.since}
    if there.withdrawn:
        return say("In the casebook, no longer shown: “{title}” of {case}.", **fields)
    if there.since:
        return say("In the casebook since {since}: “{title}” of {case}.", **fields)
    return say("In the casebook: “{title}” of {case}.", **fields)


def _questions(decision: Decision, facts: Facts) -> list[str]:
    """Return what is not clear of the case that a file goes to."""
    case = decision.value("case")
    asked = []
    if not case and decision.unknown:
        asked.append(say("Which case? No case is called “{name}”.", name=decision.unknown))
    elif not case:
        asked.append(say("Which case? No rule says it."))
    if decision.others:
        asked.append(say("The path names {cases} too.", cases=", ".join(decision.others)))
    names = [name for name in facts.names if name != case]
    if names and case not in facts.names:
        by_hand = case and decision.chosen["case"].rule == 0
        if not by_hand:
            asked.append(
                say("The text names {cases}.", cases=", ".join(names[:3]))
                if not case
                else say(
                    "The path says {case}, the text names {cases}.",
                    case=case,
                    cases=", ".join(names[:3]),
                )
            )
    return asked


@dataclass(frozen=True, kw_only=True, slots=True)
class _Twins:
    """The first earlier file with the same bytes, and the first that goes to the same case."""

    first: str = ""
    here: str = ""


def _written_down(items: Sequence[Item], decisions: Sequence[Decision]) -> list[Item]:
    """Return the items; no transcript is asked for that comes with its recording."""
    both = list(zip(items, decisions, strict=True))
    here = {
        _half(item, decision)
        for item, decision in both
        if item.facts.media in _TRANSCRIPTS and not item.out
    }
    told = {UNHEARD: WRITTEN_DOWN}
    return [
        replace(
            item,
            facts=replace(
                item.facts, notes=tuple(told.get(note, note) for note in item.facts.notes)
            ),
        )
        if UNHEARD in item.facts.notes and _half(item, decision) in here
        else item
        for item, decision in both
    ]


def _half(item: Item, decision: Decision) -> tuple[str, str, str]:
    """Return what a recording and its transcript have in common: case, folder and name."""
    folder, _, name = item.path.rpartition("/")
    return decision.value("case"), folder, look_alike(name.rpartition(".")[0])


def _same_bytes(items: Sequence[Item], decisions: Sequence[Decision]) -> list[_Twins]:
    """Return for each file the earlier ones with its bytes; those left out by hand are none."""
    first: dict[str, str] = {}
    in_case: dict[tuple[str, str], str] = {}
    found = []
    for item, decision in zip(items, decisions, strict=True):
        bytes_, case = item.sha256, decision.value("case")
        found.append(_Twins(first=first.get(bytes_, ""), here=in_case.get((bytes_, case), "")))
        if bytes_ and not item.out:
            first.setdefault(bytes_, item.path)
            if case:
                in_case.setdefault((bytes_, case), item.path)
    return found


def _titled(rows: Sequence[Row], held: Held) -> tuple[Row, ...]:
    """Give each file that may join a case the title that it will have there."""
    by_case: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.case and row.state in {State.READY, State.LOOK}:
            by_case[row.case].append(at)
    made = list(rows)
    for case, places in by_case.items():
        titles = titles_of([rows[at].item.path for at in places], held.titles.get(case, ()))
        for at, title in zip(places, titles, strict=True):
            made[at] = replace(rows[at], title=title)
    return tuple(made)


def _decided_by(decisions: Sequence[Decision]) -> dict[int, int]:
    counts: Counter[int] = Counter()
    for decision in decisions:
        counts.update({choice.rule for choice in decision.chosen.values()})
    return dict(counts)


def _folders(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the folders whose files have no case, and after which none is called."""
    found: dict[str, None] = {}
    for row in rows:
        if not row.case and "/" in row.item.path:
            found[row.decision.unknown or row.item.path.split("/")[0]] = None
    return tuple(found)


def _without(rows: Sequence[Row], held: Held) -> tuple[tuple[str, int], ...]:
    """Return the cases that no file of this delivery goes to, in the register's order."""
    got = {row.case for row in rows if row.state is not State.LEFT_OUT}
    return tuple(
        (reference, len(held.titles.get(reference, ())))
        for reference in held.references
        if reference not in got
    )
